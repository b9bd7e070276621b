"""What can be typed at the machine: one module a command, each importing what it needs when it runs."""

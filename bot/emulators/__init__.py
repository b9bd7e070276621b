"""Stand-ins for the messaging platforms, strict enough for people, tests and benches to trust."""

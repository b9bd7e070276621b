"""What the office answers when a person speaks."""

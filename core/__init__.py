"""What is true without a bot or a database."""

"""Every SQL statement, one module per word."""

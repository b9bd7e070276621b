"""The running process and its channels."""

"""Facts in, bytes out, and the reverse: the documents people write and receive."""

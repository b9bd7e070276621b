"""The benches, as small as they get, so that they work on the day they are wanted."""

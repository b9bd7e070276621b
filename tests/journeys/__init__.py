"""Whole conversations, on every kind of channel."""

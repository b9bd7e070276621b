"""Tests of the dialogues, one step at a time."""

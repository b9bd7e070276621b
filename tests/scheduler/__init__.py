"""Tests of what happens because time has passed."""

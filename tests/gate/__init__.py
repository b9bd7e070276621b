"""The bars at their full size: run before a release, with `pytest -m gate`."""

"""What is wrong with an installation, and exactly what to do about it.

Each module examines one neighbourhood; `diagnose` runs them all and lays out the result, which is
safe to paste anywhere.
"""

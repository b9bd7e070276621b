"""How the schema came to be, one revision a step; `db/schema.py` runs them.

Revisions are numbered 0001, 0002, … and their files are called after their number. A new one is
written by `python -m db.migrations new "What it does"` and then read by a person.
"""

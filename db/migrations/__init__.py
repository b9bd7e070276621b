"""How the schema came to be, one revision a step; `db/schema.py` runs them.

Revisions are numbered 0001, 0002, … and their files are called after their number. A new one is
written by `python -m db.migrations new "What it does"` and then read by a person.
"""

from pathlib import Path


def revisions() -> tuple[str, ...]:
    """Every revision of this program, oldest first."""
    return tuple(sorted(path.name[:4] for path in (Path(__file__).parent / "versions").glob("[0-9]*.py")))

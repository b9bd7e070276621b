"""Turning the pages of a long list: what was pressed under it, for every dialogue alike."""

from core.texts.pages import AFTER, BEFORE

_BY = {BEFORE: -1, AFTER: 1}


def turned(page: int, key: str) -> int | None:
    """The page turned to from this one; None where something else was chosen."""
    return max(0, page + _BY[key]) if key in _BY else None

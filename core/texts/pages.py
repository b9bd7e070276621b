"""Long lists a page at a time: the same keys and words everywhere (`handlers/pages.py` reads them)."""

from collections.abc import Sequence
from typing import TypeVar

from core.messages import Choice, Row

BEFORE, AFTER = "page.before", "page.after"
#: Lines on a page, unless a list has its own number.
PAGE = 8
_T = TypeVar("_T")


def shown(found: Sequence[_T], page: int, size: int = PAGE) -> Sequence[_T]:
    """What stands on a page, counted from 0; on the last one where there are no longer so many."""
    start = first(page, len(found), size)
    return found[start : start + size]


def first(page: int, count: int, size: int = PAGE) -> int:
    """The place of the first on a page, counted from 0; for a list of which only a page is read."""
    return _within(page, size, count) * size


def turns(page: int, count: int, size: int = PAGE) -> tuple[Row, ...]:
    """What is pressed for the page before and the next, where there are any, of a list of `count`."""
    at = _within(page, size, count)
    row = [Choice(BEFORE, "◀️ Trang trước")] if at else []
    row += [Choice(AFTER, "Trang sau ▶️")] if (at + 1) * size < count else []
    return (tuple(row),) if row else ()


def _within(page: int, size: int, count: int) -> int:
    return min(max(0, page), max(0, count - 1) // size)

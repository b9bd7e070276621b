"""Quiet hours as people type them: «21h đến 6h», «11:30-13:30»."""

import re
from datetime import time

from core.refusals import Code, Refusal
from core.reminders_hours import Quiet
from core.vietnamese import fold

LONGEST = 60
"""Characters; no way to write hours is longer."""
_CLOCK = r"([0-9]{1,2}) ?(?:(?:h|g|gio|:) ?([0-9]{2})?)?(?: phut)?"
_MORNING = re.compile(rf"(?:sang |buoi sang |luc )*{_CLOCK}")
_HOURS = re.compile(rf"(?:tu )?{_CLOCK} ?(?:-|–|den|toi) ?{_CLOCK}")


def read_hours(text: str) -> Quiet:
    """The hours in `text`; over midnight where they end earlier than they start.

    Raises `Refusal(QUIET_UNREADABLE)` for anything else, and for the same time twice.
    """
    sane = len(text) <= LONGEST and all(letter.isascii() for letter in text if letter.isnumeric())
    found = _HOURS.fullmatch(fold(text).strip(" .,;")) if sane else None
    if found is None:
        raise Refusal(Code.QUIET_UNREADABLE)
    starts, ends = _clock(found[1], found[2]), _clock(found[3], found[4])
    if starts == ends:
        raise Refusal(Code.QUIET_UNREADABLE)
    return Quiet(starts, ends)


def read_morning(text: str) -> time | None:
    """«sáng 7h30», «7:30»: the time of the morning round; None where it is not a single time."""
    sane = len(text) <= LONGEST and all(letter.isascii() for letter in text if letter.isnumeric())
    found = _MORNING.fullmatch(fold(text).strip(" .,;")) if sane else None
    return _clock(found[1], found[2]) if found is not None else None


def _clock(hour: str, minute: str | None) -> time:
    """24 hours is midnight."""
    hours, minutes = int(hour), int(minute or 0)
    if (hours, minutes) == (24, 0):
        return time()
    if hours > 23 or minutes > 59:
        raise Refusal(Code.QUIET_UNREADABLE)
    return time(hours, minutes)

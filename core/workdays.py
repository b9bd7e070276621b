"""Working days: the last one on which something due can still be handed in."""

from collections.abc import Callable
from datetime import date, timedelta

_SATURDAY = 5


def weekend(day: date) -> bool:
    """Saturdays and Sundays are off everywhere."""
    return day.weekday() >= _SATURDAY


def last_working_day(day: date, is_off: Callable[[date], bool] = weekend) -> date:
    """`day` itself, or the working day before it; `is_off` knows the holidays and some working day.

    A legal last day may be a Sunday: whoever goes by it finds the door closed.
    """
    while is_off(day):
        day -= timedelta(days=1)
    return day

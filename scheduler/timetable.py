"""Everything timed, on one screen."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, time

from db.transaction import Transactions
from scheduler import housekeeping


@dataclass(frozen=True, slots=True)
class Entry:
    """A time of day in the office's zone, and what to do then; a missed one is caught up."""

    name: str
    at: time
    ring: Callable[[], Awaitable[None]]


def timetable(transactions: Transactions, now: Callable[[], datetime]) -> tuple[Entry, ...]:
    """What is done because time has passed."""

    async def tidy() -> None:
        await housekeeping.tidy(transactions, now())

    return (Entry("housekeeping", time(3, 10), tidy),)

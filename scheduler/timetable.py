"""Everything timed, on one screen."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, time

from db.transaction import Transactions
from scheduler import housekeeping
from scheduler.housekeeping import MakeBackup


@dataclass(frozen=True, slots=True)
class Entry:
    """A time of day in the office's zone, and what to do then; doing it twice changes nothing."""

    name: str
    at: time
    ring: Callable[[], Awaitable[None]]


def timetable(
    transactions: Transactions, now: Callable[[], datetime], make_backup: MakeBackup | None
) -> tuple[Entry, ...]:
    """What is done because time has passed."""

    async def tidy() -> None:
        await housekeeping.tidy(transactions, now())

    entries = [Entry("housekeeping", time(3, 10), tidy)]
    if make_backup is not None:
        backup = make_backup

        async def back_up() -> None:
            await housekeeping.back_up(transactions, now(), backup)

        entries.append(Entry("backup", time(2, 30), back_up))
    return tuple(entries)

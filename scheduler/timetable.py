"""Everything timed, on one screen."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, tzinfo

from db.transaction import Transactions
from scheduler import council, housekeeping, reminders, supplements, unit_reviews
from scheduler.housekeeping import MakeBackup, Sweep
from services import timetable as memory


@dataclass(frozen=True, slots=True)
class Entry:
    """A time of day in the office's zone, and what to do then; doing it twice changes nothing.

    With `every` so many minutes it rings again and again, from the full hour of `at` to the end of that of
    `until`.
    """

    name: str
    at: time
    ring: Callable[[], Awaitable[None]]
    every: int = 0
    until: time = time()

    def last_due(self, now: datetime, zone: tzinfo) -> datetime:
        """When it should have rung last."""
        local = now.astimezone(zone)
        if self.every and self.at.hour <= local.hour <= self.until.hour:
            return local.replace(minute=local.minute // self.every * self.every, second=0, microsecond=0)
        last = time(self.until.hour, 60 - self.every) if self.every else self.at
        due = datetime.combine(local.date(), last, zone)
        return due if due <= local else due - timedelta(days=1)


def timetable(
    transactions: Transactions, now: Callable[[], datetime], sweep: Sweep, make_backup: MakeBackup | None
) -> tuple[Entry, ...]:
    """What is done because time has passed."""

    async def tidy() -> None:
        await housekeeping.tidy(transactions, now())
        housekeeping.clear_shelf(sweep, now())

    async def remind() -> None:
        await reminders.remind(transactions, now())

    async def look_after() -> None:
        await unit_reviews.look_after(transactions, now())
        await council.remind(transactions, now())

    async def remind_of_supplements() -> None:
        await supplements.remind(transactions, now())

    reminding = Entry("reminders", time(7), remind, every=5, until=time(19))
    entries = [
        _remembered(transactions, now, Entry("housekeeping", time(3, 10), tidy)),
        _remembered(transactions, now, reminding),
        _remembered(transactions, now, Entry("supplements", time(7, 30), remind_of_supplements)),
        _remembered(transactions, now, Entry("unit_reviews", time(7), look_after, every=5, until=time(21))),
    ]
    if make_backup is not None:
        backup = make_backup

        async def back_up() -> None:
            await housekeeping.back_up(transactions, now(), backup)

        entries.append(_remembered(transactions, now, Entry("backup", time(2, 30), back_up)))
    return tuple(entries)


async def missed(
    transactions: Transactions, entries: Sequence[Entry], now: datetime, zone: tzinfo
) -> list[Entry]:
    """What should have rung while the machine was off. An entry that is new has missed nothing."""
    late: list[Entry] = []
    async with transactions() as session:
        for entry in entries:
            last = await memory.last_run(session, entry.name)
            if last is None:
                await memory.ran(session, entry.name, now)
            elif last < entry.last_due(now, zone):
                late.append(entry)
    return late


def _remembered(transactions: Transactions, now: Callable[[], datetime], entry: Entry) -> Entry:
    """The entry, its last run kept; one that is late and its next never run at once."""
    one_at_a_time = asyncio.Lock()

    async def ring() -> None:
        async with one_at_a_time:
            await entry.ring()
            async with transactions() as session:
                await memory.ran(session, entry.name, now())

    return replace(entry, ring=ring)

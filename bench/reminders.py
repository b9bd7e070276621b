"""Reminders at size: how long one morning's round takes, and how long it keeps everybody else waiting.

`python -m bench.reminders` works on a real SQLite file: a plan in force, units with a head each, four
deadlines a unit, a rung of the ladder due for most of them on one morning. What is owed is computed from
the database, kept and queued, commit included; on a Friday, and on a Monday with its lines of the week.
"""

import argparse
import asyncio
import gc
import os
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import func, update
from sqlmodel import col, select

from bench.departments import Departments
from bench.process import Process
from bot.channels.telegram import CAPABILITIES
from core.reminders_digest import WEEKLY
from db import schema
from db.engine import key_of, make_engine
from db.models import NudgeRow, OutboxRow
from db.transaction import Session, Transactions
from services import calendar, campaigns, reminders

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MORNINGS = {
    "Friday": datetime(2026, 12, 4, 7, 30, tzinfo=ZONE),
    "Monday": datetime(2026, 12, 7, 7, 30, tzinfo=ZONE),
}
MOST_TAKEN, MOST_HELD = 2.0, 0.100


@dataclass(frozen=True, slots=True)
class Round:
    """Seconds by the clock and of the processor that one round took.

    `held` is the longest the loop was kept by the clock, `worked` by work of its own: on a machine that
    others use too the clock goes on while nothing is done.
    """

    seconds: float
    cpu: float
    held: float
    worked: float

    def told(self) -> str:
        """In words, against the limits."""
        return (
            f"{self.seconds:.2f} s ({self.cpu:.2f} s of CPU) of {MOST_TAKEN:.0f} s, "
            f"loop held {self.held * 1000:.0f} ms ({self.worked * 1000:.0f} ms of work) "
            f"of {MOST_HELD * 1000:.0f} ms"
        )


@dataclass(frozen=True, slots=True)
class Morning:
    """The round itself, the next one while half of it is still on its way, what was said, MB more."""

    first: Round
    again: Round
    nudges: int
    lines: int
    messages: int
    grown: float


@dataclass(slots=True)
class _Waited:
    """The longest that somebody had to wait for their turn."""

    held: float = 0.0
    worked: float = 0.0


async def morning(folder: Path, departments: Departments, now: datetime) -> Morning:
    """Two rounds over a new database, commits included."""
    engine = make_engine(f"sqlite+aiosqlite:///{folder.as_posix()}/bot.db")
    await schema.create(engine)
    house: dict[str, object] = {"journal_key": b"key", "zone": ZONE, "campaigns": {}}
    transactions = Transactions.over(engine, capabilities={"telegram": CAPABILITIES}, **house)
    try:
        async with transactions() as session:
            await departments.settle(session, now, await calendar.in_force(session))
        async with transactions() as session:
            await campaigns.in_force(session)  # A process at work has read its plans.
        process = Process(os.getpid())
        gc.collect()
        before = process.now_mb()
        first = await _round(transactions, now)
        async with transactions() as session:
            arrived = update(OutboxRow).where(key_of(OutboxRow.id) % 2 == 0)
            await session.exec(arrived.values(state="sent", finished_at=now))
        again = await _round(transactions, now + timedelta(minutes=5))
        grown = process.now_mb() - before
        async with transactions() as session:
            nudges, lines, messages = await _said(session, now)
        return Morning(first, again, nudges, lines, messages, grown)
    finally:
        await engine.dispose()


async def _round(transactions: Transactions, now: datetime) -> Round:
    async def work() -> None:
        async with transactions() as session:
            await reminders.remind(session, now)

    return await timed(work)


async def timed(work: Callable[[], Awaitable[None]]) -> Round:
    """Do it once, while somebody watches how long the loop is kept from others; as in a process at work."""
    gc.collect()
    gc.freeze()
    stop, waited = asyncio.Event(), _Waited()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(_watch(stop, waited))
        await asyncio.sleep(0)
        begun, at_work = time.perf_counter(), time.process_time()
        await work()
        taken, cpu = time.perf_counter() - begun, time.process_time() - at_work
        stop.set()
    gc.unfreeze()
    return Round(taken, cpu, waited.held, waited.worked)


async def _said(session: Session, now: datetime) -> tuple[int, int, int]:
    """Nudges and lines of the week that were kept, and messages that were queued."""
    made = select(col(NudgeRow.obligation) == WEEKLY, func.count()).where(col(NudgeRow.made_at) == now)
    kept: dict[bool, int] = {}
    for weekly, count in (await session.exec(made.group_by(col(NudgeRow.obligation) == WEEKLY))).all():
        kept[bool(weekly)] = count
    messages = (await session.exec(select(func.count()).select_from(OutboxRow))).one()
    return kept.get(False, 0), kept.get(True, 0), messages


async def _watch(stop: asyncio.Event, waited: _Waited) -> None:
    while not stop.is_set():
        by_clock, by_work = time.perf_counter(), time.thread_time()
        await asyncio.sleep(0)
        waited.held = max(waited.held, time.perf_counter() - by_clock)
        waited.worked = max(waited.worked, time.thread_time() - by_work)


def main(words: list[str] | None = None) -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--units", type=int, default=2_000)
    asked.add_argument("--due", type=int, default=5_000)
    asked.add_argument("--rounds", type=int, default=3)
    given = asked.parse_args(words)
    for _ in range(given.rounds):
        for name, now in MORNINGS.items():
            with tempfile.TemporaryDirectory(prefix="bench-") as folder:
                found = asyncio.run(morning(Path(folder), Departments(given.units, given.due), now))
            what = f"{found.nudges} nudges and {found.lines} lines of the week in {found.messages} messages"
            print(f"{name}: {what}: {found.first.told()}")
            print(f"  five minutes later: {found.again.told()}; {found.grown:+.1f} MB")


if __name__ == "__main__":
    main()

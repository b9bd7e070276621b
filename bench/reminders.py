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
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import func
from sqlmodel import col, select

from bench.departments import Departments
from bench.process import Process
from bot.channels.telegram import CAPABILITIES
from core.reminders_digest import WEEKLY
from db import schema
from db.engine import make_engine
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
class Morning:
    """Seconds by the clock and of the processor, what was said, MB more.

    `held` is the longest the loop was kept by the clock, `worked` by work of its own: on a machine that
    others use too the clock goes on while nothing is done.
    """

    seconds: float
    cpu: float
    held: float
    worked: float
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
    """One round over a new database, commit included."""
    engine = make_engine(f"sqlite+aiosqlite:///{folder.as_posix()}/bot.db")
    await schema.create(engine)
    house: dict[str, object] = {"journal_key": b"key", "zone": ZONE, "campaigns": {}}
    transactions = Transactions.over(engine, capabilities={"telegram": CAPABILITIES}, **house)
    try:
        async with transactions() as session:
            await departments.settle(session, now, await calendar.in_force(session))
        async with transactions() as session:
            await campaigns.in_force(session)  # A process at work has read its plans.
        gc.collect()
        process, stop, waited = Process(os.getpid()), asyncio.Event(), _Waited()
        before = process.now_mb()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_watch(stop, waited))
            await asyncio.sleep(0)
            begun, at_work = time.perf_counter(), time.process_time()
            async with transactions() as session:
                await reminders.remind(session, now)
            taken, cpu = time.perf_counter() - begun, time.process_time() - at_work
            stop.set()
        grown = process.now_mb() - before
        async with transactions() as session:
            nudges, lines, messages = await _said(session, now)
        return Morning(taken, cpu, waited.held, waited.worked, nudges, lines, messages, grown)
    finally:
        await engine.dispose()


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
            print(
                f"{name}: {found.nudges} nudges and {found.lines} lines of the week "
                f"in {found.messages} messages: "
                f"{found.seconds:.2f} s ({found.cpu:.2f} s of CPU) of {MOST_TAKEN:.0f} s, "
                f"loop held {found.held * 1000:.0f} ms ({found.worked * 1000:.0f} ms of work) "
                f"of {MOST_HELD * 1000:.0f} ms, "
                f"{found.grown:+.1f} MB"
            )


if __name__ == "__main__":
    main()

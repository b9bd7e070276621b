"""Reminders at size: how long one morning's round takes, and how long it keeps everybody else waiting.

`python -m bench.reminders` works on a real SQLite file: units with a head each, four deadlines a unit, one
rung of the ladder due for most of them on one morning.
"""

import argparse
import asyncio
import gc
import tempfile
import time
from dataclasses import dataclass
from datetime import date, datetime
from itertools import cycle
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from bot.channels.telegram import CAPABILITIES
from core.campaign_terms import DeadlineKind
from core.deadlines import Obligation
from db import schema
from db.engine import make_engine
from db.models import Account, NudgeRow, Person, Unit
from db.queries import reminders as queries
from db.transaction import Transactions, connection_of
from services import outbox, reminders

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
#: A Friday, three working days before most of what is due.
MORNING = datetime(2026, 12, 4, 7, 30, tzinfo=ZONE)
_OPENED, _SOON, _LATER = date(2026, 11, 1), date(2026, 12, 9), date(2026, 12, 31)
_DEADLINES = 4
MOST_TAKEN, MOST_HELD = 2.0, 0.100


@dataclass(frozen=True, slots=True)
class Round:
    """One morning: seconds by the clock and of the processor, the longest the loop was held, nudges made."""

    seconds: float
    cpu: float
    held: float
    nudges: int


def owed(units: int, due: int) -> tuple[Obligation, ...]:
    """Four things a unit owes; so many of all of them are to be reminded of this morning."""
    return tuple(
        Obligation(
            id=f"000:D{place % _DEADLINES}:2026:{place // _DEADLINES + 1}",
            campaign="000",
            label="Thi đua cải cách hành chính",
            kind=DeadlineKind.REPORT,
            unit_id=place // _DEADLINES + 1,
            unit=f"Đơn vị {place // _DEADLINES + 1}",
            words="Gửi báo cáo trước ngày 10/12 hằng năm",
            legal_day=_SOON
            if place * due // (units * _DEADLINES) != (place + 1) * due // (units * _DEADLINES)
            else _LATER,
            opened_on=_OPENED,
            person=place // _DEADLINES + 1,
        )
        for place in range(units * _DEADLINES)
    )


async def morning(folder: Path, units: int, due: int) -> Round:
    """One round over a new database, commit included."""
    engine = make_engine(f"sqlite+aiosqlite:///{folder / 'bot.db'}")
    await schema.create(engine)
    house: dict[str, object] = {"journal_key": b"key", "zone": ZONE, "campaigns": {}}
    transactions = Transactions.over(engine, capabilities={"telegram": CAPABILITIES}, **house)
    try:
        await _settle(transactions, units)
        obligations = owed(units, due)
        gc.collect()
        stop, waited = asyncio.Event(), list[float]()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_watch(stop, waited))
            await asyncio.sleep(0)
            begun, at_work = time.perf_counter(), time.process_time()
            async with transactions() as session:
                await reminders.remind_of(session, obligations, MORNING)
            taken, cpu = time.perf_counter() - begun, time.process_time() - at_work
            stop.set()
        async with transactions() as session:
            pages = [page async for page in queries.made_since(session, _OPENED, MORNING)]
        made = sum(one.made_at == MORNING for page in pages for one in page)
        return Round(taken, cpu, max(waited), made)
    finally:
        await engine.dispose()


async def _watch(stop: asyncio.Event, waited: list[float]) -> None:
    while not stop.is_set():
        before = time.perf_counter()
        await asyncio.sleep(0)
        waited.append(time.perf_counter() - before)


async def _settle(transactions: Transactions, units: int) -> None:
    numbers = range(1, units + 1)
    async with transactions() as session:
        connection = connection_of(session)
        await connection.execute(insert(Unit), [{"id": n, "code": f"U{n}", "kind": "ward"} for n in numbers])
        await connection.execute(
            insert(Person),
            [
                {
                    "id": n,
                    "staff_code": f"P{n}",
                    "name": f"Người {n}",
                    "folded": f"nguoi {n}",
                    "unit_id": n,
                    "created_at": MORNING,
                    "updated_at": MORNING,
                }
                for n in numbers
            ],
        )
        await connection.execute(
            insert(Account),
            [
                {
                    "person_id": n,
                    "channel": "telegram",
                    "bot": "",
                    "chat": str(n),
                    "state": "active",
                    "linked_at": MORNING,
                }
                for n in numbers
            ],
        )
        history = zip(numbers, cycle(("person-14", "person-7")), strict=False)
        rows = [
            {
                "obligation": f"000:D{place}:2026:{n}",
                "due": _SOON,
                "person_id": n,
                "principal_id": n,
                "rung": rung,
                "made_at": datetime(2026, 11, 20, 7, 30, tzinfo=ZONE),
                "delivered_at": datetime(2026, 11, 20, 7, 31, tzinfo=ZONE),
            }
            for n, rung in history
            for place in range(_DEADLINES)
        ]
        await connection.execute(insert(NudgeRow), rows)
        await outbox.set_live(session)


def main(words: list[str] | None = None) -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--units", type=int, default=2_000)
    asked.add_argument("--due", type=int, default=5_000)
    asked.add_argument("--rounds", type=int, default=3)
    given = asked.parse_args(words)
    for _ in range(given.rounds):
        with tempfile.TemporaryDirectory() as folder:
            found = asyncio.run(morning(Path(folder), given.units, given.due))
        print(
            f"{found.nudges} nudges: {found.seconds:.2f} s ({found.cpu:.2f} s of CPU) of {MOST_TAKEN:.0f} s, "
            f"loop held {found.held * 1000:.0f} ms of {MOST_HELD * 1000:.0f} ms"
        )


if __name__ == "__main__":
    main()

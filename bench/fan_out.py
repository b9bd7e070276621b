"""How long it takes to let an announcement go, and how long that keeps everybody else waiting.

`python -m bench.fan_out` works on a real SQLite file: who it is for is found, every recipient is kept and
every message queued in portions, commits included. Nothing is sent; `bench/broadcast.py` measures that.
"""

import argparse
import asyncio
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func
from sqlmodel import col, select

from bench.multitude import Multitude
from bench.reminders import Round, timed
from bot.channels.telegram import CAPABILITIES
from db import schema
from db.engine import make_engine
from db.models import AnnouncementRecipient, OutboxRow
from db.transaction import Transactions
from services import announcement_departure
from services.announcement_departure import Departure

MOST_WAITED = 0.5
NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Left:
    """What it took, how many people were kept and how many messages queued.

    `waited` is the longest, in seconds of the processor, that anybody's turn had to wait for a portion.
    """

    round: Round
    waited: float
    recipients: int
    queued: int


async def leaving(folder: Path, people: int) -> Left:
    """Let one announcement go to so many people, in a new database; commit included."""
    engine = make_engine(f"sqlite+aiosqlite:///{folder.as_posix()}/bot.db")
    await schema.create(engine)
    house: dict[str, object] = {"journal_key": b"key", "capabilities": {"telegram": CAPABILITIES}}
    transactions = Transactions.over(engine, campaigns={}, **house)
    try:
        async with transactions() as session:
            number = await Multitude(people).settle(session, NOW)

        waited = 0.0

        async def work() -> None:
            nonlocal waited
            departure, more = Departure(number), True
            while more:
                at_work = time.process_time()
                async with transactions() as session:
                    more = await announcement_departure.go_on(session, departure, NOW)
                waited = max(waited, time.process_time() - at_work)

        taken = await timed(work)
        async with transactions() as session:
            kept = select(func.count(col(AnnouncementRecipient.person_id)))
            queued = select(func.count(col(OutboxRow.id))).where(col(OutboxRow.batch) == number)
            return Left(taken, waited, (await session.exec(kept)).one(), (await session.exec(queued)).one())
    finally:
        await engine.dispose()


def main(words: list[str] | None = None) -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=50_000)
    asked.add_argument("--rounds", type=int, default=3)
    given = asked.parse_args(words)
    for _ in range(given.rounds):
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            found = asyncio.run(leaving(Path(folder), given.people))
        print(
            f"{found.recipients} recipients, {found.queued} messages queued: {found.round.told()}; "
            f"a turn waits {found.waited * 1000:.0f} ms of {MOST_WAITED * 1000:.0f} ms"
        )


if __name__ == "__main__":
    main()

"""Campaigns at size: how long a plan of 500 criteria takes to be loaded, and «Việc của tôi» to be shown.

`python -m bench.campaigns` works on real SQLite files. The first screen is asked for in an office of 5,000
people and 200,000 answers, by people who are in three campaigns of 40 criteria each.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Mapping, MutableMapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from bench.crowd import Crowd, plan_of, settle
from bench.office import database_url
from bot.channels.telegram import CAPABILITIES
from bot.keyfile import journal_key
from core.campaigns import Campaign
from core.messages import Address
from db import schema
from db.engine import Engine, make_engine
from db.transaction import Transactions
from handlers import DIALOGUES
from handlers.dialogue import Turn
from handlers.menu import MenuPlace
from services import campaigns, people
from services.actor import console

MOST_LOADING = 1.0
MOST_SHOWING = 0.050
#: Screens that are asked for before the first is measured.
_WARMING = 5
#: In the year of the rounds that are open.
MORNING = datetime(2026, 11, 16, 1, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class Time:
    """Seconds by the clock and of the processor."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is of everything, and how often it is measured."""

    criteria: int = 500
    crowd: Crowd = field(default_factory=Crowd)
    loads: int = 7
    asked: int = 200
    starts: int = 7


class Watch:
    """Tells the seconds since it was made."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def read(self) -> Time:
        """The seconds until now."""
        return Time(time.perf_counter() - self._wall, time.process_time() - self._cpu)


async def loading(folder: Path, criteria: int) -> Time:
    """Load and publish a plan of so many criteria into an empty database on disk, commit included."""
    source = plan_of(criteria, "900")
    async with _house(folder) as (engine, transactions):
        await schema.create(engine)
        async with transactions():
            pass  # The file is there, the connection open.
        watch = Watch()
        async with transactions() as session:
            await campaigns.load(session, console(MORNING.date()), source, "bench.toml", MORNING)
        return watch.read()


async def showing(folder: Path, size: Size) -> Mapping[str, list[Time]]:
    """«Việc của tôi» of many people, with the connection warm and cold, and right after a start."""
    crowd = size.crowd
    async with _house(folder) as (engine, transactions):
        await schema.create(engine)
        await settle(transactions, crowd, MORNING)
    step = max(1, crowd.people // size.asked)
    asked = range(0, crowd.people, step)
    shelf: dict[object, Campaign] = {}
    found: dict[str, list[Time]] = {"warm": [], "cold connection": [], "after a start": []}
    async with _house(folder, shelf) as (_engine, transactions):
        for number in asked[:_WARMING]:
            await _shown(transactions, crowd, number)
        for number in asked:
            found["warm"].append(await _shown(transactions, crowd, number))
    for number in asked[: size.starts]:
        async with _house(folder, shelf) as (_engine, transactions):
            found["cold connection"].append(await _shown(transactions, crowd, number))
        async with _house(folder) as (_engine, transactions):
            found["after a start"].append(await _shown(transactions, crowd, number))
    return found


async def _shown(transactions: Transactions, crowd: Crowd, number: int) -> Time:
    """One person's first screen: who they are, what waits for them, the screen."""
    address = Address("telegram", crowd.bot, str(crowd.chat(number)))
    watch = Watch()
    async with transactions() as session:
        known = await people.identify(session, [address], MORNING)
        turn = Turn(
            session=session,
            address=address,
            can=CAPABILITIES,
            now=MORNING + timedelta(seconds=number),
            zone=ZONE,
            organisation="",
            stranger=False,
            screen="",
            _actor=known[address],
        )
        screen = await DIALOGUES[0].steps[0].show(turn, MenuPlace())
        told = watch.read()
    rounds = sum(choice.key.startswith("round.") for choice in screen.choices)
    if rounds != crowd.campaigns or f"/{crowd.criteria}" not in screen.body:
        raise AssertionError(screen.body)
    return told


@asynccontextmanager
async def _house(
    folder: Path, shelf: MutableMapping[object, Campaign] | None = None
) -> AsyncIterator[tuple[Engine, Transactions]]:
    """The database in a folder, on a connection of its own; `shelf` holds the plans that were read before."""
    engine = make_engine(database_url(folder))
    try:
        yield (
            engine,
            Transactions.over(
                engine,
                journal_key=journal_key(folder),
                capabilities={"telegram": CAPABILITIES},
                campaigns={} if shelf is None else shelf,
                zone=ZONE,
            ),
        )
    finally:
        await engine.dispose()


async def measure(size: Size) -> None:
    """Measure, and print."""
    loads: list[Time] = []
    for _ in range(size.loads):
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            loads.append(await loading(Path(name), size.criteria))
    print(f"loading and publishing a plan of {size.criteria} criteria, {len(loads)} times")
    _print("load", loads, MOST_LOADING, judged=True)
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        found = await showing(Path(name), size)
    crowd = size.crowd
    print(
        f"the first screen of somebody in {crowd.campaigns} campaigns of {crowd.criteria} criteria; "
        f"{crowd.people} people, {crowd.answers} answers"
    )
    for what, times in found.items():
        _print(what, times, MOST_SHOWING, judged=what != "after a start")


def _print(what: str, times: Sequence[Time], most: float, *, judged: bool) -> None:
    walls = sorted(one.wall for one in times)
    middle, late = median(walls), walls[min(len(walls) - 1, len(walls) * 95 // 100)]
    verdict = ("met" if middle <= most else "NOT MET") if judged else "no limit"
    print(
        f"  {what:<16} median {middle * 1000:7.1f} ms (CPU {median(one.cpu for one in times) * 1000:.1f}), "
        f"p95 {late * 1000:.1f}, longest {walls[-1] * 1000:.1f}; "
        f"{middle / most:.2f} of {most * 1000:.0f} ms: {verdict}"
    )


def main(words: Sequence[str] | None = None) -> None:
    """Measure at the size wanted, or at the one given."""
    parser = argparse.ArgumentParser(prog="python -m bench.campaigns", description=__doc__.splitlines()[0])
    parser.add_argument("--criteria", type=int, default=500)
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--answers", type=int, default=200_000)
    parser.add_argument("--asked", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args(words)
    crowd = Crowd(people=options.people, answers=options.answers)
    size = Size(options.criteria, crowd, options.rounds, options.asked, options.rounds)
    asyncio.run(measure(size))


if __name__ == "__main__":
    main()

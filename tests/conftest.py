"""What every test may ask for."""

import asyncio
import gc
import os
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from core.campaigns import Campaign
from db.engine import Engine, make_engine
from services import campaigns
from tests import builders
from tests.chat import MORNING, Town
from tests.fakes import FrozenClock
from tests.surfaces import surface

MEMORY_FOLDER = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own in it, for this user alone
MEMORY_ROOM = 4 * 1024**3
"""Bytes free there from which on the folders of the tests are made in it."""


def pytest_configure() -> None:
    # A busy machine is no fault of what is tried.
    settings.register_profile("house", deadline=None)
    settings.load_profile("house")
    # A commit waits for the disk some milliseconds, and the tests make many; memory does not wait.
    if MEMORY_FOLDER.is_dir() and shutil.disk_usage(MEMORY_FOLDER).free > MEMORY_ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY_FOLDER))
    # What is imported now stays to the end, so looking through it for rubbish finds nothing.
    gc.disable()


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    gc.freeze()
    gc.set_threshold(20_000)  # the rubbish of a transaction or two is not worth a look
    gc.enable()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-transcripts",
        action="store_true",
        help="write the transcripts of the journeys anew (read them before you commit)",
    )


@pytest.fixture
def anyio_backend() -> str:
    """The house runs on asyncio alone."""
    return "asyncio"


@pytest.fixture
def clock() -> FrozenClock:
    """A Monday morning at the office."""
    return FrozenClock(MORNING)


@dataclass(frozen=True)
class Founded:
    """A folder that towns are copied from, and what they share.

    One town stands after the other at the same `place`, so that the engine over it keeps the statements
    it compiled; `shelf` holds the plans that were read, by digest.
    """

    folder: Path
    shelf: Mapping[str, Campaign]
    place: Path
    engine: Engine


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    """A house that is live, with the plan of Hoài Nhơn in force and one unit."""
    clock = FrozenClock(MORNING)
    town = Town(tmp_path_factory.mktemp("founded"), surface("telegram", clock), clock)

    async def found() -> None:
        async with town.office() as session:
            await builders.the_plan(session, clock.now())
            await builders.a_unit(session)
            await campaigns.in_force(session)

    asyncio.run(found())
    place = tmp_path_factory.mktemp("town")
    return Founded(town.folder, town.shelf, place, make_engine(f"sqlite+aiosqlite:///{place / 'bot.db'}"))


@pytest.fixture(params=["telegram", "zalo"])
async def town(request: pytest.FixtureRequest, clock: FrozenClock, founded: Founded) -> AsyncIterator[Town]:
    """A town with the plan in force, once for each capability set."""
    async with _opened(request.param, clock, founded) as place:
        yield place


@pytest.fixture(params=["telegram"])
async def files_town(
    request: pytest.FixtureRequest, clock: FrozenClock, founded: Founded
) -> AsyncIterator[Town]:
    """A town whose platform takes files, with buttons and without."""
    async with _opened(request.param, clock, founded) as place:
        yield place


@pytest.fixture
async def telegram_town(clock: FrozenClock, founded: Founded) -> AsyncIterator[Town]:
    """A town on Telegram."""
    async with _opened("telegram", clock, founded) as place:
        yield place


@pytest.fixture
async def numbers_town(clock: FrozenClock, founded: Founded) -> AsyncIterator[Town]:
    """A town on the poorest platform, where people type numbers: Zalo without pages of ours."""
    async with _opened("zalo", clock, founded) as place:
        yield place


@pytest.fixture
async def two_towns(clock: FrozenClock, founded: Founded) -> AsyncIterator[Town]:
    """A town on Telegram with Zalo beside it."""
    async with _opened("telegram", clock, founded) as place:
        place.beside = surface("zalo", clock)
        yield place


@pytest.fixture
async def metered_town(clock: FrozenClock, founded: Founded) -> AsyncIterator[Town]:
    """A town on Zalo, where each message counts."""
    async with _opened("zalo metered", clock, founded) as place:
        yield place


@pytest.fixture
async def zalo_town(clock: FrozenClock, founded: Founded) -> AsyncIterator[Town]:
    """A town on Zalo, where photos come in and no file goes either way."""
    async with _opened("zalo", clock, founded) as place:
        yield place


@pytest.fixture
async def paged_town(clock: FrozenClock, founded: Founded) -> AsyncIterator[Town]:
    """A town on Zalo that has a public address: files come and go by pages of ours."""
    async with _opened("zalo with pages", clock, founded) as place:
        yield place


@asynccontextmanager
async def _opened(name: str, clock: FrozenClock, founded: Founded) -> AsyncIterator[Town]:
    shutil.rmtree(founded.place)
    shutil.copytree(founded.folder, founded.place)
    try:
        yield Town(founded.place, surface(name, clock), clock, dict(founded.shelf), founded.engine)
    finally:
        await founded.engine.dispose()

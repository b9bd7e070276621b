"""What every test may ask for."""

from pathlib import Path

import pytest

from tests.chat import MORNING, Town, surfaces
from tests.fakes import FrozenClock


@pytest.fixture
def anyio_backend() -> str:
    """The house runs on asyncio alone."""
    return "asyncio"


@pytest.fixture
def clock() -> FrozenClock:
    """A Monday morning at the office."""
    return FrozenClock(MORNING)


@pytest.fixture(params=["telegram", "numbers", "console"])
async def town(request: pytest.FixtureRequest, tmp_path: Path, clock: FrozenClock) -> Town:
    """A town with the plan in force, once for each capability set."""
    place = Town(tmp_path, surfaces(clock)[request.param], clock)
    await place.with_plan()
    return place


@pytest.fixture
async def telegram_town(tmp_path: Path, clock: FrozenClock) -> Town:
    """A town on Telegram."""
    place = Town(tmp_path, surfaces(clock)["telegram"], clock)
    await place.with_plan()
    return place

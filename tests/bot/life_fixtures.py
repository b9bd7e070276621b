"""Lives of the bot for a test to take: one server of them a session, since it takes seconds to warm up."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.bot.lives import LifeServer, life_server, line_to


@pytest.fixture(scope="session")
def lives_door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The socket of the server of lives."""
    with life_server(tmp_path_factory.mktemp("lives")) as door:
        yield door


@pytest.fixture
async def lives(lives_door: Path) -> AsyncIterator[LifeServer]:
    """A line to the server of lives."""
    async with line_to(lives_door) as server:
        yield server

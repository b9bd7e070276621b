"""An office of its own for each test of people and units."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from db.engine import make_engine
from db.transaction import Transactions
from tests import databases
from tests.services.office import MONDAY, Office


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    await databases.empty(tmp_path / "bot.db")
    engine = make_engine(f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}")
    yield Office(Transactions.over(engine, journal_key=b"key", zone=MONDAY.tzinfo))
    await engine.dispose()

"""The doctor and the month of a channel: what is left, and what stands still."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from bot.config import Data, Settings
from bot.doctor import quota_meter as examined
from bot.doctor.check import Level
from core.quota_meter import Stop
from db import schema
from db.engine import make_engine
from db.queries import quota_meter as queries
from db.transaction import Transactions

NOW = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)


def test_what_is_left_and_what_stands_still(tmp_path: Path) -> None:
    settings = Settings(data=Data(dir=tmp_path))

    async def live(*, stopped: bool) -> None:
        engine = make_engine(settings.database_url)
        if not stopped:
            await schema.create(engine)
        async with Transactions.over(engine, journal_key=b"k" * 32)() as session:
            if stopped:
                await queries.stop(session, "zalo", "b", Stop.MISCONFIGURED, NOW, None, "401")
            else:
                await queries.add(session, "zalo", "b", "2026-11", sent=300, received=100)
        await engine.dispose()

    assert list(examined.months(settings, NOW)) == []
    asyncio.run(live(stopped=False))
    (check,) = examined.months(settings, NOW)
    assert check.level is Level.OK
    assert "Còn 2.600/3.000 lượt" in check.said
    asyncio.run(live(stopped=True))
    (check,) = examined.months(settings, NOW)
    assert check.level is Level.WARNING
    assert "từ chối mã truy cập" in check.said

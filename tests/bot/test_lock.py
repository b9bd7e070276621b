"""One process at a time: whoever comes second is told, and whoever dies lets go at once."""

import time
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.emulators.telegram import BotApi
from bot.emulators.telegram_server import serving
from bot.lock import HeldLock
from bot.trouble import TroubleError
from core.texts import running as texts
from tests.bot import staff
from tests.bot.lives import LifeServer, Plot


def is_held(folder: Path) -> bool:
    """Whether another process holds the data folder."""
    lock = HeldLock(folder / "bot.lock")
    try:
        lock.take()
    except TroubleError:
        return True
    lock.release()
    return False


def test_the_second_is_told_and_may_come_when_the_first_has_left(tmp_path: Path) -> None:
    first, second = HeldLock(tmp_path / "data" / "bot.lock"), HeldLock(tmp_path / "data" / "bot.lock")
    first.take()
    with pytest.raises(TroubleError, match=texts.ALREADY_RUNNING[:20]):
        second.take()
    first.release()
    second.take()
    second.release()
    second.release()


async def test_two_houses_never_stand_on_one_database(tmp_path: Path) -> None:
    api = BotApi(SystemClock().now)
    house = await staff.house_over(tmp_path, api, SystemClock())
    with pytest.raises(TroubleError):
        await staff.house_over(tmp_path, api, SystemClock())
    await house.close()
    again = await staff.house_over(tmp_path, api, SystemClock())
    await again.close()


async def test_a_second_process_ends_and_disturbs_nobody(tmp_path: Path, lives: LifeServer) -> None:
    api = BotApi(SystemClock().now)
    async with serving(api) as address:
        plot = Plot(str(tmp_path), address)
        first = await lives.begin(plot)
        await staff.eventually(lambda: api.ledger.counts["getUpdates"])
        for _ in range(5):
            second = await lives.begin(plot)
            assert await second.dies(10) == 70
        assert api.ledger.counts["getUpdates"] == 1
        assert await first.stop() == 0
        assert not is_held(tmp_path)


async def test_who_is_killed_lets_go_at_once(tmp_path: Path, lives: LifeServer) -> None:
    api = BotApi(SystemClock().now)
    async with serving(api) as address:
        plot = Plot(str(tmp_path), address)
        for _ in range(5):
            api.ledger.clear()
            life = await lives.begin(plot)
            await staff.eventually(lambda: api.ledger.counts["getUpdates"])
            assert is_held(tmp_path)
            await life.kill()
            died_at = time.monotonic()
            assert not is_held(tmp_path)
            assert time.monotonic() - died_at < 0.5

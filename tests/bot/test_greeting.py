"""A real process on an emulated Telegram: who it is there, whom it serves, and what hinders it."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.app import Plan, open_house
from bot.clock import SystemClock
from bot.emulators.telegram import TOKEN, BotApi
from bot.emulators.telegram_server import serving
from bot.trouble import Outcome
from core.texts import desk as desk_texts
from core.texts import running as texts
from tests import builders

ROOT = Path(__file__).parents[2]
LAN, STRANGER = 1001, 1002

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are sent as on a server")


async def an_invitation(data: Path) -> str:
    """An installation with the plan in force and somebody on its list; returns the link's token."""
    plan = Plan(f"sqlite+aiosqlite:///{data / 'bot.db'}", data, (), SystemClock())
    house = await open_house(plan)
    try:
        async with house.transactions() as session:
            now = plan.clock.now()
            await builders.the_plan(session, now)
            unit = await builders.a_unit(session)
            person = await builders.a_person(session, unit, now)
            return (await builders.a_code(session, person, now)).token
    finally:
        await house.close()


class Running:
    """A process that runs the bot."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.code: int | None = None
        self.seconds_to_stop = 0.0
        self.said = ""

    async def hears(self, words: str) -> None:
        """Wait until it has said this."""
        assert self._process.stdout is not None
        async with asyncio.timeout(30):
            while words not in self.said:
                line = (await self._process.stdout.readline()).decode()
                assert line, self.said
                self.said += line

    async def stop(self) -> None:
        """Tell it to stop, as a service manager does, and hear it out."""
        began = time.monotonic()
        self._process.terminate()
        await self.wait()
        self.seconds_to_stop = time.monotonic() - began

    async def wait(self) -> None:
        """Hear it out."""
        out, err = await self._process.communicate()
        self.said += out.decode()
        self.code = self._process.returncode
        assert "Traceback" not in err.decode(), err.decode()
        assert TOKEN not in self.said + err.decode()


@asynccontextmanager
async def running(folder: Path, address: str, token: str = TOKEN, more: str = "") -> AsyncIterator[Running]:
    """The bot, running on the installation in this folder; `more` are settings of other channels."""
    config = folder / "config.toml"
    telegram = f'token = "{token}"\nbase_url = "{address}/bot"\nbase_file_url = "{address}/file/bot"\n'
    config.write_text(f"[telegram]\n{telegram}poll_timeout = 2\n{more}", encoding="utf-8")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "--config", str(config), "run"),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield Running(process)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
            await process.communicate()


async def until(api: BotApi, holds: Callable[[], bool]) -> None:
    """Watch the telephones until something is so."""
    with api.subscribe() as changes:
        async with asyncio.timeout(30):
            while not holds():
                await anext(changes)


def says(api: BotApi, chat: int, words: str) -> Callable[[], bool]:
    return lambda: any(words in message.text for message in api.view(chat).from_bot())


async def test_somebody_joins_a_running_bot(tmp_path: Path) -> None:
    token = await an_invitation(tmp_path / "data")
    api = BotApi(SystemClock().now)
    async with serving(api) as address, running(tmp_path, address) as bot:
        api.user_starts(LAN, token)
        await until(api, says(api, LAN, "Có phải anh/chị là"))
        api.user_taps_label(LAN, "Đúng là tôi")
        await until(api, says(api, LAN, "Thông báo về dữ liệu cá nhân"))
        api.user_taps_label(LAN, "Tôi đồng ý")
        await until(api, says(api, LAN, "Đã kết nối. Chào anh/chị Nguyễn Thị Mẫu."))
        await until(api, lambda: ("tudanhgia", "Tự đánh giá") in api.view(LAN).menu)
        assert api.view(STRANGER).menu == desk_texts.COMMANDS_FOR_STRANGERS
        api.user_says(LAN, "/tudanhgia")
        await until(api, says(api, LAN, "0/32"))
        await bot.stop()
    assert bot.code == Outcome.OK
    assert texts.known_as("telegram", "emulated_bot") in bot.said
    assert bot.said.endswith(f"{texts.STOPPED}\n")
    assert bot.seconds_to_stop < 12


async def test_a_wrong_token_is_told_at_once(tmp_path: Path) -> None:
    api = BotApi(SystemClock().now, token="7000000001:AAnother0Another0Another0Another0")
    async with serving(api) as address, running(tmp_path, address) as bot:
        await bot.wait()
    assert bot.code == Outcome.USAGE
    assert texts.unreachable("telegram") not in bot.said


async def test_a_network_that_is_down_is_waited_out(tmp_path: Path) -> None:
    api = BotApi(SystemClock().now)
    api.outage = True
    async with serving(api) as address, running(tmp_path, address) as bot:
        await bot.hears(texts.unreachable("telegram"))
        api.outage = False
        await bot.hears(texts.known_as("telegram", "emulated_bot"))
        await bot.stop()
    assert bot.code == Outcome.OK

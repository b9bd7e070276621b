"""A line from aiogram, a client that is not ours, to an emulated Telegram."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)
from PIL import Image

from bot.emulators.telegram import TOKEN, BotApi
from bot.emulators.telegram_server import serving

LAN = 1001
HUNG = 1002
NOBODY = 9999


class QuickSession(AiohttpSession):
    """aiogram's own session, without the pause for TLS when it closes."""

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


class Line(NamedTuple):
    """One emulated bot and a client connected to it."""

    api: BotApi
    bot: Bot
    clock: list[datetime]

    def wait(self, seconds: float) -> None:
        self.clock[0] += timedelta(seconds=seconds)


@asynccontextmanager
async def connected() -> AsyncIterator[Line]:
    """A client connected over HTTP on a free port of this machine; the bot knows nobody yet."""
    clock = [datetime(2026, 12, 14, 8, 5, tzinfo=UTC)]
    api = BotApi(lambda: clock[0])
    api.add_person(LAN, "Lan", last_name="Nguyễn", username="lan", phone="84901234567")
    async with serving(api) as address:
        session = QuickSession(api=TelegramAPIServer.from_base(address))
        async with Bot(TOKEN, session=session) as bot:
            yield Line(api, bot, clock)


@asynccontextmanager
async def connected_to_lan() -> AsyncIterator[Line]:
    """The same after Lan has pressed Start and the bot has seen it."""
    async with connected() as line:
        line.api.user_starts(LAN)
        updates = await line.bot.get_updates()
        await line.bot.get_updates(offset=updates[-1].update_id + 1)
        yield line


def picture(colour: str = "red", sides: tuple[int, int] = (320, 200)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", sides, colour).save(buffer, "PNG")
    return buffer.getvalue()


def keyboard(*data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=item[:10], callback_data=item) for item in data]]
    )


def server_of(line: Line) -> TelegramAPIServer:
    session = line.bot.session
    assert isinstance(session, AiohttpSession)
    return session.api

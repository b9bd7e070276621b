"""Whoever sends in `bench/broadcast.py`: our bot, or one of the two ways python-telegram-bot is used."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from telegram import Bot
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bench.multitude import NOTICE
from bench.office import database_url
from bench.telegram import FIRST_CHAT, TOKEN
from bot.app import Plan, open_house
from bot.channels.telegram import TelegramChannel, make_request
from bot.clock import SystemClock
from bot.pace import PaceLimits

_TEXT = f"{NOTICE.title}\n\n{NOTICE.body}"


async def ours(address: str, folder: Path, pace: float) -> None:
    """The real house, until SIGTERM; the announcement in its database leaves by itself."""
    channel = TelegramChannel(
        TOKEN,
        request=make_request(None, 8),
        poll_request=make_request(None, 1),
        base_url=f"{address}/bot",
        base_file_url=f"{address}/file/bot",
    )
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    await channel.open()
    try:
        limits = replace(PaceLimits(), bulk=pace)
        house = await open_house(Plan(database_url(folder), folder, [channel], SystemClock(), limits=limits))
        try:
            await house.run(stopping)
        finally:
            await house.close()
    finally:
        await channel.close()


async def peer(bot: Bot, people: int) -> None:
    """Everybody at once, as examples show it; what fails is lost. Then waits for SIGTERM."""
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    async with bot:
        send: Callable[[int, str], Awaitable[object]] = bot.send_message
        chats = range(FIRST_CHAT, FIRST_CHAT + people)
        await asyncio.gather(*(send(chat, _TEXT) for chat in chats), return_exceptions=True)
        await bot.get_me()  # Tells the server that this is all.
        await stopping.wait()


def _bot(address: str, *, limited: bool) -> Bot:
    request = HTTPXRequest(connection_pool_size=64, pool_timeout=600)
    base = f"{address}/bot"
    if not limited:
        return Bot(TOKEN, base_url=base, request=request)
    return ExtBot(TOKEN, base_url=base, request=request, rate_limiter=AIORateLimiter(max_retries=10))


def main(who: str, address: str, folder: str, people: str, pace: str) -> None:
    """Send."""
    if who == "ours":
        asyncio.run(ours(address, Path(folder), float(pace)))
    else:
        asyncio.run(peer(_bot(address, limited=who == "limited"), int(people)))


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Our bot as `bench/turns.py` measures it: the real house at an unlimited pace."""

import asyncio
import signal
import sys
from pathlib import Path

from bench.office import MORNING, database_url
from bench.telegram import TOKEN
from bot.app import Plan, open_house
from bot.channels.telegram import TelegramChannel, make_request
from bot.clock import MovableClock, SystemClock
from bot.pace import PaceLimits

_UNLIMITED = PaceLimits(per_second=1e6, burst=10_000, per_chat=1e6, chat_burst=10_000, bulk=1e6)


async def main(address: str, folder: Path, in_flight: int) -> None:
    """Answer what the server at `address` has, until SIGTERM."""
    clock = MovableClock(SystemClock())
    clock.move(MORNING - clock.now())
    channel = TelegramChannel(
        TOKEN,
        request=make_request(None, 2 * in_flight),
        poll_request=make_request(None, 1),
        base_url=f"{address}/bot",
        base_file_url=f"{address}/file/bot",
    )
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    await channel.open()
    try:
        house = await open_house(
            Plan(
                database_url=database_url(folder),
                data_dir=folder,
                channels=[channel],
                clock=clock,
                limits=_UNLIMITED,
                flood=None,
                in_flight=in_flight,
            )
        )
        try:
            await house.run(stopping)
        finally:
            await house.close()
    finally:
        await channel.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))

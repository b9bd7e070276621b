"""The emulated Zalo over HTTP, for clients that come by the network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from bot.emulators.zalo import ZaloServer, application
from bot.web.server import server_of, taken

_PUMP_EVERY = 0.02


@asynccontextmanager
async def serving(server: ZaloServer, host: str = "127.0.0.1") -> AsyncIterator[str]:
    """Serve a bot's API and its media while the block runs; yields the address.

    What waits for a webhook is posted meanwhile. Photos lie at the same address, so a channel has to be told
    to fetch from there (`media_hosts`).
    """
    listener = taken(host, 0)
    address = f"http://{host}:{listener.getsockname()[1]}"
    server.media_address = address
    stopping = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(server_of(application(server), stopping).serve([listener]))
        tasks.create_task(_pump(server, stopping))
        try:
            yield address
        finally:
            stopping.set()


async def _pump(server: ZaloServer, stopping: asyncio.Event) -> None:
    while not stopping.is_set():
        await server.pump()
        with suppress(TimeoutError):
            async with asyncio.timeout(_PUMP_EVERY):
                await stopping.wait()

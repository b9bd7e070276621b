"""A web server inside a process of ours: on a port taken beforehand, with signals left to the process."""

import asyncio
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

_CONNECTIONS = 512
"""Together; who comes when there are so many is told to come again."""
_BACKLOG = 512


class Server(uvicorn.Server):
    """The signals are the process's; it ends when `stopping` is set, if not told to before."""

    def __init__(self, config: uvicorn.Config, stopping: asyncio.Event | None = None) -> None:
        super().__init__(config)
        self._stopping = stopping

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def on_tick(self, counter: int) -> bool:
        stopped = self._stopping is not None and self._stopping.is_set()
        return await super().on_tick(counter) or stopped


def server_of(app: ASGIApp, stopping: asyncio.Event | None = None) -> Server:
    """A server that says nothing of itself and ends within a second.

    Who a proxy says it speaks for is believed of one on this machine only.
    """
    return Server(
        uvicorn.Config(
            app,
            log_config=None,
            log_level="warning",
            access_log=False,
            lifespan="off",
            ws="none",
            server_header=False,
            limit_concurrency=_CONNECTIONS,
            proxy_headers=True,
            forwarded_allow_ips="127.0.0.1,::1",
            timeout_graceful_shutdown=1,
        ),
        stopping,
    )


def taken(host: str, port: int) -> socket.socket:
    """A listening socket: whoever comes before the server is ready waits. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "nt":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)  # type: ignore[attr-defined]  # Windows only
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener

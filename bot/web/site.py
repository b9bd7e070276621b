"""Everything an installation shows outside: one server for webhooks, uploads, downloads and health."""

import asyncio
import errno
import socket
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.channels.base import Channel
from bot.clock import Clock
from bot.trouble import Outcome, TroubleError
from bot.web.downloads import Downloads
from bot.web.gate import Gate
from bot.web.health import Health
from bot.web.hooks import Hooks
from bot.web.letterbox import Letterbox
from bot.web.pages import KINDS, asset, told
from bot.web.plan import WebPlan
from bot.web.sealing import TooBigError
from bot.web.server import server_of, taken
from bot.web.shelf import Shelf
from bot.web.signing import Signer
from bot.web.tray import Tray
from bot.web.uploads import UploadPages
from core.texts import web as texts
from db.transaction import Transactions

_log = structlog.get_logger()
_BACK_OFF = (1.0, 5.0, 30.0, 120.0)


@dataclass(frozen=True, slots=True)
class Behind:
    """What of the house stands behind the site. `place` says where a cleaned copy lies."""

    channels: Mapping[str, Channel]
    transactions: Transactions
    clock: Clock
    zone: ZoneInfo
    shelf: Shelf
    place: Callable[[str], Path]
    arrived: Callable[[], None]


class Site:
    """The server and what it hands requests to."""

    def __init__(self, plan: WebPlan, signer: Signer, behind: Behind) -> None:
        self._plan = plan
        self._signer = signer
        self._channels = behind.channels
        transactions, clock = behind.transactions, behind.clock
        self._clock = clock
        self._tray = Tray(behind.shelf, transactions, clock, behind.arrived)
        self._letterbox = Letterbox(transactions, clock, behind.arrived)
        self._listener: socket.socket | None = None
        secrets = {name: signer.webhook_secret(name) for name in plan.hooked & set(behind.channels)}
        hooks = Hooks(behind.channels, secrets, self._letterbox)
        pages = UploadPages(signer, self._tray, clock, behind.zone)
        routes = [
            Route("/health", Health(transactions).tell),
            Route("/hook/{channel}", hooks.post, methods=["POST"]),
            Route("/f/{token}", Downloads(signer, behind.place, clock).fetch),
            *pages.routes(),
            *(Route(f"/{name}", _asset(name)) for name in KINDS),
        ]
        self.app: ASGIApp = Gate(Starlette(routes=routes, exception_handlers=_HANDLERS))

    def open(self) -> str:
        """Take the port; returns a sentence on where people find the pages. Raises as `bind`."""
        port = self.bind()
        return texts.opened(self._plan.address, self._plan.host, port)

    def bind(self) -> int:
        """Take the port; returns it. Raises `TroubleError` where it cannot be had."""
        host, port = self._plan.host, self._plan.port
        try:
            self._listener = taken(host, port)
        except OSError as error:
            why = {
                errno.EADDRINUSE: texts.PORT_TAKEN,
                errno.EADDRNOTAVAIL: texts.NO_SUCH_HOST,
            }.get(error.errno or 0, str(error.strerror))
            raise TroubleError(texts.cannot_listen(host, port, why), Outcome.ATTENTION) from None
        return int(self._listener.getsockname()[1])

    def loops(self, stopping: asyncio.Event) -> Sequence[Coroutine[object, object, None]]:
        """What has to run at the same time until told to stop."""
        hooked = [self._hook(name, stopping) for name in sorted(self._plan.hooked & set(self._channels))]
        served = [self._serve(stopping)] if self._plan.listens else []
        return [*served, self._letterbox.run(stopping), *hooked]

    def close(self) -> None:
        """Let go of the port."""
        if self._listener is not None:
            self._listener.close()

    async def _serve(self, stopping: asyncio.Event) -> None:
        if self._listener is None:
            self.bind()
        assert self._listener is not None
        server = server_of(self.app, stopping)
        await server.serve(sockets=[self._listener])

    async def _hook(self, name: str, stopping: asyncio.Event) -> None:
        """Tell a platform where to post, until it knows."""
        failures = 0
        while not stopping.is_set():
            try:
                await self._channels[name].hook(self._signer.hook(name), self._signer.webhook_secret(name))
            except Exception as error:  # noqa: BLE001 - whatever a platform does, it is told again
                pause = _BACK_OFF[min(failures, len(_BACK_OFF) - 1)]
                failures += 1
                _log.warning("webhook_not_set", channel=name, error=type(error).__name__, pause=pause)
                await _pause(stopping, pause)
            else:
                _log.info("webhook_set", channel=name)
                return


async def _pause(stopping: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stopping.wait()


def _asset(name: str) -> Callable[[Request], Response]:
    def answer(_request: Request) -> Response:
        return asset(name)

    return answer


async def _too_big(_request: Request, _error: Exception) -> Response:
    return Response(status_code=413)


async def _cut_off(_request: Request, _error: Exception) -> Response:
    return Response(status_code=400)


async def _nothing(_request: Request, _error: Exception) -> Response:
    return told(texts.FORGED_TITLE, texts.FORGED, status=404)


_HANDLERS = {TooBigError: _too_big, ClientDisconnect: _cut_off, 404: _nothing}

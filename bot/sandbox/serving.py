"""Opens the sandbox on this machine: a folder, a port, a page, and a quick end."""

import asyncio
import os
import secrets
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.app import side_by_side
from bot.clock import SystemClock
from bot.logs import configure
from bot.sandbox.board import Board
from bot.sandbox.game import Game
from bot.sandbox.ground import Ground
from bot.sandbox.seeding import PLAN
from bot.sandbox.web import page_app
from bot.trouble import Outcome, TroubleError
from bot.web.server import server_of, taken
from core.texts import sandbox as texts

PORT = 8800
FOLDER = Path("data") / "sandbox"
_HOST = "127.0.0.1"
_PORTS_TRIED = 100


@dataclass(frozen=True, slots=True)
class Options:
    """How the sandbox is opened; `tell` writes a line for whoever started it."""

    tell: Callable[[str], None]
    folder: Path = FOLDER
    port: int = PORT
    browser: bool = True
    plan: Path = PLAN


def serve(options: Options) -> None:
    """Play until Ctrl-C. Raises `TroubleError` when the folder, the plan or every port is not to be had."""
    if not options.plan.is_file():
        raise TroubleError(texts.no_plan(str(options.plan)), Outcome.ATTENTION)
    ground = Ground(options.folder)
    ground.take()
    try:
        configure(file=ground.log)
        with _listening(options.port) as listener:
            port = int(listener.getsockname()[1])
            if port != options.port:
                options.tell(texts.other_port(options.port))
            asyncio.run(_play(options, ground, listener, port))
    finally:
        ground.let_go()
    options.tell(texts.CLOSED)


async def _play(options: Options, ground: Ground, listener: socket.socket, port: int) -> None:
    address = f"http://{_HOST}:{port}/"
    game = Game(ground, Board(), SystemClock(), options.plan, address)
    server = server_of(page_app(game, port, secrets.token_urlsafe(24)))

    def stop() -> None:
        game.stop()
        server.should_exit = True

    _on_signals(stop)

    async def play() -> None:
        try:
            await game.play()
        finally:
            server.should_exit = True

    options.tell(texts.opened(address, str(options.folder)))
    if options.browser and _has_screen():
        # A thread, because some browsers are waited for.
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    await side_by_side(server.serve(sockets=[listener]), play())


def _on_signals(stop: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda _number, _frame: loop.call_soon_threadsafe(stop))


def _listening(wanted: int) -> socket.socket:
    """A socket on the wanted port of this machine, or on the next free one."""
    for port in range(wanted, min(wanted + _PORTS_TRIED, 65536)):
        with suppress(OSError):
            return taken(_HOST, port)
    raise TroubleError(texts.NO_PORT)


def _has_screen() -> bool:
    """Whether a browser can be seen here: not in CI, nor on a machine without a display."""
    if os.environ.get("CI"):
        return False
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))

"""Real processes that run the house until somebody kills them.

One server process imports everything, lets a house work for a while, and forks a child for each life: a
life then begins in some ten milliseconds, its statements compiled. What is planted here (messages that
raise, messages that kill) is planted from outside: the product has no hook for it.
"""

import asyncio
import gc
import json
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from bot import app, crashpoints, logs
from bot.app import Plan, open_house
from bot.channels.base import Channel, Delivery, Outgoing
from bot.channels.telegram import TelegramChannel, make_request
from bot.channels.zalo import ZaloChannel
from bot.channels.zalo_api import ZaloApi
from bot.channels.zalo_media import ZaloMedia
from bot.clock import SystemClock
from bot.emulators.telegram import TOKEN, BotApi
from bot.emulators.zalo import TOKEN as ZALO_TOKEN
from bot.pace import PaceLimits
from core.messages import Incoming
from db.engine import make_engine
from services import announcement_delivery
from services.papers import calendar_file
from tests.bot.staff import AT_ONCE, enlist, rehearse, telegram_over
from tests.fakes import InspectorAtHand

ROOT = Path(__file__).parents[2]
UNLIMITED = PaceLimits(1e6, 10_000, 1e6, 10_000, 1e6)
RAISES = "tin nhắn gây lỗi"
KILLS = "tin nhắn làm sập"
#: Relative, so that an engine made in one folder serves in another.
DATABASE = "sqlite+aiosqlite:///bot.db"


class PlantedTelegram(TelegramChannel):
    """Telegram as it is, with troubles of ours.

    Some messages cannot be read, some end the process; and the crash point of the plot is armed when
    its `crash_at`-th message is to be delivered.
    """

    plot: "Plot"
    deliveries = 0

    async def deliver(self, outgoing: Outgoing) -> Delivery:
        self.deliveries += 1
        if self.deliveries == self.plot.crash_at:
            os.environ[crashpoints.VARIABLE] = self.plot.crashpoint
        return await super().deliver(outgoing)

    def parse(self, raw: str) -> Incoming | None:
        text = json.loads(raw).get("message", {}).get("text", "")
        if text == KILLS:
            os.kill(os.getpid(), signal.SIGKILL)
        if text == RAISES:
            raise RuntimeError(RAISES)
        return super().parse(raw)


@dataclass(frozen=True)
class Plot:
    """What one life is to be: where its database lies, where its Telegram is, its Zalo, and where it ends.

    It ends at the crash point, armed at once, or with the `crash_at`-th delivery.
    """

    folder: str
    address: str
    crashpoint: str = ""
    crash_at: int = 0
    quiet: float = 10.0
    in_flight: int = 4
    poll_timeout: int = 25
    zalo: str = ""
    """Nothing: there is none."""


def _plan(folder: Path, channels: Sequence[Channel], plot: Plot) -> Plan:
    return Plan(
        database_url=DATABASE,
        data_dir=folder,
        channels=channels,
        clock=SystemClock(),
        limits=UNLIMITED,
        flood=None,
        in_flight=plot.in_flight,
        quiet=plot.quiet,
        inspector=InspectorAtHand(),
        announcements=AT_ONCE,
        free_bytes=0,
        free_share=0.0,
    )


async def live(plot: Plot) -> None:
    """Run the house until SIGTERM, or a death."""
    channel = PlantedTelegram(
        TOKEN,
        request=make_request(None, 4 * plot.in_flight),
        poll_request=make_request(None, 1),
        base_url=f"{plot.address}/bot",
        base_file_url=f"{plot.address}/file/bot",
        poll_timeout=plot.poll_timeout,
    )
    channel.plot = plot
    if not plot.crash_at:
        os.environ[crashpoints.VARIABLE] = plot.crashpoint
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    await channel.open()
    channels: list[Channel] = [channel]
    if plot.zalo:
        channels.append(ZaloChannel(ZaloApi(ZALO_TOKEN, plot.zalo), ZaloMedia([plot.zalo]), poll_floor=0.02))
    house = await open_house(_plan(Path(plot.folder), channels, plot))
    await house.run(stopping)
    await house.close()
    await channel.close()


async def warm_up() -> AsyncEngine:
    """An engine that has seen a house at work; no connection of it is open."""
    api = BotApi(SystemClock().now)
    house = await open_house(_plan(Path.cwd(), [telegram_over(api)], Plot("", "")))
    await house.recover()
    await enlist(house, [1, 2])
    await rehearse(house, api, 1, 30, seed=1)
    await house.couriers["telegram"].empty()
    await house.close()
    calendar_file.shipped()
    return house.engine


class Life:
    """A running house in a process of its own."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def kill(self) -> int:
        """SIGKILL, and wait for the body; returns how it ended, which is not by the signal if it was dead."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        return await self.ended

    async def stop(self) -> int:
        """SIGTERM, as a service manager does; returns the exit code."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)
        async with asyncio.timeout(15):
            return await self.ended

    async def dies(self, within: float) -> int | None:
        """The exit code (negative for a signal), or `None` if it still lives after so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                return await asyncio.shield(self.ended)
        return None


class LifeServer:
    """A line to the process that forks lives; whoever still lives when it closes is killed."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._lives: dict[int, Life] = {}
        self._born: asyncio.Queue[Life | None] = asyncio.Queue()

    async def begin(self, plot: Plot) -> Life:
        """A new life."""
        self._writer.write(json.dumps(asdict(plot)).encode() + b"\n")
        await self._writer.drain()
        life = await self._born.get()
        assert life is not None, "the server of lives has died"
        return life

    async def listen(self) -> None:
        """Hear of births and deaths."""
        while line := await self._reader.readline():
            word, *numbers = line.split()
            if word == b"born":
                life = Life(int(numbers[0]))
                self._lives[life.pid] = life
                self._born.put_nowait(life)
            else:
                self._lives.pop(int(numbers[0])).ended.set_result(int(numbers[1]))
        self._born.put_nowait(None)


@asynccontextmanager
async def line_to(door: Path) -> AsyncIterator[LifeServer]:
    """A line to a running server."""
    reader, writer = await asyncio.open_unix_connection(door)
    server = LifeServer(reader, writer)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(server.listen())
        try:
            yield server
        finally:
            writer.write_eof()
    writer.close()
    await writer.wait_closed()


@contextmanager
def life_server(folder: Path) -> Iterator[Path]:
    """Start a server of lives; yields the socket it is reached by once it listens."""
    door = folder / "lives"
    process = subprocess.Popen([sys.executable, "-m", "tests.bot.lives", str(door)], cwd=ROOT)
    try:
        until = time.monotonic() + 50
        while not door.exists() and process.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        yield door
    finally:
        process.terminate()
        process.wait()


def _serve(door: str) -> None:
    """Warm up, then serve one line after the other."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        logs.configure()
        engine = asyncio.run(warm_up())
    # Nobody looks at a card of progress here.
    vars(announcement_delivery)["RENEWED_EVERY"] = timedelta(seconds=0.3)
    vars(app)["make_engine"] = lambda url: engine if url == DATABASE else make_engine(url)
    gc.freeze()  # Collecting what was made before the fork would only copy it.
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    with socket.socket(socket.AF_UNIX) as entrance:
        entrance.bind(f"{door}.new")
        entrance.listen()
        Path(f"{door}.new").rename(door)
        while True:
            line, _ = entrance.accept()
            with line:
                _fork_for(line, woken)


def _fork_for(line: socket.socket, woken: int) -> None:
    """Fork a child for each request that comes by the line; report births and deaths."""
    children: set[int] = set()
    waiting = b""
    told = b" "
    while told or children:
        watched: list[socket.socket | int] = [line, woken] if told else [woken]
        ready, _, _ = select.select(watched, [], [])
        if woken in ready:
            os.read(woken, 4096)
            _reap(children, line)
        if line in ready:
            told = line.recv(65536)
            *requests, waiting = (waiting + told).split(b"\n")
            for request in requests:
                child = os.fork()
                if child == 0:
                    _begin(Plot(**json.loads(request)))
                children.add(child)
                line.sendall(b"born %d\n" % child)
            if not told:
                for child in children:
                    os.kill(child, signal.SIGKILL)


def _reap(children: set[int], line: socket.socket) -> None:
    for child in list(children):
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            children.discard(child)
            with suppress(OSError):
                line.sendall(b"ended %d %d\n" % (child, os.waitstatus_to_exitcode(status)))


def _begin(plot: Plot) -> None:
    """In the child: live, and never come back."""
    code = 70
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.chdir(plot.folder)
        logs.configure(file=Path("bot.log"))
        asyncio.run(live(plot))
        code = 0
    except BaseException:
        logging.getLogger("lives").critical("a life went wrong", exc_info=True)
        raise
    finally:
        os._exit(code)


if __name__ == "__main__":
    _serve(sys.argv[1])

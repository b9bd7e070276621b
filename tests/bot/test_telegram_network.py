"""Telegram over real sockets: what a broken line means, and that the token is never told to anybody."""

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, HTTPXRequest

from bot import logs
from bot.app import Plan, open_house
from bot.channels.base import (
    Delivered,
    Delivery,
    Flaky,
    Misconfigured,
    Outgoing,
    Rejected,
    Throttled,
    Unreachable,
)
from bot.channels.telegram import TelegramChannel, classify
from bot.channels.telegram_request import AiohttpRequest
from bot.clock import SystemClock
from bot.emulators.telegram import BotApi
from bot.emulators.telegram_server import serving
from core.messages import Address, FileRef, Message
from tests.bot.restored import logging_restored

SECRET = "AAcanary-canary-canary-canary-canary1"
TOKEN = f"7000000009:{SECRET}"
LAN = Address("telegram", "7000000009", "1001")

Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
MakeRequest = Callable[[], BaseRequest]
REQUESTS: dict[str, MakeRequest] = {
    "aiohttp": lambda: AiohttpRequest(4, read_timeout=0.3),
    "httpx": lambda: HTTPXRequest(4, read_timeout=0.3),
}


def says(raw: bytes) -> Answer:
    """A server that reads the request, says this and hangs up."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await reader.read(65536)
        writer.write(raw)
        await writer.drain()

    return answer


def http(status: str, body: bytes, *more: str) -> bytes:
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *more]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def refusal(status: str, description: str, parameters: str = "{}") -> Answer:
    code = status.partition(" ")[0]
    told = f'{{"ok":false,"error_code":{code},"description":"{description}","parameters":{parameters}}}'
    return says(http(status, told.encode()))


async def hangs_up(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """A server that accepts and goes away."""


async def hangs_up_rudely(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.transport.abort()


@asynccontextmanager
async def a_server(answer: Answer) -> AsyncIterator[str]:
    """The address of a server of this machine that behaves like that to everybody."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            await answer(reader, writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        host, port = server.sockets[0].getsockname()
        yield f"http://{host}:{port}"


@asynccontextmanager
async def a_channel(make: MakeRequest, address: str) -> AsyncIterator[TelegramChannel]:
    channel = TelegramChannel(
        TOKEN,
        request=make(),
        poll_request=make(),
        base_url=f"{address}/bot",
        base_file_url=f"{address}/file/bot",
        poll_timeout=0,
    )
    await channel.open()
    try:
        yield channel
    finally:
        await channel.close()


UNCERTAIN = Flaky(certain=False, why="")
KINDS: dict[str, tuple[Answer, Delivery]] = {
    "hangs up": (hangs_up, UNCERTAIN),
    "hangs up rudely": (hangs_up_rudely, UNCERTAIN),
    "half an answer": (says(http("200 OK", b"x" * 100)[:-60]), UNCERTAIN),
    "half a head": (says(b"HTTP/1.1 200 OK\r\nContent-"), UNCERTAIN),
    "no HTTP": (says(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), UNCERTAIN),
    "a head without end": (says(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000), UNCERTAIN),
    "broken chunks": (
        says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        UNCERTAIN,
    ),
    "another encoding": (says(http("200 OK", b"\x1f\x8b broken", "Content-Encoding: gzip")), UNCERTAIN),
    "gateway": (says(http("502 Bad Gateway", b"<html>")), UNCERTAIN),
    "unavailable": (says(http("503 Service Unavailable", b"", "Retry-After: 5")), UNCERTAIN),
    "sent elsewhere": (says(http("302 Found", b"", "Location: http://127.0.0.1:9/login")), UNCERTAIN),
    "wrong token": (refusal("401 Unauthorized", "Unauthorized"), Misconfigured("")),
    "unknown method": (refusal("404 Not Found", "Not Found"), Misconfigured("")),
    "blocked": (refusal("403 Forbidden", "Forbidden: bot was blocked by the user"), Unreachable("")),
    "bad markup": (refusal("400 Bad Request", "Bad Request: can't parse entities"), Rejected("")),
    "too fast": (refusal("429 Too Many", "Too Many Requests", '{"retry_after":3}'), Throttled(3)),
    "another process": (refusal("409 Conflict", "Conflict: other"), Misconfigured("")),
    "no JSON": (says(http("200 OK", b"<html>")), Delivered("")),
    "another shape": (says(http("200 OK", b'{"ok":true}')), Delivered("")),
    "taken": (says(http("200 OK", b'{"ok":true,"result":{"message_id":7}}')), Delivered("7")),
}


@pytest.mark.parametrize("make", REQUESTS.values(), ids=REQUESTS)
@pytest.mark.parametrize("kind", KINDS)
async def test_what_a_line_does_and_what_it_means(kind: str, make: MakeRequest) -> None:
    answer, meaning = KINDS[kind]
    async with a_server(answer) as address, a_channel(make, address) as channel:
        outcome = await channel.deliver(Outgoing(LAN, Message(body="Một")))
    assert type(outcome) is type(meaning), outcome
    if isinstance(meaning, Delivered | Throttled):
        assert outcome == meaning
    if isinstance(outcome, Flaky):
        assert not outcome.certain


@pytest.mark.parametrize("make", REQUESTS.values(), ids=REQUESTS)
async def test_where_nobody_listens_surely_nothing_was_sent(make: MakeRequest) -> None:
    async with a_server(hangs_up) as address:
        pass
    async with a_channel(make, address) as channel:
        outcome = await channel.deliver(Outgoing(LAN, Message(body="Một")))
    assert isinstance(outcome, Flaky)
    assert outcome.certain


@pytest.mark.parametrize("make", REQUESTS.values(), ids=REQUESTS)
async def test_who_never_answers_may_have_heard(make: MakeRequest) -> None:
    stopped = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await stopped.wait()

    async with a_server(silent) as address:
        request = make()
        await request.initialize()
        try:
            with pytest.raises(TimedOut) as timed_out:
                await request.do_request(f"{address}/bot{TOKEN}/sendMessage", "POST", None, 0.1)
        finally:
            stopped.set()
            await request.shutdown()
    outcome = classify(timed_out.value)
    assert isinstance(outcome, Flaky)
    assert not outcome.certain


async def test_an_uninitialised_line_says_so() -> None:
    with pytest.raises(RuntimeError, match="not initialised"):
        await AiohttpRequest(1).do_request("http://127.0.0.1:9/", "POST")


async def test_a_line_is_opened_and_closed_as_often_as_one_likes() -> None:
    request = AiohttpRequest(1)
    await request.shutdown()
    for _ in range(2):
        await request.initialize()
        await request.initialize()
        await request.shutdown()
    assert request.read_timeout == 20


async def test_everything_passes_over_a_real_line() -> None:
    api = BotApi(SystemClock().now, token=TOKEN)
    api.user_sends_document(1001, "báo cáo.pdf", b"%PDF" * 1000, mime="application/pdf")
    async with serving(api) as address, a_channel(REQUESTS["aiohttp"], address) as channel:
        (arrival,) = await channel.poll()
        incoming = channel.parse(arrival.raw)
        assert incoming is not None
        pieces = [piece async for piece in channel.fetch(incoming.files[0])]
        assert b"".join(pieces) == b"%PDF" * 1000
        screen = Message("Tựa «đ»", "Nội dung & <b>")
        assert isinstance(await channel.deliver(Outgoing(LAN, screen)), Delivered)
    assert api.view(1001).messages[-1].text == "Tựa «đ»\n\nNội dung & <b>"


# ------------------------------------------------------------------------------------- the token


def told_by(error: BaseException) -> str:
    """Everything an exception and those behind it could tell."""
    words, seen, waiting = [], set[int](), [error]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        words += [str(one), repr(one), repr(one.args), repr(vars(one))]
        waiting += [other for other in (one.__cause__, one.__context__) if other is not None]
    return "\n".join([*words, *traceback.format_exception(error)])


async def error_of(call: Callable[[], Awaitable[object]]) -> Exception | None:
    """What a call raises."""
    try:
        await call()
    except Exception as error:  # noqa: BLE001 - whatever it is, it must not tell
        return error
    return None


@pytest.mark.parametrize("kind", [*KINDS, "nobody listens"])
async def test_no_exception_of_our_line_tells_the_token(kind: str) -> None:
    answer, _ = KINDS.get(kind, (hangs_up, UNCERTAIN))
    async with a_server(answer) as address:
        if kind == "nobody listens":
            address = "http://127.0.0.1:9"  # noqa: PLW2901 - the port where nobody listens
        async with a_channel(REQUESTS["aiohttp"], address) as channel:
            calls: list[Callable[[], Awaitable[object]]] = [
                channel.poll,
                lambda: channel.set_commands("1001", []),
                lambda: anext(channel.fetch(FileRef("f", "f", "a", 1, "")).__aiter__()),
            ]
            raised = [error for call in calls if (error := await error_of(call)) is not None]
    assert kind == "taken" or raised
    for error in raised:
        assert SECRET not in told_by(error), type(error)


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_the_token_is_in_no_log_whatever_the_line_does(tmp_path: Path) -> None:
    with logging_restored():
        logs.configure(level="DEBUG", file=tmp_path / "bot.log", secrets=[TOKEN])
        for name in ("aiohttp", "httpx", "httpcore", "telegram", "asyncio"):
            logging.getLogger(name).setLevel(logging.DEBUG)
        for make in REQUESTS.values():
            for answer, _ in KINDS.values():
                asked = asyncio.Event()
                async with a_server(noting(answer, asked)) as address, a_channel(make, address) as channel:
                    await channel.deliver(Outgoing(LAN, Message(body="Một")))
                    asked.clear()
                    await _live_a_little(channel, tmp_path, asked)
        logging.shutdown()
    written = (tmp_path / "bot.log").read_text(encoding="utf-8")
    assert written.count("poll_failed") >= 20
    assert SECRET not in written
    assert [path for path in files_in(tmp_path) if SECRET.encode() in path.read_bytes()] == []


def noting(answer: Answer, asked: asyncio.Event) -> Answer:
    """The same server, telling when it has answered."""

    async def noted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await answer(reader, writer)
        finally:
            asked.set()

    return noted


async def _live_a_little(channel: TelegramChannel, folder: Path, asked: asyncio.Event) -> None:
    """A house on this line: it polls until it has heard something, and is stopped."""
    plan = Plan(
        database_url=f"sqlite+aiosqlite:///{folder / 'bot.db'}",
        data_dir=folder,
        channels=[channel],
        clock=SystemClock(),
    )
    house = await open_house(plan)
    stopping = asyncio.Event()

    async def stop() -> None:
        await asked.wait()
        await asyncio.sleep(0.05)
        stopping.set()

    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(house.run(stopping))
            tasks.create_task(stop())
    finally:
        await house.close()


def test_errors_of_the_network_are_telegrams_own() -> None:
    assert classify(NetworkError("x")) == Flaky(certain=False, why="NoneType")

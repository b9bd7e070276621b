"""The log: readable, complete, and free of secrets and of what people wrote."""

import asyncio
import gc
import io
import json
import logging
import sys
import threading
import traceback
import warnings
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path

import httpx
import pytest
import structlog
from pydantic import BaseModel, SecretStr
from telegram import Bot
from telegram.error import InvalidToken, NetworkError
from telegram.request import HTTPXRequest

from bot.logs import BLACKED_OUT, Redactor, configure
from tests.bot.restored import logging_restored

SECRET = "AAcanary-Canary_CANARYcanary012345678"
TOKEN = f"123456789:{SECRET}"
PASSWORD = 'p"squirrel\\word/é'
ENCODED = "heron%2Fpass"
DATABASE = f"postgresql+asyncpg://office:{ENCODED}@db.example/bot"
UNKNOWN = "badger-other"
CODE = "osprey-Invite_0123456789abcdef"
WORDS = "otter words ]\n of a person"
TYPED = "K7QM4-T2X9B"
CANARIES = (SECRET, TYPED, "squirrel", "heron", "badger", "osprey", "otter")
# Nothing listens on the discard port of loopback, so a call there fails at once.
API = "http://127.0.0.1:9/bot"

log = structlog.get_logger("canary")
plain = logging.getLogger("canary.plain")


class CanaryError(Exception):
    """An error that carries whatever it is given."""


def boom(*said: object) -> None:
    """Raise with the secret in the arguments and in a local variable."""
    local = f"{API}{TOKEN}"
    raise CanaryError(local, *said)


def handled(act: Callable[[], object], event: str = "failed") -> None:
    try:
        act()
    except Exception:  # noqa: BLE001 — whatever it is, it is logged
        plain.exception(event)


def chained() -> None:
    try:
        boom()
    except CanaryError as error:
        raise RuntimeError("outer") from error


def in_context() -> None:
    try:
        boom()
    except CanaryError:
        raise RuntimeError(f"while handling {TOKEN}")  # noqa: B904 — the context is what is tested


def grouped() -> None:
    raise ExceptionGroup(f"group {TOKEN}", [CanaryError(TOKEN), ValueError(f"{API}{TOKEN}/getMe")])


def noted() -> None:
    error = CanaryError("bare")
    error.add_note(f"the address was {API}{TOKEN}/sendMessage")
    raise error


def validated() -> None:
    class Form(BaseModel):
        age: int

    Form.model_validate({"age": WORDS})


class Unprintable:
    def __str__(self) -> str:
        raise CanaryError(TOKEN)

    __repr__ = __str__


def in_thread() -> None:
    thread = threading.Thread(target=boom)
    thread.start()
    thread.join()


def unraisable() -> None:
    class Bad:
        def __del__(self) -> None:
            raise CanaryError(TOKEN)

    Bad()
    gc.collect()


def uncaught() -> None:
    try:
        boom()
    except CanaryError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def from_context() -> None:
    with structlog.contextvars.bound_contextvars(address=f"{API}{TOKEN}"):
        plain.info("bound")


KINDS: dict[str, Callable[[], object]] = {
    "event": lambda: log.info(f"calling {API}{TOKEN}/getMe"),  # noqa: G004 — done by mistake
    "value": lambda: log.info("calling", url=f"{API}{TOKEN}/getMe"),
    "value of another type": lambda: log.info("calling", url=httpx.URL(f"{API}{TOKEN}/getMe")),
    "nested value": lambda: log.info("calling", given={"headers": [("x", TOKEN)]}),
    "bytes": lambda: log.info("calling", raw=f"{API}{TOKEN}".encode()),
    "key error": lambda: handled(lambda: dict[str, str]()[TOKEN]),
    "plain message": lambda: plain.info("calling %s%s/getMe", API, TOKEN),
    "argument in parts": lambda: plain.info("token %s:%s", "123456789", SECRET),
    "dictionary argument": lambda: plain.info("%(token)s", {"token": TOKEN}),
    "escaped address": lambda: plain.info("bot123456789%%3A%s", SECRET),
    "secret half alone": lambda: plain.info("half %s", SECRET),
    "invite link": lambda: plain.info("https://t.me/DemoBot?start=%s", CODE),
    "invite typed": lambda: plain.info("got /start %s", CODE),
    "invite in words": lambda: plain.info("got %s", TYPED),
    "password": lambda: plain.info("password %s", PASSWORD),
    "password as json": lambda: plain.info(json.dumps({"p": PASSWORD})),
    "password represented": lambda: plain.info("%r", PASSWORD),
    "database address": lambda: plain.error("cannot open %s", DATABASE),
    "database password": lambda: plain.error("cannot open with %s", ENCODED),
    "unknown password": lambda: plain.error(f"proxy http://user:{UNKNOWN}@10.0.0.5:3128 refused"),
    "exception": lambda: handled(boom),
    "exception in the event": lambda: handled(boom, f"failed for {TOKEN}"),
    "chained": lambda: handled(chained),
    "context": lambda: handled(in_context),
    "group": lambda: handled(grouped),
    "note": lambda: handled(noted),
    "structlog exception": lambda: log.error("failed", exc_info=CanaryError(TOKEN)),
    "error as value": lambda: log.error("failed", error=CanaryError(f"{API}{TOKEN}")),
    "stack": lambda: plain.info(f"stack {TOKEN}", stack_info=True),
    "telegram error": lambda: log.error("failed", error=InvalidToken(f"token {TOKEN} rejected")),
    "network error": lambda: handled(lambda: (_ for _ in ()).throw(NetworkError(f"{API}{TOKEN}"))),
    "form": lambda: handled(validated),
    "sql": lambda: plain.error(f"x\n[parameters: ({WORDS!r},)]\n(Background"),
    "wrong format": lambda: plain.info("%d", TOKEN),
    "too many arguments": lambda: plain.info("nothing", TOKEN),
    "unprintable": lambda: plain.info("%s", Unprintable()),
    "warning": lambda: warnings.warn(f"old {API}{TOKEN}", stacklevel=1),
    "thread": in_thread,
    "unraisable": unraisable,
    "uncaught": uncaught,
    "context variable": from_context,
    "exception formatted by hand": lambda: plain.info(
        "".join(traceback.format_exception(CanaryError(TOKEN)))
    ),
    "httpx at work": lambda: handled(lambda: httpx.get(f"{API}{TOKEN}/getMe", timeout=1)),
    "httpx at debug": lambda: logging.getLogger("httpx").warning("HTTP Request: POST %s%s", API, TOKEN),
    "named handler": lambda: logging.getLogger("uvicorn.error").error("%s%s", API, TOKEN),
}


async def the_loop() -> None:
    loop = asyncio.get_running_loop()
    loop.call_exception_handler({"message": f"lost {TOKEN}", "exception": CanaryError(TOKEN)})


async def a_callback() -> None:
    asyncio.get_running_loop().call_soon(boom)
    await asyncio.sleep(0)
    await asyncio.sleep(0)


async def a_forgotten_task() -> None:
    async def fails() -> None:
        boom()

    forgotten = asyncio.get_running_loop().create_task(fails(), name=f"send {TOKEN}")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del forgotten
    gc.collect()


async def a_bot() -> None:
    request = HTTPXRequest(connect_timeout=1)
    bot = Bot(TOKEN, base_url=API, request=request, get_updates_request=request)
    try:
        await bot.get_me()
    except NetworkError:
        plain.exception("telegram failed")
    await request.shutdown()


async def a_client() -> None:
    async with httpx.AsyncClient(timeout=1) as client:
        try:
            await client.post(f"{API}{TOKEN}/sendMessage", json={"text": WORDS})
        except httpx.HTTPError as error:
            plain.error("request %s %s failed", error.request.method, error.request.url, exc_info=True)


async def a_canceled_send() -> None:
    async def waits() -> None:
        await asyncio.sleep(9)

    task = asyncio.get_running_loop().create_task(waits(), name=TOKEN)
    await asyncio.sleep(0)
    task.cancel(f"stop {TOKEN}")
    try:
        await task
    except asyncio.CancelledError:
        plain.exception("canceled %r", task)


ASYNC_KINDS: dict[str, Callable[[], Coroutine[None, None, None]]] = {
    "loop handler": the_loop,
    "callback": a_callback,
    "forgotten task": a_forgotten_task,
    "telegram library": a_bot,
    "http client": a_client,
    "canceled": a_canceled_send,
}


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    with logging_restored():
        yield


def configured(folder: Path, *, json_lines: bool) -> Callable[[], str]:
    """Everything at DEBUG, on a stream and in a file; returns what was written to both."""
    stream, file = io.StringIO(), folder / "logs" / "bot.log"
    configure(
        level="DEBUG",
        json_lines=json_lines,
        secrets=(TOKEN, PASSWORD, DATABASE),
        stream=stream,
        file=file,
    )

    def read() -> str:
        written = file.read_text(encoding="utf-8") if file.exists() else ""
        return stream.getvalue() + written

    return read


def assert_nothing_leaked(said: str) -> None:
    assert said, "the failure left no trace at all"
    assert [canary for canary in CANARIES if canary in said] == []


def test_there_are_enough_ways_to_fail() -> None:
    assert len(KINDS) + len(ASYNC_KINDS) >= 30


@pytest.mark.parametrize("format_", ["text", "json"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.filterwarnings("default:old")
def test_no_secret_survives(
    kind: str, format_: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    read = configured(tmp_path, json_lines=format_ == "json")
    KINDS[kind]()
    assert_nothing_leaked(read() + "".join(capfd.readouterr()))


@pytest.mark.parametrize("format_", ["text", "json"])
@pytest.mark.parametrize("kind", ASYNC_KINDS)
async def test_no_secret_survives_the_event_loop(
    kind: str, format_: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    # The test's own loop reports to the test; a loop of its own reports as in production.
    read = configured(tmp_path, json_lines=format_ == "json")
    await asyncio.to_thread(asyncio.run, ASYNC_KINDS[kind]())
    assert_nothing_leaked(read() + "".join(capfd.readouterr()))


def test_a_line_still_says_what_happened(tmp_path: Path) -> None:
    read = configured(tmp_path, json_lines=False)
    handled(boom, "gửi tin thất bại")
    said = read()
    assert "gửi tin thất bại" in said
    assert "CanaryError" in said
    assert f"bot{BLACKED_OUT}" in said


def test_json_lines_stay_json() -> None:
    stream = io.StringIO()
    configure(level="DEBUG", json_lines=True, secrets=(TOKEN, PASSWORD), stream=stream)
    for act in KINDS.values():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            act()
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert len(lines) > 30
    assert {"event", "level", "logger", "timestamp"} <= set(lines[0])


def test_chatty_libraries_are_held_down() -> None:
    stream = io.StringIO()
    configure(level="DEBUG", stream=stream)
    for name in ("httpx", "httpcore.http11", "telegram.ext", "telegram.Bot", "sqlalchemy.engine.Engine"):
        logging.getLogger(name).info("chat %s", WORDS)
    assert stream.getvalue() == ""


def test_handlers_of_libraries_are_replaced() -> None:
    other = io.StringIO()
    logging.getLogger("uvicorn.access").addHandler(logging.StreamHandler(other))
    stream = io.StringIO()
    configure(stream=stream)
    logging.getLogger("uvicorn.access").warning("GET /bot%s", TOKEN)
    assert other.getvalue() == ""
    assert stream.getvalue().count("\n") == 1
    assert SECRET not in stream.getvalue()


def test_a_redactor_learns_while_running() -> None:
    redactor = Redactor()
    assert redactor("mã 81F3-99C2") == "mã 81F3-99C2"
    redactor.learn("81F3-99C2")
    assert redactor("mã 81F3-99C2") == f"mã {BLACKED_OUT}"


def test_short_words_and_addresses_without_password_stay_readable() -> None:
    redactor = Redactor(("abc", "sqlite+aiosqlite:////srv/bot.db", ""))
    said = "abc 12:30 sqlite+aiosqlite:////srv/bot.db https://api.telegram.org/ 2026-11-22 10:30:00"
    assert redactor(said) == said


def test_a_secret_type_shows_nothing_by_itself() -> None:
    stream = io.StringIO()
    configure(stream=stream)
    log.info("settings", token=SecretStr(TOKEN))
    assert "**********" in stream.getvalue()

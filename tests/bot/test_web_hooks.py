"""Webhooks: who is believed, what is kept before it is acknowledged, and what is asked to come again."""

import asyncio
import json
import sqlite3
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import pytest
from telegram.error import Conflict

from bot.emulators.telegram import BotApi
from bot.web.letterbox import Letterbox
from db.transaction import connection_of
from services import inbox
from tests.bot.recorded import LAN, a_line
from tests.bot.web_site import Standing, standing
from tests.fakes import FrozenClock

HEADER = "x-telegram-bot-api-secret-token"
HEADERS = {"telegram": HEADER, "zalo": "x-bot-api-secret-token"}


@pytest.fixture
async def site(tmp_path: Path, clock: FrozenClock) -> AsyncIterator[Standing]:
    async with standing(tmp_path, clock) as one, taking_in(one):
        yield one


@asynccontextmanager
async def taking_in(site: Standing) -> AsyncIterator[None]:
    """The letterbox commits what is posted; nobody works on it."""
    letterbox: Letterbox = site.site._letterbox  # noqa: SLF001 - the rest of the house sleeps
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(letterbox.run(asyncio.Event()))
        yield
        task.cancel()


def an_update(number: int, chat: int = LAN, text: str = "chào") -> bytes:
    person = {"id": chat, "is_bot": False, "first_name": "Lan"}
    message = {"message_id": number, "date": 1, "chat": {"id": chat, "type": "private"}, "from": person}
    return json.dumps({"update_id": number, "message": {**message, "text": text}}).encode()


def an_event(number: int, chat: int = LAN, text: str = "chào") -> bytes:
    person = {"id": str(chat), "display_name": "Lan", "is_bot": False}
    place = {"id": str(chat), "chat_type": "PRIVATE"}
    message = {"message_id": f"{number:x}", "date": 1_765_000_000_000, "from": person, "chat": place}
    return json.dumps({"event_name": "message.text.received", "message": {**message, "text": text}}).encode()


async def post(site: Standing, body: bytes, secret: str | None = None, channel: str = "telegram") -> int:
    told = site.signer.webhook_secret(channel) if secret is None else secret
    headers = {HEADERS.get(channel, HEADER): told} if told else {}
    return (await site.client.post(f"/hook/{channel}", content=body, headers=headers)).status_code


async def test_what_is_acknowledged_lies_in_the_inbox(site: Standing) -> None:
    assert await post(site, an_update(7)) == 200
    assert await post(site, an_update(7)) == 200
    (row,) = await site.inbox()
    assert (row.channel, row.bot, row.external_id, row.chat) == (
        "telegram",
        site.line.channel.bot,
        "7",
        "1001",
    )
    assert json.loads(row.raw or "")["message"]["text"] == "chào"


async def test_a_wrong_secret_is_refused_before_anything_is_read(site: Standing) -> None:
    right = site.signer.webhook_secret("telegram")
    for place in range(0, 43, 6):
        wrong = right[:place] + ("A" if right[place] != "A" else "B") + right[place + 1 :]
        assert await post(site, b"\xff" * 2_000_000, wrong) == 403
        assert await post(site, an_update(1), right[:place]) == 403
    assert await site.inbox() == []


async def test_strange_headers_are_refused_too(site: Standing) -> None:
    right = site.signer.webhook_secret("telegram")
    written: list[list[tuple[bytes, bytes]]] = [
        [(HEADER.encode(), "bí mật".encode())],
        [(HEADER.encode(), right.encode()), (b"x-bot-api-secret-token", right.encode())],
        [(HEADER.encode(), b"")],
        [],
    ]
    for headers in written:
        answer = await site.client.post("/hook/telegram", content=an_update(1), headers=headers)
        assert answer.status_code == 403
    zalo = site.signer.webhook_secret("zalo")
    assert await post(site, an_update(1), zalo) == 403
    assert await post(site, an_update(1), right, "zalo") == 403
    assert await post(site, an_update(1), right, "console") == 404
    assert (await site.client.get("/hook/telegram")).status_code == 405


async def test_a_trial_of_the_address_is_answered_and_kept_nowhere(site: Standing) -> None:
    empty = [b"", b"  ", b"{}", b"[]", b"null"]
    for body in (*empty, b"not json", b"\xff\xfe", b"[" * 20_000, b'{"a":' * 10_000):
        assert await post(site, body) == 200, body[:20]
    assert await site.inbox() == []


async def test_too_much_is_refused_by_what_is_announced_and_by_what_comes(site: Standing) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b" " * 100_000

    assert await post(site, b" " * 1_100_000) == 413
    headers = {HEADER: site.signer.webhook_secret("telegram")}
    assert (await site.client.post("/hook/telegram", content=endless(), headers=headers)).status_code == 413


async def test_an_update_nobody_understands_is_kept_for_a_look(site: Standing) -> None:
    assert await post(site, b'{"update_id":"x","message":{"chat":[1,2]},"a":1,"a":2}') == 200
    assert len(await site.inbox()) == 1


async def test_zalo_posts_flat_or_wrapped_and_tries_the_address(site: Standing) -> None:
    event = json.loads(an_event(0xAB12))
    for body in (event, {"ok": True, "result": event}):
        assert await post(site, json.dumps(body).encode(), channel="zalo") == 200
    for trial in (b"", b"{}", b'{"ok":true,"result":{}}', b"[" * 20_000):
        assert await post(site, trial, channel="zalo") == 200
    (row,) = await site.inbox()
    assert (row.channel, row.bot, row.external_id, row.chat) == ("zalo", "7", "ab12", "1001")


class TestOverload:
    async def test_who_would_wait_too_long_is_told_to_come_again(
        self, tmp_path: Path, clock: FrozenClock
    ) -> None:
        async with standing(tmp_path, clock) as site:
            box = Letterbox(site.house.transactions, clock, lambda: None, room=3, patience=0.05)
            arrival = site.line.channel.arrival(an_update(1))
            assert arrival is not None
            began = time.monotonic()
            kept = await asyncio.gather(*(box.keep(arrival) for _ in range(500)))
            assert not any(kept)
            assert time.monotonic() - began < 2

    async def test_one_that_cannot_be_kept_takes_no_others_down(self, site: Standing) -> None:
        box: Letterbox = site.site._letterbox  # noqa: SLF001 - no platform posts such a thing
        bad = inbox.Arrival("telegram", "1", "\ud800", "1", "{}")
        good = [inbox.Arrival("telegram", "1", str(number), "1", "{}") for number in range(40)]
        mixed = [*good[:20], bad, *good[20:]]
        kept = await asyncio.gather(*(box.keep(one) for one in mixed))
        assert not kept[20]
        for one, was_kept in zip(mixed, kept, strict=True):
            assert one is bad or was_kept or await box.keep(one)
        assert len(await site.inbox()) == 40


@contextmanager
def locked(path: Path, seconds: float) -> Iterator[threading.Event]:
    """Another process holds the database's only writer: that long, and until it is told to let go."""
    let_go = threading.Event()
    held = threading.Event()

    def hold() -> None:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        held.set()
        time.sleep(seconds)
        let_go.wait(30)
        other.execute("ROLLBACK")
        other.close()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(5)
    yield let_go
    thread.join()


async def storm(site: Standing, posts: int, channel: str, refused: threading.Event) -> list[int]:
    """Everything is posted at once, and again as long as that is asked for; returns the answers."""
    make, named = (an_update, str) if channel == "telegram" else (an_event, lambda number: f"{number:x}")
    answered: list[int] = []

    async def insist(number: int) -> None:
        while True:
            status = await post(site, make(number, chat=1 + number % 50), channel=channel)
            answered.append(status)
            if status == 200:
                async with site.house.transactions() as session:
                    found = await connection_of(session).exec_driver_sql(
                        "SELECT count(*) FROM inbox WHERE external_id = ?", (named(number),)
                    )
                assert found.scalar_one() == 1, "told of before it was kept"
                return
            refused.set()
            await asyncio.sleep(0.05)

    await asyncio.gather(*(insist(number) for number in range(posts)))
    return answered


@pytest.mark.parametrize(
    ("seconds", "busy"),
    [
        pytest.param(0, 20, id="a moment"),
        pytest.param(10, 5000, id="ten seconds", marks=[pytest.mark.gate, pytest.mark.timeout(120)]),
    ],
)
@pytest.mark.parametrize("channel", ["telegram", "zalo"])
async def test_a_locked_database_loses_nothing(
    site: Standing, tmp_path: Path, seconds: float, busy: int, channel: str
) -> None:
    """I7: 200 at once while the database is locked: 200 after the commit, or 503."""
    async with site.house.transactions() as session:
        await connection_of(session).exec_driver_sql(f"PRAGMA busy_timeout={busy}")
    with locked(tmp_path / "bot.db", seconds) as let_go:
        answered = await storm(site, 200, channel, let_go)
    assert set(answered) == {200, 503}
    assert (answered.count(200), len(await site.inbox())) == (200, 200)


async def test_telegram_is_told_where_to_post_and_polling_ends_that(
    tmp_path: Path, clock: FrozenClock
) -> None:
    async with standing(tmp_path, clock) as site:
        serve, letterbox, telegram, zalo = site.site.loops(asyncio.Event())
        for loop in (serve, letterbox, zalo):
            loop.close()
        await telegram
        (method, fields) = site.line.calls[-1]
        assert (method, fields["url"]) == ("setWebhook", "https://thidua.example.vn/hook/telegram")
        assert fields["secret_token"] == site.signer.webhook_secret("telegram")
    line = a_line(BotApi(clock.now))
    await line.channel.hook("https://thidua.example.vn/hook/telegram", "s" * 8)
    with pytest.raises(Conflict):
        await line.channel.poll()
    line.api.user_says(LAN, "chào")
    assert len(await line.channel.poll()) == 1
    with suppress(Conflict):
        await line.channel.poll()

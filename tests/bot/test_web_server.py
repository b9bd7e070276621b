"""The server itself, over real sockets: with a whole house behind it, in front of people who are slow."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from bot.app import House, Plan, open_house
from bot.emulators.telegram import BotApi
from bot.keyfile import links_key
from bot.trouble import TroubleError
from bot.web import hooks
from bot.web.plan import WebPlan
from bot.web.signing import Signer
from tests.bot.recorded import LAN, Line, a_line
from tests.bot.web_site import ADDRESS, until
from tests.fakes import FrozenClock

HEADER = "x-telegram-bot-api-secret-token"


@asynccontextmanager
async def living(folder: Path, clock: FrozenClock) -> AsyncIterator[tuple[House, Line, int]]:
    """A house that runs, to which Telegram posts, on a port of this machine."""
    line = a_line(BotApi(clock.now))
    web = WebPlan(ADDRESS, port=0, hooked=frozenset({"telegram"}))
    url = f"sqlite+aiosqlite:///{folder / 'bot.db'}"
    house = await open_house(Plan(url, folder, [line.channel], clock, web=web, free_bytes=0, free_share=0))
    try:
        assert house.site is not None
        port = house.site.bind()
        stopping = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(house.run(stopping))
            yield house, line, port
            stopping.set()
    finally:
        await house.close()


async def test_what_telegram_posts_is_answered_and_the_house_stops_at_once(
    tmp_path: Path, clock: FrozenClock
) -> None:
    async with living(tmp_path, clock) as (_house, line, port):
        await until(lambda: line.calls)
        ((method, told),) = line.calls
        assert (method, told["url"]) == ("setWebhook", f"{ADDRESS}/hook/telegram")
        secret = Signer(links_key(tmp_path), ADDRESS).webhook_secret("telegram")
        assert told["secret_token"] == secret
        line.api.user_says(LAN, "chào")
        (update,) = line.api.pending
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            for _ in range(2):
                answer = await client.post("/hook/telegram", json=update, headers={HEADER: secret})
                assert answer.status_code == 200
                assert "server" not in answer.headers
        await until(lambda: [call for call in line.calls if call[0] == "sendMessage"])
        assert "getUpdates" not in [method for method, _told in line.calls]
        # Somebody who neither sends nor leaves does not hold it up.
        _reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST /hook/telegram HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n")
        writer.write(f"{HEADER}: {secret}\r\n\r\n".encode())
        await writer.drain()
        ended = time.monotonic()
    assert time.monotonic() - ended < 2
    writer.close()
    assert [method for method, _told in line.calls].count("sendMessage") == 1


async def test_a_port_that_is_taken_is_told_in_a_sentence(tmp_path: Path, clock: FrozenClock) -> None:
    async with living(tmp_path, clock) as (_house, line, port):
        other = tmp_path / "other"
        other.mkdir()
        plan = Plan(
            f"sqlite+aiosqlite:///{other / 'bot.db'}",
            other,
            [line.channel],
            clock,
            web=WebPlan(ADDRESS, port=port),
            free_bytes=0,
            free_share=0,
        )
        house = await open_house(plan)
        assert house.site is not None
        with pytest.raises(TroubleError, match=f"Không mở được cổng {port} .* chương trình khác"):
            house.site.bind()
        await house.close()


async def test_slow_and_lying_clients_are_let_go(
    tmp_path: Path, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "_SECONDS", 0.2)
    async with living(tmp_path, clock) as (_house, _line, port):
        secret = Signer(links_key(tmp_path), ADDRESS).webhook_secret("telegram")

        async def asks(head: str, body: bytes) -> bytes:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(f"POST /hook/telegram HTTP/1.1\r\nhost: x\r\n{head}\r\n\r\n".encode() + body)
            await writer.drain()
            answer = await reader.readline()
            writer.close()
            return answer

        key = f"{HEADER}: {secret}\r\n"
        body = json.dumps({"update_id": 1}).encode()
        assert b" 408 " in await asks(f"{key}content-length: 5000", body)
        assert b" 413 " in await asks(f"{key}content-length: 99999999", b"")
        assert b" 400 " in await asks(f"{key}content-length: -5", body)
        assert b" 400 " in await asks(f"{key}content-length: 5\r\ncontent-length: 6", body)
        assert b" 403 " in await asks("content-length: 5", b"")
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"POST /hook/telegram HTTP/1.1\r\nhost: x\r\n{key}content-length: 99\r\n\r\n".encode())
        await writer.drain()
        writer.close()
        await writer.wait_closed()
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            assert (await client.get("/health")).text == "ok"
        del reader


async def test_only_a_proxy_on_this_machine_is_believed(tmp_path: Path, clock: FrozenClock) -> None:
    async with living(tmp_path, clock) as (_house, _line, port):

        async def guess(client: httpx.AsyncClient, forwarded: str, times: int) -> int:
            headers = {"x-forwarded-for": forwarded}
            asked = [client.post("/hook/nobody", headers=headers) for _ in range(times)]
            return max(answer.status_code for answer in await asyncio.gather(*asked))

        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            assert await guess(client, "203.0.113.5", 70) == 429
            assert await guess(client, "203.0.113.6", 1) == 404
            # What a client wrote itself stands before what the proxy adds.
            assert await guess(client, "198.51.100.7, 203.0.113.5", 1) == 429

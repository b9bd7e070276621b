"""The sandbox as a process: its address, its stream of changes, and its quick end."""

import asyncio
import json
import os
import re
import socket
from pathlib import Path

import httpx
import pytest

from core.texts import sandbox as texts
from tests.bot.sandbox_process import SOME_PORT, opened

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent as on a terminal")


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def key_of(client: httpx.AsyncClient) -> str:
    found = re.search(r'"key": "([\w-]{32})"', (await client.get("/")).text)
    assert found
    return found[1]


async def topics_after(client: httpx.AsyncClient, key: str, seen: str, last: str) -> list[tuple[str, str]]:
    """Number and topic of each change, up to the first of the topic `last`."""
    found: list[tuple[str, str]] = []
    headers = {"last-event-id": seen} if seen else {}
    async with client.stream("GET", "/api/events", params={"key": key}, headers=headers) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        number = ""
        async for line in answer.aiter_lines():
            if line.startswith("id: "):
                number = line.removeprefix("id: ")
            if line.startswith("data: "):
                found.append((number, json.loads(line.removeprefix("data: "))["topic"]))
                if found[-1][1] == last:
                    return found
    return found


async def test_a_newcomer_opens_looks_and_closes(tmp_path: Path) -> None:
    async with opened(tmp_path / "sandbox") as sandbox:
        assert texts.opened(sandbox.address, str(tmp_path / "sandbox")) in sandbox.said
        async with httpx.AsyncClient(base_url=sandbox.address) as client, asyncio.timeout(20):
            key = await key_of(client)
            first = await topics_after(client, key, "", "journal")
            assert {"people", "clock", "outbox", "chat:lan:telegram", "chat:mai:zalo"} <= {
                topic for _number, topic in first
            }
            headers = {"x-sandbox-key": key}
            await client.post("/api/time", json={"by": "day"}, headers=headers)
            later = await topics_after(client, key, first[-1][0], "clock")
            assert all(int(number) > int(first[-1][0]) for number, _topic in later)
            # A page that stays open does not hold the end up.
            async with client.stream("GET", "/api/events", params={"key": key}):
                await sandbox.close()
    assert sandbox.code == 0
    assert sandbox.said.endswith(f"{texts.CLOSED}\n")
    assert sandbox.complaints == ""
    assert sandbox.seconds_to_close < 5, "a tenth of a second to half a second on a machine at rest"


async def test_a_taken_port_is_told_and_the_next_one_used(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", SOME_PORT + 50)):
        async with opened(tmp_path / "sandbox", SOME_PORT + 50) as sandbox:
            assert sandbox.said.startswith(texts.other_port(SOME_PORT + 50))
            assert f":{SOME_PORT + 50}/" not in sandbox.address
            async with httpx.AsyncClient(base_url=sandbox.address) as client:
                assert (await client.get("/")).status_code == 200
            await sandbox.close()
    assert sandbox.code == 0


async def test_it_is_not_opened_on_other_data(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_text("real")
    with pytest.raises(AssertionError, match="không phải của bản dùng thử"):
        async with opened(tmp_path):
            pass
    assert names_in(tmp_path) == ["bot.db"]

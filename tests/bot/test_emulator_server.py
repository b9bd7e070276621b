"""The Telegram emulator as a process of its own, driven through its back door."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from bot.emulators.telegram import TOKEN, BotApi
from bot.emulators.telegram_server import serving

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    api = BotApi(lambda: datetime(2026, 12, 14, 8, 5, tzinfo=UTC))
    async with serving(api) as address, httpx.AsyncClient(base_url=address, timeout=5) as client:
        yield client


async def call(client: httpx.AsyncClient, method: str, **params: str | int) -> httpx.Response:
    return await client.post(
        f"/bot{TOKEN}/{method}", data={name: str(value) for name, value in params.items()}
    )


async def counters(client: httpx.AsyncClient) -> dict[str, int]:
    found: dict[str, int] = (await client.get("/control/counters")).json()
    return found


async def test_updates_for_many_people_at_once(client: httpx.AsyncClient) -> None:
    pushed = (
        await client.post(
            "/control/says", json={"first_chat": 2000, "chats": 500, "count": 2000, "text": "số {n}"}
        )
    ).json()
    assert pushed["updates"] == 2000
    assert pushed["last"] - pushed["first"] == 1999
    offset, texts = 0, []
    while True:
        batch = (await call(client, "getUpdates", offset=offset)).json()["result"]
        if not batch:
            break
        texts += [(update["message"]["chat"]["id"], update["message"]["text"]) for update in batch]
        offset = batch[-1]["update_id"] + 1
    assert texts == [(2000 + number % 500, f"số {number}") for number in range(2000)]
    assert (await counters(client))["confirmed"] == pushed["last"]


async def test_people_known_without_an_update_can_be_written_to_and_tap(client: httpx.AsyncClient) -> None:
    await client.post("/control/knows", json={"first_chat": 5000, "chats": 3})
    assert (await counters(client))["pending"] == 0
    markup = '{"inline_keyboard":[[{"text":"Đã đọc","callback_data":"r"}]]}'
    for chat in range(5000, 5003):
        assert (await call(client, "sendMessage", chat_id=chat, text="a", reply_markup=markup)).json()["ok"]
    assert (
        await client.post("/control/taps", json={"first_chat": 5000, "chats": 3, "label": "Đã đọc"})
    ).json()["updates"] == 3
    assert (await client.post("/control/taps", json={"chat": 5000, "label": "Không có"})).status_code == 400
    shown = (await client.post("/control/view", json={"chat": 5001})).json()["messages"]
    assert [message["text"] for message in shown] == ["a"]


async def test_the_ledger_is_read_piece_by_piece(client: httpx.AsyncClient) -> None:
    await client.post("/control/knows", json={"chat": 5000})
    for text in ("1", "2", "3"):
        await call(client, "sendMessage", chat_id=5000, text=text)
    first = (await client.post("/control/ledger", json={"since": 0})).json()
    assert [entry["text"] for entry in first["entries"]] == ["1", "2", "3"]
    assert {entry["status"] for entry in first["entries"]} == {200}
    await call(client, "sendMessage", chat_id=5000, text="4")
    rest = (await client.post("/control/ledger", json={"since": first["next"]})).json()
    assert [entry["text"] for entry in rest["entries"]] == ["4"]
    assert (await counters(client))["entries"] == 4


async def test_answers_wait_as_long_as_they_are_told(client: httpx.AsyncClient) -> None:
    await client.post("/control/settings", json={"latency_ms": 120})
    began = time.monotonic()
    await call(client, "getMe")
    assert time.monotonic() - began > 0.11


async def test_limits_faults_and_outages(client: httpx.AsyncClient) -> None:
    await client.post("/control/knows", json={"chat": 5000})
    await client.post("/control/settings", json={"limits": {"chat_per_second": 1}})
    statuses = [(await call(client, "sendMessage", chat_id=5000, text=text)).status_code for text in "ab"]
    assert statuses == [200, 429]
    await client.post("/control/settings", json={"limits": {}})
    await client.post("/control/fault", json={"method": "sendMessage", "status": 502, "raw": "<html>"})
    answer = await call(client, "sendMessage", chat_id=5000, text="c")
    assert (answer.status_code, answer.text) == (502, "<html>")
    await client.post("/control/fault", json={"chat": 5000, "drop": True, "accepted": True})
    with pytest.raises(httpx.TransportError):
        await call(client, "sendMessage", chat_id=5000, text="d")
    await client.post("/control/settings", json={"outage": True})
    with pytest.raises(httpx.TransportError):
        await call(client, "getMe")
    entries = (await client.post("/control/ledger")).json()["entries"]
    assert [(entry["text"], entry["status"], entry["told"]) for entry in entries] == [
        ("a", 200, 200),
        ("b", 429, 429),
        ("c", 502, 502),
        ("d", 200, 0),
    ]


async def test_people_send_files_and_block(client: httpx.AsyncClient) -> None:
    await client.post("/control/starts", json={"chat": 6000, "payload": "x"})
    await client.post("/control/document", json={"chat": 6000, "size": 3000, "name": "a.pdf"})
    await client.post("/control/blocks", json={"chat": 6000})
    updates = (await call(client, "getUpdates")).json()["result"]
    assert [next(key for key in update if key != "update_id") for update in updates] == [
        "message",
        "message",
        "my_chat_member",
    ]
    file = updates[1]["message"]["document"]
    path = (await call(client, "getFile", file_id=file["file_id"])).json()["result"]["file_path"]
    assert (await client.get(f"/file/bot{TOKEN}/{path}")).content == bytes(3000)
    assert (await call(client, "sendMessage", chat_id=6000, text="a")).status_code == 403


async def test_what_is_not_there(client: httpx.AsyncClient) -> None:
    assert (await client.post("/control/dance")).status_code == 404
    assert (await client.post("/control/says", content=b"{")).status_code == 400
    assert (await client.get("/")).status_code == 404
    assert (await client.get("/bot1:A/getMe")).status_code == 401


def test_as_a_process_of_its_own() -> None:
    command = [sys.executable, "-m", "bot.emulators.telegram_server", "--latency-ms", "20"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        with httpx.Client(base_url=process.stdout.readline().strip()) as client:
            client.post("/control/knows", json={"chat": 5000})
            began = time.monotonic()
            sent = client.post(f"/bot{TOKEN}/sendMessage", data={"chat_id": "5000", "text": "a"}).json()
            assert sent["result"]["text"] == "a"
            assert time.monotonic() - began > 0.015
        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=5)
        assert code == 0 or sys.platform == "win32"  # Windows ends a process without asking it

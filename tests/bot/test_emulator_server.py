"""The Telegram emulator as a process of its own, driven through its back door."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.emulators.telegram import TOKEN

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    command = [sys.executable, "-m", "bot.emulators.telegram_server", "--latency-ms", "20"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=5)
        assert code == 0 or sys.platform == "win32"  # Windows ends a process without asking it


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=5) as client:
        client.post("/control/reset")
        client.post("/control/clear-faults")
        client.post("/control/settings", json={"latency_ms": 0, "outage": False, "limits": {}})
        yield client


def call(client: httpx.Client, method: str, **params: str | int) -> httpx.Response:
    return client.post(f"/bot{TOKEN}/{method}", data={name: str(value) for name, value in params.items()})


def counters(client: httpx.Client) -> dict[str, int]:
    found: dict[str, int] = client.get("/control/counters").json()
    return found


def test_updates_for_many_people_at_once(client: httpx.Client) -> None:
    pushed = client.post(
        "/control/says", json={"first_chat": 2000, "chats": 500, "count": 2000, "text": "số {n}"}
    ).json()
    assert pushed["updates"] == 2000
    assert pushed["last"] - pushed["first"] == 1999
    offset, texts = 0, []
    while True:
        batch = call(client, "getUpdates", offset=offset).json()["result"]
        if not batch:
            break
        texts += [(update["message"]["chat"]["id"], update["message"]["text"]) for update in batch]
        offset = batch[-1]["update_id"] + 1
    assert texts == [(2000 + number % 500, f"số {number}") for number in range(2000)]
    assert counters(client)["confirmed"] == pushed["last"]


def test_people_known_without_an_update_can_be_written_to_and_tap(client: httpx.Client) -> None:
    client.post("/control/knows", json={"first_chat": 5000, "chats": 3})
    assert counters(client)["pending"] == 0
    markup = '{"inline_keyboard":[[{"text":"Đã đọc","callback_data":"r"}]]}'
    for chat in range(5000, 5003):
        assert call(client, "sendMessage", chat_id=chat, text="a", reply_markup=markup).json()["ok"]
    assert (
        client.post("/control/taps", json={"first_chat": 5000, "chats": 3, "label": "Đã đọc"}).json()[
            "updates"
        ]
        == 3
    )
    assert client.post("/control/taps", json={"chat": 5000, "label": "Không có"}).status_code == 400
    shown = client.post("/control/view", json={"chat": 5001}).json()["messages"]
    assert [message["text"] for message in shown] == ["a"]


def test_the_ledger_is_read_piece_by_piece(client: httpx.Client) -> None:
    client.post("/control/knows", json={"chat": 5000})
    for text in ("1", "2", "3"):
        call(client, "sendMessage", chat_id=5000, text=text)
    first = client.post("/control/ledger", json={"since": 0}).json()
    assert [entry["text"] for entry in first["entries"]] == ["1", "2", "3"]
    assert {entry["status"] for entry in first["entries"]} == {200}
    call(client, "sendMessage", chat_id=5000, text="4")
    rest = client.post("/control/ledger", json={"since": first["next"]}).json()
    assert [entry["text"] for entry in rest["entries"]] == ["4"]
    assert counters(client)["entries"] == 4


def test_answers_wait_as_long_as_they_are_told(client: httpx.Client) -> None:
    client.post("/control/settings", json={"latency_ms": 120})
    began = time.monotonic()
    call(client, "getMe")
    assert time.monotonic() - began > 0.11


def test_limits_faults_and_outages(client: httpx.Client) -> None:
    client.post("/control/knows", json={"chat": 5000})
    client.post("/control/settings", json={"limits": {"chat_per_second": 1}})
    statuses = [call(client, "sendMessage", chat_id=5000, text=text).status_code for text in "ab"]
    assert statuses == [200, 429]
    client.post("/control/settings", json={"limits": {}})
    client.post("/control/fault", json={"method": "sendMessage", "status": 502, "raw": "<html>"})
    answer = call(client, "sendMessage", chat_id=5000, text="c")
    assert (answer.status_code, answer.text) == (502, "<html>")
    client.post("/control/fault", json={"chat": 5000, "drop": True, "accepted": True})
    with pytest.raises(httpx.TransportError):
        call(client, "sendMessage", chat_id=5000, text="d")
    client.post("/control/settings", json={"outage": True})
    with pytest.raises(httpx.TransportError):
        call(client, "getMe")
    entries = client.post("/control/ledger").json()["entries"]
    assert [(entry["text"], entry["status"], entry["told"]) for entry in entries] == [
        ("a", 200, 200),
        ("b", 429, 429),
        ("c", 502, 502),
        ("d", 200, 0),
    ]


def test_people_send_files_and_block(client: httpx.Client) -> None:
    client.post("/control/starts", json={"chat": 6000, "payload": "x"})
    client.post("/control/document", json={"chat": 6000, "size": 3000, "name": "a.pdf"})
    client.post("/control/blocks", json={"chat": 6000})
    updates = call(client, "getUpdates").json()["result"]
    assert [next(key for key in update if key != "update_id") for update in updates] == [
        "message",
        "message",
        "my_chat_member",
    ]
    file = updates[1]["message"]["document"]
    path = call(client, "getFile", file_id=file["file_id"]).json()["result"]["file_path"]
    assert client.get(f"/file/bot{TOKEN}/{path}").content == bytes(3000)
    assert call(client, "sendMessage", chat_id=6000, text="a").status_code == 403


def test_what_is_not_there(client: httpx.Client) -> None:
    assert client.post("/control/dance").status_code == 404
    assert client.post("/control/says", content=b"{").status_code == 400
    assert client.get("/").status_code == 404
    assert client.get("/bot1:A/getMe").status_code == 401

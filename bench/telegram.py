"""A local Bot API server in another process, and its back door."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

TOKEN = "123456789:AAemulatedemulatedemulatedemulated"
BOT = TOKEN.partition(":")[0]
FIRST_CHAT = 1001


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that the server accepted; `at` is the server's wall clock, in seconds."""

    chat: int
    at: float


@dataclass(frozen=True, slots=True)
class Server:
    """The server as a bench uses it."""

    address: str
    client: httpx.Client

    def do(self, action: str, **body: object) -> dict[str, object]:
        """One action of the back door."""
        answer = self.client.post(f"{self.address}/control/{action}", json=body)
        answer.raise_for_status()
        told = answer.json()
        assert isinstance(told, dict)
        return told

    def count(self, method: str) -> int:
        """How many calls of that method there were."""
        counts = self.do("counters")["counts"]
        assert isinstance(counts, dict)
        return int(counts.get(method, 0))

    def sent(self) -> list[Sent]:
        """Every accepted message, in order."""
        entries = self.do("ledger")["entries"]
        assert isinstance(entries, list)
        return [
            Sent(int(entry["chat_id"]), float(entry["at"]))
            for entry in entries
            if entry["method"] == "sendMessage" and entry["status"] == 200
        ]

    def wait(self, method: str, count: int, timeout: float, every: float = 0.05) -> None:
        """Wait until there were so many calls. Raises `TimeoutError`."""
        until = time.monotonic() + timeout
        while (done := self.count(method)) < count:
            if time.monotonic() > until:
                raise TimeoutError(f"{done} of {count} {method} after {timeout} s")
            time.sleep(every)


@contextmanager
def serving(latency_ms: float = 0, people: int = 1) -> Iterator[Server]:
    """A server for the length of the block, known to so many people."""
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "bot.emulators.telegram_server"),
            *("--token", TOKEN, "--latency-ms", str(latency_ms)),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    try:
        with httpx.Client(timeout=60) as client:
            server = Server(address, client)
            server.do("knows", first_chat=FIRST_CHAT, chats=people)
            yield server
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()

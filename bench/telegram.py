"""A local Bot API server in another process, and its back door."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

TOKEN = "123456789:AAemulatedemulatedemulatedemulated"


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

    def sent(self) -> int:
        """How many messages were accepted."""
        counts = self.do("counters")["counts"]
        assert isinstance(counts, dict)
        return int(counts.get("sendmessage", counts.get("sendMessage", 0)))

    def wait_sent(self, count: int, timeout: float) -> float:
        """Wait until so many messages were accepted; returns the moment (monotonic)."""
        until = time.monotonic() + timeout
        while time.monotonic() < until:
            if self.sent() >= count:
                return time.monotonic()
            time.sleep(0.02)
        raise TimeoutError(f"{self.sent()} of {count} messages after {timeout} s")


@contextmanager
def serving(latency_ms: float = 0) -> Iterator[Server]:
    """A server for the length of the block."""
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "bot.emulators.telegram_server",
            "--token",
            TOKEN,
            "--latency-ms",
            str(latency_ms),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    try:
        with httpx.Client(timeout=60) as client:
            yield Server(address, client)
    finally:
        process.terminate()
        process.wait(10)

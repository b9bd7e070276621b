"""An announcement for thousands, against a server that enforces Telegram's limits: ours beside two peers.

`python -m bench.broadcast` starts a local Bot API server that lets 30 messages a second through, and one a
second to a chat. The same notice is sent by our bot (an announcement whose time has come, from finding who it
is for to the last message), by python-telegram-bot with its `AIORateLimiter`, and by a plain
`asyncio.gather`. Judged by what the server accepted. The limiter needs `aiolimiter`, which is among the
requirements of development.
"""

import argparse
import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from bench.multitude import Multitude
from bench.office import database_url
from bench.process import running
from bench.telegram import Server, serving
from bot.clock import SystemClock
from bot.keyfile import journal_key
from db import schema
from db.engine import make_engine
from db.transaction import Transactions

LIMITS = {"overall_per_second": 30, "chat_per_second": 1}
LATENCY_MS = 60
#: What `AIORateLimiter` is set to by itself.
PEER_PACE = 30.0
NAMES = {
    "ours": "ours",
    "limited": "python-telegram-bot, AIORateLimiter",
    "naive": "python-telegram-bot, plain gather",
}
LEAST_SHARE = 0.97


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of it. `seconds` run from the first accepted message to the last."""

    people: int
    pace: float
    arrived: int
    seconds: float
    refused: int
    repeated: int

    @property
    def lost(self) -> int:
        """Who never got it."""
        return self.people - self.arrived

    @property
    def share(self) -> float:
        """Of the pace that was asked for."""
        return (self.arrived + self.repeated - 1) / self.seconds / self.pace if self.seconds else 0.0

    def told(self) -> str:
        """In words."""
        over = self.seconds - (self.people - 1) / self.pace
        return (
            f"{self.arrived} of {self.people} arrived in {self.seconds:.1f} s ({over:+.1f} s over the ideal, "
            f"{self.share:.1%} of {self.pace:g}/s), {self.refused} times 429, "
            f"{self.repeated} twice, {self.lost} lost"
        )


@dataclass
class _Ledger:
    """What the server has written down, read as it grows."""

    server: Server
    read: int = 0
    refused: int = 0
    at: list[float] = field(default_factory=list)
    chats: Counter[int] = field(default_factory=Counter)
    over: bool = False

    def look(self) -> None:
        """Read on."""
        told = self.server.do("ledger", since=self.read)
        entries = told["entries"]
        assert isinstance(entries, list)
        self.read += len(entries)
        for entry in entries:
            if entry["method"] == "sendMessage":
                self.refused += entry["status"] == 429
                if entry["status"] == 200:
                    self.at.append(float(entry["at"]))
                    self.chats[int(entry["chat_id"])] += 1
        self.over = self.server.count("getMe") > 1


def sending(who: str, people: int, pace: float, patience: float = 900.0) -> Sent:
    """Let one of them send to so many people; our bot at that pace, the others at their own."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name, serving(LATENCY_MS, people) as server:
        folder = Path(name)
        server.do("settings", limits=LIMITS)
        if who == "ours":
            asyncio.run(_prepare(folder, people))
        ledger, until = _Ledger(server), time.monotonic() + patience
        words = (who, server.address, name, str(people), str(pace))
        with running("-m", "bench.broadcast_bot", *words) as process:
            while not ledger.over and len(ledger.chats) < people:
                if time.monotonic() > until:
                    raise TimeoutError(f"{len(ledger.chats)} of {people} after {patience} s")
                time.sleep(0.5)
                ledger.look()
                process.now_mb()  # Raises where it has died.
            time.sleep(1)  # Whatever is sent twice comes now.
            ledger.look()
    arrived = len(ledger.chats)
    repeated = ledger.chats.total() - arrived
    seconds = ledger.at[-1] - ledger.at[0]
    return Sent(people, pace if who == "ours" else PEER_PACE, arrived, seconds, ledger.refused, repeated)


async def _prepare(folder: Path, people: int) -> None:
    engine = make_engine(database_url(folder))
    try:
        await schema.create(engine)
        transactions = Transactions.over(engine, journal_key=journal_key(folder), capabilities={})
        async with transactions() as session:
            await Multitude(people).settle(session, SystemClock().now())
    finally:
        await engine.dispose()


def main(words: Sequence[str] | None = None) -> None:
    """Measure, and print."""
    asked = argparse.ArgumentParser(prog="python -m bench.broadcast", description=__doc__.splitlines()[0])
    asked.add_argument("--people", type=int, default=2_000)
    asked.add_argument("--pace", type=float, default=20, help="messages a second, of ours")
    asked.add_argument("--rounds", type=int, default=1)
    given = asked.parse_args(words)
    for _ in range(given.rounds):
        for who, name in NAMES.items():
            if who == "limited" and find_spec("aiolimiter") is None:
                print(f"{name}: not measured, aiolimiter is not installed (pip install aiolimiter)")
                continue
            found = sending(who, given.people, given.pace)
            print(f"{name}: {found.told()}", flush=True)
            if who == "ours":
                kept = found.share >= LEAST_SHARE and not (found.refused or found.repeated or found.lost)
                print(f"  wanted {LEAST_SHARE:.0%}, no 429, nothing twice: {'met' if kept else 'NOT MET'}")


if __name__ == "__main__":
    main()

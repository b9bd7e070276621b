"""Every call the server took, the independent judge of what was lost or sent twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


class LedgerEntry(NamedTuple):
    """One call: what came of it here, whatever the bot was told."""

    at: datetime
    method: str
    chat_id: int | None
    status: int
    """200 when the call took effect, else the refusal; 0 when a fault stood before it."""
    message_id: int | None
    text: str
    told: int
    """The status the bot saw; 0 when the connection was closed on it."""
    description: str
    messages: int = 1
    """How many messages it made: an album one for each file."""
    uploaded: int = 0
    """Bytes of files that came with it."""

    @property
    def accepted(self) -> bool:
        """Whether the call took effect."""
        return self.status == 200


@dataclass(slots=True)
class Flight:
    """How many calls were under way at once."""

    now: int = 0
    peak: int = 0
    chat_overlaps: int = 0
    """How often a send began while another one to the same chat was under way."""


class Ledger:
    """Calls in the order they took effect; polls are counted, not listed."""

    def __init__(self) -> None:
        self.entries: list[LedgerEntry] = []
        self.counts: Counter[str] = Counter()
        self.flight = Flight()
        self._busy: Counter[int] = Counter()

    def accepted(self, method: str = "", chat_id: int | None = None) -> list[LedgerEntry]:
        """Entries that took effect, of one method or chat when asked."""
        return [
            entry
            for entry in self.entries
            if entry.accepted
            and (not method or entry.method == method)
            and (chat_id is None or entry.chat_id == chat_id)
        ]

    def sent(self, chat_id: int | None = None) -> list[LedgerEntry]:
        """Accepted sends (not edits) in order."""
        return [entry for entry in self.accepted(chat_id=chat_id) if entry.method in SENDS]

    def clear(self) -> None:
        """Forget what was recorded, not what is under way."""
        self.entries.clear()
        self.counts.clear()
        self.flight.peak = self.flight.now
        self.flight.chat_overlaps = 0

    def begin(self, chat_id: int | None) -> None:
        """A call came in."""
        flight = self.flight
        flight.now += 1
        flight.peak = max(flight.peak, flight.now)
        if chat_id is not None:
            if self._busy[chat_id]:
                flight.chat_overlaps += 1
            self._busy[chat_id] += 1

    def end(self, chat_id: int | None) -> None:
        """Its answer left."""
        self.flight.now -= 1
        if chat_id is not None:
            self._busy[chat_id] -= 1
            if not self._busy[chat_id]:
                del self._busy[chat_id]


SENDS = frozenset({"sendMessage", "sendPhoto", "sendDocument", "sendMediaGroup"})

"""Every call the server took: who was sent what and when, whatever the bot was told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

SENDS = frozenset({"sendMessage", "sendPhoto", "sendSticker", "sendVoice"})


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One call."""

    at: datetime
    method: str
    chat_id: str
    status: int
    """200 when the call took effect, else the refusal; 0 when a fault stood before it."""
    told: int
    """The status the bot saw; 0 when the connection was closed on it."""
    message_id: str = ""
    text: str = ""
    unknown: tuple[str, ...] = ()
    """Parameters Zalo does not know: accepted, ignored, and a mistake of the bot."""

    @property
    def accepted(self) -> bool:
        """Whether the call took effect."""
        return self.status == 200


@dataclass(frozen=True, slots=True)
class Posted:
    """One posting to the webhook; `message_id` is empty for a trial of the address."""

    message_id: str
    status: int
    """What was answered; 0 for nothing."""


class Ledger:
    """Calls in the order they took effect; polls are counted, not listed."""

    def __init__(self) -> None:
        self.entries: list[LedgerEntry] = []
        self.counts: Counter[str] = Counter()
        self.posted: list[Posted] = []
        self.dropped: list[str] = []
        """People whose messages were dropped, since the plan's users were all there."""
        self.complaints: list[str] = []
        """What a bot did that real users would suffer from, although Zalo answered `ok`."""

    def sent(self, chat_id: str | None = None) -> list[LedgerEntry]:
        """Accepted sends in order."""
        return [
            entry
            for entry in self.entries
            if entry.accepted and entry.method in SENDS and chat_id in {None, entry.chat_id}
        ]

    def clear(self) -> None:
        """Forget what was recorded."""
        self.entries.clear()
        self.counts.clear()
        self.posted.clear()
        self.dropped.clear()
        self.complaints.clear()

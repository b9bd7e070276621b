"""What errands need of the outside: bytes fetched, examined and shelved, commands offered."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.messages import Address, FileRef


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that passed its checks: the names of its original and of what people may see."""

    sha256: str
    served_sha256: str
    size: int
    mime: str
    facts: dict[str, object]


@dataclass(frozen=True, slots=True)
class TurnedDown:
    """A file that did not pass: the code, and the sentence that says how to mend it."""

    reason: str
    sentence: str


@dataclass(frozen=True, slots=True)
class NotYet:
    """Nobody could look at the file (the scanner is down): later."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The platform no longer has the file."""


class GoneError(Exception):
    """The platform no longer has the bytes."""


class Outside(Protocol):
    """What errands need of the outside."""

    def fetch(self, channel: str, file: FileRef) -> AsyncIterator[bytes]:
        """The bytes of a file a person sent. Raises `GoneError`, or anything for «try again»."""

    async def keep(self, content: AsyncIterator[bytes], name: str) -> Kept | TurnedDown | NotYet:
        """Take bytes in, check them, store them."""

    async def let_go(self, file: FileRef) -> None:
        """What became of a file is settled and stored: its bytes are not fetched again."""

    async def shelve(self, content: bytes) -> str:
        """Store a paper the house made; returns its SHA-256."""

    async def archive(self, files: AsyncIterator[tuple[str, bytes]], at: datetime) -> tuple[str, int]:
        """Store a ZIP of these names and bytes, dated `at`; returns its SHA-256 and size."""

    async def forget(self, sha256: str) -> None:
        """Throw a paper away that was shelved."""

    async def read(self, sha256: str) -> bytes:
        """What was kept or shelved: the copy that people may see."""

    async def set_commands(self, address: Address, commands: Sequence[tuple[str, str]]) -> None:
        """Offer commands in a chat."""

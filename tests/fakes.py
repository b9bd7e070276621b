"""Stand-ins for the outside of the house, small enough to be believed."""

import hashlib
from datetime import datetime, timedelta
from pathlib import Path

from bot.filestore import MissingFileError, Source


class MemoryFileStore:
    """A file store that forgets everything with the test; `originals` and `served` lie open."""

    def __init__(self) -> None:
        self.originals: dict[str, bytes] = {}
        self.served: dict[str, bytes] = {}

    async def put(self, source: Source) -> str:
        return _shelve(self.originals, source)

    async def read(self, sha256: str) -> bytes:
        return _take(self.originals, sha256)

    async def put_served(self, source: Source) -> str:
        return _shelve(self.served, source)

    async def read_served(self, sha256: str) -> bytes:
        return _take(self.served, sha256)


def _shelve(shelf: dict[str, bytes], source: Source) -> str:
    data = source.read_bytes() if isinstance(source, Path) else source
    name = hashlib.sha256(data).hexdigest()
    shelf[name] = data
    return name


def _take(shelf: dict[str, bytes], name: str) -> bytes:
    if name not in shelf:
        raise MissingFileError(name)
    return shelf[name]


class FrozenClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at

    def move(self, **by: float) -> None:
        """Let time pass: `move(hours=1)`."""
        self._at += timedelta(**by)

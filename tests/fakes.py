"""Stand-ins for the outside of the house, small enough to be believed."""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.filestore import MissingFileError, Source
from bot.inspection.checked import Refused, look_in
from bot.inspection.child import check_of
from bot.inspection.inspector import Inspector, Verdict
from bot.inspection.names import claimed_kind
from bot.inspection.policy import InspectionPolicy
from core.evidence import FileFacts, FileLimits, FileOutcome, RefusedFile
from core.filenames import clean_name


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

    async def forget_served(self, sha256: str) -> None:
        self.served.pop(sha256, None)


def _shelve(shelf: dict[str, bytes], source: Source) -> str:
    data = source.read_bytes() if isinstance(source, Path) else source
    name = hashlib.sha256(data).hexdigest()
    shelf[name] = data
    return name


def _take(shelf: dict[str, bytes], name: str) -> bytes:
    if name not in shelf:
        raise MissingFileError(name)
    return shelf[name]


class InspectorAtHand(Inspector):
    """The real checks on a file's content, in this process: starting another for each takes its time."""

    def __init__(self) -> None:
        super().__init__(InspectionPolicy())

    async def inspect(self, path: Path, declared_name: str) -> Verdict:
        name = clean_name(declared_name)
        data = path.read_bytes()  # noqa: ASYNC240 - a small file, in a test
        claim = claimed_kind(name)
        if isinstance(claim, RefusedFile):
            return Verdict(FileOutcome.REFUSED, name, FileFacts(len(data)), reason=claim)
        facts = FileFacts(len(data), claim)
        try:
            checked = check_of(claim)(data, FileLimits())
        except Refused as refused:
            return Verdict(FileOutcome.REFUSED, name, facts, reason=refused.reason)
        served = path.with_name(f"{path.name}.served")
        served.write_bytes(checked.served)
        seen = replace(facts, look=look_in(checked.facts))
        return Verdict(FileOutcome.CLEAN, name, seen, served=served)


class FrozenClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at

    def move(self, **by: float) -> None:
        """Let time pass: `move(hours=1)`."""
        self._at += timedelta(**by)

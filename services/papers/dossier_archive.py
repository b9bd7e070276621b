"""The archive of a submission, part by part: one file in memory at a time, the same bytes every time."""

import zipfile
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from pathlib import Path

from core.dossier_archive import CONTENT, LIST, MANIFEST, PART_BYTES, SUMS, Member, manifest, members, sums
from core.dossier_submission import Then, digest_of
from core.texts.dossier_archive import readable

_UNIX = 3
_READABLE = 0o644 << 16


class Packing:
    """What is left to pack; `read` gives the bytes of a SHA-256, and raises where they are not those."""

    def __init__(
        self,
        held: Then,
        text: str,
        at: datetime,
        read: Callable[[str], Awaitable[bytes]],
        part_bytes: int = PART_BYTES,
    ) -> None:
        self._held = held
        self._text = text
        self._at = at
        self._read = read
        self._part_bytes = part_bytes
        self._left = deque(one for one in members(held) if one.of.sha256)
        self._ahead: bytes | None = None
        self._packed: list[tuple[Member, int, int]] = []
        self.done = False

    async def part(self, number: int) -> AsyncIterator[tuple[str, bytes]]:
        """Names and bytes of the next part; the last one has the lists of everything besides."""
        own: list[tuple[str, str]] = []
        size = 0
        while self._left:
            member = self._left[0]
            content = self._ahead if self._ahead is not None else await self._read(member.of.sha256)
            if own and size + len(content) > self._part_bytes:
                self._ahead = content
                break
            self._left.popleft()
            self._ahead = None
            self._packed.append((member, number, len(content)))
            own.append((member.path, member.of.sha256))
            size += len(content)
            yield member.path, content
        else:
            for path, text in self._lists():
                own.append((path, digest_of(text)))
                yield path, text.encode()
            self.done = True
        yield f"{SUMS}-{number}", sums(own).encode()

    def _lists(self) -> tuple[tuple[str, str], ...]:
        digest = digest_of(self._text)
        return (
            (CONTENT, self._text),
            (MANIFEST, manifest(self._held, self._packed, digest)),
            (LIST, readable(self._held, self._packed, digest, self._at)),
        )


class Zip:
    """A ZIP being written: stored as they are, for what is in it is compressed already."""

    def __init__(self, path: Path, at: datetime) -> None:
        self._file = zipfile.ZipFile(path, "x", zipfile.ZIP_STORED)
        self._at = at

    def add(self, name: str, content: bytes) -> None:
        """Write one file."""
        info = zipfile.ZipInfo(name, self._at.timetuple()[:6])
        info.create_system, info.external_attr = _UNIX, _READABLE
        self._file.writestr(info, content)

    def close(self) -> None:
        """Nothing more comes."""
        self._file.close()

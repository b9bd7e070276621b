"""Archives in parts that fit, one file in memory at a time, the same bytes every time."""

import zipfile
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from core.dossier_archive import PART_BYTES, SUMS, sums

_UNIX = 3
_READABLE = 0o644 << 16


@dataclass(frozen=True, slots=True)
class Piece:
    """One file to pack: a `text`, or what lies in the file store under `sha256`."""

    path: str
    sha256: str
    text: str | None = None


def written(path: str, text: str) -> Piece:
    """A text as a file."""
    return Piece(path, sha256(text.encode()).hexdigest(), text)


#: Each piece that was packed with its part and size.
Packed = Sequence[tuple[Piece, int, int]]


class Packing:
    """What is left to pack; `read` gives the bytes of a SHA-256, and raises where they are not those.

    `lists` writes down what was packed; what it gives lies in the last part.
    """

    def __init__(
        self,
        pieces: Iterable[Piece],
        lists: Callable[[Packed], Iterable[Piece]],
        read: Callable[[str], Awaitable[bytes]],
        part_bytes: int = PART_BYTES,
    ) -> None:
        self._left = deque(pieces)
        self._lists = lists
        self._read = read
        self._part_bytes = part_bytes
        self._ahead: bytes | None = None
        self._packed: list[tuple[Piece, int, int]] = []
        self.done = False

    async def part(self, number: int) -> AsyncIterator[tuple[str, bytes]]:
        """Names and bytes of the next part; the last one has the lists of everything besides."""
        own: list[tuple[str, str]] = []
        size = 0
        while self._left:
            piece = self._left[0]
            content = self._ahead if self._ahead is not None else await self._content(piece)
            if own and size + len(content) > self._part_bytes:
                self._ahead = content
                break
            self._left.popleft()
            self._ahead = None
            self._packed.append((piece, number, len(content)))
            own.append((piece.path, piece.sha256))
            size += len(content)
            yield piece.path, content
        else:
            for piece in self._lists(self._packed):
                own.append((piece.path, piece.sha256))
                yield piece.path, await self._content(piece)
            self.done = True
        yield f"{SUMS}-{number}", sums(own).encode()

    async def _content(self, piece: Piece) -> bytes:
        return piece.text.encode() if piece.text is not None else await self._read(piece.sha256)


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

"""Where files lie that came by a page, until the house has taken them into its store.

A folder for each page, named by its number; in it a file for each that came, under a name of our own. What
people call a file, and what their browser says it is, is its first line.
"""

import json
import secrets
from collections.abc import AsyncIterable, AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.filestore import MissingFileError, Quarantine, pieces, settle
from core.filenames import clean_name
from core.vietnamese import clean_line

_LONGEST_TYPE = 100
_LONGEST_LINE = 2000
_PREFIX = "upload:"
_NAMES = 10**18
_NOTE = "sent.json"


@dataclass(frozen=True, slots=True)
class Shelved:
    """One file on the shelf: what it is fetched by («upload:7.123» of page 7), and what is known of it."""

    ref: str
    name: str
    mime: str
    size: int


class Shelf:
    """The folder `uploads` of an installation; full where the quarantine would be."""

    def __init__(self, folder: Path, *, free_share: float = 0.10, free_bytes: int = 2 * 1024**3) -> None:
        self._folder = folder
        self._coming = Quarantine(folder / "coming", free_share=free_share, free_bytes=free_bytes)
        self._coming.clear()

    async def receive(
        self, number: int, name: str, mime: str, source: AsyncIterable[bytes], max_bytes: int
    ) -> Shelved:
        """Keep what comes in for a page. Raises `TurnedAwayError`; what is cut off leaves nothing."""
        told = {"name": clean_name(name), "mime": clean_line(mime, _LONGEST_TYPE)}
        line = json.dumps(told).encode() + b"\n"
        path = await self._coming.receive(_after(line, source), max_bytes + len(line))
        try:
            size = path.stat().st_size - len(line)
            place = self._folder / str(number) / str(secrets.randbelow(_NAMES))
            await settle(path, place)
        except BaseException:
            self._coming.discard(path)
            raise
        return Shelved(f"{_PREFIX}{number}.{place.name}", told["name"], told["mime"], size)

    def lying(self, number: int) -> list[Shelved]:
        """What has come for a page, in the order in which it came."""
        folder = self._folder / str(number)
        paths = [path for path in folder.iterdir() if path.name.isdecimal()] if folder.is_dir() else []
        dated = sorted((path.stat().st_mtime_ns, path) for path in paths)
        return [_shelved(number, path) for _time, path in dated]

    def note(self, number: int, sent: Sequence[Shelved]) -> None:
        """Remember for a while what a page has sent, for whoever looks at it again."""
        folder = self._folder / str(number)
        if folder.is_dir():
            (folder / _NOTE).write_text(json.dumps({one.ref: one.name for one in sent}), encoding="utf-8")

    def noted(self, number: int) -> dict[str, str]:
        """The names of what a page has sent, each by its reference, as long as that is remembered."""
        with suppress(OSError, ValueError):
            told = json.loads((self._folder / str(number) / _NOTE).read_text(encoding="utf-8"))
            return {str(ref): str(name) for ref, name in told.items()}
        return {}

    async def open(self, ref: str) -> AsyncIterator[bytes]:
        """The bytes of a file. Raises `MissingFileError`."""
        path = self._path(ref)
        async for piece in pieces(path, len(_line(path))):
            yield piece

    def discard(self, ref: str) -> None:
        """Throw a file away; one that is gone already is no matter."""
        path = self._path(ref)
        path.unlink(missing_ok=True)
        self._drop(path.parent)

    def sweep(self, before: datetime) -> int:
        """Throw away what came before then; returns how many files."""
        swept = 0
        for folder in self._folder.iterdir():
            if not folder.name.isdigit():
                continue
            for path in folder.iterdir():
                if path.stat().st_mtime < before.timestamp():
                    path.unlink(missing_ok=True)
                    swept += 1
            self._drop(folder)
        return swept

    def _path(self, ref: str) -> Path:
        number, _, name = ref.removeprefix(_PREFIX).partition(".")
        if not all(word.isascii() and word.isdecimal() and len(word) < 20 for word in (number, name)):
            raise MissingFileError("not a file of the shelf")
        return self._folder / number / name

    def _drop(self, folder: Path) -> None:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


async def _after(line: bytes, source: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    yield line
    async for piece in source:
        yield piece


def _line(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.readline(_LONGEST_LINE)
    except FileNotFoundError:
        raise MissingFileError(path.name) from None


def _shelved(number: int, path: Path) -> Shelved:
    line = _line(path)
    told = json.loads(line)
    return Shelved(
        f"{_PREFIX}{number}.{path.name}", told["name"], told["mime"], path.stat().st_size - len(line)
    )

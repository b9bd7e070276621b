"""Evidence on disk: bytes named by their SHA-256, and the quarantine where they wait to be looked at.

Two shelves lie under the folder: `originals`, never altered and never shown, and `served`, what people
get to see. Nothing on a shelf is ever written to again, so a name always means the same bytes.
"""

import asyncio
import contextlib
import hashlib
import os
import re
import secrets
import shutil
from collections.abc import AsyncIterable, AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from core.evidence import RefusedFile
from services.papers.packing import Zip

Source = bytes | Path
"""What is to be stored: bytes, or a file on this machine (streamed, not moved)."""

_CHUNK = 1024 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = ".part"


class Store(Protocol):
    """Where evidence lies. Every method names bytes by their SHA-256, 64 hexadecimal digits."""

    async def put(self, source: Source) -> str:
        """Keep an original; storing the same bytes twice is storing them once."""

    async def read(self, sha256: str) -> bytes:
        """An original, for the eyes of those who judge it; raises `MissingFileError`."""

    async def put_served(self, source: Source) -> str:
        """Keep what people may see: a cleaned copy, or a paper the house has made."""

    async def read_served(self, sha256: str) -> bytes:
        """What people may see; raises `MissingFileError`."""

    async def forget_served(self, sha256: str) -> None:
        """Throw away what people might see; what is not there is gone already."""


class MissingFileError(Exception):
    """Bytes of this name are not there, or are no longer what their name says."""


class TurnedAwayError(Exception):
    """A file was not let into quarantine; `reason` has its sentence."""

    def __init__(self, reason: RefusedFile) -> None:
        super().__init__(reason.value)
        self.reason = reason


class FileStore:
    """The shelves on disk, under `folder` (`<data>/files`); makes them."""

    def __init__(self, folder: Path) -> None:
        self._originals = folder / "originals"
        self._served = folder / "served"
        for shelf in (self._originals, self._served):
            shelf.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def put(self, source: Source) -> str:
        """Keep an original; safe on disk when this returns. Raises OSError when it cannot be."""
        return await asyncio.to_thread(_shelve, self._originals, source)

    async def read(self, sha256: str) -> bytes:
        """An original; raises `MissingFileError`."""
        return await asyncio.to_thread(_read, self.path(sha256), sha256)

    async def put_served(self, source: Source) -> str:
        """Keep what people may see; safe on disk when this returns."""
        return await asyncio.to_thread(_shelve, self._served, source)

    async def read_served(self, sha256: str) -> bytes:
        """What people may see; raises `MissingFileError`."""
        return await asyncio.to_thread(_read, self.path_served(sha256), sha256)

    async def forget_served(self, sha256: str) -> None:
        """Throw away what people might see."""
        await asyncio.to_thread(self.path_served(sha256).unlink, missing_ok=True)

    def path(self, sha256: str) -> Path:
        """Where an original lies or would lie; raises ValueError for what is no SHA-256."""
        return _place(self._originals, sha256)

    def path_served(self, sha256: str) -> Path:
        """Where what people may see lies or would lie; raises ValueError for what is no SHA-256."""
        return _place(self._served, sha256)

    def exists(self, sha256: str) -> bool:
        """Whether an original of this name is there."""
        return self.path(sha256).is_file()


class Quarantine:
    """Where files lie under names of our own making until they have been looked at.

    Nothing is let in while less than `free_share` of the disk or `free_bytes` is free.
    """

    def __init__(
        self, folder: Path, *, free_share: float = 0.10, free_bytes: int = 2 * 1024 * 1024 * 1024
    ) -> None:
        self._folder = folder
        self._free_share = free_share
        self._free_bytes = free_bytes
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def clear(self) -> None:
        """Throw away what an earlier run left behind; called once, before anything is let in.

        Nothing is lost by that: until a file is settled its errand still knows where to fetch it.
        """
        for left in self._folder.iterdir():
            if left.is_file():
                left.unlink()

    def has_room(self) -> bool:
        """Whether the disk has room for more uploads."""
        disk = shutil.disk_usage(self._folder)
        return disk.free >= self._free_bytes and disk.free >= disk.total * self._free_share

    async def receive(self, source: AsyncIterable[bytes], max_bytes: int) -> Path:
        """Write what comes in; raises `TurnedAwayError` when it is too big or there is no room.

        The path is ours to throw away with `discard`. An interrupted or refused file leaves nothing.
        """
        if not self.has_room():
            raise TurnedAwayError(RefusedFile.NO_ROOM)
        path = self.place()
        size = 0
        try:
            with await asyncio.to_thread(path.open, "xb") as file:
                async for piece in source:
                    size += len(piece)
                    _ensure_fits(size, max_bytes)
                    await asyncio.to_thread(file.write, piece)
        except BaseException:
            self.discard(path)
            raise
        return path

    def place(self) -> Path:
        """Where something may be written that does not last; ours to throw away with `discard`."""
        return self._folder / secrets.token_hex(16)

    def discard(self, *paths: Path | None) -> None:
        """Throw files away; those that are None or gone already are no matter."""
        for path in paths:
            if path is not None:
                path.unlink(missing_ok=True)


async def settle(path: Path, place: Path) -> None:
    """Give a file that has come in its lasting place on the same disk, safe there when this returns."""
    await asyncio.to_thread(_settle, path, place)


async def pieces(path: Path, start: int = 0) -> AsyncIterator[bytes]:
    """The bytes of a file from `start` on. Raises `MissingFileError`."""
    try:
        file = await asyncio.to_thread(path.open, "rb")
    except FileNotFoundError:
        raise MissingFileError(path.name) from None
    with file:
        file.seek(start)
        while piece := await asyncio.to_thread(file.read, _CHUNK):
            yield piece


async def zip_up(path: Path, files: AsyncIterator[tuple[str, bytes]], at: datetime) -> int:
    """Write a ZIP of these names and bytes, one of them in memory at a time; returns its size."""
    zipped = await asyncio.to_thread(Zip, path, at)
    try:
        async for name, content in files:
            await asyncio.to_thread(zipped.add, name, content)
    finally:
        await asyncio.to_thread(zipped.close)
    return (await asyncio.to_thread(path.stat)).st_size


def _settle(path: Path, place: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.replace(place)
    for folder in (place.parent, place.parent.parent):
        _sync_folder(folder)


def _ensure_fits(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise TurnedAwayError(RefusedFile.TOO_BIG)


def _place(shelf: Path, sha256: str) -> Path:
    if not _SHA256.fullmatch(sha256):
        raise ValueError("not a SHA-256 in lower-case hexadecimal digits")
    return shelf / sha256[:2] / sha256[2:4] / sha256


def _shelve(shelf: Path, source: Source) -> str:
    """Write under a name of its own, make sure it is on disk, then give it its name."""
    unfinished = shelf / f"{secrets.token_hex(16)}{_UNFINISHED}"
    try:
        with unfinished.open("xb") as file:
            sha256 = _copy(source, file)
            file.flush()
            os.fsync(file.fileno())
        place = _place(shelf, sha256)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not place.exists():
            unfinished.chmod(0o400)
            unfinished.replace(place)
            for folder in (place.parent, place.parent.parent, shelf):
                _sync_folder(folder)
        return sha256
    finally:
        unfinished.unlink(missing_ok=True)


def _copy(source: Source, file: BinaryIO) -> str:
    digest = hashlib.sha256()
    if isinstance(source, bytes):
        digest.update(source)
        file.write(source)
    else:
        with source.open("rb") as original:
            while piece := original.read(_CHUNK):
                digest.update(piece)
                file.write(piece)
    return digest.hexdigest()


def _sync_folder(folder: Path) -> None:
    """A name is on disk only when its folder is; Windows has no such thing to ask for."""
    with contextlib.suppress(PermissionError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _read(path: Path, sha256: str) -> bytes:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise MissingFileError(f"{sha256} is not in the file store") from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise MissingFileError(f"{sha256} is damaged on disk")
    return data

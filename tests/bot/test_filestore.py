"""Evidence on disk: stored once, never altered, never under a name that somebody else chose."""

import asyncio
import hashlib
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.filestore import FileStore, MissingFileError, Quarantine, Store, TurnedAwayError
from core.evidence import RefusedFile
from tests.fakes import MemoryFileStore

DATA = "Minh chứng".encode() * 1000
NAME = hashlib.sha256(DATA).hexdigest()


@pytest.fixture(params=["on disk", "in memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return FileStore(tmp_path / "files") if request.param == "on disk" else MemoryFileStore()


def all_files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


async def pieces(*given: bytes) -> AsyncIterator[bytes]:
    for piece in given:
        yield piece


async def test_what_is_put_is_read_under_its_hash(store: Store) -> None:
    assert await store.put(DATA) == NAME
    assert await store.read(NAME) == DATA


async def test_a_file_is_put_like_bytes(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "here"
    path.write_bytes(DATA)
    assert await store.put(path) == NAME
    assert await store.read(NAME) == DATA
    assert path.read_bytes() == DATA


async def test_an_original_is_never_served(store: Store) -> None:
    await store.put(DATA)
    with pytest.raises(MissingFileError):
        await store.read_served(NAME)
    assert await store.put_served(DATA) == NAME
    assert await store.read_served(NAME) == DATA


async def test_what_is_not_there_is_said_to_be_missing(store: Store) -> None:
    with pytest.raises(MissingFileError):
        await store.read(NAME)


async def test_the_same_bytes_are_stored_once(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    names = await asyncio.gather(*(store.put(DATA) for _ in range(8)))
    assert set(names) == {NAME}
    assert all_files(tmp_path) == [NAME]
    assert store.path(NAME) == tmp_path / "originals" / NAME[:2] / NAME[2:4] / NAME
    assert store.exists(NAME)
    assert not store.path_served(NAME).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
async def test_only_the_bot_reads_and_nobody_writes(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "files")
    await store.put(DATA)
    assert store.path(NAME).stat().st_mode & 0o777 == 0o400
    assert (tmp_path / "files" / "originals").stat().st_mode & 0o777 == 0o700


async def test_bytes_that_changed_on_disk_are_not_handed_out(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    await store.put(DATA)
    store.path(NAME).chmod(0o600)
    store.path(NAME).write_bytes(DATA + b"!")
    with pytest.raises(MissingFileError, match="damaged"):
        await store.read(NAME)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", NAME.upper(), NAME[:-1], NAME + "\n"])
async def test_a_name_that_is_no_hash_leads_nowhere(name: str, tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    with pytest.raises(ValueError, match="SHA-256"):
        await store.read(name)
    with pytest.raises(ValueError, match="SHA-256"):
        store.path_served(name)


async def test_an_interrupted_put_leaves_nothing(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    with pytest.raises(FileNotFoundError):
        await store.put(tmp_path / "nothing here")
    assert all_files(tmp_path) == []


async def test_quarantine_gives_files_names_of_its_own(tmp_path: Path) -> None:
    quarantine = Quarantine(tmp_path, free_share=0, free_bytes=0)
    path = await quarantine.receive(pieces(b"ab", b"cd"), max_bytes=4)
    assert path.read_bytes() == b"abcd"
    assert path.parent == tmp_path
    assert path.name.isalnum()
    quarantine.discard(path, path, None)
    assert all_files(tmp_path) == []


async def test_quarantine_stops_listening_when_a_file_is_too_big(tmp_path: Path) -> None:
    quarantine = Quarantine(tmp_path, free_share=0, free_bytes=0)
    with pytest.raises(TurnedAwayError) as turned_away:
        await quarantine.receive(pieces(*[b"x" * 10] * 100), max_bytes=25)
    assert turned_away.value.reason is RefusedFile.TOO_BIG
    assert all_files(tmp_path) == []


async def test_quarantine_keeps_nothing_of_a_broken_upload(tmp_path: Path) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"half"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await Quarantine(tmp_path, free_share=0, free_bytes=0).receive(broken(), max_bytes=100)
    assert all_files(tmp_path) == []


@pytest.mark.parametrize(("free_share", "free_bytes"), [(1.1, 0), (0, 1 << 60)])
async def test_a_full_disk_lets_nothing_in(free_share: float, free_bytes: int, tmp_path: Path) -> None:
    quarantine = Quarantine(tmp_path, free_share=free_share, free_bytes=free_bytes)
    assert not quarantine.has_room()
    with pytest.raises(TurnedAwayError) as turned_away:
        await quarantine.receive(pieces(b"a"), max_bytes=100)
    assert turned_away.value.reason is RefusedFile.NO_ROOM


async def test_quarantine_is_cleared_at_start(tmp_path: Path) -> None:
    quarantine = Quarantine(tmp_path, free_share=0, free_bytes=0)
    await quarantine.receive(pieces(b"a"), max_bytes=100)
    quarantine.clear()
    assert all_files(tmp_path) == []

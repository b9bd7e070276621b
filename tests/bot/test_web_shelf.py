"""The shelf of files that came by a page: whole or not at all, by names of our own, and not for ever."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bot.filestore import MissingFileError, TurnedAwayError
from bot.web.shelf import Shelf
from core.evidence import RefusedFile


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "uploads", free_bytes=0, free_share=0)


async def bytes_of(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def cut_off() -> AsyncIterator[bytes]:
    yield b"half"
    raise ConnectionError


async def read(shelf: Shelf, ref: str) -> bytes:
    return b"".join([piece async for piece in shelf.open(ref)])


async def test_what_came_is_found_again_after_a_restart(shelf: Shelf, tmp_path: Path) -> None:
    one = await shelf.receive(7, "../../ảnh 1.jpg", "image/jpeg", bytes_of(b"ab", b"c\n"), 10)
    two = await shelf.receive(7, "hai.pdf", "application/pdf", bytes_of(b""), 10)
    await shelf.receive(70, "khác.pdf", "", bytes_of(b"x"), 10)
    assert (one.name, one.mime, one.size, two.size) == ("ảnh 1.jpg", "image/jpeg", 4, 0)
    again = Shelf(tmp_path / "uploads", free_bytes=0, free_share=0)
    assert again.lying(7) == [one, two]
    assert await read(again, one.ref) == b"abc\n"
    again.discard(one.ref)
    again.discard(one.ref)
    assert again.lying(7) == [two]
    with pytest.raises(MissingFileError):
        await read(again, one.ref)


async def test_what_is_cut_off_or_too_big_leaves_nothing(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(ConnectionError):
        await shelf.receive(7, "a.pdf", "", cut_off(), 10)
    with pytest.raises(TurnedAwayError) as refused:
        await shelf.receive(7, "a.pdf", "", bytes_of(b"12345", b"678901"), 10)
    assert refused.value.reason is RefusedFile.TOO_BIG
    assert (await shelf.receive(7, "a.pdf", "", bytes_of(b"1234567890"), 10)).size == 10
    assert len([path for path in (tmp_path / "uploads").rglob("*") if path.is_file()]) == 1


async def test_a_full_disk_lets_nothing_in(tmp_path: Path) -> None:
    with pytest.raises(TurnedAwayError) as refused:
        await Shelf(tmp_path, free_bytes=2**60).receive(7, "a.pdf", "", bytes_of(b"x"), 10)
    assert refused.value.reason is RefusedFile.NO_ROOM


async def test_what_is_old_is_swept(shelf: Shelf, tmp_path: Path) -> None:
    await shelf.receive(7, "a.pdf", "", bytes_of(b"x"), 10)
    assert shelf.sweep(datetime(2020, 1, 1, tzinfo=UTC)) == 0
    assert shelf.sweep(datetime(2100, 1, 1, tzinfo=UTC)) == 1
    assert sorted(path.name for path in (tmp_path / "uploads").iterdir()) == ["coming"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.text(max_size=50) | some.from_regex(r"\A(upload:|\d+|\.\.|[./])*\Z"))
async def test_no_word_leads_elsewhere(shelf: Shelf, ref: str) -> None:
    with pytest.raises(MissingFileError):
        await read(shelf, ref)

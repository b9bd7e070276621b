"""Archives of rounds looked at years later: whole, or each fault named, whatever the file turns out to be."""

import asyncio
import zipfile
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.round_archive import MANIFEST
from core.round_kept import RoundKept
from core.round_pages import Link, Page, Pairs, Section, Table
from core.texts.round_archive import Fault
from services.papers.packing import Piece, Zip, written
from services.papers.round_archive import packing
from services.papers.round_archive_check import check
from services.papers.round_pages import drawn
from tests.services.test_round_archives import Page as Seen

AT = datetime(2026, 12, 15, 8, 0, tzinfo=UTC)
PART = 120


def a_round() -> RoundKept:
    """One in which nothing happened."""
    return RoundKept("009", "CCHC", "Kế hoạch", "2026", "Năm 2026", AT, (), (), (), (), (), (), (), ())


def pieces(count: int = 4) -> list[Piece]:
    """Files of 50 bytes."""
    return [written(f"minh-chung/{place}.txt", str(place) * 50) for place in range(count)]


def packed(folder: Path, count: int = 4, part_bytes: int = PART) -> list[Path]:
    """The parts of an archive of so many files."""

    async def parts() -> list[list[tuple[str, bytes]]]:
        async def read(_sha256: str) -> bytes:
            raise AssertionError

        archive = packing(a_round(), pieces(count), read, part_bytes)
        found: list[list[tuple[str, bytes]]] = []
        while not archive.done:
            found.append([one async for one in archive.part(len(found) + 1)])
        return found

    return [
        zipped(folder / f"luu-tru-{place}.zip", part) for place, part in enumerate(asyncio.run(parts()), 1)
    ]


def zipped(path: Path, files: Sequence[tuple[str, bytes]]) -> Path:
    """A ZIP of these."""
    path.unlink(missing_ok=True)
    archive = Zip(path, AT)
    for name, content in files:
        archive.add(name, content)
    archive.close()
    return path


def files_of(path: Path) -> list[tuple[str, bytes]]:
    """What is in a ZIP."""
    with zipfile.ZipFile(path) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def faults(paths: Sequence[Path]) -> list[tuple[Fault, str]]:
    """What checking finds."""
    return [(one.fault, one.what) for one in check(paths).findings]


def test_a_whole_archive_is_whole_in_any_order(tmp_path: Path) -> None:
    parts = packed(tmp_path)
    assert len(parts) == 2
    looked = check(parts[::-1])
    assert (looked.findings, looked.files, looked.label) == ([], 4, "009/2026")
    assert dict(looked.parts)[parts[0].name] == sha256(parts[0].read_bytes()).hexdigest()
    assert faults(packed(tmp_path / "..", 1, 10_000)[:1]) == []


def test_each_fault_is_named(tmp_path: Path) -> None:
    first, last = packed(tmp_path)
    assert faults([last]) == [(Fault.MISSING_PART, "1")]
    assert faults([first]) == [(Fault.LAST_PART, "")]
    assert faults([first, first, last]) == []
    copy = tmp_path / "copy.zip"
    copy.write_bytes(first.read_bytes())
    assert faults([first, copy, last]) == [(Fault.OTHER_PART, "copy.zip")]
    assert faults([tmp_path / "none.zip"]) == [(Fault.NO_FILE, "none.zip")]
    (tmp_path / "text.zip").write_text("chao")
    assert faults([tmp_path / "text.zip"]) == [(Fault.NOT_AN_ARCHIVE, "text.zip")]
    assert faults([zipped(tmp_path / "other.zip", [("a", b"b")])]) == [(Fault.NOT_AN_ARCHIVE, "other.zip")]
    whole = files_of(last)
    changed = [
        (name, content.replace(b"3", b"4") if name.endswith("3.txt") else content) for name, content in whole
    ]
    assert faults([first, zipped(copy, changed)]) == [(Fault.DAMAGED, "minh-chung/3.txt")]
    missing = [one for one in whole if one[0] != "minh-chung/3.txt"]
    assert faults([first, zipped(copy, missing)]) == [(Fault.MISSING, "minh-chung/3.txt")]
    added = [*whole, ("minh-chung/9.exe", b"x")]
    assert faults([first, zipped(copy, added)]) == [(Fault.EXTRA, "minh-chung/9.exe")]
    copy.write_bytes(last.read_bytes() + b"more")
    assert faults([first, copy])
    newer = [(name, content.replace(b'"format": 1', b'"format": 2')) for name, content in whole]
    assert faults([first, zipped(copy, newer)]) == [(Fault.OTHER_FORMAT, "copy.zip")]
    for broken in (b"", b"[]", b'{"format": 1}', b"\xff", b"[" * 100_000):
        told = [(name, broken if name == MANIFEST else content) for name, content in whole]
        assert faults([first, zipped(copy, told)]) == [(Fault.DAMAGED, MANIFEST)]


def test_what_is_read_is_never_more_than_there_should_be(tmp_path: Path) -> None:
    (part,) = packed(tmp_path, 1, 10_000)
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files_of(part):
            archive.writestr(name, b"0" * 50_000_000 if name.endswith("0.txt") else content)
    assert (Fault.DAMAGED, "minh-chung/0.txt") in faults([bomb])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(place=st.integers(0, 10**6), value=st.integers(1, 255))
def test_no_byte_of_a_file_changes_unseen(tmp_path: Path, place: int, value: int) -> None:
    (part,) = packed(tmp_path, 2, 10_000)
    content = bytearray(part.read_bytes())
    end = content.index(b"PK\x01\x02")
    place %= end
    content[place] ^= value
    (tmp_path / "flipped.zip").write_bytes(content)
    before = dict(files_of(part))
    try:
        after = dict(files_of(tmp_path / "flipped.zip"))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        after = {}
    assert faults([tmp_path / "flipped.zip"]) or after == before


@given(st.text(), st.text())
def test_whatever_is_said_is_words_on_a_page(name: str, words: str) -> None:
    cells = (name, Link(words, "minh-chung/0f.pdf"), (words, name))
    page = Page(
        "a/b.html", name, words, [Section(words, [Pairs([(name, words)]), Table((name, "x", "y"), [cells])])]
    )
    seen = Seen(drawn(page))
    assert seen.tags <= {
        *("html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "a", "br"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    }
    assert set(seen.links) == {"../minh-chung/0f.pdf"}


@pytest.mark.parametrize("limit", [1, 60, 200])
def test_no_part_is_bigger_than_it_may_be(tmp_path: Path, limit: int) -> None:
    parts = packed(tmp_path, 5, limit)
    assert faults(parts) == []
    held = [
        sum(len(content) for name, content in files_of(part) if name.startswith("minh")) for part in parts
    ]
    assert all(size <= max(limit, 50) for size in held)

"""The archive of a submission: parts that fit, the same bytes every time, whole or not at all."""

import hashlib
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.assessment import EvidenceFacts
from core.dossier_archive import members
from core.dossier_submission import FileThen, Then, canonical, then
from services.papers import dossier_sample
from services.papers.dossier_archive import packing
from services.papers.packing import Zip
from tests.core.samples import plan

AT = datetime(2026, 11, 23, 8, 5, tzinfo=UTC)
PDF = "application/pdf"
HOSTILE = ("../../etc/passwd", "C:\\con.pdf", "tên\nhai dòng.pdf", "a" * 300, "-rf *")


def a_shelf(*sizes: int) -> dict[str, bytes]:
    """Files of these sizes by their SHA-256, no two alike."""
    contents = [bytes([place]) * size for place, size in enumerate(sizes, 1)]
    return {hashlib.sha256(one).hexdigest(): one for one in contents}


def held(shelf: dict[str, bytes], names: tuple[str, ...] = ("minh chứng.pdf",)) -> Then:
    """A dossier of one nominee with these files as evidence, called so."""
    files = tuple(
        FileThen(f"MC-{place:06d}", names[place % len(names)], sha256, sha256, PDF, 1)
        for place, sha256 in enumerate(shelf)
    )
    return Then("HS-222222", "Khoa Nội", "CCHC", "Năm 2026", ("Trần Thị Lan",), (), files)


async def packed(shelf: dict[str, bytes], held: Then, part_bytes: int) -> list[list[tuple[str, bytes]]]:
    """The parts as names and bytes."""

    async def read(sha256: str) -> bytes:
        return shelf[sha256]

    archive = packing(held, "{}", AT, read, part_bytes)
    parts: list[list[tuple[str, bytes]]] = []
    while not archive.done:
        parts.append([one async for one in archive.part(len(parts) + 1)])
    return parts


@given(st.lists(st.integers(1, 60), max_size=8), st.integers(20, 100))
async def test_every_file_is_there_once_and_no_part_is_too_big(sizes: list[int], limit: int) -> None:
    shelf = a_shelf(*sizes)
    sent = held(shelf)
    parts = await packed(shelf, sent, limit)
    proofs = [[one for one in part if one[0].startswith("07-")] for part in parts]
    assert [name for part in proofs for name, _content in part] == [one.path for one in members(sent)]
    assert all(len(part) == 1 or sum(len(content) for _name, content in part) <= limit for part in proofs)
    names = [name for part in parts for name, _content in part]
    assert len(set(names)) == len(names)
    for number, part in enumerate(parts, 1):
        there = dict(part)
        for line in there.pop(f"SHA256SUMS-{number}").decode().splitlines():
            digest, _, path = line.partition("  ")
            assert hashlib.sha256(there.pop(path)).hexdigest() == digest
        assert not there


async def test_names_are_our_own_whatever_people_called_their_files() -> None:
    shelf = a_shelf(*range(1, len(HOSTILE) + 1))
    ((*files, _sums),) = await packed(shelf, held(shelf, HOSTILE), 10_000)
    for name, _content in files:
        assert name.isascii()
        assert ".." not in name
        assert not name.startswith(("/", "-"))
        assert ":" not in name
    (listed,) = [content.decode() for name, content in files if name == "danh-muc.txt"]
    assert "MC-000000" in listed


async def test_signed_minutes_go_along_under_their_code() -> None:
    whole = dossier_sample.content(plan(), people=1)
    scan = EvidenceFacts(1, "MC-22", "bien-ban-hop.pdf", 5, "clean", "", "a" * 64, "", PDF, AT)
    (served,) = shelf = a_shelf(5)
    scan = replace(scan, served_sha256=served)
    assert whole.meeting is not None
    text = canonical(replace(whole, meeting=replace(whole.meeting, proof=scan)), (), {}, "HS-222222")
    sent = replace(then(text), evidence=())
    (part,) = await packed(shelf, sent, 1000)
    there = dict(part)
    assert there["02-bien-ban-hop/01-chung.pdf"] == shelf[served]
    assert "MC-22 · bien-ban-hop.pdf" in there["danh-muc.txt"].decode()
    (listed,) = json.loads(there["manifest.json"])["files"]
    assert (listed["code"], listed["uploaded_sha256"]) == ("MC-22", "a" * 64)


async def test_a_file_that_is_lost_stops_the_packing() -> None:
    shelf = a_shelf(5, 6)
    sent = held(shelf)
    shelf.popitem()
    with pytest.raises(KeyError):
        await packed(shelf, sent, 1000)


async def test_what_was_not_checked_when_it_was_handed_in_is_named() -> None:
    waiting = FileThen("MC-WAITED", "ảnh.jpg", "", "", "image/jpeg", 1)
    sent = Then("HS-222222", "Khoa", "CCHC", "Năm 2026", ("Lan",), (), (waiting,))
    (part,) = await packed({}, sent, 1000)
    assert next(name for name, _content in part) == "ho-so.json"
    assert "MC-WAITED" in dict(part)["danh-muc.txt"].decode()


async def test_packed_again_the_bytes_are_the_same(tmp_path: Path) -> None:
    shelf = a_shelf(40, 50)
    digests = set[str]()
    for name in ("one.zip", "two.zip"):
        zipped = Zip(tmp_path / name, AT)
        for path, content in (await packed(shelf, held(shelf), 1000))[0]:
            zipped.add(path, content)
        zipped.close()
        digests.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert len(digests) == 1
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.testzip() is None
        assert {one.date_time for one in archive.infolist()} == {(2026, 11, 23, 8, 5, 0)}

"""What is refused, why, and what is let through, each file in a real process of its own."""

import asyncio
import ctypes
import gc
import io
import resource
import secrets
import sys
import time
import zipfile
from collections.abc import AsyncIterator, Iterable
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeVar

import pikepdf
import pytest
from PIL import Image

from bot.inspection.inspector import Inspector, Verdict
from bot.inspection.policy import InspectionPolicy, heic_installed
from core.evidence import FileKind, FileOutcome, RefusedFile
from tests.bot import benign_files, hostile_files
from tests.bot.hostile_images import png
from tests.bot.hostile_pdfs import paged, saved

MB = 1024 * 1024
LONGEST = 10.0
"""Seconds that one file may take."""


@pytest.fixture
def inspector() -> Inspector:
    return Inspector(InspectionPolicy())


@pytest.fixture(scope="module")
def memory_before() -> int:
    """Bytes resident before the first hostile file."""
    return resident()


def resident() -> int:
    """Bytes this process holds at this moment, what it has freed given back to the machine first.

    Without that the figure tells how the allocator was used by the tests that ran before.
    """
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux says what a process holds at this moment")
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


class Sent(Protocol):
    """A file as somebody sends it."""

    @property
    def name(self) -> str: ...
    @property
    def data(self) -> bytes: ...


AnySent = TypeVar("AnySent", bound=Sent)


async def look(inspector: Inspector, folder: Path, name: str, data: bytes) -> Verdict:
    """The verdict on these bytes; the original must come out of it untouched."""
    path = folder / secrets.token_hex(8)
    path.write_bytes(data)
    started = time.monotonic()
    verdict = await inspector.inspect(path, name)
    assert time.monotonic() - started < LONGEST
    assert path.read_bytes() == data
    path.unlink()
    return verdict


async def look_at_all(
    inspector: Inspector, folder: Path, files: Iterable[AnySent]
) -> AsyncIterator[tuple[AnySent, Verdict]]:
    """A verdict on each file, two files at a time."""
    rest = iter(files)
    while pair := list(islice(rest, 2)):
        verdicts = await asyncio.gather(*(look(inspector, folder, file.name, file.data) for file in pair))
        for file, verdict in zip(pair, verdicts, strict=True):
            yield file, verdict


def list_of(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def shown(verdict: Verdict) -> bytes:
    """The cleaned copy of a file that passed."""
    assert verdict.outcome is FileOutcome.CLEAN, verdict
    assert verdict.served is not None
    return verdict.served.read_bytes()


@pytest.mark.usefixtures("memory_before")
@pytest.mark.parametrize("group", hostile_files.GROUPS)
async def test_a_hostile_file_is_refused_for_its_own_reason(
    group: str, inspector: Inspector, tmp_path: Path
) -> None:
    wrong: dict[str, Verdict] = {}
    async for case, verdict in look_at_all(inspector, tmp_path, hostile_files.GROUPS[group]()):
        if verdict.outcome is not FileOutcome.REFUSED or verdict.reason is not case.reason:
            wrong[f"{case.what} ({case.reason})"] = verdict
    assert wrong == {}
    assert list_of(tmp_path) == []


def test_hostile_files_leave_no_trace_in_memory(memory_before: int) -> None:
    assert resident() - memory_before < 50 * MB


@pytest.mark.parametrize("group", benign_files.GROUPS)
async def test_an_ordinary_file_passes(group: str, inspector: Inspector, tmp_path: Path) -> None:
    refused: dict[str, Verdict] = {}
    async for file, verdict in look_at_all(inspector, tmp_path, benign_files.files(group)):
        if verdict.outcome is not FileOutcome.CLEAN:
            refused[file.name] = verdict
    assert refused == {}


async def test_a_photo_is_shown_upright_and_without_its_place(inspector: Inspector, tmp_path: Path) -> None:
    original = benign_files.photo((640, 480), orientation=6)
    assert b"SECRET-PHONE" in original

    verdict = await look(inspector, tmp_path, "ảnh.jpg", original)

    copy = shown(verdict)
    with Image.open(io.BytesIO(copy)) as image:
        assert image.size == (480, 640)
        assert image.getexif() == {}
    assert b"SECRET-PHONE" not in copy
    assert (verdict.facts.width, verdict.facts.height) == (480, 640)


@pytest.mark.parametrize(
    ("name", "data", "shown_as"),
    [
        ("có vị trí.png", benign_files.png_with_place(), "PNG"),
        ("trong suốt lớn.png", benign_files.see_through("PNG", (7000, 700)), "PNG"),
        ("bảng màu lớn.png", benign_files.drawn("PNG", (7000, 70), "P"), "PNG"),
        ("bản in.jpg", benign_files.drawn("JPEG", mode="CMYK"), "JPEG"),
        ("ảnh.webp", benign_files.drawn("WEBP"), "JPEG"),
        ("trong suốt.webp", benign_files.see_through("WEBP"), "JPEG"),
        ("động.webp", benign_files.moving("WEBP"), "JPEG"),
    ],
)
async def test_a_picture_is_shown_as_what_every_machine_opens(
    name: str, data: bytes, shown_as: str, inspector: Inspector, tmp_path: Path
) -> None:
    copy = shown(await look(inspector, tmp_path, name, data))
    with Image.open(io.BytesIO(copy)) as image:
        assert image.format == shown_as
        assert image.mode in {"L", "RGB", "RGBA"}
        assert max(image.size) <= 4096
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"SECRET-PHONE" not in copy


async def test_what_hides_behind_a_picture_is_not_shown(inspector: Inspector, tmp_path: Path) -> None:
    data = benign_files.drawn("JPEG", comment=b"<script>alert(1)</script>") + b"<?php hidden ?>"
    copy = shown(await look(inspector, tmp_path, "ảnh.jpg", data))
    assert b"script" not in copy
    assert b"hidden" not in copy


async def test_a_pdf_is_shown_without_its_author(inspector: Inspector, tmp_path: Path) -> None:
    data = benign_files.described()
    assert b"SECRET-AUTHOR" in data
    verdict = await look(inspector, tmp_path, "sáng kiến.pdf", data)
    with pikepdf.open(io.BytesIO(shown(verdict))) as pdf:
        assert len(pdf.pages) == 3
        assert "/Metadata" not in pdf.Root
        assert "/OpenAction" not in pdf.Root
        assert "/Info" not in pdf.trailer
    assert verdict.facts.pages == 3


async def test_what_hides_in_a_pdf_is_not_shown(inspector: Inspector, tmp_path: Path) -> None:
    data = saved(paged()).replace(b"%%EOF", b"% hidden\n%%EOF\nhidden")
    assert b"hidden" not in shown(await look(inspector, tmp_path, "a.pdf", data))


async def test_an_office_document_is_packed_anew(inspector: Inspector, tmp_path: Path) -> None:
    data = benign_files.written_by_word()
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = b"hidden"
    verdict = await look(inspector, tmp_path, "báo cáo.docx", out.getvalue())
    copy = shown(verdict)
    assert b"hidden" not in copy
    with zipfile.ZipFile(io.BytesIO(copy)) as new, zipfile.ZipFile(io.BytesIO(data)) as old:
        assert new.namelist() == old.namelist()
        assert all(new.read(name) == old.read(name) for name in old.namelist())
        assert verdict.facts.members == len(old.namelist())


async def test_the_same_file_gives_the_same_copy(inspector: Inspector, tmp_path: Path) -> None:
    for name, data in (("a.docx", benign_files.written_by_word()), ("a.pdf", benign_files.described())):
        first = shown(await look(inspector, tmp_path, name, data))
        assert shown(await look(inspector, tmp_path, name, data)) == first


async def test_a_refusal_says_how_large_it_was(inspector: Inspector, tmp_path: Path) -> None:
    picture = await look(inspector, tmp_path, "a.png", png(50_000, 50_000))
    assert (picture.facts.width, picture.facts.height) == (50_000, 50_000)
    document = await look(inspector, tmp_path, "a.pdf", saved(paged(501)))
    assert document.facts.pages == 501


async def test_a_name_is_shown_clean(inspector: Inspector, tmp_path: Path) -> None:
    verdict = await look(inspector, tmp_path, "../a/ảnh\u202egốc.jpg", benign_files.drawn("JPEG"))
    assert verdict.name == "a-ảnhgốc.jpg"


async def test_a_kind_may_be_left_out(tmp_path: Path) -> None:
    pictures_only = Inspector(InspectionPolicy(kinds=frozenset({FileKind.JPEG})))
    verdict = await look(pictures_only, tmp_path, "a.pdf", saved(paged()))
    assert verdict.reason is RefusedFile.TYPE_NOT_ALLOWED


async def test_an_iphone_photo_is_refused_where_it_cannot_be_read(tmp_path: Path) -> None:
    verdict = await look(Inspector(InspectionPolicy(heic=False)), tmp_path, "a.heic", benign_files.HEIC)
    assert verdict.reason is RefusedFile.HEIC_NOT_READ


@pytest.mark.skipif(not heic_installed(), reason="needs the extra that reads HEIC")
async def test_an_iphone_photo_is_shown_as_a_jpeg(tmp_path: Path) -> None:
    inspector = Inspector(InspectionPolicy(heic=True))
    verdict = await look(inspector, tmp_path, "IMG_0001.HEIC", benign_files.HEIC)
    with Image.open(io.BytesIO(shown(verdict))) as image:
        assert image.format == "JPEG"
        assert image.size == (64, 48)
        assert image.getexif() == {}
    half = await look(inspector, tmp_path, "a.heic", benign_files.HEIC[:400])
    assert half.reason is RefusedFile.DAMAGED
    avif = await look(inspector, tmp_path, "a.heic", b"\0\0\0\x1cftypavif" + bytes(64))
    assert avif.reason is RefusedFile.TYPE_MISMATCH

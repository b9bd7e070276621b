"""The virus scanner: asked about every file that is otherwise clean, and never guessed."""

import asyncio
import io
import struct
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.inspection.clamd import Clamd, ScannerDownError
from bot.inspection.inspector import Inspector, Verdict
from bot.inspection.policy import InspectionPolicy, Scanning
from core.evidence import FileOutcome, RefusedFile, WaitingFile
from tests.bot.benign_files import drawn
from tests.bot.hostile_images import EICAR
from tests.bot.hostile_pdfs import paged, saved
from tests.bot.office_files import docx, packed, word_parts


class FakeClamd:
    """Finds the test virus in the open and inside archives, as the real one does.

    `answer` is said instead of any finding; `silent` says nothing at all.
    """

    def __init__(self, answer: str = "", *, silent: bool = False) -> None:
        self.answer = answer
        self.silent = silent
        self.seen: list[bytes] = []
        self.idle = asyncio.Event()
        self.idle.set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One conversation; a caller that hangs up in the middle is no matter."""
        self.idle.clear()
        try:
            await self._talk(reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
            self.idle.set()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        command = await reader.readuntil(b"\0")
        if command == b"zPING\0":
            answer = "PONG"
        else:
            assert command == b"zINSTREAM\0"
            answer = await self._scan(reader)
        if not self.silent:
            writer.write((self.answer or answer).encode() + b"\0")
            await writer.drain()
        else:
            await reader.read()

    async def _scan(self, reader: asyncio.StreamReader) -> str:
        data = b""
        while (size := struct.unpack(">L", await reader.readexactly(4))[0]) > 0:
            data += await reader.readexactly(size)
        self.seen.append(data)
        return "stream: Eicar-Test-Signature FOUND" if any(map(has_virus, unwrapped(data))) else "stream: OK"


def has_virus(data: bytes) -> bool:
    return EICAR in data


def unwrapped(data: bytes) -> list[bytes]:
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return [data]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [data, *(archive.read(name) for name in archive.namelist())]


@asynccontextmanager
async def running(clamd: FakeClamd, folder: Path) -> AsyncIterator[str]:
    address = str(folder / "clamd.sock")
    server = await asyncio.start_unix_server(clamd.serve, address)
    async with server:
        yield address
        await clamd.idle.wait()
        await asyncio.sleep(0)  # the last connection closes


async def look(folder: Path, name: str, data: bytes, scanning: Scanning, address: str) -> Verdict:
    path = folder / "4f2a"
    path.write_bytes(data)
    inspector = Inspector(InspectionPolicy(scanning=scanning), Clamd(address, seconds=2))
    verdict = await inspector.inspect(path, name)
    assert (verdict.outcome is FileOutcome.CLEAN) == (folder / "4f2a.served").exists()
    return verdict


INFECTED = {
    "báo cáo.docx": packed(word_parts() | {"word/media/virus.txt": EICAR}),
    "quyết định.pdf": saved(paged()).replace(b"%PDF-1.3\n", b"%PDF-1.3\n%" + EICAR + b"\n"),
    "ảnh.jpg": drawn("JPEG", comment=EICAR),
}


async def test_the_test_virus_is_found_in_the_open(tmp_path: Path) -> None:
    virus = tmp_path / "eicar.com"
    virus.write_bytes(EICAR)
    async with running(FakeClamd(), tmp_path) as address:
        assert await Clamd(address).scan(virus) == "Eicar-Test-Signature"


@pytest.mark.parametrize("name", INFECTED)
async def test_the_test_virus_is_found_inside_a_file(name: str, tmp_path: Path) -> None:
    async with running(FakeClamd(), tmp_path) as address:
        verdict = await look(tmp_path, name, INFECTED[name], Scanning.REQUIRED, address)
    assert verdict.reason is RefusedFile.INFECTED
    assert verdict.scanned


async def test_a_clean_file_is_scanned_as_it_came(tmp_path: Path) -> None:
    clamd = FakeClamd()
    data = drawn("JPEG", (900, 700))
    async with running(clamd, tmp_path) as address:
        verdict = await look(tmp_path, "ảnh.jpg", data, Scanning.REQUIRED, address)
    assert verdict.outcome is FileOutcome.CLEAN
    assert verdict.scanned
    assert clamd.seen == [data]


async def test_what_is_refused_anyway_is_not_scanned(tmp_path: Path) -> None:
    clamd = FakeClamd()
    async with running(clamd, tmp_path) as address:
        verdict = await look(tmp_path, "a.docx", b"PK\x03\x04", Scanning.REQUIRED, address)
    assert verdict.reason is RefusedFile.DAMAGED
    assert clamd.seen == []


@pytest.mark.parametrize(
    "answer", ["", "stream: UNKNOWN", "INSTREAM size limit exceeded. ERROR", "x" * 10_000]
)
async def test_a_scanner_without_an_answer_lets_nothing_through(answer: str, tmp_path: Path) -> None:
    async with running(FakeClamd(answer, silent=not answer), tmp_path) as address:
        verdict = await look(tmp_path, "a.docx", docx(), Scanning.REQUIRED, address)
    assert verdict.outcome is FileOutcome.WAIT
    assert verdict.waits_for is WaitingFile.SCANNER_DOWN
    assert not verdict.scanned


async def test_without_a_scanner_a_file_waits_and_passes_later(tmp_path: Path) -> None:
    address = str(tmp_path / "clamd.sock")
    waiting = await look(tmp_path, "a.docx", docx(), Scanning.REQUIRED, address)
    assert waiting.waits_for is WaitingFile.SCANNER_DOWN
    async with running(FakeClamd(), tmp_path) as address:
        assert (await look(tmp_path, "a.docx", docx(), Scanning.REQUIRED, address)).scanned


async def test_best_effort_passes_without_a_scanner_and_says_so(tmp_path: Path) -> None:
    verdict = await look(tmp_path, "a.docx", docx(), Scanning.BEST_EFFORT, str(tmp_path / "no.sock"))
    assert verdict.outcome is FileOutcome.CLEAN
    assert not verdict.scanned


async def test_best_effort_still_refuses_what_is_found(tmp_path: Path) -> None:
    async with running(FakeClamd(), tmp_path) as address:
        verdict = await look(
            tmp_path, "báo cáo.docx", INFECTED["báo cáo.docx"], Scanning.BEST_EFFORT, address
        )
    assert verdict.reason is RefusedFile.INFECTED


async def test_a_scanner_may_be_on_the_network(tmp_path: Path) -> None:
    clean = tmp_path / "a"
    clean.write_bytes(b"a")
    clamd = FakeClamd()
    server = await asyncio.start_server(clamd.serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        assert await Clamd(f"127.0.0.1:{port}").scan(clean) is None
        await clamd.idle.wait()


async def test_a_scanner_can_be_asked_whether_it_is_there(tmp_path: Path) -> None:
    async with running(FakeClamd(), tmp_path) as address:
        await Clamd(address).ping()
    with pytest.raises(ScannerDownError):
        await Clamd(str(tmp_path / "no.sock")).ping()


def test_a_policy_and_a_scanner_belong_together() -> None:
    with pytest.raises(ValueError, match="scanner"):
        Inspector(InspectionPolicy(scanning=Scanning.REQUIRED))
    with pytest.raises(ValueError, match="scanner"):
        Inspector(InspectionPolicy(), Clamd("/run/clamav/clamd.ctl"))

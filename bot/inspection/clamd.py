"""A client of the virus scanner clamd: one file in, «clean» or the name of what was found out."""

import asyncio
import contextlib
import struct
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Protocol

_CHUNK = 65_536
_LONGEST_ANSWER = 4_096


class ScannerDownError(Exception):
    """The scanner did not give an answer that can be relied on."""


class Scanner(Protocol):
    """Looks for known malware in a file."""

    async def scan(self, path: Path) -> str | None:
        """The name of what was found, or None for nothing; raises `ScannerDownError`."""


class Clamd:
    """clamd behind a Unix socket («/run/clamav/clamd.ctl») or an address («127.0.0.1:3310»).

    The file is streamed, so the scanner needs no right to read our folders. `seconds` bounds one
    whole conversation; clamd itself gives up on a large archive after two minutes.
    """

    def __init__(self, address: str, seconds: float = 60.0) -> None:
        self._address = address
        self._seconds = seconds

    async def scan(self, path: Path) -> str | None:
        """The name of what was found, or None for nothing; raises `ScannerDownError`."""
        answer = await self._ask(b"zINSTREAM\0", path)
        if answer == "stream: OK":
            return None
        if answer.startswith("stream: ") and answer.endswith(" FOUND"):
            return answer.removeprefix("stream: ").removesuffix(" FOUND")
        raise ScannerDownError(answer)

    async def ping(self) -> None:
        """Raise `ScannerDownError` unless clamd is there and answers."""
        answer = await self._ask(b"zPING\0", None)
        if answer != "PONG":
            raise ScannerDownError(answer)

    async def _ask(self, command: bytes, path: Path | None) -> str:
        try:
            async with asyncio.timeout(self._seconds), self._connection() as (reader, writer):
                writer.write(command)
                if path is not None:
                    await _stream(path, writer)
                await writer.drain()
                answer = await reader.readuntil(b"\0")
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            raise ScannerDownError(type(error).__name__) from error
        return answer.rstrip(b"\0\n").decode("utf-8", "replace")

    @contextlib.asynccontextmanager
    async def _connection(self) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        reader, writer = await self._connect()
        try:
            yield reader, writer
        finally:
            writer.transport.abort()  # whatever was not sent yet is of no use to anybody
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        host, colon, port = self._address.rpartition(":")
        if colon and port.isdigit() and "/" not in self._address:
            return await asyncio.open_connection(host.strip("[]"), int(port), limit=_LONGEST_ANSWER)
        return await asyncio.open_unix_connection(self._address, limit=_LONGEST_ANSWER)


async def _stream(path: Path, writer: asyncio.StreamWriter) -> None:
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            writer.write(struct.pack(">L", len(piece)) + piece)
            await writer.drain()
    writer.write(struct.pack(">L", 0))

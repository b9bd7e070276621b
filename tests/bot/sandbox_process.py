"""A sandbox as a newcomer starts it: a process of its own with a port."""

import asyncio
import re
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: Below what systems hand out to whoever asks for any port.
SOME_PORT = 18800


class Opened:
    """A process that has printed its address."""

    def __init__(self, process: asyncio.subprocess.Process, said: str, seconds: float) -> None:
        self._process = process
        self.said = said
        self.seconds_to_open = seconds
        self.seconds_to_close = 0.0
        self.complaints = ""
        self.code: int | None = None

    @property
    def address(self) -> str:
        """Where the page is, as printed."""
        found = re.search(r"http://127\.0\.0\.1:\d+/", self.said)
        assert found, self.said
        return found[0]

    async def close(self) -> None:
        """Ctrl-C."""
        began = time.monotonic()
        self._process.send_signal(signal.SIGINT)
        out, err = await self._process.communicate()
        self.seconds_to_close = time.monotonic() - began
        self.said += out.decode()
        self.complaints = err.decode()
        self.code = self._process.returncode


@asynccontextmanager
async def opened(folder: Path, port: int = SOME_PORT) -> AsyncIterator[Opened]:
    """`python -m bot sandbox`, once its page can be opened."""
    began = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "sandbox", "--no-browser"),
        *("--port", str(port), "--folder", str(folder)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        said = ""
        async with asyncio.timeout(30):
            while "Ctrl+C" not in said:
                line = (await process.stdout.readline()).decode()
                assert line, (await process.communicate())[1].decode()
                said += line
        yield Opened(process, said, time.monotonic() - began)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()

"""A bot in a process of its own, and what it costs. Reads /proc, so Linux only."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Process:
    """A process that runs."""

    pid: int

    def cpu(self) -> float:
        """Seconds of processor time used so far, by all its threads."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def peak_mb(self) -> float:
        """The most memory it ever held (RSS), in MB of 2²⁰ bytes."""
        return self._status("VmHWM") / 1024

    def now_mb(self) -> float:
        """The memory it holds now (RSS), in MB of 2²⁰ bytes."""
        return self._status("VmRSS") / 1024

    def _status(self, name: str) -> int:
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1])
        raise LookupError(name)


@contextmanager
def running(*words: str, cwd: Path | None = None, env: dict[str, str] | None = None) -> Iterator[Process]:
    """`python` with these words, for the length of the block; then it is asked to stop, and must."""
    process = subprocess.Popen(
        [sys.executable, *words], cwd=cwd, env={**os.environ, **(env or {})}, stdout=subprocess.DEVNULL
    )
    try:
        yield Process(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        code = process.wait(30)
    if code != 0:
        raise RuntimeError(f"{' '.join(words)} ended with {code}")

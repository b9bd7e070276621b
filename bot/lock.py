"""One process at a time on a data folder, held by the operating system until we die."""

import os
from pathlib import Path
from typing import IO

from bot.trouble import TroubleError
from core.texts import running as texts


class HeldLock:
    """An exclusive lock on a file beside the database; the kernel lets go of it at process death."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def take(self) -> None:
        """Take the lock. Raises `TroubleError` when another process has it."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("ab")
        try:
            _lock(file)
        except OSError as error:
            file.close()
            raise TroubleError(texts.ALREADY_RUNNING) from error
        self._file = file

    def release(self) -> None:
        """Let go."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _lock(file: IO[bytes]) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]  # Windows only
        return
    import fcntl

    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

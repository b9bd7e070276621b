"""The folder a sandbox plays in: its own, marked as such, made anew at each start, and nobody else's."""

import shutil
from pathlib import Path

from bot.lock import HeldLock
from bot.trouble import Outcome, TroubleError
from core.texts import sandbox as texts

_MARK = "SANDBOX"
_LOCK = "sandbox.lock"


class Ground:
    """A folder of made-up data, held for one process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = HeldLock(folder / _LOCK)

    def take(self) -> None:
        """Hold the folder. Raises `TroubleError` for one that holds other data, or is held already."""
        if self.folder.exists() and not self._ours():
            raise TroubleError(texts.not_a_sandbox(str(self.folder)), Outcome.USAGE)
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / _MARK).touch()
        try:
            self._lock.take()
        except TroubleError as error:
            raise TroubleError(texts.ALREADY_OPEN) from error

    def fresh(self, name: str = "house") -> Path:
        """An empty folder on this ground; what lay there before is gone."""
        folder = self.folder / name
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(mode=0o700)
        return folder

    def let_go(self) -> None:
        """Leave the folder to the next."""
        self._lock.release()

    @property
    def log(self) -> Path:
        """Where the log lies; it outlives a reset."""
        return self.folder / "sandbox.log"

    def _ours(self) -> bool:
        return self.folder.is_dir() and (
            (self.folder / _MARK).is_file() or next(self.folder.iterdir(), None) is None
        )

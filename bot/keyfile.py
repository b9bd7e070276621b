"""The keys of an installation: random bytes in a file of their own, made on the first start."""

import os
import secrets
from pathlib import Path

from bot.trouble import TroubleError
from core.texts import running as texts

_BYTES = 32


def journal_key(data_dir: Path) -> bytes:
    """What the journal's digests are made with. Raises `TroubleError` for a file that is not a key.

    Entries under another key could not be verified.
    """
    return _key(data_dir / "journal.key", texts.journal_key_damaged("journal.key"))


def links_key(data_dir: Path) -> bytes:
    """What addresses of pages and the webhooks' secrets are made with. Raises as `journal_key`."""
    return _key(data_dir / "links.key", texts.links_key_damaged("links.key"))


def _key(path: Path, damaged: str) -> bytes:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".part")
        fresh.touch(mode=0o600)
        with fresh.open("wb") as file:
            file.write(secrets.token_bytes(_BYTES))
            file.flush()
            os.fsync(file.fileno())
        fresh.rename(path)
    key = path.read_bytes()
    if len(key) != _BYTES:
        raise TroubleError(damaged)
    return key

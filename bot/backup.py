"""One file that holds an installation: its database, its evidence and its settings without secrets.

The copy of the database is proven sound before it is packed, the file appears under its name only
when it is complete, and old backups are deleted only after that.
"""

import asyncio
import contextlib
import hashlib
import json
import os
import re
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Self

from bot.config import Settings
from bot.logs import Redactor
from bot.misconfiguration import line_of
from bot.trouble import TroubleError
from core.texts import backup as texts
from db import snapshots
from db.engine import sqlite_file
from db.transaction import Transactions

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database/bot.db"
CONFIG = "config.toml"
FILES = "files/"
JOURNAL = "journal"
CHUNK = 1024 * 1024

LEFT_OUT = frozenset({"backups", "demo", "logs", "quarantine", "sandbox", "secrets", "tmp"})
"""Folders of the data folder that a backup does not hold."""

ASIDE = "before-restore-"
"""What a restore set aside begins with this; it is in no backup."""

_NAME = re.compile(r"^backup-\d{8}-\d{6}(-\d+)?\.zip$")
_SECRET_KEYS = (("telegram", "token"), ("telegram", "proxy"), ("database", "url"))


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside a backup."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Journal:
    """The chain of the journal as it was found in the copy; `broken_at` is the entry that does not hold."""

    entries: int = 0
    head: str = ""
    broken_at: int | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says it holds."""

    created_at: str
    """Moment of the database copy, ISO 8601 with offset."""
    revision: str
    """Schema revision of the database."""
    rows: dict[str, int]
    journal: Journal
    members: tuple[Member, ...]
    format: int = FORMAT

    @property
    def made_at(self) -> datetime:
        """When the copy of the database was made."""
        return datetime.fromisoformat(self.created_at)

    @property
    def total_rows(self) -> int:
        """Rows of all tables."""
        return sum(self.rows.values())

    @property
    def files(self) -> int:
        """Files beside the database."""
        return sum(member.name.startswith(FILES) for member in self.members)

    def to_json(self) -> str:
        """As stored in the backup."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: bytes) -> Self:
        """Read back, or `ValueError`, `KeyError` or `TypeError` when it is not one of ours."""
        told = json.loads(text)
        members = tuple(Member(str(m["name"]), int(m["size"]), str(m["sha256"])) for m in told["members"])
        rows = {str(table): int(count) for table, count in told["rows"].items()}
        chain = told["journal"]
        broken_at = None if chain["broken_at"] is None else int(chain["broken_at"])
        journal = Journal(int(chain["entries"]), str(chain["head"]), broken_at)
        made_at = datetime.fromisoformat(str(told["created_at"])).isoformat()
        return cls(made_at, str(told["revision"]), rows, journal, members, int(told["format"]))


@dataclass(frozen=True, slots=True)
class Made:
    """A finished backup."""

    path: Path
    size: int
    manifest: Manifest
    removed: tuple[Path, ...] = field(default=())
    """Older backups that were deleted."""


def make(settings: Settings, now: datetime, config: Path | None = None) -> Made:
    """Back up the installation; takes seconds to minutes, so call it outside the event loop.

    Raises `TroubleError` when there is nothing to back up, when the database is damaged (older
    backups then stay) and when the disk refuses.
    """
    database = database_of(settings)
    if not database.exists():
        raise TroubleError(texts.no_database(str(database)))
    folder = settings.backup_folder
    target = folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target = _free_name(folder, now.astimezone(settings.organisation.zone))
        with tempfile.TemporaryDirectory(prefix=".making-", dir=folder) as making:
            copied = Path(making) / "bot.db"
            contents = _proven_copy(database, copied)
            journal = _journal(copied, contents, settings)
            packed = Path(making) / target.name
            manifest = _pack(packed, copied, (contents, journal), settings, now, config)
            packed.replace(target)
        sync_folder(folder)
    except OSError as error:
        raise TroubleError(texts.cannot_write(str(target), reason(error))) from error
    # Backups from before somebody changed the journal are evidence: they stay.
    removed = _prune(folder, target, settings.backup.keep) if journal.broken_at is None else ()
    return Made(target, target.stat().st_size, manifest, removed)


async def make_nightly(settings: Settings, now: datetime, config: Path | None) -> str:
    """Back up beside the running house; answers with what went wrong, in words, or nothing."""
    try:
        made = await asyncio.to_thread(make, settings, now, config)
    except TroubleError as trouble:
        return str(trouble)
    broken_at = made.manifest.journal.broken_at
    return "" if broken_at is None else texts.journal_broken(broken_at)


def backups_in(folder: Path) -> list[Path]:
    """Every backup in a folder, oldest first: their names begin with their moment."""
    found = (path for path in folder.glob("backup-*.zip") if _NAME.match(path.name))
    return sorted(found, key=lambda path: path.stem)


def newest_manifest(folder: Path) -> Manifest | None:
    """What the newest readable backup says it holds."""
    for path in reversed(backups_in(folder)):
        unreadable = contextlib.suppress(OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError)
        with unreadable, zipfile.ZipFile(path) as archive:
            return Manifest.from_json(archive.read(MANIFEST))
    return None


def database_of(settings: Settings) -> Path:
    """The SQLite file of the installation; `TroubleError` when it uses another database."""
    path = sqlite_file(settings.database_url)
    if path is None:
        raise TroubleError(texts.NOT_SQLITE)
    return path


def of_database(database: Path) -> frozenset[Path]:
    """The file and what SQLite may keep beside it."""
    return frozenset(database.with_name(database.name + end) for end in ("", "-wal", "-shm", "-journal"))


def reason(error: OSError) -> str:
    """The system's short reason, without paths."""
    return error.strerror or str(error)


def sync_folder(folder: Path) -> None:
    """Make a rename survive a power cut; Windows has no such call and needs none."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _free_name(folder: Path, now: datetime) -> Path:
    stem = f"backup-{now:%Y%m%d-%H%M%S}"
    path, tries = folder / f"{stem}.zip", 1
    while path.exists():
        tries += 1
        path = folder / f"{stem}-{tries}.zip"
    return path


def _proven_copy(database: Path, copied: Path) -> snapshots.Contents:
    try:
        snapshots.copy(database, copied)
        with copied.open("r+b") as file:
            os.fsync(file.fileno())
        return snapshots.examine(copied)
    except snapshots.DamagedError as error:
        raise TroubleError(texts.damaged_database(str(database), str(error))) from error


def _journal(copied: Path, contents: snapshots.Contents, settings: Settings) -> Journal:
    """Check the chain of the journal in the copy, if it has one."""
    from bot.keyfile import journal_key
    from services.journal import verify

    async def check() -> Journal:
        engine = snapshots.reading_engine(copied)
        try:
            transactions = Transactions.over(engine, journal_key=journal_key(settings.data.dir))
            async with transactions() as session:
                found = await verify(session)
        finally:
            await engine.dispose()
        return Journal(found.entries, found.head, found.broken_at)

    return asyncio.run(check()) if JOURNAL in contents.rows else Journal()


def _pack(
    packed: Path,
    copied: Path,
    proven: tuple[snapshots.Contents, Journal],
    settings: Settings,
    now: datetime,
    config: Path | None,
) -> Manifest:
    """Write the members, then the manifest that vouches for them, and wait for the disk."""
    packed.touch(mode=0o600)
    with packed.open("r+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            members = [_add(archive, DATABASE, copied, now)]
            members += [
                _add(archive, FILES + path.relative_to(settings.data.dir).as_posix(), path, now)
                for path in _files(settings)
            ]
            told = _config_without_secrets(config, settings)
            if told is not None:
                members.append(_add_bytes(archive, CONFIG, told.encode(), now))
            contents, journal = proven
            manifest = Manifest(now.isoformat(), contents.revision, contents.rows, journal, tuple(members))
            _add_bytes(archive, MANIFEST, manifest.to_json().encode(), now)
        file.flush()
        os.fsync(file.fileno())
    return manifest


def _files(settings: Settings) -> Iterator[Path]:
    """What lies in the data folder beside the database and is worth keeping."""
    beside = of_database(database_of(settings))
    for path in sorted(settings.data.dir.rglob("*")):
        inside = path.relative_to(settings.data.dir).parts
        if (
            inside[0] in LEFT_OUT
            or inside[0].startswith(ASIDE)
            or any(part.startswith(".") for part in inside)
            or path.is_relative_to(settings.backup_folder)
            or path in beside
            or path.suffix in {".lock", ".part"}
            or path.is_symlink()
            or not path.is_file()
        ):
            continue
        yield path


def _add(archive: zipfile.ZipFile, name: str, path: Path, now: datetime) -> Member:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source, _member(archive, name, now) as target:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            size += target.write(chunk)
    return Member(name, size, digest.hexdigest())


def _add_bytes(archive: zipfile.ZipFile, name: str, content: bytes, now: datetime) -> Member:
    with _member(archive, name, now) as target:
        target.write(content)
    return Member(name, len(content), hashlib.sha256(content).hexdigest())


def _member(archive: zipfile.ZipFile, name: str, now: datetime) -> BinaryIO:
    info = zipfile.ZipInfo(name, now.timetuple()[:6])
    info.external_attr = 0o600 << 16
    return archive.open(info, "w", force_zip64=True)  # type: ignore[return-value]  # writes bytes, as promised


def _config_without_secrets(config: Path | None, settings: Settings) -> str | None:
    """The configuration file with its secrets emptied, comments included."""
    if config is None or not config.exists():
        return None
    text = config.read_text(encoding="utf-8-sig")
    lines = text.split("\n")
    for key in _SECRET_KEYS:
        number = line_of(text, key)
        if number is not None and lines[number - 1].split("=")[0].strip().endswith(key[-1]):
            lines[number - 1] = f'{key[-1]} = ""'
    return Redactor(settings.secrets())("\n".join(lines))


def _prune(folder: Path, newest: Path, keep: int) -> tuple[Path, ...]:
    """Delete all but the newest `keep` backups; never the one just made, never another file."""
    ours = [path for path in backups_in(folder) if path != newest]
    surplus = ours[: max(0, len(ours) + 1 - keep)]
    removed = []
    for path in surplus:
        try:
            path.unlink()
        except OSError:
            # An old backup that cannot be deleted now is deleted next time; the new one is safe.
            continue
        removed.append(path)
    return tuple(removed)

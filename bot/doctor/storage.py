"""Examines what is kept: settings, secrets, data folder, database, backups."""

import asyncio
import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from bot.backup import backups_in
from bot.config import ConfigError, Settings
from bot.doctor.check import Check, bad, doubtful, good
from core.texts import doctor as texts
from db import snapshots
from db.engine import make_engine, sqlite_file
from db.schema import SchemaState, revisions, state

LITTLE_ROOM = 2 * 1024**3
"""Bytes free below which new evidence is refused (reliability 7)."""

NO_ROOM = 500 * 1024**2
"""Bytes free below which announcements and exports stop (reliability 7)."""

OLDEST_SQLITE = (3, 35, 0)
"""The first with RETURNING."""

STALE = timedelta(hours=26)
"""A nightly backup that is older has been missed."""

_REMOTE = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "ceph"})
_MOUNTS = Path("/proc/self/mounts")


def config_errors(error: ConfigError) -> Iterator[Check]:
    """Each wrong setting on its own line."""
    for finding in error.findings:
        yield bad("config", str(finding).rstrip("."), texts.FIX_CONFIG)


def config(path: Path | None, program: str) -> Check:
    """The settings were read; say from where."""
    if path is None:
        return doubtful("config", texts.CONFIG_DEFAULTS, f"{program} init")
    return good("config", texts.config_found(str(path)))


def secrets(settings: Settings, path: Path | None) -> Check:
    """Files that hold secrets can be read by their owner only (Windows keeps this elsewhere)."""
    holders = [settings.telegram.token_file, settings.zalo.token_file]
    if settings.telegram.token_file is None and settings.secrets():
        holders.append(path)
    open_ones = [str(file) for file in holders if file is not None and _read_by_others(file)]
    if open_ones and os.name == "posix":
        names = ", ".join(open_ones)
        return doubtful("secrets", texts.readable_by_others(names), f"chmod 600 {' '.join(open_ones)}")
    return good("secrets", texts.SECRETS_CLOSED)


def data_folder(settings: Settings) -> Check:
    """Something can be written, on a disk of this machine, and there is room."""
    folder = settings.data.dir
    nearest = next(above for above in (folder, *folder.parents) if above.exists())
    kind = _file_system(nearest)
    try:
        if not folder.exists() and os.access(nearest, os.W_OK) and nearest.is_dir():
            return good("data", texts.data_to_make(str(folder)))
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
        free = shutil.disk_usage(folder).free
    except OSError as error:
        told = texts.data_refused(str(folder), error.strerror or type(error).__name__)
        return bad("data", told, texts.CHOOSE_DATA)
    if free < NO_ROOM:
        return bad("data", texts.disk_full(free), texts.FREE_DISK)
    if free < LITTLE_ROOM:
        return doubtful("data", texts.disk_low(free), texts.FREE_DISK)
    if kind in _REMOTE:
        return doubtful("data", texts.data_remote(str(folder), kind), texts.CHOOSE_LOCAL)
    return good("data", texts.data_found(str(folder), free))


def sqlite(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> Check:
    """The SQLite inside Python knows what we ask of it."""
    told = ".".join(map(str, version))
    if version < OLDEST_SQLITE:
        return bad("sqlite", texts.sqlite_old(told, ".".join(map(str, OLDEST_SQLITE))), texts.INSTALL_PYTHON)
    return good("sqlite", texts.sqlite_found(told))


def database(settings: Settings, program: str, *, quick: bool) -> Check:
    """The database opens, is whole, and has the schema this program expects. Creates nothing."""
    file = sqlite_file(settings.database_url)
    if file is not None and not file.exists():
        return doubtful("database", texts.NO_DATABASE, f"{program} migrate")
    try:
        found = schema_state(settings)
        if file is not None and not quick:
            snapshots.glance(file)
    except Exception as error:  # noqa: BLE001 — each driver has its own, and any of them is the answer
        reason = str(error) if isinstance(error, snapshots.DamagedError) else type(error).__name__
        if file is None:
            told = texts.database_unreachable("PostgreSQL", reason)
            return bad("database", told, texts.CHECK_SERVER)
        return bad("database", texts.database_damaged(reason), _restore_latest(settings, program))
    return _schema(found, "SQLite" if file is not None else "PostgreSQL", f"{program} migrate")


def _schema(found: SchemaState, kind: str, migrate: str) -> Check:
    if found is SchemaState.HEAD:
        return good("database", texts.database_found(kind, revisions()[-1]))
    return {
        SchemaState.EMPTY: doubtful("database", texts.DATABASE_EMPTY, migrate),
        SchemaState.BEHIND: bad("database", texts.DATABASE_BEHIND, migrate),
        SchemaState.NEWER: bad("database", texts.DATABASE_NEWER, texts.INSTALL_NEWER),
        SchemaState.FOREIGN: bad("database", texts.DATABASE_FOREIGN, texts.CHOOSE_DATABASE),
    }[found]


def backups(settings: Settings, now: datetime, program: str) -> Check | None:
    """The newest backup is not older than a night; nothing to say before there is a database."""
    file = sqlite_file(settings.database_url)
    if file is None:
        return good("backup", texts.BACKUP_BY_OTHERS)
    if not file.exists():
        return None
    found = backups_in(settings.backup_folder)
    if not found:
        return doubtful("backup", texts.NO_BACKUP, f"{program} backup")
    newest = datetime.fromtimestamp(found[-1].stat().st_mtime, settings.organisation.zone)
    when = f"{newest:%d/%m/%Y %H:%M}"
    if now - newest > STALE:
        return doubtful("backup", texts.backup_old(when), f"{program} backup")
    return good("backup", texts.backup_found(when))


def schema_state(settings: Settings) -> SchemaState:
    """Where the database stands; one that is not there yet is not made by asking."""
    file = sqlite_file(settings.database_url)
    if file is not None and not file.exists():
        return SchemaState.EMPTY
    return asyncio.run(_state(settings.database_url))


async def _state(url: str) -> SchemaState:
    engine = make_engine(url, read_only=True)
    try:
        return await state(engine)
    finally:
        await engine.dispose()


def _restore_latest(settings: Settings, program: str) -> str:
    found = backups_in(settings.backup_folder)
    newest = found[-1] if found else settings.backup_folder
    return texts.restore_latest(f"{program} restore {newest} --force")


def _read_by_others(path: Path) -> bool:
    return path.exists() and bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def _file_system(path: Path) -> str:
    """What kind of file system holds a path; empty where Linux does not say."""
    if not _MOUNTS.exists():
        return ""
    found = [line.split()[1:3] for line in _MOUNTS.read_text(encoding="utf-8").splitlines()]
    holding = [(point, kind) for point, kind in found if path.is_relative_to(point)]
    return max(holding, key=lambda one: len(one[0]), default=("", ""))[1]

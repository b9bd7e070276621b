"""Reads a backup back: proves it whole, then puts it in the place of what is there.

A backup may come from anywhere, so nothing it says about names, sizes or contents is believed. What
was there before is set aside, never deleted.
"""

import hashlib
import os
import shutil
import stat
import tempfile
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from bot.backup import (
    ASIDE,
    CHUNK,
    CONFIG,
    DATABASE,
    FILES,
    FORMAT,
    LEFT_OUT,
    MANIFEST,
    Manifest,
    Member,
    database_of,
    of_database,
    reason,
    sync_folder,
)
from bot.config import Settings
from bot.trouble import TroubleError
from core.texts import backup as texts
from db import snapshots

MANIFEST_BYTES = 64 * 1024 * 1024
"""A manifest of some 400,000 files; a larger one is not ours."""

_FORBIDDEN = set('\\:*?"<>|') | {chr(code) for code in range(32)}


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did."""

    manifest: Manifest
    aside: Path | None
    """Where the former data lies now; None when there was none."""


def verify(path: Path) -> Manifest:
    """Read the whole backup and prove every file and the database; `TroubleError` when it fails."""
    with tempfile.TemporaryDirectory(prefix="thidua-verify-") as folder:
        return _unpacked(path, Path(folder), only_database=True)


def restore(path: Path, settings: Settings, now: datetime, *, force: bool = False) -> Restored:
    """Put the backup in the place of the installation's data, which must not be running.

    Without `force` a data folder with something in it is refused. The settings file is not touched.
    """
    data = settings.data.dir
    former = _former(settings)
    if former and not force:
        raise TroubleError(texts.not_empty(str(data)))
    aside: Path | None = None
    try:
        data.mkdir(parents=True, exist_ok=True)
        # Beside its destination, so that the exchange is nothing but renames.
        with tempfile.TemporaryDirectory(prefix=".restoring-", dir=data) as folder:
            unpacked = Path(folder)
            manifest = _unpacked(path, unpacked, only_database=False)
            _require_apart(manifest, settings, path)
            aside = _set_aside(former, data, now.astimezone(settings.organisation.zone)) if former else None
            database = database_of(settings)
            database.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(unpacked / DATABASE, database)
            for entry in sorted((unpacked / FILES).glob("*")):
                entry.replace(data / entry.name)
        sync_folder(data)
    except OSError as error:
        told = texts.cannot_write(str(data), reason(error))
        raise TroubleError(told if aside is None else f"{told} {texts.set_aside(str(aside))}") from error
    return Restored(manifest, aside)


def _former(settings: Settings) -> list[Path]:
    """What a restore would replace: everything a backup would have held."""
    data, database = settings.data.dir, database_of(settings)
    found = {
        entry
        for entry in (data.iterdir() if data.is_dir() else ())
        if entry.name not in LEFT_OUT
        and not entry.name.startswith((ASIDE, "."))
        and entry.suffix != ".lock"
        and entry != settings.backup_folder
    }
    found |= {beside for beside in of_database(database) if beside.exists()}
    return sorted(found)


def _require_apart(manifest: Manifest, settings: Settings, path: Path) -> None:
    """No file may land on the database, nor beside it as its write-ahead log."""
    data = settings.data.dir
    taken = {str(beside).casefold() for beside in of_database(database_of(settings))}
    for member in manifest.members:
        landing = data / member.name.removeprefix(FILES)
        if member.name.startswith(FILES) and str(landing).casefold() in taken:
            raise TroubleError(texts.not_a_backup(str(path), texts.bad_name(member.name)))


def _set_aside(former: list[Path], data: Path, now: datetime) -> Path:
    aside = data / f"{ASIDE}{now:%Y%m%d-%H%M%S}"
    aside.mkdir()
    for entry in former:
        shutil.move(entry, aside / entry.name)
    return aside


def _unpacked(path: Path, folder: Path, *, only_database: bool) -> Manifest:
    """Check every member against the manifest, keeping what is asked for under `folder`."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(archive, path)
            _require_listed(archive, manifest, path)
            _require_room(manifest, folder, only_database=only_database)
            for member in manifest.members:
                keep = member.name == DATABASE or not only_database
                _take(archive, member, folder / member.name if keep else None, path)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise TroubleError(texts.damaged(str(path), texts.BAD_END)) from error
    except FileNotFoundError as error:
        raise TroubleError(texts.cannot_read(str(path))) from error
    _require_sound(folder / DATABASE, manifest, path)
    return manifest


def _manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    try:
        info = archive.getinfo(MANIFEST)
    except KeyError as error:
        raise TroubleError(texts.not_a_backup(str(path), texts.NO_MANIFEST)) from error
    if info.compress_type != zipfile.ZIP_STORED or info.file_size > MANIFEST_BYTES:
        raise TroubleError(texts.not_a_backup(str(path), texts.BAD_MANIFEST))
    try:
        manifest = Manifest.from_json(archive.read(info))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise TroubleError(texts.not_a_backup(str(path), texts.BAD_MANIFEST)) from error
    if manifest.format > FORMAT:
        raise TroubleError(texts.not_a_backup(str(path), texts.newer_format(manifest.format, FORMAT)))
    return manifest


def _require_listed(archive: zipfile.ZipFile, manifest: Manifest, path: Path) -> None:
    """The archive holds exactly what the manifest lists, each once, under names that stay inside."""
    listed = [member.name for member in manifest.members]
    there: set[str] = set()
    for info in archive.infolist():
        problem = None
        if not _is_safe(info):
            problem = texts.bad_name(info.filename)
        elif info.filename.casefold() in there:
            problem = texts.twice(info.filename)
        elif info.filename != MANIFEST and info.filename not in listed:
            problem = texts.unexpected(info.filename)
        if problem is not None:
            raise TroubleError(texts.not_a_backup(str(path), problem))
        there.add(info.filename.casefold())
    for name in [DATABASE, *listed]:
        if name.casefold() not in there:
            raise TroubleError(texts.damaged(str(path), texts.missing(name)))
    if len(set(listed)) != len(listed) or _overlaps(archive, path):
        raise TroubleError(texts.not_a_backup(str(path), texts.BAD_MANIFEST))


def _overlaps(archive: zipfile.ZipFile, path: Path) -> bool:
    """Stored members cannot be larger together than the file, unless they share bytes."""
    return sum(info.file_size for info in archive.infolist()) > path.stat().st_size


def _is_safe(info: zipfile.ZipInfo) -> bool:
    """A plain stored file under a relative name of ours, on every operating system."""
    name = info.filename
    parts = PurePosixPath(name).parts
    return (
        (name in {MANIFEST, DATABASE, CONFIG} or name.startswith(FILES))
        and "/".join(parts) == name
        and not any(part == ".." or part.endswith((".", " ")) or _FORBIDDEN & set(part) for part in parts)
        and (name in {MANIFEST, DATABASE, CONFIG} or parts[1].casefold() not in LEFT_OUT)
        and stat.S_IFMT(info.external_attr >> 16) in {0, stat.S_IFREG}
        and info.compress_type == zipfile.ZIP_STORED
        and info.file_size == info.compress_size
        and not info.flag_bits & 1
    )


def _require_room(manifest: Manifest, folder: Path, *, only_database: bool) -> None:
    needed = sum(member.size for member in manifest.members if member.name == DATABASE or not only_database)
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise TroubleError(texts.no_room(needed, free))


def _take(archive: zipfile.ZipFile, member: Member, target: Path | None, path: Path) -> None:
    """Read one member to its end, no further than it promised, and compare its hash."""
    digest, size = hashlib.sha256(), 0
    if target is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch(mode=0o600)
    out = target.open("wb") if target is not None else None
    try:
        with archive.open(member.name) as source:
            while (chunk := source.read(CHUNK)) and size <= member.size:
                digest.update(chunk)
                size += len(chunk)
                if out is not None:
                    out.write(chunk)
        if out is not None:
            out.flush()
            os.fsync(out.fileno())
    finally:
        if out is not None:
            out.close()
    if size != member.size or digest.hexdigest() != member.sha256:
        raise TroubleError(texts.damaged(str(path), texts.changed(member.name)))


def _require_sound(database: Path, manifest: Manifest, path: Path) -> None:
    try:
        contents = snapshots.examine(database)
    except snapshots.DamagedError as error:
        raise TroubleError(texts.damaged(str(path), texts.bad_database(str(error)))) from error
    if contents.rows != manifest.rows or contents.revision != manifest.revision:
        raise TroubleError(texts.damaged(str(path), texts.ROWS_DIFFER))

"""The ZIP container of an Office document: opened only if it is exactly what it says it is."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

from bot.inspection.checked import Refused
from core.evidence import FileLimits, RefusedFile

_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_LOCAL_MAGIC = b"PK\x03\x04"
_CENTRAL_MAGIC = b"PK\x01\x02"
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED_FLAG = 0x1
_SMALL = 10 * 1024 * 1024  # bytes; a part this small may be as repetitive as it likes
_CHUNK = 65_536


def open_archive(data: bytes, limits: FileLimits) -> zipfile.ZipFile:
    """The archive, its directory checked against its contents; raises `Refused`.

    The directory is believed only as far as reading the parts bears it out, see `unpack`.
    """
    if data.count(_CENTRAL_MAGIC) > 2 * limits.max_members:
        raise Refused(RefusedFile.TOO_MANY_MEMBERS)  # before a directory of that length is built
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise Refused(RefusedFile.DAMAGED) from None
    members = archive.infolist()
    if len(members) > limits.max_members:
        raise Refused(RefusedFile.TOO_MANY_MEMBERS, members=len(members))
    for member in members:
        _ensure_plain(member)
    if len({member.filename.lower() for member in members}) < len(members):
        raise Refused(RefusedFile.ARCHIVE_STRUCTURE)
    _ensure_apart(data, members, archive.start_dir)
    _ensure_bounded(members, limits)
    return archive


def unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The contents in pieces; raises `Refused` if they are not what the directory announced.

    The library never yields more than was announced, and checks length and checksum at the end.
    """
    try:
        with archive.open(member) as stream:
            while piece := stream.read(_CHUNK):
                yield piece
    except (zipfile.BadZipFile, EOFError, zlib.error):
        raise Refused(RefusedFile.DAMAGED) from None


def _ensure_plain(member: zipfile.ZipInfo) -> None:
    """No password, no odd packing, no name that leads out of the archive, no link."""
    if member.flag_bits & _ENCRYPTED_FLAG:
        raise Refused(RefusedFile.ENCRYPTED)
    name = member.orig_filename
    steps = name.rstrip("/").split("/")
    if (
        member.compress_type not in _METHODS
        or stat.S_ISLNK(member.external_attr >> 16)
        or "\\" in name
        or ":" in name
        or not name.isprintable()
        or any(step in {"", ".", ".."} for step in steps)
    ):
        raise Refused(RefusedFile.ARCHIVE_STRUCTURE)


def _ensure_bounded(members: list[zipfile.ZipInfo], limits: FileLimits) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if unpacked > limits.max_unpacked or unpacked > limits.max_ratio * max(packed, 1):
        raise Refused(RefusedFile.BOMB, unpacked=unpacked)
    for member in members:
        if member.file_size > _SMALL and member.file_size > limits.max_ratio * max(member.compress_size, 1):
            raise Refused(RefusedFile.BOMB, unpacked=unpacked)


def _ensure_apart(data: bytes, members: list[zipfile.ZipInfo], end: int) -> None:
    """Every part begins where the directory says, under the same name, and no two share a byte."""
    reached = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        start = member.header_offset
        if start < reached or start + _LOCAL_HEADER.size > end:
            raise Refused(RefusedFile.ARCHIVE_STRUCTURE)
        magic, _, flags, method, *_, name_length, extra_length = _LOCAL_HEADER.unpack_from(data, start)
        name_start = start + _LOCAL_HEADER.size
        name = data[name_start : name_start + name_length]
        if (
            magic != _LOCAL_MAGIC
            or flags & _ENCRYPTED_FLAG
            or method != member.compress_type
            or name != _stored_name(member)
        ):
            raise Refused(RefusedFile.ARCHIVE_STRUCTURE)
        reached = name_start + name_length + extra_length + member.compress_size
    if reached > end:
        raise Refused(RefusedFile.ARCHIVE_STRUCTURE)


def _stored_name(member: zipfile.ZipInfo) -> bytes:
    utf8 = 0x800
    return member.orig_filename.encode("utf-8" if member.flag_bits & utf8 else "cp437")

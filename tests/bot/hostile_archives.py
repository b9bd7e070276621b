"""Office documents whose container is the weapon: bombs, overlaps, lying headers, odd names."""

import hashlib
import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable

from core.evidence import RefusedFile
from tests.bot.office_files import Parts, packed, word_parts

MB = 1024 * 1024
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")


def zeros(size: int) -> Parts:
    return word_parts() | {"word/media/image1.bmp": bytes(size)}


def flat_bomb() -> bytes:
    """One part of 64 MB of nothing in 64 KB."""
    return packed(zeros(64 * MB))


def wide_bomb() -> bytes:
    """Many parts, each of them modest, that unpack to more than 200 MB together."""
    out = io.BytesIO(packed(word_parts()))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(26):
            archive.writestr(f"word/media/image{number}.bmp", bytes(8 * MB))
    return out.getvalue()


def big_enough() -> bytes:
    """Little compressed but beyond what may be unpacked, as its directory says."""
    return declared_size(packed(word_parts() | {"word/media/a.bmp": bytes(1000)}), 201 * MB)


def crowd(members: int) -> bytes:
    return packed(word_parts() | {f"word/media/i{number}.png": b"\x89PNG" for number in range(members)})


def directory_flood() -> bytes:
    """A megabyte of directory entries that all point at one part."""
    return _archive([(b"a", b"x", 0)], entries=[(b"n%d" % number, 0) for number in range(20_000)])


def overlapping() -> bytes:
    """Three names for the same bytes."""
    kernel = hashlib.shake_256(b"kernel").digest(MB)  # does not compress
    return _archive([(b"a", kernel, 0)], entries=[(b"a", 0), (b"b", 0), (b"c", 0)])


def quoted() -> bytes:
    """Each part quotes the header of the next in a stored block, so that all share one kernel."""
    data = bytes(MB)
    inside = _deflated(data)
    body = b""
    entries: list[tuple[bytes, bytes, int, int, int]] = []
    for number in range(5):
        name = b"q%d" % number
        header = _header(name, inside, len(data), zlib.crc32(data))
        quote = struct.pack("<BHH", 0, len(header), 0xFFFF ^ len(header))
        body = header + inside
        shift = len(header) + len(quote)
        entries = [(name, inside, len(data), zlib.crc32(data), 0), *_shifted(entries, shift)]
        inside = quote + body
        data = header + data
    return _closed(body, entries)


def _shifted(
    entries: list[tuple[bytes, bytes, int, int, int]], by: int
) -> list[tuple[bytes, bytes, int, int, int]]:
    return [(*entry[:4], entry[4] + by) for entry in entries]


def nested() -> bytes:
    inner = packed({"a.txt": b"a"})
    return packed(word_parts() | {"word/media/image1.png": inner})


def nested_in_bin(head: bytes) -> bytes:
    return packed(word_parts() | {"word/settings.bin": head + bytes(64)})


def droste() -> bytes:
    """Archives inside archives, six deep."""
    data = bytes(MB)
    for level in range(6):
        data = packed({f"level{level}.zip": data})
    return packed(word_parts() | {"word/media/deep.zip": data})


def renamed(name: str) -> bytes:
    """A document with one part under a name that leads elsewhere."""
    return packed(word_parts() | {name: b"data"})


def raw_name(old: bytes, new: bytes) -> bytes:
    """A name that no library would write, put in by hand."""
    return packed(word_parts() | {old.decode(): b"data"}).replace(old, new)


def symlink() -> bytes:
    out = io.BytesIO(packed(word_parts()))
    entry = zipfile.ZipInfo("word/media/image1.png")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def twice(first: str, second: str) -> bytes:
    """Two parts under one name, as a reader that ignores case sees it."""
    out = io.BytesIO(packed(word_parts() | {first: b"one"}))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(second.replace("document", "d0cument"), b"two")
    return out.getvalue().replace(b"d0cument", b"document")


def method(kind: int) -> bytes:
    return packed(word_parts(), kind)


def with_password() -> bytes:
    """The flag that says a part is encrypted, in both headers."""
    data = bytearray(packed(word_parts()))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def other_name_inside() -> bytes:
    """The directory calls a part by one name, the part itself by another."""
    data = packed(word_parts() | {"word/innocent.xml": b"<a/>"})
    return data.replace(b"word/innocent.xml", b"word/guilty00.xml", 1)


def declared_size(data: bytes, unpacked: int) -> bytes:
    """The last directory entry announcing this size."""
    changed = bytearray(data)
    struct.pack_into("<L", changed, data.rindex(b"PK\x01\x02") + 24, unpacked)
    return bytes(changed)


def understated() -> bytes:
    """A part that unpacks to a thousand times what is announced."""
    data = packed(word_parts() | {"word/media/image1.bmp": bytes(10 * MB)})
    return declared_size(data, 10_000)


def wrong_checksum() -> bytes:
    data = bytearray(packed(word_parts()))
    first = data.index(b"PK\x01\x02")
    data[first + 16] ^= 0xFF
    return bytes(data)


def beyond_end() -> bytes:
    """A part said to begin behind the end of the file."""
    data = bytearray(packed(word_parts()))
    struct.pack_into("<L", data, data.rindex(b"PK\x01\x02") + 42, len(data) * 2)
    return bytes(data)


def truncated() -> bytes:
    data = packed(word_parts())
    return data[: len(data) // 2]


def _deflated(data: bytes) -> bytes:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    return squeeze.compress(data) + squeeze.flush()


def _header(name: bytes, compressed: bytes, size: int, crc: int) -> bytes:
    return _LOCAL.pack(b"PK\x03\x04", 20, 0, 8, 0, 33, crc, len(compressed), size, len(name), 0) + name


def _archive(members: list[tuple[bytes, bytes, int]], entries: Iterable[tuple[bytes, int]]) -> bytes:
    name, data, _ = members[0]
    compressed = _deflated(data)
    body = _header(name, compressed, len(data), zlib.crc32(data)) + compressed
    return _closed(body, [(entry, compressed, len(data), zlib.crc32(data), at) for entry, at in entries])


def _closed(body: bytes, entries: list[tuple[bytes, bytes, int, int, int]]) -> bytes:
    """The body followed by a directory of these entries: name, packed bytes, size, checksum, place."""
    directory = b"".join(
        _CENTRAL.pack(
            b"PK\x01\x02", 20, 20, 0, 8, 0, 33, crc, len(data), size, len(name), 0, 0, 0, 0, 0, place
        )
        + name
        for name, data, size, crc, place in entries
    )
    count = min(len(entries), 0xFFFF)
    return body + directory + _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0)


Case = tuple[str, bytes, RefusedFile]


def cases() -> Iterable[Case]:
    """What the case is called, the bytes of a .docx, and why it must be refused."""
    yield "flat bomb", flat_bomb(), RefusedFile.BOMB
    yield "wide bomb", wide_bomb(), RefusedFile.BOMB
    yield "announces 201 MB", big_enough(), RefusedFile.BOMB
    yield "2,001 parts", crowd(1_998), RefusedFile.TOO_MANY_MEMBERS
    yield "flood of directory entries", directory_flood(), RefusedFile.TOO_MANY_MEMBERS
    yield "overlapping parts", overlapping(), RefusedFile.ARCHIVE_STRUCTURE
    yield "quoted overlap", quoted(), RefusedFile.ARCHIVE_STRUCTURE
    yield "archive as picture", nested(), RefusedFile.NESTED_ARCHIVE
    yield "archives six deep", droste(), RefusedFile.NESTED_ARCHIVE
    for what, head in (("rar", b"Rar!\x1a\x07"), ("7z", b"7z\xbc\xaf\x27\x1c"), ("gzip", b"\x1f\x8b\x08")):
        yield f"{what} inside", nested_in_bin(head), RefusedFile.NESTED_ARCHIVE
    for what, head in (("program", b"MZ\x90\0"), ("ELF program", b"\x7fELF"), ("RTF", b"{\\rtf1")):
        yield f"{what} inside", nested_in_bin(head), RefusedFile.EMBEDDED_OBJECT
    yield "PDF inside", nested_in_bin(b"%PDF-1.7"), RefusedFile.EMBEDDED_OBJECT
    for name in ("/etc/passwd", "../../evil", "word/../../evil", "word//a", "C:evil", "word/./a"):
        yield f"part called {name}", renamed(name), RefusedFile.ARCHIVE_STRUCTURE
    yield "backslashes", raw_name(b"word/x/y", b"word\\x\\y"), RefusedFile.ARCHIVE_STRUCTURE
    yield "NUL in a name", raw_name(b"word/x/y.xml", b"word/x\0y.xml"), RefusedFile.ARCHIVE_STRUCTURE
    yield "right-to-left part name", renamed("word/a\u202elmx.exe"), RefusedFile.ARCHIVE_STRUCTURE
    yield "symbolic link", symlink(), RefusedFile.ARCHIVE_STRUCTURE
    yield "the same name twice", twice("word/x.bin", "word/document.xml"), RefusedFile.ARCHIVE_STRUCTURE
    yield "the same name in capitals", twice("word/x.bin", "WORD/document.xml"), RefusedFile.ARCHIVE_STRUCTURE
    yield "packed with LZMA", method(zipfile.ZIP_LZMA), RefusedFile.ARCHIVE_STRUCTURE
    yield "packed with bzip2", method(zipfile.ZIP_BZIP2), RefusedFile.ARCHIVE_STRUCTURE
    yield "part with a password", with_password(), RefusedFile.ENCRYPTED
    yield "two names for a part", other_name_inside(), RefusedFile.ARCHIVE_STRUCTURE
    yield "understated size", understated(), RefusedFile.DAMAGED
    yield "wrong checksum", wrong_checksum(), RefusedFile.DAMAGED
    yield "part behind the end", beyond_end(), RefusedFile.ARCHIVE_STRUCTURE
    yield "half a document", truncated(), RefusedFile.DAMAGED

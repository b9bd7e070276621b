"""Pictures that are not what they seem: too large to open, cut off, or two files in one."""

import io
import struct
import zlib
from collections.abc import Iterable

from PIL import Image, PngImagePlugin

from core.evidence import RefusedFile
from tests.bot.office_files import docx, packed

MB = 1024 * 1024
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

Case = tuple[str, bytes, RefusedFile]


def picture(kind: str, size: tuple[int, int] = (64, 48), **options: object) -> bytes:
    """A small gradient, so that every part of the file carries something."""
    out = io.BytesIO()
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    image.save(out, kind, **options)
    return out.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(name + data))


def png(width: int, height: int, *chunks: bytes, rows: bytes = b"\0") -> bytes:
    """A grey PNG that announces this size and carries whatever it carries."""
    header = chunk(b"IHDR", struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + body + chunk(b"IEND", b"")


def huge_jpeg() -> bytes:
    """A JPEG whose header announces 65,000 × 65,000 pixels."""
    data = bytearray(picture("JPEG"))
    start = data.index(b"\xff\xc0") + 5
    struct.pack_into(">HH", data, start, 65_000, 65_000)
    return bytes(data)


def huge_webp() -> bytes:
    """A WebP whose header announces 16,384 × 16,384 pixels."""
    data = bytearray(picture("WEBP"))
    start = data.index(b"VP8 ") + 14
    struct.pack_into("<HH", data, start, 16_383, 16_383)
    return bytes(data)


def large(side: int) -> bytes:
    """A real picture of one colour, small on disk and large in memory."""
    out = io.BytesIO()
    Image.new("1", (side, side)).save(out, "PNG")
    return out.getvalue()


def broken_pixels() -> bytes:
    data = bytearray(picture("PNG"))
    middle = len(data) // 2
    data[middle : middle + 8] = bytes(8)
    return bytes(data)


def with_comment(text: str) -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", text)
    return picture("PNG", pnginfo=info)


def jpeg_cases() -> Iterable[Case]:
    """As `cases`, named .jpg."""
    good = picture("JPEG")
    yield "huge JPEG", huge_jpeg(), RefusedFile.TOO_MANY_PIXELS
    yield "half a JPEG", picture("JPEG", (800, 600))[:2000], RefusedFile.DAMAGED
    yield "header of a JPEG", good[:4] + bytes(16), RefusedFile.DAMAGED
    yield "archive behind a JPEG", good + packed({"a.txt": b"a"}), RefusedFile.TWO_IN_ONE
    yield "document behind a JPEG", good + docx(), RefusedFile.TWO_IN_ONE
    yield "PDF in the comment of a JPEG", picture("JPEG", comment=b"%PDF-1.7"), RefusedFile.TWO_IN_ONE
    for what, data in (
        ("PNG", picture("PNG")),
        ("GIF", picture("GIF")),
        ("BMP", picture("BMP")),
        ("TIFF", picture("TIFF")),
        ("text", b"Xin ch\xc3\xa0o" * 20),
        ("program", b"MZ\x90\0" + bytes(512)),
        ("virus", EICAR),
        ("web page", b"<html><script>alert(1)</script></html>"),
        ("film", b"\0\0\0\x18ftypmp42" + bytes(64)),
    ):
        yield f"{what} as JPEG", data, RefusedFile.TYPE_MISMATCH


def png_cases() -> Iterable[Case]:
    """As `cases`, named .png."""
    good = picture("PNG")
    yield "50,000 × 50,000 PNG", png(50_000, 50_000), RefusedFile.TOO_MANY_PIXELS
    yield "PNG of two billion by one", png(2_000_000_000, 1), RefusedFile.TOO_MANY_PIXELS
    yield "51 megapixels of nothing", large(7_142), RefusedFile.TOO_MANY_PIXELS
    yield "PNG without width", png(0, 10), RefusedFile.DAMAGED
    yield "half a PNG", picture("PNG", (800, 600))[:1000], RefusedFile.DAMAGED
    yield "PNG with holes", broken_pixels(), RefusedFile.DAMAGED
    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(16 * MB)))
    yield "text bomb in a PNG", png(8, 8, text), RefusedFile.DAMAGED
    profile = chunk(b"iCCP", b"icc\0\0" + zlib.compress(bytes(16 * MB)))
    yield "profile bomb in a PNG", png(8, 8, profile), RefusedFile.DAMAGED
    yield "archive behind a PNG", good + packed({"a.txt": b"a"}), RefusedFile.TWO_IN_ONE
    yield "PDF in the text of a PNG", with_comment("%PDF-1.4"), RefusedFile.TWO_IN_ONE
    for what, data in (
        ("JPEG", picture("JPEG")),
        ("SVG", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
        ("icon", b"\0\0\1\0\1\0" + bytes(64)),
    ):
        yield f"{what} as PNG", data, RefusedFile.TYPE_MISMATCH


def webp_cases() -> Iterable[Case]:
    """As `cases`, named .webp."""
    good = picture("WEBP")
    yield "huge WebP", huge_webp(), RefusedFile.TOO_MANY_PIXELS
    yield "half a WebP", good[: len(good) // 2], RefusedFile.DAMAGED
    yield "archive behind a WebP", good + packed({"a.txt": b"a"}), RefusedFile.TWO_IN_ONE
    yield "sound as WebP", b"RIFF\x24\0\0\0WAVEfmt " + bytes(64), RefusedFile.TYPE_MISMATCH

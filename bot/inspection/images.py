"""Photos and screenshots: decoded by an allow-listed reader, turned upright, and written anew.

Writing a picture anew is what makes it safe to show: nothing of the original's bytes is kept, so
neither the place it was taken, nor its device, nor a second file hidden behind it comes along. An
animation is served as its first frame, for that is the one everybody sees.
"""

import importlib
import io
import math
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from bot.inspection.checked import LOOK, Checked, Refused
from core.evidence import FileKind, FileLimits, RefusedFile

SERVED_SIDE = 4096
"""Pixels along the longer side of a served copy: an A4 page at 350 dots an inch."""

_FORMATS = {
    FileKind.JPEG: "JPEG",
    FileKind.PNG: "PNG",
    FileKind.WEBP: "WEBP",
    FileKind.HEIC: "HEIF",
}
_QUALITY = 88
_BAND = 64  # rows of the small picture
_SIXTEEN_BIT = {"I", "I;16", "I;16B", "I;16L", "I;16N"}
# Metadata is dropped anyway, and an edited photo often lacks the second picture it announces.
_HARMLESS_WARNINGS = "(?i).*(exif|truncated file read|metadata|malformed mpo).*"


def prepare(kind: FileKind) -> None:
    """Load every module that reading `kind` will need, while files can still be opened."""
    Image.preinit()
    importlib.import_module("PIL.MpoImagePlugin")  # what many phones write under the name of JPEG
    if kind is FileKind.WEBP:
        importlib.import_module("PIL.WebPImagePlugin")
    if kind is FileKind.HEIC:
        # An extra, so absent from most installations; every thread costs address space.
        importlib.import_module("pi_heif").register_heif_opener(
            thumbnails=False, depth_images=False, aux_images=False, decode_threads=1
        )


def check(data: bytes, kind: FileKind, limits: FileLimits) -> Checked:
    """The picture, decoded whole and written anew; raises `Refused`."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit is stricter, and says how large the picture is
    if kind is FileKind.WEBP:
        _ensure_bounded(*_webp_size(data), limits)  # its decoder asks for all its memory on opening
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        warnings.filterwarnings("ignore", message=_HARMLESS_WARNINGS)
        try:
            with Image.open(io.BytesIO(data), formats=[_FORMATS[kind]]) as image:
                return _written_anew(image, kind, limits)
        except UnidentifiedImageError:
            raise Refused(RefusedFile.DAMAGED) from None


def _written_anew(image: Image.Image, kind: FileKind, limits: FileLimits) -> Checked:
    width, height = image.size
    _ensure_bounded(width, height, limits)
    small = _upright(_shrunk(image))
    if (small.width < small.height) != (width < height):
        width, height = height, width
    plain = _opaque(small) if kind.served is FileKind.JPEG else _clear(small)
    plain.info = {}
    out = io.BytesIO()
    if kind.served is FileKind.JPEG:
        plain.save(out, "JPEG", quality=_QUALITY)
    else:
        plain.save(out, "PNG")
    look = dict(zip(LOOK, _look(plain), strict=True))
    return Checked(out.getvalue(), {"width": width, "height": height, **look})


def _look(image: Image.Image) -> tuple[int, int, int, int]:
    """What a picture looks like: whether each of 8 × 8 fields is lighter than the one to its right.

    Sizes, qualities and small marks change next to nothing of it (the «difference hash»).
    """
    small = _opaque(image).convert("L").resize((9, 8), Image.Resampling.BOX)
    greys = list(small.tobytes())
    bits = [greys[9 * row + at] > greys[9 * row + at + 1] for row in range(8) for at in range(8)]
    first, second, third, fourth = (
        sum(bit << place for place, bit in enumerate(bits[start : start + 16])) for start in range(0, 64, 16)
    )
    return first, second, third, fourth


def _ensure_bounded(width: int, height: int, limits: FileLimits) -> None:
    if width * height > limits.max_pixels:
        raise Refused(RefusedFile.TOO_MANY_PIXELS, width=width, height=height)


def _webp_size(data: bytes) -> tuple[int, int]:
    """Width and height as announced, from whichever of the three kinds of first chunk there is."""
    chunk = data[12:16]
    if chunk == b"VP8X":
        return 1 + _number(data[24:27]), 1 + _number(data[27:30])
    if chunk == b"VP8L":
        bits = _number(data[21:25])
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return _number(data[26:28]) & 0x3FFF, _number(data[28:30]) & 0x3FFF


def _number(data: bytes) -> int:
    return int.from_bytes(data, "little")


def _shrunk(image: Image.Image) -> Image.Image:
    """No larger than a served copy."""
    image.load()
    if max(image.size) <= SERVED_SIDE:
        return image
    if image.mode in {"1", "P", "PA"} | _SIXTEEN_BIT:
        image = _clear(image)  # these would be shrunk by leaving pixels out, and small print with them
    if image.mode in {"LA", "RGBA"}:
        return _reduced(image, math.ceil(max(image.size) / SERVED_SIDE))
    image.thumbnail((SERVED_SIDE, SERVED_SIDE), reducing_gap=2.0)
    return image


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    """Shrunk by a whole factor, band by band: transparency would else cost a second full picture."""
    width, height = image.size
    small = Image.new(image.mode, (math.ceil(width / factor), math.ceil(height / factor)))
    for top in range(0, height, _BAND * factor):
        band = image.crop((0, top, width, min(top + _BAND * factor, height)))
        small.paste(band.reduce(factor), (0, top // factor))
    small.info = image.info
    return small


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except (ValueError, TypeError, SyntaxError, KeyError, ArithmeticError, OSError):
        return image  # metadata that cannot be read turns nothing


def _clear(image: Image.Image) -> Image.Image:
    """As plain greys or colours, transparency kept."""
    if image.mode in _SIXTEEN_BIT:
        return image.convert("I").point([value // 256 for value in range(65_536)], "L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image.convert("L" if image.mode in {"1", "L"} else "RGB")


def _opaque(image: Image.Image) -> Image.Image:
    """As plain greys or colours, on white where it was transparent."""
    clear = _clear(image)
    if clear.mode != "RGBA":
        return clear
    page = Image.new("RGB", clear.size, "white")
    page.paste(clear, mask=clear.getchannel("A"))
    return page

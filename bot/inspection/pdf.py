"""PDF documents: walked object by object for whatever acts, then written anew by qpdf.

What qpdf writes holds only what can be reached from the pages: leftovers of earlier revisions, data
behind the end mark and everything about the author stay behind. A digital signature does not survive
that, so its validity is judged on the original.
"""

import io
import re
import zlib
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from bot.inspection.checked import Checked, Refused
from core.evidence import FileLimits, RefusedFile

_ENCRYPTION = b"/Encrypt"
_END_WITHIN = 4_096
_IMAGE_SCALE = 4  # a scan of a large plan on one page may have more pixels than a photo
_WEB = re.compile(rb"\s*(https?:|mailto:|tel:|(?![a-z][a-z0-9+.-]*:|[\\/]{2}))", re.IGNORECASE)

_KEYS = {
    "/JS": RefusedFile.PDF_SCRIPT,
    "/JavaScript": RefusedFile.PDF_SCRIPT,
    "/XFA": RefusedFile.PDF_XFA,
    "/EF": RefusedFile.PDF_ATTACHMENT,
    "/EmbeddedFiles": RefusedFile.PDF_ATTACHMENT,
    "/AF": RefusedFile.PDF_ATTACHMENT,
    "/RichMediaContent": RefusedFile.PDF_ATTACHMENT,
}
_ACTIONS = {
    "/JavaScript": RefusedFile.PDF_SCRIPT,
    "/Launch": RefusedFile.PDF_LAUNCH,
    "/ImportData": RefusedFile.EXTERNAL_LINK,
    "/SubmitForm": RefusedFile.EXTERNAL_LINK,
    "/GoToR": RefusedFile.EXTERNAL_LINK,
    "/GoToE": RefusedFile.PDF_ATTACHMENT,
    "/Rendition": RefusedFile.PDF_ATTACHMENT,
    "/Movie": RefusedFile.PDF_ATTACHMENT,
    "/RichMediaExecute": RefusedFile.PDF_ATTACHMENT,
}
_TYPES = {"/EmbeddedFile": RefusedFile.PDF_ATTACHMENT}
_SUBTYPES = {
    "/FileAttachment": RefusedFile.PDF_ATTACHMENT,
    "/RichMedia": RefusedFile.PDF_ATTACHMENT,
    "/Movie": RefusedFile.PDF_ATTACHMENT,
    "/Screen": RefusedFile.PDF_ATTACHMENT,
    "/3D": RefusedFile.PDF_ATTACHMENT,
    "/PS": RefusedFile.PDF_SCRIPT,
}
_NAMED = (("/S", _ACTIONS), ("/Type", _TYPES), ("/Subtype", _SUBTYPES))
_CATALOGUE_DROPPED = (Name.Metadata, Name.OpenAction, Name.AA, Name.PieceInfo)
_PAGE_DROPPED = (Name.Metadata, Name.AA, Name.PieceInfo)


def check(data: bytes, limits: FileLimits) -> Checked:
    """The document without metadata and actions; raises `Refused`."""
    if b"%%EOF" not in data.rstrip(b"\0 \t\r\n")[-_END_WITHIN:]:
        raise Refused(RefusedFile.DAMAGED)
    try:
        with pikepdf.open(io.BytesIO(data), access_mode=pikepdf.AccessMode.stream) as pdf:
            return _checked(pdf, limits)
    except pikepdf.PasswordError:
        raise Refused(RefusedFile.ENCRYPTED) from None
    except (pikepdf.PdfError, RuntimeError):
        # The newest encryption needs random numbers to be read, and there is no way to them here.
        raise Refused(RefusedFile.ENCRYPTED if _ENCRYPTION in data else RefusedFile.DAMAGED) from None


def _checked(pdf: Pdf, limits: FileLimits) -> Checked:
    if pdf.is_encrypted:
        raise Refused(RefusedFile.ENCRYPTED)
    pages = len(pdf.pages)
    if pages == 0:
        raise Refused(RefusedFile.DAMAGED)
    if pages > limits.max_pages:
        raise Refused(RefusedFile.TOO_MANY_PAGES, pages=pages)
    unpacked = 0
    for container in _containers(pdf):
        unpacked += _ensure_inert(container, limits, limits.max_unpacked - unpacked)
    return Checked(_written_anew(pdf), {"pages": pages})


def _containers(pdf: Pdf) -> Iterator[Object]:
    """Every dictionary and stream of the file, however deeply it lies inside another object."""
    waiting: list[Object] = [pdf.trailer, *pdf.objects]
    while waiting:
        found = waiting.pop()
        inside: list[object] = []
        if isinstance(found, Array):
            inside = list(found.as_list())
        elif isinstance(found, Dictionary | Stream):
            yield found
            inside = [value for _, value in found.items()]
        waiting.extend(
            value
            for value in inside
            if isinstance(value, Array | Dictionary | Stream) and not value.is_indirect
        )


def _ensure_inert(container: Object, limits: FileLimits, room: int) -> int:
    """Raise `Refused` if this object acts or reaches out; the bytes its content unpacks to."""
    keys = set(container.keys())
    for key in keys & _KEYS.keys():
        raise Refused(_KEYS[key])
    for key, named in _NAMED:
        value = container.get(key)
        if isinstance(value, Name) and str(value) in named:
            raise Refused(named[str(value)])
    address = container.get("/URI")
    if isinstance(address, pikepdf.String) and not _WEB.match(bytes(address)):
        raise Refused(RefusedFile.EXTERNAL_LINK)
    return _ensure_bounded(container, limits, room) if isinstance(container, Stream) else 0


def _ensure_bounded(stream: Stream, limits: FileLimits, room: int) -> int:
    """Raise `Refused` for a stream that swells beyond `room` bytes or lies in another file."""
    if "/F" in stream:
        raise Refused(RefusedFile.EXTERNAL_LINK)
    if stream.get("/Subtype") == Name.Image:
        pixels = int(stream.get("/Width", 0)) * int(stream.get("/Height", 0))
        if pixels > _IMAGE_SCALE * limits.max_pixels:
            raise Refused(RefusedFile.TOO_MANY_PIXELS)
        return 0
    filters = stream.get("/Filter")
    names = [str(one) for one in filters.as_list()] if isinstance(filters, Array) else [str(filters)]
    packed = [name for name in names if name in {"/FlateDecode", "/Fl", "/LZWDecode", "/LZW"}]
    if len(packed) > 1:
        raise Refused(RefusedFile.BOMB)
    if names[0] not in {"/FlateDecode", "/Fl"}:
        return 0
    size = _inflated(stream.read_raw_bytes(), room)
    if size > room:
        raise Refused(RefusedFile.BOMB)
    return size


def _inflated(packed: bytes, room: int) -> int:
    """How many bytes this unpacks to, or just over `room` when that is more; nothing is kept."""
    inflater = zlib.decompressobj()
    size = 0
    try:
        while packed and not inflater.eof and size <= room:
            size += len(inflater.decompress(packed, 65_536))
            packed = inflater.unconsumed_tail
    except zlib.error:
        pass  # a reader shows what could be unpacked, and so far that is little enough
    return size


def _written_anew(pdf: Pdf) -> bytes:
    for key in _CATALOGUE_DROPPED:
        if key in pdf.Root:
            del pdf.Root[key]
    for page in pdf.pages:
        for key in _PAGE_DROPPED:
            if key in page.obj:
                del page.obj[key]
    del pdf.docinfo
    out = io.BytesIO()
    pdf.save(
        out,
        fix_metadata_version=False,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return out.getvalue()

"""What the bytes of a file say it is, and whether they say two things at once."""

import importlib

from bot.inspection.checked import Refused
from core.evidence import FileKind, RefusedFile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the containers of old Office, and of encrypted new Office, begin."""

_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
_ZIP_END = b"PK\x05\x06"
_ZIP_END_SIZE = 22
_ZIP_END_WITHIN = 65_536 + _ZIP_END_SIZE
_ZIP_ENTRY = b"PK\x01\x02"
_PDF_START = b"%PDF-"
_PDF_START_WITHIN = 1_024  # readers of PDF accept its header anywhere in here
_LATE = b"\0\0\0\x18ftypmif1" + bytes(16)  # makes filetype look up the codec it leaves for later
_ALSO = {FileKind.PNG: "image/apng"}  # one that moves
_OFFICE = {FileKind.DOCX, FileKind.XLSX}


def prepare(kind: FileKind) -> None:
    """Load every module that this will need, while files can still be opened."""
    if kind.is_image:
        importlib.import_module("filetype.filetype").guess_mime(_LATE)


def ensure_agrees(data: bytes, kind: FileKind) -> None:
    """Raise `Refused` unless the first bytes belong to `kind` and nothing else hides in the file.

    Which of the Office kinds a ZIP container is, its content decides later.
    """
    if data.startswith(OLE) and kind in _OFFICE:
        raise Refused(RefusedFile.ENCRYPTED if _ENCRYPTED_PART in data else RefusedFile.OLD_OFFICE)
    if not _begins_as(data, kind):
        raise Refused(RefusedFile.TYPE_MISMATCH)
    if _hides_pdf(data, kind) or _hides_zip(data, kind):
        raise Refused(RefusedFile.TWO_IN_ONE)


def _begins_as(data: bytes, kind: FileKind) -> bool:
    if kind in _OFFICE:
        return data.startswith(b"PK\x03\x04")
    if kind is FileKind.PDF:
        return data.startswith(_PDF_START)
    import filetype

    return filetype.guess_mime(data[:8192]) in {kind.mime, _ALSO.get(kind, kind.mime)}


def _hides_pdf(data: bytes, kind: FileKind) -> bool:
    return kind is not FileKind.PDF and _PDF_START in data[:_PDF_START_WITHIN]


def _hides_zip(data: bytes, kind: FileKind) -> bool:
    """Whether the end of the file is the directory of an archive.

    Phones append films to photos, so what follows a picture is no fault in itself.
    """
    end = data.rfind(_ZIP_END, -_ZIP_END_WITHIN)
    if kind in _OFFICE or end < 0 or end + _ZIP_END_SIZE > len(data):
        return False
    start = end - int.from_bytes(data[end + 12 : end + 16], "little")
    return 0 <= start < end and data.startswith(_ZIP_ENTRY, start)

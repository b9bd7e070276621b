"""Evidence files: which kinds are taken, within which limits, and why one is not."""

from dataclasses import dataclass
from enum import StrEnum


class FileKind(StrEnum):
    """The kinds of file that can be evidence, each the way a person calls it: by its extension."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"

    @property
    def is_image(self) -> bool:
        return self in _IMAGES

    @property
    def served(self) -> "FileKind":
        """The kind of the cleaned copy: a photo that not every machine opens is shown as a JPEG."""
        return FileKind.JPEG if self in {FileKind.WEBP, FileKind.HEIC} else self

    @property
    def suffix(self) -> str:
        """The extension written on a file of this kind, with its dot."""
        return ".jpg" if self is FileKind.JPEG else f".{self.value}"

    @property
    def mime(self) -> str:
        return _MIME[self]


_IMAGES = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP, FileKind.HEIC})

_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_MIME = {
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.WEBP: "image/webp",
    FileKind.HEIC: "image/heic",
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: f"{_OPEN_XML}.wordprocessingml.document",
    FileKind.XLSX: f"{_OPEN_XML}.spreadsheetml.sheet",
}


def may_prove(name: str, mime: str) -> bool:
    """Whether a file may be a photo or a PDF, by what it is called; its bytes are checked later."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    shows = ending == "jpg" or any(
        kind is FileKind.PDF or kind.is_image for kind in FileKind if kind == ending
    )
    return shows or mime.startswith("image/") or mime == FileKind.PDF.mime or (not ending and not mime)


class FileOutcome(StrEnum):
    """What came of looking at a file. Only a clean one may enter a dossier."""

    CLEAN = "clean"
    REFUSED = "refused"
    WAIT = "wait"


class RefusedFile(StrEnum):
    """Why a file is not taken. Each has its sentence in `core/texts/evidence_refusals.py`."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    NO_ROOM = "no_room"
    TYPE_NOT_ALLOWED = "type_not_allowed"
    OLD_OFFICE = "old_office"
    LOOSE_ARCHIVE = "loose_archive"
    HEIC_NOT_READ = "heic_not_read"
    TYPE_MISMATCH = "type_mismatch"
    TWO_IN_ONE = "two_in_one"
    DAMAGED = "damaged"
    TOO_HEAVY = "too_heavy"
    ENCRYPTED = "encrypted"
    INFECTED = "infected"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_MEMBERS = "too_many_members"
    BOMB = "bomb"
    ARCHIVE_STRUCTURE = "archive_structure"
    NESTED_ARCHIVE = "nested_archive"
    MACRO = "macro"
    ACTIVE_CONTROL = "active_control"
    EMBEDDED_OBJECT = "embedded_object"
    EXTERNAL_LINK = "external_link"
    DDE = "dde"
    XML_ENTITIES = "xml_entities"
    PDF_SCRIPT = "pdf_script"
    PDF_LAUNCH = "pdf_launch"
    PDF_ATTACHMENT = "pdf_attachment"
    PDF_XFA = "pdf_xfa"


class WaitingFile(StrEnum):
    """Why a file has to be looked at again later, through no fault of its own."""

    SCANNER_DOWN = "scanner_down"
    CHECKER_DOWN = "checker_down"


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much evidence one person may send: bytes a file, files a criterion, files and bytes a day."""

    file_bytes: int = 20 * 1024 * 1024
    files_a_criterion: int = 30
    files_a_day: int = 100
    bytes_a_day: int = 300 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileLimits:
    """How large a file may be, in each of the ways a file can be large.

    `max_bytes` is what Telegram lets a bot fetch. `max_unpacked` (bytes) and `max_ratio` (unpacked
    to packed) bound what an Office document may swell to when opened.
    """

    max_bytes: int = 20 * 1024 * 1024
    max_pixels: int = 50_000_000
    max_pages: int = 500
    max_members: int = 2_000
    max_unpacked: int = 200 * 1024 * 1024
    max_ratio: int = 200


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is known of a file after looking at it; a figure that does not apply is None.

    `kind` is the one its name claims. `size` and `unpacked` are bytes, `width` and `height` pixels
    as the picture is to be seen, `members` the parts inside an Office document. `look` is what a picture
    looks like (`core.likeness.Print`).
    """

    size: int
    kind: FileKind | None = None
    width: int | None = None
    height: int | None = None
    pages: int | None = None
    members: int | None = None
    unpacked: int | None = None
    look: tuple[int, int, int, int] | None = None

"""What the name of a file claims it to be."""

from core.evidence import FileKind, RefusedFile
from core.filenames import split_name

_KINDS = {
    ".jpg": FileKind.JPEG,
    ".jpeg": FileKind.JPEG,
    ".jpe": FileKind.JPEG,
    ".jfif": FileKind.JPEG,
    ".png": FileKind.PNG,
    ".webp": FileKind.WEBP,
    ".heic": FileKind.HEIC,
    ".heif": FileKind.HEIC,
    ".pdf": FileKind.PDF,
    ".docx": FileKind.DOCX,
    ".xlsx": FileKind.XLSX,
}
# Extensions that deserve a better answer than «not one of ours».
_REFUSED = {
    **dict.fromkeys((".doc", ".dot", ".xls", ".xlt", ".ppt", ".rtf"), RefusedFile.OLD_OFFICE),
    **dict.fromkeys((".docm", ".dotm", ".xlsm", ".xltm", ".xlsb", ".xlam"), RefusedFile.MACRO),
    **dict.fromkeys((".zip", ".rar", ".7z", ".tar", ".gz", ".tgz"), RefusedFile.LOOSE_ARCHIVE),
}


def claimed_kind(name: str) -> FileKind | RefusedFile:
    """The kind that a cleaned name claims, or why no file with such a name is taken."""
    extension = split_name(name)[1].lower()
    return _KINDS.get(extension) or _REFUSED.get(extension, RefusedFile.TYPE_NOT_ALLOWED)

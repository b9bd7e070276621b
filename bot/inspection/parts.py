"""What may stand inside a Word or Excel document, part by part: names, types and links."""

import re

from bot.inspection.checked import Refused
from core.evidence import RefusedFile

_NAMES = (
    (re.compile(r"(^|/)vba(project|data)"), RefusedFile.MACRO),
    (re.compile(r"(^|/)(macrosheets|intlmacrosheets|dialogsheets)/"), RefusedFile.MACRO),
    (re.compile(r"(^|/)activex/"), RefusedFile.ACTIVE_CONTROL),
    (re.compile(r"(^|/)embeddings/"), RefusedFile.EMBEDDED_OBJECT),
    (re.compile(r"(^|/)externallinks/"), RefusedFile.EXTERNAL_LINK),
)
_TYPES = (
    ("macroenabled", RefusedFile.MACRO),
    ("vbaproject", RefusedFile.MACRO),
    ("macrosheet", RefusedFile.MACRO),
    ("activex", RefusedFile.ACTIVE_CONTROL),
    ("oleobject", RefusedFile.EMBEDDED_OBJECT),
    ("spreadsheetml.connections", RefusedFile.EXTERNAL_LINK),
    ("webextension", RefusedFile.EXTERNAL_LINK),
)
# By the last word of a relationship's type, which is the same in both editions of the standard.
_RELATIONS = {
    "vbaproject": RefusedFile.MACRO,
    "wordvbadata": RefusedFile.MACRO,
    "xlmacrosheet": RefusedFile.MACRO,
    "xlintlmacrosheet": RefusedFile.MACRO,
    "attachedtoolbars": RefusedFile.MACRO,
    "control": RefusedFile.ACTIVE_CONTROL,
    "activexcontrolbinary": RefusedFile.ACTIVE_CONTROL,
    "oleobject": RefusedFile.EMBEDDED_OBJECT,
    "package": RefusedFile.EMBEDDED_OBJECT,
    "afchunk": RefusedFile.EMBEDDED_OBJECT,
    "connections": RefusedFile.EXTERNAL_LINK,
    "webextensiontaskpanes": RefusedFile.EXTERNAL_LINK,
}
_BINARY = (
    (b"PK\x03\x04", RefusedFile.NESTED_ARCHIVE),
    (b"PK\x05\x06", RefusedFile.NESTED_ARCHIVE),
    (b"Rar!", RefusedFile.NESTED_ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", RefusedFile.NESTED_ARCHIVE),
    (b"\x1f\x8b", RefusedFile.NESTED_ARCHIVE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", RefusedFile.EMBEDDED_OBJECT),
    (b"MZ", RefusedFile.EMBEDDED_OBJECT),
    (b"\x7fELF", RefusedFile.EMBEDDED_OBJECT),
    (b"%PDF-", RefusedFile.EMBEDDED_OBJECT),
    (b"{\\rtf", RefusedFile.EMBEDDED_OBJECT),
)
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".wdp", ".webp")
_SURE = 4  # bytes; that two agree is a coincidence in a picture
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
_OPENED_BY_A_TAP = {"http", "https", "mailto", "tel", "ftp"}
_ON_THIS_MACHINE = re.compile(r"file:/{0,3}[a-z]:[/\\]")


def ensure_part(name: str, content_type: str) -> None:
    """Raise `Refused` if a part may not be there at all."""
    low = name.lower()
    for pattern, reason in _NAMES:
        if pattern.search(low):
            raise Refused(reason)
    low = content_type.lower()
    for word, reason in _TYPES:
        if word in low:
            raise Refused(reason)


def ensure_binary(name: str, head: bytes) -> None:
    """Raise `Refused` if a part that is not XML begins like a file in its own right."""
    is_picture = name.lower().endswith(_PICTURES)
    for magic, reason in _BINARY:
        if head.startswith(magic) and not (is_picture and len(magic) < _SURE):
            raise Refused(reason)


def ensure_relation(kind: str, target: str, mode: str) -> None:
    """Raise `Refused` for a relationship that runs something or fetches from outside.

    A hyperlink may lead outside, because it waits for a tap; anything else is fetched on opening.
    """
    word = kind.rpartition("/")[2].lower()
    if word in _RELATIONS:
        raise Refused(_RELATIONS[word])
    if word == "hyperlink":
        if not waits_for_tap(target):
            raise Refused(RefusedFile.EXTERNAL_LINK)
    elif mode.lower() == "external" or _leads_out(target):
        raise Refused(RefusedFile.EXTERNAL_LINK)


def waits_for_tap(target: str) -> bool:
    """Whether a link does no more than open a page, a letter or a file lying beside this one."""
    link = target.strip().lower()
    if link.startswith(("\\\\", "//")):
        return False
    scheme = _SCHEME.match(link)
    if scheme is None or len(scheme[1]) == 1:  # a single letter is a drive
        return True
    return scheme[1] in _OPENED_BY_A_TAP or bool(_ON_THIS_MACHINE.match(link))


def _leads_out(target: str) -> bool:
    link = target.strip().lower()
    return link.startswith(("\\\\", "//")) or _SCHEME.match(link) is not None

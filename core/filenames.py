"""The name a person gave a file, as text that is safe to show and to write into a dossier."""

import re
import unicodedata

from core.vietnamese import clean_line, fold

LONGEST = 120
"""Characters, extension included."""

NAMELESS = "tep"
"""What a file is called when nothing of its name is left."""

_LONGEST_EXTENSION = 10
_SEPARATORS = str.maketrans(dict.fromkeys('/\\:*?"<>|\u2044\u2215\u29f5\u29f8\uff0f\uff3c', "-"))


def clean_name(text: str) -> str:
    """At most `LONGEST` characters (NFC) without separators, control, bidirectional or invisible ones.

    A separator, or what merely looks like one, becomes a hyphen, so «13/12 báo cáo.pdf» stays
    readable. The extension survives shortening. Cleaning twice changes nothing.
    """
    line = clean_line(text, 4 * len(text)).translate(_SEPARATORS)
    name = unicodedata.normalize("NFC", line).strip(" .-")
    if not name:
        return NAMELESS
    stem, extension = split_name(name)
    short = stem[: LONGEST - len(extension)].rstrip(" .-")
    return short + extension


def dashed(text: str, limit: int) -> str:
    """«khoa-noi-mau» of «Khoa Nội (Mẫu)»: letters and digits that every system and mailbox takes."""
    return "-".join(re.findall("[a-z0-9]+", fold(text)))[:limit].strip("-")


def split_name(name: str) -> tuple[str, str]:
    """A name as its stem and its extension (with the dot, as typed); no extension is ''."""
    stem, dot, extension = name.rpartition(".")
    if not dot or not stem or not extension.isalnum() or len(extension) > _LONGEST_EXTENSION:
        return name, ""
    return stem, dot + extension

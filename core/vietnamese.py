"""Vietnamese as people type it on a phone: with, without or with half of its diacritics."""

import unicodedata
from datetime import date, datetime

_D_STROKE = str.maketrans({"đ": "d", "Đ": "D"})
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def fold(text: str) -> str:
    """Lower-case, without diacritics, single-spaced: the form in which words are compared."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_D_STROKE))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(bare.casefold().split())


def words_only(text: str) -> str:
    """Folded text with everything but letters and digits dropped.

    So a label typed without its emoji or punctuation is still recognised.
    """
    return _words(fold(text))


def words_spelt(text: str) -> str:
    """Like `words_only`, but with diacritics: «đ» and «d» stay two letters."""
    return _words(unicodedata.normalize("NFC", text).casefold())


def _words(text: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text).split())


def inside_a_sentence(label: str) -> str:
    """A label as it stands after other words: «Năm 2026» becomes «năm 2026», «CCHC» stays."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def at_the_start(words: str) -> str:
    """The same words where a sentence begins: «thứ Hai» becomes «Thứ Hai»."""
    return words[:1].upper() + words[1:]


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters of a text, cut after a word, with «…» in place of the rest."""
    if len(text) <= limit:
        return text
    start, space, _broken = text[:limit].rpartition(" ")
    return f"{(start if space else text[: limit - 1]).rstrip(' ,;:.-')}…"


def clean_line(text: str, limit: int) -> str:
    """One printable line of at most `limit` characters (NFC): what people type as a name or note.

    Control, bidirectional-override and zero-width characters are dropped, because they can make a
    line read differently from what is stored.
    """
    allowed = (
        " " if letter.isspace() else letter
        for letter in unicodedata.normalize("NFC", text)
        if letter.isspace() or unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    return " ".join("".join(allowed).split())[:limit]


def clean_paragraphs(text: str, limit: int) -> str:
    """Like `clean_line`, but keeps line breaks: an explanation of several paragraphs."""
    lines = (clean_line(line, limit) for line in text.splitlines())
    return "\n".join(line for line in lines if line)[:limit]


def clean_letter(text: str, limit: int) -> str:
    """Like `clean_paragraphs`, but an empty line between two paragraphs stays: a letter to many people."""
    paragraphs: list[str] = []
    for line in (clean_line(one, limit).rstrip() for one in text.splitlines()):
        if line or (paragraphs and paragraphs[-1]):
            paragraphs.append(line)
    return "\n".join(paragraphs)[:limit].rstrip()


def long_date(day: date) -> str:
    """«thứ Hai 14/12/2026»; the weekday is always computed."""
    return f"{_WEEKDAYS[day.weekday()]} {day:%d/%m/%Y}"


def moment(at: datetime) -> str:
    """«09:05 thứ Hai 14/12/2026» in the zone that `at` carries."""
    return f"{at:%H:%M} {long_date(at.date())}"


def official_date(day: date) -> str:
    """«ngày 05 tháng 3 năm 2026», as papers give it: days under ten and January, February take a 0."""
    return f"ngày {day:%d} tháng {day.month:0{2 if day.month < 3 else 1}} năm {day.year}"


def official_moment(at: datetime) -> str:
    """«14 giờ 00, ngày 20 tháng 01 năm 2027» in the zone that `at` carries."""
    return f"{at:%H} giờ {at:%M}, {official_date(at.date())}"


def file_size(size: int) -> str:
    """A size in bytes as people say it: «34 MB», «1,2 MB», «87 KB»."""
    if size >= 10 * 1024 * 1024:
        return f"{round(size / 1024 / 1024)} MB"
    if size >= 1024 * 1024:
        return f"{size / 1024 / 1024:.1f} MB".replace(".", ",")
    return f"{max(1, round(size / 1024))} KB"

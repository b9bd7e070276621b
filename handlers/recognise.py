"""A tap, «2», «2.», «dat» or the label itself: the same choice, on every channel."""

import re
from dataclasses import dataclass, field

from core.messages import Message, Numbering, numbered
from core.texts.desk import NAV_WORDS
from core.vietnamese import words_only, words_spelt

#: «-5», «>90», «5 %», «2,5» are figures somebody gives, not places on a list.
_FIGURE = re.compile(r"[-+\u2010-\u2015\u2212<>≤≥≈~=%‰]|[0-9][.,:/][0-9]")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice of the screen, or a way out (its key begins with a dot).

    `marked` says that it was picked by the number or letter before it, which counts on this screen only.
    """

    key: str
    marked: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Said:
    """Text that is no choice."""

    text: str


def interpret(text: str, offered: Message) -> Chosen | Said:
    """What a typed text means against the choices last shown.

    A number or letter belongs to the screen, if it is bare; a grave choice is only made by its word or its
    whole label; the ways out are understood everywhere. A label spelt with its diacritics comes before one
    that is only alike without them («004-đ1» and «004-d1»).
    """
    words = words_only(text)
    if not words:
        return Said(text)
    bare = not (words.isdecimal() and _FIGURE.search(text))
    for choice, mark in numbered(offered):
        if bare and words == mark.casefold() and not choice.grave:
            return Chosen(choice.key, marked=True)
    if (named := _named(text, offered)) is not None:
        return Chosen(named)
    if bare and words == "0" and offered.nav and offered.numbering is Numbering.DIGITS:
        return Chosen(".back")
    for key, known in NAV_WORDS.items():
        if words in known:
            return Chosen(key)
    return Said(text)


def _named(text: str, offered: Message) -> str | None:
    """The choice whose label or word this is; spaces in a word do not count («xin duyet» for XINDUYET)."""
    for form in (words_spelt, words_only):
        for choice in offered.choices:
            if form(text) in {form(choice.label), form(choice.word)}:
                return choice.key
    closed = words_only(text).replace(" ", "")
    return next((one.key for one in offered.choices if words_only(one.word).replace(" ", "") == closed), None)


def is_bare(text: str) -> bool:
    """Whether this is a number or a letter alone: «2», «2.», «b», but not «-2», nor «0», which goes back."""
    words = words_only(text)
    if words.isdecimal():
        return words.strip("0") != "" and not _FIGURE.search(text)
    return len(words) == 1 and words.isascii()


def may_mean_back(text: str, offered: Message) -> bool:
    """Whether «0», which goes back on other screens without buttons, is said where it could be an answer."""
    return offered.numbering is Numbering.LETTERS and text.strip(" .") == "0"

"""Finding a passage by words as people type them: with, without or with half of their diacritics."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log

from core.vietnamese import words_only

#: What officials shorten, folded; either form finds the other.
ABBREVIATIONS = {
    "atvstp": "an toan ve sinh thuc pham",
    "bhxh": "bao hiem xa hoi",
    "bhyt": "bao hiem y te",
    "byt": "bo y te",
    "cbcc": "can bo cong chuc",
    "cccv": "cong chuc vien chuc",
    "cchc": "cai cach hanh chinh",
    "cds": "chuyen doi so",
    "cntt": "cong nghe thong tin",
    "csdl": "co so du lieu",
    "dvc": "dich vu cong",
    "dvctt": "dich vu cong truc tuyen",
    "htnv": "hoan thanh nhiem vu",
    "kh": "ke hoach",
    "kcb": "kham chua benh",
    "qlnn": "quan ly nha nuoc",
    "syt": "so y te",
    "tdkt": "thi dua khen thuong",
    "tchc": "to chuc hanh chinh",
    "tthc": "thu tuc hanh chinh",
    "ttyt": "trung tam y te",
    "ubnd": "uy ban nhan dan",
    "vbqppl": "van ban quy pham phap luat",
}
#: Words of a question that say nothing about its subject; they count only where nothing else is asked.
_FILLING = frozenset(
    words_only(
        "a ai anh bao bi cac cua da dang de di em gi khi khong la lam luc minh nao nay neu nhieu nhu nhung o "
        "phai sao se toi va vay ve voi"
    ).split()
)
#: How much a word counts that is alike only without its diacritics, although it was typed with them.
_ALIKE = 0.6
#: How much a word counts that stands alone, where so many were typed.
_ALONE, _SEVERAL = 0.5, 2
_HALF = 0.5
_IN_CODE, _IN_LABEL, _IN_QUOTE, _IN_MORE = 4.0, 2.5, 2.0, 1.0
_WHOLE_CODE = 50.0
#: A word in fewer texts than this says no more than one in so many.
_FEW = 3
_WINDOW = 150
#: Texts kept with their words: the passages of a good many plans.
_REMEMBERED = 8192
_OPEN, _CLOSE = "[", "]"


@dataclass(frozen=True, slots=True)
class Text:
    """What is searched in one passage, the most telling first."""

    code: str
    label: str
    quote: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found: its place in what was searched, and the words around what matched, those marked."""

    place: int
    score: float
    excerpt: str


@dataclass(frozen=True, slots=True)
class _Word:
    """A folded word where it stands in a text; `spelt` is how it was written there."""

    folded: str
    spelt: str
    start: int
    end: int


def search(texts: Sequence[Text], typed: str) -> tuple[Hit, ...]:
    """The passages that hold more than half of what was typed, rare words counting more; the best first.

    Every word of a passage finds it; so does an abbreviation that the passage spells out, and the reverse.
    """
    asked = _asked(typed)
    if not asked:
        return ()
    found = [[_credits(asked, _known(field)) for _weight, field in _fields(text)] for text in texts]
    best = [_best(of_text) for of_text in found]
    rarity = [_rarity(len(texts), sum(row[number] > 0 for row in best)) for number in range(len(asked))]
    hits = [
        Hit(place, _score(text, asked, found[place], rarity), excerpt(_telling(text, found[place]), asked))
        for place, text in enumerate(texts)
        if _mean(best[place], rarity) > _HALF
    ]
    return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.place)))


def _asked(typed: str) -> tuple[_Word, ...]:
    words = _words(unicodedata.normalize("NFC", typed))
    telling = tuple(word for word in words if word.folded not in _FILLING)
    return telling or words


def _rarity(texts: int, holding: int) -> float:
    """How much a word says: more, the fewer texts hold it."""
    return log(1 + texts / max(holding, _FEW))


def _best(found: Sequence[Sequence[float]]) -> list[float]:
    """For each typed word the most it is worth in any field."""
    return [max(of_word) for of_word in zip(*found, strict=True)]


def _mean(of_words: Sequence[float], rarity: Sequence[float]) -> float:
    """What the words are worth together, each as it is rare."""
    return sum((one * rare for one, rare in zip(of_words, rarity, strict=True)), 0.0) / sum(rarity)


def _fields(text: Text) -> list[tuple[float, str]]:
    """What is searched in a text, with how much a word counts there."""
    more = ((_IN_MORE, one) for one in text.more)
    return [(_IN_CODE, text.code), (_IN_LABEL, text.label), (_IN_QUOTE, text.quote), *more]


def _score(text: Text, asked: tuple[_Word, ...], found: list[list[float]], rarity: Sequence[float]) -> float:
    fields = _fields(text)
    weighed = [[one * weight for one in row] for (weight, _field), row in zip(fields, found, strict=True)]
    together = max(weight * _neighbours(field, asked) for weight, field in fields)
    score = (_mean(_best(weighed), rarity) + together) * _mean(_best(found), rarity)
    whole = " ".join(word.folded for word in asked) in _names(text.code)
    return score + _WHOLE_CODE if whole else score


def _telling(text: Text, found: list[list[float]]) -> str:
    """The field to show: the quote, unless another holds more; code and label stand beside it anyway."""
    told = [(sum(row), field) for row, (_weight, field) in zip(found[2:], _fields(text)[2:], strict=True)]
    return max(told, key=lambda one: one[0])[1]


def _names(code: str) -> tuple[str, str]:
    """A code as it may be typed, with the number of its plan and without."""
    return words_only(code), words_only(code.partition("-")[2])


@dataclass(frozen=True, slots=True)
class _Known:
    """The folded words of a text with the ways each is written there, and which stand side by side.

    Abbreviations and what they stand for are there too, written in no way of their own («»).
    """

    ways: Mapping[str, frozenset[str]]
    pairs: frozenset[tuple[str, str]]


@lru_cache(maxsize=_REMEMBERED)
def _known(field: str) -> _Known:
    ways: dict[str, set[str]] = {}
    words = _words(unicodedata.normalize("NFC", field))
    for word in words:
        ways.setdefault(word.folded, set()).add(word.spelt)
    line = f" {' '.join(word.folded for word in words)} "
    beside = set(pairwise(word.folded for word in words))
    for short, whole in ABBREVIATIONS.items():
        if short in ways:
            beside |= set(pairwise(whole.split()))
            for part in whole.split():
                ways.setdefault(part, set()).add("")
        elif f" {whole} " in line:
            ways.setdefault(short, set()).add("")
    return _Known({folded: frozenset(spelt) for folded, spelt in ways.items()}, frozenset(beside))


def _credits(asked: tuple[_Word, ...], known: _Known) -> list[float]:
    """How far each typed word is there; one of several counts less where none of its neighbours is beside it.

    Most syllables mean little by themselves: «thi đua» is no answer to «xe đưa đón».
    """
    found = [_credit(word, known) for word in asked]
    if len(asked) < _SEVERAL:
        return found
    beside = [pair in known.pairs for pair in pairwise(word.folded for word in asked)]
    around = zip([False, *beside], [*beside, False], strict=True)
    return [one if any(near) else one * _ALONE for one, near in zip(found, around, strict=True)]


def _credit(word: _Word, known: _Known) -> float:
    """How far a typed word is there: wholly where it was typed bare, or stands there as it was typed."""
    spelt = known.ways.get(word.folded)
    if spelt is None:
        return 0.0
    return 1.0 if word.spelt == word.folded or word.spelt in spelt or "" in spelt else _ALIKE


def _neighbours(field: str, asked: tuple[_Word, ...]) -> float:
    """Which share of the typed words stand beside each other in a text as they were typed."""
    if len(asked) < 2:
        return 0.0
    pairs = _known(field).pairs
    typed = [word.folded for word in asked]
    return sum(pair in pairs for pair in pairwise(typed)) / (len(typed) - 1)


def excerpt(field: str, asked: Sequence[_Word]) -> str:
    """Some words of a text around the most that matched, with what matched in brackets."""
    text = unicodedata.normalize("NFC", field)
    matched = _matched(text, asked)
    if not matched:
        return text if len(text) <= _WINDOW else f"{text[:_WINDOW].rpartition(' ')[0]}…"
    start, end = _window(text, matched)
    marked: list[str] = ["…" if start else ""]
    at = start
    for first, last in _runs(text, [one for one in matched if start <= one.start and one.end <= end]):
        marked += [text[at:first], _OPEN, text[first:last], _CLOSE]
        at = last
    marked += [text[at:end], "…" if end < len(text) else ""]
    return "".join(marked)


def _matched(text: str, asked: Sequence[_Word]) -> list[_Word]:
    """The words of a text that were typed, those that the typed abbreviations stand for, and the reverse."""
    wanted = {word.folded for word in asked}
    for short in wanted & ABBREVIATIONS.keys():
        wanted |= set(ABBREVIATIONS[short].split())
    wanted |= {short for short, whole in ABBREVIATIONS.items() if set(whole.split()) <= wanted}
    return [word for word in _words(text) if word.folded in wanted]


def _window(text: str, matched: Sequence[_Word]) -> tuple[int, int]:
    """Where the piece begins and ends that shows the most of what matched; whole words only."""
    if len(text) <= _WINDOW:
        return 0, len(text)
    counts = [
        sum(one.start <= other.start < one.start + _WINDOW // 2 for other in matched) for one in matched
    ]
    first = matched[counts.index(max(counts))].start
    start = max(0, min(first - _WINDOW // 4, len(text) - _WINDOW))
    while start and not text[start - 1].isspace() and start < first:
        start += 1
    end = min(len(text), start + _WINDOW)
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _runs(text: str, matched: Sequence[_Word]) -> list[tuple[int, int]]:
    """Matched words beside each other as one piece."""
    runs: list[tuple[int, int]] = []
    for word in matched:
        if runs and not text[runs[-1][1] : word.start].strip():
            runs[-1] = (runs[-1][0], word.end)
        else:
            runs.append((word.start, word.end))
    return runs


def _words(text: str) -> tuple[_Word, ...]:
    """The words of a text; one that folds into several («½») gives them all, at the same place."""
    found: list[_Word] = []
    start = -1
    for place, letter in enumerate(f"{text} "):
        inside = letter.isalnum() or (start >= 0 and unicodedata.combining(letter) != 0)
        if inside and start < 0:
            start = place
        elif not inside and start >= 0:
            piece = text[start:place]
            parts = words_only(piece).split()
            spelt = piece.casefold() if len(parts) == 1 else ""
            found += [_Word(part, spelt or part, start, place) for part in parts]
            start = -1
    return tuple(found)

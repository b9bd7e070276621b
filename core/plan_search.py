"""Finding a passage by words as people type them: with, without or with half of their diacritics."""

import re
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
    "badt": "benh an dien tu",
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
        "a ai anh bi cac cua da dang de di em gi khi khong la lam luc minh nao nay neu nhieu nhu nhung o "
        "phai sao se toi va vay ve voi"
    ).split()
)
#: «bao» is such a word before these; elsewhere it is half of «báo cáo».
_HOW_MUCH = frozenset({"gio", "nhieu", "lau"})
#: Verbs of handing in: either finds the other, and a passage may do without them.
_WEAK, _WEAKLY = {"nop": "gui", "gui": "nop"}, 0.5
#: What people call things by other words than plans do, folded; the first that the plan has is looked for.
_OTHERWISE = {
    "tien thuong": ("muc thuong", "kinh phi khen thuong", "khen thuong"),
    "muc thuong": ("tien thuong", "khen thuong"),
}
#: Letters from which initials are not alike by chance.
_INITIALS = 4
_PERCENTAGE = re.compile(r"[0-9][0-9.,]*\s?%")
#: How much a word counts that is alike only without its diacritics, although it was typed with them.
_ALIKE = 0.6
#: How much a word counts that stands alone, where so many were typed.
_ALONE, _SEVERAL = 0.5, 2
_HALF = 0.5
#: What it adds that all the words typed stand in a row, where they are enough to be a phrase.
_A_PHRASE, _PHRASE = 3, 1.0
_IN_CODE, _IN_LABEL, _IN_QUOTE, _IN_MORE = 4.0, 2.5, 2.0, 1.0
_WHOLE_CODE = 50.0
#: A word in fewer texts than this says no more than one in so many.
_FEW = 3
_WINDOW = 150
#: Texts kept with their words: the passages of a good many plans.
_REMEMBERED = 8192
#: Words; a longer question says itself what it is about.
_LONGEST_ASKED = 12
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
    asked = _as_here(_asked(typed), texts)
    if not asked:
        return _percentages(texts) if "%" in typed else ()
    found = [[_credits(asked, _known(field)) for _weight, field in _fields(text)] for text in texts]
    best = [_best(of_text) for of_text in found]
    rarity = [
        _rarity(len(texts), sum(row[number] > 0 for row in best)) * (_WEAKLY if word.folded in _WEAK else 1)
        for number, word in enumerate(asked)
    ]
    hits = [
        Hit(place, _score(text, asked, found[place], rarity), excerpt(_telling(text, found[place]), asked))
        for place, text in enumerate(texts)
        if _mean(best[place], rarity) > _HALF
    ]
    return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.place)))


def _asked(typed: str) -> tuple[_Word, ...]:
    words = _words(unicodedata.normalize("NFC", typed))
    folded = [word.folded for word in words]
    how_much = {
        place for place, pair in enumerate(pairwise(folded)) if pair[0] == "bao" and pair[1] in _HOW_MUCH
    }
    telling = tuple(
        word
        for place, word in enumerate(words)
        if word.folded not in _FILLING and not {place, place - 1} & how_much
    )
    return telling or words


def _as_here(asked: tuple[_Word, ...], texts: Sequence[Text]) -> tuple[_Word, ...]:
    """What was typed, in the words of these texts where they call it otherwise or spell it out."""
    if len(asked) > _LONGEST_ASKED:
        return asked
    lines = [_line(field) for text in texts for _weight, field in _fields(text)]
    line = " ".join(word.folded for word in asked)
    for said, others in _OTHERWISE.items():
        if f" {said} " in f" {line} " and not _held(said, lines):
            meant = next((other for other in others if _held(other, lines)), said)
            line = f" {line} ".replace(f" {said} ", f" {meant} ").strip()
            return tuple(_Word(word, word, 0, 0) for word in line.split())
    if len(asked) == 1 and len(line) >= _INITIALS and line.isalpha() and line not in ABBREVIATIONS:
        spelt_out = "" if _held(line, lines) else _spelt_out(line, lines)
        return tuple(_Word(word, word, 0, 0) for word in spelt_out.split()) or asked
    return asked


@lru_cache(maxsize=_REMEMBERED)
def _line(field: str) -> str:
    return words_only(field)


def _held(phrase: str, lines: Sequence[str]) -> bool:
    return any(f" {phrase} " in f" {line} " for line in lines)


def _spelt_out(letters: str, lines: Sequence[str]) -> str:
    """The first words that begin with these letters one after another."""
    for line in lines:
        words = line.split()
        place = "".join(word[0] for word in words).find(letters)
        if place >= 0:
            return " ".join(words[place : place + len(letters)])
    return ""


def _percentages(texts: Sequence[Text]) -> tuple[Hit, ...]:
    """The passages whose words name a percentage, in their order."""
    hits = []
    for place, text in enumerate(texts):
        quote = unicodedata.normalize("NFC", text.quote)
        marked = [_Word("", "", *found.span()) for found in _PERCENTAGE.finditer(quote)]
        if marked:
            hits.append(Hit(place, _IN_QUOTE, _marked(quote, marked)))
    return tuple(hits)


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
    beside = [_neighbours(field, asked) for _weight, field in fields]
    together = max(weight * share for (weight, _field), share in zip(fields, beside, strict=True))
    if len(asked) >= _A_PHRASE and max(beside) == 1:
        together += _PHRASE
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
    for verb, other in _WEAK.items():
        if verb in ways:
            ways.setdefault(other, set()).add("")
            beside |= {(other, right) for left, right in beside if left == verb}
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
    return _marked(text, _matched(text, asked))


def _marked(text: str, matched: Sequence[_Word]) -> str:
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
    beside = set(pairwise(word.folded for word in asked))
    for short in wanted & ABBREVIATIONS.keys():
        wanted |= set(ABBREVIATIONS[short].split())
        beside |= set(pairwise(ABBREVIATIONS[short].split()))
    shorts = {short for short, whole in ABBREVIATIONS.items() if set(whole.split()) <= wanted}
    words = _words(text)
    alike = [place for place, word in enumerate(words) if word.folded in wanted | shorts]
    exact = [place for place in alike if _as_spelt(words[place], asked)]
    return [words[place] for place in _together(words, exact or alike, beside)]


def _as_spelt(word: _Word, asked: Sequence[_Word]) -> bool:
    """Whether a word is written as it was typed, where it was typed with its diacritics."""
    typed = [one for one in asked if one.folded == word.folded]
    return not typed or any(one.spelt in (one.folded, word.spelt) for one in typed)


def _together(words: Sequence[_Word], places: Sequence[int], beside: set[tuple[str, str]]) -> list[int]:
    """The places without words that only stand alone where the text has them beside their neighbour.

    «hồ sơ» is what «ho so» asks for; «cơ sở» beside it is not.
    """
    known = set(places)
    pairs = [
        place
        for place in places
        if place + 1 in known and (words[place].folded, words[place + 1].folded) in beside
    ]
    paired = {*pairs, *(place + 1 for place in pairs)}
    said = {words[place].folded for place in paired}
    return [place for place in places if place in paired or words[place].folded not in said]


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

"""Several criteria answered in one message, «1A 2B 3: 95%», where each message counts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.assessment import Entry, Sheet
from core.criteria import Answer, AwaitedGiven, DeclarationGiven, Given, LevelGiven
from core.measures import DeclarationMeasure, NarrativeMeasure, NumberMeasure, OrdinalMeasure
from core.vietnamese import fold

MOST = 5
"""Criteria on one screen: what a telephone shows without being lost in it."""
LETTERS = "ABCDEFG"
SHORTEST_WORDS = 3

_NUMBER = r"([0-9]{1,2})"
_GAP = re.compile(r"[\s,;.]+")
_PICK = re.compile(rf"{_NUMBER}\s*[:=.)\-]?\s*([a-zA-Z\u0111\u0110])(?=[\s,;.0-9]|$)")
_FIGURE = re.compile(rf"{_NUMBER}\s*[:=]\s*([0-9]+(?:[.,/][0-9]+)*\s?%?)(?=[\s,;.]|$)")
_WORDS = re.compile(rf"\s*{_NUMBER}\s*[:=.)\-]\s*(\S.*)")
#: «4 tận tụy phục vụ»: perhaps the answer to the fourth, perhaps four of something.
_UNMARKED = re.compile(rf"\s*{_NUMBER}\s+[^\W\d].*")
_STRANGE = re.compile(r"[^\s,;]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """What one of the numbered criteria takes: so many letters, and a figure, or words, or neither."""

    letters: int
    figure: bool = False
    words: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What was answered to one number: the place of a letter, or else what was typed."""

    number: int
    letter: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """What a message answers, by number, and the pieces of it that answer nothing."""

    parts: tuple[Part, ...]
    strange: tuple[str, ...]


def read(text: str, asked: Sequence[Asked]) -> Read:
    """The answers in a text: «1A 2B», «1a2b», «1: A, 2: B», «3=95%», «4: vài câu», in lines or in one.

    What does not fit the number it names is strange, and so is a number answered in two ways: nothing is
    guessed. Words go on over the lines below, up to the next number; a line that may be the words of another
    criterion, with nothing after its number, is strange too.
    """
    found: list[tuple[Part, str]] = []
    strange: list[str] = []
    open_words = False
    for line in text.splitlines():
        told = _WORDS.fullmatch(line)
        pieces, odd = _scanned(line)
        if told and odd and _takes_words(asked, int(told[1])):
            found.append((Part(int(told[1]), text=told[2].strip()), line.strip()))
            open_words = True
        elif open_words and odd and _may_be_another(asked, line, {part.number for part, _ in found}):
            strange.append(line.strip())
            open_words = False
        elif open_words and line.strip() and not pieces:
            part, raw = found[-1]
            found[-1] = (Part(part.number, text=f"{part.text}\n{line.strip()}"), raw)
        else:
            open_words = open_words and not line.strip()
            found += pieces
            strange += odd
    kept: dict[int, tuple[Part, str]] = {}
    twice: set[int] = set()
    for part, raw in found:
        if not _fits(asked, part):
            strange.append(raw)
        elif part.number in kept and kept[part.number][0] != part:
            strange.append(raw)
            twice.add(part.number)
        else:
            kept[part.number] = (part, raw)
    strange += [kept.pop(number)[1] for number in sorted(twice)]
    return Read(tuple(kept[number][0] for number in sorted(kept)), tuple(strange))


def _scanned(line: str) -> tuple[list[tuple[Part, str]], list[str]]:
    """The picks and figures of a line, and the rest of it, words that stand together in one piece."""
    found: list[tuple[Part, str]] = []
    odd: list[str] = []
    at, goes_on = 0, False
    while at < len(line):
        if gap := _GAP.match(line, at):
            at = gap.end()
        elif figure := _FIGURE.match(line, at):
            found.append((Part(int(figure[1]), text=figure[2]), figure[0]))
            at, goes_on = figure.end(), False
        elif pick := _PICK.match(line, at):
            letter = LETTERS.find(fold(pick[2]).upper())
            found.append((Part(int(pick[1]), letter if letter >= 0 else len(LETTERS)), pick[0]))
            at, goes_on = pick.end(), False
        else:
            # A comma or a point is a gap by itself, so there is always something here.
            other = _STRANGE.match(line, at)
            assert other is not None
            if goes_on:
                odd[-1] = f"{odd[-1]} {other[0]}"
            else:
                odd.append(other[0])
            at, goes_on = other.end(), True
    return found, odd


def _may_be_another(asked: Sequence[Asked], line: str, answered: set[int]) -> bool:
    """Whether a line under somebody's words could be meant for another criterion of the screen."""
    told = _UNMARKED.fullmatch(line)
    return told is not None and int(told[1]) not in answered and _takes_words(asked, int(told[1]))


def _takes_words(asked: Sequence[Asked], number: int) -> bool:
    return 1 <= number <= len(asked) and asked[number - 1].words


def _fits(asked: Sequence[Asked], part: Part) -> bool:
    if not 1 <= part.number <= len(asked):
        return False
    takes = asked[part.number - 1]
    if part.letter is not None:
        return part.letter < takes.letters
    return takes.figure or (takes.words and len(part.text) >= SHORTEST_WORDS)


def options(entry: Entry) -> tuple[Given | None, ...]:
    """What each letter answers to a criterion, in order; the one that is nothing says it does not apply."""
    given: list[Given | None] = []
    match entry.question:
        case DeclarationMeasure():
            given = [DeclarationGiven(yes=True), DeclarationGiven(yes=False)]
        case OrdinalMeasure() as measure:
            given = [LevelGiven(level.key) for level in measure.scale.levels]
            given += [AwaitedGiven()] if measure.awaited else []
    return (*given, None) if entry.dismissable else tuple(given)


def asked(entry: Entry) -> Asked:
    """How an entry is answered here."""
    question = entry.question
    return Asked(
        len(options(entry)),
        figure=isinstance(question, NumberMeasure),
        words=isinstance(question, NarrativeMeasure),
    )


def is_simple(entry: Entry) -> bool:
    """Whether a criterion is open, untouched, and asks for one short thing; the others keep their cards."""
    if entry.answered or len(entry.criterion.measures) != 1 or entry.criterion.ways:
        return False
    if not isinstance(entry.answer, Answer) or entry.answer.given:
        return False
    simple = DeclarationMeasure | OrdinalMeasure | NumberMeasure | NarrativeMeasure
    return isinstance(entry.question, simple) and len(options(entry)) <= len(LETTERS)


def following(sheet: Sheet, after: str = "") -> tuple[Entry, ...]:
    """The next simple criteria, from the start again when the end is reached.

    They are taken from the whole plan: a group of one would cost as many messages as a group of five.
    """
    here = sheet.place_of(after) if after else 0
    around: Iterable[Entry] = (*sheet.entries[here:], *sheet.entries[:here])
    return tuple(entry for entry in around if is_simple(entry))[:MOST]

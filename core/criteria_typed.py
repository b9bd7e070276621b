"""What a person typed, read as the answer to what is asked."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from core.criteria import DeltaGiven, NumberGiven, SlotsGiven
from core.measures import DeltaMeasure, Gain, NumberMeasure, Slot, SlotsMeasure
from core.numbers import LONGEST, NumberProblem, read_number, unreadable
from core.refusals import Code, Refusal
from core.vietnamese import clean_paragraphs, fold

SLOT_LIMIT = 300
"""Characters of what is named in one slot."""
_SHORTEST_SLOT = 2


def take_number(measure: NumberMeasure, text: str) -> NumberGiven:
    """The answer in what a person typed.

    Raises `Refusal(NUMBER_UNREADABLE)` when it cannot be the figure asked for: not a number, a
    share where a count is asked, a part of a whole thing, or beyond what can be true.
    """
    reading = read_number(text, percent=measure.percent, unit=measure.unit)
    if reading.part is not None and not measure.percent:
        raise unreadable(NumberProblem.FRACTION_UNWANTED, text, unit=measure.unit)
    if reading.percent and not measure.percent:
        raise unreadable(NumberProblem.PERCENT_UNWANTED, text, unit=measure.unit)
    if measure.whole and reading.value != reading.value.to_integral_value():
        raise unreadable(NumberProblem.NOT_WHOLE, text, unit=measure.unit)
    _ensure_possible(measure, reading.value, text)
    return NumberGiven(reading.value, reading.part, reading.whole)


def take_delta(measure: DeltaMeasure, text: str, known: DeltaGiven | None = None) -> DeltaGiven:
    """Last year's figure and this year's: both at once, or the one that is still missing of what is `known`.

    «70,5 72», «70,5 → 72», «năm trước 70,5 năm nay 72» are all two figures, last year's first unless the
    words say otherwise. Raises `Refusal(NUMBER_UNREADABLE)` for anything else.
    """
    if len(text) > 2 * LONGEST:
        raise unreadable(NumberProblem.TOO_LONG, text)
    words = fold(text).replace("→", " ")
    figures = list(_FIGURE.finditer(_YEAR.sub(_blank, words)))
    if not figures:
        problem = NumberProblem.NOT_TWO if words.strip() else NumberProblem.EMPTY
        raise unreadable(problem, text)
    if len(figures) > 2:
        raise unreadable(NumberProblem.MORE_THAN_TWO, text)
    around = _around(words, figures)
    strange = set(_WORD.findall(" ".join(around))) - _FILLING - set(_WORD.findall(fold(measure.unit)))
    if strange or "/" in words:
        raise unreadable(NumberProblem.NOT_TWO, text)
    values = [_figure(measure, found.group(), text) for found in figures]
    if len(values) == 1:
        return _completed(known or DeltaGiven(None), values[0], " ".join(around))
    return DeltaGiven(values[1], values[0]) if _reversed(around) else DeltaGiven(*values)


def take_slots(measure: SlotsMeasure, text: str, known: SlotsGiven | None = None) -> SlotsGiven:
    """What was named before and what this text adds.

    Lines that begin with a slot's name («rõ người: …») fill those slots, and so do numbered lines where there
    is one for every slot; what stands between them belongs to the slot above. Any other text fills the first
    slot that is empty.
    Raises `Refusal(SLOT_TOO_SHORT)` or `Refusal(SLOT_TOO_LONG)`.
    """
    texts = dict(known.texts) if known else {}
    named = _told_by_line(text, lambda line: _by_name(measure.slots, line))
    if not named:
        numbered = _told_by_line(text, lambda line: _by_number(measure.slots, line))
        named = numbered if len(numbered) == len(measure.slots) else {}
    if not named:
        named = dict.fromkeys(missing_slots(measure, known)[:1], text)
    for slot, said in named.items():
        told = clean_paragraphs(said, len(said) + 1)
        if len(told) < _SHORTEST_SLOT:
            raise Refusal(Code.SLOT_TOO_SHORT, slot=slot.label)
        if len(told) > SLOT_LIMIT:
            raise Refusal(Code.SLOT_TOO_LONG, slot=slot.label, length=len(told), limit=SLOT_LIMIT)
        texts[slot.key] = told
    return SlotsGiven(texts)


def missing_slots(measure: SlotsMeasure, known: SlotsGiven | None) -> list[Slot]:
    """The slots nothing is named in yet."""
    texts = known.texts if known else {}
    return [slot for slot in measure.slots if not texts.get(slot.key)]


_FIGURE = re.compile(r"(?<![0-9.,])[+-]?[0-9]+(?:[.,][0-9]+)*%?")
_YEAR = re.compile(r"\bnam (?:19|20)[0-9]{2}\b")
_WORD = re.compile(r"[a-z]+")
_FILLER = (
    "nam truoc ngoai nay roi hang thu bac diem den len xuong sang tu la va thi con duoc dat xep tang giam "
    "muc chi so can phan tram"
)
_FILLING = frozenset(_FILLER.split(" "))
_LAST, _THIS = ("truoc", "ngoai"), ("nay",)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _around(words: str, figures: Sequence[re.Match[str]]) -> list[str]:
    """What stands before each figure, and after the last."""
    ends = [0, *(found.end() for found in figures)]
    starts = [*(found.start() for found in figures), len(words)]
    return [words[end:start] for end, start in zip(ends, starts, strict=True)]


def _reversed(around: Sequence[str]) -> bool:
    """Whether this year's figure is told before last year's."""
    years = [int(year) for piece in around for year in re.findall(r"\bnam ((?:19|20)[0-9]{2})\b", piece)]
    if len(years) == 2 and years[0] != years[1]:
        return years[0] > years[1]
    first, between, after = around
    if _tells(first, (*_LAST, *_THIS)):
        return _tells(first, _THIS)
    if _tells(after, (*_LAST, *_THIS)):
        return _tells(between, _THIS) or (_tells(after, _LAST) and not _tells(between, _LAST))
    return _tells(between, _LAST)


def _tells(piece: str, words: Sequence[str]) -> bool:
    return any(word in _WORD.findall(piece) for word in words)


def _completed(given: DeltaGiven, value: Decimal, words: str) -> DeltaGiven:
    """One figure goes where its words say, or where one is missing, last year's first."""
    if _tells(words, _LAST) or (given.before is None and not _tells(words, _THIS)):
        return DeltaGiven(value, given.now)
    return DeltaGiven(given.before, value)


def _figure(measure: DeltaMeasure, typed: str, text: str) -> Decimal:
    reading = read_number(typed, percent=measure.unit == "%")
    if reading.percent and measure.unit != "%":
        raise unreadable(NumberProblem.PERCENT_UNWANTED, text, unit=measure.unit)
    if measure.gain is Gain.RANK and (
        reading.value < 1 or reading.value != reading.value.to_integral_value()
    ):
        raise unreadable(NumberProblem.NOT_A_RANK, text)
    _ensure_possible(measure, reading.value, text)
    return reading.value


def _ensure_possible(measure: NumberMeasure | DeltaMeasure, value: Decimal, text: str) -> None:
    too_low = measure.low is not None and value < measure.low
    if too_low or (measure.high is not None and value > measure.high):
        raise unreadable(
            NumberProblem.OUT_OF_RANGE, text, unit=measure.unit, low=measure.low, high=measure.high
        )


_NUMBERED = re.compile(r"\s*([1-9])\s*[.):/-]\s*(.*)")
_NAMED = re.compile(r"\s*(?:[-*•+]|[1-9]\s*[.):/-])?\s*([^:=–]{2,40}?)\s*(?:[:=–]|\s-\s)\s*(.*)")
_CLEAR = "ro "

_Begun = tuple[Slot, str] | None


def _told_by_line(text: str, begun_by: Callable[[str], _Begun]) -> dict[Slot, str]:
    """What the text says of each slot that one of its lines begins."""
    told: dict[Slot, list[str]] = {}
    latest: list[str] = []
    for line in text.splitlines():
        begun = begun_by(line)
        if begun is None:
            latest.append(line)
        else:
            latest = told.setdefault(begun[0], [])
            latest.append(begun[1])
    return {slot: "\n".join(lines) for slot, lines in told.items()}


def _by_name(slots: Sequence[Slot], line: str) -> _Begun:
    found = _NAMED.fullmatch(line)
    if found is None:
        return None
    name = fold(found[1]).removeprefix(_CLEAR)
    return next(((slot, found[2]) for slot in slots if name == fold(slot.label).removeprefix(_CLEAR)), None)


def _by_number(slots: Sequence[Slot], line: str) -> _Begun:
    found = _NUMBERED.fullmatch(line)
    return (slots[int(found[1]) - 1], found[2]) if found and int(found[1]) <= len(slots) else None

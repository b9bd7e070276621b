"""A criterion answered again: asked from the beginning, while the old answer holds until the new is there."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from core.assessment import Entry, given_to_json
from core.criteria import Answer, DeltaGiven, Given, SlotsGiven, WayGiven
from core.criteria_judged import judge

_PICKED, _SLOT = ">", "/"


def marks(code: str, given: Given) -> tuple[str, ...]:
    """What was just answered anew: «c1», «c1/nguoi» for a slot, «way>part» for the way that was picked."""
    match given:
        case WayGiven(part):
            return (f"{code}{_PICKED}{part}",)
        case SlotsGiven(texts):
            return tuple(f"{code}{_SLOT}{slot}" for slot in texts)
    return (code,)


def asked_again(entry: Entry, marked: Sequence[str]) -> Entry:
    """The criterion with only what was answered anew, so that the rest is asked."""
    given: dict[str, Given] = {way: WayGiven(part) for way, part in picked(marked)}
    for mark in marked:
        code, _, slot = mark.partition(_SLOT)
        known = entry.given_to(code)
        if isinstance(known, SlotsGiven):
            so_far = given.get(code)
            texts = so_far.texts if isinstance(so_far, SlotsGiven) else {}
            given[code] = SlotsGiven({**texts, slot: known.texts[slot]} if slot in known.texts else texts)
        elif known is not None:
            given[code] = known
    outcome = judge(entry.criterion, Answer(given, entry.proofs)).outcome
    return replace(entry, given=given_to_json(Answer(given)), outcome=outcome)


def picked(marked: Iterable[str]) -> list[tuple[str, str]]:
    """The ways picked anew, each with its part; they are kept when all is answered."""
    return [(way, part) for way, sign, part in (mark.partition(_PICKED) for mark in marked) if sign]


def over(old: Given | None, new: Given) -> Given | None:
    """What to keep of a new answer over the old one; nothing of half an answer."""
    match old, new:
        case SlotsGiven(texts), SlotsGiven(fresh):
            return SlotsGiven({**texts, **fresh})
        case _, DeltaGiven(before, now) if before is None or now is None:
            return None
    return new

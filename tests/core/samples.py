"""Every screen the house can show: each function of core/texts that makes one, called with sample facts."""

import importlib
import inspect
import pkgutil
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from itertools import product
from math import prod
from pathlib import Path
from types import NoneType, UnionType
from typing import get_args, get_origin, get_type_hints

import core.texts
from core.assessment import Entry, EvidenceFacts, RoundFacts, Sheet, given_to_json
from core.ballots import Count
from core.campaigns import Campaign, Group, Track
from core.collective import Colleague, Part
from core.council import SittingFacts
from core.criteria import (
    Answer,
    Criterion,
    DeclarationGiven,
    DeltaGiven,
    Given,
    LevelGiven,
    NotApplicable,
    NumberGiven,
    SlotsGiven,
    TextGiven,
)
from core.criteria_judged import judge
from core.dossiers import PARTICULARS, UNIT_PARTICULARS, DossierAct
from core.errands import ErrandKind
from core.measures import (
    DeclarationMeasure,
    DeltaMeasure,
    DocumentMeasure,
    Measure,
    NarrativeMeasure,
    NumberMeasure,
    OrdinalMeasure,
    SlotsMeasure,
)
from core.messages import Capabilities, Choice, Message
from core.plan import Passage, Section, passages
from core.plan_search import Hit
from core.questions import QuestionFacts
from core.results import Taken
from core.roles import Role
from core.unit_reviews import AgendaItem, Candidate, MeetingFacts
from services.papers.campaign_toml import read_file
from tests.core import (
    announcement_samples,
    calendar_samples,
    campaign_samples,
    channel_samples,
    date_change_samples,
    deputy_samples,
    dossier_samples,
    eligibility_samples,
    ladder_screens,
    nudging_samples,
    quota_samples,
    reminder_samples,
    submission_samples,
)

_FACTS = 12
_MOST = 120
"""Screens of one kind; the facts of a whole plan combine to thousands."""

PLAN = Path(__file__).resolve().parents[2] / "campaigns" / "hoai-nhon-2026-2030.toml"
AT = datetime(2026, 12, 14, 1, 5, tzinfo=UTC)

Maker = Callable[..., Message]


@dataclass(frozen=True, slots=True)
class Shown:
    """A screen and the function it came from."""

    by: str
    message: Message


def makers() -> dict[str, Maker]:
    """Public functions of core/texts that return a Message, by their full names."""
    found: dict[str, Maker] = {}
    for info in pkgutil.iter_modules(core.texts.__path__):
        module = importlib.import_module(f"core.texts.{info.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            here = function.__module__ == module.__name__ and not name.startswith("_")
            if here and inspect.signature(function).return_annotation is Message:
                found[f"{info.name}.{name}"] = function
    return found


def screens(words: str) -> Iterator[Shown]:
    """All of them, with `words` for whatever a person wrote. `KeyError` names a type without samples."""
    for name, make in makers().items():
        parameters = inspect.signature(make).parameters.values()
        told = _told(name, words)
        columns = [told.get(one.name) or _samples(one.annotation, words) for one in parameters]
        for values in _combined(columns):
            given = dict(zip((one.name for one in parameters), values, strict=True))
            positional = [given.pop(one.name) for one in parameters if one.kind is not one.KEYWORD_ONLY]
            yield Shown(name, make(*positional, **given))


_WORDS: Mapping[str, Mapping[str, Sequence[object]]] = {
    "appraisal.ask_reason": {"act": ["let_go", "reopen", "conflict"]},
    "unit_meetings.ask_line": {"what": ["place", "absent", "sums", "conclude"]},
}


def _told(maker: str, words: str) -> Mapping[str, Sequence[object]]:
    """What some makers are called with: only some words are the name of something."""
    match maker:
        case "appraisal.nominee":
            return {"entries": [sheet.entries for sheet in sheets(words)[1:3]]}
        case "council_notices.decided":
            return {"sitting": [one for one in _samples(SittingFacts, words) if getattr(one, "dated", None)]}
        case "results_notices.to_nominee" | "results_notices.to_unit":
            acts = (DossierAct.SUBMIT, DossierAct.RETURN, DossierAct.FINISH, DossierAct.DECIDE)
            return {"taken": [replace(one, act=act) for act in acts for one in _takens(words)]}
        case "unit_reviews.comparison":
            return {"candidates": [_samples(Candidate, words)[:1]], "page_number": [0]}
        case "particulars.question":
            return {"name": [one for one in PARTICULARS if one in UNIT_PARTICULARS]}
        case "unit_reviews.criterion":
            keys = [entry.criterion.key for sheet in sheets(words) for entry in sheet.entries]
            return {"candidates": [_samples(Candidate, words)], "key": keys[:3]}
        case "unit_meetings.meeting":
            found = [one for one in _samples(MeetingFacts, words) if isinstance(one, MeetingFacts)]
            return {"facts": [replace(one, held="0f" * 4) for one in found]}
        case "unit_meetings.nominee_notice":
            return {"item": [one for one in _samples(AgendaItem, words) if getattr(one, "count", None)]}
    return _WORDS.get(maker, {})


def _takens(words: str) -> Sequence[Taken]:
    return [one for one in _samples(Taken, words)[:2] if isinstance(one, Taken)]


def _combined(samples: Sequence[Sequence[object]]) -> Iterator[tuple[object, ...]]:
    """Every combination; where there are very many, each value several times beside others."""
    if prod(map(len, samples)) <= _MOST:
        yield from product(*samples)
        return
    rng = random.Random(20261122)
    columns = [[rng.sample(one, len(one)) for _round in range(1 + _MOST // len(one))] for one in samples]
    yield from zip(
        *([value for again in column for value in again][:_MOST] for column in columns), strict=True
    )


def _samples(annotation: object, words: str) -> Sequence[object]:
    """Those of a type; of what is made of others, an empty and a full one, or one with each of theirs."""
    known = _known(words)
    if annotation in known:
        return known[annotation]
    of = get_args(annotation)
    match get_origin(annotation):
        case origin if origin is Sequence or (origin is tuple and of[1:] == (...,)):
            several = tuple(_samples(of[0], words))
            # Facts made here bear one number: two of them in a list would be the same one.
            return (), several if of[0] in known else several[:1]
        case origin if origin is tuple:
            return [tuple(_samples(one, words)[0] for one in of)]
        case origin if origin is Mapping:
            return [dict(zip(_samples(of[0], words), _samples(of[1], words), strict=False))]
        case origin if origin is UnionType:
            return [one for part in of for one in ([None] if part is NoneType else _samples(part, words))]
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return list(annotation)
    if isinstance(annotation, type) and is_dataclass(annotation):
        return _made(annotation, words)
    raise KeyError(annotation)


def _full(column: Sequence[object]) -> Sequence[object]:
    """Without what is empty where there is more: a meeting has members."""
    return [one for one in column if one != ()] or column


def _made(of: type, words: str) -> Sequence[object]:
    """Facts of a kind that has no samples of its own: so many that each sample of each field is in one."""
    types = get_type_hints(of)
    columns = {one.name: _full(_samples(types[one.name], words)) for one in fields(of) if one.init}
    longest = max(map(len, columns.values()), default=1)
    return [
        of(**{name: column[place % len(column)] for name, column in columns.items()})
        for place in range(min(longest, _FACTS))
    ]


@cache
def _known(words: str) -> dict[object, Sequence[object]]:
    return {
        str: [words],
        int: [3],
        bool: [False, True],
        Fraction: [Fraction(2, 3)],
        Count: [Count(9, 6, 2, 1), Count(9)],
        datetime: [AT],
        tzinfo: [UTC],
        Role: list(Role),
        ErrandKind: list(ErrandKind),
        Choice: [Choice("account", "Tài khoản và dữ liệu")],
        Group: list(plan().groups),
        Criterion: list(plan().criteria()),
        EvidenceFacts: files(words),
        Campaign: [plan()],
        Campaign | None: [None, plan()],
        Passage: list(passages(plan())),
        Campaign | None: [None, plan()],
        Passage | None: [None, passages(plan())[30]],
        Mapping[str, str]: [{}],
        Section: list(Section),
        Hit: [Hit(1, 2.5, f"… [{words}] …")],
        QuestionFacts: [
            QuestionFacts(7, words, words, "004", words, "004-c3", words, AT),
            QuestionFacts(8, words, words, "", "", "", words, AT, words, words, AT),
        ],
        RoundFacts: [
            RoundFacts(1, "Kế hoạch", "Năm 2026", AT, None, 0, 32, signed=False),
            RoundFacts(2, "Kế hoạch", "Năm 2027", None, 5, 3, 32, signed=False),
            RoundFacts(3, "Kế hoạch", "Năm 2028", AT, 6, 32, 32, signed=False),
            RoundFacts(4, "Kế hoạch", "Năm 2029", AT, 7, 32, 32, signed=True),
            RoundFacts(
                1, words, "Năm 2026", None, 9, 3, 32, False, track=Track.COLLECTIVE, unit_id=3, unit=words
            ),
            RoundFacts(1, words, "Năm 2026", AT, 10, 4, 4, False, unit_id=4, unit=words, part=True),
            RoundFacts(5, "Kế hoạch", "Năm 2026", AT, None, 0, 40, False, track=Track.HEAD),
        ],
        Sheet: sheets(words),
        Entry: [entry for sheet in sheets(words)[1:4] for entry in sheet.entries],
        Capabilities: [
            Capabilities(buttons=buttons, edits=buttons, files_in=files, files_out=files, text_limit=2000)
            for buttons, files in ((True, True), (False, True), (False, False))
        ],
        EvidenceFacts | None: [None, *files(words)],
        Colleague: [Colleague(5, words, words, words)],
        Part: [Part(5, words, sheets(words)[1].entries)],
        **calendar_samples.samples(words),
        **eligibility_samples.samples(words),
        **campaign_samples.samples(words),
        **channel_samples.samples(words),
        **reminder_samples.samples(words),
        **ladder_screens.samples(words),
        **nudging_samples.samples(words),
        **quota_samples.samples(),
        **submission_samples.samples(words, files(words)[1]),
        **deputy_samples.samples(words),
        **date_change_samples.samples(words),
        **dossier_samples.samples(words),
        **announcement_samples.samples(words, plan()),
    }


@cache
def plan() -> Campaign:
    """The plan of Hoài Nhơn."""
    return read_file(PLAN)


def files(words: str) -> list[EvidenceFacts]:
    """A file in each of its states."""
    states = ("waiting", "clean", "refused", "lost")
    return [
        EvidenceFacts(
            id=number,
            code=f"MC-{number:05d}",
            name=words,
            size=1_234_567,
            state=state,
            reason="",
            sha256="0f" * 32,
            served_sha256="0f" * 32,
            mime="application/pdf",
            received_at=AT,
            replaces_id=1 if number % 2 else None,
            caption=words,
        )
        for number, state in enumerate(states, start=1)
    ]


@cache
def sheets(words: str) -> list[Sheet]:
    """Untouched, begun, complete and signed; a unit's, and one that is filled for somebody else."""
    criteria = list(plan().criteria())
    untouched = [_entry(one, Answer()) for one in criteria]
    whole = [
        _entry(one, NotApplicable(words) if place % 8 == 5 else _answer(one, words), words, files(words))
        for place, one in enumerate(criteria)
    ]
    begun = [
        _entry(one, Answer(dict([*_answer(one, words).given.items()][:1]), 0))
        if len(one.measures) > 1
        else (whole[place] if place % 2 else untouched[place])
        for place, one in enumerate(criteria)
    ]
    own = [
        Sheet(1, plan(), "Năm 2026", AT if closes else None, signed=signed, entries=tuple(entries))
        for entries, closes, signed in (
            (untouched, True, False),
            (begun, False, False),
            (whole, True, False),
            (whole, False, True),
        )
    ]
    held = dict.fromkeys(("004-a1", "004-c3"), words)
    units = replace(own[1], track=Track.COLLECTIVE, subject=words, signs=False, shares=True, holders=held)
    return [*own, units, replace(own[2], subject=words, on_behalf=True)]


def _entry(
    criterion: Criterion, answer: Answer | NotApplicable, note: str = "", files: Sequence[EvidenceFacts] = ()
) -> Entry:
    return Entry(criterion, given_to_json(answer), judge(criterion, answer).outcome, note, tuple(files))


def _answer(criterion: Criterion, words: str) -> Answer:
    given = {measure.code: _given(measure, words) for measure in criterion.measures}
    return Answer({code: one for code, one in given.items() if one is not None}, files=2)


def _given(measure: Measure, words: str) -> Given | None:
    match measure:
        case NumberMeasure(fraction=fraction) if fraction:
            return NumberGiven(Decimal(90) * 100 / 98, Decimal(90), Decimal(98))
        case NumberMeasure():
            return NumberGiven(Decimal("95.5") if measure.percent else Decimal(3))
        case OrdinalMeasure():
            return LevelGiven(measure.scale.levels[2].key)
        case DeltaMeasure():
            return DeltaGiven(Decimal("70.5"), Decimal(72))
        case SlotsMeasure():
            return SlotsGiven({slot.key: words for slot in measure.slots})
        case DeclarationMeasure():
            return DeclarationGiven(yes=True, explanation=words)
        case NarrativeMeasure():
            return TextGiven(words)
        case DocumentMeasure():
            return None

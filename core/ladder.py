"""The ladder of reminders: which working days before, on and after the day, and who is told then."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from core.campaign_terms import DeadlineKind
from core.refusals import Code, Refusal
from core.roles import Role

MOST_RUNGS = 12
FARTHEST = 60


class Audience(StrEnum):
    """Who is told, in the order in which they are told."""

    PERSON = "person"
    DEPUTY = "deputy"
    OFFICE = "office"


class LadderProblem(StrEnum):
    """Why a ladder is refused. Each has its sentence in `core/texts/reminders_ladder.py`."""

    EMPTY = "empty"
    TOO_MANY = "too_many"
    TOO_FAR = "too_far"
    REPEATED = "repeated"
    DISORDERED = "disordered"
    UNASKED = "unasked"
    UNREADABLE = "unreadable"


_KEY = re.compile(rf"({'|'.join(Audience)})([+-][0-9]{{1,3}})")
_RANK = {audience: place for place, audience in enumerate(Audience)}


@dataclass(frozen=True, slots=True)
class Rung:
    """One step: `offset` working days from the last safe day, negative before it and 0 on it."""

    offset: int
    audience: Audience = Audience.PERSON

    @property
    def key(self) -> str:
        """How it is stored: «person-7», «person+0», «office+2»."""
        return f"{self.audience.value}{self.offset:+d}"

    @classmethod
    def from_key(cls, key: str) -> "Rung":
        """The rung that is stored so; `Refusal` where it is none."""
        found = _KEY.fullmatch(key)
        if found is None:
            raise _wrong(LadderProblem.UNREADABLE)
        return cls(int(found[2]), Audience(found[1]))


def _place_of(rung: Rung) -> tuple[int, int]:
    return rung.offset, _RANK[rung.audience]


def _fault(rungs: tuple[Rung, ...]) -> Refusal | None:
    """Why these rungs are no ladder."""
    if not any(rung.audience is Audience.PERSON for rung in rungs):
        return _wrong(LadderProblem.EMPTY)
    if len(rungs) > MOST_RUNGS:
        return _wrong(LadderProblem.TOO_MANY, limit=MOST_RUNGS)
    for rung in rungs:
        if abs(rung.offset) > FARTHEST:
            return _wrong(LadderProblem.TOO_FAR, limit=FARTHEST, offset=rung.offset)
    return _disorder(rungs)


def _disorder(rungs: tuple[Rung, ...]) -> Refusal | None:
    for before, after in pairwise(rungs):
        if before == after:
            return _wrong(LadderProblem.REPEATED, offset=after.offset, audience=after.audience)
        if _place_of(before) > _place_of(after):
            return _wrong(LadderProblem.DISORDERED, offset=after.offset, audience=after.audience)
    first = {audience: _first(rungs, audience) for audience in Audience}
    own, deputy, office = first[Audience.PERSON], first[Audience.DEPUTY], first[Audience.OFFICE]
    for offset, audience in ((deputy, Audience.DEPUTY), (office, Audience.OFFICE)):
        if offset is not None and own is not None and offset <= own:
            return _wrong(LadderProblem.UNASKED, offset=offset, audience=audience)
    if deputy is not None and office is not None and office < deputy:
        return _wrong(LadderProblem.DISORDERED, offset=office, audience=Audience.OFFICE)
    return None


def _first(rungs: tuple[Rung, ...], audience: Audience) -> int | None:
    return min((rung.offset for rung in rungs if rung.audience is audience), default=None)


def _wrong(problem: LadderProblem, **facts: object) -> Refusal:
    return Refusal(Code.LADDER_WRONG, ladder=problem, **facts)


@dataclass(frozen=True, slots=True)
class Ladder:
    """Rungs in their order. Raises `Refusal` (`LADDER_WRONG`, with a `LadderProblem`) where they are not one.

    Whoever is told instead of the person is told after a rung of the person's own, and the office not
    before the deputy.
    """

    rungs: tuple[Rung, ...]

    def __post_init__(self) -> None:
        fault = _fault(self.rungs)
        if fault is not None:
            raise fault

    @property
    def last_offset(self) -> int:
        """When the last word is said: with the last rung, though never before the day is past."""
        return max(1, *(rung.offset for rung in self.rungs))

    def adding(self, *more: Rung) -> "Ladder":
        """The same with these rungs, each in its place; `Refusal` where that makes no ladder."""
        return Ladder(tuple(sorted((*self.rungs, *more), key=_place_of)))

    def takes(self, one: Rung) -> bool:
        """Whether that rung may be added."""
        return _fault(tuple(sorted((*self.rungs, one), key=_place_of))) is None

    def without(self, one: Rung) -> "Ladder":
        """The same without that rung; `Refusal` where it is not there, or where nothing sound is left."""
        if one not in self.rungs:
            raise Refusal(Code.NOT_FOUND)
        return Ladder(tuple(each for each in self.rungs if each != one))

    def to_json(self) -> str:
        """The stored form."""
        return json.dumps(_plain(self), separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Ladder":
        """The ladder that `to_json` stored, or that somebody wrote; `Refusal` where it is not one."""
        return _ladder(_read(text))


DEFAULT_LADDER = Ladder(
    (
        *(Rung(offset) for offset in (-14, -7, -3, -1, 0)),
        Rung(1, Audience.DEPUTY),
        Rung(2, Audience.OFFICE),
    )
)


#: For what a ladder is: a kind of deadline, and the role of who owes it.
Whose = tuple[DeadlineKind, Role]


@dataclass(frozen=True, slots=True)
class Ladders:
    """The ladder of every kind of deadline and of the role of who owes it."""

    default: Ladder = DEFAULT_LADDER
    special: Mapping[Whose, Ladder] = field(default_factory=dict)

    def of(self, kind: DeadlineKind, role: Role = Role.HEAD) -> Ladder:
        """The one set for this kind and role, or the default."""
        return self.special.get((kind, role), self.default)

    def at(self, whose: Whose | None) -> Ladder:
        """The ladder of these, or with None the default."""
        return self.default if whose is None else self.of(*whose)

    def changed(self, whose: Whose | None, ladder: Ladder | None) -> "Ladders":
        """The same with another ladder for these; None goes back to the default, and that to the first."""
        if whose is None:
            return Ladders(ladder or DEFAULT_LADDER, self.special)
        others = {each: one for each, one in self.special.items() if each != whose}
        return Ladders(self.default, others if ladder is None else others | {whose: ladder})

    def to_json(self) -> str:
        """The stored form: {"": […], "dossier.head": […]}."""
        special = {f"{kind.value}.{role.value}": _plain(one) for (kind, role), one in self.special.items()}
        return json.dumps({"": _plain(self.default)} | special, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Ladders":
        """What `to_json` stored; `Refusal` where it is not that."""
        raw = _read(text)
        if not isinstance(raw, dict):
            raise _wrong(LadderProblem.UNREADABLE)
        special = {_place(name): _ladder(rungs) for name, rungs in raw.items() if name}
        return cls(_ladder(raw[""]) if "" in raw else DEFAULT_LADDER, special)


def _plain(ladder: Ladder) -> list[list[object]]:
    return [[rung.offset, rung.audience.value] for rung in ladder.rungs]


def _read(text: str) -> object:
    try:
        raw: object = json.loads(text)
    except ValueError:
        raise _wrong(LadderProblem.UNREADABLE) from None
    return raw


def _ladder(raw: object) -> Ladder:
    if not isinstance(raw, list):
        raise _wrong(LadderProblem.UNREADABLE)
    return Ladder(tuple(_rung(one) for one in raw))


def _rung(raw: object) -> Rung:
    match raw:
        case [bool(), _]:
            raise _wrong(LadderProblem.UNREADABLE)
        case [int(offset), str(audience)] if audience in set(Audience):
            return Rung(offset, Audience(audience))
        case _:
            raise _wrong(LadderProblem.UNREADABLE)


def _place(name: str) -> Whose:
    kind, _dot, role = name.partition(".")
    try:
        return DeadlineKind(kind), Role(role)
    except ValueError:
        raise _wrong(LadderProblem.UNREADABLE) from None

"""The ladder of reminders: which working days before, on and after the day, and who is told then."""

import json
from collections.abc import Iterable, Mapping
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


def _place_of(rung: Rung) -> tuple[int, int]:
    return rung.offset, _RANK[rung.audience]


def _check_order(rungs: tuple[Rung, ...]) -> None:
    for before, after in pairwise(rungs):
        if before == after:
            raise _wrong(LadderProblem.REPEATED, offset=after.offset, audience=after.audience)
        if _place_of(before) > _place_of(after):
            raise _wrong(LadderProblem.DISORDERED, offset=after.offset, audience=after.audience)
    first = {audience: _first(rungs, audience) for audience in Audience}
    own, deputy, office = first[Audience.PERSON], first[Audience.DEPUTY], first[Audience.OFFICE]
    for offset, audience in ((deputy, Audience.DEPUTY), (office, Audience.OFFICE)):
        if offset is not None and own is not None and offset <= own:
            raise _wrong(LadderProblem.UNASKED, offset=offset, audience=audience)
    if deputy is not None and office is not None and office < deputy:
        raise _wrong(LadderProblem.DISORDERED, offset=office, audience=Audience.OFFICE)


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
        if not any(rung.audience is Audience.PERSON for rung in self.rungs):
            raise _wrong(LadderProblem.EMPTY)
        if len(self.rungs) > MOST_RUNGS:
            raise _wrong(LadderProblem.TOO_MANY, limit=MOST_RUNGS)
        for rung in self.rungs:
            if abs(rung.offset) > FARTHEST:
                raise _wrong(LadderProblem.TOO_FAR, limit=FARTHEST, offset=rung.offset)
        _check_order(self.rungs)

    @property
    def last_offset(self) -> int:
        """When the last word is said: with the last rung, though never before the day is past."""
        return max(1, *(rung.offset for rung in self.rungs))

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


@dataclass(frozen=True, slots=True)
class Ladders:
    """The ladder of every kind of deadline and of the role of who owes it."""

    default: Ladder = DEFAULT_LADDER
    special: Mapping[tuple[DeadlineKind, Role], Ladder] = field(default_factory=dict)

    def of(self, kind: DeadlineKind, role: Role = Role.HEAD) -> Ladder:
        """The one set for this kind and role, or the default."""
        return self.special.get((kind, role), self.default)

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


def ladder_of(before: Iterable[int], deputy: int | None = 1, office: int | None = 2) -> Ladder:
    """A ladder as people name it: days before for the person (0 is the day), days after for the others.

    They may come in any order. Raises `Refusal` where they make no ladder.
    """
    rungs = [Rung(-days) for days in before]
    rungs += [Rung(deputy, Audience.DEPUTY)] if deputy is not None else []
    rungs += [Rung(office, Audience.OFFICE)] if office is not None else []
    return Ladder(tuple(sorted(rungs, key=_place_of)))


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


def _place(name: str) -> tuple[DeadlineKind, Role]:
    kind, _dot, role = name.partition(".")
    try:
        return DeadlineKind(kind), Role(role)
    except ValueError:
        raise _wrong(LadderProblem.UNREADABLE) from None

"""A plan of a campaign as facts: everything it says, and everything it leaves unsaid."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256

from core.campaign_terms import (
    Clause,
    Commendation,
    Deadline,
    Dossier,
    Feedback,
    Round,
    SubjectKind,
    Unsaid,
    Window,
)
from core.criteria import Criterion
from core.measures import Scale
from core.roles import Role


class CampaignKind(StrEnum):
    """An umbrella plan sets themes that other campaigns answer to; it has no competition itself."""

    COMPETITION = "competition"
    UMBRELLA = "umbrella"


class Track(StrEnum):
    """Who is assessed: a person, a person who leads a unit, or a unit as a whole.

    A head answers what every individual answers, and what the plan asks of heads besides.
    """

    INDIVIDUAL = "individual"
    HEAD = "head"
    COLLECTIVE = "collective"

    @property
    def subject(self) -> SubjectKind:
        """As what the one assessed enters and is commended."""
        return SubjectKind.COLLECTIVE if self is Track.COLLECTIVE else SubjectKind.INDIVIDUAL

    def answers(self, tracks: tuple["Track", ...]) -> bool:
        """Whether somebody on this track answers what is asked of `tracks` (of everyone, for none)."""
        return not tracks or self in tracks or (self is Track.HEAD and Track.INDIVIDUAL in tracks)


class RemarkKind(StrEnum):
    """What is odd about the document itself."""

    MISSING = "missing"
    CORRECTED = "corrected"
    NOTED = "noted"


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signed, and in which office."""

    name: str
    title: str | Unsaid


@dataclass(frozen=True, slots=True)
class Subject:
    """Who may enter, in the plan's words."""

    kind: SubjectKind
    code: str
    quote: str


@dataclass(frozen=True, slots=True)
class Group:
    """Clauses under one head. `title` is the plan's sentence, `label` a few words for a button.

    `tracks` are those it is asked of; everybody, where there are none.
    """

    code: str
    letter: str
    label: str
    title: str
    criteria: tuple[Criterion, ...]
    tracks: tuple[Track, ...] = ()

    @property
    def key(self) -> str:
        """The code in short ASCII, for buttons."""
        return criterion_key(self.code)


@dataclass(frozen=True, slots=True)
class Body:
    """A body the plan gives duties to, by all the names it uses, and the roles that map to it."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """One item of «Tổ chức thực hiện»: who has to do what; `bodies` are codes."""

    code: str
    heading: str
    bodies: tuple[str, ...]
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something odd about the document: where, and what was done about it."""

    kind: RemarkKind
    where: str
    words: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A clause of the document that is deliberately not part of the campaign, and why."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Campaign:
    """One plan, whole.

    `units` are the codes of the units it is for, with all below them; everybody, where there are none.
    """

    code: str
    label: str
    kind: CampaignKind
    title: str
    issuer: str
    signatory: Signatory | Unsaid
    number: str | Unsaid
    issued_on: date | Unsaid
    legal_bases: tuple[str, ...]
    parent: str
    parent_code: str
    theme: str
    window: Window
    purposes: tuple[Clause, ...]
    requirements: tuple[Clause, ...]
    subjects: tuple[Subject, ...]
    scales: tuple[Scale, ...]
    groups: tuple[Group, ...]
    bodies: tuple[Body, ...]
    duties: tuple[Duty, ...]
    commendation: Commendation | Unsaid
    dossier: Dossier | Unsaid
    deadlines: tuple[Deadline, ...]
    feedback: Feedback | Unsaid
    rounds: tuple[Round, ...]
    recipients: tuple[str, ...]
    units: tuple[str, ...]
    remarks: tuple[Remark, ...]
    left_out: tuple[LeftOut, ...]

    def groups_of(self, track: Track) -> tuple[Group, ...]:
        """The heads under which somebody on this track is asked, in the order of the plan."""
        return tuple(group for group in self.groups if track.answers(group.tracks))

    def criteria(self, track: Track | None = None) -> Iterator[Criterion]:
        """Every clause that somebody on this track (on any, for none) answers, in the order of the plan."""
        for group in self.groups if track is None else self.groups_of(track):
            yield from group.criteria

    def tracks(self) -> tuple[Track, ...]:
        """Who may enter: as whom the plan admits anybody, where there is something to answer.

        Heads have a track of their own where the plan asks more of them than of other individuals.
        """
        if self.kind is CampaignKind.UMBRELLA:
            return ()
        admitted = {subject.kind for subject in self.subjects}
        more = any(Track.HEAD in group.tracks for group in self.groups)
        return tuple(
            track
            for track in Track
            if track.subject in admitted and self.groups_of(track) and (more or track is not Track.HEAD)
        )

    def clauses(self) -> Iterator[Clause]:
        """Everything in the plan that has a code, with its words, in the order of a document."""
        yield from self.purposes
        yield from self.requirements
        yield from self.window.clauses
        for subject in self.subjects:
            yield Clause(subject.code, subject.quote)
        for group in self.groups:
            yield Clause(group.code, group.title)
            for criterion in group.criteria:
                yield Clause(criterion.code, criterion.quote)
        if isinstance(self.commendation, Commendation):
            yield from _commendation_clauses(self.commendation)
        if isinstance(self.dossier, Dossier):
            if not isinstance(self.dossier.parts, Unsaid):
                yield from self.dossier.parts
            if self.dossier.copies_clause is not None:
                yield self.dossier.copies_clause
        for deadline in self.deadlines:
            yield Clause(deadline.code, deadline.words)
        for duty in self.duties:
            yield Clause(duty.code, duty.heading)
            yield from duty.clauses

    def criterion(self, code: str) -> Criterion:
        """The criterion of that code; `KeyError` if there is none."""
        for criterion in self.criteria():
            if criterion.code == code:
                return criterion
        raise KeyError(code)

    def body(self, code: str) -> Body:
        """The body of that code; `KeyError` if there is none."""
        for body in self.bodies:
            if body.code == code:
                return body
        raise KeyError(code)


def _commendation_clauses(said: Commendation) -> Iterator[Clause]:
    yield Clause(said.code, said.quote)
    yield from said.clauses
    if not isinstance(said.form, Unsaid):
        yield said.form
    if not isinstance(said.quotas, Unsaid):
        yield from dict.fromkeys(quota.clause for quota in said.quotas)
    if not isinstance(said.money, Unsaid):
        yield from said.money


def digest(campaign: Campaign) -> str:
    """A name for this very content: hexadecimal SHA-256 of its canonical form."""
    return sha256(canonical(campaign).encode()).hexdigest()


def canonical(campaign: Campaign) -> str:
    """JSON that is the same for the same facts, whatever the file they came from looked like."""
    return json.dumps(_plain(campaign), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]


def _plain(value: object) -> Plain:
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            return {"decimal": f"{value.normalize():f}"}
        case datetime() | date():
            return {"when": value.isoformat()}
        case tuple():
            return [_plain(one) for one in value]
    if not is_dataclass(value):
        raise TypeError(type(value).__name__)
    plain: dict[str, Plain] = {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    return {"is": type(value).__name__, **plain}


_D_STROKE = chr(0x111)

LETTERS = f"abcd{_D_STROKE}eghiklmnopqrstuvxy"
"""The letters that number the heads of a Vietnamese document, in their order."""


def criterion_key(code: str) -> str:
    """«004-c3» → «c3», «004-đ1» → «dd1»: short ASCII, distinct for distinct clauses of one plan."""
    tail = code.partition("-")[2] or code
    return "".join("dd" if letter == _D_STROKE else letter for letter in tail)

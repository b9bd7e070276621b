"""A plan of a campaign as facts: everything it says, and everything it leaves unsaid."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256

from core.criteria import Criterion, Scale
from core.roles import Role


class CampaignKind(StrEnum):
    """An umbrella plan sets themes that other campaigns answer to; it has no competition itself."""

    COMPETITION = "competition"
    UMBRELLA = "umbrella"


class SubjectKind(StrEnum):
    """Who may enter."""

    COLLECTIVE = "collective"
    INDIVIDUAL = "individual"


class RoundKind(StrEnum):
    """A round for each year, or one for the whole period."""

    YEARLY = "yearly"
    PERIOD = "period"


class DeadlineKind(StrEnum):
    """What is due."""

    PLAN = "plan"
    DOSSIER = "dossier"
    REPORT = "report"
    YEARLY_REVIEW = "yearly_review"
    FINAL_REVIEW = "final_review"


class RemarkKind(StrEnum):
    """What is odd about the document itself."""

    MISSING = "missing"
    CORRECTED = "corrected"
    NOTED = "noted"


@dataclass(frozen=True, slots=True)
class Unsaid:
    """What the plan leaves open, in its own words («theo quy định»), or without any where it is silent.

    It stays so until the office enters a value with the document that value rests on.
    """

    words: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence of the plan and the code by which it is cited."""

    code: str
    quote: str


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signed, and in which office."""

    name: str
    title: str | Unsaid


@dataclass(frozen=True, slots=True)
class Window:
    """When the campaign runs: in the plan's words, by years, and by days where it names days.

    Both days are the first and the last that count, inclusive.
    """

    words: str
    first_year: int
    last_year: int
    starts_on: date | Unsaid = Unsaid()
    ends_on: date | Unsaid = Unsaid()


@dataclass(frozen=True, slots=True)
class Subject:
    """Who may enter, in the plan's words."""

    kind: SubjectKind
    code: str
    quote: str


@dataclass(frozen=True, slots=True)
class Group:
    """Clauses under one head. `title` is the plan's sentence, `label` a few words for a button."""

    code: str
    letter: str
    label: str
    title: str
    criteria: tuple[Criterion, ...]

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
class Quota:
    """How many may be commended in a round of this kind; exact unless `at_most`."""

    round: RoundKind
    subject: SubjectKind
    count: int
    at_most: bool


@dataclass(frozen=True, slots=True)
class Commendation:
    """What the plan says about commending. `decided_by` are its own words for the one who decides."""

    code: str
    quote: str
    decided_by: str
    form: str | Unsaid = Unsaid()
    quotas: tuple[Quota, ...] | Unsaid = Unsaid()
    money: str | Unsaid = Unsaid()


@dataclass(frozen=True, slots=True)
class Dossier:
    """The papers that propose a commendation. `send_to` and `appraised_by` are bodies' codes."""

    clause: str
    parts: tuple[str, ...] | Unsaid = Unsaid()
    copies: int | Unsaid = Unsaid()
    send_to: str = ""
    appraised_by: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something due, in the plan's words and, where it names a day, by that day.

    `before` means that the named day itself is too late («trước ngày»). `round` is a round's code,
    or empty where the deadline is the whole campaign's.
    """

    code: str
    kind: DeadlineKind
    clause: str
    words: str
    day: date | Unsaid = Unsaid()
    before: bool = False
    round: str = ""

    @property
    def last_day(self) -> date | Unsaid:
        """The last day that still counts by law."""
        if isinstance(self.day, Unsaid):
            return self.day
        return self.day - timedelta(days=1) if self.before else self.day


@dataclass(frozen=True, slots=True)
class Round:
    """One time that everybody answers. Unsaid moments are entered by the office; both are aware."""

    code: str
    label: str
    kind: RoundKind
    year: int | None = None
    opens_at: datetime | Unsaid = Unsaid()
    closes_at: datetime | Unsaid = Unsaid()


@dataclass(frozen=True, slots=True)
class Remark:
    """Something odd about the document: where, and what was done about it."""

    kind: RemarkKind
    where: str
    words: str


@dataclass(frozen=True, slots=True)
class Campaign:
    """One plan, whole."""

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
    feedback: str | Unsaid
    rounds: tuple[Round, ...]
    recipients: tuple[str, ...]
    remarks: tuple[Remark, ...]

    def criteria(self) -> Iterator[Criterion]:
        """Every clause a person answers, in the order of the plan."""
        for group in self.groups:
            yield from group.criteria

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

"""The terms of a plan: its time, what is due when, how many are commended, and by which papers."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Unsaid:
    """What the plan leaves open, in its own words («theo quy định»), or without any where it is silent.

    It stays so until the office enters a value with the document that value rests on.
    """

    words: str = ""


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day of every year; not 29 February."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence of the plan and the code by which it is cited."""

    code: str
    quote: str


@dataclass(frozen=True, slots=True)
class Window:
    """When the campaign runs: in the plan's words, by years, and by days where it names days.

    Both days are the first and the last that count, inclusive. `from_issue` says that it starts on the
    day the plan is issued. `clauses` are what the plan says besides about its time.
    """

    words: str
    first_year: int
    last_year: int
    starts_on: date | Unsaid = Unsaid()
    ends_on: date | Unsaid = Unsaid()
    from_issue: bool = False
    clauses: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Quota:
    """How many may be commended in a round of this kind; exact unless `at_most`. `clause` says so."""

    round: RoundKind
    subject: SubjectKind
    count: int
    at_most: bool
    clause: Clause


@dataclass(frozen=True, slots=True)
class Commendation:
    """What the plan says about commending. `decided_by` are its own words for the one who decides.

    `clauses` are what it says besides, for instance who may be commended at all.
    """

    code: str
    quote: str
    decided_by: str
    form: Clause | Unsaid = Unsaid()
    quotas: tuple[Quota, ...] | Unsaid = Unsaid()
    money: tuple[Clause, ...] | Unsaid = Unsaid()
    clauses: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """The papers that propose a commendation. `send_to` and `appraised_by` are bodies' codes."""

    clause: str
    parts: tuple[Clause, ...] | Unsaid = Unsaid()
    copies: int | Unsaid = Unsaid()
    copies_clause: Clause | None = None
    send_to: str = ""
    appraised_by: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """Where difficulties are told, to the body of code `to`.

    `written` asks for a letter; `changes` also takes proposals to change the plan.
    """

    words: str
    to: str = ""
    written: bool = False
    changes: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something due, in the plan's words and, where it names a day, by that day.

    `day` is a date, or a month and a day for «hằng năm». `before` means that the named day itself is too
    late («trước ngày»). `round` is a round's code, or empty where the deadline is the whole campaign's.
    `rests_on` is the document that names the day where it is not the plan itself; that day stands for the
    one of the year `stands_for`, where the plan names one. `at` is the time of that day, in Vietnam, after
    which it is over; without it the whole day counts.
    """

    code: str
    kind: DeadlineKind
    clause: str
    words: str
    day: date | YearDay | Unsaid = Unsaid()
    before: bool = False
    round: str = ""
    rests_on: str = ""
    stands_for: int | None = None
    at: time | None = None

    def last_day(self, year: int) -> date | Unsaid:
        """The last day that still counts by law; `year` matters where it recurs."""
        match self.day:
            case Unsaid():
                return self.day
            case YearDay(month, day):
                named = date(year, month, day)
            case _:
                named = self.day
        return named - timedelta(days=1) if self.before else named


@dataclass(frozen=True, slots=True)
class Round:
    """One time that everybody answers. Unsaid moments are entered by the office; both are aware."""

    code: str
    label: str
    kind: RoundKind
    year: int | None = None
    opens_at: datetime | Unsaid = Unsaid()
    closes_at: datetime | Unsaid = Unsaid()

"""The facts reminders are computed from, and what comes of them: a nudge owed to one person."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from core.deadlines import Calendar, Obligation, Standing
from core.ladder import Audience, Ladders
from core.reminders_hours import QUIET_NIGHT, Quiet, leaves_time

#: How the rung begins of somebody who was told of a day itself, by an extension or a changed date.
TOLD = "told@"


class Failure(StrEnum):
    """Why a reminder did not reach its person."""

    UNREACHABLE = "unreachable"
    NO_ACCOUNT = "no_account"
    EXPIRED = "expired"
    REJECTED = "rejected"
    NOBODY = "nobody"


class Tone(StrEnum):
    """What a nudge is."""

    REMINDER = "reminder"
    CUT_OFF = "cut_off"
    AGAIN = "again"
    ESCALATION = "escalation"
    LAST_WORD = "last_word"


@dataclass(frozen=True, slots=True)
class Sent:
    """A nudge that was made. `principal` is in whose place `person` was told; the same where nobody's.

    Neither `delivered_at` nor `failure` means that it is still on its way.
    """

    obligation: str
    due: date
    person: int
    rung: str
    made_at: datetime
    principal: int
    delivered_at: datetime | None = None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Reminded:
    """The last nudge that somebody got about one thing, for whoever looks it up."""

    name: str
    rung: str
    made_at: datetime
    delivered_at: datetime | None = None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Snooze:
    """A person put an obligation off until a moment, while it was due on `due`."""

    obligation: str
    due: date
    person: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Absence:
    """`deputy` stands in for `person` from one day to another, both included."""

    person: int
    deputy: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for everybody: calendar, ladders, quiet hours (`own` by person), time of the morning round.

    Own quiet hours that would leave no time at all are passed over.
    """

    calendar: Calendar
    ladders: Ladders = field(default_factory=Ladders)
    quiet: Quiet = QUIET_NIGHT
    own: Mapping[int, Quiet] = field(default_factory=dict)
    morning: time = time(7, 30)

    def quiets(self, person: int | None = None) -> tuple[Quiet, ...]:
        """Every quiet hour of a person: nobody is reminded before the morning round either."""
        general = (self.quiet, Quiet(time(), self.morning))
        own = self.own.get(person) if person is not None else None
        return (*general, own) if own is not None and leaves_time(*general, own) else general


@dataclass(frozen=True, slots=True)
class History:
    """What has happened. Of several snoozes of one person for one thing the last in order holds."""

    sent: Collection[Sent] = ()
    snoozes: Collection[Snooze] = ()
    absences: Collection[Absence] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """What an escalation rests on: when the person's own reminder arrived, or why it could not."""

    delivered_at: datetime | None = None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Besides:
    """Others who were to be told of one thing: whether it went out to any of them, or why to none.

    `now` are those who are told in the same round, of whom it is not known yet whether they have an account.
    """

    audience: Audience
    reached: bool = True
    failure: Failure | None = None
    now: tuple[int, ...] = ()

    def settled(self, unreachable: Collection[int]) -> "Besides":
        """The same once it is known who has no account."""
        if self.reached or not self.now:
            return self
        if all(one in unreachable for one in self.now):
            return Besides(self.audience, reached=False, failure=Failure.NO_ACCOUNT)
        return Besides(self.audience)


@dataclass(frozen=True, slots=True)
class Nudge:
    """One reminder owed to one person.

    `told` are those who were to be told besides: all for a last word, the deputies for the office.
    `instead` stands in that day for the person who owes it.
    """

    obligation: Obligation
    due: date
    person: int
    principal: int
    audience: Audience
    rung: str
    tone: Tone
    standing: Standing
    ground: Ground | None = None
    told: tuple[Besides, ...] = ()
    instead: int | None = None

    @property
    def once(self) -> str:
        """The key under which it may be said once."""
        return f"nudge:{self.obligation.id}:{self.due.isoformat()}:{self.person}:{self.rung}"

    def made(self, now: datetime, delivered_at: datetime | None = None) -> Sent:
        """The record of it."""
        return Sent(self.obligation.id, self.due, self.person, self.rung, now, self.principal, delivered_at)

"""What is due and when: the last day by law, the last safe working day, and the count explained."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from core.calendar import Explanation
from core.campaign_terms import DeadlineKind
from core.roles import Role

#: What fell due longer ago is asked for no more; it can still be handed in.
ASKED_FOR = timedelta(days=60)


class Calendar(Protocol):
    """What a deadline asks of the working calendar (`core/calendar.py`)."""

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on that day."""

    def last_working_day(self, day: date) -> date:
        """`day` itself, or the working day before it."""

    def plus_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; before it where negative."""

    def working_days_between(self, after: date, until: date) -> int:
        """How many come after `after`, up to and including `until`."""

    def explain(self, after: date, until: date) -> Explanation:
        """Why there are so many."""


@dataclass(frozen=True, slots=True)
class Extension:
    """More time for one unit, until and including a day, by a document."""

    until: date
    document: str


@dataclass(frozen=True, slots=True)
class Obligation:
    """One thing that one unit owes by a deadline whose day is known.

    `legal_day` is the last day that counts; `words` and `clause` are the plan's own, `rests_on` the
    document where the office entered the day. `at` is the time of day after which the last day is over.
    `cut_off` is the unit's own earlier day. `person` owes it, as `role`; `deputies` and `office` are who is
    told after the day. Whatever is of several units has an obligation for each. `handed_in_at` is set while
    what was handed in waits for the head to confirm it; only then is it done.
    """

    id: str
    campaign: str
    label: str
    kind: DeadlineKind
    unit_id: int
    unit: str
    words: str
    legal_day: date
    opened_on: date
    clause: str = ""
    rests_on: str = ""
    at: time | None = None
    done_at: datetime | None = None
    extension: Extension | None = None
    cut_off: date | None = None
    missing: tuple[str, ...] = ()
    role: Role = Role.HEAD
    person: int | None = None
    deputies: tuple[int, ...] = ()
    office: tuple[int, ...] = ()
    handed_in_at: datetime | None = None

    @property
    def due(self) -> date:
        """The last day that counts now: the one of the law, or of the extension."""
        return self.extension.until if self.extension is not None else self.legal_day

    def open_on(self, day: date) -> bool:
        """Whether it is owed on that day: asked for, and not done."""
        return self.done_at is None and self.opened_on <= day


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an obligation stands on a day; what is done stands where it stood when it was handed in.

    `days` are calendar days to the last day that counts, `working_days` those to the last safe working
    day; both are 0 on the day itself and negative past it. `count` explains the working days between the
    two, whichever comes first. `late` goes by the law alone: on a Saturday that still counts nobody is late.
    `behind` are the working days after the last safe one on which something came that is not confirmed yet;
    `internal` those left to the unit's own cut-off, 0 on it and negative past it, None where there is none.
    """

    today: date
    due: date
    safe_day: date
    at: time | None
    days: int
    working_days: int
    count: Explanation
    late: bool
    behind: int = 0
    internal: int | None = None


def safe_day(obligation: Obligation, calendar: Calendar) -> date:
    """The last working day on which it can be handed in and still counts."""
    return calendar.last_working_day(obligation.due)


def internal_day(obligation: Obligation, calendar: Calendar) -> date | None:
    """The working day of the unit's own cut-off, where it has one before the last safe day."""
    if obligation.cut_off is None:
        return None
    day = calendar.last_working_day(obligation.cut_off)
    return day if day < safe_day(obligation, calendar) else None


def late_at(obligation: Obligation, moment: datetime) -> bool:
    """Whether something handed in at this moment (in the zone of the office) is late."""
    return _past(obligation, moment.date(), moment.timetz().replace(tzinfo=None))


def standing(obligation: Obligation, today: date, calendar: Calendar, clock: time | None = None) -> Standing:
    """Days and working days left, with what explains them.

    `clock` is the time of day, for what is due at a time; without it the whole day still counts. For what is
    done the moment at which it was handed in counts, and not today.
    """
    done = obligation.done_at
    if done is not None:
        today, clock = done.date(), done.timetz().replace(tzinfo=None)
    safe = safe_day(obligation, calendar)
    first, last = (today, safe) if today <= safe else (safe, today)
    count = calendar.explain(first, last)
    return Standing(
        today=today,
        due=obligation.due,
        safe_day=safe,
        at=obligation.at,
        days=(obligation.due - today).days,
        working_days=count.working if today <= safe else -count.working,
        count=count,
        late=_past(obligation, today, clock),
        behind=_behind(obligation, safe, calendar),
        internal=_left(today, internal_day(obligation, calendar), calendar),
    )


def _behind(obligation: Obligation, safe: date, calendar: Calendar) -> int:
    came = obligation.handed_in_at.date() if obligation.handed_in_at is not None else safe
    return calendar.working_days_between(safe, came) if came > safe else 0


def _left(today: date, day: date | None, calendar: Calendar) -> int | None:
    if day is None:
        return None
    if today <= day:
        return calendar.working_days_between(today, day)
    return -calendar.working_days_between(day, today)


def _past(obligation: Obligation, day: date, clock: time | None) -> bool:
    if day == obligation.due and obligation.at is not None and clock is not None:
        return clock > obligation.at
    return day > obligation.due

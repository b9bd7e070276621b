"""Dates the office enters for a plan: what can be dated, and the plan with them laid over it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from core.campaign_terms import Deadline, DeadlineKind, Round, Unsaid, Window, YearDay
from core.campaigns import Campaign
from core.dates import full_date, full_moment
from core.refusals import Code, Refusal
from core.vietnamese import fold

ISSUED_ON = "issued_on"
STARTS_ON = "window:starts_on"
ENDS_ON = "window:ends_on"
OPENS_AT = "opens_at"
CLOSES_AT = "closes_at"
FIRST_YEAR, LAST_YEAR = 2000, 2100

Value = date | datetime | YearDay
"""A day, an aware moment, or a day of every year."""


@dataclass(frozen=True, slots=True)
class Datable:
    """Something in a plan that has a date: a `moment` for rounds, else a day; `yearly` may recur.

    A `timed` day may have a time of day with it.

    `said` is what the plan itself says, or that it says nothing.
    """

    subject: str
    said: Value | Unsaid
    moment: bool = False
    yearly: bool = False
    timed: bool = False


@dataclass(frozen=True, slots=True)
class EnteredDate:
    """A date from another document. `instead_of` is what the plan said when it was entered, if anything.

    A later version of the plan that says something else again has the last word.
    """

    subject: str
    value: Value
    document: str
    instead_of: Value | None = None


def datables(campaign: Campaign) -> Iterator[Datable]:
    """Everything in the plan that has a date or could have one, in the order of a document."""
    yield Datable(ISSUED_ON, campaign.issued_on)
    if not campaign.window.from_issue or not isinstance(campaign.window.starts_on, Unsaid):
        yield Datable(STARTS_ON, campaign.window.starts_on)
    yield Datable(ENDS_ON, campaign.window.ends_on)
    for deadline in campaign.deadlines:
        yield Datable(deadline_subject(deadline.code), deadline.day, yearly=True, timed=True)
    for one in campaign.rounds:
        yield Datable(round_subject(one.code, OPENS_AT), one.opens_at, moment=True)
        yield Datable(round_subject(one.code, CLOSES_AT), one.closes_at, moment=True)


def deadline_subject(code: str) -> str:
    """How the date of a deadline is named."""
    return f"deadline:{code}"


def round_subject(code: str, end: str) -> str:
    """How one end of a round is named; `end` is `OPENS_AT` or `CLOSES_AT`."""
    return f"round:{code}:{end}"


def issue_date_missing(campaign: Campaign) -> bool:
    """Whether the plan cannot run for want of its issue date: its own time starts on that day."""
    return campaign.window.from_issue and isinstance(campaign.issued_on, Unsaid)


@dataclass(frozen=True, slots=True)
class DateFacts:
    """An entered date as it is shown: with its document, who entered it, and whether it still counts.

    `replaced_at` is when another took its place, or when it was `withdrawn` and none did; a date that was
    not replaced and does not `count` has been overtaken by what a later version of the plan says. `reason` is
    why it was taken back, or else why it was entered.
    """

    subject: str
    value: Value
    document: str
    instead_of: Value | None
    entered_by: str
    entered_at: datetime
    replaced_at: datetime | None
    counts: bool
    withdrawn: bool = False
    reason: str = ""


def counts(said: Value | Unsaid | None, instead_of: Value | None) -> bool:
    """Whether an entered date counts: the plan is silent, or still says what was replaced.

    `said` is None where the plan has nothing by that name any more.
    """
    return isinstance(said, Unsaid) or (said is not None and said == instead_of)


def with_dates(campaign: Campaign, entered: Iterable[EnteredDate]) -> Campaign:
    """The plan as it holds: its own facts, with entered dates where they count.

    An entered day of a deadline is the last that counts. A window that starts with the issue of the
    plan starts on that day.
    """
    several = tuple(entered)
    said = {one.subject: one.said for one in datables(campaign)} if several else {}
    counting = {one.subject: one for one in several if counts(said.get(one.subject), one.instead_of)}
    values = {subject: one.value for subject, one in counting.items()}
    issued = _day(values, ISSUED_ON, campaign.issued_on)
    window = campaign.window
    starts = _day(values, STARTS_ON, window.starts_on)
    if window.from_issue and isinstance(starts, Unsaid):
        starts = issued
    if not values and starts == window.starts_on:
        return campaign
    return replace(
        campaign,
        issued_on=issued,
        window=_window(window, starts, _day(values, ENDS_ON, window.ends_on)),
        deadlines=tuple(_deadline(one, counting) for one in campaign.deadlines),
        rounds=tuple(_round(one, values) for one in campaign.rounds),
    )


def disordered(campaign: Campaign) -> bool:
    """Whether some end comes before its beginning."""
    starts, ends = campaign.window.starts_on, campaign.window.ends_on
    if not isinstance(starts, Unsaid) and not isinstance(ends, Unsaid) and ends < starts:
        return True
    for one in campaign.rounds:
        opens, closes = one.opens_at, one.closes_at
        if not isinstance(opens, Unsaid) and not isinstance(closes, Unsaid) and closes <= opens:
            return True
    return False


class Implausible(StrEnum):
    """Why a date cannot be this plan's. Each has its sentence in `core/texts/campaign_dates.py`."""

    ISSUED_AHEAD = "issued_ahead"
    ISSUED_AFTER_DEADLINE = "issued_after_deadline"
    DUE_BEFORE_ISSUE = "due_before_issue"
    OUTSIDE = "outside"
    ONCE_ONLY = "once_only"


def ensure_plausible(campaign: Campaign, subject: str, value: Value, today: date) -> None:
    """Refuse a date that no plan like this can have; `campaign` has the dates entered for the others.

    Deadlines and rounds lie between the year before its first and the year after its last.
    """
    window = campaign.window
    deadline = next((one for one in campaign.deadlines if deadline_subject(one.code) == subject), None)
    if isinstance(value, YearDay):
        if deadline is not None and deadline.kind is DeadlineKind.FINAL_REVIEW:
            raise _implausible(Implausible.ONCE_ONLY, value)
        return
    if not window.first_year - 1 <= value.year <= window.last_year + 1:
        years = f"{window.first_year - 1}-{window.last_year + 1}"
        raise _implausible(Implausible.OUTSIDE, value, years=years)
    day = value.date() if isinstance(value, datetime) else value
    if subject == ISSUED_ON:
        if day > today:
            raise _implausible(Implausible.ISSUED_AHEAD, value, other=today)
        due = [one.day for one in campaign.deadlines if not isinstance(one.day, Unsaid | YearDay)]
        if due and day > min(due):
            raise _implausible(Implausible.ISSUED_AFTER_DEADLINE, value, other=min(due))
    issued = campaign.issued_on
    if deadline is not None and not isinstance(issued, Unsaid) and day < issued:
        raise _implausible(Implausible.DUE_BEFORE_ISSUE, value, other=issued)


def _implausible(why: Implausible, given: Value, **facts: object) -> Refusal:
    return Refusal(Code.DATE_IMPLAUSIBLE, why=why, day=given, **facts)


def written(value: Value) -> str:
    """As it is kept: ISO 8601, «2026-12-15», «--12-15» for every year, a moment with its offset."""
    if isinstance(value, YearDay):
        return f"--{value.month:02d}-{value.day:02d}"
    return value.isoformat()


def value_of(kept: str) -> Value:
    """What `written` wrote."""
    if kept.startswith("--"):
        return YearDay(int(kept[2:4]), int(kept[5:7]))
    return datetime.fromisoformat(kept) if "T" in kept else date.fromisoformat(kept)


_ISO_MOMENT = re.compile(r"(?<=[0-9])T(?=[0-9])")
_BOUNDS = frozenset({"truoc", "den", "toi", "het", "cham", "nhat", "la"})
_COMMON_YEAR = 2001
_YEAR_DAY = re.compile(r"(?P<day>[0-9]{1,2})[/.-](?P<month>[0-9]{1,2})")


def read_value(typed: str, datable: Datable, zone: tzinfo) -> Value:
    """A date with its year as `core/dates.py` reads it, «15/12» for every year, or ISO 8601.

    What is due has a last day that counts: «đến hết ngày 15/12» is that day, «trước ngày 15/12» the one
    before. Raises `ValueError` for anything else, for days that do not exist, and for the wrong kind.
    """
    exclusive, typed = _bound(typed) if datable.timed else (False, typed)
    found = _read(typed, datable, zone)
    # «trước 16 giờ ngày 15/12» is over at that time, not the day before.
    return _day_before(found) if exclusive and not isinstance(found, datetime) else found


def _bound(typed: str) -> tuple[bool, str]:
    """Whether a text says «trước», and the date it says it of."""
    words, exclusive = typed.split(), False
    while words and fold(words[0]) in _BOUNDS:
        exclusive |= fold(words.pop(0)) == "truoc"
    return exclusive, " ".join(words)


def _day_before(value: Value) -> Value:
    if isinstance(value, YearDay):
        day = date(_COMMON_YEAR, value.month, value.day) - timedelta(days=1)
        return YearDay(day.month, day.day)
    return value - timedelta(days=1)


def _read(typed: str, datable: Datable, zone: tzinfo) -> Value:
    text = _ISO_MOMENT.sub(" ", typed)
    full: Value | None = full_moment(text, zone) if datable.moment or datable.timed else None
    if full is None and not datable.moment:
        full = full_date(text)
    if full is not None:
        return checked(full, datable)
    bare = " ".join(word for word in typed.replace(",", " ").split() if not word.isalpha())
    found = _YEAR_DAY.fullmatch(bare)
    if found is None:
        raise ValueError(typed)
    return checked(YearDay(int(found["month"]), int(found["day"])), datable)


def checked(value: Value, datable: Datable) -> Value:
    """The value, if it can date this; `ValueError` if not."""
    if isinstance(value, YearDay):
        date(2001, value.month, value.day)  # not 29 February
        fits = datable.yearly
    elif isinstance(value, datetime):
        fits = (datable.moment or datable.timed) and value.tzinfo is not None
    else:
        fits = not datable.moment
    if not fits or (not isinstance(value, YearDay) and not FIRST_YEAR <= value.year <= LAST_YEAR):
        raise ValueError(value)
    return value


def _day(values: Mapping[str, Value], subject: str, said: date | Unsaid) -> date | Unsaid:
    value = values.get(subject)
    return value if isinstance(value, date) else said


def _window(window: Window, starts: date | Unsaid, ends: date | Unsaid) -> Window:
    return replace(window, starts_on=starts, ends_on=ends)


def _deadline(deadline: Deadline, dates: Mapping[str, EnteredDate]) -> Deadline:
    entered = dates.get(deadline_subject(deadline.code))
    if entered is None:
        return deadline
    return replace(
        deadline,
        day=entered.value.date() if isinstance(entered.value, datetime) else entered.value,
        at=entered.value.timetz().replace(tzinfo=None) if isinstance(entered.value, datetime) else None,
        before=False,
        rests_on=entered.document,
        stands_for=_year_of(deadline.day, entered.value),
    )


def _year_of(said: date | YearDay | Unsaid, value: Value) -> int | None:
    """The year whose day an entered one replaces: of a day of every year, the nearest."""
    match said:
        case Unsaid():
            return None
        case YearDay(month, day) if isinstance(value, date):
            several = [date(year, month, day) for year in range(value.year - 1, value.year + 2)]
            return min(several, key=lambda one: abs(one.toordinal() - value.toordinal())).year
        case YearDay():
            return None
        case _:
            return said.year


def _round(one: Round, values: Mapping[str, Value]) -> Round:
    return replace(
        one,
        opens_at=_moment(values.get(round_subject(one.code, OPENS_AT)), one.opens_at),
        closes_at=_moment(values.get(round_subject(one.code, CLOSES_AT)), one.closes_at),
    )


def _moment(value: Value | None, said: datetime | Unsaid) -> datetime | Unsaid:
    return value if isinstance(value, datetime) else said

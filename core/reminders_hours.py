"""When somebody may be reminded: quiet hours, hours of work, and the times a reminder may be put off to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from core.deadlines import Calendar, Obligation, safe_day
from core.refusals import Code, Refusal

#: Hours of work of the departments; how long somebody had to act is counted in them.
OFFICE_HOURS = ((time(7), time(11, 30)), (time(13, 30), time(17)))
_MONTHS_AHEAD = 100
_AFTERNOON = time(14)
_MORNING = time(8)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which nobody is written to, from `starts` up to but not including `ends`; over midnight too.

    The same time twice means that no hour is quiet.
    """

    starts: time = time(20)
    ends: time = time(7)

    def holds(self, clock: time) -> bool:
        """Whether it is quiet at that time of day."""
        if self.starts <= self.ends:
            return self.starts <= clock < self.ends
        return clock >= self.starts or clock < self.ends


QUIET_NIGHT = Quiet()
#: Nobody of the departments is at work then: everybody's quiet hours must leave some of the rest.
OUT_OF_OFFICE = Quiet(OFFICE_HOURS[-1][1], OFFICE_HOURS[0][0])


@dataclass(frozen=True, slots=True)
class GeneralHours:
    """What holds for everybody: the quiet hours, and when the morning round goes out."""

    quiet: Quiet = QUIET_NIGHT
    morning: time = time(7, 30)

    def quiets(self) -> tuple[Quiet, ...]:
        """Every hour in which nobody is reminded: nor before the morning round."""
        return self.quiet, Quiet(time(), self.morning)

    def to_text(self) -> str:
        """The stored form: «20:00 07:00 07:30»."""
        return f"{self.quiet.starts:%H:%M} {self.quiet.ends:%H:%M} {self.morning:%H:%M}"

    @classmethod
    def from_text(cls, text: str) -> "GeneralHours":
        """What `to_text` stored."""
        starts, ends, morning = (time.fromisoformat(one) for one in text.split())
        return cls(Quiet(starts, ends), morning)


GENERAL_HOURS = GeneralHours()


def leaves_time(*quiets: Quiet) -> bool:
    """Whether any time of the day is left."""
    return not quiets or any(not any(other.holds(one.ends) for other in quiets) for one in quiets)


def is_quiet(now: datetime, calendar: Calendar | None, *quiets: Quiet) -> bool:
    """Whether nobody is to be written to now: quiet hours, or not a working day (any, without a calendar)."""
    clock = now.timetz().replace(tzinfo=None)
    off = calendar is not None and not calendar.is_working_day(now.date())
    return off or any(quiet.holds(clock) for quiet in quiets)


def not_before(now: datetime, calendar: Calendar | None, *quiets: Quiet) -> datetime:
    """The first moment from `now` on that is on a working day and in nobody's quiet hours.

    Without a calendar every day is one. The quiet hours must leave time (`leaves_time`). Moments are of the
    zone that `now` carries.
    """
    moment = now
    for _step in range(_MONTHS_AHEAD):
        if calendar is not None and not calendar.is_working_day(moment.date()):
            moment = at(calendar.plus_working_days(moment.date(), 1), time(), now)
        clock = moment.timetz().replace(tzinfo=None)
        quiet = next((one for one in quiets if one.holds(clock)), None)
        if quiet is None:
            return moment
        day = moment.date() if clock < quiet.ends else moment.date() + timedelta(days=1)
        moment = at(day, quiet.ends, now)
    return moment


def next_start(now: datetime, quiet: Quiet) -> datetime:
    """When those quiet hours begin next; what is queued before them waits no longer."""
    starts = at(now.date(), quiet.starts, now)
    return starts if starts > now else at(now.date() + timedelta(days=1), quiet.starts, now)


def at(day: date, clock: time, like: datetime) -> datetime:
    """That time of that day in the zone of another moment."""
    return datetime.combine(day, clock, tzinfo=like.tzinfo)


def after_working_time(start: datetime, length: timedelta, calendar: Calendar) -> datetime:
    """When `length` of working time has passed since `start` (in the zone of the office)."""
    day, left = start.date(), length
    while True:
        if calendar.is_working_day(day):
            for opens, closes in OFFICE_HOURS:
                begin = max(at(day, opens, start), start)
                worked = max(at(day, closes, start) - begin, timedelta())
                if worked >= left:
                    return begin + left
                left -= worked
        day += timedelta(days=1)


class SnoozeKind(StrEnum):
    """What people say when they put something off."""

    HOUR = "hour"
    AFTERNOON = "afternoon"
    TOMORROW = "tomorrow"
    MONDAY = "monday"


@dataclass(frozen=True, slots=True)
class SnoozeChoice:
    """One time a reminder may be put off to."""

    kind: SnoozeKind
    until: datetime


def snooze_choices(
    obligation: Obligation, now: datetime, calendar: Calendar, quiets: Sequence[Quiet] = (QUIET_NIGHT,)
) -> tuple[SnoozeChoice, ...]:
    """The times on offer now, each once, none past the last safe day; none at all once it is past."""
    today = now.date()
    next_day = calendar.plus_working_days(today, 1)
    hour = now.replace(second=0, microsecond=0) + timedelta(hours=1)
    monday = today + timedelta(days=7 - today.weekday())
    wanted = [SnoozeChoice(SnoozeKind.HOUR, hour)]
    if hour < at(today, _AFTERNOON, now):
        wanted.append(SnoozeChoice(SnoozeKind.AFTERNOON, at(today, _AFTERNOON, now)))
    wanted.append(SnoozeChoice(SnoozeKind.TOMORROW, at(next_day, _MORNING, now)))
    wanted.append(SnoozeChoice(SnoozeKind.MONDAY, at(monday, _MORNING, now)))
    last, offered = safe_day(obligation, calendar), dict[datetime, SnoozeChoice]()
    for one in wanted:
        until = not_before(one.until, calendar, *quiets)
        same_day = one.kind in {SnoozeKind.HOUR, SnoozeKind.AFTERNOON}
        if until.date() <= last and not (same_day and until != one.until):
            offered.setdefault(until, SnoozeChoice(one.kind, until))
    return tuple(offered.values())


def snoozed_until(obligation: Obligation, until: datetime, now: datetime, calendar: Calendar) -> datetime:
    """`until`, if a reminder may be put off to it. Raises `Refusal` where it is too late."""
    last = safe_day(obligation, calendar)
    if until.date() > last:
        raise Refusal(Code.SNOOZE_TOO_LATE, day=last)
    if until <= now:
        raise Refusal(Code.SNOOZE_PAST)
    return until

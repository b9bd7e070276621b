"""The working calendar: which days count, why, and how many of them lie between two days.

Saturdays and Sundays are off, unless a decision makes one a working day; other days are working days,
unless a holiday or a decision makes one an off day. A year whose yearly decision nobody has confirmed
is an estimate.
"""

import hashlib
import json
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import takewhile

_SATURDAY = 5
_WORKING_DAYS_A_WEEK = 5
_VERSION_DIGITS = 12


class DayKind(StrEnum):
    """What a decision makes of a day."""

    OFF = "off"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that a holiday or a decision speaks of, with the document it rests on.

    `swapped_with` is the other day of a swap. A holiday may fall on a Sunday: it changes nothing then.
    """

    day: date
    kind: DayKind
    name: str
    source: str
    swapped_with: date | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why there are so many working days after `after`, up to and including `until`.

    `weekend` days do not count for being weekends; `off` are days of the week that do not count, and
    `worked` weekend days that do. `estimated` are the years among them that nobody has confirmed.
    """

    after: date
    until: date
    working: int
    weekend: int
    off: tuple[SpecialDay, ...]
    worked: tuple[SpecialDay, ...]
    estimated: tuple[int, ...]


def weekend(day: date) -> bool:
    """Saturdays and Sundays are off where nothing else is decided."""
    return day.weekday() >= _SATURDAY


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Special days over plain weeks; of two that speak of the same day the later one counts.

    `version` names exactly what the calendar says: it is kept beside whatever was computed with it.
    """

    days: tuple[SpecialDay, ...] = ()
    confirmed_years: frozenset[int] = frozenset()
    version: str = field(init=False)
    _by_day: dict[date, SpecialDay] = field(init=False, repr=False, compare=False)
    _off: tuple[date, ...] = field(init=False, repr=False, compare=False)
    _worked: tuple[date, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_day = {one.day: one for one in sorted(self.days, key=lambda one: one.day)}
        set_field = object.__setattr__
        set_field(self, "days", tuple(by_day.values()))
        set_field(self, "_by_day", by_day)
        set_field(self, "_off", tuple(day for day in by_day if self._exception(by_day[day], DayKind.OFF)))
        set_field(self, "_worked", tuple(day for day in by_day if self._exception(by_day[day], DayKind.WORK)))
        set_field(self, "version", _digest(self))

    @staticmethod
    def _exception(one: SpecialDay, kind: DayKind) -> bool:
        """Whether it makes its day other than its weekday does."""
        return one.kind is kind and weekend(one.day) is (kind is DayKind.WORK)

    def special(self, day: date) -> SpecialDay | None:
        """What is decided about a day, if anything."""
        return self._by_day.get(day)

    def within(self, first: date, last: date) -> tuple[SpecialDay, ...]:
        """Everything decided about the days from `first` to `last`, both included, in their order."""
        start = bisect_left(self.days, first, key=lambda one: one.day)
        return tuple(takewhile(lambda one: one.day <= last, self.days[start:]))

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on that day."""
        one = self._by_day.get(day)
        return not weekend(day) if one is None else one.kind is DayKind.WORK

    def confirmed(self, year: int) -> bool:
        """Whether the decisions about that year are known; what is not confirmed is an estimate."""
        return year in self.confirmed_years

    def last_working_day(self, day: date) -> date:
        """`day` itself, or the working day before it.

        A legal last day may be a Sunday: whoever goes by it finds the door closed.
        """
        while not self.is_working_day(day):
            day -= timedelta(days=1)
        return day

    def next_working_day(self, day: date) -> date:
        """`day` itself, or the working day after it.

        Where a period ends on an off day, it ends with the next working day (Civil Code 2015, art. 148).
        """
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def plus_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; before it where negative; `day` itself for 0.

        Raises `OverflowError` past the last year there is.
        """
        step = timedelta(days=1 if count > 0 else -1)
        left = abs(count)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, after: date, until: date) -> int:
        """How many working days come after `after`, up to and including `until`; negative if it is past.

        So `plus_working_days(after, n)` is n working days away.
        """
        if until < after:
            return -self._working(until, after - timedelta(days=1))
        return self._working(after + timedelta(days=1), until) if until > after else 0

    def working_days_in(self, year: int, month: int | None = None) -> int:
        """How many working days a year has, or one month of it."""
        first, last = month or 1, month or 12
        return self._working(date(year, first, 1), date(year, last, monthrange(year, last)[1]))

    def _working(self, first: date, last: date) -> int:
        plain = _weekdays(first, last)
        return plain - _count(self._off, first, last) + _count(self._worked, first, last)

    def explain(self, after: date, until: date) -> Explanation:
        """What is behind `working_days_between`; the days must be in their order."""
        first = after + timedelta(days=1) if until > after else after
        spoken_of = self.within(first, until) if until > after else ()
        worked = tuple(one for one in spoken_of if self._exception(one, DayKind.WORK))
        length = max((until - after).days, 0)
        plain = _weekdays(first, until) if length else 0
        return Explanation(
            after=after,
            until=until,
            working=self.working_days_between(after, until),
            weekend=length - plain - len(worked),
            off=tuple(one for one in spoken_of if self._exception(one, DayKind.OFF)),
            worked=worked,
            estimated=tuple(year for year in range(after.year, until.year + 1) if not self.confirmed(year)),
        )


def laid_over(
    below: WorkCalendar, days: Iterable[SpecialDay], confirmed_years: Iterable[int] = ()
) -> WorkCalendar:
    """A calendar with other decisions over it: where both speak of a day, the later have it."""
    return WorkCalendar((*below.days, *days), below.confirmed_years | frozenset(confirmed_years))


def _weekdays(first: date, last: date) -> int:
    """Mondays to Fridays from `first` to `last`, both included."""
    length = (last - first).days + 1
    weeks, rest = divmod(length, 7)
    return weeks * _WORKING_DAYS_A_WEEK + sum(
        (first.weekday() + offset) % 7 < _SATURDAY for offset in range(rest)
    )


def _count(days: tuple[date, ...], first: date, last: date) -> int:
    return bisect_right(days, last) - bisect_left(days, first)


def _digest(calendar: WorkCalendar) -> str:
    told = [
        [one.day.isoformat(), one.kind, one.name, one.source, str(one.swapped_with or "")]
        for one in calendar.days
    ]
    text = json.dumps([told, sorted(calendar.confirmed_years)], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:_VERSION_DIGITS]

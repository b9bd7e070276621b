"""What will be owed: the pure rules of `core/reminders.py` asked about the future."""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby

from core.deadlines import ASKED_FOR, Obligation
from core.ladder import Audience
from core.reminders import GRACE, owed_of
from core.reminders_case import Case, Table, cases
from core.reminders_digest import WEEKLY, monday_of, owing_by_person, without_ended
from core.reminders_facts import History, Nudge, Rules, Sent
from core.reminders_hours import after_working_time, at

#: Longer than any run of days off: what was sent before that no longer stands in the way of anything.
_LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Planned:
    """A nudge that will be owed at a moment, if nobody does anything before."""

    at: datetime
    nudge: Nudge


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """Everything that will be owed on one day."""

    day: date
    planned: tuple[Planned, ...]


def next_due(
    obligations: Iterable[Obligation], history: History, now: datetime, rules: Rules
) -> datetime | None:
    """The first moment after `now` at which something will be owed, if nothing else happens; None if never.

    Lines of the week count too. What is owed at `now` is taken as said.
    """
    table, known = Table(rules, history.absences), tuple(obligations)
    earliest: datetime | None = None
    for case in cases(known, history):
        _told(case, owed_of(case, table, now), now)
        found = _next(case, table, now, earliest)
        if found is not None:
            earliest = found[0]
    still = without_ended((one for one in known if one.done_at is None), history.sent)
    line = _next_line(still, history, table, now)
    return min((one for one in (earliest, line) if one is not None), default=None)


def _next_line(owing: Sequence[Obligation], history: History, table: Table, now: datetime) -> datetime | None:
    """The first moment after `now` at which somebody will get a line of the week."""
    said = {(one.person, one.due) for one in history.sent if one.obligation == WEEKLY}
    monday = now.date() - timedelta(days=now.weekday())
    last = max((max(one.opened_on, one.legal_day + ASKED_FOR) for one in owing), default=date.min)
    while monday <= last:
        moments = [one for one in _lines_of(monday, owing, said, table, now) if one > now]
        if moments:
            return min(moments)
        monday += timedelta(days=7)
    return None


def _lines_of(
    monday: date, owing: Sequence[Obligation], said: Container[tuple[int, date]], table: Table, now: datetime
) -> list[datetime]:
    """When, from `now` on, those who owe something in that week and were not told of it will be."""
    calendar = table.rules.calendar
    morning = at(calendar.plus_working_days(monday - timedelta(days=1), 1), table.rules.morning, now)
    day = morning.date()
    if monday_of(morning, calendar) != monday or day < now.date():
        return []
    asked_for = [one for one in owing if one.legal_day >= day - ASKED_FOR]
    people = [one for one in owing_by_person(asked_for, table, morning) if (one, monday) not in said]
    ready = {
        table.ready(max(morning, now), *quiets) for quiets in {table.rules.quiets(one) for one in people}
    }
    return [one for one in ready if one.date() == day]


def preview(
    obligations: Iterable[Obligation], history: History, start: datetime, days: int, rules: Rules
) -> tuple[PlannedDay, ...]:
    """What everybody would get from `start` on for so many days, were nothing done and everything delivered.

    Days on which nothing is owed are left out.
    """
    return by_day(one for some in each(obligations, history, start, days, rules) for one in some)


def by_day(planned: Iterable[Planned]) -> tuple[PlannedDay, ...]:
    """The same in order, day by day."""
    ordered = sorted(
        planned, key=lambda one: (one.at, one.nudge.person, one.nudge.due, one.nudge.obligation.id)
    )
    return tuple(PlannedDay(day, tuple(some)) for day, some in groupby(ordered, lambda one: one.at.date()))


def each(
    obligations: Iterable[Obligation], history: History, start: datetime, days: int, rules: Rules
) -> Iterator[Sequence[Planned]]:
    """What `preview` gathers, one obligation at a time, so that others may go on in between.

    What is alike for many units, and of which nothing was said yet, is worked out for the first of them.
    """
    table = Table(rules, history.absences)
    end = at(start.date() + timedelta(days=days), time(), start)
    apart = frozenset(rules.own) | {one.person for one in history.absences}
    known: dict[object, tuple[Sequence[Planned], tuple[int, ...]]] = {}
    for case in cases(obligations, history):
        people, shape = _people_of(case.obligation), _shape(case, apart)
        if shape is not None and shape in known:
            found, others = known[shape]
            yield _for_others(found, case.obligation, dict(zip(others, people, strict=True)))
            continue
        planned = list(_to_come(_delivered(case), table, start, end))
        if shape is not None:
            known[shape] = planned, people
        yield planned


def _people_of(one: Obligation) -> tuple[int, ...]:
    own = (one.person,) if one.person is not None else ()
    return *own, *one.deputies, *one.office


def _shape(case: Case, apart: Collection[int]) -> object:
    """What the days ahead depend on besides who it is; None where that is not all, as with people `apart`."""
    one, people = case.obligation, _people_of(case.obligation)
    if case.sent or case.snoozes or any(each in apart for each in people):
        return None
    alike = tuple(people.index(each) for each in people)
    counts = one.person is not None, len(one.deputies), len(one.office)
    plain = replace(one, id="", unit_id=0, unit="", person=None, deputies=(), office=(), missing=())
    return plain, counts, alike


def _for_others(
    planned: Sequence[Planned], obligation: Obligation, people: Mapping[int, int]
) -> Sequence[Planned]:
    return [
        Planned(
            one.at,
            replace(
                one.nudge,
                obligation=obligation,
                person=people[one.nudge.person],
                principal=people[one.nudge.principal],
            ),
        )
        for one in planned
    ]


def _to_come(case: Case, table: Table, start: datetime, end: datetime) -> Iterator[Planned]:
    now, nudges = start, owed_of(case, table, start)
    while True:
        yield from (Planned(now, nudge) for nudge in nudges)
        _told(case, nudges, now)
        found = _next(case, table, now, end)
        if found is None:
            return
        now, nudges = found


def _next(
    case: Case, table: Table, now: datetime, end: datetime | None
) -> tuple[datetime, list[Nudge]] | None:
    """The first moment after `now`, and before `end`, at which something is owed."""
    if case.obligation.done_at is not None:
        return None
    for moment in _moments(case, table, now):
        if end is not None and moment >= end:
            return None
        nudges = owed_of(case, table, moment)
        if nudges:
            return moment, nudges
    return None


def _moments(case: Case, table: Table, now: datetime) -> list[datetime]:
    """When the answer may change: rungs, ends of what was put off, time to act over, mornings after."""
    rules = table.rules
    days = {step.day for step in table.steps(case.obligation)} | {case.obligation.opened_on}
    moments = {at(day, rules.morning, now) for day in days if day >= now.date()} | {now}
    for one in case.sent:
        moments |= _after(one, rules, now)
    for person in {one.person for one in case.snoozes}:
        until = table.put_off(case, person, now)
        moments |= {until} if until is not None else set()
    general = rules.quiets()
    quiets = {general, *(rules.quiets(one) for one in _people(case, table))} if rules.own else {general}
    ready = {table.ready(max(moment, now), *some) for moment in moments for some in quiets}
    return sorted(moment for moment in ready if moment > now)


def _after(sent: Sent, rules: Rules, now: datetime) -> set[datetime]:
    """When something sent lately stands no longer in the way: the morning after, time to act over."""
    if sent.made_at < now - _LATELY:
        return set()
    made = sent.made_at.astimezone(now.tzinfo)
    moments = {at(made.date() + timedelta(days=1), rules.morning, now)}
    if sent.delivered_at is not None:
        heard = sent.delivered_at.astimezone(now.tzinfo)
        moments.add(after_working_time(heard, GRACE, rules.calendar))
    return moments


def _people(case: Case, table: Table) -> set[int]:
    """Whoever may be told about it, stand-ins too."""
    one = case.obligation
    named = {*one.deputies, *one.office} | ({one.person} if one.person is not None else set())
    return named | table.stand_ins()


def _told(case: Case, nudges: Iterable[Nudge], now: datetime) -> None:
    case.sent += [nudge.made(now, delivered_at=now) for nudge in nudges]


def _delivered(case: Case) -> Case:
    """The case as if what is on its way had arrived when it was sent."""
    sent = [_arrived(one) for one in case.sent]
    return replace(case, sent=sent)


def _arrived(sent: Sent) -> Sent:
    waiting = sent.delivered_at is None and sent.failure is None
    return replace(sent, delivered_at=sent.made_at) if waiting else sent


def audiences(day: PlannedDay) -> dict[Audience, int]:
    """How many reminders of a day go to whom."""
    return {one: sum(planned.nudge.audience is one for planned in day.planned) for one in Audience}

"""What is owed now: who is to be reminded of what, computed anew each time from facts alone.

A nudge is unique on (obligation, due date, person, rung). However long nobody looked, each person is told
once, by the highest rung that was missed. Moments are compared in the zone that `now` carries.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from core.deadlines import Obligation, safe_day
from core.ladder import Audience
from core.reminders_case import Case, Step, Table, offset_of
from core.reminders_facts import TOLD, Besides, Failure, Ground, Nudge, Sent, Tone
from core.reminders_hours import after_working_time

#: Working time somebody has to act before anybody else is told.
GRACE = timedelta(hours=4)


def owed_of(case: Case, table: Table, now: datetime) -> list[Nudge]:
    """Every nudge owed about one obligation at `now` (aware, in the zone of the office).

    Nothing is owed in quiet hours and before the morning round: ask again then. Asked twice with the
    first answers recorded, the second answer is empty.
    """
    if not case.obligation.open_on(now.date()) or table.closed(now):
        return []
    steps = table.steps(case.obligation)
    if not _any_due(case, steps, now):
        return []
    nudges: list[Nudge] = []
    for audience, people in _others(case.obligation):
        ground = _ground(case, audience, steps, table, now)
        if ground is not None:
            before = _told_before(case, audience, steps, nudges)
            found = (_stepped(case, one, audience, steps, table, now, ground, before) for one in people)
            nudges += [one for one in found if one is not None]
    own = case.obligation.person
    if own is not None:
        told = _all_told(case, steps, nudges)
        climbing = steps if told is not None else [one for one in steps if one.tone is not Tone.LAST_WORD]
        nudge = _stepped(case, own, Audience.PERSON, climbing, table, now, told=told or ())
        nudges += [nudge] if nudge is not None else []
    return _once_each(nudges)


def _any_due(case: Case, steps: tuple[Step, ...], now: datetime) -> bool:
    return steps[0].day <= now.date() or bool(case.snoozes)


def _others(obligation: Obligation) -> tuple[tuple[Audience, tuple[int, ...]], ...]:
    return (Audience.DEPUTY, obligation.deputies), (Audience.OFFICE, obligation.office)


def _highest(steps: Iterable[Step], audience: Audience, now: datetime) -> Step | None:
    """The highest rung of an audience whose day has come."""
    due = (one for one in steps if one.audience is audience and one.day <= now.date())
    return max(due, default=None, key=lambda one: one.offset)


def _stepped(
    case: Case,
    principal: int,
    audience: Audience,
    steps: Iterable[Step],
    table: Table,
    now: datetime,
    ground: Ground | None = None,
    told: tuple[Besides, ...] = (),
) -> Nudge | None:
    """The one nudge that is owed to this person, or to whoever stands in for them."""
    person = table.stand_in(principal, now.date())
    until = table.put_off(case, person, now)
    if table.quiet(person, now) or (until is not None and now < until):
        return None
    step, before = _highest(steps, audience, now), case.told(principal, audience)
    due, found = case.obligation.due, None
    fresh = step is not None and not _just_told(case, person, step, table, now)
    if step is not None and fresh and (before is None or before < step.offset):
        found = step.key, step.tone
    if found is None or case.reminded_on(person, now.date(), now):
        found = _again(case, person, until, table, now) if audience is Audience.PERSON else None
    if found is None or any(one.person == person and one.rung == found[0] for one in case.due_sent()):
        return None
    key, tone = found
    standing_now = table.standing(case.obligation, now)
    besides = told if tone in {Tone.LAST_WORD, Tone.ESCALATION} else ()
    return Nudge(
        case.obligation,
        due,
        person,
        principal,
        audience,
        key,
        tone,
        standing_now,
        ground,
        besides,
        instead=_instead(case, table, now),
    )


def _just_told(case: Case, person: int, step: Step, table: Table, now: datetime) -> bool:
    """Whether they learned of the day itself on the day of this rung, after it, or the working day before."""
    made = [one.made_at for one in case.due_sent() if one.person == person and one.rung.startswith(TOLD)]
    if not made or step.offset >= 0:
        return False
    told = max(made).astimezone(now.tzinfo).date()
    return step.day <= table.rules.calendar.plus_working_days(told, 1)


def _instead(case: Case, table: Table, now: datetime) -> int | None:
    """Who stands in now for whoever owes it."""
    own = case.obligation.person
    found = table.stand_in(own, now.date()) if own is not None else None
    return found if found != own else None


def _again(
    case: Case, person: int, until: datetime | None, table: Table, now: datetime
) -> tuple[str, Tone] | None:
    """What they put off, unless they heard of it since, or the last safe day is past."""
    past = now.date() > safe_day(case.obligation, table.rules.calendar)
    if until is None or past or any(one.person == person and one.made_at >= until for one in case.sent):
        return None
    return f"again@{until:%Y%m%dT%H%M}", Tone.AGAIN


def _ground(
    case: Case, audience: Audience, steps: tuple[Step, ...], table: Table, now: datetime
) -> Ground | None:
    """What a rung of this audience may rest on now; None where somebody before them is to be heard first."""
    step, own = _highest(steps, audience, now), case.obligation.person
    if step is None:
        return None
    if audience is Audience.OFFICE and not _settled(case, Audience.DEPUTY, steps, table, now):
        return None
    if own is None:
        return Ground(failure=Failure.NOBODY)
    rungs = [one for one in steps if one.tone is not Tone.LAST_WORD]
    pending, told = _highest(rungs, Audience.PERSON, now), case.told(own, Audience.PERSON)
    until = table.put_off(case, table.stand_in(own, now.date()), now)
    held = until is not None and now < until
    if told is None or (pending is not None and pending.offset > told and not held):
        return None
    return _rests_on(case, own, told, table, now)


def _rests_on(case: Case, own: int, told: int, table: Table, now: datetime) -> Ground | None:
    """The person's own last reminder, if it arrived long enough ago or could not arrive."""
    mine = (one for one in case.due_sent() if own in (one.principal, one.person))
    last = next(one for one in mine if offset_of(one.rung, Audience.PERSON) == told)
    if not _heard(last, table, now):
        return None
    heard = last.delivered_at
    return Ground(heard.astimezone(now.tzinfo) if heard is not None else None, last.failure)


def _heard(sent: Sent, table: Table, now: datetime) -> bool:
    """Whether somebody had the time to act, or could not be told."""
    if sent.delivered_at is None:
        return sent.failure is not None
    delivered = sent.delivered_at.astimezone(now.tzinfo)
    return after_working_time(delivered, GRACE, table.rules.calendar) <= now


def _settled(case: Case, audience: Audience, steps: tuple[Step, ...], table: Table, now: datetime) -> bool:
    """Whether those who are told before somebody else have been, wherever there are any."""
    step = _highest(steps, audience, now)
    if step is None or not case.obligation.deputies:
        return True
    return any(
        offset_of(one.rung, audience) == step.offset and _heard(one, table, now) for one in case.due_sent()
    )


def _all_told(case: Case, steps: tuple[Step, ...], nudges: list[Nudge]) -> tuple[Besides, ...] | None:
    """Who was to be told besides, once everybody was: only then comes the last word. None before that."""
    told: list[Besides] = []
    for audience, people in _others(case.obligation):
        last = max((one.offset for one in steps if one.audience is audience), default=None)
        if last is None or not people:
            continue
        now_told = {one.principal for one in nudges if offset_of(one.rung, audience) == last}
        for one in people:
            if one not in now_told and case.told(one, audience) != last:
                return None
        told.append(_besides(case, audience, nudges))
    return tuple(told)


def _told_before(
    case: Case, audience: Audience, steps: tuple[Step, ...], nudges: list[Nudge]
) -> tuple[Besides, ...]:
    """For the office: whether the deputies were told, where the ladder has any rung of theirs."""
    asked = any(one.audience is Audience.DEPUTY for one in steps) and case.obligation.deputies
    return (_besides(case, Audience.DEPUTY, nudges),) if audience is Audience.OFFICE and asked else ()


def _besides(case: Case, audience: Audience, nudges: list[Nudge]) -> Besides:
    """What became of telling them: one who got it, or is on the way to, is enough."""
    made = [one for one in case.due_sent() if offset_of(one.rung, audience) is not None]
    now = tuple(one.person for one in nudges if one.audience is audience)
    if any(one.failure is None for one in made):
        return Besides(audience)
    failure = made[-1].failure if made else None
    return Besides(audience, reached=False, failure=failure, now=now)


def _once_each(nudges: list[Nudge]) -> list[Nudge]:
    """Nobody hears of one thing twice at a time, also where they stand in for somebody: the first counts."""
    return list({nudge.person: nudge for nudge in reversed(nudges)}.values())[::-1]

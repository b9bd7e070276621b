"""The bars of reminders: outages, edited dates, clocks that jump, escalation, speed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from time import process_time

from hypothesis import given, settings
from hypothesis import strategies as some

from core.deadlines import Obligation, safe_day
from core.ladder import Audience
from core.reminders import GRACE
from core.reminders_ahead import next_due, preview
from core.reminders_case import offset_of
from core.reminders_digest import digest
from core.reminders_facts import History, Tone
from core.reminders_hours import after_working_time
from tests.core.ladder_samples import CALENDAR, HEAD, RULES, Town, an_obligation, moment, owed

FIRST = date(2026, 11, 2)
CLOCKS = ((7, 30), (14, 0), (22, 0))


def moments(days: int) -> list[datetime]:
    """Three looks a day, one of them at night."""
    return [moment(FIRST + timedelta(days=day), *clock) for day in range(days) for clock in CLOCKS]


def assert_kept(town: Town) -> None:
    """What holds whatever happened: once each, in order, one a day, and nobody is told too early."""
    keys = [nudge.once for _now, nudge in town.log]
    assert len(keys) == len(set(keys))
    days = [(nudge.obligation.id, nudge.person, now.date()) for now, nudge in town.log]
    assert len(days) == len(set(days))
    climbed = defaultdict[tuple[str, date, int, Audience], list[int]](list)
    for now, nudge in town.log:
        offset = offset_of(nudge.rung, nudge.audience)
        assert offset is not None
        climbed[nudge.obligation.id, nudge.due, nudge.principal, nudge.audience].append(offset)
        assert CALENDAR.is_working_day(now.date())
        assert (7, 30) <= (now.hour, now.minute) < (20, 0)
        if nudge.tone is Tone.ESCALATION:
            assert_grounded(town, now, nudge.obligation.id, nudge.due)
    assert all(before < after for offsets in climbed.values() for before, after in pairwise(offsets))


def assert_grounded(town: Town, now: datetime, key: str, due: date) -> None:
    """S4: the person's own reminder arrived four working hours before, or could not."""
    own = [one for one in town.sent if (one.obligation, one.due, one.principal) == (key, due, HEAD)]
    assert any(
        one.failure is not None
        or (one.delivered_at is not None and after_working_time(one.delivered_at, GRACE, CALENDAR) <= now)
        for one in own
        if one.made_at <= now
    )


@settings(max_examples=25)
@given(
    some.lists(some.tuples(some.integers(20, 45), some.integers(0, 40)), min_size=20, max_size=20),
    some.integers(0, 50 * 24 * 60),
    some.integers(1, 10 * 24 * 60),
)
def test_s1_after_an_outage_the_highest_rung_alone(
    plans: list[tuple[int, int]], down_at: int, down_for: int
) -> None:
    town = Town(
        *(
            an_obligation(
                f"plan:{place}",
                legal_day=FIRST + timedelta(days=legal),
                opened_on=FIRST + timedelta(days=min(opened, legal)),
            )
            for place, (legal, opened) in enumerate(plans)
        )
    )
    start = moment(FIRST, 0, 0) + timedelta(minutes=down_at)
    end = start + timedelta(minutes=down_for)
    town.lives(sorted([*(now for now in moments(68) if not start <= now < end), end]))
    assert_kept(town)
    for one in town.obligations.values():
        assert_fired_or_merged(town, one, start, end)


def assert_fired_or_merged(town: Town, one: Obligation, start: datetime, end: datetime) -> None:
    """Each rung was fired on its day; a later one stands for those of the outage and before the opening."""
    fired = {nudge.rung: now for now, nudge in town.log if nudge.obligation.id == one.id}
    assert {"person+0", "deputy+1", "office+2", "last+2"} <= set(fired)
    safe = safe_day(one, CALENDAR)
    for offset in (-14, -7, -3, -1):
        day, rung = CALENDAR.plus_working_days(safe, offset), f"person{offset:+d}"
        due_at = moment(max(day, one.opened_on))
        later = [now for key, now in fired.items() if now >= due_at and key.startswith("person")]
        assert rung in fired or (later and (min(later) >= end or day < one.opened_on))
        if rung in fired and not start <= due_at < end and day >= one.opened_on:
            assert fired[rung].date() == day


@settings(max_examples=100)
@given(some.lists(some.tuples(some.integers(0, 59), some.integers(-30, 30)), min_size=10, max_size=10))
def test_s2_an_edited_date_is_never_reminded_of_twice(edits: list[tuple[int, int]]) -> None:
    one = an_obligation(legal_day=FIRST + timedelta(days=35))
    town = Town(one)
    by_day = dict(edits)
    for now in moments(60):
        if now.hour == 11 and (now.date() - FIRST).days in by_day:
            shift = timedelta(days=by_day[(now.date() - FIRST).days])
            town.obligations[one.id] = replace(one, legal_day=one.legal_day + shift)
        town.rings(now)
    assert_kept(town)


@settings(max_examples=40)
@given(
    some.lists(some.sampled_from([-24 * 60, -60, 60, 24 * 60, 0]), min_size=40, max_size=40),
    some.integers(15, 30),
)
def test_s3_a_clock_that_jumps_and_a_second_ticker_repeat_nothing(jumps: list[int], legal: int) -> None:
    town = Town(an_obligation(legal_day=FIRST + timedelta(days=legal)))
    for step, jump in enumerate(jumps):
        now = moment(FIRST + timedelta(days=step))
        town.rings(now)
        assert town.asks(now) == ()
        town.rings(now + timedelta(minutes=jump))
        town.rings(now)
    assert_kept(town)


@settings(max_examples=40)
@given(some.integers(10, 30), some.lists(some.booleans(), min_size=50, max_size=50))
def test_s4_nobody_else_is_told_before_a_delivered_reminder(legal: int, delivered: Sequence[bool]) -> None:
    town = Town(an_obligation(legal_day=FIRST + timedelta(days=legal)))
    for day, arrives in enumerate(delivered):
        for clock in CLOCKS:
            town.rings(moment(FIRST + timedelta(days=day), *clock), delivered=arrives)
    assert_kept(town)


def test_two_thousand_units_are_answered_in_a_moment() -> None:
    dues = [date(2026, 12, 14), date(2026, 12, 20), date(2026, 11, 27), date(2027, 1, 29)]
    obligations = [
        an_obligation(f"{place}:{unit}", legal_day=due, unit_id=unit, person=unit, deputies=(unit + 5000,))
        for unit in range(2000)
        for place, due in enumerate(dues)
    ]
    now = moment(date(2026, 12, 4))
    begun = process_time()
    nudges = owed(obligations, History(), now, RULES)
    assert len(nudges) >= 5000
    assert len(digest(nudges)) == 2000
    sent = [nudge.made(now, now) for nudge in nudges]
    assert owed(obligations, History(sent), now, RULES) == ()
    spent = process_time() - begun
    assert next_due(obligations, History(sent), now, RULES) is not None
    assert preview(obligations[:400], History(sent), now, 14, RULES)
    assert spent < 3, f"{spent:.2f} s"

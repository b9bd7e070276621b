"""An announcement's states cell by cell, who is chosen, and when it leaves."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.announcement_choices import (
    Moved,
    next_year,
    offered_times,
    opens_at,
    timed,
    with_campaign,
    with_condition,
    with_kind,
    with_person,
    with_role,
    with_unit,
)
from core.announcement_content import Content, Question
from core.announcements import (
    Act,
    Addressee,
    Audience,
    Candidate,
    Condition,
    Ground,
    NotReached,
    Reach,
    Rules,
    State,
    Tally,
    acts,
    after,
    chosen,
    leaves_at,
    needs_second,
    seconds_needed,
)
from core.calendar import WorkCalendar, weekend
from core.refusals import Code, Refusal
from core.reminders_hours import is_quiet
from core.roles import Role
from tests.core.ladder_samples import CALENDAR

# Written by hand from what the office may do; not derived from core/announcements.py.
STATES = """
          ask     schedule  approve   refuse undo  leave   pause  resume  stop    finish   discard   correct
draft     waiting scheduled -         -      -     -       -      -       -       -        discarded -
waiting   -       -         scheduled draft  draft -       -      -       -       -        -         -
scheduled waiting -         -         -      draft running -      -       -       -        -         -
running   -       -         -         -      -     -       paused -       stopped finished -         -
paused    -       -         -         -      -     -       -      running stopped -        -         -
stopped   -       -         -         -      -     -       -      -       -       -        -         running
finished  -       -         -         -      -     -       -      -       -       -        -         running
discarded -       -         -         -      -     -       -      -       -       -        -         -
"""
RULES = Rules()
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


def expected() -> dict[tuple[State, Act], str]:
    heads, *rows = [line.split() for line in STATES.strip().splitlines()]
    return {
        (State(state), Act(act)): word
        for state, *words in rows
        for act, word in zip(heads, words, strict=True)
    }


@pytest.mark.parametrize(("state", "act"), list(product(State, Act)))
def test_every_act_in_every_state(state: State, act: Act) -> None:
    leads = expected()[state, act]
    assert (act in acts(state)) == (leads != "-")
    if leads != "-":
        assert after(state, act) is State(leads)
        return
    with pytest.raises(Refusal) as refused:
        after(state, act)
    assert refused.value.code is Code.ANNOUNCEMENT_MOVED_ON


def test_nothing_leaves_that_was_not_scheduled() -> None:
    assert [state for state in State if Act.LEAVE in acts(state)] == [State.SCHEDULED]
    assert [state for state in State if State.SCHEDULED in {after(state, act) for act in acts(state)}] == [
        State.DRAFT,
        State.WAITING,
    ]


UNITS = st.frozensets(st.integers(1, 6), max_size=4)
KINDS = ("station", "ward", "hospital")
ROLES = (Role.HEAD, Role.COORDINATOR, Role.STAFF)
candidates = st.builds(
    Candidate,
    person_id=st.integers(1, 40),
    units=st.frozensets(st.integers(1, 6), min_size=1, max_size=3),
    kind=st.sampled_from(KINDS),
    roles=st.frozensets(st.sampled_from(ROLES)),
)
crowds = st.lists(candidates, max_size=10, unique_by=lambda one: one.person_id)
audiences = st.builds(
    Audience,
    campaign=st.sampled_from(("", "004")),
    units=UNITS,
    kinds=st.frozensets(st.sampled_from(KINDS), max_size=2),
    roles=st.frozensets(st.sampled_from(ROLES), max_size=2),
    condition=st.none() | st.sampled_from(Condition),
    people=st.frozensets(st.integers(1, 40), max_size=4),
    only_people=st.booleans(),
)
grounds = st.builds(
    Ground,
    limits=st.none() | UNITS,
    owing=UNITS,
    began=st.frozensets(st.integers(1, 40)),
    unread=st.frozensets(st.integers(1, 40)),
)


@given(audiences, crowds, grounds)
def test_people_who_are_named_are_always_meant_and_nobody_twice(
    audience: Audience, crowd: list[Candidate], ground: Ground
) -> None:
    found = chosen(audience, crowd, ground)
    here = {one.person_id for one in crowd}
    assert len(set(found)) == len(found)
    assert audience.people & here <= set(found) <= here
    if audience.only_people:
        assert set(found) == audience.people & here


@given(audiences, crowds, grounds)
def test_each_part_that_is_chosen_leaves_people_out_and_never_brings_any(
    audience: Audience, crowd: list[Candidate], ground: Ground
) -> None:
    found = set(chosen(audience, crowd, ground)) - audience.people
    for one in crowd:
        if one.person_id not in found:
            continue
        assert not audience.units or one.units & audience.units
        assert not audience.kinds or one.kind in audience.kinds
        assert not audience.roles or one.roles & audience.roles
        assert ground.limits is None or one.units & ground.limits
        assert audience.condition is not Condition.NO_PLAN or one.units & ground.owing
        assert audience.condition is not Condition.NOT_BEGUN or one.person_id not in ground.began
        assert audience.condition is not Condition.UNREAD or one.person_id in ground.unread


@given(crowds)
def test_nothing_chosen_is_everybody(crowd: list[Candidate]) -> None:
    assert Audience().everybody
    assert chosen(Audience(), crowd, Ground()) == [one.person_id for one in crowd]


@given(audiences)
def test_an_audience_is_stored_and_read_again(audience: Audience) -> None:
    assert Audience.from_json(audience.to_json()) == audience


@given(st.text(max_size=50), st.lists(st.text(min_size=1, max_size=9), min_size=2, max_size=6))
def test_what_it_says_is_stored_and_read_again(words: str, answers: list[str]) -> None:
    content = Content(words, words, question=Question(words, tuple(answers), len(answers) - 1))
    assert Content.from_json(content.to_json()) == content


Change = Callable[[Audience], Audience]
steps: st.SearchStrategy[list[Change]] = st.lists(
    st.one_of(
        st.builds(lambda one: lambda audience: with_unit(audience, one), st.integers(1, 3)),
        st.builds(lambda one: lambda audience: with_kind(audience, one), st.sampled_from(KINDS)),
        st.builds(lambda one: lambda audience: with_role(audience, one), st.sampled_from(ROLES)),
        st.builds(lambda one: lambda audience: with_person(audience, one), st.integers(1, 3)),
        st.builds(lambda one: lambda audience: with_campaign(audience, one), st.sampled_from(("", "004"))),
        st.builds(
            lambda one: lambda audience: with_condition(audience, one),
            st.none() | st.sampled_from(Condition),
        ),
    ),
    max_size=12,
)


@given(steps)
def test_taking_off_the_last_person_never_means_everybody(path: list[Change]) -> None:
    audience = Audience()
    for change in path:
        before, audience = audience, change(audience)
        if before.only_people and not audience.people:
            assert not audience.everybody
        if audience.people and audience.by_place:
            assert audience.units or audience.kinds or audience.campaign, "with nobody else, they alone"


def test_the_same_choice_again_takes_it_back() -> None:
    audience = with_role(with_unit(Audience(), 3), Role.HEAD)
    assert with_unit(with_unit(audience, 5), 5) == audience
    assert with_person(with_person(audience, 5), 5) == audience
    assert with_campaign(with_condition(with_campaign(audience, "004"), Condition.NO_PLAN), "") == audience


def reach(people: int, *, everybody: bool = False) -> Reach:
    return Reach(tuple(Addressee(n, "", "", 1, "", "") for n in range(people)), 0, everybody)


@pytest.mark.parametrize(
    ("people", "everybody", "second"),
    [(0, False, False), (200, False, False), (201, False, True), (1, True, True), (5000, True, True)],
)
def test_many_or_everybody_takes_a_second_person(people: int, everybody: bool, second: bool) -> None:  # noqa: FBT001 - a table
    assert needs_second(reach(people, everybody=everybody), RULES) is second


def test_whoever_cannot_be_reached_counts_too() -> None:
    cut_off = Addressee(1, "", "", 1, "", "", NotReached.NO_ACCOUNT)
    assert needs_second(Reach((cut_off,) * 201), RULES)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - UTC is added


@given(moments, moments)
def test_what_is_wanted_at_a_time_leaves_on_a_working_day_in_no_quiet_hour(
    now: datetime, wanted: datetime
) -> None:
    if wanted <= now:
        with pytest.raises(Refusal) as refused:
            leaves_at(now, wanted, CALENDAR, RULES)
        assert refused.value.code is Code.ANNOUNCEMENT_TIME_PAST
        return
    found = timed(now, wanted, CALENDAR, RULES)
    assert found.leaves == leaves_at(now, wanted, CALENDAR, RULES)
    assert found.leaves >= max(wanted, now + RULES.hold)
    assert not is_quiet(found.leaves, CALENDAR, *RULES.quiet)
    assert (found.why is None) == (found.leaves == max(wanted, now + RULES.hold))
    that_day = timed(now, wanted, CALENDAR, RULES, on_the_day=True)
    assert that_day.leaves == leaves_at(now, wanted, CALENDAR, RULES, on_the_day=True)
    assert that_day.leaves <= found.leaves
    assert not is_quiet(that_day.leaves, None, *RULES.quiet)
    assert found.other == (that_day.leaves if that_day.leaves != found.leaves else None)
    assert that_day.other == (found.leaves if that_day.leaves != found.leaves else None)
    assert that_day.why in {None, Moved.QUIET}


@given(moments)
def test_what_goes_at_once_can_be_called_back_first(now: datetime) -> None:
    assert leaves_at(now, None, CALENDAR, RULES) == now + RULES.hold


def test_why_it_is_moved() -> None:
    saturday, night = datetime(2026, 11, 28, 9, tzinfo=UTC), datetime(2026, 11, 24, 22, tzinfo=UTC)
    assert timed(MONDAY, saturday, CALENDAR, RULES).why is Moved.DAY_OFF
    assert timed(MONDAY, saturday, CALENDAR, RULES).leaves == datetime(
        2026, 11, 30, saturday.hour, tzinfo=UTC
    )
    late = saturday.replace(hour=22)
    friday = late - timedelta(days=1)
    for one in (friday, late):
        found = timed(MONDAY, one, CALENDAR, RULES)
        assert (found.why, found.leaves) == (Moved.BOTH, datetime(2026, 11, 30, 7, tzinfo=UTC))
    assert timed(MONDAY, night, CALENDAR, RULES).why is Moved.QUIET
    assert timed(MONDAY, night, CALENDAR, RULES).leaves == datetime(2026, 11, 25, 7, tzinfo=UTC)


@given(moments)
def test_times_that_are_offered_are_taken_as_they_are(now: datetime) -> None:
    for at in offered_times(now, CALENDAR, RULES):
        assert timed(now, at, CALENDAR, RULES).leaves == max(at, now + RULES.hold)
    opens = opens_at(now, CALENDAR, RULES)
    assert (opens is not None) == is_quiet(now, CALENDAR, *RULES.quiet)


@given(moments)
def test_a_year_later_is_the_same_day(at: datetime) -> None:
    later = next_year(at)
    assert (later.year, later.month) == (at.year + 1, at.month)
    assert later.day == at.day or (at.month, at.day) == (2, 29)


@given(st.integers(0, 100_000), st.floats(0.5, 30))
def test_how_long_it_takes(messages: int, a_second: float) -> None:
    seconds = seconds_needed(messages, Rules(a_second=a_second))
    assert messages / a_second <= seconds + 1e-6
    assert seconds < messages / a_second + 1 + 1e-6


@given(st.integers(0, 9), st.integers(0, 9), st.dictionaries(st.sampled_from(NotReached), st.integers(0, 9)))
def test_everybody_is_counted_once(sent: int, waits: int, missed: dict[NotReached, int]) -> None:
    assert Tally(sent, waits, missed).total == sent + waits + sum(missed.values())


def test_the_calendar_of_these_tests_has_days_off() -> None:
    assert isinstance(CALENDAR, WorkCalendar)
    assert weekend(datetime(2026, 11, 28, tzinfo=UTC).date())


@pytest.mark.parametrize(
    ("answers", "right"), [(("a",), 0), (("a",) * 7, 0), (("a", "b"), 2), (("a", "b"), -1)]
)
def test_a_question_needs_answers_and_a_right_one(answers: tuple[str, ...], right: int) -> None:
    with pytest.raises(Refusal) as refused:
        Question("?", answers, right)
    assert refused.value.code is Code.ANNOUNCEMENT_QUESTION


def test_time_that_is_over_is_refused_to_the_second() -> None:
    with pytest.raises(Refusal):
        leaves_at(MONDAY, MONDAY, CALENDAR, RULES)
    assert leaves_at(MONDAY, MONDAY + timedelta(seconds=1), CALENDAR, RULES) == MONDAY + RULES.hold

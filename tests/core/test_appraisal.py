"""An appraisal is pure arithmetic: marks come to a verdict, days are counted, equals are ordered."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.appraisal import (
    Contender,
    HandMove,
    Mark,
    NomineeVerdict,
    TieRule,
    clock,
    preferred,
    shortlist,
    verdict,
)
from core.assessment import Entry
from core.calendar import WorkCalendar
from core.campaign_terms import Clause, SubjectKind
from core.criteria import ClauseKind, Criterion, Outcome
from core.dossiers import DossierAct, NomineeFacts
from core.eligibility import Case
from core.texts import appraisal as texts
from core.texts.pages import AFTER, BEFORE
from tests.core import dossier_samples, eligibility_samples

CALENDAR = WorkCalendar(())
MONDAY = date(2026, 3, 2)
KINDS = {"a": ClauseKind.PREREQUISITE, "b": ClauseKind.STANDARD, "c": ClauseKind.CONTENT}
MARKS = st.dictionaries(st.sampled_from([*KINDS, "other"]), st.sampled_from(Mark))


def test_many_criteria_are_shown_a_page_at_a_time() -> None:
    words = "Khoa Nội"
    (who, _unit), case = (
        dossier_samples.samples(words)[NomineeFacts],
        eligibility_samples.samples(words)[Case][0],
    )
    assert isinstance(who, NomineeFacts)
    assert isinstance(case, Case)
    plain = Criterion("", "", "Hẹn đúng giờ", "Không trễ hẹn.", ())
    entries = [
        Entry(replace(plain, code=f"004-c{number}", key=f"c{number}"), "{}", Outcome.MET, "", ())
        for number in range(1, 32)
    ]
    seen: list[str] = []
    for page in range(4):
        message = texts.nominee(who, case, entries, {}, (), page, rest=0, waives=False)
        keys = [one.key for row in message.rows for one in row]
        assert (AFTER in keys, BEFORE in keys) == (page < 3, page > 0)
        assert message.body.count(" → chưa ghi") == len([key for key in keys if key.startswith("at.")])
        assert "đã ghi 0/31" in message.body
        seen += [key for key in keys if key.startswith("at.")]
    assert seen == [f"at.c{number}" for number in range(1, 32)]


def test_whom_a_plan_prefers_is_told_in_its_own_words() -> None:
    plan = Clause("003-C6b", "Khen thưởng kịp thời; chú trọng khen thưởng người trực tiếp khám bệnh. Như cũ.")
    assert preferred([plan, Clause("003-C6a", "Khen thưởng chính xác.")]) == (
        Clause("003-C6b", "chú trọng khen thưởng người trực tiếp khám bệnh."),
    )


@given(MARKS)
def test_a_verdict_waits_for_every_mark_and_a_standard_decides(marks: dict[str, Mark]) -> None:
    found = verdict(1, KINDS, marks)
    if not set(KINDS) <= set(marks):
        assert found.mark is None
    elif Mark.NOT_MET in {marks["a"], marks["b"]}:
        assert found.mark is Mark.NOT_MET
    elif Mark.UNCLEAR in {marks[code] for code in KINDS}:
        assert found.mark is Mark.UNCLEAR
    else:
        assert found.mark is Mark.MET


@given(st.lists(st.integers(0, 10), min_size=1, max_size=8))
def test_the_clock_counts_no_day_that_the_unit_has_it(pauses: list[int]) -> None:
    """Handed in, sent back and given back at once, however long the unit takes: nothing is used."""
    day, steps = MONDAY, [(DossierAct.SUBMIT, MONDAY)]
    for pause in pauses:
        steps.append((DossierAct.RETURN, day))
        day += timedelta(days=pause)
        steps.append((DossierAct.SUBMIT, day))
    found = clock(steps, CALENDAR, day, 10)
    assert (found.used, found.left) == (0, 10)
    assert found.due == CALENDAR.plus_working_days(day, 10)


def test_the_clock_runs_stops_and_begins_anew() -> None:
    week = MONDAY + timedelta(days=7)
    begun = [(DossierAct.SUBMIT, MONDAY), (DossierAct.TAKE_UP, MONDAY)]
    assert clock(begun, CALENDAR, week, 10).left == 5
    assert clock(begun, CALENDAR, MONDAY + timedelta(days=21), 10).left == -5
    back = [*begun, (DossierAct.RETURN, week)]
    assert clock(back, CALENDAR, week + timedelta(days=30), 10).due is None
    assert clock(back, CALENDAR, week + timedelta(days=30), 10).used == 5
    taken = [*begun, (DossierAct.WITHDRAW, week), (DossierAct.SUBMIT, week)]
    assert clock(taken, CALENDAR, week, 10).left == 10


def contender(number: int, met: int, *, recent: bool = False, mark: Mark | None = Mark.MET) -> Contender:
    """Somebody with so many criteria met."""
    return Contender(
        number,
        1,
        SubjectKind.INDIVIDUAL,
        f"Người {number}",
        "Khoa",
        NomineeVerdict(number, mark, met, met, met, 0),
        {TieRule.MORE_MET: met, TieRule.NOT_RECENT: int(not recent)},
    )


def test_equals_are_told_apart_in_the_announced_order_and_moved_by_hand() -> None:
    people = [
        contender(1, 9, mark=Mark.NOT_MET),
        contender(2, 5, recent=True),
        contender(3, 5),
        contender(4, 7),
        contender(5, 5),
    ]
    order = (TieRule.MORE_MET, TieRule.NOT_RECENT)
    found = shortlist(people, order)
    assert [one.contender.nomination_id for one in found] == [4, 3, 5, 2, 1]
    assert [one.level for one in found] == [False, False, True, False, False]
    assert [one.decided_by for one in found] == [None, TieRule.MORE_MET, None, TieRule.NOT_RECENT, None]
    moved = shortlist(
        people, order, [HandMove(2, 1, "a", "x"), HandMove(2, 2, "b", "x"), HandMove(99, 1, "", "")]
    )
    assert [one.contender.nomination_id for one in moved] == [4, 2, 3, 5, 1]
    assert moved[1].moved == HandMove(2, 2, "b", "x")


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 9)), max_size=10))
def test_nobody_is_lost_or_doubled_by_moving(moves: list[tuple[int, int]]) -> None:
    people = [contender(number, number % 3) for number in range(1, 6)]
    by_hand = [HandMove(number, place, "", "") for number, place in moves]
    found = shortlist(people, (TieRule.MORE_MET,), by_hand)
    assert sorted(one.contender.nomination_id for one in found) == [1, 2, 3, 4, 5]
    assert [one.rank for one in found] == [1, 2, 3, 4, 5]

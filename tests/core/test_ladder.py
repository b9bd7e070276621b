"""A ladder: what it takes, what it refuses and how it is stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.campaign_terms import DeadlineKind
from core.ladder import (
    DEFAULT_LADDER,
    MOST_RUNGS,
    Audience,
    Ladder,
    LadderProblem,
    Ladders,
    Rung,
)
from core.refusals import Code, Refusal
from core.roles import Role
from core.texts import refusals, reminders_ladder
from tests.core.ladder_samples import ladder_of

D, O = Audience.DEPUTY, Audience.OFFICE  # noqa: E741 - as the rows below read


def test_the_default_is_the_one_of_the_office() -> None:
    assert [one.key for one in DEFAULT_LADDER.rungs] == [
        "person-14",
        "person-7",
        "person-3",
        "person-1",
        "person+0",
        "deputy+1",
        "office+2",
    ]
    assert ladder_of([0, 14, 1, 7, 3]) == DEFAULT_LADDER


@pytest.mark.parametrize(
    ("rungs", "problem"),
    [
        ((), LadderProblem.EMPTY),
        ((Rung(1, D),), LadderProblem.EMPTY),
        (tuple(Rung(day) for day in range(-MOST_RUNGS, 1)), LadderProblem.TOO_MANY),
        ((Rung(-61),), LadderProblem.TOO_FAR),
        ((Rung(-3), Rung(-3)), LadderProblem.REPEATED),
        ((Rung(-3), Rung(-7)), LadderProblem.DISORDERED),
        ((Rung(-3), Rung(1, O), Rung(1, D)), LadderProblem.DISORDERED),
        ((Rung(-3), Rung(1, O), Rung(2, D)), LadderProblem.DISORDERED),
        ((Rung(-3, D), Rung(-1)), LadderProblem.UNASKED),
        ((Rung(-1), Rung(-1, O)), LadderProblem.UNASKED),
    ],
)
def test_what_is_no_ladder_is_refused_with_a_sentence(
    rungs: tuple[Rung, ...], problem: LadderProblem
) -> None:
    with pytest.raises(Refusal) as refused:
        Ladder(rungs)
    assert (refused.value.code, refused.value.facts["ladder"]) == (Code.LADDER_WRONG, problem)
    assert refusals.sentence(refused.value).endswith("Thang nhắc việc đang dùng vẫn giữ nguyên.")


@pytest.mark.parametrize(
    "text",
    ["", "{}", "7", "[7]", '[[7,"mayor"]]', '[["7","person"]]', '[[true,"person"]]', '[[7,["person"]]]'],
)
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        Ladder.from_json(text)
    assert refused.value.facts["ladder"] is LadderProblem.UNREADABLE


@pytest.mark.parametrize("text", ["[]", '{"x":[]}', '{"plan.mayor":[[0,"person"]]}', "no"])
def test_ladders_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(Refusal):
        Ladders.from_json(text)


@given(
    some.sets(some.integers(-60, 0), min_size=1, max_size=8),
    some.none() | some.integers(1, 20),
    some.none() | some.integers(20, 40),
)
def test_a_ladder_is_stored_and_read(before: set[int], deputy: int | None, office: int | None) -> None:
    one = ladder_of([-offset for offset in before], deputy, office)
    assert Ladder.from_json(one.to_json()) == one
    several = Ladders(one, {(DeadlineKind.REPORT, Role.HEAD): one, (DeadlineKind.PLAN, Role.STAFF): one})
    assert Ladders.from_json(several.to_json()) == several


def test_each_kind_and_role_has_its_own_or_the_default() -> None:
    own = ladder_of([2])
    ladders = Ladders(special={(DeadlineKind.REPORT, Role.HEAD): own})
    assert ladders.of(DeadlineKind.REPORT) is own
    assert ladders.of(DeadlineKind.REPORT, Role.STAFF) is DEFAULT_LADDER
    assert ladders.of(DeadlineKind.PLAN) is DEFAULT_LADDER


def test_a_ladder_is_told_a_rung_a_line() -> None:
    assert reminders_ladder.ladder(ladder_of([3, 0], None, 2)).splitlines() == [
        "• trước 3 ngày làm việc: nhắc người phụ trách",
        "• đúng ngày: nhắc người phụ trách",
        "• sau 2 ngày làm việc: báo văn phòng",
        "• sau 2 ngày làm việc: lời nhắc cuối cho người phụ trách, rồi thôi",
    ]

"""What was set aside is what was seen: the key of an obstacle changes with what it rests on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.criteria import ClauseKind, Outcome
from core.eligibility import HindranceFacts, HindranceKind, NominationFacts, consider, in_the_way

TODAY = date(2026, 11, 23)
UNDER = HindranceFacts(1, HindranceKind.DISCIPLINE, TODAY, TODAY + timedelta(days=30), "Quyết định 15")
PROPOSED = NominationFacts(1, 2, "Thi đua", "Năm 2026", "Số hóa hồ sơ", commended=False)


def key_of(hindrance: HindranceFacts) -> str:
    (found,) = consider((), (hindrance,), (), (), TODAY).obstacles
    return found.key


@pytest.mark.parametrize(
    "other",
    [
        replace(UNDER, until=None),
        replace(UNDER, until=TODAY + timedelta(days=31)),
        replace(UNDER, since=TODAY - timedelta(days=1)),
        replace(UNDER, document="Quyết định 16"),
        replace(UNDER, id=2),
    ],
)
def test_a_hindrance_of_another_time_or_document_is_another(other: HindranceFacts) -> None:
    assert key_of(UNDER) == key_of(replace(UNDER))
    assert key_of(other) != key_of(UNDER)


def test_commended_is_more_than_proposed() -> None:
    proposed, commended = (
        consider((), (), (one,), (), TODAY).obstacles[0].key
        for one in (PROPOSED, replace(PROPOSED, commended=True))
    )
    assert proposed != commended


@pytest.mark.parametrize(
    ("kind", "outcomes"),
    [
        (ClauseKind.CONTENT, set()),
        (ClauseKind.PREREQUISITE, {Outcome.NOT_MET, Outcome.AWAITED}),
        (ClauseKind.STANDARD, {Outcome.NOT_MET, Outcome.AWAITED, Outcome.NOT_APPLICABLE}),
        (ClauseKind.DISQUALIFIER, {Outcome.NOT_MET, Outcome.AWAITED, Outcome.NOT_APPLICABLE}),
    ],
)
def test_which_outcomes_are_looked_for(kind: ClauseKind, outcomes: set[Outcome]) -> None:
    assert in_the_way(kind) == outcomes

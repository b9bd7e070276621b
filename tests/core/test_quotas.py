"""Quotas as they are used: at most and exactly, a year and the period, and what the plan leaves unsaid."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.campaign_terms import Clause, Commendation, Quota, Round, RoundKind, SubjectKind, Unsaid
from core.campaigns import Campaign
from core.quotas import Ledger, Used, ledger
from core.texts.nominations import rows_of
from tests.core.samples import plan

COLLECTIVE, INDIVIDUAL = SubjectKind.COLLECTIVE, SubjectKind.INDIVIDUAL
YEAR = Round("2026", "Năm 2026", RoundKind.YEARLY, 2026)
PERIOD = Round("ca-ky", "Cả kỳ", RoundKind.PERIOD)


def a_plan(*quotas: Quota) -> Campaign:
    said = Commendation("000-A1", "Tặng Giấy khen", "Sở", quotas=quotas or Unsaid())
    return dataclasses.replace(plan(), commendation=said)


def quota(
    count: int,
    subject: SubjectKind = COLLECTIVE,
    kind: RoundKind = RoundKind.YEARLY,
    *,
    at_most: bool = True,
) -> Quota:
    code = "000-A2" if kind is RoundKind.YEARLY else "000-A3"
    return Quota(kind, subject, count, at_most, Clause(code, "Không quá"))


BINH_DINH = a_plan(
    quota(5),
    quota(10, INDIVIDUAL),
    quota(10, COLLECTIVE, RoundKind.PERIOD),
    quota(20, INDIVIDUAL, RoundKind.PERIOD),
)


def of(campaign: Campaign, used: dict[SubjectKind, Used], of_round: Round = YEAR) -> Ledger:
    return ledger(campaign, of_round, used)


def test_a_year_and_the_period_are_ledgers_apart() -> None:
    assert [row.limit for row in of(BINH_DINH, {}).rows] == [5, 10]
    assert [row.limit for row in of(BINH_DINH, {}, PERIOD).rows] == [10, 20]
    assert rows_of(of(BINH_DINH, {COLLECTIVE: Used(1, 2)}))[0] == (
        "• Tập thể: 3/5, không quá 5 (000-A2); đã khen 2"
    )


@pytest.mark.parametrize(
    ("total", "words"),
    [
        (4, "đã chọn 4, cần đúng 5, còn thiếu 1 (000-A2)"),
        (5, "đã chọn 5, cần đúng 5, vừa đủ (000-A2)"),
        (7, "đã chọn 7, cần đúng 5, thừa 2 (000-A2)"),
    ],
)
def test_an_exact_number_is_told_apart(total: int, words: str) -> None:
    book = of(a_plan(quota(5, at_most=False)), {COLLECTIVE: Used(total)})
    assert words in rows_of(book)[0]


def test_beyond_what_may_be() -> None:
    assert "7/5, không quá 5, vượt 2" in rows_of(of(BINH_DINH, {COLLECTIVE: Used(7)}))[0]


def test_a_plan_that_says_nothing() -> None:
    book = of(a_plan(), {COLLECTIVE: Used(3)})
    assert rows_of(book)[0] == "• Tập thể: đã chọn 3, chỉ tiêu chưa quy định; đã khen 0"
    assert not book.full(COLLECTIVE)
    assert not book.over(COLLECTIVE)


def test_the_strictest_of_two_sentences_counts() -> None:
    book = of(a_plan(quota(5), quota(3)), {COLLECTIVE: Used(1, 3)})
    assert book.full(COLLECTIVE)
    assert book.over(COLLECTIVE) == 1


@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 6), st.booleans())
def test_the_sums_hold(proposed: int, commended: int, limit: int, at_most: bool) -> None:  # noqa: FBT001 - hypothesis draws it
    book = of(a_plan(quota(limit, at_most=at_most)), {COLLECTIVE: Used(proposed, commended)})
    (row,) = book.of(COLLECTIVE)
    assert row.over == max(0, proposed + commended - limit)
    assert row.short == (0 if at_most else max(0, limit - proposed - commended))
    assert row.full is (commended >= limit)
    assert book.full(INDIVIDUAL) is False

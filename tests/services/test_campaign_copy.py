"""Last year's plan as the beginning of this year's: a file that passes the check, with nothing invented."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.campaign_findings import FindingKind, findings
from core.campaign_terms import Unsaid
from core.campaigns import Campaign
from core.refusals import Code, Refusal
from core.texts.refusals import sentence
from services.papers.campaign_copy import copied
from services.papers.campaign_toml import read
from services.papers.law_registry import laws, plan_files
from tests.services.short_plan import SHORT

PLANS = plan_files(Path(__file__).parents[2] / "campaigns")


def copy_of(source: str, year: int) -> Campaign:
    """The copy, which the check has to pass."""
    return read(copied(source, year), "moi.toml")


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
@pytest.mark.parametrize("later", [1, 5])
def test_every_plan_can_be_copied(path: Path, later: int) -> None:
    source = path.read_text("utf-8")
    before = read(source, path.name)
    after = copy_of(source, before.window.first_year + later)
    assert after.window.last_year - before.window.last_year == later
    assert [one.year for one in after.rounds] == [one.year and one.year + later for one in before.rounds]
    assert (after.number, after.issued_on, after.signatory, after.remarks) == (
        Unsaid(),
        Unsaid(),
        Unsaid(),
        (),
    )
    assert all(one.code.startswith(f"{after.code}-") for one in after.clauses())
    assert [one.quote for one in after.criteria()] == [one.quote for one in before.criteria()]
    assert [one.measures for one in after.criteria()] == [one.measures for one in before.criteria()]


def test_years_move_and_the_issue_is_unsaid() -> None:
    plan = copy_of(SHORT, 2026)
    assert (plan.code, plan.label) == ("009n26", "Thi đua CCHC 2026")
    assert plan.window.words == "từ ngày ban hành đến trước ngày 31/12/2026"
    assert plan.window.ends_on == date(2026, 12, 30)
    assert [(one.code, one.label) for one in plan.rounds] == [("2026", "Năm 2026"), ("ca-ky", "Cả kỳ")]
    assert plan.deadlines[0].day == date(2026, 12, 15)
    assert (plan.deadlines[0].code, plan.deadlines[0].round) == ("009n26-D1", "2026")
    assert FindingKind.ISSUE_DATE_MISSING in {one.kind for one in findings(plan, laws(), date(2026, 1, 5))}


def test_a_copy_of_a_copy_keeps_one_ending() -> None:
    assert copy_of(copied(SHORT, 2026), 2027).code == "009n27"
    assert copy_of(SHORT.replace("009", "cchc2025kien"), 2026).code == "cchc2025kn26"


def test_the_day_that_is_not_in_every_year() -> None:
    leap = SHORT.replace("2025", "2024").replace("ends_on = 2024-12-30", "ends_on = 2024-12-30")
    leap = leap.replace("day = 2024-12-15", "day = 2024-02-29").replace("issued_on = 2024-03-21\n", "")
    assert copy_of(leap, 2025).deadlines[0].day == date(2025, 2, 28)


@pytest.mark.parametrize("year", [0, 1999, 2024, 2025, 2101, 10**9])
def test_a_year_that_is_not_later_is_refused(year: int) -> None:
    with pytest.raises(Refusal) as refused:
        copied(SHORT, year)
    assert refused.value.code is Code.YEAR_OUTSIDE
    assert "2025" in sentence(refused.value)


@given(st.integers(2026, 2100))
def test_any_later_year_passes_the_check(year: int) -> None:
    assert copy_of(SHORT, year).window.first_year == year

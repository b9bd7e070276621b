"""What is odd about a plan: found where it is, and no wolf cried elsewhere."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.campaign_findings import SHORT_NOTICE, FindingKind, PlanFinding, findings, percentages, years_named
from core.campaign_terms import (
    Clause,
    Commendation,
    Deadline,
    DeadlineKind,
    Dossier,
    Quota,
    RoundKind,
    SubjectKind,
    Unsaid,
    YearDay,
)
from core.campaigns import Campaign, CampaignKind, Remark, RemarkKind
from core.measures import NumberMeasure, Operator
from core.texts import campaign_findings as texts
from services.papers.campaign_toml import read
from services.papers.law_registry import laws
from tests.services.short_plan import SHORT

TODAY = date(2026, 11, 23)
KIND = FindingKind


@pytest.fixture(scope="module")
def plan() -> Campaign:
    """A short plan of 2025, issued on 21/03/2025."""
    return read(SHORT, "ngan.toml")


def found(plan: Campaign, kind: FindingKind, today: date = TODAY) -> list[PlanFinding]:
    every = findings(plan, laws(), today)
    assert all(texts.sentence(one).endswith(".") for one in every)
    return [one for one in every if one.kind is kind]


def saying(plan: Campaign, quote: str, year: int = 2024) -> Campaign:
    """The plan as of another year, with one purpose."""
    window = replace(plan.window, first_year=year, last_year=year)
    return replace(plan, window=window, issued_on=Unsaid(), purposes=(Clause("009-M1", quote),))


# ------------------------------------------------------------------------------------------------- years


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Tham mưu, triển khai thực hiện tốt các nhiệm vụ trong Kế hoạch CCHC năm 2023 của tỉnh.", [2023]),
        ("Năm 2023 hoàn thành nhiệm vụ.", [2023]),
        ("Hoàn thành nhiệm vụ năm 2024; giải ngân năm 2023.", [2024, 2023]),
        ("theo Quyết định số 1826/QĐ-UBND ngày 25/12/2023", []),
        ("theo Kế hoạch số 02/KH-SYT ngày 04/01/2023 về phong trào thi đua năm 2023", []),
        ("theo Luật số 06/2022/QH15 năm 2022", []),
        ("đến trước ngày 31 tháng 12 năm 2023", []),
        ("từ năm 2021 đến năm 2025", []),
        ("giai đoạn 2021 - 2025, nhiệm kỳ 2020-2025, tầm nhìn 2045", []),
        ("năm 2021 - 2025", []),
        ("Chỉ số DDCI tăng so với kết quả năm 2023", []),
        ("tăng bậc so với năm 2023", []),
        ("Năm đề nghị khen thưởng", []),
    ],
)
def test_the_years_a_sentence_is_about(text: str, years: list[int]) -> None:
    assert years_named(text) == years


def test_another_year_in_a_plan_for_one(plan: Campaign) -> None:
    odd = saying(plan, "Thực hiện tốt nhiệm vụ trong Kế hoạch CCHC năm 2023 của tỉnh.")
    (finding,) = [one for one in found(odd, KIND.WRONG_YEAR) if one.where == "009-M1"]
    assert texts.sentence(finding).startswith("[009-M1] Câu này nói năm 2023, kế hoạch là của năm 2024.")
    longer = replace(odd, window=replace(odd.window, first_year=2022, last_year=2024))
    assert found(longer, KIND.WRONG_YEAR) == []


@given(st.integers(2000, 2099), st.integers(2000, 2099))
def test_a_year_is_wrong_when_it_is_another(named: int, year: int) -> None:
    odd = saying(read(SHORT, "ngan.toml"), f"Hoàn thành nhiệm vụ năm {named}.", year)
    wrong = [one for one in found(odd, KIND.WRONG_YEAR) if one.where == "009-M1"]
    assert bool(wrong) == (named != year)


# --------------------------------------------------------------------------------------------- citations

BONUS = "Mức thưởng theo Nghị định số 91/2017/NĐ-CP ngày 31/7/2017."


def test_a_decree_that_was_replaced_when_the_plan_was_issued(plan: Campaign) -> None:
    (finding,) = found(saying(plan, BONUS), KIND.STALE_CITATION)
    sentence = texts.sentence(finding)
    assert sentence.startswith("[009-M1] Viện dẫn văn bản 91/2017/NĐ-CP")
    assert "không còn hiệu lực khi kế hoạch ban hành" in sentence
    assert "được thay bằng 98/2023/NĐ-CP từ ngày 01/01/2024" in sentence


@pytest.mark.parametrize(
    ("issued", "today", "kind"),
    [
        (date(2023, 12, 31), date(2023, 12, 31), None),
        (date(2024, 1, 1), TODAY, KIND.STALE_CITATION),
        (date(2023, 12, 31), date(2024, 1, 1), KIND.SINCE_REPLACED),
        (date(2023, 12, 31), date(2025, 1, 1), None),
    ],
    ids=["in force", "from its last day on", "replaced while it runs", "the plan is over"],
)
def test_a_citation_is_judged_on_the_day_of_issue(
    plan: Campaign, issued: date, today: date, kind: FindingKind | None
) -> None:
    window = replace(plan.window, first_year=2023, last_year=2024)
    cited = replace(plan, window=window, issued_on=issued, legal_bases=(BONUS,))
    kinds = {KIND.STALE_CITATION, KIND.SINCE_REPLACED}
    assert {one.kind for one in findings(cited, laws(), today)} & kinds == ({kind} if kind else set())


@pytest.mark.parametrize("number", ["191/2017/NĐ-CP", "91/2017/NĐ-CPX", "1/91/2017/NĐ-CP", "91/2018/NĐ-CP"])
def test_a_number_that_only_looks_alike(plan: Campaign, number: str) -> None:
    assert found(saying(plan, f"Theo Nghị định {number}."), KIND.STALE_CITATION) == []


def test_the_registry_names_a_source_for_each_and_a_successor_for_what_was_replaced() -> None:
    numbers = [law.number for law in laws()]
    assert len(set(numbers)) == len(numbers)
    for law in laws():
        assert law.title
        assert law.source
        assert (law.replaced_on is None) == (law.replaced_by == "")
        if law.replaced_on is not None:
            (successor,) = [one for one in laws() if one.number == law.replaced_by]
            assert successor.in_force_from == law.replaced_on
            assert law.in_force_from is None or law.in_force_from < law.replaced_on


# --------------------------------------------------------------------------------------- what is missing


def test_the_issue_date_and_what_waits_for_it(plan: Campaign) -> None:
    assert found(plan, KIND.ISSUE_DATE_MISSING) == []
    unsaid = replace(plan, issued_on=Unsaid())
    (finding,) = found(unsaid, KIND.ISSUE_DATE_MISSING)
    assert "bản nháp" not in texts.sentence(finding)
    (finding,) = found(replace(unsaid, window=replace(plan.window, from_issue=True)), KIND.ISSUE_DATE_MISSING)
    assert "bản nháp" in texts.sentence(finding)


def test_sections_the_document_lacks(plan: Campaign) -> None:
    remarks = (
        Remark(RemarkKind.MISSING, "phần IV", "Văn bản đi từ III sang V."),
        Remark(RemarkKind.NOTED, "II", "Ghi chú."),
    )
    (finding,) = found(replace(plan, remarks=remarks), KIND.SECTION_MISSING)
    assert texts.sentence(finding).startswith("Thiếu trong văn bản, «phần IV»: Văn bản đi từ III sang V. ")


def commended(plan: Campaign, *counts: tuple[RoundKind, SubjectKind, int, bool]) -> Campaign:
    quotas = tuple(
        Quota(round_kind, subject, count, at_most, Clause(f"009-A{place}", "…"))
        for place, (round_kind, subject, count, at_most) in enumerate(counts, 1)
    )
    return replace(plan, commendation=Commendation("009-III", "Tặng giấy khen.", "", quotas=quotas))


YEARLY, PERIOD = RoundKind.YEARLY, RoundKind.PERIOD
UNITS, PEOPLE = SubjectKind.COLLECTIVE, SubjectKind.INDIVIDUAL


def test_two_clauses_that_disagree_on_how_many(plan: Campaign) -> None:
    two = commended(plan, (YEARLY, UNITS, 5, True), (YEARLY, UNITS, 5, False))
    (finding,) = found(two, KIND.QUOTA_DIFFERS)
    assert texts.sentence(finding).startswith(
        "[009-A2] Số lượng khen tập thể hằng năm ở đây là đúng 05, còn ở [009-A1] là không quá 05."
    )
    for same in (
        commended(plan, (YEARLY, UNITS, 5, True), (YEARLY, UNITS, 5, True)),
        commended(plan, (YEARLY, UNITS, 5, True), (PERIOD, UNITS, 10, True), (YEARLY, PEOPLE, 10, True)),
    ):
        assert found(same, KIND.QUOTA_DIFFERS) == []


def test_dates_and_papers_left_unsaid(plan: Campaign) -> None:
    silent = replace(plan, deadlines=(), dossier=Unsaid())
    assert [one.facts["what"] for one in found(silent, KIND.DATE_UNSAID)] == ["dossier", "report"]
    assert len(found(silent, KIND.DOSSIER_UNSAID)) == len(found(silent, KIND.APPRAISER_UNSAID)) == 1

    vague = Deadline("009-D1", DeadlineKind.DOSSIER, "009-V.1.2", "theo quy định", Unsaid("theo quy định"))
    said = replace(
        plan, deadlines=(vague,), dossier=Dossier("009-III", parts=(Clause("009-H1", "Tờ trình"),))
    )
    first, second = found(said, KIND.DATE_UNSAID)
    assert (first.where, second.where) == ("009-D1", "")
    assert "«theo quy định»" in texts.sentence(first)
    assert found(said, KIND.DOSSIER_UNSAID) == []
    assert [one.where for one in found(said, KIND.APPRAISER_UNSAID)] == ["009-III"]


def test_an_umbrella_plan_owes_no_dossiers(plan: Campaign) -> None:
    umbrella = replace(plan, kind=CampaignKind.UMBRELLA, deadlines=(), dossier=Unsaid(), rounds=())
    kinds = {KIND.DATE_UNSAID, KIND.DOSSIER_UNSAID, KIND.APPRAISER_UNSAID, KIND.ROUND_UNSAID}
    assert not kinds & {one.kind for one in findings(umbrella, laws(), TODAY)}


# -------------------------------------------------------------------------------------------------- time

ISSUED = date(2022, 3, 21)


@given(days=st.integers(-30, 60), before=st.booleans())
def test_a_first_deadline_soon_after_the_plan(*, days: int, before: bool) -> None:
    named = ISSUED + timedelta(days=days + before)
    first = Deadline("009-D1", DeadlineKind.PLAN, "009-V.1", "", named, before)
    later = Deadline("009-D2", DeadlineKind.DOSSIER, "009-V.1", "", YearDay(12, 15))
    plan = replace(read(SHORT, "ngan.toml"), issued_on=ISSUED, deadlines=(later, first))
    short = found(plan, KIND.TIME_SHORT)
    assert [one.facts["days"] for one in short] == ([str(days)] if days < SHORT_NOTICE else [])


def test_the_day_of_every_year_that_is_over_counts_next_year(plan: Campaign) -> None:
    every = Deadline("009-D1", DeadlineKind.REPORT, "009-V.1", "", YearDay(3, 1))
    assert found(replace(plan, issued_on=ISSUED, deadlines=(every,)), KIND.TIME_SHORT) == []
    soon = replace(every, day=YearDay(3, 31), before=True)
    (finding,) = found(replace(plan, issued_on=ISSUED, deadlines=(soon,)), KIND.TIME_SHORT)
    assert "chỉ có 9 ngày" in texts.sentence(finding)


def test_the_list_is_numbered_and_says_when_there_is_nothing(plan: Campaign) -> None:
    every = findings(plan, laws(), TODAY)
    assert texts.listed(every).startswith(f"{texts.HEAD} ({len(every)})\n1. ")
    assert texts.listed(()) == texts.NOTHING


# ------------------------------------------------------------------------------------ targets and quotes


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("đạt từ 99% trở lên", ["99"]),
        ("trên 90,5 %; 100% hồ sơ", ["90.5", "100"]),
        ("giảm từ 30% - 50%", ["30", "50"]),
        ("từ 30 đến 50 phần trăm", ["30", "50"]),
        ("không có hồ sơ trễ hẹn, 02 sáng kiến", []),
    ],
)
def test_percentages_that_a_sentence_names(text: str, named: list[str]) -> None:
    assert percentages(text) == [Decimal(one) for one in named]


def asking(plan: Campaign, quote: str, measure: NumberMeasure) -> Campaign:
    criterion = replace(plan.groups[0].criteria[0], quote=quote, measures=(measure,), ways=())
    return replace(plan, groups=(replace(plan.groups[0], criteria=(criterion,)),))


@pytest.mark.parametrize(
    ("quote", "unit", "target", "odd"),
    [
        ("Đúng hạn đạt từ 90% trở lên.", "%", "0.95", True),
        ("Đúng hạn đạt từ 90% trở lên.", "%", "90", False),
        ("Đúng hạn đạt từ 90,0% trở lên.", "%", "90", False),
        ("Giảm từ 30% - 50%.", "%", "30", False),
        ("Hoàn thành chỉ tiêu được giao.", "%", "100", False),
        ("Không có hồ sơ trễ hạn; đạt 100%.", "hồ sơ", "0", False),
    ],
)
def test_a_target_that_its_clause_does_not_name(
    plan: Campaign, quote: str, unit: str, target: str, *, odd: bool
) -> None:
    measure = NumberMeasure("1", "Bao nhiêu?", unit, Operator.AT_LEAST, Decimal(target))
    noted = found(asking(plan, quote, measure), KIND.TARGET_UNQUOTED)
    assert bool(noted) is odd
    if odd:
        assert "đặt mức 0,95 %, còn nguyên văn nêu 90 %" in texts.sentence(noted[0])


def test_a_plan_that_is_issued_in_the_future(plan: Campaign) -> None:
    ahead = replace(plan, issued_on=date(2026, 11, 24))
    (noted,) = found(ahead, KIND.ISSUED_AHEAD)
    assert "Ngày ban hành thứ Ba 24/11/2026 chưa đến" in texts.sentence(noted)
    assert not found(replace(plan, issued_on=TODAY), KIND.ISSUED_AHEAD)

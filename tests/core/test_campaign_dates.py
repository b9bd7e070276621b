"""Entered dates: read as people type them, kept, and laid over the plan where it is silent."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import WorkCalendar
from core.campaign_dates import (
    Datable,
    DateFacts,
    EnteredDate,
    Value,
    counts,
    datables,
    disordered,
    ensure_plausible,
    read_value,
    value_of,
    with_dates,
    written,
)
from core.campaign_terms import DeadlineKind, Unsaid, YearDay
from core.campaigns import Campaign
from core.refusals import Refusal
from core.texts import campaign_dates as texts
from core.texts.campaigns import last_day, read_back
from core.texts.refusals import sentence
from services.papers.campaign_toml import read
from tests.services.short_plan import SHORT

HERE = timezone(timedelta(hours=7))
DAY = Datable("issued_on", Unsaid())
DUE = Datable("deadline:009-D1", Unsaid(), yearly=True, timed=True)
YEARLY = Datable("deadline:009-D1", Unsaid(), yearly=True)
MOMENT = Datable("round:2025:opens_at", Unsaid(), moment=True)
LETTER = "Công văn số 12/SYT-VP ngày 03/11/2025"
PLAN = read(SHORT, "ngan.toml")

DATES = st.dates(date(2000, 1, 1), date(2100, 12, 31))
BOUNDS = (
    datetime(2000, 1, 1, tzinfo=HERE).replace(tzinfo=None),
    datetime(2100, 1, 1, tzinfo=HERE).replace(tzinfo=None),
)
MOMENTS = st.datetimes(*BOUNDS, timezones=st.just(HERE))
YEAR_DAYS = DATES.filter(lambda day: (day.month, day.day) != (2, 29)).map(lambda d: YearDay(d.month, d.day))


@pytest.mark.parametrize(
    ("typed", "datable", "value"),
    [
        ("15/12/2026", DAY, date(2026, 12, 15)),
        (" ngày 5-1-2026 ", DAY, date(2026, 1, 5)),
        ("15.12.2026", DAY, date(2026, 12, 15)),
        ("2026-12-15", DAY, date(2026, 12, 15)),
        ("ngày 15 tháng 12 năm 2026", DAY, date(2026, 12, 15)),
        ("thứ Ba 15/12/2026", YEARLY, date(2026, 12, 15)),
        ("8 giờ 30 sáng ngày 4 tháng 12 năm 2026", MOMENT, datetime(2026, 12, 4, 8, 30, tzinfo=HERE)),
        ("15/12", YEARLY, YearDay(12, 15)),
        ("15/12 hằng năm", YEARLY, YearDay(12, 15)),
        ("17:00 04/12/2026", MOMENT, datetime(2026, 12, 4, 17, 0, tzinfo=HERE)),
        ("17h00, ngày 04/12/2026", MOMENT, datetime(2026, 12, 4, 17, 0, tzinfo=HERE)),
        ("04/12/2026 lúc 7h", MOMENT, datetime(2026, 12, 4, 7, 0, tzinfo=HERE)),
        ("2026-12-04T17:00:00", MOMENT, datetime(2026, 12, 4, 17, 0, tzinfo=HERE)),
        ("2026-12-04T17:00", MOMENT, datetime(2026, 12, 4, 17, 0, tzinfo=HERE)),
        ("trước ngày 15/12/2026", DUE, date(2026, 12, 14)),
        ("Trước 01/01/2027", DUE, date(2026, 12, 31)),
        ("đến hết ngày 15/12/2026", DUE, date(2026, 12, 15)),
        ("chậm nhất là ngày 15 tháng 12 năm 2026", DUE, date(2026, 12, 15)),
        ("trước ngày 15/12 hằng năm", DUE, YearDay(12, 14)),
        ("trước 1/1", DUE, YearDay(12, 31)),
        ("trước 16 giờ ngày 15/12/2026", DUE, datetime(2026, 12, 15, 16, tzinfo=HERE)),
        ("17h ngày 15/12/2026", DUE, datetime(2026, 12, 15, 17, tzinfo=HERE)),
    ],
)
def test_dates_as_people_type_them(typed: str, datable: Datable, value: Value) -> None:
    assert read_value(typed, datable, HERE) == value


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "15/12",
        "32/12/2026",
        "29/02/2025",
        "12/2026",
        "1/1/1999",
        "1/1/2101",
        "٣/3/2026",
        "thứ Hai 15/12/2026",
        "mai",
    ],
)
def test_what_is_no_day(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_value(typed, DAY, HERE)


@given(DATES)
def test_a_day_is_read_as_it_is_written(day: date) -> None:
    assert read_value(f"{day:%d/%m/%Y}", DAY, HERE) == day
    assert read_value(day.isoformat(), DAY, HERE) == day


@given(st.one_of(DATES, MOMENTS, YEAR_DAYS))
def test_what_is_kept_is_what_was_entered(value: Value) -> None:
    assert value_of(written(value)) == value


@given(st.text(max_size=30))
def test_nothing_typed_breaks_the_reading(typed: str) -> None:
    for datable in (DAY, YEARLY, MOMENT):
        try:
            value = read_value(typed, datable, HERE)
        except ValueError:
            continue
        assert value_of(written(value)) == value


# ----------------------------------------------------------------------------------------- over the plan


def test_nothing_entered_leaves_the_plan_as_it_is() -> None:
    assert with_dates(PLAN, ()) is PLAN


@given(DATES, DATES)
def test_a_said_date_gives_way_only_to_one_that_replaced_it(said: date, before: date) -> None:
    plan = replace(PLAN, issued_on=said)
    new = EnteredDate("issued_on", date(2030, 1, 1), LETTER, before)
    assert with_dates(plan, (new,)).issued_on == (date(2030, 1, 1) if said == before else said)
    assert counts(Unsaid(), before)
    assert not counts(None, before)


def test_a_window_from_the_issue_begins_on_that_day() -> None:
    window = replace(PLAN.window, starts_on=Unsaid(), from_issue=True)
    plan = replace(PLAN, issued_on=Unsaid(), window=window)
    assert "window:starts_on" not in [one.subject for one in datables(plan)]
    issued = with_dates(plan, (EnteredDate("issued_on", date(2025, 4, 1), LETTER),))
    assert (issued.issued_on, issued.window.starts_on) == (date(2025, 4, 1), date(2025, 4, 1))
    assert "Ngày bắt đầu: ngày ban hành kế hoạch, thứ Ba 01/04/2025" in read_back(issued, WorkCalendar())
    late = with_dates(plan, (EnteredDate("issued_on", date(2026, 1, 1), LETTER),))
    assert disordered(late)
    assert not disordered(issued)


# ---------------------------------------------------------------------------------------------- in words

NOON = datetime(2025, 11, 5, 12, 0, tzinfo=HERE)


def facts(subject: str, value: Value, instead_of: Value | None = None) -> DateFacts:
    return DateFacts(subject, value, LETTER, instead_of, "Nguyễn Thị Mẫu", NOON, None, counts=True)


def test_an_entered_date_is_told_with_its_document() -> None:
    changed = facts("deadline:009-D1", date(2025, 12, 20), date(2025, 12, 15))
    plan = with_dates(PLAN, (EnteredDate(changed.subject, changed.value, LETTER, changed.instead_of),))
    words = (
        "kế hoạch ghi thứ Hai 15/12/2025, đã thay bằng thứ Bảy 20/12/2025, "
        "theo Công văn số 12/SYT-VP ngày 03/11/2025"
    )
    said = read_back(plan, WorkCalendar(), (changed,))
    assert f"«trước ngày 15/12»; {words}; ngày làm việc cuối: thứ Sáu 19/12/2025" in said
    assert "NGÀY ĐƠN VỊ ĐÃ NHẬP" in said
    assert words in texts.listed(plan, (changed,))


def test_a_day_from_elsewhere_is_never_told_as_the_plans_own() -> None:
    letter = EnteredDate("deadline:009-D1", date(2025, 12, 20), LETTER, date(2025, 12, 15))
    (deadline, *_rest) = with_dates(PLAN, (letter,)).deadlines
    assert last_day(deadline) == (
        "«trước ngày 15/12»; đơn vị nhập: chậm nhất thứ Bảy 20/12/2025, "
        "theo Công văn số 12/SYT-VP ngày 03/11/2025"
    )
    yearly = replace(deadline, day=YearDay(12, 20), words="")
    assert last_day(yearly) == f"chậm nhất ngày 20/12 hằng năm, theo {LETTER}"


def test_every_date_has_a_name() -> None:
    for one in datables(PLAN):
        assert texts.subject(PLAN, one.subject) != one.subject
    assert texts.subject(PLAN, "round:2025:closes_at") == "Lúc khóa năm 2025"
    assert texts.unsaid(PLAN, [YEARLY]) == "deadline:009-D1: Gửi hồ sơ đề nghị khen thưởng [009-D1]"


def test_what_no_longer_counts_says_so() -> None:
    one = facts("issued_on", date(2025, 4, 1))
    assert "Đã được thay ngày 05/11/2025." in texts.one_line(PLAN, replace(one, replaced_at=NOON))
    assert "Không còn tính" in texts.one_line(PLAN, replace(one, counts=False))
    assert texts.listed(PLAN, ()) == texts.NONE_ENTERED


TODAY = date(2025, 6, 2)
REVIEW = replace(PLAN.deadlines[0], kind=DeadlineKind.FINAL_REVIEW)


@pytest.mark.parametrize(
    ("plan", "subject", "value", "told"),
    [
        (PLAN, "issued_on", date(2025, 6, 3), "thứ Ba 03/06/2025 chưa đến (hôm nay là thứ Hai 02/06/2025)"),
        (
            PLAN,
            "deadline:009-D1",
            date(2025, 3, 20),
            "đứng trước ngày ban hành kế hoạch (thứ Sáu 21/03/2025)",
        ),
        (PLAN, "deadline:009-D1", date(2205, 12, 15), "chỉ nhận các năm 2024-2026"),
        (PLAN, "round:2025:closes_at", datetime(2027, 1, 1, tzinfo=HERE), "chỉ nhận các năm 2024-2026"),
        (PLAN, "window:ends_on", date(2023, 12, 31), "chỉ nhận các năm 2024-2026"),
        (
            replace(PLAN, deadlines=(replace(REVIEW, day=date(2025, 5, 1)),)),
            "issued_on",
            date(2025, 5, 2),
            "ngày ban hành thứ Sáu 02/05/2025 đứng sau một hạn của chính kế hoạch (thứ Năm 01/05/2025)",
        ),
        (
            replace(PLAN, deadlines=(REVIEW,)),
            "deadline:009-D1",
            YearDay(12, 15),
            "tổng kết chỉ có một lần, không phải ngày 15/12 hằng năm",
        ),
    ],
)
def test_a_date_that_no_such_plan_can_have(plan: Campaign, subject: str, value: Value, told: str) -> None:
    with pytest.raises(Refusal) as refused:
        ensure_plausible(plan, subject, value, TODAY)
    said = sentence(refused.value)
    assert said.startswith("Chưa ghi ngày: ")
    assert told in said


@pytest.mark.parametrize(
    ("subject", "value"),
    [
        ("issued_on", TODAY),
        ("deadline:009-D1", date(2025, 3, 21)),
        ("deadline:009-D1", date(2026, 1, 15)),
        ("deadline:009-D1", YearDay(12, 15)),
        ("window:starts_on", date(2024, 12, 31)),
    ],
)
def test_dates_that_may_be(subject: str, value: Value) -> None:
    ensure_plausible(PLAN, subject, value, TODAY)


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        ("issued_on", "Mọi người đọc kế hoạch"),
        ("deadline:009-D1", "của mọi đơn vị có nhiệm vụ này"),
        ("round:2025:closes_at", "Mọi người trả lời kỳ này"),
    ],
)
def test_whom_a_date_concerns_is_told_before_it_is_entered(subject: str, told: str) -> None:
    assert told in texts.affects(PLAN, subject)


def test_the_time_of_a_plan_may_count_from_its_issue() -> None:
    counted = replace(PLAN, window=replace(PLAN.window, from_issue=True))
    assert "tính từ ngày này" in texts.affects(counted, "issued_on")

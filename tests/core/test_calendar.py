"""Working days: counted, stepped over and explained, against the known facts of several years."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import DayKind, SpecialDay, WorkCalendar, laid_over, weekend
from core.texts import calendar as texts
from core.vietnamese import long_date
from services.papers import calendar_file

DAYS = st.dates(date(2016, 1, 1), date(2049, 12, 31))
OFF, WORK = DayKind.OFF, DayKind.WORK
A_DAY = timedelta(days=1)

special_days = st.lists(
    st.builds(
        SpecialDay,
        day=st.dates(date(2026, 1, 1), date(2026, 3, 31)),
        kind=st.sampled_from(DayKind),
        name=st.just("Nghỉ bù"),
        source=st.just("Công văn 1"),
    ),
    max_size=20,
)
near = st.dates(date(2025, 12, 1), date(2026, 4, 30))


@pytest.fixture(scope="module")
def vietnam() -> WorkCalendar:
    return calendar_file.shipped()


@pytest.mark.parametrize(
    ("year", "legal_last", "safe"),
    [
        (2022, "thứ Tư 14/12/2022", date(2022, 12, 14)),
        (2023, "thứ Năm 14/12/2023", date(2023, 12, 14)),
        (2024, "thứ Bảy 14/12/2024", date(2024, 12, 13)),
        (2025, "Chủ nhật 14/12/2025", date(2025, 12, 12)),
        (2026, "thứ Hai 14/12/2026", date(2026, 12, 14)),
        (2030, "thứ Bảy 14/12/2030", date(2030, 12, 13)),
    ],
)
def test_before_the_15th_of_december(vietnam: WorkCalendar, year: int, legal_last: str, safe: date) -> None:
    """«trước ngày 15/12» (000-D2): the legal last day and the last working day, year by year."""
    last = date(year, 12, 15) - A_DAY
    assert long_date(last) == legal_last
    assert vietnam.last_working_day(last) == safe


def test_the_year_2026_with_its_swapped_saturdays(vietnam: WorkCalendar) -> None:
    tet = [date(2026, 2, day) for day in range(14, 23)]
    off = [date(2026, 1, 1), date(2026, 1, 2), *tet, date(2026, 4, 26), date(2026, 4, 27)]
    off += [date(2026, 4, 30), date(2026, 5, 1), date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2)]
    off += [date(2026, 11, 24)]
    worked = {date(2026, 1, 10), date(2026, 8, 22)}
    assert [day for day in off if vietnam.is_working_day(day)] == []
    whole = [date(2026, 1, 1) + n * A_DAY for n in range(365)]
    assert {day for day in whole if weekend(day) and vietnam.is_working_day(day)} == worked
    weekdays_off = {day for day in whole if not weekend(day) and not vietnam.is_working_day(day)}
    assert weekdays_off == {day for day in off if not weekend(day)}
    assert vietnam.working_days_in(2026) == 249


def test_the_year_2027_is_computed_and_said_to_be(vietnam: WorkCalendar) -> None:
    weekdays = {
        (1, 1),
        (2, 4),
        (2, 5),
        (2, 8),
        (2, 9),
        (2, 10),
        (4, 16),
        (4, 30),
        (5, 3),
        (9, 2),
        (9, 3),
        (11, 24),
    }
    whole = [date(2027, 1, 1) + n * A_DAY for n in range(365)]
    off = {(day.month, day.day) for day in whole if not weekend(day) and not vietnam.is_working_day(day)}
    assert off == weekdays
    assert vietnam.confirmed(2026)
    assert not vietnam.confirmed(2027)
    assert texts.estimated(vietnam, 2027) == " (dự kiến)"


@pytest.mark.parametrize(("year", "count"), [(2026, 249), (2027, 249), (2028, 248), (2029, 249), (2030, 249)])
def test_working_days_of_years(vietnam: WorkCalendar, year: int, count: int) -> None:
    assert vietnam.working_days_in(year) == count
    assert sum(vietnam.working_days_in(year, month) for month in range(1, 13)) == count


def test_earlier_swaps_and_the_new_year_that_differs_from_the_chinese(vietnam: WorkCalendar) -> None:
    for off, work in [((2024, 4, 29), (2024, 5, 4)), ((2025, 5, 2), (2025, 4, 26))]:
        assert not vietnam.is_working_day(date(*off))
        assert vietnam.is_working_day(date(*work))
    new_year = vietnam.special(date(2030, 2, 2))
    assert new_year is not None
    assert new_year.name == "Tết Nguyên Đán"


def test_every_special_day_names_its_source(vietnam: WorkCalendar) -> None:
    assert [one for one in vietnam.days if not one.name or not one.source] == []
    swapped = vietnam.special(date(2026, 1, 2))
    assert swapped is not None
    assert (swapped.source, swapped.swapped_with) == ("Văn bản 12729/VPCP-KGVX", date(2026, 1, 10))


def test_a_count_is_explained(vietnam: WorkCalendar) -> None:
    told = texts.explained(vietnam.explain(date(2026, 11, 23), date(2026, 12, 14)))
    assert told == (
        "14 ngày làm việc (không tính 6 ngày cuối tuần; thứ Ba 24/11/2026, Ngày Văn hóa Việt Nam)"
    )
    swapped = texts.explained(vietnam.explain(date(2026, 8, 20), date(2026, 9, 3)))
    assert "có tính thứ Bảy 22/08/2026, Ngày làm bù cho thứ Hai 31/08/2026" in swapped
    assert "lịch năm 2027 là dự kiến" in texts.explained(
        vietnam.explain(date(2026, 12, 30), date(2027, 1, 5))
    )


def test_a_day_is_echoed_with_its_weekday_and_what_is_left(vietnam: WorkCalendar) -> None:
    assert texts.echoed(vietnam, date(2026, 11, 23), date(2026, 12, 14)) == (
        "thứ Hai 14/12/2026, ngày làm việc – còn 14 ngày làm việc"
    )


def test_the_last_day_there_is_before_weekends_and_holidays(vietnam: WorkCalendar) -> None:
    assert WorkCalendar().last_working_day(date(2025, 12, 14)) == date(2025, 12, 12)
    assert vietnam.last_working_day(date(2026, 2, 20)) == date(2026, 2, 13)
    assert vietnam.next_working_day(date(2026, 2, 14)) == date(2026, 2, 23)
    assert vietnam.last_working_day(date(2026, 1, 11)) == date(2026, 1, 10)


def test_later_decisions_have_the_day(vietnam: WorkCalendar) -> None:
    day = date(2026, 11, 24)
    changed = laid_over(vietnam, [SpecialDay(day, WORK, "Không nghỉ", "Công văn 9")], [2027])
    assert changed.is_working_day(day)
    assert changed.confirmed(2027)
    assert changed.version != vietnam.version
    assert vietnam.version == WorkCalendar(vietnam.days[::-1], vietnam.confirmed_years).version


@given(special_days, near, near)
def test_counting_is_looking_at_every_day(days: list[SpecialDay], after: date, until: date) -> None:
    calendar = WorkCalendar(tuple(days))
    forward = [after + n * A_DAY for n in range(1, (until - after).days + 1)]
    back = [until + n * A_DAY for n in range((after - until).days)]
    expected = sum(map(calendar.is_working_day, forward)) - sum(map(calendar.is_working_day, back))
    assert calendar.working_days_between(after, until) == expected


@given(special_days, near, st.integers(-30, 30))
def test_steps_and_counts_agree(days: list[SpecialDay], day: date, count: int) -> None:
    calendar = WorkCalendar(tuple(days))
    there = calendar.plus_working_days(day, count)
    assert calendar.working_days_between(day, there) == count
    assert calendar.is_working_day(there) or count == 0


@given(special_days, near, near)
def test_an_explanation_adds_up(days: list[SpecialDay], one: date, other: date) -> None:
    calendar = WorkCalendar(tuple(days))
    after, until = min(one, other), max(one, other)
    found = calendar.explain(after, until)
    assert found.working + found.weekend + len(found.off) == (until - after).days
    assert found.weekend >= 0


@given(DAYS)
def test_the_last_working_day_is_never_late_and_nothing_lies_between(day: date) -> None:
    calendar = calendar_file.shipped()
    last = calendar.last_working_day(day)
    assert last <= day
    assert calendar.is_working_day(last)
    assert calendar.working_days_between(last, day) == 0

"""The last day on which something can still be handed in."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.workdays import last_working_day, weekend

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def test_a_sunday_is_the_friday_before() -> None:
    assert last_working_day(date(2025, 12, 14)) == date(2025, 12, 12)


def test_holidays_beside_weekends() -> None:
    tet = {date(2026, 2, 16) + timedelta(days=n) for n in range(5)}
    assert last_working_day(date(2026, 2, 20), lambda day: weekend(day) or day in tet) == date(2026, 2, 13)


@given(DAYS)
def test_it_is_never_late_never_a_weekend_and_the_last_such_day(day: date) -> None:
    last = last_working_day(day)
    assert last <= day
    assert not weekend(last)
    assert all(weekend(last + timedelta(days=n)) for n in range(1, (day - last).days + 1))

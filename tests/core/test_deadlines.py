"""What a deadline says on a day: the law's last day, the last safe working day, the count and why."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from core.calendar import WorkCalendar
from core.campaign_terms import Deadline, DeadlineKind, YearDay
from core.deadlines import Extension, internal_day, late_at, safe_day, standing
from core.texts import reminders, submissions
from tests.core.ladder_samples import CALENDAR, an_obligation, moment

DUE = date(2026, 12, 14)
EVERY_YEAR = Deadline("D2", DeadlineKind.DOSSIER, "000-D2", "trước ngày 15/12", YearDay(12, 15), before=True)


@pytest.mark.parametrize(
    ("year", "safe"),
    [(2022, 14), (2023, 14), (2024, 13), (2025, 12), (2026, 14), (2030, 13)],
)
def test_before_the_fifteenth_is_the_fourteenth_or_the_working_day_before(year: int, safe: int) -> None:
    legal = EVERY_YEAR.last_day(year)
    assert isinstance(legal, date)
    obligation = an_obligation(legal_day=legal)
    assert obligation.due == date(year, 12, 14)
    assert safe_day(obligation, WorkCalendar()) == date(year, 12, safe)


def test_a_swapped_saturday_counts_and_the_day_it_replaces_does_not() -> None:
    found = standing(an_obligation(), date(2026, 11, 30), CALENDAR)
    assert (found.days, found.working_days) == (14, 10)
    told = reminders.count(found)
    assert told.startswith("còn 10 ngày làm việc (không tính 3 ngày cuối tuần; thứ Tư 02/12/2026")
    assert "có tính thứ Bảy 05/12/2026" in told


def test_a_deadline_on_a_swapped_saturday_is_that_saturday() -> None:
    assert safe_day(an_obligation(legal_day=date(2026, 12, 6)), CALENDAR) == date(2026, 12, 5)


def test_on_the_weekend_before_the_law_s_last_day_nobody_is_late() -> None:
    obligation = an_obligation(legal_day=date(2025, 12, 14))
    found = standing(obligation, date(2025, 12, 13), WorkCalendar())
    assert (found.safe_day, found.late, found.days, found.working_days) == (date(2025, 12, 12), False, 1, 0)
    assert reminders.count(found) == (
        "đã qua ngày làm việc cuối, theo văn bản còn đến hết Chủ nhật 14/12/2025"
    )


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 12, 11), "còn 1 ngày làm việc (không tính 2 ngày cuối tuần)"),
        (DUE, "hôm nay là ngày làm việc cuối"),
        (date(2026, 12, 15), "đã quá hạn 1 ngày làm việc"),
        (date(2026, 12, 21), "đã quá hạn 5 ngày làm việc"),
    ],
)
def test_the_count_is_told(day: date, told: str) -> None:
    assert reminders.count(standing(an_obligation(), day, CALENDAR)) == told


def test_a_time_of_day_ends_the_last_day() -> None:
    obligation = an_obligation(at=time(11, 30))
    assert not standing(obligation, DUE, CALENDAR, time(11, 30)).late
    assert standing(obligation, DUE, CALENDAR, time(11, 31)).late
    assert not standing(obligation, DUE, CALENDAR).late
    assert not late_at(obligation, moment(DUE, 11, 30))
    assert late_at(obligation, moment(DUE, 14))
    assert late_at(an_obligation(), moment(date(2026, 12, 15), 0, 1))


def test_an_extension_is_the_day_that_counts_and_names_its_document() -> None:
    obligation = an_obligation(extension=Extension(date(2026, 12, 20), "Công văn số 12/SYT-VP"))
    found = standing(obligation, date(2026, 12, 16), CALENDAR)
    assert (found.due, found.safe_day, found.late) == (date(2026, 12, 20), date(2026, 12, 18), False)
    told = "\n".join(reminders.dates(obligation, found))
    assert "Được gia hạn đến hết Chủ nhật 20/12/2026, theo Công văn số 12/SYT-VP." in told
    assert "Ngày làm việc cuối để nộp: thứ Sáu 18/12/2026." in told


def test_an_internal_cut_off_stands_before_the_last_safe_day_or_nowhere() -> None:
    assert internal_day(an_obligation(cut_off=date(2026, 12, 6)), CALENDAR) == date(2026, 12, 5)
    assert internal_day(an_obligation(cut_off=DUE), CALENDAR) is None
    assert internal_day(an_obligation(), CALENDAR) is None


def test_done_or_not_yet_asked_for_is_not_open() -> None:
    assert an_obligation(opened_on=DUE).open_on(DUE)
    assert not an_obligation(opened_on=DUE).open_on(date(2026, 12, 13))
    assert not an_obligation(done_at=moment(DUE)).open_on(DUE)


@pytest.mark.parametrize(
    ("handed_in", "told"),
    [
        (date(2026, 12, 10), "đã nộp lúc 09:00 thứ Năm 10/12/2026, đúng hạn"),
        (DUE, "đã nộp lúc 09:00 thứ Hai 14/12/2026, đúng hạn"),
        (date(2026, 12, 16), "đã nộp muộn 2 ngày làm việc, lúc 09:00 thứ Tư 16/12/2026"),
    ],
)
def test_what_is_done_says_when_and_how_late_and_counts_no_longer(handed_in: date, told: str) -> None:
    one = an_obligation(done_at=moment(handed_in, 9, 0))
    for today in (handed_in, date(2026, 12, 22), date(2027, 1, 29)):
        found = standing(one, today, CALENDAR)
        assert reminders.dates(one, found)[-1] == f"{told[0].upper()}{told[1:]}."
        assert submissions.state(one, found) == f"✅ {told}"
        assert "quá hạn" not in " ".join(reminders.dates(one, found))


def test_on_the_day_of_the_units_own_it_is_said_that_it_is_today() -> None:
    inner = date(2026, 12, 9)
    one = an_obligation(cut_off=inner)
    assert "Hôm nay là hạn nội bộ của đơn vị." in reminders.dates(one, standing(one, inner, CALENDAR))
    for day, told in (
        (date(2026, 12, 4), "còn 4 ngày làm việc"),
        (date(2026, 12, 8), "còn 1 ngày làm việc"),
        (date(2026, 12, 11), "đã qua 2 ngày làm việc"),
    ):
        seen = reminders.dates(one, standing(one, day, CALENDAR))
        assert f"Hạn nội bộ của đơn vị: thứ Tư 09/12/2026, {told}." in seen
    done = replace(one, done_at=moment(date(2026, 12, 8)))
    assert "Hạn nội bộ của đơn vị: thứ Tư 09/12/2026." in reminders.dates(
        done, standing(done, inner, CALENDAR)
    )


@pytest.mark.parametrize(
    ("came", "told"),
    [
        (moment(date(2026, 12, 14)), "đã nộp lúc 07:30 thứ Hai 14/12/2026, đúng hạn"),
        (moment(date(2026, 12, 16)), "đã nộp muộn 2 ngày làm việc, lúc 07:30 thứ Tư 16/12/2026"),
    ],
)
def test_what_waits_for_the_head_says_when_it_came_however_late_it_is_now(came: datetime, told: str) -> None:
    waits = replace(an_obligation(), handed_in_at=came)
    now = standing(waits, date(2026, 12, 28), CALENDAR)
    assert now.late
    assert reminders.handed_in(waits, now) == told
    assert reminders.dates(waits, now, asked=False)[-1].lower() == f"{told}.".lower()
    assert "quá hạn" in reminders.dates(waits, now)[-1]

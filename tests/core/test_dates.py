"""Days and moments as people type them: each shape, each refusal, and nothing else ever raised."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dates import DateFault, read_date, read_moment
from core.refusals import Code, Refusal
from core.texts import refusals
from core.vietnamese import fold, long_date, moment
from services.papers import calendar_file

TODAY = date(2026, 11, 23)  # a Monday
ZONE = timezone(timedelta(hours=7))
NOW = datetime(2026, 11, 23, 8, 5, tzinfo=ZONE)
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))

READ = {
    "15/12": date(2026, 12, 15),
    "15-12-2026": date(2026, 12, 15),
    "15.12": date(2026, 12, 15),
    "15 / 12 / 2027": date(2027, 12, 15),
    "5/1": date(2027, 1, 5),
    "23/11": TODAY,
    "22/11": date(2027, 11, 22),
    "29/2": date(2028, 2, 29),
    "ngày 15 tháng 12": date(2026, 12, 15),
    "ngày 15 tháng 12 năm 2027": date(2027, 12, 15),
    "15 thang 12": date(2026, 12, 15),
    "2026-12-15": date(2026, 12, 15),
    "thứ Ba 15/12/2026": date(2026, 12, 15),
    "Thứ ba, ngày 15/12": date(2026, 12, 15),
    "hôm nay": TODAY,
    "Mai.": date(2026, 11, 24),
    "ngày mai": date(2026, 11, 24),
    "mốt": date(2026, 11, 25),
    "ngày kia": date(2026, 11, 25),
    "thứ 2": date(2026, 11, 30),
    "thứ sáu": date(2026, 11, 27),
    "T6": date(2026, 11, 27),
    "CN": date(2026, 11, 29),
    "chủ nhật này": date(2026, 11, 29),
    "thứ 2 tuần này": TODAY,
    "thứ 2 tuần sau": date(2026, 11, 30),
    "thứ 6 tuần sau": date(2026, 12, 4),
    "CN tuần tới": date(2026, 12, 6),
    "10 ngày nữa": date(2026, 12, 3),
    "ba ngày nữa": date(2026, 11, 26),
    "2 tuần nữa": date(2026, 12, 7),
    "sau 3 ngày": date(2026, 11, 26),
    "sau 5 ngày làm việc": date(2026, 12, 1),
    "1 ngày làm việc nữa": date(2026, 11, 25),
    "cuối tháng": date(2026, 11, 30),
    "cuối tháng này": date(2026, 11, 30),
    "cuối tháng sau": date(2026, 12, 31),
    "cuối tháng 12": date(2026, 12, 31),
    "cuối tháng 2": date(2027, 2, 28),
    "cuối tháng 2/2028": date(2028, 2, 29),
    "cuối tháng 2 năm 2028": date(2028, 2, 29),
}
MOMENTS = {
    "17h 15/12": datetime(2026, 12, 15, 17, 0, tzinfo=ZONE),
    "15/12 17h": datetime(2026, 12, 15, 17, 0, tzinfo=ZONE),
    "15/12/2026, lúc 8h30": datetime(2026, 12, 15, 8, 30, tzinfo=ZONE),
    "8 giờ 30 sáng mai": datetime(2026, 11, 24, 8, 30, tzinfo=ZONE),
    "8 giờ rưỡi tối thứ 6": datetime(2026, 11, 27, 20, 30, tzinfo=ZONE),
    "2 giờ chiều ngày 15 tháng 12": datetime(2026, 12, 15, 14, 0, tzinfo=ZONE),
    "17:00 thứ Hai 14/12/2026": datetime(2026, 12, 14, 17, 0, tzinfo=ZONE),
    "17h15 ngày 15 tháng 12": datetime(2026, 12, 15, 17, 15, tzinfo=ZONE),
    "17h": datetime(2026, 11, 23, 17, 0, tzinfo=ZONE),
    "7h": datetime(2026, 11, 24, 7, 0, tzinfo=ZONE),
    "12 giờ trưa mai": datetime(2026, 11, 24, 12, 0, tzinfo=ZONE),
    "1 giờ trưa mai": datetime(2026, 11, 24, 13, 0, tzinfo=ZONE),
    "23h tối nay": datetime(2026, 11, 23, 23, 0, tzinfo=ZONE),
    "17h chiều nay": datetime(2026, 11, 23, 17, 0, tzinfo=ZONE),
    "8h thứ hai tới": datetime(2026, 11, 30, 8, 0, tzinfo=ZONE),
    "thứ sáu tới, 8h": datetime(2026, 11, 27, 8, 0, tzinfo=ZONE),
    "5 phút nữa": datetime(2026, 11, 23, 8, 10, tzinfo=ZONE),
    "sau 2 tiếng": datetime(2026, 11, 23, 10, 5, tzinfo=ZONE),
    "một giờ nữa": datetime(2026, 11, 23, 9, 5, tzinfo=ZONE),
}
ROUGHLY = {
    "tối mai": datetime(2026, 11, 24, 19, 0, tzinfo=ZONE),
    "chiều nay": datetime(2026, 11, 23, 14, 0, tzinfo=ZONE),
    "sáng thứ 6": datetime(2026, 11, 27, 8, 0, tzinfo=ZONE),
    "8 giờ tối mai": datetime(2026, 11, 24, 20, 0, tzinfo=ZONE),
}
REFUSED = {
    "": DateFault.UNREADABLE,
    "hôm nào đó": DateFault.UNREADABLE,
    "trước ngày 15/12": DateFault.UNREADABLE,
    "15/12 hoặc 16/12": DateFault.UNREADABLE,
    "15/12/26": DateFault.UNREADABLE,
    "15": DateFault.UNREADABLE,
    "1²/12": DateFault.UNREADABLE,
    "1" * 500: DateFault.UNREADABLE,
    "12/15": DateFault.NO_SUCH_DAY,
    "31/4": DateFault.NO_SUCH_DAY,
    "29/2/2027": DateFault.NO_SUCH_DAY,
    "0/0": DateFault.NO_SUCH_DAY,
    "cuối tháng 13": DateFault.NO_SUCH_DAY,
    "thứ Hai 15/12/2026": DateFault.WRONG_WEEKDAY,
    "15/12/1999": DateFault.OUT_OF_RANGE,
    "15/12/0000": DateFault.NO_SUCH_DAY,
    "15/12/9999": DateFault.OUT_OF_RANGE,
    "17h 15/12": DateFault.TIME_UNWANTED,
}
REFUSED_MOMENTS = {
    "15/12": DateFault.TIME_MISSING,
    "25h 15/12": DateFault.NO_SUCH_TIME,
    "8h75 15/12": DateFault.NO_SUCH_TIME,
    "9 giờ chiều 15/12": DateFault.NO_SUCH_TIME,
    "17h 31/4": DateFault.NO_SUCH_DAY,
    "17h thứ Hai 15/12/2026": DateFault.WRONG_WEEKDAY,
    "bao giờ cũng được": DateFault.UNREADABLE,
}

PAST = {
    "20/11": date(2026, 11, 20),
    "23/11": TODAY,
    "24/11": date(2025, 11, 24),
    "29/2": date(2024, 2, 29),
    "thứ Sáu 20/11": date(2026, 11, 20),
    "ngày 15 tháng 12": date(2025, 12, 15),
    "15/12/2026": date(2026, 12, 15),
    "mai": date(2026, 11, 24),
}


@pytest.mark.parametrize("typed", PAST)
def test_of_a_day_that_is_past_the_year_not_typed_is_the_last(typed: str) -> None:
    assert read_date(typed, TODAY, past=True) == PAST[typed]


@pytest.mark.parametrize(("typed", "day"), READ.items())
def test_a_day(typed: str, day: date) -> None:
    calendar = calendar_file.shipped()
    assert read_date(typed, TODAY, calendar) == day
    assert read_date(fold(typed).upper(), TODAY, calendar) == day


@pytest.mark.parametrize(("typed", "at"), MOMENTS.items())
def test_a_moment(typed: str, at: datetime) -> None:
    assert read_moment(typed, NOW) == at
    assert read_moment(fold(typed).upper(), NOW) == at


@pytest.mark.parametrize(("typed", "fault"), REFUSED.items())
def test_what_is_no_day(typed: str, fault: DateFault) -> None:
    with pytest.raises(Refusal) as refused:
        read_date(typed, TODAY)
    assert (refused.value.code, refused.value.facts["fault"]) == (Code.DAY_UNREADABLE, fault)
    assert refusals.sentence(refused.value).endswith("ví dụ «15/12/2026» hoặc «thứ 6 tuần sau».")


@pytest.mark.parametrize(("typed", "fault"), REFUSED_MOMENTS.items())
def test_what_is_no_moment(typed: str, fault: DateFault) -> None:
    with pytest.raises(Refusal) as refused:
        read_moment(typed, NOW)
    assert refused.value.facts["fault"] is fault
    assert refusals.sentence(refused.value).endswith("ví dụ «17h 15/12/2026» hoặc «8 giờ 30 sáng mai».")


def test_working_days_are_not_read_without_a_calendar() -> None:
    with pytest.raises(Refusal):
        read_date("sau 5 ngày làm việc", TODAY)


def test_a_wrong_weekday_is_told_the_right_one() -> None:
    with pytest.raises(Refusal) as refused:
        read_date("thứ Hai 15/12/2026", TODAY)
    assert "ngày đó là thứ Ba 15/12/2026" in refusals.sentence(refused.value)


@given(DAYS, DAYS)
def test_what_is_written_is_read(day: date, today: date) -> None:
    for written in (
        long_date(day),
        f"{day:%d/%m/%Y}",
        day.isoformat(),
        f"ngày {day.day} tháng {day.month} năm {day.year}",
    ):
        assert read_date(written, today) == day


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 12, 31)))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_a_moment_that_is_written_is_read(at: datetime) -> None:
    exact = at.replace(second=0, microsecond=0, tzinfo=ZONE)
    assert read_moment(moment(exact), NOW) == exact


WORDS = "15 12 2026 / - . : h giờ ngày tháng năm thứ tuần sau này nữa cuối mai T2 CN sáng chiều rưỡi 0 99"
PIECES = st.lists(st.sampled_from(WORDS.split()), max_size=9)


@given(st.text(max_size=80) | PIECES.map(" ".join) | PIECES.map("".join), DAYS)
def test_nothing_but_the_refusal_is_ever_raised(typed: str, today: date) -> None:
    at = datetime(today.year, today.month, today.day, 8, 5, tzinfo=ZONE)
    for read in (lambda: read_date(typed, today, calendar_file.shipped()), lambda: read_moment(typed, at)):
        if (refused := refusal_of(read)) is not None:
            assert refused.code is Code.DAY_UNREADABLE
            assert refusals.sentence(refused)


def refusal_of(read: Callable[[], object]) -> Refusal | None:
    try:
        read()
    except Refusal as refused:
        return refused
    return None


@pytest.mark.parametrize("text", ROUGHLY)
def test_what_is_said_roughly_has_its_usual_hour_where_that_is_wanted(text: str) -> None:
    assert read_moment(text, NOW, roughly=True) == ROUGHLY[text]


@pytest.mark.parametrize("text", ["tối mai", "thứ 6 tới", "nay", "5 phút", "999 giờ trước"])
def test_a_part_of_a_day_is_no_time_elsewhere(text: str) -> None:
    with pytest.raises(Refusal):
        read_moment(text, NOW)


def test_a_day_to_come_is_not_taken_for_an_evening() -> None:
    with pytest.raises(Refusal):
        read_moment("thứ 6 tới", NOW, roughly=True)

"""A calendar file: what it says, and every fault of it at its line."""

from datetime import date
from pathlib import Path

import pytest

from core.calendar import DayKind
from core.calendar_files import CalendarProblem
from services.papers import calendar_file
from services.papers.calendar_file import CalendarFileError

GOOD = """
[[off]]
day = 2027-02-03
name = "Nghỉ bù"
source = "Công văn 1"

[[work]]
day = 2027-02-13
name = "Làm bù"
source = "Công văn 2"

[[swap]]
off = 2027-09-01
work = 2027-08-28
source = "Công văn 3"

[[confirmed]]
year = 2027
source = "Công văn 4"
"""


def problems(text: str) -> list[tuple[int, CalendarProblem]]:
    with pytest.raises(CalendarFileError) as refused:
        calendar_file.read(text, "calendar.toml")
    assert all(f"calendar.toml, dòng {one.line}: " in str(refused.value) for one in refused.value.findings)
    return [(one.line, one.problem) for one in refused.value.findings]


def test_what_a_file_says_lies_over_the_holidays() -> None:
    known = calendar_file.over_holidays(calendar_file.read(GOOD, "calendar.toml"))
    assert known.confirmed(2027)
    off = [date(2027, 2, 3), date(2027, 9, 1), date(2027, 9, 2)]
    assert [known.is_working_day(day) for day in off] == [False, False, False]
    assert [known.is_working_day(day) for day in (date(2027, 2, 13), date(2027, 8, 28))] == [True, True]
    swapped = known.special(date(2027, 8, 28))
    assert swapped is not None
    assert (swapped.kind, swapped.name) == (DayKind.WORK, "Ngày làm bù cho thứ Tư 01/09/2027")


@pytest.mark.parametrize(
    ("before", "after", "line", "problem"),
    [
        ("day = 2027-02-03", 'day = "2027-02-03"', 3, CalendarProblem.NOT_DAY),
        ("day = 2027-02-03", "day = 2027-02-03T07:00:00", 3, CalendarProblem.NOT_DAY),
        ("day = 2027-02-03", "day = 1027-02-03", 3, CalendarProblem.NOT_DAY),
        ("day = 2027-02-03", "day = 2027-02-30", 3, CalendarProblem.SYNTAX),
        ("day = 2027-02-03\n", "", 2, CalendarProblem.MISSING_KEY),
        ('name = "Nghỉ bù"', 'name = " "', 4, CalendarProblem.NOT_TEXT),
        ('name = "Nghỉ bù"', "name = 7", 4, CalendarProblem.NOT_TEXT),
        ('name = "Nghỉ bù"', 'ten = "Nghỉ bù"', 4, CalendarProblem.UNKNOWN_KEY),
        ("[[work]]", "[[word]]", 7, CalendarProblem.UNKNOWN_KEY),
        ("[[work]]", "[work]", 7, CalendarProblem.NOT_LIST),
        ("[[work]]", "[[work", 7, CalendarProblem.SYNTAX),
        ("day = 2027-02-13", "day = 2027-02-03", 7, CalendarProblem.TWICE),
        ("work = 2027-08-28", "work = 2027-08-27", 12, CalendarProblem.NOT_OFF_BEFORE),
        ("off = 2027-09-01", "off = 2027-09-04", 12, CalendarProblem.NOT_WORKED_BEFORE),
        ("year = 2027", "year = 20270", 18, CalendarProblem.NOT_YEAR),
        ("year = 2027", "year = true", 18, CalendarProblem.NOT_YEAR),
    ],
)
def test_a_fault_is_named_at_its_line(before: str, after: str, line: int, problem: CalendarProblem) -> None:
    assert GOOD.count(before) == 1
    assert (line, problem) in problems(GOOD.replace(before, after))


def test_every_fault_is_told_at_once() -> None:
    found = problems(GOOD.replace('"Nghỉ bù"', "7").replace("year = 2027", "year = 1"))
    assert found == [(4, CalendarProblem.NOT_TEXT), (18, CalendarProblem.NOT_YEAR)]


def test_a_file_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    path = tmp_path / "calendar.toml"
    for content in (None, b"\xff\xfe\x00"):
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(CalendarFileError) as refused:
            calendar_file.read_file(path)
        assert refused.value.findings[0].problem is CalendarProblem.UNREADABLE


def test_the_shipped_file_has_no_fault() -> None:
    said = calendar_file.read_file(calendar_file.SHIPPED)
    assert said.confirmed_years == {2024, 2025, 2026}
    assert all(day.source for day in said.days)


def test_an_installation_without_a_file_has_what_is_shipped(tmp_path: Path) -> None:
    own = calendar_file.read_own(tmp_path)
    assert own == calendar_file.NOTHING
    assert calendar_file.with_own(own).version == calendar_file.shipped().version


def test_the_file_of_an_installation_lies_over_what_is_shipped(tmp_path: Path) -> None:
    lines = '[[work]]\nday = 2026-11-24\nname = "Trực cả ngày"\nsource = "Quyết định 9/QĐ-TTYT"\n'
    (tmp_path / calendar_file.OWN).write_text(lines, encoding="utf-8")
    known = calendar_file.with_own(calendar_file.read_own(tmp_path))
    assert not calendar_file.shipped().is_working_day(date(2026, 11, 24))
    assert known.is_working_day(date(2026, 11, 24))
    assert known.confirmed(2026)
    assert known.version != calendar_file.shipped().version

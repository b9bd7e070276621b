"""What a row of a sheet says of an award, and every way in which it can be wrong."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.awards import Column, Fault, Line, SheetFault, judged, years
from core.texts import award_sheets as texts
from tests.services.award_books import GOOD

TODAY = date(2026, 11, 22)


def test_a_good_row() -> None:
    said, faults = judged(Line(2, GOOD), TODAY)
    assert faults == []
    assert said is not None
    assert (said.number, said.dated, said.thematic) == ("125/QĐ-SYT", date(2025, 12, 15), True)
    assert (said.first_year, said.last_year) == (2025, 2025)


@pytest.mark.parametrize(
    ("column", "typed", "fault"),
    [
        (Column.TITLE, "", Fault.MISSING),
        (Column.TITLE, "GK", Fault.TOO_SHORT),
        (Column.AUTHORITY, "x" * 121, Fault.TOO_LONG),
        (Column.NUMBER, "QĐ-SYT", Fault.NO_NUMBER),
        (Column.DATED, "31/02/2025", Fault.DATE),
        (Column.DATED, "15/12", Fault.DATE),
        (Column.DATED, "23/11/2026", Fault.DATED_LATER),
        (Column.KIND, "đột xuất", Fault.KIND_UNKNOWN),
        (Column.FIRST_YEAR, "2027", Fault.YEAR),
        (Column.FIRST_YEAR, "2021-2025", Fault.YEAR),
        (Column.LAST_YEAR, "2024", Fault.YEARS_REVERSED),
        (Column.ACHIEVEMENT, "Tốt", Fault.TOO_SHORT),
    ],
)
def test_a_wrong_cell_is_told_at_its_place(column: Column, typed: str, fault: Fault) -> None:
    said, faults = judged(Line(7, GOOD | {column: typed}), TODAY)
    assert said is None
    assert [(one.row, one.column, one.fault) for one in faults] == [(7, column, fault)]
    assert all(texts.finding(one).startswith("Dòng 7: ") for one in faults)


def test_every_fault_has_its_sentence() -> None:
    for fault in Fault:
        told = texts.sentence(SheetFault(3, Column.TITLE, fault, "{x} «A»"))
        assert told.endswith(".")
        assert "{value}" not in told


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("2025", (2025, 2025)),
        ("Năm 2025", (2025, 2025)),
        ("2021-2025", (2021, 2025)),
        ("2021 – 2025", (2021, 2025)),
        ("2025-2021", None),
        ("2027", None),
        ("1900", None),
        ("25", None),
        ("²⁰²⁵", (2025, 2025)),
        ("", None),
    ],
)
def test_years_as_they_are_typed(typed: str, found: tuple[int, int] | None) -> None:
    assert years(typed, TODAY) == found


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_years(typed: str) -> None:
    found = years(typed, TODAY)
    assert found is None or found[0] <= found[1] <= TODAY.year


@given(st.dictionaries(st.sampled_from(list(Column)), st.text(max_size=30)))
def test_no_row_is_taken_and_found_wrong_at_once(cells: dict[Column, str]) -> None:
    said, faults = judged(Line(2, GOOD | cells), TODAY)
    assert (said is None) == bool(faults)

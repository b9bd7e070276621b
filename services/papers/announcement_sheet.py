"""Writes the results of an announcement as a workbook: everybody it was for, and the units.

Every cell is written as text, so that a name beginning with «=» stays a name.
"""

import io
from collections.abc import Iterable, Sequence
from typing import Protocol

from core.announcement_content import Content
from core.announcement_results import ResultRow, UnitTally
from core.texts import announcement_results as texts

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_HEADING = {"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "vcenter"}
_TEXT = {"num_format": "@", "valign": "top"}
_LONGEST_CELL = 32_000
_PEOPLE_WIDTHS = (36, 28, 24, 14, 32, 26, 26, 30)
_UNIT_WIDTHS = (36, 12, 12, 18)


class _Tab(Protocol):
    """What is used of a worksheet: XlsxWriter carries no types."""

    def write_string(self, row: int, column: int, text: str, style: object = None) -> int: ...
    def write_number(self, row: int, column: int, number: float) -> int: ...
    def set_column(self, first: int, last: int, width: float, style: object = None) -> int: ...
    def freeze_panes(self, row: int, column: int) -> None: ...
    def autofilter(self, top: int, left: int, bottom: int, right: int) -> int: ...


def build(content: Content, rows: Sequence[ResultRow], units: Iterable[UnitTally]) -> bytes:
    """The workbook: a tab of people in the order given, a tab of units."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, _OPTIONS) as book:
        heading, text = book.add_format(_HEADING), book.add_format(_TEXT)
        people = book.add_worksheet(texts.PEOPLE_TAB)
        _headed(people, texts.PEOPLE_HEADINGS, _PEOPLE_WIDTHS, heading, text)
        for place, row in enumerate(rows, start=1):
            for column, cell in enumerate(texts.cells(row, content)):
                people.write_string(place, column, cell[:_LONGEST_CELL], text)
        people.autofilter(0, 0, max(1, len(rows)), len(texts.PEOPLE_HEADINGS) - 1)
        by_unit = book.add_worksheet(texts.UNITS_TAB)
        _headed(by_unit, texts.UNIT_HEADINGS, _UNIT_WIDTHS, heading, text)
        for place, unit in enumerate(units, start=1):
            by_unit.write_string(place, 0, unit.unit[:_LONGEST_CELL], text)
            for column, count in enumerate((unit.total, unit.sent, unit.read), start=1):
                by_unit.write_number(place, column, count)
    return stream.getvalue()


def _headed(
    tab: _Tab, headings: Sequence[str], widths: Sequence[float], heading: object, text: object
) -> None:
    for column, (name, width) in enumerate(zip(headings, widths, strict=True)):
        tab.set_column(column, column, width, text)
        tab.write_string(0, column, name, heading)
    tab.freeze_panes(1, 0)

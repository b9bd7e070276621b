"""The sheet of earlier awards: its template, what was sent as text, and it given back with its faults.

Every cell is written as text, so that a name beginning with «=» stays a name.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from core.awards import Column, Fault, Line, SheetFault, SheetText
from core.texts import award_sheets as texts
from core.vietnamese import words_only
from services.papers import workbook
from services.papers.campaign_cells import as_text

ROWS_ALLOWED = 1_000
COLUMNS_ALLOWED = 60
UNPACKED_MB_ALLOWED = 20
HEADING_WITHIN = 20
_LONGEST_CELL = 2_000
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_WIDTHS = {Column.ACHIEVEMENT: 60, Column.NAME: 28, Column.UNIT: 32, Column.TITLE: 24, Column.AUTHORITY: 28}
_HEADING = {"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "vcenter"}
_TEXT = {"num_format": "@", "valign": "top", "text_wrap": True}
_WRONG = _TEXT | {"bg_color": "#F8CBAD", "border": 1, "border_color": "#C00000"}
_REMARK = _TEXT | {"font_color": "#C00000"}
_EXAMPLE = _TEXT | {"italic": True, "font_color": "#7F7F7F"}
_OPTIONAL = frozenset({Column.LAST_YEAR})
_KNOWN = {words_only(texts.HEADINGS[column].partition("(")[0]): column for column in Column}


class _Tab(Protocol):
    """What is used of a worksheet: XlsxWriter carries no types."""

    def write_string(self, row: int, column: int, text: str, style: object = None) -> int: ...
    def write_comment(self, row: int, column: int, text: str) -> int: ...
    def set_column(self, first: int, last: int, width: float, style: object = None) -> int: ...
    def freeze_panes(self, row: int, column: int) -> None: ...
    def data_validation(
        self, top: int, left: int, bottom: int, right: int, rule: Mapping[str, object]
    ) -> int: ...


class _Book(Protocol):
    """What is used of a workbook."""

    def add_worksheet(self, name: str) -> _Tab: ...
    def add_format(self, style: Mapping[str, object]) -> object: ...


def template() -> bytes:
    """The empty sheet with made-up rows and a tab that explains it."""
    rows = [Line(place, dict(cells)) for place, cells in enumerate(texts.EXAMPLES, 2)]
    return _written(rows, (), _EXAMPLE)


def annotated(sheet: SheetText, faults: Sequence[SheetFault]) -> bytes:
    """The sheet given back: faulty cells red, each with its sentence, which also stands behind the row."""
    return _written(sheet.lines, faults, _TEXT)


def _written(lines: Iterable[Line], faults: Sequence[SheetFault], style: Mapping[str, object]) -> bytes:
    import xlsxwriter

    by_row: dict[int, list[SheetFault]] = {}
    for one in faults:
        by_row.setdefault(one.row, []).append(one)
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, _OPTIONS) as book:
        tab = book.add_worksheet(texts.DATA_TAB)
        heading, text, cell = (book.add_format(one) for one in (_HEADING, _TEXT, style))
        wrong, remark = book.add_format(_WRONG), book.add_format(_REMARK)
        places = {column: place for place, column in enumerate(Column)}
        for column, place in places.items():
            tab.set_column(place, place, _WIDTHS.get(column, 16), text)
            tab.write_string(0, place, texts.HEADINGS[column], heading)
        if faults:
            tab.set_column(len(places), len(places), 60, text)
            tab.write_string(0, len(places), texts.FAULT_HEADING, heading)
        tab.freeze_panes(1, 0)
        last = 1
        for line in lines:
            found, last = by_row.get(line.row, []), max(last, line.row)
            red = {one.column for one in found}
            for column, place in places.items():
                said = line.said(column)[:_LONGEST_CELL]
                if said or column in red:
                    tab.write_string(line.row - 1, place, said, wrong if column in red else cell)
            _remark(tab, line.row, found, places, remark)
        rule = {"validate": "list", "source": list(texts.KINDS.values())}
        tab.data_validation(1, places[Column.KIND], last + ROWS_ALLOWED, places[Column.KIND], rule)
        _explain(book)
    return stream.getvalue()


def _remark(
    tab: _Tab, row: int, found: Sequence[SheetFault], places: Mapping[Column, int], style: object
) -> None:
    said: dict[Column, list[str]] = {}
    for one in found:
        if one.column is not None:
            said.setdefault(one.column, []).append(texts.sentence(one))
    for column, sentences in said.items():
        tab.write_comment(row - 1, places[column], "\n".join(sentences))
    if found:
        tab.write_string(row - 1, len(places), " ".join(texts.sentence(one) for one in found), style)


def _explain(book: _Book) -> None:
    tab = book.add_worksheet(texts.HELP_TAB)
    bold, wrapped = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True})
    tab.set_column(0, 0, 26)
    tab.set_column(1, 1, 100)
    for row, (what, how) in enumerate(texts.HELP_ROWS):
        tab.write_string(row, 0, what, bold)
        tab.write_string(row, 1, how, wrapped)


def read(content: bytes) -> SheetText:
    """The sheet in these bytes; what hinders reading it is a fault of row 0."""
    allowed = UNPACKED_MB_ALLOWED * 1024 * 1024
    try:
        limits = workbook.Limits(allowed, ROWS_ALLOWED + HEADING_WITHIN, COLUMNS_ALLOWED)
        tabs = workbook.tabs(workbook.safe_copy(content, limits))
    except workbook.TooBigError:
        return _whole(Fault.TOO_BIG)
    except workbook.TooManyCellsError:
        return _whole(Fault.TOO_MANY_ROWS, str(ROWS_ALLOWED))
    except workbook.UnreadableError:
        return _whole(Fault.NOT_A_WORKBOOK)
    best = max(tabs, key=lambda tab: _heading_at(tab.rows)[1], default=None)
    top, known = _heading_at(best.rows) if best is not None else (0, 0)
    if best is None or not known:
        return _whole(Fault.NO_HEADING)
    columns, faults = _columns(best.rows[top])
    if faults:
        return SheetText(faults=tuple(faults))
    lines = [
        Line(
            number + 1, {column: as_text(row[place]) for column, place in columns.items() if place < len(row)}
        )
        for number, row in enumerate(best.rows[top + 1 :], top + 1)
        if any(as_text(value) for value in row)
    ]
    kept = tuple(line for line in lines if not _is_example(line))
    return SheetText(kept) if kept else _whole(Fault.EMPTY)


def _whole(fault: Fault, value: str = "") -> SheetText:
    return SheetText(faults=(SheetFault(0, None, fault, value),))


def _heading_at(rows: Sequence[Sequence[workbook.Value]]) -> tuple[int, int]:
    """The row with most column names among the first ones, and how many it has; at least three count."""
    best, most = 0, 2
    for number, row in enumerate(rows[:HEADING_WITHIN]):
        known = len({column for value in row if (column := _column(as_text(value)))})
        if known > most:
            best, most = number, known
    return (best, most) if most > 2 else (0, 0)


def _column(text: str) -> Column | None:
    """The column a heading names; a remark in brackets behind it does not count."""
    return _KNOWN.get(words_only(text.partition("(")[0]))


def _columns(heading: Sequence[workbook.Value]) -> tuple[dict[Column, int], list[SheetFault]]:
    columns: dict[Column, int] = {}
    faults: list[SheetFault] = []
    for place, value in enumerate(heading):
        column = _column(as_text(value))
        if column in columns:
            faults.append(SheetFault(0, column, Fault.COLUMN_TWICE))
        elif column is not None:
            columns[column] = place
    faults += [
        SheetFault(0, column, Fault.COLUMN_MISSING)
        for column in Column
        if column not in columns and column not in _OPTIONAL
    ]
    return columns, faults


def _is_example(line: Line) -> bool:
    """Whether this is a row of the template that was left in."""
    return any(
        line.said(Column.NUMBER) == example[Column.NUMBER]
        and line.said(Column.ACHIEVEMENT) == example[Column.ACHIEVEMENT]
        for example in texts.EXAMPLES
    )

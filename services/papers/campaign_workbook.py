"""Writes a plan as a workbook: the template, any plan to be changed, a workbook given back with its faults.

Every cell is written as text, so that a sentence beginning with «=» stays a sentence.
"""

import io
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from core.campaign_sheets import SheetFinding, Tab
from core.texts import campaign_workbook as texts
from services.papers import campaign_sheets as sheets
from services.papers.campaign_columns import Column, Kind, columns

_EXAMPLE = Path(__file__).parent / "templates" / "campaign_example.toml"
_LONGEST_CELL = 32_000
_ROWS_PREPARED = 300
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_HEADING = {"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "vcenter"}
_TEXT = {"num_format": "@", "valign": "top", "text_wrap": True, "locked": False}
_WRONG = _TEXT | {"bg_color": "#F8CBAD", "border": 1, "border_color": "#C00000"}
_REMARK = _TEXT | {"font_color": "#C00000"}
_MAY = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
}
_LONGEST_LIST = 255
_LISTED = {Kind.WORD, Kind.YES}


class _Sheet(Protocol):
    """What is used of a worksheet: XlsxWriter carries no types."""

    def write_string(self, row: int, column: int, text: str, style: object = None) -> int: ...
    def write_comment(self, row: int, column: int, text: str) -> int: ...
    def set_column(self, first: int, last: int, width: float, style: object = None) -> int: ...
    def set_row(self, row: int, height: float) -> int: ...
    def freeze_panes(self, row: int, column: int) -> None: ...
    def protect(self, password: str, options: Mapping[str, object]) -> None: ...
    def data_validation(
        self, top: int, left: int, bottom: int, right: int, rule: Mapping[str, object]
    ) -> int: ...


class _Book(Protocol):
    """What is used of a workbook."""

    def add_worksheet(self, name: str) -> _Sheet: ...
    def add_format(self, style: Mapping[str, object]) -> object: ...


@dataclass(frozen=True, slots=True)
class Lines:
    """The rows of a tab, by row number from 1; `extra` are columns that are not of the template."""

    rows: Mapping[int, Mapping[str, str]]
    extra: tuple[str, ...] = ()
    heading_row: int = 1


@dataclass(frozen=True, slots=True)
class _Styles:
    heading: object
    text: object
    wrong: object
    remark: object


@dataclass(frozen=True, slots=True)
class _Faults:
    """The faults of one tab: by cell, and by row for the remark behind it."""

    cells: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    rows: dict[int, list[str]] = field(default_factory=dict)


def template() -> bytes:
    """The template: a made-up plan, to be written over."""
    return to_workbook(_EXAMPLE.read_text("utf-8"))


def to_workbook(source: str) -> bytes:
    """The plan of a campaign file, which must be one that is taken; it may be edited and sent back."""
    plan = tomllib.loads(source.removeprefix("\ufeff"), parse_float=Decimal)
    return write({tab: _numbered(rows) for tab, rows in sheets.laid_out(plan).items()})


def _numbered(rows: Sequence[Mapping[str, str]]) -> Lines:
    return Lines(dict(enumerate(rows, start=2)))


def write(tabs: Mapping[Tab, Lines], findings: Sequence[SheetFinding] = ()) -> bytes:
    """A workbook of these tabs; faulty cells red, each with its sentence beside it and in a list in front."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, _OPTIONS) as book:
        styles = _Styles(*(book.add_format(style) for style in (_HEADING, _TEXT, _WRONG, _REMARK)))
        if findings:
            _list_faults(book, findings, styles)
        for tab in Tab:
            if tab in tabs:
                _write_tab(book, tab, tabs[tab], _faults_of(tab, findings), styles)
        _explain(book)
    return stream.getvalue()


def _faults_of(tab: Tab, findings: Iterable[SheetFinding]) -> _Faults:
    faults = _Faults()
    for one in findings:
        if one.spot is not None and one.spot.tab is tab and one.spot.row:
            faults.cells.setdefault((one.spot.row, one.spot.column), []).append(one.sentence)
            faults.rows.setdefault(one.spot.row, []).append(f"{one.spot.cell}: {one.sentence}.")
    return faults


def _write_tab(book: _Book, tab: Tab, lines: Lines, faults: _Faults, styles: _Styles) -> None:
    sheet = book.add_worksheet(texts.TABS[tab])
    known = columns(tab)
    names = [*(name for name, _column in known), *lines.extra]
    headings = [*(texts.HEADINGS[tab][name] for name, _column in known), *lines.extra]
    top = lines.heading_row - 1
    for place, heading in enumerate(headings):
        width = known[place][1].width if place < len(known) else 20
        sheet.set_column(place, place, width, styles.text)
        sheet.write_string(top, place, heading, styles.heading)
    if faults.rows:
        sheet.set_column(len(names), len(names), 60, styles.remark)
        sheet.write_string(top, len(names), texts.FAULT_HEADING, styles.heading)
    sheet.set_row(top, 32)
    sheet.freeze_panes(top + 1, _frozen(tab))
    for row in sorted({*lines.rows, *faults.rows}):
        said = lines.rows.get(row, {})
        for place, name in enumerate(names):
            wrong = (row, place + 1) in faults.cells
            if said.get(name) or wrong:
                style = styles.wrong if wrong else styles.text
                sheet.write_string(row - 1, place, said.get(name, "")[:_LONGEST_CELL], style)
        if row in faults.rows:
            sheet.write_string(
                row - 1, len(names), "\n".join(faults.rows[row])[:_LONGEST_CELL], styles.remark
            )
    for (row, number), sentences in faults.cells.items():
        sheet.write_comment(row - 1, number - 1, "\n".join(sentences))
    last = max(lines.rows, default=top + 1) + _ROWS_PREPARED
    for place, (_name, column) in enumerate(known):
        _offer(sheet, place, column, top + 1, last)
    sheet.protect("", _MAY)


def _frozen(tab: Tab) -> int:
    """Columns that stay in sight."""
    return 1 if tab in {Tab.PLAN, Tab.CRITERIA} else 0


def _offer(sheet: _Sheet, place: int, column: Column, first: int, last: int) -> None:
    """A drop-down for what has a closed list; where several may be picked, the words to pick from."""
    words = [texts.YES] if column.kind is Kind.YES else list(column.words.values())
    rule: dict[str, object] = {"input_title": texts.PICK, "error_title": texts.PICK}
    if column.kind is Kind.WORDS:
        rule |= {"validate": "any", "input_message": texts.pick_several(words)[:_LONGEST_LIST]}
    elif column.kind in _LISTED and len(",".join(words)) <= _LONGEST_LIST:
        rule |= {
            "validate": "list",
            "source": words,
            "input_message": texts.PICK_HOW,
            "error_message": texts.PICK_HOW,
        }
    else:
        return
    sheet.data_validation(first, place, last, place, rule)


def _list_faults(book: _Book, findings: Sequence[SheetFinding], styles: _Styles) -> None:
    sheet = book.add_worksheet(texts.FAULTS_TAB)
    for place, (heading, width) in enumerate(zip(texts.FAULT_COLUMNS, (24, 10, 100), strict=True)):
        sheet.set_column(place, place, width, styles.text)
        sheet.write_string(0, place, heading, styles.heading)
    for row, one in enumerate(findings, start=1):
        if one.spot is not None:
            sheet.write_string(row, 0, texts.TABS[one.spot.tab], styles.text)
            sheet.write_string(row, 1, one.spot.cell, styles.text)
        sheet.write_string(row, 2, one.sentence[:_LONGEST_CELL], styles.remark)


def _explain(book: _Book) -> None:
    sheet = book.add_worksheet(texts.HELP_TAB)
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, texts.VERSION_LABEL, bold)
    sheet.write_string(0, 1, texts.VERSION)
    for number, (what, how) in enumerate(texts.HELP, start=2):
        sheet.write_string(number, 0, what, bold)
        sheet.write_string(number, 1, how, wrapped)
    sheet.protect("", {})

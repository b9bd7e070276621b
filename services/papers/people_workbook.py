"""Writes the people sheet: the empty template, the list as it stands, a sheet given back with its errors.

Every cell that comes from people is written as text, so that a name beginning with «=» stays a name.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.people_sheet import OUR_REMARKS, CellFinding, Column, Sheet
from core.roles import Role
from core.texts import people_sheet as texts
from core.texts.account import ROLE_NAMES
from core.vietnamese import moment, words_only

_ROWS_PREPARED = 5_000
_LONGEST_CELL = 32_000
_COMMENTS_ALLOWED = 1_000
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_WIDTHS = {
    Column.UNIT_CODE: 12,
    Column.UNIT: 36,
    Column.UNIT_KIND: 14,
    Column.PARENT: 28,
    Column.NAME: 28,
    Column.STAFF_CODE: 14,
    Column.PHONE: 14,
    Column.POST: 24,
    Column.ROLES: 26,
    Column.RATING: 28,
    Column.HEAD: 12,
    Column.DEPUTY: 12,
}
_HEADING = {"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "vcenter"}
_TEXT = {"num_format": "@", "valign": "top"}
_WRONG = _TEXT | {"bg_color": "#F8CBAD", "border": 1, "border_color": "#C00000"}
_REMARK = _TEXT | {"font_color": "#C00000", "text_wrap": True}
_EXAMPLE = _TEXT | {"italic": True, "font_color": "#7F7F7F"}


class _Tab(Protocol):
    """What is used of a worksheet: XlsxWriter carries no types."""

    def write_string(self, row: int, column: int, text: str, style: object = None) -> int: ...
    def write_comment(self, row: int, column: int, text: str) -> int: ...
    def data_validation(
        self, top: int, left: int, bottom: int, right: int, rule: Mapping[str, object]
    ) -> int: ...


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A way in for one person, to be handed over."""

    name: str
    staff_code: str
    unit: str
    code: str
    link: str
    expires_at: datetime


def template() -> bytes:
    """The empty sheet with three made-up rows, drop-downs and a tab that explains it."""
    return _people_book(texts.EXAMPLES, _EXAMPLE)


def listed(rows: Iterable[Mapping[Column, str]]) -> bytes:
    """The list as it stands, in the columns of the template: it may be edited and sent back."""
    return _people_book(rows, _TEXT)


def annotated(sheet: Sheet, findings: Iterable[CellFinding]) -> bytes:
    """The sheet given back: what is wrong first in each row, the cells red, each with a comment.

    Rows stand where they stood, so that the numbers in the sentences hold. It can be corrected and
    sent again as it is.
    """
    import xlsxwriter

    by_row: dict[int, list[CellFinding]] = {}
    for finding in findings:
        by_row.setdefault(finding.row, []).append(finding)
    kept = [place for place, name in enumerate(sheet.heading) if words_only(name) not in OUR_REMARKS]
    place_of = {column: kept.index(place) + 1 for column, place in sheet.columns.items() if place in kept}
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, _OPTIONS) as book:
        tab = book.add_worksheet(texts.DATA_TAB)
        styles = {"text": book.add_format(_TEXT), "wrong": book.add_format(_WRONG)}
        heading, remark = book.add_format(_HEADING), book.add_format(_REMARK)
        top = sheet.heading_row - 1
        tab.set_column(0, 0, 60, styles["text"])
        tab.set_column(1, len(kept), 20, styles["text"])
        tab.write_string(top, 0, texts.ERROR_HEADING, heading)
        for place, old in enumerate(kept, start=1):
            tab.write_string(top, place, sheet.heading[old], heading)
        tab.freeze_panes(top + 1, 1)
        comments = _COMMENTS_ALLOWED
        for line in sheet.lines:
            found = tuple(by_row.get(line.row, ()))
            if found:
                tab.write_string(line.row - 1, 0, texts.in_error_column(found)[:_LONGEST_CELL], remark)
            wrong = {place_of[f.column] for f in found if f.code.blocks and f.column in place_of}
            for place, old in enumerate(kept, start=1):
                cell = line.cells[old] if old < len(line.cells) else ""
                if cell or place in wrong:
                    style = styles["wrong" if place in wrong else "text"]
                    tab.write_string(line.row - 1, place, cell[:_LONGEST_CELL], style)
            comments -= _comment(tab, line.row, found[: max(comments, 0)], place_of)
        _offer_choices(tab, place_of, top + 1, max((line.row for line in sheet.lines), default=top + 1))
        _explain(book)
    return stream.getvalue()


def _comment(tab: _Tab, row: int, findings: Iterable[CellFinding], place_of: Mapping[Column, int]) -> int:
    """Put each sentence beside its cell; how many cells got one."""
    said: dict[int, list[str]] = {}
    for finding in findings:
        if finding.column is not None and finding.column in place_of:
            said.setdefault(place_of[finding.column], []).append(texts.sentence(finding))
    for place, sentences in said.items():
        tab.write_comment(row - 1, place, "\n".join(sentences)[:_LONGEST_CELL])
    return len(said)


def codes(rows: Sequence[CodeRow]) -> bytes:
    """Joining codes to hand out, one person a row; what is missing where no link is known is said on top."""
    import xlsxwriter

    linked = any(row.link for row in rows)
    warning = texts.CODES_WARNING if linked else f"{texts.CODES_WARNING} {texts.NO_LINKS}"
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, _OPTIONS) as book:
        tab = book.add_worksheet(texts.CODES_TAB)
        text, heading = book.add_format(_TEXT), book.add_format(_HEADING)
        tab.merge_range(0, 0, 0, len(texts.CODE_HEADINGS) - 1, "", book.add_format(_REMARK))
        tab.write_string(0, 0, warning, book.add_format(_REMARK))
        tab.set_row(0, 32 if linked else 64)
        for place, (name, width) in enumerate(
            zip(texts.CODE_HEADINGS, (28, 14, 36, 16, 48, 28), strict=True)
        ):
            tab.set_column(place, place, width, text)
            tab.write_string(1, place, name, heading)
        tab.freeze_panes(2, 0)
        last = 1
        for last, row in enumerate(rows, start=2):
            cells = (row.name, row.staff_code, row.unit, row.code, row.link, moment(row.expires_at))
            for place, cell in enumerate(cells):
                tab.write_string(last, place, cell, text)
        tab.autofilter(1, 0, last, len(texts.CODE_HEADINGS) - 1)
    return stream.getvalue()


def _people_book(rows: Iterable[Mapping[Column, str]], style: Mapping[str, object]) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, _OPTIONS) as book:
        tab = book.add_worksheet(texts.DATA_TAB)
        text, heading, cell = book.add_format(_TEXT), book.add_format(_HEADING), book.add_format(style)
        for place, column in enumerate(Column):
            tab.set_column(place, place, _WIDTHS[column], text)
            tab.write_string(0, place, texts.HEADINGS[column], heading)
        tab.set_row(0, 32)
        tab.freeze_panes(1, 0)
        last = 0
        for last, row in enumerate(rows, start=1):
            for place, column in enumerate(Column):
                if row.get(column):
                    tab.write_string(last, place, row[column][:_LONGEST_CELL], cell)
        tab.autofilter(0, 0, last, len(Column) - 1)
        _offer_choices(tab, {column: place for place, column in enumerate(Column)}, 1, last + _ROWS_PREPARED)
        _explain(book)
    return stream.getvalue()


def _offer_choices(tab: _Tab, place_of: Mapping[Column, int], first: int, last: int) -> None:
    """Drop-downs; only roles may say something else, since there can be several."""
    roles = [ROLE_NAMES[role] for role in Role if role is not Role.STAFF]
    offered: dict[Column, tuple[list[str], str, bool]] = {
        Column.UNIT_KIND: (list(texts.KINDS.values()), texts.PICK_KIND, True),
        Column.ROLES: (roles, texts.PICK_ROLE, False),
        Column.RATING: (list(texts.RATINGS.values()), texts.PICK_RATING, True),
        Column.HEAD: ([texts.YES], texts.PICK_YES, False),
        Column.DEPUTY: ([texts.YES], texts.PICK_YES, False),
    }
    for column, (words, advice, strict) in offered.items():
        if column in place_of:
            place = place_of[column]
            rule = {
                "validate": "list",
                "source": words,
                "input_title": texts.PICK_FROM_LIST,
                "input_message": advice,
                "error_title": texts.PICK_FROM_LIST,
                "error_message": advice,
                "show_error": strict,
            }
            tab.data_validation(first, place, last, place, rule)


class _Book(Protocol):
    """What is used of a workbook."""

    def add_worksheet(self, name: str) -> "_HelpTab": ...
    def add_format(self, style: Mapping[str, object]) -> object: ...


class _HelpTab(_Tab, Protocol):
    def set_column(self, first: int, last: int, width: float, style: object = None) -> int: ...


def _explain(book: _Book) -> None:
    tab = book.add_worksheet(texts.HELP_TAB)
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    tab.set_column(0, 0, 24)
    tab.set_column(1, 1, 100)
    tab.write_string(0, 0, texts.VERSION_LABEL, bold)
    tab.write_string(0, 1, texts.VERSION)
    for number, (what, how) in enumerate(texts.HELP, start=2):
        tab.write_string(number, 0, what, bold)
        tab.write_string(number, 1, how, wrapped)

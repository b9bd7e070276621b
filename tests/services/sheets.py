"""Workbooks as people make and damage them."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

import xlsxwriter

from core.people_sheet import CellFinding, Column, Line, Sheet
from core.texts import people_sheet as texts

HEADING = ("Đơn vị", "Họ tên", "Mã nhân viên", "Điện thoại")


def a_workbook(
    rows: Sequence[Sequence[object]], then: Callable[[xlsxwriter.worksheet.Worksheet], None] | None = None
) -> bytes:
    """A workbook as somebody would make it, without our template."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False}) as book:
        tab = book.add_worksheet("Sheet1")
        for number, row in enumerate(rows):
            tab.write_row(number, 0, row)
        if then is not None:
            then(tab)
    return stream.getvalue()


def repacked(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The same workbook with its parts altered."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return stream.getvalue()


def the_only_finding(sheet: Sheet) -> CellFinding:
    (finding,) = sheet.findings
    assert not sheet.lines
    assert texts.sentence(finding)
    return finding


def a_sheet(*rows: Mapping[Column, str]) -> Sheet:
    """A sheet with the columns these rows use, as if it had been read; the first row is number 2."""
    used = [column for column in Column if any(column in row for row in rows)]
    lines = tuple(
        Line(number, tuple(row.get(column, "") for column in used))
        for number, row in enumerate(rows, start=2)
    )
    heading = tuple(texts.HEADINGS[column] for column in used)
    return Sheet(1, heading, {column: place for place, column in enumerate(used)}, lines)

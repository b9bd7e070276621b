"""Sheets of earlier awards as an office fills them in."""

import io

import xlsxwriter

from core.awards import Column
from core.texts import award_sheets as texts

GOOD = {
    Column.STAFF_CODE: "NV01",
    Column.NAME: "Trần Thị Lan",
    Column.UNIT: "",
    Column.TITLE: "Giấy khen",
    Column.AUTHORITY: "Giám đốc Sở Y tế",
    Column.NUMBER: "125/QĐ-SYT",
    Column.DATED: "15/12/2025",
    Column.KIND: "Chuyên đề",
    Column.FIRST_YEAR: "2025",
    Column.LAST_YEAR: "",
    Column.ACHIEVEMENT: "Số hóa toàn bộ hồ sơ bệnh án của khoa",
}


def filled(*rows: dict[str, str]) -> bytes:
    """The sheet with a good row for each of these, but for what they say otherwise."""
    cells: list[dict[str, str]] = [
        {column.value: text for column, text in GOOD.items()} | one for one in rows
    ]
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        tab = book.add_worksheet(texts.DATA_TAB)
        for place, column in enumerate(Column):
            tab.write_string(0, place, texts.HEADINGS[column])
            for number, told in enumerate(cells, 1):
                tab.write_string(number, place, told[column.value])
    return stream.getvalue()

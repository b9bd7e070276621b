"""Workbooks of plans, good and spoilt."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook

from core.campaign_sheets import Tab
from core.texts import campaign_workbook as texts
from services.papers import campaign_workbook

EXAMPLE = Path(campaign_workbook.__file__).parent / "templates" / "campaign_example.toml"


def a_plan(code: str = "011") -> str:
    """The campaign file that the template stands for, as a plan of its own."""
    return EXAMPLE.read_text("utf-8").replace('"mau', f'"{code}')


def a_book(code: str = "011") -> bytes:
    """The same as a workbook."""
    return campaign_workbook.to_workbook(a_plan(code))


def spoilt(content: bytes, change: Callable[[Workbook], object]) -> bytes:
    """A workbook after somebody did something to it and saved it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def writing(tab: Tab, cell: str, value: str | float | None) -> Callable[[Workbook], object]:
    """Write something into a cell."""

    def write(book: Workbook) -> None:
        book[texts.TABS[tab]][cell] = value

    return write


def cell_of(content: bytes, tab: Tab, heading: str, text: str) -> str:
    """Where a text stands under a heading."""
    sheet = openpyxl.load_workbook(io.BytesIO(content))[texts.TABS[tab]]
    column = next(one.column for one in sheet[1] if one.value == texts.HEADINGS[tab][heading])
    for (one,) in sheet.iter_rows(min_row=2, min_col=column, max_col=column):
        if one.value == text:
            return str(one.coordinate)
    raise LookupError(text)

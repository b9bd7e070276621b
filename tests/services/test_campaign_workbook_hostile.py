"""Workbooks that are no plan, or are made to harm the reader: a sentence, quickly, and nothing else."""

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from bot.inspection.checked import Refused
from bot.inspection.office import check
from core.campaign_sheets import SheetProblem, Tab
from core.evidence import FileKind, FileLimits, RefusedFile
from core.texts import campaign_workbook as texts
from services.papers.campaign_workbook_read import annotate, read
from tests.services.plan_books import a_book, spoilt, writing
from tests.services.sheets import repacked

WHOLE = a_book()


def the_only_problem(content: bytes) -> str:
    """What is wrong, where that is one thing; nothing is read, and nothing is given back."""
    reading = read(content, "ke-hoach.xlsx")
    assert not reading.source
    assert annotate(content, reading.findings) is None
    (finding,) = reading.findings
    return finding.problem


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", SheetProblem.NOT_A_WORKBOOK),
        (b"PK\x03\x04 and then nothing", SheetProblem.NOT_A_WORKBOOK),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", SheetProblem.NOT_A_WORKBOOK),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), SheetProblem.OLD_WORKBOOK),
        (b'code = "004"', SheetProblem.NOT_A_WORKBOOK),
    ],
)
def test_what_is_no_workbook(content: bytes, problem: SheetProblem) -> None:
    assert the_only_problem(content) == problem


def test_a_bomb() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", bytes(40 * 1024 * 1024))
    assert len(stream.getvalue()) < 100_000
    assert the_only_problem(stream.getvalue()) == SheetProblem.TOO_BIG


def test_more_than_a_plan_says() -> None:
    def wordy(book: Workbook) -> None:
        sheet = book[texts.TABS[Tab.CLAUSES]]
        for number in range(1, 400):
            sheet.append(["mục đích", f"011-Z{number}", "lời " * 450])

    (finding,) = read(spoilt(WHOLE, wordy), "a").findings
    assert finding.problem == SheetProblem.TOO_BIG


def test_a_cell_in_the_far_corner() -> None:
    far = spoilt(WHOLE, writing(Tab.ROUNDS, "XFD1048576", "x"))
    assert the_only_problem(far) == SheetProblem.TOO_MANY_ROWS


def test_a_hundred_thousand_rows() -> None:
    rows = "".join(
        f'<row r="{number}"><c r="A{number}" t="str"><v>x</v></c></row>' for number in range(200, 100_200)
    )
    more = rows.encode() + b"</sheetData>"
    long = repacked(
        WHOLE,
        lambda name, data: data.replace(b"</sheetData>", more) if name.endswith("sheet5.xml") else data,
    )
    assert the_only_problem(long) == SheetProblem.TOO_MANY_ROWS


def test_macros_are_stopped_before_anything_is_read() -> None:
    stream = io.BytesIO(WHOLE)
    with zipfile.ZipFile(stream, "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"macro")
    with pytest.raises(Refused) as refused:
        check(stream.getvalue(), FileKind.XLSX, FileLimits())
    assert refused.value.reason is RefusedFile.MACRO


def test_a_formula_is_what_it_last_showed_and_never_worked_out() -> None:
    formula = spoilt(WHOLE, writing(Tab.PLAN, "B3", '=HYPERLINK("http://x","y")'))
    assert [texts.finding(one) for one in read(formula, "a").findings] == [
        "Trang «Kế hoạch», ô B3: ô này bắt buộc phải có nội dung."
    ]
    back = annotate(formula, read(formula, "a").findings)
    assert back is not None
    book = openpyxl.load_workbook(io.BytesIO(back))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_text_that_looks_like_a_formula_is_given_back_as_text() -> None:
    odd = spoilt(WHOLE, writing(Tab.CRITERIA, "R2", "'=cmd|' /C calc'!A0"))
    back = annotate(odd, read(odd, "a").findings)
    assert back is not None
    cell = openpyxl.load_workbook(io.BytesIO(back))[texts.TABS[Tab.CRITERIA]]["R2"]
    assert cell.data_type == "s"


def test_two_tabs_of_one_name_spelt_differently() -> None:
    def twice(book: Workbook) -> None:
        book.create_sheet("CÁC KỲ.")["A1"] = "x"

    (finding,) = read(spoilt(WHOLE, twice), "a").findings
    assert finding.problem == SheetProblem.TAB_TWICE


def test_values_of_every_kind_where_they_do_not_belong() -> None:
    """Dates, numbers, booleans and long texts in every cell: sentences, never a crash."""
    for value in (1e300, True, "x" * 30_000, "01/01/1900", "\u202ecba"):

        def everywhere(book: Workbook, value: float | str = value) -> None:
            for tab in Tab:
                for row in book[texts.TABS[tab]].iter_rows(min_row=2, max_row=4):
                    for cell in row:
                        cell.value = value

        broken = spoilt(WHOLE, everywhere)
        reading = read(broken, "a")
        assert reading.findings
        assert annotate(broken, reading.findings) is not None


@given(st.binary(max_size=200), st.integers(0, 10**6))
@settings(max_examples=25)
def test_damage_anywhere_is_survived(damage: bytes, place: int) -> None:
    at = place % len(WHOLE)
    content = WHOLE[:at] + damage + WHOLE[at + len(damage) :]
    reading = read(content, "a")
    assert bool(reading.source) != bool(reading.findings)

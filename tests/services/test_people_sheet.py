"""The people sheet as a file: what people send is read, whatever they did to it, and given back."""

import io
import unicodedata
import zipfile
from datetime import UTC, datetime

import openpyxl
import pytest
import xlsxwriter

from core.people_rows import read_entries
from core.people_sheet import CellFinding, Column, FindingCode, Sheet
from core.roles import Role
from core.texts import people_sheet as texts
from services.papers import people_sheet, people_workbook
from services.papers.people_workbook import CodeRow
from tests.services.sheets import HEADING, a_workbook, repacked, the_only_finding

FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    '=HYPERLINK("http://a.example","b")',
    "\t=1",
    "=cmd|' /C calc'!A0",
]


def in_windows_vietnamese(letter: str) -> str:
    """A letter as that code page has it: some marks are a character of their own."""
    try:
        letter.encode("cp1258")
    except UnicodeEncodeError:
        base, *marks = list(unicodedata.normalize("NFD", letter))
        tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
        shapes = [mark for mark in marks if mark not in tones]
        return unicodedata.normalize("NFC", base + "".join(shapes)) + "".join(tones)
    return letter


def codes_of(sheet: Sheet) -> list[FindingCode]:
    return [finding.code for finding in sheet.findings]


def cells(sheet: Sheet, column: Column) -> list[str | None]:
    return [sheet.text(line, column) for line in sheet.lines]


class TestTemplate:
    """What an office fills in."""

    def test_its_headings_are_recognised_and_its_made_up_rows_are_not_people(self) -> None:
        sheet = people_sheet.read(people_workbook.template())
        assert list(sheet.columns) == list(Column)
        assert sheet.lines == ()
        assert codes_of(sheet) == [FindingCode.EXAMPLE_IGNORED] * 3 + [FindingCode.EMPTY]

    def test_another_version_is_turned_away(self) -> None:
        def older(name: str, data: bytes) -> bytes:
            return data.replace(texts.VERSION.encode(), b"NS-0") if name == "xl/sharedStrings.xml" else data

        finding = the_only_finding(people_sheet.read(repacked(people_workbook.template(), older)))
        assert finding.code is FindingCode.WRONG_TEMPLATE
        assert texts.sentence(finding).startswith("Tệp này theo mẫu «NS-0», hệ thống đang dùng mẫu «NS-1».")

    def test_a_second_reader_sees_drop_downs_text_columns_and_a_frozen_heading(self) -> None:
        book = openpyxl.load_workbook(io.BytesIO(people_workbook.template()))
        tab = book[texts.DATA_TAB]
        assert [cell.value for cell in tab[1]] == list(texts.HEADINGS.values())
        assert tab.freeze_panes == "A2"
        assert tab["G2"].number_format == tab["F2"].number_format == "@"
        offered = {
            str(rule.sqref).split(":")[0]: rule.formula1 for rule in tab.data_validations.dataValidation
        }
        assert set(offered) == {"C2", "I2", "J2", "K2", "L2"}
        assert "Bệnh viện" in str(offered["C2"])
        assert book[texts.HELP_TAB]["B1"].value == texts.VERSION

    def test_every_word_offered_is_understood(self) -> None:
        offered = [
            {**texts.EXAMPLES[0], Column.STAFF_CODE: f"A{number}", Column.HEAD: "", **words}
            for number, words in enumerate(
                [
                    *({Column.UNIT_KIND: word} for word in texts.KINDS.values()),
                    *({Column.RATING: word} for word in texts.RATINGS.values()),
                    *({Column.ROLES: word} for word in texts.ROLE_LIST.split("; ")),
                    {Column.ROLES: "viên chức, người lao động"},
                    {Column.ROLES: texts.ROLE_LIST},
                    {Column.ROLES: "coordinator, council"},
                ]
            )
        ]
        entries, findings = read_entries(people_sheet.read(people_workbook.listed(offered)))
        assert findings == []
        people = [entry.person for entry in entries if entry.person]
        assert people[-1].roles == frozenset({Role.COORDINATOR, Role.COUNCIL})
        assert people[-3].roles == frozenset()
        assert [entry.kind for entry in entries[: len(texts.KINDS)]] == list(texts.KINDS)


class TestReading:
    """Files of any origin."""

    def test_headings_without_marks_in_another_order_further_down(self) -> None:
        rows: list[list[object]] = [
            ["DANH SÁCH VIÊN CHỨC"],
            [],
            ["STT", "HO VA TEN (*)", "Ma NV", "ten  don vi", "SDT"],
            [1, "Nguyễn Thị Ví Dụ", "A1", "Trạm Y tế Mẫu", "0912 345 678"],
        ]
        sheet = people_sheet.read(a_workbook(rows))
        assert sheet.heading_row == 3
        assert [line.row for line in sheet.lines] == [4]
        assert cells(sheet, Column.NAME) == ["Nguyễn Thị Ví Dụ"]
        assert cells(sheet, Column.UNIT) == ["Trạm Y tế Mẫu"]
        assert codes_of(sheet) == [FindingCode.COLUMN_IGNORED]
        assert cells(sheet, Column.POST) == [None]

    def test_numbers_are_what_was_typed_and_spaces_are_tidied(self) -> None:
        rows: list[list[object]] = [[*HEADING], ["Khoa\u00a0Nội  A", " Lê  Thử ", 12345, 912345678.0]]
        sheet = people_sheet.read(a_workbook(rows))
        assert cells(sheet, Column.STAFF_CODE) == ["12345"]
        assert cells(sheet, Column.PHONE) == ["912345678"]
        assert cells(sheet, Column.UNIT) == ["Khoa Nội A"]
        (entry,), (finding,) = read_entries(sheet)
        assert entry.person is not None
        assert entry.person.phone == "0912345678"
        assert texts.place_and_sentence(finding) == (
            "Dòng 2, cột «Điện thoại»: Số điện thoại mất số 0 ở đầu, đã hiểu là 0912345678."
        )

    def test_what_a_spreadsheet_spoilt_is_pointed_out(self) -> None:
        def spoil(tab: xlsxwriter.worksheet.Worksheet) -> None:
            tab.write_formula("B3", "=NA()", None, "#N/A")

        rows: list[list[object]] = [[*HEADING], ["Khoa A", "Lê Thử", "1-2"], ["Khoa A", "", "A2"]]
        # A cell that looked like a date became one: a number with a date's format.
        stream = repacked(
            a_workbook(rows, spoil),
            lambda name, data: (
                data.replace(b'<c r="C2"', b'<c r="C2" s="1"><v>46024</v></c><c r="E2"')
                if name.endswith("sheet1.xml")
                else data.replace(b'<cellXfs count="1">', b'<cellXfs count="2">').replace(
                    b"</cellXfs>", b'<xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
                )
            ),
        )
        entries, findings = read_entries(people_sheet.read(stream))
        assert len(entries) == 2
        said = [texts.place_and_sentence(finding) for finding in findings]
        assert any("Dòng 2" in text and "tự đổi ô này thành ngày" in text for text in said)
        assert "Dòng 3, cột «Họ tên»: Ô này là lỗi công thức #N/A. Anh/chị gõ lại giá trị." in said

    def test_a_unit_merged_over_its_people_belongs_to_each(self) -> None:
        def merge(tab: xlsxwriter.worksheet.Worksheet) -> None:
            tab.merge_range("A2:A4", "Khoa Nội")
            tab.merge_range("D2:D3", "0912345678")

        rows: list[list[object]] = [[*HEADING], ["", "An", "A1"], ["", "Bình", "A2"], ["", "Chi", "A3"]]
        sheet = people_sheet.read(a_workbook(rows, merge))
        assert cells(sheet, Column.UNIT) == ["Khoa Nội"] * 3
        assert cells(sheet, Column.PHONE) == ["0912345678", "", ""]
        (finding,) = sheet.findings
        assert texts.sentence(finding) == "Ô gộp từ dòng 2 đến dòng 4: hiểu là mọi dòng đều ghi như nhau."

    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
    def test_csv_as_programs_save_it(self, delimiter: str, encoding: str) -> None:
        text = delimiter.join(["Đơn vị", "Họ tên", "Mã nhân viên"]) + "\r\n"
        text += delimiter.join(["Khoa Nội", '"Nguyễn Văn ""Thử"""', "A1"]) + "\r\n"
        if encoding == "cp1258":
            text = "".join(in_windows_vietnamese(letter) for letter in text)
        sheet = people_sheet.read(text.encode(encoding))
        assert sheet.findings == ()
        assert cells(sheet, Column.NAME) == ['Nguyễn Văn "Thử"']
        assert cells(sheet, Column.UNIT) == ["Khoa Nội"]

    def test_a_heading_twice_and_one_missing(self) -> None:
        sheet = people_sheet.read(a_workbook([["Họ tên", "Đơn vị", "Họ và tên"], ["An", "Khoa A", "Bình"]]))
        said = [texts.place_and_sentence(finding) for finding in sheet.findings]
        assert said == [
            "Có hai cột cùng nghĩa «Họ tên» (A và C). Anh/chị giữ một cột, xóa hoặc đổi tên cột kia.",
            "Thiếu cột «Mã nhân viên». Anh/chị thêm cột này vào hàng tiêu đề rồi gửi lại.",
        ]

    def test_a_file_called_otherwise_than_it_is(self) -> None:
        assert people_sheet.read("Họ tên,Mã nhân viên,Đơn vị\nAn,A1,Khoa A\n".encode()).findings == ()


class TestGivingBack:
    """The same sheet with what is wrong, to be corrected and sent again."""

    def test_errors_stand_first_and_cells_are_red(self) -> None:
        rows: list[list[object]] = [
            ["Danh sách"],
            [*HEADING, "Ghi riêng"],
            ["Khoa A", "An 7", "A1", "12", "giữ nguyên"],
            ["Khoa A", "Bình", "A2", "0912345678", ""],
        ]
        sheet = people_sheet.read(a_workbook(rows))
        _, findings = read_entries(sheet)
        back = people_workbook.annotated(sheet, findings)
        tab = openpyxl.load_workbook(io.BytesIO(back))[texts.DATA_TAB]
        assert [cell.value for cell in tab[2]] == ["Lỗi cần sửa", *HEADING, "Ghi riêng"]
        said = str(tab["A3"].value).splitlines()
        assert said[0] == "Họ tên: Họ tên «An 7» có chữ số. Anh/chị kiểm tra xem có lẫn mã hay số điện thoại."
        assert said[1].startswith("Điện thoại: Số điện thoại «12» không đúng.")
        assert tab["C3"].fill.fgColor.rgb == tab["E3"].fill.fgColor.rgb == "FFF8CBAD"
        assert tab["B3"].fill.fill_type is None
        assert tab["C3"].comment is not None
        assert "có chữ số" in tab["C3"].comment.text
        assert tab["A4"].value is None
        assert tab["F3"].value == "giữ nguyên"

    def test_it_can_be_sent_again_as_it_is(self) -> None:
        rows: list[list[object]] = [[*HEADING], ["Khoa A", "An 7", "A1", 912345678]]
        sheet = people_sheet.read(a_workbook(rows))
        _, findings = read_entries(sheet)
        again = people_sheet.read(people_workbook.annotated(sheet, findings))
        assert again.findings == ()
        assert read_entries(again) == read_entries(sheet)
        twice = people_sheet.read(people_workbook.annotated(again, findings))
        assert read_entries(twice) == read_entries(sheet)

    @pytest.mark.parametrize("text", FORMULAS)
    def test_a_name_stays_a_name(self, text: str) -> None:
        row = dict.fromkeys(Column, text)
        sheet = people_sheet.read(people_workbook.listed([row]))
        books = [
            people_workbook.listed([row]),
            people_workbook.annotated(sheet, read_entries(sheet)[1]),
            people_workbook.codes([CodeRow(text, text, text, text, text, datetime(2026, 12, 1, tzinfo=UTC))]),
        ]
        for content in books:
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                tabs = [
                    packed.read(name) for name in packed.namelist() if name.startswith("xl/worksheets/sheet")
                ]
            assert not any(b"<f>" in tab for tab in tabs)
            book = openpyxl.load_workbook(io.BytesIO(content))
            assert not any(cell.data_type == "f" for tab in book for line in tab.iter_rows() for cell in line)
        assert people_sheet.read(books[0]).lines == sheet.lines


def test_joining_codes_are_handed_out_one_a_row() -> None:
    expires = datetime(2026, 12, 14, 9, 5, tzinfo=UTC)
    content = people_workbook.codes(
        [CodeRow("An", "NV1", "Khoa A", "7KQ2M-9XHTV", "https://t.example/x", expires)]
    )
    tab = openpyxl.load_workbook(io.BytesIO(content))[texts.CODES_TAB]
    assert [cell.value for cell in tab[2]] == list(texts.CODE_HEADINGS)
    assert [cell.value for cell in tab[3]] == [
        "An",
        "NV1",
        "Khoa A",
        "7KQ2M-9XHTV",
        "https://t.example/x",
        "09:05 thứ Hai 14/12/2026",
    ]


def test_every_finding_has_a_sentence_without_a_raised_voice() -> None:
    for code in FindingCode:
        value = (
            "coordinator" if code in {FindingCode.ROLE_NOT_YOURS, FindingCode.ROLE_ENDS_WITH_MOVE} else "x"
        )
        said = texts.sentence(CellFinding(3, Column.NAME, code, value, "5"))
        assert said.endswith("."), code
        assert "!" not in said

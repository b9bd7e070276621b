"""The workbook of a plan: every plan goes out and comes back the same; what is wrong is told at its cell."""

import io
import re
import tomllib
import unicodedata
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from bot.inspection.office import check
from core.campaign_files import FileProblem
from core.campaign_sheets import SheetProblem, Tab
from core.campaigns import digest
from core.evidence import FileKind, FileLimits
from core.texts import campaign_files
from core.texts import campaign_workbook as texts
from services.papers import campaign_columns as layout
from services.papers import campaign_toml, campaign_workbook
from services.papers.campaign_schema import keys_of
from services.papers.campaign_workbook_read import annotate, read
from tests.services.plan_books import a_book, a_plan, cell_of, spoilt, writing
from tests.services.short_plan import SHORT

FOLDER = Path(__file__).parents[2] / "campaigns"
PLANS = sorted(path for path in FOLDER.glob("*.toml") if path.name != "laws.toml")


def said(content: bytes) -> list[str]:
    """What is wrong in a workbook, as its sender reads it."""
    reading = read(content, "ke-hoach.xlsx")
    assert not reading.source
    return [texts.finding(one) for one in reading.findings]


def problems(content: bytes) -> list[str]:
    """The same by name."""
    return [one.problem for one in read(content, "ke-hoach.xlsx").findings]


class TestThereAndBack:
    """Nothing a plan says is lost on the way."""

    @pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
    def test_every_plan(self, path: Path) -> None:
        source = path.read_text("utf-8")
        reading = read(campaign_workbook.to_workbook(source), path.name)
        assert not reading.findings
        assert digest(campaign_toml.read(reading.source, "a")) == digest(campaign_toml.read(source, "b"))

    @pytest.mark.parametrize("source", [a_plan(), SHORT], ids=["example", "short"])
    def test_made_up_plans(self, source: str) -> None:
        reading = read(campaign_workbook.to_workbook(source), "a")
        assert not reading.findings
        assert digest(campaign_toml.read(reading.source, "a")) == digest(campaign_toml.read(source, "b"))

    def test_a_second_time_changes_nothing(self) -> None:
        once = read(a_book(), "a").source
        assert read(campaign_workbook.to_workbook(once), "a").source == once

    def test_every_key_of_a_plan_has_its_cell(self) -> None:
        cells = {column.key for tab in Tab for _name, column in layout.columns(tab)}
        cells |= {path[-1] for path, _column in layout.PLAN}
        elsewhere = {
            *("window", "signatory", "feedback", "commendation", "dossier", "purposes", "requirements"),
            *(level.key for levels in layout.LEVELS.values() for level in levels),
            *(f"{key}" for key in ("clauses", "form", "quotas", "money", "parts", "copies_clause")),
            *("remarks", "left_out", "decided_by", "copies", "send_to", "appraised_by", "reason"),
            *("any_of", "all_of", "month", "unsaid"),
        }
        assert set().union(*keys_of().values()) - cells - elsewhere == set()

    def test_the_template_is_a_plan_to_be_written_over(self) -> None:
        (sentence,) = said(campaign_workbook.template())
        assert sentence.startswith("Trang «Kế hoạch», ô B2: «mau» là mã của kế hoạch ví dụ trong mẫu")

    def test_formulas_stay_sentences(self) -> None:
        source = a_plan().replace("Nâng cao chất lượng phục vụ người dân.", "=1+1")
        book = openpyxl.load_workbook(io.BytesIO(campaign_workbook.to_workbook(source)))
        cell = book[texts.TABS[Tab.CLAUSES]]["C2"]
        assert (cell.value, cell.data_type) == ("=1+1", "s")

    def test_headings_are_locked_and_words_are_offered(self) -> None:
        book = openpyxl.load_workbook(io.BytesIO(campaign_workbook.template()))
        sheet = book[texts.TABS[Tab.CRITERIA]]
        assert sheet.protection.sheet
        assert sheet["A1"].protection.locked
        assert not sheet["A2"].protection.locked
        offered = [rule.formula1 for rule in sheet.data_validations.dataValidation]
        assert any("trên" in str(rule) for rule in offered)
        assert any("con số" in str(rule) for rule in offered)

    @pytest.mark.parametrize("content", [campaign_workbook.template(), a_book()])
    def test_the_checks_of_files_let_it_pass(self, content: bytes) -> None:
        served = check(content, FileKind.XLSX, FileLimits()).served
        assert read(served, "a") == read(content, "a")


class TestAsPeopleFillIt:
    """What means the same is read the same."""

    @pytest.mark.parametrize(
        ("tab", "heading", "before", "after"),
        [
            (Tab.CRITERIA, "measures.operator", "từ … trở lên", "Tu ... tro len"),
            (Tab.CRITERIA, "measures.operator", "từ … trở lên", ">="),
            (Tab.CRITERIA, "measures.target", "99", "99%"),
            (Tab.CRITERIA, "measures.target", "99", "99,0"),
            (Tab.CRITERIA, "measures.target", "99", 99),
            (Tab.CRITERIA, "groups.tracks", "người đứng đầu; tập thể", "người đứng đầu, TẬP THỂ"),
            (Tab.DEADLINES, "day", "15/12", "15/12/2027"),
            (Tab.ROUNDS, "closes_at", "17:00 10/12/2027", "10/12/2027 17h00"),
            (Tab.SUBJECTS, "kind", "tập thể", unicodedata.normalize("NFD", "tập thể")),
        ],
    )
    def test_in_other_words(self, tab: Tab, heading: str, before: str, after: str | float) -> None:
        book = a_book()
        changed = spoilt(book, writing(tab, cell_of(book, tab, heading, before), after))
        assert plan_of(changed) == plan_of(book)

    def test_tabs_in_another_order_and_rows_between(self) -> None:
        def shuffle(book: Workbook) -> None:
            book.move_sheet(texts.TABS[Tab.CRITERIA], -3)
            book[texts.TABS[Tab.CRITERIA]].insert_rows(3)
            book.create_sheet("Ghi chú riêng")["A1"] = "của tôi"

        assert plan_of(spoilt(a_book(), shuffle)) == plan_of(a_book())

    def test_codes_told_once_and_the_rest_left_empty(self) -> None:
        def empty(book: Workbook) -> None:
            sheet = book[texts.TABS[Tab.CRITERIA]]
            seen: set[str] = set()
            for column in (1, 7):
                for row in range(2, sheet.max_row + 1):
                    cell = sheet.cell(row, column)
                    if str(cell.value) in seen:
                        cell.value = None
                    seen.add(str(cell.value))

        assert plan_of(spoilt(a_book(), empty)) == plan_of(a_book())

    def test_decomposed_letters_everywhere(self) -> None:
        def decompose(book: Workbook) -> None:
            for sheet in book:
                sheet.title = unicodedata.normalize("NFD", sheet.title)
                for row in sheet.iter_rows():
                    for cell in row:
                        if isinstance(cell.value, str):
                            cell.value = unicodedata.normalize("NFD", cell.value)

        assert plan_of(spoilt(a_book(), decompose)) == plan_of(a_book())


def plan_of(content: bytes) -> str:
    """The digest of the plan in a workbook without faults."""
    reading = read(content, "ke-hoach.xlsx")
    assert not reading.findings, [texts.finding(one) for one in reading.findings]
    return digest(campaign_toml.read(reading.source, "a"))


OF_FILES_ALONE = {
    FileProblem.SYNTAX,
    FileProblem.DUPLICATE_KEY,
    FileProblem.UNCLOSED,
    FileProblem.BAD_VALUE,
    FileProblem.NOT_UTF8,
}
CASES = [
    (Tab.PLAN, "B2", None, "Trang «Kế hoạch», ô B2: ô này bắt buộc phải có nội dung."),
    (Tab.PLAN, "A5", "Tên khác", "Trang «Kế hoạch»: thiếu mục «Tên đầy đủ»"),
    (Tab.PLAN, "A5", "Tên khác", "Trang «Kế hoạch», ô A5: mẫu không có mục «Tên khác»"),
    (Tab.PLAN, "A5", "Mã kế hoạch", "Trang «Kế hoạch», ô A5: mục này đã có ở ô B2"),
    (Tab.CRITERIA, "R2", "nhiều hơn", "ô R2: «nhiều hơn» không dùng được; chỉ nhận: trên, từ … trở lên"),
    (Tab.CRITERIA, "S2", None, "ô R2: có phép so sánh nhưng thiếu mức cần đạt"),
    (Tab.CRITERIA, "R2", None, "ô S2: có mức cần đạt nhưng thiếu phép so sánh"),
    (Tab.CRITERIA, "S2", "cao", "ô S2: ô này cần một số, như 90 hoặc 99,5"),
    (Tab.CRITERIA, "I3", "Ý khác", "ô I3: mã ở dòng này đã dùng ở dòng trên nhưng nội dung khác với ô I2"),
    (Tab.CRITERIA, "H3", "Đúng hẹn", "ô H3: mã ở dòng này đã dùng ở dòng trên"),
    (Tab.CRITERIA, "G8", "011-a1", "ô G8: mã «011-a1» đã dùng ở trang «Tiêu chí», ô G2"),
    (Tab.CRITERIA, "P2", "viết vài câu", "ô này không dùng với loại câu hỏi «viết vài câu»"),
    (Tab.WAYS, "E3", "sang-kien, dat", "Trang «Cách đạt», ô E"),
    (Tab.WAYS, "A2", "011-a9", "ô A2: không có tiêu chí mã «011-a9» ở trang «Tiêu chí»"),
    (Tab.DEADLINES, "C2", "011-IV.9", "ô C2: «011-IV.9» không có trong tệp"),
    (Tab.ROUNDS, "F2", "17:00 10/12/2026", "ô F2: lúc khóa phải sau lúc mở"),
    (Tab.ROUNDS, "D2", "#REF!", "ô D2: ô đang báo lỗi công thức «#REF!»"),
    (Tab.COMMENDATION, "A3", "thưởng nóng", "ô A3: «thưởng nóng» không dùng được; chỉ nhận: điều khoản"),
    (Tab.COMMENDATION, "A3", "điều khoản chính", "ô A3: mục này đã có ở ô A2"),
    (Tab.DOSSIER, "D5", "hai", "ô D5: ô này cần một số nguyên"),
    (Tab.BODIES, "D2", "trưởng ban", "ô D2: «trưởng ban» không dùng được; chỉ nhận: viên chức"),
]


@pytest.mark.parametrize(("tab", "cell", "value", "sentence"), CASES)
def test_a_fault_is_told_at_its_cell(tab: Tab, cell: str, value: str | None, sentence: str) -> None:
    told = said(spoilt(a_book(), writing(tab, cell, value)))
    assert any(sentence in one for one in told), told


@pytest.mark.parametrize("problem", [one for one in FileProblem if one not in OF_FILES_ALONE])
def test_no_word_of_campaign_files_is_told_of_a_workbook(problem: FileProblem) -> None:
    names = "value kind allowed length limit example before letter prefix place low high root first last"
    facts = dict.fromkeys(names.split(), "x")
    told = texts.plan_sentence(problem.value, facts, campaign_files.sentence(problem, facts))
    assert not re.search(r"\b(key|kind|khóa này|true|any_of|all_of|code|label)\b|[a-z]_[a-z]|\(\w+\)", told)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("G6", "011-a1"),  # a row that goes on with another criterion
        ("G5", "011-a1"),  # the first row of a criterion that has more
        ("G4", "011-a1"),  # right below the code it repeats
    ],
)
def test_a_code_used_twice_is_all_that_is_told(cell: str, value: str) -> None:
    faulty = spoilt(a_book(), writing(Tab.CRITERIA, cell, value))
    findings = read(faulty, "a").findings
    assert [texts.finding(one) for one in findings] == [
        f"Trang «Tiêu chí», ô {cell}: mã «011-a1» đã dùng ở trang «Tiêu chí», ô G2."
    ]
    back = annotate(faulty, findings)
    assert back is not None
    sheet = openpyxl.load_workbook(io.BytesIO(back))[texts.TABS[Tab.CRITERIA]]
    coloured = [
        one.coordinate for row in sheet.iter_rows() for one in row if one.fill.fgColor.rgb == "FFF8CBAD"
    ]
    assert coloured == [cell]


def _target_of(value: str | float, shown_as: str = "General") -> object:
    def write(book: Workbook) -> None:
        cell = book[texts.TABS[Tab.CRITERIA]]["S2"]
        cell.value, cell.number_format = value, shown_as

    plan = tomllib.loads(read(spoilt(a_book(), write), "a").source, parse_float=Decimal)
    return plan["groups"][0]["items"][0]["measures"][0]["target"]


@pytest.mark.parametrize(
    ("value", "shown_as", "target"),
    [
        (0.95, "0%", "95"),
        (0.955, "0.0%", "95.5"),
        (1, "0.00%", "100"),
        (0.07, "0%", "7"),
        (0.95, "0.00", "0.95"),
        (95, '0"%"', "95"),
        (1.125, "General", "1.125"),
        ("95%", "@", "95"),
        ("0,125", "@", "0.125"),
    ],
)
def test_a_cell_is_read_as_it_is_shown(value: str | float, shown_as: str, target: str) -> None:
    assert _target_of(value, shown_as) == Decimal(target)


@pytest.mark.parametrize("typed", ["1.000", "1,000", "12.500", "1.000%"])
def test_what_may_be_thousands_or_decimals_is_not_guessed(typed: str) -> None:
    (told,) = said(spoilt(a_book(), writing(Tab.CRITERIA, "S2", typed)))
    assert "ô S2: ô này cần một số" in told
    assert "số nghìn viết liền" in told


def test_everything_is_told_at_once_and_nothing_is_taken() -> None:
    def spoil(book: Workbook) -> None:
        for tab, cell, value, _sentence in (CASES[0], CASES[4], CASES[15], CASES[19]):
            book[texts.TABS[tab]][cell] = value

    assert len(said(spoilt(a_book(), spoil))) >= 4


def test_a_faulty_workbook_comes_back_with_its_faults_and_is_read_as_before() -> None:
    faulty = spoilt(a_book(), writing(Tab.CRITERIA, "R2", "nhiều hơn"))
    findings = read(faulty, "a").findings
    back = annotate(faulty, findings)
    assert back is not None
    book = openpyxl.load_workbook(io.BytesIO(back))
    assert book.sheetnames[0] == "Cần sửa"
    sheet = book[texts.TABS[Tab.CRITERIA]]
    assert sheet["R2"].fill.fgColor.rgb == "FFF8CBAD"
    assert "chỉ nhận: trên" in sheet["R2"].comment.text
    assert "R2: " in str(sheet.cell(2, sheet.max_column).value)
    assert check(back, FileKind.XLSX, FileLimits()).served
    assert read(back, "a").findings == findings
    mended = spoilt(back, writing(Tab.CRITERIA, "R2", "từ … trở lên"))
    assert plan_of(mended) == plan_of(a_book())


def test_columns_of_ones_own_are_not_passed_over_and_come_back() -> None:
    def add(book: Workbook) -> None:
        sheet = book[texts.TABS[Tab.SUBJECTS]]
        sheet["D1"], sheet["D2"] = "Ghi thêm", "xem lại"

    faulty = spoilt(a_book(), add)
    (sentence,) = said(faulty)
    assert sentence.startswith("Trang «Đối tượng», ô D1: mẫu không có cột «Ghi thêm»")
    back = annotate(faulty, read(faulty, "a").findings)
    assert back is not None
    assert openpyxl.load_workbook(io.BytesIO(back))[texts.TABS[Tab.SUBJECTS]]["D2"].value == "xem lại"


class TestOfAnotherMake:
    """Workbooks that are not the template, or not any more."""

    def test_another_version(self) -> None:
        def older(book: Workbook) -> None:
            book[texts.HELP_TAB]["B1"] = "ke-hoach-0"

        (sentence,) = said(spoilt(a_book(), older))
        assert sentence == (
            "Tệp theo phiên bản mẫu «ke-hoach-0», phần mềm đọc phiên bản «ke-hoach-1»; "
            "anh/chị tải mẫu mới rồi chép nội dung sang."
        )

    def test_no_template_at_all(self) -> None:
        stream = io.BytesIO()
        Workbook().save(stream)
        assert problems(stream.getvalue()) == [SheetProblem.NOT_THE_TEMPLATE]
        assert annotate(stream.getvalue(), read(stream.getvalue(), "a").findings) is None

    def test_a_tab_gone(self) -> None:
        gone = spoilt(a_book(), lambda book: book.remove(book[texts.TABS[Tab.ROUNDS]]))
        assert said(gone) == ["Thiếu trang «Các kỳ»; anh/chị lấy lại trang này từ mẫu, để trống cũng được."]

    def test_a_heading_lost_in_a_merge(self) -> None:
        merged = spoilt(a_book(), lambda book: book[texts.TABS[Tab.CRITERIA]].merge_cells("G1:H1"))
        assert (
            "Trang «Tiêu chí»: thiếu cột «Tên ngắn của tiêu chí»; "
            "anh/chị chép lại dòng tên cột từ mẫu, không gộp ô."
        ) in said(merged)

    def test_no_heading_at_all(self) -> None:
        bare = spoilt(a_book(), lambda book: book[texts.TABS[Tab.ROUNDS]].delete_rows(1))
        assert problems(bare) == [SheetProblem.NO_HEADING]

    def test_a_column_twice(self) -> None:
        twice = spoilt(a_book(), writing(Tab.SUBJECTS, "D1", "Mã"))
        assert problems(twice) == [SheetProblem.COLUMN_TWICE]

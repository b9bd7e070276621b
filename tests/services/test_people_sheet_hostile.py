"""Files that are no people sheet, or are made to harm the reader."""

import io
import subprocess
import sys
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.people_sheet import FindingCode, Sheet
from core.texts import people_sheet as texts
from services.papers import people_sheet
from tests.services.sheets import HEADING, a_workbook, repacked, the_only_finding


class TestHostile:
    """Files that are no such sheet, or are made to harm: a sentence, quickly, and nothing else."""

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", FindingCode.EMPTY),
            (b"PK\x03\x04 and then nothing", FindingCode.NOT_A_WORKBOOK),
            (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\x00\x01\x02", FindingCode.NOT_A_WORKBOOK),
            (b"\xff\xd8\xff\xe0\x00\x10JFIF", FindingCode.NOT_A_WORKBOOK),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), FindingCode.OLD_WORKBOOK),
            ("Kính gửi anh chị,\nem gửi danh sách.".encode(), FindingCode.NO_HEADING),
            (b"\x00" * 1000, FindingCode.NOT_A_WORKBOOK),
            (b"a" * (51 * 1024 * 1024), FindingCode.TOO_BIG),
        ],
    )
    def test_not_a_sheet(self, content: bytes, code: FindingCode) -> None:
        assert the_only_finding(people_sheet.read(content)).code is code

    def test_a_workbook_without_a_cell(self) -> None:
        assert the_only_finding(people_sheet.read(a_workbook([]))).code is FindingCode.EMPTY

    def test_a_heading_alone(self) -> None:
        assert the_only_finding(people_sheet.read(a_workbook([[*HEADING]]))).code is FindingCode.EMPTY

    def test_a_document_of_another_kind_in_a_zip(self) -> None:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as packed:
            packed.writestr("word/document.xml", "<w/>")
        assert the_only_finding(people_sheet.read(stream.getvalue())).code is FindingCode.NOT_A_WORKBOOK

    def test_a_bomb_that_tells_its_size(self) -> None:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("xl/sharedStrings.xml", bytes(60 * 1024 * 1024))
        assert len(stream.getvalue()) < 100_000
        assert the_only_finding(people_sheet.read(stream.getvalue())).code is FindingCode.TOO_BIG

    def test_a_bomb_that_lies_about_its_size(self) -> None:
        content = repacked(
            a_workbook([[*HEADING], ["Khoa A", "An", "A1", ""]]),
            lambda name, data: data + b" " * 60_000_000 if name == "xl/sharedStrings.xml" else data,
        )
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = packed.getinfo("xl/sharedStrings.xml").file_size
        assert size > 60_000_000
        lying = content.replace(size.to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
        assert lying != content
        assert the_only_finding(people_sheet.read(lying)).code is FindingCode.NOT_A_WORKBOOK

    def test_one_cell_in_the_far_corner(self) -> None:
        """Read without care it would ask for a terabyte: the whole process would be gone."""
        content = a_workbook([[*HEADING]], lambda tab: tab.write_string(1_048_575, 16_383, "x"))
        assert the_only_finding(people_sheet.read(content)).code is FindingCode.TOO_MANY_ROWS

    @pytest.mark.parametrize(
        "place", ["A&#49;000000", "ZZZZZZZ1", "A99999999999", "1A", "A-1", "", "A0\u0660", "a1048576"]
    )
    def test_a_cell_at_an_impossible_place(self, place: str) -> None:
        def move(name: str, data: bytes) -> bytes:
            return data.replace(b'r="A2"', f'r="{place}"'.encode()) if "sheet1" in name else data

        content = repacked(a_workbook([[*HEADING], ["Khoa A", "An", "A1", ""]]), move)
        finding = the_only_finding(people_sheet.read(content))
        assert finding.code in {FindingCode.NOT_A_WORKBOOK, FindingCode.TOO_MANY_ROWS}

    def test_millions_of_empty_cells_are_not_walked_through(self) -> None:
        row = b'<row r="3">' + b"<c/>" * 5_000_000 + b"</row></sheetData>"
        rows: list[list[object]] = [[*HEADING], ["Khoa A", "An", "A1", ""]]
        content = repacked(a_workbook(rows), lambda _name, data: data.replace(b"</sheetData>", row))
        assert len(content) < 100_000
        assert the_only_finding(people_sheet.read(content)).code is FindingCode.TOO_MANY_ROWS

    def test_entities_are_not_expanded(self) -> None:
        laughing = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'

        def laugh(name: str, data: bytes) -> bytes:
            if "sheet1" not in name:
                return data
            head, _, rest = data.partition(b"?>")
            return head + b"?>" + laughing + rest

        content = repacked(a_workbook([[*HEADING]]), laugh)
        assert the_only_finding(people_sheet.read(content)).code is FindingCode.NOT_A_WORKBOOK

    def test_a_hundred_thousand_rows_are_too_many(self) -> None:
        text = "Họ tên,Mã nhân viên,Đơn vị\n" + "".join(f"An,A{number},Khoa A\n" for number in range(100_000))
        finding = the_only_finding(people_sheet.read(text.encode()))
        assert finding.code is FindingCode.TOO_MANY_ROWS
        assert "giới hạn 20.000 dòng" in texts.sentence(finding)

    def test_formatting_down_to_the_last_row_is_no_row(self) -> None:
        rows: list[list[object]] = [[*HEADING], ["Khoa A", "An", "A1", ""]]
        sheet = people_sheet.read(a_workbook(rows))
        last = b'<row r="1048576"><c r="D1048576" s="0"/></row></sheetData>'
        far = repacked(a_workbook(rows), lambda _name, data: data.replace(b"</sheetData>", last))
        assert people_sheet.read(far) == sheet
        assert len(sheet.lines) == 1

    @given(st.binary(max_size=400), st.integers(0, 10_000))
    @settings(max_examples=40, deadline=None)
    def test_damage_anywhere_is_survived(self, damage: bytes, place: int) -> None:
        content = WHOLE[: place % len(WHOLE)] + damage + WHOLE[place % len(WHOLE) + len(damage) :]
        assert isinstance(people_sheet.read(content), Sheet)

    def test_damage_inside_is_survived_by_the_process(self) -> None:
        """Run apart, since a fault in the reader would take this process with it."""
        done = subprocess.run([sys.executable, "-c", FUZZ], check=False, capture_output=True, text=True)
        assert done.stdout.strip() == "120 read", done.stderr[-2000:]


WHOLE = a_workbook([[*HEADING], ["Khoa A", "An", "A1", "0912345678"], ["Khoa A", "Bình", "A2", ""]])
FUZZ = """
import random, zipfile, io
from tests.services.sheets import repacked
from tests.services.test_people_sheet_hostile import WHOLE
from services.papers import people_sheet
chance = random.Random(7)
pieces = [
    b"<c>", b'<c r="A1" t="s"><v>99999</v></c>', b'<row r="0">', b"</row>", b'<mergeCell ref="A1:ZZ9"/>',
    b"<v>", b'"', b"<is><t>x</t></is>", b'<c r="B2" t="b"><v>7</v></c>', b'<c r="C2" s="9999"><v>1</v></c>',
    b'<dimension ref="A1:XFD1048576"/>', b'<c r="D2" t="n"><v>1e999</v></c>', b"\\xff\\xfe", b"",
]
def spoil(name, data):
    if chance.random() < 0.5:
        return data
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(pieces) + data[at + chance.randrange(3):]
for _ in range(120):
    people_sheet.read(repacked(WHOLE, spoil))
print("120 read")
"""

"""Sheets of earlier awards: who is meant, what is refused, and that a file from outside does no harm."""

import io
import zipfile

import pytest

from core.awards import Column, Fault, Line
from core.messages import FileRef
from core.refusals import Code
from core.roles import Role
from db.models import Award, AwardSheet, Person
from db.transaction import Session
from services import award_sheets, awards
from services.papers import award_sheet
from tests.chat import Chat, Town
from tests.services.award_books import GOOD, filled
from tests.services.considering import cast
from tests.services.test_assessment import refusal_of


def test_what_is_written_is_read_again_and_the_template_is_empty() -> None:
    (line,) = award_sheet.read(filled({})).lines
    assert {column: line.said(column) for column in Column} == GOOD
    assert [one.fault for one in award_sheet.read(award_sheet.template()).faults] == [Fault.EMPTY]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault.NOT_A_WORKBOOK),
        (b"PK\x03\x04" + bytes(200), Fault.NOT_A_WORKBOOK),
        ("Mã nhân viên;Họ tên".encode(), Fault.NOT_A_WORKBOOK),
        (filled(*({},) * 1_100), Fault.TOO_MANY_ROWS),
    ],
)
def test_what_is_no_such_sheet(content: bytes, fault: Fault) -> None:
    assert [one.fault for one in award_sheet.read(content).faults] == [fault]


def test_a_formula_and_a_zip_that_lies_do_no_harm() -> None:
    (line,) = award_sheet.read(filled({Column.ACHIEVEMENT: "=HYPERLINK(1) là thành tích"})).lines
    assert line.said(Column.ACHIEVEMENT).startswith("=HYPERLINK")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    assert [one.fault for one in award_sheet.read(stream.getvalue()).faults] == [Fault.TOO_BIG]


async def person(session: Session, town: Town, chat: Chat) -> Person:
    """Somebody as they are listed."""
    row = await session.get(Person, (await town.actor(session, chat)).person_id)
    assert row is not None
    return row


async def test_who_is_meant(numbers_town: Town) -> None:
    town = numbers_town
    lan, _head, office, _appraiser = await cast(town)
    async with town.office() as session:
        now = town.clock.now()
        clerk = await town.actor(session, office)
        hers, own = await person(session, town, lan), await person(session, town, office)
        hers.staff_code = "nv-Lan 7"
        await session.flush()
        assert [one.person_id for one in await awards.find(session, clerk, "NV-LAN 7", now)] == [hers.id]
        rows = [
            {Column.STAFF_CODE: hers.staff_code},
            {Column.STAFF_CODE: "NV-LAN7", Column.NAME: "TRAN THI LAN"},
            {Column.STAFF_CODE: hers.staff_code, Column.NAME: "Lê Thị Hoa"},
            {Column.STAFF_CODE: own.staff_code, Column.NAME: own.name},
            {Column.STAFF_CODE: "", Column.NAME: "Trần Thị Lan"},
            {Column.STAFF_CODE: "KHONGCO"},
            {Column.STAFF_CODE: hers.staff_code, Column.UNIT: "Khoa Mẫu 1"},
            {Column.STAFF_CODE: "", Column.UNIT: "Khoa Không Có"},
            {Column.STAFF_CODE: "", Column.UNIT: "khoa mau 1"},
        ]
        lines = [Line(place, GOOD | row) for place, row in enumerate(rows, 2)]
        found = await award_sheets.wrong(session, clerk, lines, now)
        assert [(one.row, one.fault) for one in found] == [
            (3, Fault.TWICE_IN_SHEET),
            (4, Fault.NAME_DIFFERS),
            (5, Fault.OWN),
            (6, Fault.WHO_MISSING),
            (7, Fault.NOBODY),
            (8, Fault.WHO_TWICE),
            (9, Fault.UNIT_UNKNOWN),
        ]


async def test_a_sheet_is_entered_once_and_only_while_nothing_is_wrong(numbers_town: Town) -> None:
    town = numbers_town
    lan, _head, office, _appraiser = await cast(town)
    gone = await town.joined("Mai Văn Phòng", roles=(Role.OFFICE,))
    file = FileRef("f", "u", "Bảng.xlsx", 900, "")
    async with town.office() as session:
        now = town.clock.now()
        clerk, second = await town.actor(session, office), await town.actor(session, gone)
        for wrong, code in (
            (FileRef("f", "u", "Bảng.pdf", 900, ""), Code.AWARD_SHEET_NOT_XLSX),
            (FileRef("f", "u", "Bảng.xlsx", 10**8, ""), Code.FILE_TOO_BIG),
        ):
            assert await refusal_of(award_sheets.receive(session, clerk, wrong, now)) is code
        whom = await person(session, town, lan)
        sheet = award_sheet.read(filled({Column.STAFF_CODE: whom.staff_code, Column.NAME: whom.name}))
        numbers = [await award_sheets.receive(session, clerk, file, now) for _ in range(3)]
        for number in numbers:
            assert await award_sheets.judge(session, number, sheet, now) == []
            await award_sheets.read(session, number, sheet, now)
        assert await refusal_of(award_sheets.enter(session, clerk, numbers[-1] + 1, now)) is Code.NOT_FOUND
        await award_sheets.drop(session, clerk, numbers[0], now)
        for act in (award_sheets.enter, award_sheets.drop):
            assert await refusal_of(act(session, clerk, numbers[0], now)) is Code.AWARD_SHEET_SETTLED
        assert await award_sheets.enter(session, second, numbers[1], now)
        assert not await award_sheets.enter(session, clerk, numbers[2], now)
        assert (
            await refusal_of(award_sheets.enter(session, clerk, numbers[1], now)) is Code.AWARD_SHEET_SETTLED
        )
    assert [row.sheet_id for row in await town.rows(Award)] == [numbers[1]]
    kept = [(row.state, row.rows) for row in await town.rows(AwardSheet)]
    assert kept == [("dropped", ""), ("entered", ""), ("faulty", "")]

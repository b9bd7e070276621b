"""Who cannot be written to, as the office and a unit's own people see it, and the sheet of new codes."""

import io
from datetime import timedelta

import pytest
from docx import Document

from core.joining import CODE_IN_LINK, Entrance
from core.refusals import Code, Refusal
from core.roles import Role
from db.models import CodeSheet, Invitation, OutboxRow
from services import code_sheets, cut_off, people
from services.papers import code_sheet
from tests import builders
from tests.chat import Town


def words(docx: bytes) -> list[str]:
    """Every line on a sheet."""
    return [
        paragraph.text
        for row in Document(io.BytesIO(docx)).tables[0].rows
        for cell in row.cells
        for inner in cell.tables
        for part in inner.rows[0].cells
        for paragraph in part.paragraphs
    ]


async def test_the_office_sees_who_is_cut_off_and_hands_out_codes(telegram_town: Town) -> None:
    town = telegram_town
    office = await town.joined("Lê Văn Minh", roles=(Role.OFFICE,))
    blocked = await town.joined("Trần Thị Lan")
    await blocked.blocks()
    async with town.office() as session:
        now = town.clock.now()
        never = await builders.a_person(session, 1, now, name="Phạm Văn Mới", code="NV77")
        stale = await builders.a_person(session, 1, now, name="Lê Thị Hoa", code="NV78")
        old = await builders.a_code(session, stale, now - timedelta(days=4))
    await office.says("menu")
    await office.taps("Mục khác")
    await office.taps("Người chưa liên lạc được")
    assert "Phạm Văn Mới (NV77): chưa được cấp mã" in office.sees
    assert "Lê Thị Hoa (NV78): mã đã hết hạn" in office.sees
    assert "đã chặn bot" in office.sees
    assert "Lê Văn Minh" not in office.screen

    await office.taps("Cấp mã cho cả 3 người")
    assert "1) " in office.sees
    await office.taps("Cấp mã cho 3 người")
    assert "Phiếu mã của 3 người" in office.sees
    ((name, sheet),) = office.files
    assert name.endswith(".docx")
    told = words(sheet)
    codes = [line.removeprefix("Mã: ") for line in told if line.startswith("Mã: ")]
    assert len(codes) == 3
    assert "Phạm Văn Mới" in told

    # None of them lies in the database, and each leads to its person.
    stored = [repr(row) for model in (OutboxRow, Invitation, CodeSheet) for row in await town.rows(model)]
    assert not any(code in row or code.replace("-", "") in row for row in stored for code in codes)
    at = town.stranger().address
    async with town.office() as session:
        assert await people.find_candidate(session, at, old.code, now) is None
        led = {code: await people.find_candidate(session, at, code, town.clock.now()) for code in codes}
    assert {one.person_id for one in led.values() if one is not None} >= {never, stale}

    # The file is forgotten after a day.
    (row,) = await town.rows(CodeSheet)
    kept = town.folder / "files" / "served"
    assert any(row.sha256 in str(path) for path in kept.rglob("*"))
    await town.time_passes(hours=25)
    assert await town.rows(CodeSheet) == []
    assert not any(row.sha256 in str(path) for path in kept.rglob("*"))


async def test_a_units_own_people_see_their_own_alone(telegram_town: Town) -> None:
    town = telegram_town
    async with town.office() as session:
        now = town.clock.now()
        other = await builders.a_unit(session, "Khoa Khác", "KK")
        mine = await builders.a_person(session, 1, now, name="Phạm Văn Mới", code="NV77")
        theirs = await builders.a_person(session, other, now, name="Lê Thị Hoa", code="NV78")
    chat = await town.joined("Lê Văn Minh", roles=(Role.COORDINATOR,))
    staff = await town.joined("Trần Thị Lan")
    async with town.office() as session:
        actor, nobody = await town.actor(session, chat), await town.actor(session, staff)
        assert [one.person_id for one in await cut_off.listed(session, actor, now)] == [mine]
        for who, asked in ((actor, [mine, theirs]), (actor, [10**9]), (nobody, [mine])):
            with pytest.raises(Refusal) as refused:
                await code_sheets.ask(session, who, asked, now)
            assert refused.value.code is Code.NOT_FOUND
        with pytest.raises(Refusal) as refused:
            await cut_off.listed(session, nobody, now)
    assert await town.rows(CodeSheet) == []


async def test_a_slip_says_of_each_channel_how_to_get_in_and_what_to_scan(two_towns: Town) -> None:
    town = two_towns
    office = await town.joined("Lê Văn Minh", roles=(Role.OFFICE,))
    on_zalo = "https://bot.zaloplatforms.com/bots/41"
    entrances = {
        "telegram": Entrance("@MauBot", f"https://t.me/MauBot?start={CODE_IN_LINK}"),
        "zalo": Entrance("Bot Mẫu", on_zalo),
    }
    async with town.office() as session:
        now = town.clock.now()
        person = await builders.a_person(session, 1, now, name="Phạm Văn Mới", code="NV77")
        await code_sheets.ask(session, await town.actor(session, office), [person], now)
    (row,) = await town.rows(CodeSheet)
    async with town.office() as session:
        session.info["entrances"] = lambda: entrances
        (slip,) = await code_sheets.write(session, row.id or 0, now)
    (telegram, _), (zalo, address) = slip.links
    assert (telegram, zalo, address) == ("Telegram", "Zalo", on_zalo)
    told = words(code_sheet.build([slip]))
    assert "Telegram: quét mã QR rồi bấm Bắt đầu." in told
    assert "Zalo: quét mã QR (hoặc tìm «Bot Mẫu»), gõ «lienket» và mã." in told
    assert told[-4:] == ["Telegram", "", "Zalo", ""]

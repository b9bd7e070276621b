"""What became of an announcement, as the office sees it: results, reminders, the workbook, corrections."""

import io
from dataclasses import replace

import openpyxl
import pytest

from bot.filestore import FileStore
from core.announcement_content import Content, Question
from core.messages import FileOut
from core.refusals import Refusal
from db.models import Announcement, AnnouncementSheet, AnnouncementWording
from services import (
    announcement_delivery,
    announcement_results,
    announcement_sheets,
    announcements,
)
from tests.announcing import NOTICE, an_office, confirms, scheduled, sent, slow, state
from tests.chat import Town


async def test_the_results_and_who_is_to_be_called(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    binh = await town.joined("Võ Bình")
    await binh.blocks()
    await town.issue("Ngô Chưa Vào")
    number = await sent(town, office)
    await confirms(town, lan, number)
    await office.says(f"TB {number}")
    assert "Đã nhận: 1/3 người." in office.sees
    assert "1 người chưa tham gia" in office.sees
    assert "1 người đã chặn" in office.sees
    assert "Đã xác nhận đọc: 1 người (100%); chưa: 0." in office.sees
    assert "Nhắc" not in office.sees
    await office.taps("Danh sách cần gọi")
    assert "Ngô Chưa Vào" in office.sees
    assert "Võ Bình" in office.sees
    assert "Lê Thị Lan" not in office.sees
    await office.taps("Quay lại")
    await office.taps("Theo đơn vị")
    assert "đã nhận 1/3, đã xác nhận 1" in office.sees


async def test_how_the_question_was_answered(telegram_town: Town) -> None:
    town = telegram_town
    office, lan, binh = await an_office(town), await town.joined("Lê Lan"), await town.joined("Võ Bình")
    asked = Content("Họp", "Lúc 08:00.", question=Question("Mấy giờ?", ("07:00", "08:00"), 1))
    number = await sent(town, office, asked)
    await lan.taps("08:00")
    await binh.taps("07:00")
    await office.says(f"TB {number}")
    assert "Trả lời đúng: 1/2 người." in office.sees
    assert "• 08:00 (đáp án đúng): 1 người" in office.sees
    assert "• 07:00: 1 người" in office.sees


async def test_one_tap_makes_a_draft_for_those_who_have_not_read(telegram_town: Town) -> None:
    town = telegram_town
    office, lan, binh = await an_office(town), await town.joined("Lê Lan"), await town.joined("Võ Bình")
    number = await sent(town, office)
    await confirms(town, lan, number)
    await office.says(f"TB {number}")
    await office.taps("Nhắc 1 người chưa đọc")
    assert "Bản nháp nhắc đọc đã sẵn sàng" in office.sees
    assert "Nhắc đọc: Họp giao ban" in office.sees
    draft = max(one.id or 0 for one in await town.rows(Announcement))
    async with town.office() as session:
        await announcements.send(session, await town.actor(session, office), draft, town.clock.now())
    await town.time_passes(seconds=65)
    assert "Nhắc đọc" in binh.screen
    assert "Nhắc đọc" not in lan.screen
    await binh.taps("Đã đọc")
    await office.says(f"TB {number}")
    assert "Đã xác nhận đọc: 2 người (100%); chưa: 0." in office.sees


async def test_the_workbook_holds_names_and_never_formulas(telegram_town: Town) -> None:
    town = telegram_town
    office = await an_office(town)
    names = ['=HYPERLINK("http://x.example";"Lan")', "+84 Bình", "@SUM(A1)", "http://x.example/y"]
    for name in names:
        await town.joined(name)
    number = await sent(town, office)
    await office.says(f"TB {number}")
    await office.taps("Tải bảng Excel")
    assert "tệp sẽ đến ở một tin riêng" in office.screen + office.sees
    await town.settle()
    name, content = office.files[-1]
    assert name == f"ket-qua-thong-bao-{number}.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for tab in book for row in tab.iter_rows() for cell in row]
    assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)
    values = [str(cell.value) for cell in cells]
    assert all(name in values for name in names)
    assert values.count("đã nhận") == len(names)
    assert await town.rows(AnnouncementSheet) == []


async def test_who_may_announce_no_longer_gets_no_workbook(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Lan")
    number = await sent(town, office)
    async with town.office() as session:
        reader = await town.actor(session, lan)
        with pytest.raises(Refusal):
            await announcement_sheets.ask(session, reader, number, town.clock.now())
        session.add(
            AnnouncementSheet(announcement_id=number, person_id=reader.person_id, asked_at=town.clock.now())
        )
        await session.flush()
        assert await announcement_sheets.results(session, 1, town.clock.now()) is None
        await announcement_sheets.made(session, 1, "", town.clock.now())
    await town.settle()
    assert lan.files == []
    assert await town.rows(AnnouncementSheet) == []


async def test_a_correction_says_first_where_it_replaces(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    number = await sent(town, office)
    await confirms(town, lan, number)
    await office.says(f"TB {number}")
    await office.taps("Đính chính")
    assert "1 người trên Telegram sẽ thấy bản mới thay ngay bản cũ" in office.sees
    await office.says("Họp lúc 14:00 tại phòng họp 2.")
    await office.says("\u200b")
    assert "Cần một câu lý do" in office.sees
    await office.says("sai giờ và phòng")
    assert "Đính chính: sai giờ và phòng" in office.sees
    assert "14:00" in office.sees
    assert "07:30" in lan.screen
    await office.taps("Gửi đính chính")
    await town.time_passes(seconds=5)
    assert "14:00" in lan.screen
    assert "07:30" not in lan.screen
    await office.says(f"TB {number}")
    assert "Đã xác nhận đọc: 0 người (0%); chưa: 1." in office.sees
    await office.taps("Các bản đã gửi (2)")
    assert "Bản 2/2, Phạm Thị Vân gửi lúc" in office.sees
    assert "Lý do: sai giờ và phòng" in office.sees
    await office.taps("Trang sau")
    assert "Bản 1/2" in office.sees
    assert "07:30" in office.sees


async def test_after_two_days_a_correction_follows(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    number = await sent(town, office)
    await town.time_passes(hours=49)
    await office.says(f"TB {number}")
    await office.taps("Đính chính")
    assert "1 người trên Telegram nhận một tin mới, bản cũ vẫn còn đó" in office.sees
    assert "Đã quá 48 giờ" in office.sees
    await office.says("Họp lúc 14:00.")
    await office.says("sai giờ")
    await office.taps("Gửi đính chính")
    await town.time_passes(seconds=5)
    standing = [str(one) for one in town.surface.bubbles(lan.id)][-2:]
    assert [("07:30" in one, "14:00" in one) for one in standing] == [(True, False), (False, True)]


async def test_without_edits_a_correction_follows_and_wants_its_word(numbers_town: Town) -> None:
    town = numbers_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    number = await sent(town, office)
    await office.says(f"TB {number}")
    await office.taps("Đính chính")
    assert "nhận một tin mới" in office.sees
    await office.says("Họp lúc 14:00.")
    await office.says("sai giờ")
    await office.says("1")
    assert len(await town.rows(AnnouncementWording)) == 1
    await office.says("DINHCHINH")
    assert "14:00" in lan.screen


async def test_a_correction_of_what_was_corrected_meanwhile_is_declined(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    number = await sent(town, office)
    await office.says(f"TB {number}")
    await office.taps("Đính chính")
    await office.says("Họp lúc 14:00.")
    await office.says("sai giờ")
    async with town.office() as session:
        actor, other = await town.actor(session, office), Content("Họp giao ban", "Họp lúc 15:00.")
        await announcement_delivery.correct(session, actor, number, other, "sai giờ", town.clock.now())
    await office.taps("Gửi đính chính")
    assert "đã sang bước khác" in office.sees
    await town.time_passes(seconds=5)
    assert "15:00" in lan.screen
    assert len(await town.rows(AnnouncementWording)) == 2


async def test_taken_back_while_it_is_under_way_nobody_else_gets_it(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    binh = await town.joined("Võ Bình")
    slow(town, lan, 60)
    number = await scheduled(town, office)
    await town.time_passes(seconds=61)
    await office.says(f"TB {number}")
    await office.taps("Thu hồi")
    assert "1 người chưa nhận sẽ không nhận gì" in office.sees
    await office.says("gửi nhầm")
    assert "không hoàn tác được" in office.sees
    await office.taps("Thu hồi")
    await town.time_passes(seconds=5)
    assert "đã được thu hồi. Lý do: gửi nhầm" in binh.screen
    await town.time_passes(minutes=5)
    assert town.surface.bubbles(lan.id) == []
    assert await state(town) == "finished"
    await office.says(f"TB {number}")
    assert "đã thu hồi" in office.sees
    assert "[Đính chính]" not in office.sees


async def test_the_words_are_taken_back_in_their_place_and_the_file_goes(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    sha256 = await FileStore(town.folder / "files").put_served(b"%PDF-1.4 paper")
    with_file = replace(NOTICE, files=(FileOut(sha256, "ke-hoach.pdf", "application/pdf"),))
    number = await sent(town, office, with_file)
    assert [name for name, _content in lan.files] == ["ke-hoach.pdf"]
    async with town.office() as session:
        actor, now = await town.actor(session, office), town.clock.now()
        await announcement_delivery.take_back(session, actor, number, "gửi nhầm", now)
    await town.time_passes(seconds=5)
    (standing,) = [str(one) for one in town.surface.bubbles(lan.id)]
    assert "đã được thu hồi" in standing
    assert "07:30" not in standing


async def test_staff_see_no_results(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    number = await sent(town, office)
    async with town.office() as session:
        actor, now = await town.actor(session, lan), town.clock.now()
        for reading in (
            announcement_results.tally(session, actor, number),
            announcement_results.answers(session, actor, number),
            announcement_results.rows(session, actor, number),
            announcement_results.to_call(session, actor, number),
            announcement_results.wordings(session, actor, number),
            announcement_results.remind_unread(session, actor, number, now),
            announcement_delivery.spread(session, actor, number, NOTICE, now),
            announcement_delivery.correct(session, actor, number, NOTICE, "đùa", now),
            announcement_delivery.take_back(session, actor, number, "đùa", now),
        ):
            with pytest.raises(Refusal):
                await reading
    assert [one.state for one in await town.rows(Announcement)] == ["finished"]
    assert len(await town.rows(AnnouncementWording)) == 1

"""Corrections: title, words and question may be wrong, each alone; what is right stays as it is."""

from dataclasses import replace

from core.announcement_content import Content, Question
from core.messages import FileOut
from db.models import Announcement, AnnouncementRecipient, OutboxRow
from tests.announcing import NOTICE, an_office, confirms, sent
from tests.chat import Chat, Town
from tests.surfaces import TelegramSurface

_ASKED = Content("Họp", "Họp lúc 08:00.", question=Question("Họp lúc mấy giờ?", ("07:00", "08:00"), 1))


async def _correcting(town: Town, content: Content) -> tuple[Chat, Chat, int]:
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    number = await sent(town, office, content)
    await office.says(f"TB {number}")
    await office.taps("Đính chính")
    return office, lan, number


async def _goes(town: Town, office: Chat, reason: str = "sai giờ") -> None:
    await office.says(reason)
    await office.taps("Gửi đính chính")
    await town.time_passes(seconds=5)


async def _content(town: Town) -> Content:
    return Content.from_json((await town.rows(Announcement))[0].content)


async def test_with_new_words_the_question_is_looked_at(telegram_town: Town) -> None:
    town = telegram_town
    office, lan, _number = await _correcting(town, _ASKED)
    await office.says("Họp lúc 14:00.")
    assert "còn đúng với nội dung mới không" in office.sees
    assert "✅ 08:00" in office.sees
    await office.taps("Đổi câu hỏi")
    await office.says("Họp lúc mấy giờ?")
    assert "phương án" in office.sees
    await office.says("Họp lúc mấy giờ?\n13:00\n14:00")
    await office.taps("14:00")
    await office.says("sai giờ")
    assert "✅ 14:00" in office.sees
    await office.taps("Gửi đính chính")
    await town.time_passes(seconds=5)
    assert "Họp lúc 14:00." in lan.screen
    assert "08:00" not in lan.screen
    await lan.taps("14:00")
    assert "Đúng: «14:00»" in lan.screen
    (mine,) = [one for one in await town.rows(AnnouncementRecipient) if one.read_at is not None]
    assert (mine.read_version, mine.answer) == (2, 1)


async def test_the_question_is_taken_off_and_the_words_stay(telegram_town: Town) -> None:
    town = telegram_town
    office, _lan, _number = await _correcting(town, replace(_ASKED, wants_reading=True))
    await office.taps("Sửa câu hỏi")
    await office.taps("Bỏ câu hỏi")
    await _goes(town, office, "câu hỏi sai")
    found = await _content(town)
    assert found.question is None
    assert found.wants_reading
    assert found.body == "Đính chính: câu hỏi sai\n\nHọp lúc 08:00."


async def test_only_the_title_was_wrong_and_then_the_words(telegram_town: Town) -> None:
    town = telegram_town
    office, lan, number = await _correcting(town, NOTICE)
    assert "Giữ nội dung này" not in office.sees
    await office.taps("Sửa tiêu đề")
    await office.says("Họp giao ban quý IV")
    await office.taps("Giữ nội dung này, tiếp tục")
    await _goes(town, office, "thiếu quý")
    assert "Họp giao ban quý IV" in lan.screen
    assert "07:30" in lan.screen
    await office.says(f"TB {number}")
    await office.taps("Đính chính")
    await office.taps("Sửa tiêu đề")
    await office.says("Họp giao ban quý III")
    await office.taps("Giữ nội dung này, tiếp tục")
    await _goes(town, office, "nhầm quý")
    assert (await _content(town)).body == f"Đính chính: nhầm quý\n\n{NOTICE.body}"


async def test_a_question_that_is_still_right_stays(telegram_town: Town) -> None:
    town = telegram_town
    office, _lan, _number = await _correcting(town, _ASKED)
    await office.taps("Sửa câu hỏi")
    await office.taps("Câu hỏi vẫn đúng")
    assert "Đính chính: nội dung đúng" in office.sees
    await office.says("Họp lúc 08:00 ở phòng 2.")
    await _goes(town, office)
    assert (await _content(town)).question == _ASKED.question


async def test_files_cannot_be_corrected_and_that_is_said(telegram_town: Town) -> None:
    town = telegram_town
    async with town.house() as house:
        sha256 = await house.store.put_served(b"%PDF-1.4 paper")
    paper = FileOut(sha256, "ke-hoach.pdf", "application/pdf")
    office, _lan, _number = await _correcting(town, replace(NOTICE, files=(paper,)))
    assert "Tệp đã gửi không sửa được" in office.sees
    assert "thu hồi rồi gửi thông báo mới" in office.sees


async def test_whoever_confirmed_what_is_replaced_is_told_so_once(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    mai = await town.joined("Trần Thị Mai")
    number = await sent(town, office)
    await confirms(town, lan, number)
    before = {one.id: _count(town, one) for one in (lan, mai)}
    await office.says(f"TB {number}")
    await office.taps("Đính chính")
    assert "1 người đã xác nhận bản cũ nhận thêm một tin ngắn" in office.sees
    await office.says("Họp lúc 08:00 tại phòng họp 1.")
    await _goes(town, office)
    assert "vừa được sửa ngay tại tin cũ" in lan.screen
    assert "Đính chính: sai giờ\n\nHọp lúc 08:00" in lan.screen
    await town.time_passes(seconds=5)
    assert _count(town, lan) == before[lan.id] + 1
    assert _count(town, mai) == before[mai.id]
    await lan.taps("Đã đọc")
    assert "Đã ghi nhận" in lan.sees
    (mine,) = [one for one in await town.rows(AnnouncementRecipient) if one.read_at is not None]
    assert (mine.read_version, mine.got, mine.state) == (2, 2, "sent")
    told = [row for row in await town.rows(OutboxRow) if row.batch and ":told:" in (row.once or "")]
    assert [(row.recipient, row.state, row.lane) for row in told] == [(mine.person_id, "sent", 2)]


def _count(town: Town, chat: Chat) -> int:
    assert isinstance(town.surface, TelegramSurface)
    return len(town.surface.api.view(chat.id).messages)

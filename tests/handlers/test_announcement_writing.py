"""Writing an announcement, as whoever writes it sees it."""

from dataclasses import replace

import pytest

from bot.channels import zalo
from core.announcement_content import Content, Question
from core.announcements import Audience, State
from core.roles import Role
from db.models import Announcement
from handlers.announcement_files import Preview, PreviewPlace
from handlers.dialogue import Go
from services import announcement_preview
from tests.chat import Chat, Town
from tests.handlers.test_every_step import a_turn

LETTER = "Họp triển khai phong trào\nĐúng 08:00 thứ Ba tại hội trường.\n\nĐề nghị đến đủ."


async def an_office(town: Town, name: str = "Trần Văn Phòng") -> Chat:
    chat = await town.joined(name, roles=(Role.STAFF, Role.OFFICE))
    await chat.says("/thongbao")
    return chat


async def the_draft(town: Town) -> Content:
    return Content.from_json((await town.rows(Announcement))[-1].content)


async def test_a_text_passed_on_begins_a_draft_and_keeps_its_paragraphs(telegram_town: Town) -> None:
    office = await an_office(telegram_town)
    await office.says(LETTER)
    assert "Đã tạo bản nháp" in office.sees
    content = await the_draft(telegram_town)
    assert content.title == "Họp triển khai phong trào"
    assert content.body == "Đúng 08:00 thứ Ba tại hội trường.\n\nĐề nghị đến đủ."


async def test_a_template_chosen_twice_begins_one_draft(telegram_town: Town) -> None:
    town = telegram_town
    office = await an_office(town)
    await office.taps("Soạn từ mẫu")
    await office.taps("Phát động phong trào")
    await office.taps_twice("Thi đua CCHC")
    assert len(await town.rows(Announcement)) == 1


async def test_what_looks_like_markup_or_hides_is_text(telegram_town: Town) -> None:
    town = telegram_town
    office = await an_office(town)
    await office.says("Họp <b>gấp</b> & *ngay*\nTại <a href='x'>hội\u202etrường\u200b</a> &amp; phòng 5")
    content = await the_draft(town)
    assert content.title == "Họp <b>gấp</b> & *ngay*"
    assert content.body == "Tại <a href='x'>hộitrường</a> &amp; phòng 5"
    await office.taps("Xem trước")
    assert "Tại <a href='x'>hộitrường</a> &amp; phòng 5" in office.sees


async def test_communications_write_too(telegram_town: Town) -> None:
    town = telegram_town
    minh = await town.joined("Đỗ Minh", roles=(Role.COMMUNICATIONS,))
    await minh.says("/thongbao")
    await minh.says(LETTER)
    await minh.sends_photo()
    assert len((await the_draft(town)).files) == 1


@pytest.mark.parametrize("role", [Role.STAFF, Role.HEAD, Role.COORDINATOR, Role.OBSERVER])
async def test_others_do_not(telegram_town: Town, role: Role) -> None:
    town = telegram_town
    lan = await town.joined("Lê Thị Lan", roles=(role,))
    await lan.says("/thongbao")
    await lan.says(LETTER)
    assert await town.rows(Announcement) == []


async def test_every_step_is_kept(telegram_town: Town) -> None:
    town = telegram_town
    office = await an_office(town)
    await office.taps("Soạn thông báo")
    await office.says("Họp")
    assert (await the_draft(town)).title == "Họp"
    await office.says("Đúng 08:00.")
    assert (await the_draft(town)).body == "Đúng 08:00."
    await office.taps("Xác nhận, câu hỏi")
    await office.taps("Cần xác nhận đã đọc")
    assert (await the_draft(town)).wants_reading
    await office.taps("Không cần xác nhận")
    assert not (await the_draft(town)).wants_reading
    await office.says("menu")
    await office.says("/thongbao")
    await office.taps("Họp")
    assert "Đúng 08:00." in office.sees


async def test_a_long_text_cut_by_the_app_is_joined(telegram_town: Town) -> None:
    town = telegram_town
    office = await an_office(town)
    await office.says("Họp\n" + "a" * 3600)
    assert "Gửi tiếp" in office.sees or "gửi tiếp" in office.sees
    await office.says("và phần sau")
    await office.taps("Xong")
    content = await the_draft(town)
    assert content.title == "Họp"
    assert content.body == "a" * 3600 + "\nvà phần sau"


async def test_a_few_letters_begin_nothing(telegram_town: Town) -> None:
    office = await an_office(telegram_town)
    await office.says("xin chào")
    assert await telegram_town.rows(Announcement) == []


async def test_a_question_with_its_answers_in_one_message(town: Town) -> None:
    office = await an_office(town)
    await office.says(LETTER)
    await office.taps("Xác nhận, câu hỏi")
    await office.taps("Đặt câu hỏi")
    await office.says("Họp lúc mấy giờ?")
    await office.says("08:00")
    assert "từ 2 đến 6 phương án" in office.sees
    await office.says("07:00\n08:00\n08:00\n09:00")
    await office.taps("08:00")
    assert (await the_draft(town)).question == Question("Họp lúc mấy giờ?", ("07:00", "08:00", "09:00"), 1)
    await office.taps("Đổi câu hỏi")
    await office.says("Họp ở đâu?\nHội trường\nPhòng 5")
    await office.taps("Hội trường")
    assert (await the_draft(town)).question == Question("Họp ở đâu?", ("Hội trường", "Phòng 5"), 0)
    await office.taps("Bỏ câu hỏi")
    assert (await the_draft(town)).question is None


async def test_a_half_typed_question_is_kept_when_its_author_leaves(town: Town) -> None:
    office = await an_office(town)
    await office.says(LETTER)
    await office.taps("Xác nhận, câu hỏi")
    await office.taps("Đặt câu hỏi")
    await office.says("Họp lúc mấy giờ?")
    (row,) = await town.rows(Announcement)
    for _leaves in range(2):
        await office.says("menu")
        await office.says(f"TB {row.id}")
        await office.taps("Xác nhận, câu hỏi")
        assert "Câu hỏi đang soạn dở: Họp lúc mấy giờ?" in office.sees
    await office.taps("Soạn tiếp câu hỏi")
    assert "từ 2 đến 6 phương án" in office.sees
    await office.says("07:00\n08:00")
    await office.says("menu")
    await office.says(f"TB {row.id}")
    await office.taps("Xác nhận, câu hỏi")
    await office.taps("Soạn tiếp câu hỏi")
    await office.taps("08:00")
    found = await the_draft(town)
    assert (found.unfinished, found.question) == (None, Question("Họp lúc mấy giờ?", ("07:00", "08:00"), 1))
    await office.taps("Đổi câu hỏi")
    await office.says("Họp ở đâu?")
    await office.says("quay lại")
    await office.says("quay lại")
    await office.taps("Bỏ câu hỏi")
    assert await the_draft(town) == found


async def test_the_preview_is_what_leaves(town: Town) -> None:
    office = await an_office(town)
    await office.says("Họp\n" + "\n\n".join("câu dài " * 120 for _ in range(3)))
    if "Xong" in office.screen:
        await office.taps("Xong")
    await office.taps("Xem trước")
    assert "Xem trước trên" in office.sees or "XEM TRƯỚC TRÊN" in office.sees
    async with town.office() as session:
        actor = await town.actor(session, office)
        (seen,) = (await announcement_preview.on_channels(session, actor, 1)).values()
    before = office.bubbles_seen
    assert before
    if len(seen.parts) > 1:
        assert f"Tin 1/{len(seen.parts)}" in office.sees
    await office.taps("Gửi thử cho mình")
    assert "câu dài câu dài" in office.sees


async def test_each_channel_has_a_preview_of_its_own(telegram_town: Town) -> None:
    town = telegram_town
    office = await an_office(town)
    await office.says(LETTER)
    await office.sends_photo()
    async with town.office() as session:
        session.info["capabilities"] = {**session.info["capabilities"], "zalo": zalo.CAPABILITIES}
        actor = await town.actor(session, office)
        seen = await announcement_preview.on_channels(session, actor, 1)
        step, at = Preview(), PreviewPlace(number=1)
        turn = replace(await a_turn(session, office), _actor=actor)
        first = await step.show(turn, at)
        assert first.title == "Xem trước trên Telegram"
        other = await step.chose(turn, at, "on.0")
        assert isinstance(other, Go)
        second = await step.show(turn, PreviewPlace.model_validate(other.place))
    assert {name: len(one.parts) for name, one in seen.items()} == {"telegram": 2, "zalo": 1}
    assert second.title == "Xem trước trên Zalo"
    assert "HỌP TRIỂN KHAI PHONG TRÀO" in second.body
    assert "Xem trên Telegram" in {choice.label for choice in second.choices}


async def test_a_launch_is_filled_in_from_the_plan(telegram_town: Town) -> None:
    town = telegram_town
    office = await an_office(town)
    await office.taps("Soạn từ mẫu")
    await office.taps("Phát động phong trào")
    await office.taps("Thi đua CCHC")
    (row,) = await town.rows(Announcement)
    content = Content.from_json(row.content)
    assert content.title.startswith("Phát động: ")
    who, what, *things = content.body.splitlines()
    assert who.startswith("Đối tượng: ")
    assert what == "Việc cần làm và hạn:"
    assert 1 <= len(things) <= 3
    assert all(one.startswith("▫️ ") for one in things)
    assert "mục «" not in content.body
    assert "hát động" not in content.body
    assert content.wants_reading
    assert row.campaign
    assert Audience.from_json(row.audience).campaign == row.campaign


@pytest.mark.parametrize("template", ["Ngày chủ đề", "Kết quả phong trào"])
async def test_blanks_of_a_template_have_to_be_filled_in(telegram_town: Town, template: str) -> None:
    town = telegram_town
    office = await an_office(town)
    await office.taps("Soạn từ mẫu")
    await office.taps(template)
    await office.taps("Thi đua CCHC")
    await office.taps("Gửi thử cho mình")
    assert "chưa viết nên chưa gửi được" in office.sees
    await office.taps("Tiêu đề")
    await office.says("Kết quả")
    await office.taps("Nội dung")
    await office.says("Đã có kết quả.")
    await office.taps("Gửi thử cho mình")
    assert "Đã có kết quả." in office.sees
    assert "chưa viết" not in office.sees


async def test_the_campaign_it_belongs_to(telegram_town: Town) -> None:
    town = telegram_town
    office = await an_office(town)
    await office.says(LETTER)
    await office.taps("Phong trào")
    await office.taps("Thi đua CCHC")
    (row,) = await town.rows(Announcement)
    assert row.campaign
    assert Audience.from_json(row.audience) == Audience()
    await office.taps("Phong trào")
    await office.taps("Không thuộc phong trào nào")
    assert (await town.rows(Announcement))[0].campaign == ""


async def test_what_was_written_is_given_up_only_when_asked_once_more(town: Town) -> None:
    office = await an_office(town)
    await office.says(LETTER)
    await office.taps("Bỏ bản nháp…")
    assert "Đúng 08:00 thứ Ba" in office.sees
    assert "không lấy lại được" in office.sees
    await office.says("quay lại")
    assert (await town.rows(Announcement))[0].state == State.DRAFT
    await office.taps("Bỏ bản nháp…")
    await office.taps("Bỏ bản nháp")
    assert "Đã bỏ bản nháp" in office.sees
    assert (await town.rows(Announcement))[0].state == State.DISCARDED

"""Sending an announcement as the office does it: now, at a time, with a second person, and who may."""

import pytest

from core.announcements import Audience, Rules, State
from core.refusals import Code, Refusal
from core.roles import Role
from core.texts import announcement_sending as texts
from db.models import Announcement, AnnouncementRecipient
from services import announcement_choices, announcements
from tests import builders
from tests.chat import Town
from tests.handlers.announcing import NOTICE, an_office, drafted, state_of, to_lan


async def test_to_one_unit_sent_now_called_back_and_sent_again(town: Town) -> None:
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    async with town.office() as session:
        other = await builders.a_unit(session, "Trạm Y tế Hoài Xuân", "TYT-HX")
    mai = await town.joined("Phạm Thị Mai", unit=other)
    number = await drafted(town, office)
    assert "Dành cho: mọi người." in office.sees
    await office.taps("Người nhận")
    assert "Lúc này có 3 người: 3 người nhận được." in office.sees
    assert "Phạm Thị Mai" in office.sees
    await office.taps("Đơn vị")
    await office.says("hoài xuân")
    await office.taps("Trạm Y tế Hoài Xuân")
    assert "Đã chọn 1 đơn vị" in office.sees
    await office.says("quay lại")
    await office.says("quay lại")
    assert "• Đơn vị: Trạm Y tế Hoài Xuân (kể cả đơn vị bên dưới)" in office.sees
    assert "Lúc này có 1 người" in office.sees
    await office.says("quay lại")
    await office.taps("Gửi…")
    assert "Bấm gửi rồi vẫn còn 1 phút để gọi lại." in office.sees
    await office.taps("Gửi cho 1 người")
    assert await state_of(town, number) is State.SCHEDULED
    await office.taps("Gọi lại")
    assert await state_of(town, number) is State.DRAFT
    await town.time_passes(minutes=2)
    assert mai.sees == ""
    await office.taps("Gửi…")
    await office.taps("Gửi cho 1 người")
    await town.time_passes(seconds=62)
    assert "Đúng 08:00 thứ Ba" in mai.sees
    assert lan.sees == ""


async def test_on_trial_it_says_so(telegram_town: Town) -> None:
    town = telegram_town
    office = await town.joined("Trần Quản Trị", roles=(Role.ADMINISTRATOR,))
    await town.joined("Lê Thị Lan")
    async with town.office() as session:
        await builders.on_trial(session)
    await drafted(town, office)
    await office.taps("Gửi…")
    assert "Hệ thống đang chạy thử: chỉ quản trị nhận được, 1 người khác chưa nhận." in office.sees


async def test_a_second_person_approves_or_says_why_not(town: Town) -> None:
    office, other = await an_office(town), await an_office(town, "Võ Thị Hai")
    lan = await town.joined("Lê Thị Lan")
    number = await drafted(town, office)
    await office.taps("Gửi…")
    assert "Cần người thứ hai duyệt rồi mới gửi." in office.sees
    await office.taps("Xin duyệt để gửi 3 người")
    assert await state_of(town, number) is State.WAITING
    assert "Thông báo chờ duyệt" in other.sees or "THÔNG BÁO CHỜ DUYỆT" in other.sees
    assert "Duyệt và gửi" not in office.screen
    await other.says("/viec")
    assert "Thông báo (1)" in other.sees
    await other.says(f"TB {number}")
    await other.taps("Không duyệt")
    await other.says("ok")
    assert "quá ngắn" in other.sees
    await other.says("Sai ngày họp, đề nghị sửa lại.")
    assert await state_of(town, number) is State.DRAFT
    assert "Sai ngày họp, đề nghị sửa lại." in office.sees
    await office.says(f"TB {number}")
    await office.taps("Gửi…")
    await office.taps("Xin duyệt để gửi 3 người")
    await other.says(f"TB {number}")
    await other.taps("Xem và duyệt")
    assert "Trần Văn Phòng xin gửi." in other.sees
    await other.taps("Duyệt và gửi")
    assert await state_of(town, number) is State.SCHEDULED
    await town.time_passes(seconds=62)
    assert "Đúng 08:00 thứ Ba" in lan.sees


async def test_a_time_on_a_day_off_is_moved_and_can_be_changed_and_called_off(town: Town) -> None:
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    number = await drafted(town, office)
    await to_lan(office)
    await office.taps("Gửi…")
    await office.taps("Hẹn giờ gửi")
    await office.says("8h hôm qua")
    assert "Chưa hiểu" in office.sees
    await office.says("7h05 23/11/2026")
    assert "đã qua" in office.sees
    await office.says("9h 28/11/2026")
    assert "Gửi lúc 09:00 thứ Hai 30/11/2026." in office.sees
    assert "rơi vào ngày nghỉ nên dời sang ngày làm việc tiếp theo" in office.sees
    await office.taps("Hẹn giờ này")
    assert "Đã hẹn: gửi lúc 09:00 thứ Hai 30/11/2026." in office.sees
    await office.taps("Đổi giờ gửi")
    await office.says("21h 25/11/2026")
    assert "đó là giờ đêm không nhắn tin nên dời lại" in office.sees
    assert "Gửi lúc 07:00 thứ Năm 26/11/2026." in office.sees
    await office.says("14h 25/11/2026")
    await office.taps("Hẹn giờ này")
    await office.says("quay lại")
    await office.taps("Đã hẹn giờ (1)")
    assert "Họp triển khai, 14:00 thứ Tư 25/11/2026" in office.sees
    await office.taps("Họp triển khai")
    await town.time_passes(hours=53)
    assert lan.sees == ""
    await town.time_passes(hours=1)
    assert "Đúng 08:00 thứ Ba" in lan.sees
    assert await state_of(town, number) is not State.SCHEDULED


async def test_one_that_is_scheduled_is_called_off(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    number = await drafted(town, office)
    await to_lan(office)
    await office.taps("Gửi…")
    await office.taps("Hẹn giờ gửi")
    await office.taps("08:00 thứ Tư 25/11/2026")
    await office.taps("Hẹn giờ này")
    await office.taps("Gọi lại")
    assert await state_of(town, number) is State.DRAFT
    await town.time_passes(days=3)
    assert lan.sees == ""
    assert await town.rows(AnnouncementRecipient) == []


async def test_every_year_on_the_same_day_but_never_on_a_day_off(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    number = await drafted(town, office)
    await to_lan(office)
    await office.taps("Gửi…")
    await office.taps("Hẹn giờ gửi")
    await office.says("8h 27/11/2026")
    await office.taps("Lặp lại hằng năm")
    assert "lặp lại hằng năm" in office.sees
    await office.taps("Hẹn giờ này")
    await town.time_passes(days=4)
    assert "Đúng 08:00" in lan.sees
    (again,) = [one for one in await town.rows(Announcement) if one.id != number]
    # 27/11/2027 is a Saturday.
    assert again.wanted_at is not None
    assert again.leaves_at is not None
    assert again.wanted_at.isoformat().startswith("2027-11-27")
    assert again.leaves_at.isoformat().startswith("2027-11-29T01:00")
    assert "được hẹn gửi lại lúc 08:00 thứ Hai 29/11/2027" in office.sees
    assert "Ngày 27/11/2027 là ngày nghỉ nên được dời" in office.sees


async def test_on_a_day_off_the_office_chooses_the_very_day_and_later_years_keep_to_it(town: Town) -> None:
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    number = await drafted(town, office)
    await to_lan(office)
    await office.taps("Gửi…")
    await office.taps("Hẹn giờ gửi")
    await office.says("8h 28/11/2026")
    assert "Gửi lúc 08:00 thứ Hai 30/11/2026." in office.sees
    assert "rơi vào ngày nghỉ nên dời" in office.sees
    assert "Nếu vẫn gửi đúng ngày này thì gửi lúc 08:00 thứ Bảy 28/11/2026." in office.sees
    await office.taps(texts.ON_THE_DAY)
    assert "Gửi lúc 08:00 thứ Bảy 28/11/2026." in office.sees
    assert "Đó là ngày nghỉ; nếu dời thì gửi lúc 08:00 thứ Hai 30/11/2026." in office.sees
    await office.taps("Lặp lại hằng năm")
    assert "Năm nào gặp ngày nghỉ vẫn gửi đúng ngày." in office.sees
    await office.taps("Hẹn giờ này")
    await town.time_passes(days=5)
    assert "Đúng 08:00" in lan.sees
    (again,) = [one for one in await town.rows(Announcement) if one.id != number]
    # 28/11/2027 is a Sunday.
    assert again.on_the_day
    assert again.leaves_at is not None
    assert again.leaves_at.isoformat().startswith("2027-11-28T01:00")
    assert "lúc 08:00 Chủ nhật 28/11/2027." in office.sees


async def test_on_the_very_day_nights_stay_quiet_and_moving_is_a_tap_away(telegram_town: Town) -> None:
    office = await an_office(telegram_town)
    await telegram_town.joined("Lê Thị Lan")
    number = await drafted(telegram_town, office)
    await to_lan(office)
    await office.taps("Gửi…")
    await office.taps("Hẹn giờ gửi")
    await office.says("5h 28/11/2026")
    await office.taps(texts.ON_THE_DAY)
    assert "Gửi lúc 07:00 thứ Bảy 28/11/2026." in office.sees
    assert "đó là giờ đêm không nhắn tin nên dời lại" in office.sees
    await office.taps(texts.MOVE)
    assert "thứ Hai 30/11/2026." in office.sees
    await office.taps(texts.ON_THE_DAY)
    await office.taps("Hẹn giờ này")
    await office.taps("Đổi giờ gửi")
    await office.says("9h 29/11/2026")
    assert "Gửi lúc 09:00 Chủ nhật 29/11/2026." in office.sees
    await office.taps(texts.MOVE)
    await office.taps("Hẹn giờ này")
    (row,) = [one for one in await telegram_town.rows(Announcement) if one.id == number]
    assert row.leaves_at is not None
    assert (row.on_the_day, row.leaves_at.isoformat()[:13]) == (False, "2026-11-30T02")


async def test_at_night_the_morning_is_offered(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    await town.time_passes(hours=48 + 14)
    await drafted(town, office)
    await to_lan(office)
    await office.taps("Gửi…")
    assert "Bây giờ ngoài giờ nhắn tin. Gửi được bình thường từ 07:00 thứ Năm 26/11/2026." in office.sees
    await office.taps("Gửi lúc 07:00 26/11")
    assert "Gửi lúc 07:00 thứ Năm 26/11/2026." in office.sees
    await office.taps("Hẹn giờ này")
    await town.time_passes(hours=8)
    assert lan.sees == ""
    await town.time_passes(hours=1)
    assert "Đúng 08:00" in lan.sees


async def test_a_machine_that_was_off_at_the_time_does_not_send_at_night(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    number = await drafted(town, office)
    await to_lan(office)
    await office.taps("Gửi…")
    await office.taps("Hẹn giờ gửi")
    await office.says("14h 25/11/2026")
    await office.taps("Hẹn giờ này")
    town.clock.move(hours=48 + 14)
    await town.time_passes(seconds=1)
    assert await state_of(town, number) is State.SCHEDULED
    assert lan.sees == ""
    await town.time_passes(hours=9)
    assert "Đúng 08:00" in lan.sees


async def test_only_so_many_a_day_but_another_day_is_free(telegram_town: Town) -> None:
    town = telegram_town
    town.announcements = Rules(a_day=1)
    office = await an_office(town)
    await town.joined("Lê Thị Lan")
    for _ in "12":
        await drafted(town, office)
        await to_lan(office)
        await office.taps("Gửi…")
        await office.taps("Gửi cho 1 người")
    assert "Thứ Hai 23/11/2026 đã có 1 thông báo của anh/chị, đủ mức của một ngày." in office.sees
    await office.taps("Hẹn giờ gửi")
    await office.says("8h 25/11/2026")
    await office.taps("Hẹn giờ này")
    assert "Đã hẹn: gửi lúc 08:00 thứ Tư 25/11/2026." in office.sees


async def test_pressed_twice_it_goes_once(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    await drafted(town, office)
    await to_lan(office)
    await office.taps("Gửi…")
    await office.taps_twice("Gửi cho 1 người")
    await town.time_passes(seconds=62)
    assert lan.bubbles_seen == 1
    assert len(await town.rows(Announcement)) == 1
    assert len(await town.rows(AnnouncementRecipient)) == 1


@pytest.mark.parametrize(
    "role", [one for one in Role if one not in {Role.OFFICE, Role.ADMINISTRATOR, Role.COMMUNICATIONS}]
)
async def test_others_can_neither_see_nor_send(telegram_town: Town, role: Role) -> None:
    town = telegram_town
    office = await an_office(town)
    other = await town.joined("Lê Thị Lan", roles=(role,))
    number = await drafted(town, office)
    before = await town.rows(Announcement)
    for typed in (f"TB {number}", "/thongbao"):
        await other.says(typed)
        assert "Họp triển khai" not in other.sees
        assert "Soạn thông báo" not in other.sees
    async with town.office() as session:
        actor, now = await town.actor(session, other), town.clock.now()
        acts = [
            announcements.begin(session, actor, NOTICE, now),
            announcements.facts(session, actor, number),
            announcements.listed(session, actor, announcements.OPEN),
            announcements.write(session, actor, number, NOTICE, now),
            announcements.aim(session, actor, number, Audience(), now),
            announcements.reach(session, actor, number, now),
            announcements.try_out(session, actor, number, now),
            announcements.send(session, actor, number, now),
            announcements.put_off(session, actor, number, now, now, yearly=True),
            announcements.approve(session, actor, number, now),
            announcements.refuse(session, actor, number, "vì thế này", now),
            announcements.undo(session, actor, number, now),
            announcements.discard(session, actor, number, now),
            announcement_choices.units(session, actor),
            announcement_choices.people(session, actor, "trần"),
            announcement_choices.look(session, actor, number, now),
            announcement_choices.names(session, actor, Audience()),
        ]
        for act in acts:
            with pytest.raises(Refusal) as refused:
                await act
            assert refused.value.code is Code.NOT_FOUND
    assert await town.rows(Announcement) == before


async def test_communications_write_but_the_office_decides(telegram_town: Town) -> None:
    town = telegram_town
    writer = await an_office(town, "Đỗ Truyền Thông", Role.COMMUNICATIONS)
    office = await an_office(town)
    await town.joined("Lê Thị Lan")
    number = await drafted(town, writer)
    await to_lan(writer)
    await writer.taps("Gửi…")
    await writer.taps("Xin duyệt để gửi 1 người")
    assert await state_of(town, number) is State.WAITING
    theirs = await drafted(town, office)
    await office.taps("Gửi…")
    await office.taps("Xin duyệt để gửi 3 người")
    await writer.says(f"TB {theirs}")
    assert "Không tìm thấy" in writer.sees or "không tìm thấy" in writer.sees
    async with town.office() as session:
        actor, now = await town.actor(session, writer), town.clock.now()
        for one in (number, theirs):
            with pytest.raises(Refusal):
                await announcements.approve(session, actor, one, now)
            with pytest.raises(Refusal):
                await announcements.refuse(session, actor, one, "vì thế này", now)


async def test_a_few_more_than_one_may_send_alone_takes_two(telegram_town: Town) -> None:
    town = telegram_town
    town.announcements = Rules(alone=1)
    office = await an_office(town)
    await town.joined("Võ Thị Hai", roles=(Role.ADMINISTRATOR,))
    await town.joined("Lê Thị Lan")
    async with town.office() as session:
        actor, now = await town.actor(session, office), town.clock.now()
        for audience, state in (
            (Audience(roles=frozenset({Role.OFFICE})), State.SCHEDULED),
            (Audience(roles=frozenset({Role.STAFF})), State.WAITING),
            (Audience(units=frozenset({1})), State.WAITING),
        ):
            number = await announcements.begin(session, actor, NOTICE, now, audience)
            assert (await announcements.send(session, actor, number, now)).state is state


async def test_one_that_came_to_be_for_many_waits_for_a_second_person(telegram_town: Town) -> None:
    town = telegram_town
    town.announcements = Rules(alone=1)
    office, other = await an_office(town), await an_office(town, "Võ Thị Hai")
    async with town.office() as session:
        unit = await builders.a_unit(session, "Trạm Y tế Hoài Xuân", "TYT-HX")
    lan = await town.joined("Lê Thị Lan", unit=unit)
    async with town.office() as session:
        actor, now = await town.actor(session, office), town.clock.now()
        number = await announcements.begin(session, actor, NOTICE, now, Audience(units=frozenset({unit})))
        assert (await announcements.send(session, actor, number, now)).state is State.SCHEDULED
    await town.joined("Phạm Thị Mai", unit=unit)
    await town.time_passes(seconds=61)
    assert await state_of(town, number) is State.WAITING
    assert "số người nhận đã thành 2" in office.sees
    assert "Thông báo chờ duyệt" in other.sees
    assert lan.sees == ""
    await other.says(f"TB {number}")
    await other.taps("Xem và duyệt")
    await other.taps("Duyệt và gửi")
    await town.time_passes(seconds=61)
    assert "Đúng 08:00" in lan.sees

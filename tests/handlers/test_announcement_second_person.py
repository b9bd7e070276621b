"""The second person: sees what they agree to, is asked about corrections too, and every year anew."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.announcement_content import Content
from core.announcements import Audience, Rules, State
from core.refusals import Code, Refusal
from core.roles import Role
from db.models import Announcement, Person, RoleGrant
from services import announcement_changes, announcement_delivery, announcements
from tests.chat import Chat, Town
from tests.handlers.announcing import NOTICE, an_office, drafted, state_of, to_lan

WRONG = "Nội dung chưa ai duyệt."


async def _asked(town: Town, office: Chat) -> int:
    """One for everybody that waits."""
    number = await drafted(town, office)
    await office.taps("Gửi…")
    await office.taps("Xin duyệt để gửi 3 người")
    return number


async def _gone(town: Town, office: Chat, other: Chat) -> int:
    """One that everybody has."""
    number = await _asked(town, office)
    async with town.office() as session:
        await announcements.approve(session, await town.actor(session, other), number, town.clock.now())
    await town.time_passes(seconds=61)
    await town.time_passes(seconds=5)
    return number


def _bubbles(town: Town, chat: Chat) -> int:
    return sum(NOTICE.body in str(one) for one in town.surface.bubbles(chat.id))


async def _correct(author: Chat, number: int) -> None:
    await author.says(f"TB {number}")
    await author.taps("Đính chính")
    await author.says("Đúng 14:00 thứ Ba.")
    await author.says("sai giờ")
    assert "Cần người thứ hai duyệt rồi mới gửi." in author.sees
    await author.taps("Gửi đính chính")


async def _leaves_the_office(town: Town, name: str, *, works: bool) -> None:
    (person,) = [one for one in await town.rows(Person) if one.name == name]
    held = [
        one for one in await town.rows(RoleGrant) if one.person_id == person.id and one.role != Role.STAFF
    ]
    async with town.office() as session:
        there = await session.get(Person, person.id)
        assert there is not None
        there.active = works
        for one in held:
            await session.delete(await session.get(RoleGrant, one.id))


async def test_what_was_not_seen_is_not_agreed_to(town: Town) -> None:
    office, other = await an_office(town), await an_office(town, "Võ Thị Hai")
    lan = await town.joined("Lê Thị Lan")
    number = await _asked(town, office)
    assert "Đã chuyển xin duyệt tới Võ Thị Hai." in office.sees
    await other.says(f"TB {number}")
    await other.taps("Xem và duyệt")
    assert "│ Đúng 08:00 thứ Ba tại hội trường." in other.sees
    assert "Lúc này có 3 người" in other.sees
    async with town.office() as session:
        actor, now = await town.actor(session, office), town.clock.now()
        await announcements.undo(session, actor, number, now)
        await announcements.write(session, actor, number, Content("Khác", WRONG), now)
        await announcements.send(session, actor, number, now)
    await other.taps("Duyệt và gửi")
    assert "đã sang bước khác" in other.sees
    assert f"│ {WRONG}" in other.sees
    assert await state_of(town, number) is State.WAITING
    await town.time_passes(seconds=61)
    assert lan.sees == ""
    await other.taps("Duyệt và gửi")
    assert await state_of(town, number) is State.SCHEDULED


async def test_a_time_that_has_passed_is_said(telegram_town: Town) -> None:
    town = telegram_town
    office, other = await an_office(town), await an_office(town, "Võ Thị Hai")
    await town.joined("Lê Thị Lan")
    number = await drafted(town, office)
    await office.taps("Gửi…")
    await office.taps("Hẹn giờ gửi")
    await office.says("14h 25/11/2026")
    await office.taps("Xin duyệt")
    assert "Đã chuyển xin duyệt tới Võ Thị Hai; được duyệt thì gửi đúng giờ đã hẹn." in office.sees
    await town.time_passes(days=3)
    await other.says(f"TB {number}")
    await other.taps("Xem và duyệt")
    assert "Giờ hẹn 14:00 thứ Tư 25/11/2026 đã qua; duyệt thì gửi sau 1 phút." in other.sees


async def test_where_nobody_else_may_approve_it_says_so(telegram_town: Town) -> None:
    town = telegram_town
    office = await an_office(town)
    await town.joined("Lê Thị Lan")
    number = await drafted(town, office)
    await office.taps("Gửi…")
    await office.taps("Xin duyệt để gửi 2 người")
    assert "ngoài anh/chị chưa ai có quyền duyệt" in office.sees
    assert await state_of(town, number) is State.DRAFT


async def test_a_correction_for_everybody_takes_two(town: Town) -> None:
    office, other = await an_office(town), await an_office(town, "Võ Thị Hai")
    lan = await town.joined("Lê Thị Lan")
    number = await _gone(town, office, other)
    await _correct(office, number)
    assert "Đã chuyển xin duyệt tới Võ Thị Hai." in office.sees
    assert "Đính chính của anh/chị đang chờ người thứ hai duyệt." in office.sees
    assert "Đính chính chờ duyệt".casefold() in other.sees.casefold()
    await town.time_passes(seconds=5)
    assert "14:00" not in lan.screen
    await office.taps("Xem bản chờ duyệt")
    assert "Duyệt và gửi" not in office.screen
    async with town.office() as session:
        with pytest.raises(Refusal) as refused:
            await announcement_delivery.approve_change(
                session, await town.actor(session, office), number, town.clock.now()
            )
        assert refused.value.code is Code.TWO_PEOPLE
    await other.says("/thongbao")
    await other.taps("Duyệt sửa: Họp triển khai")
    await other.taps("Xem và duyệt")
    assert "Lý do: sai giờ" in other.sees
    assert "Đúng 14:00 thứ Ba." in other.sees
    await other.taps("Duyệt và gửi")
    assert "Đã duyệt; nội dung mới đang được gửi." in other.sees
    assert "Võ Thị Hai đã duyệt nội dung mới" in office.sees
    await town.time_passes(seconds=5)
    assert "Đúng 14:00 thứ Ba." in lan.screen


async def test_a_correction_that_is_refused_goes_back_with_its_words(telegram_town: Town) -> None:
    town = telegram_town
    office, other = await an_office(town), await an_office(town, "Võ Thị Hai")
    lan = await town.joined("Lê Thị Lan")
    number = await _gone(town, office, other)
    await _correct(office, number)
    await other.says(f"TB {number}")
    await other.taps("Xem và duyệt")
    await other.taps("Không duyệt")
    await other.says("Giờ họp là 15:00, không phải 14:00.")
    assert "Lý do: Giờ họp là 15:00, không phải 14:00." in office.sees
    assert "Đúng 14:00 thứ Ba." in office.sees
    await town.time_passes(seconds=5)
    assert "14:00" not in lan.screen
    await other.says(f"TB {number}")
    assert "chờ người thứ hai duyệt" not in other.sees


async def test_a_correction_is_withdrawn_by_whoever_asked(town: Town) -> None:
    office, other = await an_office(town), await an_office(town, "Võ Thị Hai")
    lan = await town.joined("Lê Thị Lan")
    number = await _gone(town, office, other)
    await _correct(office, number)
    await other.says(f"TB {number}")
    await other.taps("Xem và duyệt")
    async with town.office() as session:
        with pytest.raises(Refusal):
            await announcement_changes.withdraw(
                session, await town.actor(session, other), number, town.clock.now()
            )
    await office.taps("Xem bản chờ duyệt")
    await office.taps("Rút lại")
    assert "Đã rút lại; người nhận vẫn đang có bản cũ." in office.sees
    assert "Đúng 14:00 thứ Ba." in office.sees
    assert "đã rút lại đề nghị đính chính" in other.sees
    await other.taps("Duyệt và gửi")
    await town.time_passes(seconds=5)
    assert "14:00" not in lan.screen


@pytest.mark.parametrize("typed", [False, True])
async def test_another_correction_meanwhile_is_not_refused_unseen(
    telegram_town: Town, *, typed: bool
) -> None:
    """Neither before «Không duyệt» nor while the reason is typed."""
    town = telegram_town
    office, other = await an_office(town), await an_office(town, "Võ Thị Hai")
    await town.joined("Lê Thị Lan")
    number = await _gone(town, office, other)
    await _correct(office, number)
    await other.says(f"TB {number}")
    await other.taps("Xem và duyệt")
    if typed:
        await other.taps("Không duyệt")
    async with town.office() as session:
        actor, now = await town.actor(session, office), town.clock.now()
        content = replace(NOTICE, body="Đúng 15:00 thứ Ba.")
        assert await announcement_delivery.correct(session, actor, number, content, "sai giờ", now) is None
    if not typed:
        await other.taps("Không duyệt")
    await other.says("Giờ họp là 15:00, không phải 14:00.")
    assert "Bản chờ duyệt vừa được thay bằng bản khác" in other.sees
    assert "Đúng 15:00 thứ Ba." in other.sees
    await office.says(f"TB {number}")
    assert "đang chờ người thứ hai duyệt" in office.sees


async def test_another_correction_meanwhile_is_not_agreed_to_unseen(telegram_town: Town) -> None:
    town = telegram_town
    office, other = await an_office(town), await an_office(town, "Võ Thị Hai")
    lan = await town.joined("Lê Thị Lan")
    number = await _gone(town, office, other)
    await _correct(office, number)
    await other.says(f"TB {number}")
    await other.taps("Xem và duyệt")
    async with town.office() as session:
        actor, now = await town.actor(session, office), town.clock.now()
        content = replace(NOTICE, body=WRONG)
        assert await announcement_delivery.correct(session, actor, number, content, "sửa", now) is None
    await other.taps("Duyệt và gửi")
    assert WRONG in other.sees
    await town.time_passes(seconds=5)
    assert WRONG not in lan.screen


async def test_what_is_wrong_is_taken_back_at_once_but_not_by_communications(telegram_town: Town) -> None:
    town = telegram_town
    writer = await an_office(town, "Đỗ Truyền Thông", Role.COMMUNICATIONS)
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    number = await drafted(town, writer)
    await to_lan(writer)
    await writer.taps("Gửi…")
    await writer.taps("Xin duyệt để gửi 1 người")
    async with town.office() as session:
        await announcements.approve(session, await town.actor(session, office), number, town.clock.now())
    await town.time_passes(seconds=61)
    await town.time_passes(seconds=5)
    await _correct(writer, number)
    assert "Đã chuyển xin duyệt tới Trần Văn Phòng." in writer.sees
    async with town.office() as session:
        actor, now = await town.actor(session, writer), town.clock.now()
        assert await announcement_delivery.take_back(session, actor, number, "gửi nhầm", now) is None
        for act in (announcement_delivery.approve_change(session, actor, number, now),):
            with pytest.raises(Refusal):
                await act
    await town.time_passes(seconds=5)
    assert "08:00" in lan.screen
    async with town.office() as session:
        actor, now = await town.actor(session, office), town.clock.now()
        assert await announcement_delivery.take_back(session, actor, number, "gửi nhầm", now) == 1
    await town.time_passes(seconds=5)
    assert "đã được thu hồi" in lan.screen
    assert "bản anh/chị đề nghị không gửi nữa" in writer.sees


@pytest.mark.parametrize("works", [True, False])
async def test_one_whose_author_may_no_longer_announce_waits_for_the_office(
    telegram_town: Town, *, works: bool
) -> None:
    town = telegram_town
    office, other = await an_office(town), await an_office(town, "Võ Thị Hai")
    lan = await town.joined("Lê Thị Lan")
    number = await drafted(town, office)
    await to_lan(office)
    async with town.office() as session:
        actor, now = await town.actor(session, office), town.clock.now()
        await announcements.send(session, actor, number, now, now + timedelta(minutes=30))
    await _leaves_the_office(town, "Trần Văn Phòng", works=works)
    await town.time_passes(minutes=31)
    assert await state_of(town, number) is State.WAITING
    assert lan.sees == ""
    assert "Người soạn không còn quyền tự gửi thông báo." in other.sees
    assert "anh/chị không còn quyền tự gửi" in office.sees
    await other.says(f"TB {number}")
    await other.taps("Xem và duyệt")
    await other.taps("Duyệt và gửi")
    await town.time_passes(seconds=61)
    assert "Đúng 08:00" in lan.sees


async def test_every_year_it_is_approved_anew(telegram_town: Town) -> None:
    town = telegram_town
    office, other = await an_office(town), await an_office(town, "Võ Thị Hai")
    lan = await town.joined("Lê Thị Lan")
    number = await drafted(town, office)
    async with town.office() as session:
        actor, now = await town.actor(session, office), town.clock.now()
        at = now + timedelta(minutes=30)
        await announcements.send(session, actor, number, now, at, yearly=True)
        await announcements.approve(session, await town.actor(session, other), number, now)
    await other.says(f"TB {number}")
    assert ", hằng năm" in other.sees
    await town.time_passes(minutes=31)
    assert "Trước đó 7 ngày, người có quyền duyệt được hỏi lại." in office.sees
    (again,) = [one.id for one in await town.rows(Announcement) if one.id != number]
    assert again is not None
    town.clock.move(days=355)
    await town.time_passes(seconds=1)
    assert await state_of(town, again) is State.SCHEDULED
    town.clock.move(days=4)
    await town.time_passes(seconds=1)
    assert await state_of(town, again) is State.WAITING
    assert "Đây là thông báo hằng năm." in other.sees
    assert "mỗi năm duyệt một lần nên cần người thứ hai duyệt. Đã báo Võ Thị Hai." in office.sees
    await other.says(f"TB {again}")
    await other.taps("Xem và duyệt")
    await other.taps("Duyệt và gửi")
    assert await state_of(town, again) is State.SCHEDULED
    before = _bubbles(town, lan)
    await town.time_passes(days=8)
    assert _bubbles(town, lan) == before + 1


async def test_a_small_one_goes_every_year_by_itself(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    number = await drafted(town, office)
    await to_lan(office)
    async with town.office() as session:
        actor, now = await town.actor(session, office), town.clock.now()
        await announcements.send(session, actor, number, now, now + timedelta(minutes=30), yearly=True)
    await town.time_passes(minutes=31)
    await town.time_passes(seconds=5)
    before = _bubbles(town, lan)
    town.clock.move(days=360)
    await town.time_passes(seconds=1)
    assert _bubbles(town, lan) == before
    await town.time_passes(days=8)
    assert _bubbles(town, lan) == before + 1


async def test_sent_now_by_a_machine_that_went_off_waits_for_the_morning(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    number = await drafted(town, office)
    await to_lan(office)
    await office.taps("Gửi…")
    await office.taps("Gửi cho 1 người")
    town.clock.move(hours=18)
    await town.time_passes(seconds=5)
    assert await state_of(town, number) is State.SCHEDULED
    assert lan.sees == ""
    await town.time_passes(hours=30)
    assert "Đúng 08:00" in lan.sees


async def test_blanks_are_said_before_anything_is_offered(telegram_town: Town) -> None:
    town = telegram_town
    office, _other = await an_office(town), await an_office(town, "Võ Thị Hai")
    await drafted(town, office, Content("Phát động", "Hạn nộp: [điền ngày]."))
    await office.taps("Gửi…")
    assert "Còn chỗ «[điền …]» chưa viết nên chưa gửi được." in office.sees
    assert "Xin duyệt" not in office.screen
    await office.taps("Sửa nội dung")
    await office.says("Hạn nộp: 15/12/2026.")
    await office.taps("Gửi…")
    assert "Xin duyệt để gửi 2 người" in office.screen


async def test_a_correction_for_many_takes_two_where_the_limit_says_so(telegram_town: Town) -> None:
    town = telegram_town
    office, other = await an_office(town), await an_office(town, "Võ Thị Hai")
    await town.joined("Lê Thị Lan")
    async with town.office() as session:
        actor, now = await town.actor(session, office), town.clock.now()
        audience = Audience(roles=frozenset({Role.STAFF}))
        number = await announcements.begin(session, actor, NOTICE, now, audience)
        await announcements.send(session, actor, number, now)
    if await state_of(town, number) is State.WAITING:
        async with town.office() as session:
            await announcements.approve(session, await town.actor(session, other), number, town.clock.now())
    await town.time_passes(seconds=61)
    for rules, waits in ((Rules(alone=2), True), (Rules(alone=3), False)):
        town.announcements = rules
        async with town.office() as session:
            actor, now = await town.actor(session, office), town.clock.now()
            told = await announcement_delivery.correct(session, actor, number, NOTICE, "sửa", now)
        assert (told is None) is waits

"""The office reminds by hand: who gets it, who cannot be reached, how it reads, once a day."""

from datetime import datetime, time

import pytest

from core.refusals import Code, Refusal
from core.roles import Role
from db.models import JournalRow, NudgeRow, OutboxRow, Person
from db.queries import reminders as reminder_queries
from db.queries import settings
from services import nudging
from tests import builders
from tests.chat import Chat, Town
from tests.scheduler.test_reminders import a_report_due, at, december, hands_in, rings

OCCASION = "004:004-D2:2026"


async def moves(town: Town, moment: datetime) -> None:
    """Nothing happens until then."""
    town.clock.move(seconds=(moment - town.clock.now()).total_seconds())


async def to_the_unit(officer: Chat, unit: str = "Khoa Mẫu 1") -> None:
    """The office opens what a unit owes."""
    await to_the_occasion(officer)
    await officer.taps(unit)


async def to_the_occasion(officer: Chat) -> None:
    """The office opens an occasion."""
    await officer.says("menu")
    await officer.taps("Tình hình nộp")
    await officer.taps("Báo cáo")


async def by_hand(town: Town) -> list[NudgeRow]:
    """Reminders sent by hand."""
    return [one for one in await town.rows(NudgeRow) if one.rung.startswith("hand@")]


async def test_one_unit_is_reminded_once_a_day(town: Town) -> None:
    head, deputy, officer = await a_report_due(town)
    await moves(town, at(december(3), 9))
    await to_the_unit(officer)
    assert "Chưa nhắc ai về việc này." in officer.sees
    await officer.taps("Nhắc")
    assert "Trần Thị Trưởng" in officer.sees
    await officer.taps("Xem và sửa lời nhắc")
    await officer.says("Đề nghị khoa gửi báo cáo trước thứ Hai để tổng hợp.")
    preview = officer.sees
    assert head.sees == ""
    await officer.taps("Gửi cho 1 người")
    assert "Đã gửi lời nhắc cho Trần Thị Trưởng" in officer.sees
    assert "Phạm Thị Phòng nhắc: Đề nghị khoa gửi báo cáo trước thứ Hai để tổng hợp." in head.sees
    assert "hết thứ Ba 15/12/2026" in head.sees
    for line in head.sees.splitlines():
        assert line.rpartition(": ")[2].strip("[]").casefold() in preview.casefold()
    assert deputy.sees == ""

    await to_the_unit(officer)
    (line,) = [one for one in officer.sees.splitlines() if one.startswith("Lần nhắc gần nhất: ")]
    assert "Trần Thị Trưởng, 09:" in line
    assert line.endswith("thứ Năm 03/12/2026, văn phòng nhắc trực tiếp; đã gửi đến.")
    await officer.taps("Nhắc")
    assert "Hôm nay đã nhắc" in officer.sees
    assert "Xem và sửa lời nhắc" not in officer.sees
    (kept,) = await by_hand(town)
    assert (kept.obligation, kept.rung) == (f"{OCCASION}:1", "hand@2026-12-03")
    assert [one.verb for one in await town.rows(JournalRow)].count("nudged") == 1

    await moves(town, at(december(7), 9))
    await to_the_unit(officer)
    await officer.taps("Nhắc")
    await officer.taps("Xem và sửa lời nhắc")
    await officer.taps("Gửi cho 1 người")
    assert "Nhắc việc".casefold() in head.sees.casefold()
    assert len(await by_hand(town)) == 2


async def test_a_second_press_of_the_day_says_who_got_it(telegram_town: Town) -> None:
    """Two of the office have the same draft open."""
    town = telegram_town
    head, _deputy, officer = await a_report_due(town)
    other = await town.joined("Lê Thị Văn", roles=(Role.OFFICE,))
    await moves(town, at(december(3), 9))
    for chat in (officer, other):
        await to_the_unit(chat)
        await chat.taps("Nhắc")
        await chat.taps("Xem và sửa lời nhắc")
    await officer.taps("Gửi cho 1 người")
    assert head.bubbles_seen == 1
    await other.taps("Gửi cho 1 người")
    assert "Hôm nay đã nhắc Trần Thị Trưởng" in other.sees
    assert head.bubbles_seen == 0
    assert len(await by_hand(town)) == 1


async def test_whoever_cannot_be_reached_stands_apart_with_their_number(telegram_town: Town) -> None:
    """A head without an account: the deputy gets it; where nobody is left, the office telephones."""
    town = telegram_town
    head, deputy, officer = await a_report_due(town)
    async with town.office() as session:
        second = await builders.a_unit(session, "Khoa Mẫu 2", "K2")
        now = town.clock.now()
        chief = await builders.a_person(
            session, second, now, name="Đỗ Văn Xa", code="XA01", roles=(Role.STAFF, Role.HEAD)
        )
        row = await session.get(Person, chief)
        assert row is not None
        row.phone = "0912345678"
    town.surface.blocks(head.id, blocked=True)
    await town.settle()
    await moves(town, at(december(3), 9))
    await to_the_occasion(officer)
    await officer.taps("Nhắc các đơn vị chưa nộp")
    gets, _, cannot = officer.sees.partition("Không nhắn được, cần gọi điện:")
    assert "Khoa Mẫu 1: Lê Văn Phó (thay Trần Thị Trưởng)" in gets
    assert "Khoa Mẫu 1: Trần Thị Trưởng" in cannot
    assert "Khoa Mẫu 2: Đỗ Văn Xa, 0912345678 (chưa kết nối tài khoản)" in cannot
    await officer.taps("Xem và sửa lời nhắc")
    await officer.taps("Gửi cho 1 người")
    assert "thay Trần Thị Trưởng" in deputy.sees
    assert "Nhắc lại" not in deputy.sees
    (kept,) = await by_hand(town)
    assert (kept.person_id, kept.principal_id) == (2, 1)


async def test_all_that_are_missing_and_nobody_else(telegram_town: Town) -> None:
    town = telegram_town
    head, _deputy, officer = await a_report_due(town)
    async with town.office() as session:
        second = await builders.a_unit(session, "Khoa Mẫu 2", "K2")
    other = await town.joined("Đỗ Văn Hai", roles=(Role.STAFF, Role.HEAD), unit=second)
    await moves(town, at(december(3), 9))
    await hands_in(town)
    await to_the_occasion(officer)
    await officer.taps("Nhắc các đơn vị chưa nộp")
    assert "1 đơn vị chưa nộp" in officer.sees
    await officer.taps("Xem và sửa lời nhắc")
    await officer.taps("Gửi cho 1 người")
    assert "Khoa Mẫu 2" in other.sees
    assert head.bubbles_seen == 0


async def test_nobody_is_reminded_at_night_or_in_their_own_quiet_hours(telegram_town: Town) -> None:
    town = telegram_town
    head, _deputy, officer = await a_report_due(town)
    await moves(town, at(december(3), 19, 50))
    await to_the_unit(officer)
    await officer.taps("Nhắc")
    await officer.taps("Xem và sửa lời nhắc")
    await moves(town, at(december(4), 21))
    await officer.taps("Gửi cho 1 người")
    assert "Gửi được từ 07:30 thứ Hai 07/12/2026" in officer.sees
    assert head.bubbles_seen == 0
    assert await by_hand(town) == []

    async with town.office() as session:
        await reminder_queries.set_quiet_hours(session, 1, (time(8), time(12)))
    await moves(town, at(december(8), 9))
    await to_the_unit(officer)
    await officer.taps("Nhắc")
    assert "giờ riêng không nhận tin đến 12:00 thứ Ba 08/12/2026" in officer.sees
    assert "Lê Văn Phó (thay Trần Thị Trưởng)" in officer.sees


async def test_the_ladder_says_nothing_more_that_day(telegram_town: Town) -> None:
    """Reminded by hand on a morning on which nobody rang: the rung of that day comes the next one."""
    town = telegram_town
    head, _deputy, officer = await a_report_due(town)
    await moves(town, at(december(4), 8))
    await to_the_unit(officer)
    await officer.taps("Nhắc")
    await officer.taps("Xem và sửa lời nhắc")
    await officer.taps("Gửi cho 1 người")
    assert head.bubbles_seen == 1
    await rings(town, at(december(4), 9))
    assert head.bubbles_seen == 0
    await rings(town, at(december(7), 8))
    assert head.bubbles_seen == 1


async def test_what_is_handed_in_meanwhile_is_taken_back(telegram_town: Town) -> None:
    """Queued by hand and done before it left: it does not leave."""
    town = telegram_town
    head, _deputy, officer = await a_report_due(town)
    await moves(town, at(december(3), 9))
    async with town.office() as session:
        actor = await town.actor(session, officer)
        await nudging.send(session, actor, f"{OCCASION}:1", "", town.clock.now())
    await hands_in(town)
    await town.settle()
    assert head.bubbles_seen == 0
    assert await by_hand(town) == []
    assert {row.state for row in await town.rows(OutboxRow) if row.lane == 1} == {"cancelled"}


async def test_bad_words_keep_the_draft(telegram_town: Town) -> None:
    town = telegram_town
    head, _deputy, officer = await a_report_due(town)
    await moves(town, at(december(3), 9))
    await to_the_unit(officer)
    await officer.taps("Nhắc")
    await officer.taps("Xem và sửa lời nhắc")
    await officer.says("x" * 5000)
    assert "quá giới hạn 600 ký tự" in officer.sees
    await officer.says("\u200b\u202e ab")
    assert "quá ngắn" in officer.sees
    await officer.says("<b>Gấp</b> 30/2 **ngay** \u202e")
    assert "<b>Gấp</b> 30/2 **ngay**" in officer.sees
    await officer.taps("Gửi cho 1 người")
    assert "Phạm Thị Phòng nhắc: <b>Gấp</b> 30/2 **ngay**\n" in head.sees


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.OFFICE])
@pytest.mark.parametrize("about", [f"{OCCASION}:1", f"due.{OCCASION}"])
async def test_only_the_office_reminds(telegram_town: Town, role: Role, about: str) -> None:
    """Whoever else tries, also the unit's own head, is told that there is no such thing."""
    town = telegram_town
    await a_report_due(town)
    somebody = await town.joined("Ngô Văn Ai", roles=(role,))
    await moves(town, at(december(3), 9))
    now = town.clock.now()
    for act in (
        lambda session, actor: nudging.aims(session, actor, about, now),
        lambda session, actor: nudging.opens_at(session, actor, now),
        lambda session, actor: nudging.send(session, actor, about, "", now),
    ):
        async with town.office() as session:
            with pytest.raises(Refusal) as refused:
                await act(session, await town.actor(session, somebody))
        assert refused.value.code is Code.NOT_FOUND
    assert await by_hand(town) == []


@pytest.mark.parametrize(
    "about", ["", "due.", "due.004:004-D2:2019", "004:004-D2:2026:99", "1", "x" * 200, "004:004-D2:2026:²"]
)
async def test_a_guessed_key_is_not_found(telegram_town: Town, about: str) -> None:
    town = telegram_town
    _head, _deputy, officer = await a_report_due(town)
    await moves(town, at(december(3), 9))
    async with town.office() as session:
        with pytest.raises(Refusal) as refused:
            await nudging.send(session, await town.actor(session, officer), about, "", town.clock.now())
    assert refused.value.code is Code.NOT_FOUND
    assert await by_hand(town) == []


async def test_what_is_done_is_not_asked_for(telegram_town: Town) -> None:
    town = telegram_town
    _head, _deputy, officer = await a_report_due(town)
    await moves(town, at(december(3), 9))
    await hands_in(town)
    await to_the_unit(officer)
    assert "[Nhắc]" not in officer.sees
    async with town.office() as session:
        with pytest.raises(Refusal) as refused:
            await nudging.send(
                session, await town.actor(session, officer), f"{OCCASION}:1", "", town.clock.now()
            )
    assert refused.value.code is Code.NOTHING_TO_NUDGE


async def up_to_the_office(town: Town) -> tuple[Chat, Chat]:
    """Nobody hands in, until the office is told."""
    head, _deputy, officer = await a_report_due(town)
    for day in (14, 15, 16, 17):
        await rings(town, at(december(day)))
    return head, officer


async def test_what_comes_up_to_the_office_offers_to_act(town: Town) -> None:
    head, officer = await up_to_the_office(town)
    assert "Theo thang nhắc việc («sau 2 ngày làm việc: báo văn phòng»)" in officer.sees
    assert "Đã làm" not in officer.sees
    await officer.taps("Gia hạn")
    assert "gia hạn" in officer.sees.casefold()
    assert "Khoa Mẫu 1" in officer.sees
    await officer.says("menu")
    await officer.taps("Phân công")
    assert "Khoa Mẫu 1" in officer.sees
    await officer.says("menu")
    await officer.taps("Nhắc")
    await officer.taps("Xem và sửa lời nhắc")
    assert "đã quá hạn" in officer.sees.casefold()
    await officer.taps("Gửi cho 1 người")
    assert "Phạm Thị Phòng nhắc: Việc dưới đây đã quá hạn." in head.sees
    assert "Nhắc lại" not in head.sees


async def test_open_leads_to_where_it_is_done(town: Town) -> None:
    """A head comes to handing in, somebody of the office to what the unit owes."""
    head, officer = await up_to_the_office(town)
    await head.taps("Mở")
    assert "Nộp báo cáo" in head.sees
    await officer.taps("Mở")
    assert "Khoa Mẫu 1" in officer.sees
    assert "[Phân công]" in officer.sees or "Phân công" in officer.sees


async def test_the_boards_doors(telegram_town: Town) -> None:
    town = telegram_town
    _head, _deputy, officer = await a_report_due(town)
    await moves(town, at(december(3), 9))
    await to_the_unit(officer)
    await officer.taps("Gia hạn")
    assert "Khoa Mẫu 1" in officer.sees
    await officer.taps("Quay lại")
    await to_the_unit(officer)
    await officer.taps("Phân công")
    assert "Khoa Mẫu 1" in officer.sees
    await officer.taps("Quay lại")
    assert "Phân công" in officer.sees


async def test_a_door_of_somebody_elses_reminder_opens_nothing(numbers_town: Town) -> None:
    """The office's doors are the office's, and only for what came to them."""
    town = numbers_town
    head, officer = await up_to_the_office(town)
    for word in ("DONDOC", "DONDOCHET", "CHOHAN", "PHANCONG"):
        await officer.says(f"{word} 1")  # The head's own.
        assert "Không tìm thấy" in officer.sees, word
        await head.says(f"{word} 1")
        assert "Không tìm thấy" in head.sees or word == "PHANCONG", word
    assert await by_hand(town) == []


async def test_on_trial_the_office_is_told_that_nobody_can_be_written_to(telegram_town: Town) -> None:
    town = telegram_town
    head, _deputy, _officer = await a_report_due(town)
    both = await town.joined("Vũ Thị Quản", roles=(Role.OFFICE, Role.ADMINISTRATOR))
    async with town.office() as session:
        await settings.write(session, "mode", "")
    await moves(town, at(december(3), 9))
    await to_the_unit(both)
    await both.taps("Nhắc")
    assert "đang chạy thử nên chưa nhắn được" in both.sees
    assert "Xem và sửa lời nhắc" not in both.sees
    async with town.office() as session:
        with pytest.raises(Refusal) as refused:
            await nudging.send(
                session, await town.actor(session, both), f"{OCCASION}:1", "", town.clock.now()
            )
    assert refused.value.code is Code.NOBODY_TO_NUDGE
    assert head.bubbles_seen == 0
    assert await by_hand(town) == []


async def test_many_units_are_listed_a_page_at_a_time(telegram_town: Town) -> None:
    town = telegram_town
    _head, _deputy, officer = await a_report_due(town)
    async with town.office() as session:
        for place in range(2, 13):
            unit = await builders.a_unit(session, f"Khoa Mẫu {place}", f"K{place}")
            roles = (Role.STAFF, Role.HEAD)
            await builders.a_person(
                session, unit, town.clock.now(), name=f"Đỗ Văn {place}", code=f"XA{place}", roles=roles
            )
    await moves(town, at(december(3), 9))
    await to_the_occasion(officer)
    await officer.taps("Nhắc các đơn vị chưa nộp")
    assert "12 đơn vị chưa nộp: sẽ nhắc 1, không nhắn được 11." in officer.sees
    assert "chưa có số điện thoại" in officer.sees
    first = officer.sees
    await officer.taps("Trang sau")
    assert "Trang sau" not in officer.sees
    shown = {line for line in officer.sees.splitlines() if line.startswith("• ")}
    assert len(shown) == 2
    assert not shown & set(first.splitlines())
    await officer.taps("Trang trước")
    assert "Khoa Mẫu 1: Trần Thị Trưởng" in officer.sees

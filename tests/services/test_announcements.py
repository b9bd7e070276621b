"""Announcements from the draft to the last reader, on the real outbox and a real courier."""

import pytest

from core.announcement_content import Content, Question
from core.announcements import Audience, Condition, NotReached, State
from core.refusals import Code, Refusal
from core.roles import Role
from db.models import AnnouncementRecipient, OutboxRow
from services import (
    announcement_delivery,
    announcement_reading,
    announcement_results,
    announcements,
    campaigns,
)
from services.actor import Actor
from tests.chat import Chat, Town

NOTICE = Content("Họp triển khai", "Đúng 08:00 thứ Ba tại hội trường.", wants_reading=True)


async def _office(town: Town, name: str = "Trần Văn Phòng") -> Chat:
    return await town.joined(name, roles=(Role.STAFF, Role.OFFICE))


async def _draft(
    town: Town, author: Chat, content: Content = NOTICE, audience: Audience | None = None
) -> int:
    async with town.office() as session:
        actor = await town.actor(session, author)
        aimed = audience or Audience(roles=frozenset({Role.STAFF}))
        return await announcements.begin(session, actor, content, town.clock.now(), aimed)


async def _send(town: Town, author: Chat, number: int) -> State:
    async with town.office() as session:
        actor = await town.actor(session, author)
        return (await announcements.send(session, actor, number, town.clock.now())).state


async def _sent(town: Town, author: Chat, content: Content = NOTICE) -> int:
    number = await _draft(town, author, content)
    assert await _send(town, author, number) is State.SCHEDULED
    await town.time_passes(seconds=61)
    await town.time_passes(seconds=5)
    return number


async def test_it_leaves_after_the_hold_and_the_office_knows_whom_it_reached(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await _office(town), await town.joined("Lê Thị Lan")
    await town.issue("Ngô Chưa Vào")
    number = await _draft(town, office)
    assert await _send(town, office, number) is State.SCHEDULED
    await town.time_passes(seconds=40)
    assert lan.sees == ""
    await town.time_passes(seconds=25)
    assert "Đúng 08:00 thứ Ba" in lan.sees
    await town.time_passes(seconds=5)
    async with town.office() as session:
        actor = await town.actor(session, office)
        found = await announcement_results.tally(session, actor, number)
        assert (found.sent, found.waiting, found.total) == (2, 0, 3)
        assert found.not_reached == {NotReached.NO_ACCOUNT: 1}
        (missed,) = await announcement_results.to_call(session, actor, number)
        assert missed.name == "Ngô Chưa Vào"
        assert (await announcements.facts(session, actor, number)).state is State.FINISHED


async def test_called_back_within_the_hold_nobody_hears_of_it(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await _office(town), await town.joined("Lê Thị Lan")
    number = await _draft(town, office)
    await _send(town, office, number)
    async with town.office() as session:
        actor = await town.actor(session, office)
        await announcements.undo(session, actor, number, town.clock.now())
    await town.time_passes(minutes=5)
    assert lan.sees == ""
    assert await town.rows(AnnouncementRecipient) == []


async def test_for_everybody_a_second_person_has_to_approve(telegram_town: Town) -> None:
    town = telegram_town
    office, other = await _office(town), await _office(town, "Võ Thị Hai")
    lan = await town.joined("Lê Thị Lan")
    number = await _draft(town, office, audience=Audience())
    assert await _send(town, office, number) is State.WAITING
    await town.time_passes(minutes=5)
    assert lan.sees == ""
    async with town.office() as session:
        with pytest.raises(Refusal) as refused:
            await announcements.approve(session, await town.actor(session, office), number, town.clock.now())
        assert refused.value.code is Code.TWO_PEOPLE
        await announcements.approve(session, await town.actor(session, other), number, town.clock.now())
    await town.time_passes(seconds=70)
    assert "Đúng 08:00" in lan.sees


async def test_whoever_confirmed_is_not_reminded_again(telegram_town: Town) -> None:
    town = telegram_town
    office, lan, binh = await _office(town), await town.joined("Lê Thị Lan"), await town.joined("Võ Bình")
    number = await _sent(town, office)
    async with town.office() as session:
        await announcement_reading.read(session, await town.actor(session, lan), number, 1, town.clock.now())
        actor = await town.actor(session, office)
        again = await announcement_results.remind_unread(session, actor, number, town.clock.now())
        reach = await announcements.reach(session, actor, again, town.clock.now())
        assert {one.name for one in reach.people} == {"Trần Văn Phòng", "Võ Bình"}
    await _send(town, office, again)
    await town.time_passes(seconds=70)
    assert "Nhắc đọc" in binh.sees
    assert lan.sees == ""


async def test_a_correction_takes_the_place_of_the_wrong_wording(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await _office(town), await town.joined("Lê Thị Lan")
    number = await _sent(town, office)
    async with town.office() as session:
        actor = await town.actor(session, office)
        right = Content("Họp triển khai", "Đúng 14:00 thứ Ba tại hội trường.", wants_reading=True)
        told = await announcement_delivery.correct(session, actor, number, right, "sai giờ", town.clock.now())
        assert told == 2
    await town.time_passes(seconds=5)
    assert "14:00" in lan.screen
    assert "Đính chính: sai giờ" in lan.screen
    assert "08:00" not in lan.screen
    rows = [row for row in await town.rows(OutboxRow) if row.batch == number]
    assert len(rows) == 4
    assert {row.state for row in rows} == {"sent"}


async def test_taken_back_it_says_so_where_it_stood(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await _office(town), await town.joined("Lê Thị Lan")
    number = await _sent(town, office)
    async with town.office() as session:
        actor = await town.actor(session, office)
        await announcement_delivery.take_back(session, actor, number, "gửi nhầm", town.clock.now())
    await town.time_passes(seconds=5)
    assert "đã được thu hồi" in lan.screen
    assert "08:00" not in lan.screen


async def test_the_first_answer_counts_and_confirms(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await _office(town), await town.joined("Lê Thị Lan")
    asked = Content("Họp", "Lúc 08:00.", question=Question("Họp lúc mấy giờ?", ("07:00", "08:00"), 1))
    number = await _sent(town, office, asked)
    async with town.office() as session:
        reader = await town.actor(session, lan)
        for place in (1, 0):
            await announcement_reading.answer(session, reader, number, 1, place, town.clock.now())
        found = await announcement_results.tally(session, await town.actor(session, office), number)
        assert (found.read, found.answered, found.right) == (1, 1, 1)


async def test_strangers_to_it_find_nothing(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await _office(town), await town.joined("Lê Thị Lan")
    other = await _office(town, "Võ Thị Hai")
    number = await _draft(town, office)
    async with town.office() as session:
        now = town.clock.now()
        for chat in (lan, other):
            actor: Actor = await town.actor(session, chat)
            with pytest.raises(Refusal) as refused:
                await announcements.write(session, actor, number, NOTICE, now)
            assert refused.value.code is Code.NOT_FOUND
            with pytest.raises(Refusal):
                await announcement_reading.read(session, actor, number, 1, now)
        assert (await announcements.facts(session, await town.actor(session, office), number)).version == 1


async def test_who_has_not_begun_is_found(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await _office(town), await town.joined("Lê Thị Lan")
    await town.answers(lan)
    async with town.office() as session:
        actor = await town.actor(session, office)
        ((_version, campaign),) = await campaigns.in_force(session)
        aimed = Audience(campaign=campaign.code, condition=Condition.NOT_BEGUN)
        number = await announcements.begin(session, actor, NOTICE, town.clock.now(), aimed)
        found = await announcements.reach(session, actor, number, town.clock.now())
        assert [one.name for one in found.people] == ["Trần Văn Phòng"]

"""Reminders of an announcement: what their readers confirm, also after it was changed or taken back."""

from dataclasses import replace

import pytest

from core.announcement_content import Content, Question
from core.announcements import Audience, State
from core.refusals import Code, Refusal
from core.roles import Role
from core.texts import announcement_reading as texts
from core.texts import announcements as told
from db.models import AnnouncementRecipient
from services import announcement_delivery, announcement_results, announcements
from tests.chat import Chat, Town

NOTICE = Content("Họp giao ban", "Họp lúc 07:30.", wants_reading=True)
QUESTION = Content("Hạn nộp", "Nộp trước 15/12.", question=Question("Ngày nào?", ("14/12", "15/12"), 0))


async def announced(town: Town, content: Content = NOTICE) -> tuple[Chat, Chat, int, int]:
    """The office announced it to Lan, and has the draft of a reminder ready."""
    office = await town.joined("Phạm Thị Vân", "VP001", (Role.OFFICE,))
    lan = await town.joined("Trần Thị Lan")
    async with town.office() as session:
        actor, now = await town.actor(session, office), town.clock.now()
        staff = Audience(roles=frozenset({Role.STAFF}))
        number = await announcements.begin(session, actor, content, now, staff)
        await announcements.send(session, actor, number, now)
    await arrive(town)
    async with town.office() as session:
        actor = await town.actor(session, office)
        draft = await announcement_results.remind_unread(session, actor, number, town.clock.now())
    return office, lan, number, draft


async def arrive(town: Town) -> None:
    """The hold passes, what is to leave arrives and is counted."""
    await town.time_passes(seconds=61)
    await town.time_passes(seconds=5)


async def send(town: Town, office: Chat, number: int) -> None:
    """Let it go at once."""
    async with town.office() as session:
        await announcements.send(session, await town.actor(session, office), number, town.clock.now())


async def readings(town: Town, number: int) -> list[tuple[int | None, int | None]]:
    """What each recipient of one confirmed and answered."""
    found = await town.rows(AnnouncementRecipient)
    return [(one.read_version, one.answer) for one in found if one.announcement_id == number]


async def test_confirming_the_reminder_confirms_the_announcement(town: Town) -> None:
    office, lan, number, draft = await announced(town)
    await send(town, office, draft)
    await arrive(town)
    await lan.taps("Đã đọc")
    assert "Anh/chị đã xác nhận" in lan.sees
    assert await readings(town, number) == [(1, None)]


async def test_a_reminder_of_a_wording_of_before(town: Town) -> None:
    """Whoever confirms the old words is shown the right ones."""
    office, lan, number, draft = await announced(town)
    async with town.office() as session:
        actor, right = await town.actor(session, office), replace(NOTICE, body="Họp lúc 14:00.")
        await announcement_delivery.correct(session, actor, number, right, "sai giờ", town.clock.now())
        await announcements.write(session, actor, draft, told.reminder(NOTICE), town.clock.now())
    await arrive(town)
    await send(town, office, draft)
    await arrive(town)
    assert "07:30" in lan.screen
    await lan.taps("Đã đọc")
    assert texts.CORRECTED in lan.sees
    assert "14:00" in lan.sees
    assert await readings(town, number) == [(None, None)]


async def test_a_reminder_in_other_words_counts_too(town: Town) -> None:
    office, lan, number, draft = await announced(town)
    async with town.office() as session:
        actor = await town.actor(session, office)
        words = replace(NOTICE, body="Đề nghị anh/chị đọc thông báo họp giao ban.")
        await announcements.write(session, actor, draft, words, town.clock.now())
    await send(town, office, draft)
    await arrive(town)
    await lan.taps("Đã đọc")
    assert await readings(town, number) == [(1, None)]


async def test_a_reminder_with_another_question_does_not_answer_the_first(town: Town) -> None:
    office, lan, number, draft = await announced(town, QUESTION)
    async with town.office() as session:
        actor = await town.actor(session, office)
        other = replace(QUESTION, question=Question("Nộp ở đâu?", ("Phòng 1", "Phòng 2"), 1))
        await announcements.write(session, actor, draft, other, town.clock.now())
    await send(town, office, draft)
    await arrive(town)
    await lan.taps("Phòng 2")
    assert "Ngày nào?" in lan.sees
    assert await readings(town, number) == [(None, None)]


async def test_one_that_is_taken_back_reminds_nobody(telegram_town: Town) -> None:
    town = telegram_town
    office, lan, number, draft = await announced(town)
    async with town.office() as session:
        actor = await town.actor(session, office)
        await announcement_delivery.take_back(session, actor, number, "gửi nhầm", town.clock.now())
    await arrive(town)
    async with town.office() as session:
        actor = await town.actor(session, office)
        with pytest.raises(Refusal) as refused:
            await announcements.send(session, actor, draft, town.clock.now())
        assert refused.value.code is Code.ANNOUNCEMENT_MOVED_ON
    assert "Nhắc đọc" not in lan.screen


async def test_taken_back_in_the_hold_of_its_reminder(telegram_town: Town) -> None:
    town = telegram_town
    office, lan, number, draft = await announced(town)
    await send(town, office, draft)
    async with town.office() as session:
        actor = await town.actor(session, office)
        await announcement_delivery.take_back(session, actor, number, "gửi nhầm", town.clock.now())
    await arrive(town)
    assert "Nhắc đọc" not in lan.screen
    assert await readings(town, draft) == []
    async with town.office() as session:
        found = await announcements.facts(session, await town.actor(session, office), draft)
        assert found.state is State.DISCARDED


async def test_aimed_at_others_it_is_an_announcement_of_its_own(telegram_town: Town) -> None:
    """Whoever never got the first one can confirm what they got."""
    town = telegram_town
    office, _lan, number, draft = await announced(town)
    hai = await town.joined("Võ Thị Hai", "TT001", (Role.COORDINATOR,))
    async with town.office() as session:
        actor = await town.actor(session, office)
        aimed = Audience(roles=frozenset({Role.COORDINATOR}))
        await announcements.aim(session, actor, draft, aimed, town.clock.now())
    await send(town, office, draft)
    await arrive(town)
    await hai.taps("Đã đọc")
    assert "Anh/chị đã xác nhận" in hai.sees
    assert await readings(town, draft) == [(1, None)]
    assert await readings(town, number) == [(None, None)]

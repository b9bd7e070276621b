"""Wrong words never stay behind: whoever has part of them, or is reminded of them, gets the right ones."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from bot.emulators.telegram import BotApi, Fault
from bot.emulators.telegram.faults import too_many
from core.announcement_content import Content
from core.announcements import Audience, NotReached, State
from core.messages import FileOut
from core.refusals import Code, Refusal
from core.roles import Role
from db.models import Announcement, AnnouncementRecipient, OutboxRow
from db.queries import outbox as outbox_queries
from db.transaction import Session
from services import (
    announcement_delivery,
    announcement_departure,
    announcement_reading,
    announcement_results,
    announcements,
)
from services.actor import Actor
from tests.announcing import leaves
from tests.chat import Chat, Town
from tests.surfaces import TelegramSurface

NOTICE = Content("Họp triển khai", "Đúng 08:00 thứ Ba tại hội trường.", wants_reading=True)
RIGHT = replace(NOTICE, body="Đúng 14:00 thứ Ba tại hội trường.")


@asynccontextmanager
async def of(town: Town, chat: Chat) -> AsyncIterator[tuple[Session, Actor]]:
    """A transaction of somebody's."""
    async with town.office() as session:
        yield session, await town.actor(session, chat)


def api(town: Town) -> BotApi:
    """Telegram, as it is played."""
    assert isinstance(town.surface, TelegramSurface)
    return town.surface.api


async def people(town: Town) -> tuple[Chat, Chat]:
    """Somebody of the office, and Lan who gets what they announce."""
    return await town.joined("Trần Văn Phòng", roles=(Role.STAFF, Role.OFFICE)), await town.joined(
        "Lê Thị Lan"
    )


async def begun(town: Town, office: Chat, content: Content = NOTICE) -> int:
    """One that leaves in a minute."""
    async with of(town, office) as (session, actor):
        now, staff = town.clock.now(), Audience(roles=frozenset({Role.STAFF}))
        number = await announcements.begin(session, actor, content, now, staff)
        await announcements.send(session, actor, number, now)
    return number


async def arrived(town: Town) -> None:
    """The hold passes, what is to leave arrives and is counted."""
    await town.time_passes(seconds=61)
    await town.time_passes(seconds=5)


async def sent(town: Town, office: Chat, content: Content = NOTICE) -> int:
    """One that has arrived."""
    number = await begun(town, office, content)
    await arrived(town)
    return number


async def with_file(town: Town) -> Content:
    """The notice with a file."""
    async with town.house() as house:
        paper = FileOut(await house.store.put_served(b"%PDF-1.7"), "a.pdf", "application/pdf")
    return replace(NOTICE, files=(paper,))


async def corrected(town: Town, office: Chat, number: int, right: Content = RIGHT) -> int | None:
    """Correct it."""
    async with of(town, office) as (session, actor):
        return await announcement_delivery.correct(session, actor, number, right, "sai giờ", town.clock.now())


async def taken_back(town: Town, office: Chat, number: int) -> int | None:
    """Take it back."""
    async with of(town, office) as (session, actor):
        return await announcement_delivery.take_back(session, actor, number, "gửi nhầm", town.clock.now())


def words(town: Town, chat: Chat) -> list[str]:
    """Everything that stands in a chat."""
    return [message.text for message in api(town).view(chat.id).messages]


async def state_of(town: Town, number: int) -> str:
    """Where one stands."""
    return next(row.state for row in await town.rows(Announcement) if row.id == number)


async def test_taken_back_while_a_file_of_it_waits(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await people(town)
    api(town).faults.add(too_many(60, chat_id=lan.id, method="sendDocument"))
    number = await begun(town, office, await with_file(town))
    await town.time_passes(seconds=61)
    assert await taken_back(town, office, number) == 2
    await town.time_passes(seconds=120)
    assert "đã được thu hồi" in lan.screen
    assert not any("08:00" in one for one in words(town, lan))


async def test_corrected_where_a_file_of_it_was_refused(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await people(town)
    content = await with_file(town)
    api(town).faults.add(Fault("sendDocument", chat_id=lan.id, status=400))
    number = await sent(town, office, content)
    assert "08:00" in lan.screen
    await corrected(town, office, number, replace(RIGHT, files=content.files))
    await town.time_passes(seconds=10)
    await town.time_passes(seconds=5)
    assert "14:00" in "".join(words(town, lan))
    assert not any("08:00" in one for one in words(town, lan))
    async with of(town, office) as (session, actor):
        assert (await announcement_results.tally(session, actor, number)).sent == 2


async def test_corrected_while_a_file_of_it_waits_the_file_still_comes_once(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await people(town)
    content = await with_file(town)
    api(town).faults.add(too_many(60, chat_id=lan.id, method="sendDocument"))
    number = await begun(town, office, content)
    await town.time_passes(seconds=61)
    await corrected(town, office, number, replace(RIGHT, files=content.files))
    await town.time_passes(seconds=120)
    for chat in (lan, office):
        files = [one for one in api(town).view(chat.id).messages if one.file is not None]
        assert len(files) == 1
        assert not any("08:00" in one for one in words(town, chat))


async def test_stopped_in_the_middle_of_somebodys_parts(telegram_town: Town) -> None:
    """They have the words: they may read them, and a correction is for them too."""
    town = telegram_town
    office, lan = await people(town)
    api(town).faults.add(too_many(60, chat_id=lan.id, method="sendDocument"))
    number = await begun(town, office, await with_file(town))
    await town.time_passes(seconds=61)
    async with of(town, office) as (session, actor):
        await announcement_delivery.stop(session, actor, number, town.clock.now())
    await town.time_passes(seconds=5)
    async with of(town, lan) as (session, actor):
        assert (await announcement_reading.one(session, actor, number)).number == number
        assert [one.number for one in await announcement_reading.received(session, actor, town.clock.now())]
    await corrected(town, office, number)
    await town.time_passes(seconds=90)
    await town.time_passes(seconds=5)
    assert "14:00" in lan.screen
    assert await state_of(town, number) == State.FINISHED


async def test_corrected_again_while_half_of_a_longer_correction_waits(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await people(town)
    number = await sent(town, office)
    await corrected(town, office, number, replace(NOTICE, body="SAI LẦN HAI. " + "câu dài. " * 700))
    async with town.office() as session:
        later = col(OutboxRow.chat) == str(lan.id), col(OutboxRow.once).like("announcement:%:1")
        at = town.clock.now() + timedelta(days=1)
        await session.exec(update(OutboxRow).where(*later).values(not_before=at))
    await town.time_passes(seconds=4)
    await corrected(town, office, number)
    await town.time_passes(seconds=10)
    assert "14:00" in words(town, lan)[-1]


@pytest.mark.parametrize("what", ["pause", "stop", "correct", "take_back"])
async def test_what_was_in_flight_and_comes_back_asks_first(telegram_town: Town, what: str) -> None:
    town = telegram_town
    office, lan = await people(town)
    number = await begun(town, office)
    town.clock.move(seconds=61)
    async with of(town, office) as (session, actor):
        now = town.clock.now()
        await leaves(session, number, now)
        assert actor.address is not None
        bot = actor.address.bot
        claimed = await outbox_queries.claim(session, "telegram", bot, now, 9, 2, 9)
        parcel = next(one for one in claimed if one.chat == str(lan.id))
        match what:
            case "pause":
                await announcement_delivery.pause(session, actor, number, now)
            case "stop":
                await announcement_delivery.stop(session, actor, number, now)
            case "correct":
                await announcement_delivery.correct(session, actor, number, RIGHT, "sai giờ", now)
            case _:
                await announcement_delivery.take_back(session, actor, number, "gửi nhầm", now)
        await announcement_delivery.settle(session, number, now)
        await outbox_queries.put_back(
            session, parcel.id, attempts=0, not_before=now, error="throttled", repeated=False
        )
        # The others were in flight when the process died.
        await outbox_queries.resend_interrupted(session, "telegram", bot)
    first = [row for row in await town.rows(OutboxRow) if row.batch and f":{number}:1:" in (row.once or "")]
    assert {row.state for row in first} == {"paused" if what == "pause" else "cancelled"}
    await town.time_passes(seconds=10)
    assert not any("08:00" in one for one in words(town, lan))


async def test_what_reminds_of_wrong_words_is_corrected_and_taken_back_with_them(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await people(town)
    number = await sent(town, office)
    async with of(town, office) as (session, actor):
        again = await announcement_results.remind_unread(session, actor, number, town.clock.now())
        await announcements.send(session, actor, again, town.clock.now())
    await arrived(town)
    await corrected(town, office, number)
    await town.time_passes(seconds=10)
    assert not any("08:00" in one for one in words(town, lan))
    assert sum("14:00" in one for one in words(town, lan)) == 2
    await lan.taps("Đã đọc")
    assert "Anh/chị đã xác nhận" in lan.sees
    await taken_back(town, office, number)
    await town.time_passes(seconds=10)
    assert not any("14:00" in one for one in words(town, lan)[:2])
    async with of(town, office) as (session, actor):
        with pytest.raises(Refusal) as refused:
            await announcement_results.remind_unread(session, actor, number, town.clock.now())
        assert refused.value.code is Code.ANNOUNCEMENT_MOVED_ON


async def test_a_reminder_in_its_hold_says_what_is_right_by_now(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await people(town)
    number = await sent(town, office)
    async with of(town, office) as (session, actor):
        again = await announcement_results.remind_unread(session, actor, number, town.clock.now())
        await announcements.send(session, actor, again, town.clock.now())
    await corrected(town, office, number)
    await arrived(town)
    assert "Nhắc đọc" in words(town, lan)[-1]
    assert not any("08:00" in one for one in words(town, lan))


async def yearly(town: Town, office: Chat) -> tuple[int, int]:
    """One that has left this year, and its repetition."""
    async with of(town, office) as (session, actor):
        now, staff = town.clock.now(), Audience(roles=frozenset({Role.STAFF}))
        number = await announcements.begin(session, actor, NOTICE, now, staff)
        in_time = now + timedelta(minutes=30)
        found = await announcements.send(session, actor, number, now, in_time, yearly=True)
    assert found.leaves_at is not None
    town.clock.move(seconds=(found.leaves_at - town.clock.now()).total_seconds() + 1)
    await town.time_passes(seconds=5)
    await town.time_passes(seconds=5)
    (copy,) = [row.id for row in await town.rows(Announcement) if row.repeats == number]
    return number, copy or 0


async def test_next_year_says_what_is_right(telegram_town: Town) -> None:
    town = telegram_town
    office, _lan = await people(town)
    number, copy = await yearly(town, office)
    await corrected(town, office, number)
    async with of(town, office) as (session, actor):
        found = await announcements.facts(session, actor, copy)
    assert (found.content, found.state) == (RIGHT, State.SCHEDULED)


async def test_next_year_does_not_say_what_was_taken_back(telegram_town: Town) -> None:
    town = telegram_town
    office, _lan = await people(town)
    number, copy = await yearly(town, office)
    await taken_back(town, office, number)
    assert await state_of(town, copy) == State.DISCARDED
    await town.time_passes(seconds=5)
    assert "sẽ không gửi nữa" in office.sees


async def test_who_has_not_got_it_is_not_reminded_to_read_it(telegram_town: Town) -> None:
    town = telegram_town
    office, _lan = await people(town)
    number = await begun(town, office)
    town.clock.move(seconds=61)
    async with of(town, office) as (session, actor):
        now = town.clock.now()
        await leaves(session, number, now)
        await announcement_delivery.pause(session, actor, number, now)
        with pytest.raises(Refusal) as refused:
            await announcement_results.remind_unread(session, actor, number, now)
        assert refused.value.code is Code.ANNOUNCEMENT_FOR_NOBODY


async def test_corrected_where_a_channel_is_served_no_more(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await people(town)
    number = await sent(town, office)
    async with of(town, office) as (session, actor):
        of_lan = col(AnnouncementRecipient.chat) == str(lan.id)
        await session.exec(update(AnnouncementRecipient).where(of_lan).values(channel="zalo"))
        found = await announcement_delivery.spread(session, actor, number, RIGHT, town.clock.now())
        assert (found.in_place, found.gone) == ({"telegram": 1}, 1)
    await corrected(town, office, number)
    await town.time_passes(seconds=10)
    async with of(town, office) as (session, actor):
        assert (await announcement_results.tally(session, actor, number)).not_reached == {
            NotReached.UNREACHABLE: 1
        }


async def test_a_correction_under_way_is_paused_goes_on_and_is_stopped(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await people(town)
    number = await sent(town, office)
    await corrected(town, office, number)
    for act in (announcement_delivery.pause, announcement_delivery.resume, announcement_delivery.stop):
        async with of(town, office) as (session, actor):
            await act(session, actor, number, town.clock.now())
    await town.time_passes(seconds=10)
    assert "08:00" in lan.screen
    await corrected(town, office, number)
    await town.time_passes(seconds=10)
    assert "14:00" in lan.screen


async def test_whoever_got_a_part_of_it_is_not_reached_and_to_be_called(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await people(town)
    long = replace(NOTICE, body="\n".join(f"Dòng {place}: {'chữ ' * 20}" for place in range(80)))
    number = await begun(town, office, long)
    api(town).faults.add(too_many(5, chat_id=lan.id))
    town.clock.move(seconds=61)
    async with town.office() as session:
        await leaves(session, number, town.clock.now())
        last = max(row.id or 0 for row in await session.exec(select(OutboxRow)) if row.chat == str(lan.id))
        await session.exec(update(OutboxRow).where(col(OutboxRow.id) == last).values(state="dead"))
    for _ in range(4):
        await town.time_passes(seconds=10)
    async with of(town, office) as (session, actor):
        (one,) = await announcement_results.to_call(session, actor, number)
        assert (one.name, one.partly, one.outdated) == ("Lê Thị Lan", True, False)
        assert (await announcement_results.tally(session, actor, number)).sent == 1
    await office.says(f"TB {number}")
    assert "1 người mới nhận một phần; nên gọi trước." in office.sees
    assert "Gửi cho" not in office.screen
    await office.taps("Danh sách cần gọi")
    assert "mới nhận một phần" in office.sees


async def test_one_that_could_not_leave_is_a_draft_again(telegram_town: Town) -> None:
    town = telegram_town
    office, _lan = await people(town)
    number = await begun(town, office)
    async with town.office() as session:
        await announcement_departure.gave_up(session, number, town.clock.now())
        await announcement_departure.gave_up(session, number, town.clock.now())
    await town.time_passes(seconds=1)
    assert "đã không gửi được suốt một ngày" in office.sees
    assert await state_of(town, number) == State.DRAFT

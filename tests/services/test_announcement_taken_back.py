"""An announcement taken back: its files leave the chats where they can, and its wave can be halted."""

from dataclasses import replace

import pytest

from bot.emulators.telegram import Fault
from core.announcements import State
from core.messages import FileOut
from services import announcement_delivery, announcement_reading, announcement_results
from tests.chat import Town
from tests.services.test_announcement_wrong_words import (
    NOTICE,
    RIGHT,
    api,
    corrected,
    of,
    people,
    sent,
    state_of,
    taken_back,
    with_file,
    words,
)


@pytest.mark.parametrize("days", [0, 3])
async def test_what_becomes_of_files_is_said_before(telegram_town: Town, days: int) -> None:
    """They leave the chats with the words; after 48 hours Telegram lets them stay."""
    town = telegram_town
    office, lan = await people(town)
    number = await sent(town, office, await with_file(town))
    await corrected(town, office, number, replace(await with_file(town), body=RIGHT.body))
    await town.time_passes(seconds=5)
    town.clock.move(days=days)
    await office.says(f"TB {number}")
    await office.taps("Thu hồi")
    what = "vẫn còn trong" if days else "sẽ bị xóa khỏi"
    assert f"1 tệp đã gửi {what} cuộc trò chuyện của 2 người." in office.screen
    await taken_back(town, office, number)
    await town.time_passes(seconds=5)
    await town.time_passes(seconds=5)
    assert ("" in words(town, lan)) is bool(days)
    assert await state_of(town, number) == State.FINISHED
    async with of(town, lan) as (session, actor):
        assert await announcement_reading.files_again(session, actor, number, town.clock.now()) == 0


async def test_a_whole_album_is_taken_away_and_once(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await people(town)
    async with town.house() as house:
        papers = [await house.store.put_served(f"%PDF-1.{place}".encode()) for place in range(3)]
    files = tuple(FileOut(one, f"{one[:4]}.pdf", "application/pdf") for one in papers)
    number = await sent(town, office, replace(NOTICE, files=files))
    first = api(town).view(lan.id).messages[-1].id
    await api(town).call("deleteMessage", {"chat_id": lan.id, "message_id": first})
    await taken_back(town, office, number)
    await town.time_passes(seconds=5)
    await town.time_passes(seconds=5)
    (left,) = words(town, lan)
    assert "đã được thu hồi" in left
    assert len(api(town).ledger.accepted("deleteMessages", lan.id)) == 1
    async with of(town, office) as (session, actor):
        assert (await announcement_results.tally(session, actor, number)).sent == 2


async def test_whose_file_could_not_be_taken_away_is_to_be_called(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await people(town)
    number = await sent(town, office, await with_file(town))
    why = "Bad Request: message can't be deleted for everyone"
    api(town).faults.add(Fault("deleteMessage", chat_id=lan.id, status=400, description=why))
    await taken_back(town, office, number)
    await town.time_passes(seconds=5)
    await town.time_passes(seconds=5)
    async with of(town, office) as (session, actor):
        (one,) = await announcement_results.to_call(session, actor, number)
    assert one.name == "Lê Thị Lan"


@pytest.mark.parametrize("goes_on", [True, False])
async def test_a_retraction_under_way_is_paused_and_goes_on_or_is_stopped(
    telegram_town: Town, *, goes_on: bool
) -> None:
    town = telegram_town
    office, lan = await people(town)
    number = await sent(town, office)
    await taken_back(town, office, number)
    async with of(town, office) as (session, actor):
        await announcement_delivery.pause(session, actor, number, town.clock.now())
    await town.time_passes(seconds=10)
    assert "thu hồi" not in lan.screen
    assert "tạm dừng gửi lời thu hồi" in office.sees
    await office.says(f"TB {number}")
    assert "tạm dừng gửi lời thu hồi" in office.sees
    await office.taps("Gửi tiếp" if goes_on else "Dừng hẳn")
    await town.time_passes(seconds=10)
    await town.time_passes(seconds=5)
    assert ("thu hồi" in lan.screen) is goes_on
    assert await state_of(town, number) == (State.FINISHED if goes_on else State.STOPPED)
    async with of(town, office) as (session, actor):
        called = await announcement_results.to_call(session, actor, number)
    assert [one.outdated for one in called] == ([] if goes_on else [True, True])


async def test_one_that_was_paused_is_taken_back_at_once(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await people(town)
    number = await sent(town, office)
    await corrected(town, office, number)
    async with of(town, office) as (session, actor):
        await announcement_delivery.pause(session, actor, number, town.clock.now())
    await taken_back(town, office, number)
    await town.time_passes(seconds=10)
    await town.time_passes(seconds=10)
    assert "đã được thu hồi" in lan.screen
    assert await state_of(town, number) == State.FINISHED

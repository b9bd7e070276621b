"""The card of progress: renewed in its place, and what its doors do to what is under way."""

import itertools

import pytest
from sqlmodel import select

from db.models import AnnouncementRecipient, InboxRow, OutboxRow
from services import announcement_delivery
from tests.announcing import an_office, leaves, scheduled, slow, state
from tests.chat import Chat, Town
from tests.surfaces import TelegramSurface

CARD = "Tiến độ gửi thông báo"


def cards(chat: Chat) -> list[str]:
    """Every card of progress that stands in a chat."""
    bubbles = [str(one) for one in chat.town.surface.bubbles(chat.id)]
    return [one for one in bubbles if CARD.casefold() in one.casefold()]


async def test_one_card_is_renewed_until_everybody_is_reached(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    await town.joined("Võ Bình")
    await town.issue("Ngô Chưa Vào")
    slow(town, lan, 20)
    await scheduled(town, office)
    await town.time_passes(seconds=61)
    await town.time_passes(seconds=4)
    (card,) = cards(office)
    assert "đang gửi" in card
    assert "Đã nhận: 1/3 người; còn chờ 1." in card
    assert "Không tới: 1 người, chưa tham gia." in card
    assert "[Tạm dừng]" in card
    await town.time_passes(seconds=30)
    await town.time_passes(seconds=5)
    (card,) = cards(office)
    assert "đã gửi xong" in card
    assert "Đã nhận: 2/3 người." in card
    assert "[Tạm dừng]" not in card
    await office.taps("Xem kết quả")
    assert "Họp giao ban" in office.sees


async def test_the_card_is_renewed_at_most_every_three_seconds(telegram_town: Town) -> None:
    town = telegram_town
    office = await an_office(town)
    for place in range(6):
        slow(town, await town.joined(f"Người {place}"), 2 + place)
    number = await scheduled(town, office)
    await town.time_passes(seconds=61)
    for _ in range(20):
        town.clock.move(seconds=1)
        await town.settle()
    rows = [row for row in await town.rows(OutboxRow) if (row.once or "").startswith("progress:")]
    made = [row.created_at for row in rows]
    assert len(rows) >= 3
    assert all((later - sooner).total_seconds() >= 3 for sooner, later in itertools.pairwise(made))
    assert rows[-1].once == f"progress:{number}:1"
    assert len(cards(office)) == 1
    assert "đã gửi xong" in cards(office)[0]


async def test_killed_while_the_card_is_renewed_it_is_renewed_in_its_place(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    slow(town, lan, 20)
    await scheduled(town, office)
    await town.time_passes(seconds=61)
    async with town.office() as session:
        flying = [one for one in await session.exec(select(OutboxRow)) if one.once == "progress:1:1"]
        assert len(flying) == 1
        flying[0].state = "sending"
    async with town.house() as house:
        await house.recover()
    await town.time_passes(seconds=40)
    await town.time_passes(seconds=5)
    assert "đã gửi xong" in cards(office)[-1]
    assert "đã gửi xong" not in "".join(cards(office)[:-1])
    assert len(cards(office)) <= 2  # What was in flight may have arrived: it goes once more.


async def test_paused_and_resumed_from_the_card(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    slow(town, lan, 20)
    await scheduled(town, office)
    await town.time_passes(seconds=61)
    await office.taps("Tạm dừng")
    assert "Đã tạm dừng" in office.sees
    assert await state(town) == "paused"
    await town.time_passes(minutes=10)
    assert lan.sees == ""
    assert "tạm dừng" in cards(office)[0]
    await office.taps("Gửi tiếp")
    await town.time_passes(seconds=10)
    assert "07:30" in lan.screen
    await town.time_passes(seconds=5)
    assert await state(town) == "finished"
    assert len(cards(office)) == 1


async def test_an_old_press_on_the_card_does_nothing_but_say_so(telegram_town: Town) -> None:
    town = telegram_town
    assert isinstance(town.surface, TelegramSurface)
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    slow(town, lan, 20)
    await scheduled(town, office)
    await town.time_passes(seconds=61)
    message, data, _label = town.surface.button(office.id, "Tạm dừng")
    await town.time_passes(seconds=40)
    await town.time_passes(seconds=5)
    assert await state(town) == "finished"
    town.surface.api.user_taps(office.id, message, data, forged=True)
    await town.time_passes(seconds=1)
    assert "đã sang bước khác" in office.sees
    assert await state(town) == "finished"


async def test_a_press_that_is_handed_out_again_pauses_once(telegram_town: Town) -> None:
    town = telegram_town
    assert isinstance(town.surface, TelegramSurface)
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    slow(town, lan, 20)
    await scheduled(town, office)
    await town.time_passes(seconds=61)
    message, data, _label = town.surface.button(office.id, "Tạm dừng")
    town.surface.api.user_taps(office.id, message, data)
    updates = list(town.surface.api.pending)
    await town.time_passes(seconds=1)
    before = len(await town.rows(InboxRow))
    town.surface.api.redeliver(updates)
    await town.time_passes(seconds=1)
    assert len(await town.rows(InboxRow)) == before
    assert await state(town) == "paused"


async def test_stopped_from_the_card_only_after_it_was_confirmed(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    await town.joined("Võ Bình")
    slow(town, lan, 30)
    await scheduled(town, office)
    await town.time_passes(seconds=61)
    await office.taps("Dừng hẳn")
    assert "để xác nhận" in office.sees
    assert await state(town) == "running"
    await office.taps("Dừng hẳn")
    assert "1 tin chưa gửi sẽ không đi nữa" in office.sees
    await town.time_passes(minutes=2)
    assert lan.sees == ""
    await town.time_passes(seconds=5)
    (card,) = cards(office)
    assert "đã dừng" in card
    assert "1 người, đã dừng trước khi tới" in card


@pytest.mark.parametrize("halt", ["stop", "pause"])
async def test_what_is_put_back_after_a_halt_does_not_leave(telegram_town: Town, halt: str) -> None:
    """A message in flight while somebody stops or pauses comes back to the queue, and is held there."""
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    slow(town, lan, 30)
    number = await scheduled(town, office)
    await town.time_passes(seconds=61)
    (row,) = [one for one in await town.rows(OutboxRow) if one.batch == number]
    town.clock.move(seconds=1)
    async with town.office() as session:
        actor = await town.actor(session, office)
        flying = await session.get(OutboxRow, row.id)
        assert flying is not None
        flying.state = "sending"
        await session.flush()
        if halt == "stop":
            assert await announcement_delivery.stop(session, actor, number, town.clock.now()) == 0
        else:
            await announcement_delivery.pause(session, actor, number, town.clock.now())
        flying.state = "queued"
    await town.time_passes(seconds=3)
    await town.time_passes(minutes=2)
    assert lan.sees == ""
    left = "stopped" if halt == "stop" else "queued"
    assert [one.state for one in await town.rows(AnnouncementRecipient)] == [left]


async def test_without_edits_there_is_a_first_card_and_a_last_one(numbers_town: Town) -> None:
    town = numbers_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    number = await scheduled(town, office)
    town.clock.move(seconds=61)
    async with town.office() as session:
        await leaves(session, number, town.clock.now())
        actor = await town.actor(session, office)
        await announcement_delivery.pause(session, actor, number, town.clock.now())
    await town.time_passes(seconds=10)
    assert lan.sees == ""
    assert len(cards(office)) == 1
    await office.says(f"GUITIEP {number}")
    assert "Tiếp tục gửi" in office.sees
    assert "07:30" in lan.screen
    await town.time_passes(seconds=10)
    assert len(cards(office)) == 2
    assert "đã gửi xong" in cards(office)[-1]
    await town.time_passes(minutes=10)
    assert len(cards(office)) == 2


@pytest.mark.parametrize("word", ["TAMDUNG", "GUITIEP", "DUNGGUI"])
async def test_staff_halt_nothing(telegram_town: Town, word: str) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    binh = await town.joined("Võ Bình")
    slow(town, lan, 60)
    number = await scheduled(town, office)
    await town.time_passes(seconds=61)
    for subject in (number, 999999999, 0, ""):
        await binh.says(f"{word} {subject}")
        assert await state(town) == "running"


@pytest.mark.parametrize("word", ["TAMDUNG", "GUITIEP", "DUNGGUI"])
async def test_guessed_numbers_halt_nothing(telegram_town: Town, word: str) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    slow(town, lan, 60)
    await scheduled(town, office)
    await town.time_passes(seconds=61)
    for subject in (999999999999999, 0, "", "1;DROP", "-1"):
        await office.says(f"{word} {subject}")
        assert office.sees
        assert "mã sự cố" not in office.sees
        assert await state(town) == "running"

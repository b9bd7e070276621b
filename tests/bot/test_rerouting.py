"""Two channels, one person: what waits where nothing gets through goes the other way, once."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot import courier_outage, logs
from bot.app import House
from bot.emulators.telegram import Fault
from core.announcements import NotReached
from core.messages import Message
from db.models import Account, OutboxOutage, OutboxRow
from services import announcement_results, channels, outbox, rerouting
from services.outbox import Lane
from tests import announcing
from tests.bot.restored import logging_restored
from tests.chat import Chat, Town
from tests.surfaces import TelegramSurface


@pytest.fixture(autouse=True)
def _unlogged(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Failures are meant here; nobody waits for the next to feel the way."""
    monkeypatch.setattr("bot.courier_outcomes.PROBE_EVERY", 0.001)
    with logging_restored():
        logs.configure()
        yield


async def linked(town: Town, chat: Chat) -> Chat:
    """The same person's chat on the platform beside."""
    assert town.beside is not None
    other = town.stranger(chat.name, town.beside)
    town.beside.knows(other.id)
    now = town.clock.now()
    async with town.office() as session:
        person = (await town.actor(session, chat)).person_id
        to = other.address
        session.add(Account(person_id=person, channel=to.channel, bot=to.bot, chat=to.chat, linked_at=now))
    return other


async def told(town: Town, chat: Chat, text: str, lane: Lane = Lane.NOTICE, once: str | None = None) -> None:
    """Something is to be said in a chat."""
    async with town.office() as session:
        message = Message(body=text)
        await outbox.post(session, chat.address, message, lane, town.clock.now(), once=once)


def telegram(town: Town) -> TelegramSurface:
    """The first platform."""
    assert isinstance(town.surface, TelegramSurface)
    return town.surface


def heard(chat: Chat, text: str) -> int:
    """How often somebody was told something."""
    return sum(text in str(bubble) for bubble in chat.surface.bubbles(chat.id))


async def goes_on(house: House, town: Town, seconds: int, step: int) -> None:
    """Time passes step by step, and the couriers do what they can."""
    for _step in range(0, seconds, step):
        for courier in house.couriers.values():
            await courier.empty()
        town.clock.move(seconds=step)


async def test_what_waits_at_a_blocked_chat_goes_to_the_other_one(two_towns: Town) -> None:
    lan = await two_towns.joined()
    other = await linked(two_towns, lan)
    telegram(two_towns).api.user_blocks(lan.id)
    for text in ("Tin một", "Tin hai"):
        await told(two_towns, lan, text, once=text)
    await told(two_towns, lan, "Câu trả lời", Lane.ANSWER)
    await two_towns.settle()
    await two_towns.settle()
    assert [heard(other, text) for text in ("Tin một", "Tin hai", "Câu trả lời")] == [1, 1, 0]
    assert "Telegram của anh/chị hiện không nhận được tin" in other.surface.bubbles(other.id)[-1].text
    # The key is still known, where the message went.
    await told(two_towns, lan, "Tin hai", once="Tin hai")
    await two_towns.settle()
    assert heard(other, "Tin hai") == 1
    # From now on everything goes there at once.
    async with two_towns.office() as session:
        person = (await two_towns.actor(session, other)).person_id
        assert await outbox.addresses(session, [person]) == {person: other.address}


async def test_telegram_dead_for_ten_minutes(two_towns: Town) -> None:
    both = [await two_towns.joined(f"Người {letter}") for letter in "ABCDEFGH"]
    others = [await linked(two_towns, chat) for chat in both]
    alone = [await two_towns.joined(f"Một kênh {letter}") for letter in "IJKL"]
    api = telegram(two_towns).api
    # One may have arrived: its answer got lost.
    api.faults.add(Fault("sendMessage", chat_id=both[0].id, drop=True, accepted=True))
    await told(two_towns, both[0], "Không rõ")
    async with two_towns.house() as house:
        await house.couriers["telegram"].empty()
        api.outage = True
        for chat in (*both, *alone):
            await told(two_towns, chat, f"Tin cho {chat.name}.")
        await told(two_towns, both[1], "Câu trả lời", Lane.ANSWER)
        began = two_towns.clock.now()
        await goes_on(house, two_towns, 60, 6)
        (outage,) = await two_towns.rows(OutboxOutage)
        assert (outage.since - began).total_seconds() < 60
        assert [heard(other, f"Tin cho {chat.name}.") for chat, other in zip(both, others, strict=True)] == [
            1
        ] * 8
        assert heard(others[1], "Telegram đang gián đoạn") == 1
        # What is said while it lasts goes there without a detour.
        async with two_towns.office() as session:
            people = [(await two_towns.actor(session, chat)).person_id for chat in both]
            found = await outbox.addresses(session, people)
        assert {address.channel for address in found.values()} == {others[0].address.channel}
        await goes_on(house, two_towns, 540, 60)

        api.outage = False
        await goes_on(house, two_towns, 120, 20)
    assert await two_towns.rows(OutboxOutage) == []
    assert [heard(chat, "Tin cho") for chat in both] == [0] * 8
    assert [heard(chat, f"Tin cho {chat.name}.") for chat in alone] == [1] * 4
    assert [heard(other, "Tin cho") for other in others] == [1] * 8
    assert heard(others[0], "Không rõ") == 0


async def test_an_announcement_is_counted_where_it_arrived(two_towns: Town) -> None:
    office = await announcing.an_office(two_towns)
    lan, hoa = await two_towns.joined("Trần Thị Lan"), await two_towns.joined("Lê Thị Hoa")
    other = await linked(two_towns, lan)
    telegram(two_towns).api.user_blocks(lan.id)
    telegram(two_towns).api.user_blocks(hoa.id)
    number = await announcing.sent(two_towns, office)
    await two_towns.time_passes(seconds=5)
    assert "Họp lúc 07:30" in other.surface.bubbles(other.id)[-1].text
    async with two_towns.office() as session:
        actor = await two_towns.actor(session, office)
        tally = await announcement_results.tally(session, actor, number)
        assert (tally.sent, tally.waiting) == (1, 0)
        assert tally.not_reached == {NotReached.UNREACHABLE: 1}
        (missed,) = await announcement_results.to_call(session, actor, number)
        assert (missed.name, missed.why) == ("Lê Thị Hoa", NotReached.UNREACHABLE)
    await office.says(f"TB {number}")
    assert "Đã nhận: 1" in office.sees, office.sees
    # Its door opens there by the keyword.
    await other.taps("Đã đọc")
    async with two_towns.office() as session:
        actor = await two_towns.actor(session, office)
        assert (await announcement_results.tally(session, actor, number)).read == 1


async def test_who_blocks_both_channels_meanwhile_is_to_be_called_once(two_towns: Town) -> None:
    office = await announcing.an_office(two_towns)
    lan, hoa = await two_towns.joined("Trần Thị Lan"), await two_towns.joined("Lê Thị Hoa")
    other = await linked(two_towns, lan)
    number = await announcing.scheduled(two_towns, office)
    telegram(two_towns).api.user_blocks(lan.id)
    await other.blocks()
    await two_towns.time_passes(seconds=61)
    await two_towns.time_passes(seconds=5)
    assert [heard(chat, "Họp lúc 07:30") for chat in (lan, other, hoa)] == [0, 0, 1]
    async with two_towns.office() as session:
        actor = await two_towns.actor(session, office)
        tally = await announcement_results.tally(session, actor, number)
        assert (tally.sent, tally.waiting, tally.not_reached) == (1, 0, {NotReached.UNREACHABLE: 1})
        (missed,) = await announcement_results.to_call(session, actor, number)
        assert (missed.name, missed.why) == ("Trần Thị Lan", NotReached.UNREACHABLE)
    await office.says(f"TB {number}")
    assert "Đã nhận: 1" in office.sees, office.sees


async def test_an_announcement_goes_where_it_is_wanted_and_where_things_get_through(two_towns: Town) -> None:
    office = await announcing.an_office(two_towns)
    lan = await two_towns.joined("Trần Thị Lan")
    other = await linked(two_towns, lan)
    async with two_towns.office() as session:
        actor = await two_towns.actor(session, lan)
        there = [one for one in await channels.linked(session, actor) if not one.first]
        await channels.prefer(session, actor, there[0].account_id, two_towns.clock.now())
    await announcing.sent(two_towns, office)
    assert (heard(lan, "Họp lúc 07:30"), heard(other, "Họp lúc 07:30")) == (0, 1)
    async with two_towns.office() as session:
        to = other.address
        await rerouting.channel_down(session, to.channel, to.bot, two_towns.clock.now())
    await announcing.sent(two_towns, office, replace(announcing.NOTICE, body="Đổi sang phòng 2."))
    assert (heard(lan, "Đổi sang phòng 2"), heard(other, "Đổi sang phòng 2")) == (1, 0)


async def moves_and_dies(town: Town, bot: str) -> None:
    """The process ends between the move and its commit."""
    async with town.office() as session:
        assert await rerouting.channel_down(session, "telegram", bot, town.clock.now()) == 1
        raise KeyboardInterrupt


async def test_a_move_is_whole_or_not_at_all(two_towns: Town) -> None:
    lan = await two_towns.joined()
    other = await linked(two_towns, lan)
    await told(two_towns, lan, "Tin một")
    bot = lan.address.bot
    with pytest.raises(KeyboardInterrupt):
        await moves_and_dies(two_towns, bot)
    rows = [row for row in await two_towns.rows(OutboxRow) if "Tin một" in row.payload]
    assert [(row.channel, row.state) for row in rows] == [("telegram", "queued")]
    for _twice in "12":
        async with two_towns.office() as session:
            await rerouting.channel_down(session, "telegram", bot, two_towns.clock.now())
    await two_towns.settle()
    assert (heard(lan, "Tin một"), heard(other, "Tin một")) == (0, 1)


async def test_a_channel_with_nothing_to_feel_the_way_is_tried_again(two_towns: Town) -> None:
    lan = await two_towns.joined()
    outage = courier_outage.Outage("telegram", lan.address.bot)
    async with two_towns.office() as session:
        await rerouting.channel_down(session, "telegram", lan.address.bot, two_towns.clock.now())
    outage._failed_at = two_towns.clock.now()  # noqa: SLF001 - as after a failure
    two_towns.clock.move(seconds=courier_outage.LAPSE.total_seconds() + 1)
    async with two_towns.office() as session:
        await outage.note(session, [], two_towns.clock.now(), 12)
    assert await two_towns.rows(OutboxOutage) == []

"""The courier: what an outage costs, who goes first, how much is in flight at once."""

import asyncio
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import logs
from bot.app import House
from bot.clock import SystemClock
from bot.emulators.telegram import Fault, too_many
from bot.pace import PaceLimits
from core.messages import Address, FileOut, Message
from db.models import OutboxRow
from services import outbox
from services.outbox import ANSWER_LIFE, NOTICE_LIFE, Lane
from tests.bot.restored import logging_restored
from tests.bot.staff import eventually, plan_over, running, telegram_over
from tests.chat import Town
from tests.surfaces import TelegramSurface


@pytest.fixture(autouse=True)
def _unlogged() -> Iterator[None]:
    """Failures are meant here; writing each of them down takes its time."""
    with logging_restored():
        logs.configure()
        yield


def telegram(town: Town) -> TelegramSurface:
    """The platform of a town on Telegram."""
    assert isinstance(town.surface, TelegramSurface)
    return town.surface


async def posted(house: House, town: Town, chats: range, lane: Lane = Lane.NOTICE) -> None:
    """A message for each of these people, who wrote to the bot long ago."""
    bot = next(iter(house.channels.values())).bot
    async with house.transactions() as session:
        for chat in chats:
            telegram(town).api.introduce(chat)
            to = Address("telegram", bot, str(chat))
            await outbox.post(session, to, Message(body=f"Tin cho {chat}"), lane, house.plan.clock.now())


async def test_an_outage_is_waited_out_and_costs_nothing(telegram_town: Town) -> None:
    api = telegram(telegram_town).api
    async with telegram_town.house() as house:
        await posted(house, telegram_town, range(5001, 5002))
        api.outage = True
        for _minute in range(9):
            await house.couriers["telegram"].empty()
            telegram_town.clock.move(seconds=90)
        (row,) = await telegram_town.rows(OutboxRow)
        assert (row.state, row.attempts, row.repeats) == ("queued", 0, 0)

        api.outage = False
        await house.couriers["telegram"].empty()
    assert [entry.text for entry in api.ledger.sent(5001)] == ["Tin cho 5001"]


async def test_no_more_than_four_are_in_flight_and_never_two_to_one_chat(telegram_town: Town) -> None:
    api = telegram(telegram_town).api
    api.latency = 0.01
    async with telegram_town.house() as house:
        for _each in range(3):
            await posted(house, telegram_town, range(5001, 5013))
        await house.couriers["telegram"].empty()
    assert len(api.ledger.sent()) == 36
    assert api.ledger.flight.peak <= 4
    assert api.ledger.flight.chat_overlaps == 0


async def test_answers_go_before_notices(telegram_town: Town) -> None:
    api = telegram(telegram_town).api
    async with telegram_town.house() as house:
        await posted(house, telegram_town, range(5001, 5011), Lane.NOTICE)
        await posted(house, telegram_town, range(5101, 5103), Lane.ANSWER)
        await house.couriers["telegram"].empty()
    order = [entry.chat_id for entry in api.ledger.sent()]
    assert order[:2] == [5101, 5102]
    assert len(order) == 12


async def test_an_answer_finds_a_slot_beside_slow_notices(telegram_town: Town) -> None:
    clock, api = SystemClock(), telegram(telegram_town).api
    for chat in range(5001, 5011):
        api.faults.add(Fault(chat_id=chat, delay=2))
    plan = plan_over(telegram_town.folder, telegram_over(api, poll_timeout=25), clock)
    async with running(plan) as house:
        await posted(house, telegram_town, range(5001, 5011), Lane.NOTICE)
        house.couriers["telegram"].nudge()
        await eventually(lambda: api.ledger.flight.now >= 3)
        assert await answered(house, telegram_town, 5101) < 1
        assert api.ledger.flight.now == 3
        api.faults.clear()


async def test_while_nothing_gets_through_one_at_a_time_feels_the_way(telegram_town: Town) -> None:
    clock, api = SystemClock(), telegram(telegram_town).api
    for _each in range(60):
        api.faults.add(Fault(method="sendMessage", drop=True, accepted=True))
    plan = plan_over(telegram_town.folder, telegram_over(api, poll_timeout=25), clock)
    async with running(plan) as house:
        await posted(house, telegram_town, range(5001, 5041))
        house.couriers["telegram"].nudge()
        await eventually(lambda: len(api.ledger.sent()) >= 10)
        await asyncio.sleep(1)
        assert len(api.ledger.sent()) < 20
        api.faults.clear()


async def test_what_may_have_arrived_waits_longer_each_time_and_keeps_nobody_else(
    telegram_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.courier_outcomes.PROBE_EVERY", 0.01)
    api = telegram(telegram_town).api
    for chat in (5001, 5002):
        for _each in range(200):
            api.faults.add(Fault(chat_id=chat, drop=True, accepted=True))
    for chat in range(5003, 5015):
        api.faults.add(Fault(chat_id=chat, drop=True))
    async with telegram_town.house() as house:
        await posted(house, telegram_town, range(5001, 5021))
        for _second in range(60):
            await house.couriers["telegram"].empty()
            await asyncio.sleep(0.011)
            telegram_town.clock.move(seconds=1)
    sent = Counter(entry.chat_id for entry in api.ledger.sent())
    assert all(sent[chat] == 1 for chat in range(5003, 5021))
    assert all(sent[chat] <= 10 for chat in (5001, 5002))


async def test_a_pause_the_platform_asks_for_costs_no_attempt(telegram_town: Town) -> None:
    api = telegram(telegram_town).api
    async with telegram_town.house() as house:
        api.faults.add(too_many(1, chat_id=5001))
        await posted(house, telegram_town, range(5001, 5002))
        await house.couriers["telegram"].empty()
        (row,) = await telegram_town.rows(OutboxRow)
        assert (row.state, row.attempts) == ("queued", 0)
        assert row.not_before >= telegram_town.clock.now() + timedelta(seconds=1)


async def test_whoever_blocked_the_bot_is_noted_and_nothing_waits_for_them(telegram_town: Town) -> None:
    chat = await telegram_town.joined()
    api = telegram(telegram_town).api
    api.user_blocks(chat.id)
    async with telegram_town.house() as house:
        await posted(house, telegram_town, range(chat.id, chat.id + 1))
        await posted(house, telegram_town, range(chat.id, chat.id + 1))
        await house.couriers["telegram"].empty()
    states = sorted(row.state for row in await telegram_town.rows(OutboxRow) if "Tin cho" in row.payload)
    assert states == ["cancelled", "dead"]


async def test_buttons_are_taken_off_a_screen_once_it_is_followed(telegram_town: Town) -> None:
    lan = await telegram_town.joined()
    api = telegram(telegram_town).api
    await lan.says("menu")
    api.ledger.clear()
    await lan.says("menu")
    methods = [entry.method for entry in api.ledger.entries if entry.chat_id == lan.id]
    assert methods == ["sendMessage", "editMessageReplyMarkup"]
    screens = [message.id for message in api.view(lan.id).messages if message.by_bot and message.buttons]
    assert screens == [api.view(lan.id).last.id]


async def test_an_odd_answer_to_a_courtesy_stops_nothing(telegram_town: Town) -> None:
    lan = await telegram_town.joined()
    api = telegram(telegram_town).api
    api.faults.add(Fault("editMessageReplyMarkup", status=200, raw=b'{"ok":true}'))
    await lan.says("menu")
    await lan.says("menu")
    assert {row.state for row in await telegram_town.rows(OutboxRow)} == {"sent"}


async def test_everybody_gets_everything_of_each_lane_in_its_order(telegram_town: Town) -> None:
    rng = random.Random(20261122)
    api = telegram(telegram_town).api
    api.latency = 0.002
    expected: dict[tuple[int, Lane], list[str]] = {}
    async with telegram_town.house() as house:
        bot = next(iter(house.channels.values())).bot
        async with house.transactions() as session:
            for number in range(400):
                chat, lane = rng.randrange(5001, 5021), rng.choice(list(Lane))
                api.introduce(chat)
                expected.setdefault((chat, lane), []).append(f"{lane}:{number}")
                message = Message(body=f"{lane}:{number}")
                to = Address("telegram", bot, str(chat))
                await outbox.post(session, to, message, lane, telegram_town.clock.now())
        await house.couriers["telegram"].empty()
    heard = {
        (chat, lane): [one.text for one in api.ledger.sent(chat) if one.text.startswith(f"{lane}:")]
        for chat, lane in expected
    }
    assert heard == expected
    assert api.ledger.flight.peak <= 4
    assert api.ledger.flight.chat_overlaps == 0
    for chat in range(5001, 5021):
        lanes = [entry.text[0] for entry in api.ledger.sent(chat)]
        assert lanes == sorted(lanes)


async def test_what_has_become_useless_is_not_sent(telegram_town: Town) -> None:
    api = telegram(telegram_town).api
    async with telegram_town.house() as house:
        await posted(house, telegram_town, range(5001, 5002), Lane.ANSWER)
        await posted(house, telegram_town, range(5002, 5003), Lane.NOTICE)
        telegram_town.clock.move(seconds=ANSWER_LIFE.total_seconds() + 1)
        api.outage = True
        await house.couriers["telegram"].empty()
        assert [row.state for row in await telegram_town.rows(OutboxRow)] == ["expired", "queued"]
        telegram_town.clock.move(seconds=NOTICE_LIFE.total_seconds())
        api.outage = False
        await house.couriers["telegram"].empty()
    assert [row.state for row in await telegram_town.rows(OutboxRow)] == ["expired", "expired"]
    assert api.ledger.sent() == []


async def test_a_message_we_cannot_read_ourselves_stops_nobody(telegram_town: Town) -> None:
    async with telegram_town.house() as house:
        await posted(house, telegram_town, range(5001, 5006))
        async with house.transactions() as session:
            row = await session.get(OutboxRow, 3)
            assert row is not None
            row.payload = "{"
        for _ in range(10):
            await house.couriers["telegram"].empty()
            telegram_town.clock.move(seconds=120)
    states = [row.state for row in await telegram_town.rows(OutboxRow)]
    assert states == ["sent", "sent", "dead", "sent", "sent"]


async def test_a_file_that_is_missing_is_given_up_and_the_rest_goes_on(telegram_town: Town) -> None:
    async with telegram_town.house() as house:
        to = Address("telegram", next(iter(house.channels.values())).bot, "5001")
        message = Message(files=(FileOut("0" * 64, "a.docx", "application/msword"),))
        async with house.transactions() as session:
            await outbox.post(session, to, message, Lane.NOTICE, telegram_town.clock.now())
        await posted(house, telegram_town, range(5001, 5002))
        await house.couriers["telegram"].empty()
    missing, text = await telegram_town.rows(OutboxRow)
    assert (missing.state, missing.error, text.state) == ("dead", "file missing", "sent")


# ------------------------------------------------------------------------- as it runs, in real time


async def test_two_chats_told_to_wait_are_the_whole_bot(telegram_town: Town) -> None:
    clock, api = SystemClock(), telegram(telegram_town).api
    plan = plan_over(telegram_town.folder, telegram_over(api, poll_timeout=25), clock)
    async with running(plan) as house:
        for chat in (5001, 5002):
            api.faults.add(too_many(1, chat_id=chat))
        await posted(house, telegram_town, range(5001, 5003))
        await eventually(lambda: len(api.ledger.entries) == 2)
        told_at = asyncio.get_running_loop().time()
        await posted(house, telegram_town, range(5003, 5006))
        house.couriers["telegram"].nudge()
        await eventually(api.ledger.sent)
        assert len(api.ledger.entries) >= 3
        assert asyncio.get_running_loop().time() - told_at >= 0.9
        await eventually(lambda: len(api.ledger.sent()) == 5)
    rows = await telegram_town.rows(OutboxRow)
    assert {(row.state, row.repeats) for row in rows} == {("sent", 0)}


async def test_the_round_that_records_a_pause_keeps_it(telegram_town: Town) -> None:
    clock, api = SystemClock(), telegram(telegram_town).api
    api.latency = 0.2
    plan = plan_over(telegram_town.folder, telegram_over(api, poll_timeout=25), clock)
    async with running(plan) as house:
        for chat in (5001, 5002, 5003):
            api.faults.add(too_many(2, chat_id=chat))
        await posted(house, telegram_town, range(5001, 5010))
        house.couriers["telegram"].nudge()
        await eventually(lambda: len(api.ledger.entries) >= 3)
        await asyncio.sleep(1)
        assert len(api.ledger.entries) <= 5


async def answered(house: House, town: Town, chat: int) -> float:
    """Seconds until an answer posted a little later has arrived."""
    await asyncio.sleep(0.25)
    await posted(house, town, range(chat, chat + 1), Lane.ANSWER)
    house.couriers["telegram"].nudge()
    asked_at = asyncio.get_running_loop().time()
    await eventually(lambda: telegram(town).api.ledger.sent(chat))
    return asyncio.get_running_loop().time() - asked_at


async def test_an_answer_overtakes_a_broadcast_at_the_real_pace(telegram_town: Town) -> None:
    clock, api = SystemClock(), telegram(telegram_town).api
    api.latency = 0.05
    plan = plan_over(telegram_town.folder, telegram_over(api, poll_timeout=25), clock)
    async with running(replace(plan, limits=PaceLimits())) as house:
        await posted(house, telegram_town, range(5001, 5101), Lane.BULK)
        house.couriers["telegram"].nudge()
        waits = [await answered(house, telegram_town, chat) for chat in range(6001, 6009)]
    bulk = [entry for entry in api.ledger.sent() if (entry.chat_id or 0) < 6000]
    assert 10 <= len(bulk) < 100
    assert max(waits) < 0.5

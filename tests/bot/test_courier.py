"""The courier: what an outage costs, who goes first, how much is in flight at once."""

from datetime import timedelta

from bot.app import House
from bot.emulators.telegram import Fault
from core.messages import Address, Message
from db.models import OutboxRow
from services import outbox
from services.outbox import Lane
from tests.chat import Town
from tests.surfaces import TelegramSurface


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
            await outbox.post(session, to, Message(body=f"Tin cho {chat}"), lane, town.clock.now())


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


async def test_an_answer_finds_a_slot_beside_slow_notices(telegram_town: Town) -> None:
    api = telegram(telegram_town).api
    async with telegram_town.house() as house:
        await posted(house, telegram_town, range(5001, 5011), Lane.NOTICE)
        await posted(house, telegram_town, range(5101, 5103), Lane.ANSWER)
        await house.couriers["telegram"].empty()
    order = [entry.chat_id for entry in api.ledger.sent()]
    assert order[:2] == [5101, 5102]
    assert len(order) == 12


async def test_a_pause_the_platform_asks_for_costs_no_attempt(telegram_town: Town) -> None:
    from bot.emulators.telegram import too_many

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

"""How the emulator hands out updates, judged by aiogram."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest
from aiogram.exceptions import (
    TelegramConflictError,
)
from aiogram.types import (
    KeyboardButton,
    MessageEntity,
    ReplyKeyboardMarkup,
)

from tests.bot.emulator_line import (
    LAN,
    Line,
    connected,
    connected_to_lan,
)


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    async with connected() as line:
        yield line


@pytest.fixture
async def open_line() -> AsyncIterator[Line]:
    async with connected_to_lan() as line:
        yield line


def kinds(entities: Sequence[MessageEntity] | None) -> list[tuple[str, int, int]]:
    return [(str(entity.type), entity.offset, entity.length) for entity in entities or ()]


async def test_the_bot_learns_who_it_is(line: Line) -> None:
    me = await line.bot.get_me()
    assert (me.id, me.is_bot, me.username) == (7000000001, True, "emulated_bot")


async def test_updates_return_until_an_offset_confirms_them(line: Line) -> None:
    first = line.api.user_starts(LAN, "moi-4f2a")
    second = line.api.user_says(LAN, "xin chào")
    assert [update.update_id for update in await line.bot.get_updates()] == [first, second]
    assert [update.update_id for update in await line.bot.get_updates(limit=1)] == [first]
    assert [update.update_id for update in await line.bot.get_updates(offset=second)] == [second]
    assert line.api.confirmed == first
    assert [update.update_id for update in await line.bot.get_updates()] == [second]
    assert await line.bot.get_updates(offset=second + 1) == []
    assert line.api.confirmed == second


async def test_a_negative_offset_keeps_only_the_newest(line: Line) -> None:
    ids = [line.api.user_says(LAN, str(number)) for number in range(5)]
    assert [update.update_id for update in await line.bot.get_updates(offset=-2)] == ids[3:]
    assert line.api.confirmed == ids[2]


async def test_update_ids_that_restart_lower_are_served_whatever_the_offset(line: Line) -> None:
    last = line.api.user_says(LAN, "trước")
    await line.bot.get_updates(offset=last + 1)
    line.api.restart_update_ids(5000)
    line.api.user_says(LAN, "sau")
    assert [update.update_id for update in await line.bot.get_updates(offset=last + 1)] == [5000]
    assert [update.update_id for update in await line.bot.get_updates(offset=5001)] == []


async def test_a_start_link_arrives_as_a_command(line: Line) -> None:
    line.api.user_starts(LAN, "moi-4f2a")
    message = (await line.bot.get_updates())[0].message
    assert message is not None
    assert message.text == "/start moi-4f2a"
    assert kinds(message.entities) == [("bot_command", 0, 6)]
    assert message.from_user is not None
    assert message.from_user.full_name == "Lan Nguyễn"
    assert message.chat.type == "private"
    assert message.date == line.clock[0]


async def test_a_waiting_poll_wakes_when_something_comes(line: Line) -> None:
    poll = asyncio.gather(line.bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    line.api.user_says(LAN, "xin chào")
    async with asyncio.timeout(2):
        updates = (await poll)[0]
    assert [update.event_type for update in updates] == ["message"]


async def test_a_second_poll_ends_the_first_with_409(line: Line) -> None:
    first = asyncio.gather(line.bot.get_updates(timeout=20), return_exceptions=True)
    await asyncio.sleep(0.05)
    assert await line.bot.get_updates(timeout=0) == []
    async with asyncio.timeout(2):
        outcome = (await first)[0]
    assert isinstance(outcome, TelegramConflictError)
    assert "terminated by other getUpdates request" in str(outcome)


async def test_polling_and_a_webhook_exclude_each_other(line: Line) -> None:
    await line.bot.set_webhook("https://example.vn/hook")
    assert (await line.bot.get_webhook_info()).url == "https://example.vn/hook"
    with pytest.raises(TelegramConflictError, match="webhook is active"):
        await line.bot.get_updates()
    await line.bot.delete_webhook()
    assert await line.bot.get_updates() == []


async def test_only_the_kinds_of_update_asked_for_come_and_the_list_is_remembered(line: Line) -> None:
    await line.bot.get_updates(allowed_updates=["message"])
    line.api.user_starts(LAN)
    assert line.api.user_blocks(LAN) == 0
    line.api.user_unblocks(LAN)
    assert [update.event_type for update in await line.bot.get_updates()] == ["message"]
    await line.bot.get_updates(allowed_updates=[])
    line.api.user_blocks(LAN)
    assert (await line.bot.get_updates())[-1].event_type == "my_chat_member"


async def test_contact_reply_keyboard_action_and_edits_of_a_person(open_line: Line) -> None:
    api, bot, _ = open_line
    ask = KeyboardButton(text="Gửi số của tôi", request_contact=True)
    await bot.send_message(LAN, "số?", reply_markup=ReplyKeyboardMarkup(keyboard=[[ask]]))
    assert api.view(LAN).keyboard[0][0].requests_contact
    await bot.send_chat_action(LAN, "typing")
    assert api.view(LAN).action == "typing"
    api.user_shares_contact(LAN)
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.contact is not None
    assert (message.contact.phone_number, message.contact.user_id) == ("84901234567", LAN)
    api.user_edits(LAN, 1, "sửa lại")
    edited = (await bot.get_updates())[-1].edited_message
    assert edited is not None
    assert edited.text == "sửa lại"

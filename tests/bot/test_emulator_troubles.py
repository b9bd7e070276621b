"""What goes wrong on Telegram's side, in the emulator, judged by aiogram."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import SendMessage, TelegramMethod

from bot.emulators.telegram import TOKEN, Fault, Limits, too_many
from tests.bot.emulator_line import (
    HUNG,
    LAN,
    NOBODY,
    Line,
    QuickSession,
    connected,
    connected_to_lan,
    server_of,
)


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    async with connected() as line:
        yield line


@pytest.fixture
async def open_line() -> AsyncIterator[Line]:
    async with connected_to_lan() as line:
        yield line


async def test_who_cannot_be_written_to(open_line: Line) -> None:
    api, bot, _ = open_line
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(NOBODY, "a")
    api.add_person(HUNG, "Hùng")
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(HUNG, "a")
    api.user_blocks(LAN)
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(LAN, "a")
    api.user_starts(LAN)
    await bot.send_message(LAN, "a")
    api.user_deactivates(LAN)
    with pytest.raises(TelegramForbiddenError, match="user is deactivated"):
        await bot.send_message(LAN, "a")


async def test_groups_migrate_and_throw_the_bot_out(line: Line) -> None:
    api, bot, _ = line
    api.add_group(-50, "Tổ thi đua")
    api.user_says(-50, "xin chào", by=LAN)
    await bot.send_message(-50, "a")
    api.group_migrates(-50, -100500)
    with pytest.raises(TelegramMigrateToChat) as moved:
        await bot.send_message(-50, "b")
    assert moved.value.migrate_to_chat_id == -100500
    await bot.send_message(-100500, "b")
    api.group_removes_bot(-100500)
    with pytest.raises(TelegramForbiddenError, match="bot was kicked from the group chat"):
        await bot.send_message(-100500, "c")


async def test_one_message_a_second_in_a_chat(open_line: Line) -> None:
    api, bot, _ = open_line
    api.limits = Limits(chat_per_second=1)
    await bot.send_message(LAN, "1")
    with pytest.raises(TelegramRetryAfter) as refused:
        await bot.send_message(LAN, "2")
    assert refused.value.retry_after == 1
    open_line.wait(1)
    await bot.send_message(LAN, "2")
    assert [entry.text for entry in api.ledger.sent(LAN)] == ["1", "2"]
    assert [entry.status for entry in api.ledger.entries if entry.method == "sendMessage"] == [200, 429, 200]


async def test_an_overall_limit_that_punishes(open_line: Line) -> None:
    api, bot, _ = open_line
    api.limits = Limits(overall_per_second=3, punish_seconds=5)
    for number in range(3):
        await bot.send_message(LAN, str(number))
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(LAN, "3")
    open_line.wait(2)
    with pytest.raises(TelegramRetryAfter) as still:
        await bot.send_message(LAN, "3")
    assert still.value.retry_after == 3
    open_line.wait(3)
    await bot.send_message(LAN, "3")


async def test_troubles_on_order(open_line: Line) -> None:
    api, bot, _ = open_line
    api.faults.add(too_many(7, chat_id=LAN))
    with pytest.raises(TelegramRetryAfter) as refused:
        await bot.send_message(LAN, "a")
    assert refused.value.retry_after == 7
    api.faults.add(Fault("sendMessage", status=502, times=2))
    for _ in range(2):
        with pytest.raises(TelegramServerError):
            await bot.send_message(LAN, "b")
    assert api.ledger.sent() == []
    api.faults.add(Fault("sendMessage", status=502, accepted=True))
    with pytest.raises(TelegramServerError):
        await bot.send_message(LAN, "c")
    api.faults.add(Fault("sendMessage", drop=True, accepted=True))
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(LAN, "d")
    api.faults.add(Fault("sendMessage", drop=True))
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(LAN, "e")
    api.faults.add(Fault("sendMessage", raw=b"<html>", accepted=True))
    with pytest.raises(ClientDecodeError):
        await bot.send_message(LAN, "f")
    assert [(entry.text, entry.told) for entry in api.ledger.sent()] == [("c", 502), ("d", 0), ("f", 200)]
    assert [message.text for message in api.view(LAN).from_bot()] == ["c", "d", "f"]


class _Unknown(TelegramMethod[bool]):
    __returning__ = bool
    __api_method__ = "flyToTheMoon"


async def test_wrong_tokens_and_methods(line: Line) -> None:
    with pytest.raises(TelegramNotFound, match="method not found"):
        await line.bot(_Unknown())
    async with Bot("1:AAAA", session=QuickSession(api=server_of(line))) as stranger:
        with pytest.raises(TelegramUnauthorizedError):
            await stranger.get_me()


async def test_numbers_may_come_as_text_or_in_a_query(open_line: Line) -> None:
    """Aiogram always writes forms; JSON and bare queries are read just the same."""
    api, bot, _ = open_line
    url = server_of(open_line).api_url(TOKEN, "sendMessage")
    session = bot.session
    assert isinstance(session, AiohttpSession)
    client = await session.create_session()
    async with client.post(url, json={"chat_id": str(LAN), "text": "json"}) as answer:
        assert answer.status == 200
    async with client.get(url, params={"chat_id": LAN, "text": "query"}) as answer:
        assert answer.status == 200
    assert [entry.text for entry in api.ledger.sent(LAN)] == ["json", "query"]
    assert (await bot(SendMessage(chat_id=str(LAN), text="form"))).text == "form"

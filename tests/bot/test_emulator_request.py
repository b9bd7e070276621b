"""The Telegram emulator in process, under python-telegram-bot, and what it tells tests and pages."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from PIL import Image
from telegram import (
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    Message,
)
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import ExtBot

from bot.emulators.telegram import TOKEN, BotApi, Fault, Limits, too_many
from bot.emulators.telegram_request import EmulatorRequest

LAN = 1001
HUNG = 1002


class Clock:
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.now = datetime(2026, 12, 14, 8, 5, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def api(clock: Clock) -> BotApi:
    api = BotApi(clock)
    api.add_person(LAN, "Lan", last_name="Nguyễn")
    return api


@pytest.fixture
async def bot(api: BotApi, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ExtBot[None]]:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # RetryAfter warns of its coming type otherwise
    async with ExtBot(TOKEN, request=EmulatorRequest(api), get_updates_request=EmulatorRequest(api)) as bot:
        yield bot


def keyboard(*data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup.from_row([InlineKeyboardButton(item, callback_data=item) for item in data])


def picture(colour: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (200, 100), colour).save(buffer, "JPEG")
    return buffer.getvalue()


async def test_a_conversation(api: BotApi, bot: ExtBot[None]) -> None:
    assert bot.username == "emulated_bot"
    started = api.user_starts(LAN, "moi")
    (update,) = await bot.get_updates()
    assert update.update_id == started
    assert update.message is not None
    assert update.message.text == "/start moi"
    sent = await bot.send_message(
        LAN, "<b>Chọn</b> mức", parse_mode=ParseMode.HTML, reply_markup=keyboard("dat", "chua")
    )
    assert api.view(LAN).last.labels() == ["dat", "chua"]
    api.user_taps_label(LAN, "dat")
    (update,) = await bot.get_updates(offset=started + 1)
    assert update.callback_query is not None
    assert update.callback_query.data == "dat"
    await update.callback_query.answer("Đã ghi")
    await update.callback_query.edit_message_text("Đã ghi: đạt")
    view = api.view(LAN)
    assert [message.text for message in view.messages] == ["/start moi", "Đã ghi: đạt"]
    assert view.last.id == sent.message_id
    assert [toast.text for toast in view.toasts] == ["Đã ghi"]
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await bot.edit_message_text("Đã ghi: đạt", chat_id=LAN, message_id=sent.message_id)


async def test_files_both_ways(api: BotApi, bot: ExtBot[None]) -> None:
    api.user_sends_document(LAN, "Kế hoạch.docx", b"PK" + bytes(300))
    api.user_sends_album(LAN, [picture("red"), picture("blue")])
    document, *photos = [update.message for update in await bot.get_updates()]
    assert document is not None
    assert document.document is not None
    assert bytes(await (await document.document.get_file()).download_as_bytearray()) == b"PK" + bytes(300)
    contents = []
    for message in photos:
        assert message is not None
        contents.append(bytes(await (await message.photo[-1].get_file()).download_as_bytearray()))
    assert contents == [picture("red"), picture("blue")]

    await bot.send_document(LAN, io.BytesIO(b"abc"), filename="a.txt", caption="tệp")
    shown = api.view(LAN).last
    assert shown.file is not None
    assert (shown.text, shown.file.name, api.file_bytes(shown.file.id)) == ("tệp", "a.txt", b"abc")
    sent = await bot.send_media_group(
        LAN, [InputMediaPhoto(picture("red")), InputMediaPhoto(picture("blue"))]
    )
    assert len({message.media_group_id for message in sent}) == 1


async def test_the_refusals_that_matter(api: BotApi, bot: ExtBot[None], clock: Clock) -> None:
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.send_message(HUNG, "a")
    api.user_starts(LAN)
    with pytest.raises(BadRequest, match=r"(?i)button_data_invalid"):
        await bot.send_message(LAN, "a", reply_markup=keyboard("x" * 65))
    api.limits = Limits(overall_per_second=1)
    await bot.send_message(LAN, "a")
    with pytest.raises(RetryAfter):
        await bot.send_message(LAN, "b")
    clock.wait(1)
    await bot.send_message(LAN, "b")
    api.limits = Limits()
    api.user_blocks(LAN)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(LAN, "c")
    api.add_group(-5, "Tổ")
    api.group_migrates(-5, -1005)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(-5, "d")
    assert moved.value.new_chat_id == -1005
    stranger = ExtBot("1:AAAA", request=EmulatorRequest(api), get_updates_request=EmulatorRequest(api))
    with pytest.raises(InvalidToken):
        await stranger.initialize()


async def test_two_pollers_end_each_other(bot: ExtBot[None]) -> None:
    first = asyncio.gather(bot.get_updates(timeout=5), return_exceptions=True)
    await asyncio.sleep(0)
    await asyncio.sleep(0.01)
    assert await bot.get_updates() == ()
    assert isinstance((await first)[0], Conflict)


async def test_network_troubles_have_the_causes_httpx_gives(api: BotApi, bot: ExtBot[None]) -> None:
    api.user_starts(LAN)
    api.outage = True
    with pytest.raises(NetworkError) as unreachable:
        await bot.send_message(LAN, "không tới")
    assert isinstance(unreachable.value.__cause__, httpx.ConnectError)
    api.outage = False
    api.faults.add(Fault("sendMessage", drop=True, accepted=True))
    with pytest.raises(NetworkError) as dropped:
        await bot.send_message(LAN, "tới mà không biết")
    assert isinstance(dropped.value.__cause__, httpx.RemoteProtocolError)
    api.faults.add(Fault("sendMessage", delay=30))
    with pytest.raises(TimedOut) as late:
        await bot.send_message(LAN, "tới muộn", read_timeout=0.01)
    assert isinstance(late.value.__cause__, httpx.ReadTimeout)
    api.faults.add(Fault(raw=b"<html>502</html>", status=502))
    with pytest.raises(NetworkError, match="502"):
        await bot.send_message(LAN, "cổng hỏng")
    api.faults.add(Fault(raw=b"tot", accepted=True))
    with pytest.raises(TelegramError, match="Invalid server response"):
        await bot.send_message(LAN, "trả lời lạ")
    assert [entry.text for entry in api.ledger.sent()] == ["tới mà không biết", "tới muộn", "trả lời lạ"]


async def test_a_trouble_may_wait_for_one_chat_or_one_method(api: BotApi, bot: ExtBot[None]) -> None:
    api.user_starts(LAN)
    api.user_starts(HUNG)
    api.faults.add(too_many(3, chat_id=HUNG))
    api.faults.add(Fault("getUpdates", status=500))
    await bot.send_message(LAN, "a")
    with pytest.raises(RetryAfter):
        await bot.send_message(HUNG, "b")
    with pytest.raises(NetworkError):
        await bot.get_updates()
    assert len(await bot.get_updates()) == 2
    assert len(api.faults) == 0


async def test_changes_are_told_as_they_happen(api: BotApi, bot: ExtBot[None]) -> None:
    with api.subscribe() as changes:
        api.user_starts(LAN)
        sent = await bot.send_message(LAN, "a", reply_markup=keyboard("1"))
        await bot.edit_message_text("b", chat_id=LAN, message_id=sent.message_id)
        await bot.delete_message(LAN, sent.message_id)
    api.user_says(LAN, "sau khi thôi nghe")
    told = [(change.kind, change.chat_id) async for change in changes]
    assert told == [(kind, LAN) for kind in ("message", "message", "edited", "deleted")]


async def test_updates_can_come_twice(api: BotApi, bot: ExtBot[None]) -> None:
    ids = [api.user_says(LAN, str(number)) for number in range(3)]
    seen = api.pending
    await bot.get_updates(offset=ids[-1] + 1)
    fourth = api.user_says(LAN, "3")
    api.redeliver(seen[1:])
    assert [update.update_id for update in await bot.get_updates()] == [*ids[1:], fourth]
    assert api.confirmed == ids[-1]


async def test_the_same_script_gives_the_same_screens(clock: Clock) -> None:
    async def play() -> tuple[object, object]:
        api = BotApi(clock)
        async with ExtBot(
            TOKEN, request=EmulatorRequest(api), get_updates_request=EmulatorRequest(api)
        ) as bot:
            api.user_starts(LAN)
            api.user_sends_photo(LAN, picture("red"))
            await bot.send_message(LAN, "a", reply_markup=keyboard("1"))
            api.user_taps_label(LAN, "1")
            return api.pending, api.view(LAN)

    assert await play() == await play()


async def test_how_many_calls_are_under_way_is_known(api: BotApi, bot: ExtBot[None]) -> None:
    for person in range(LAN, LAN + 5):
        api.introduce(person)
    api.latency = 0.02
    await asyncio.gather(*(bot.send_message(person, "a") for person in range(LAN, LAN + 5)))
    assert (api.ledger.flight.now, api.ledger.flight.peak, api.ledger.flight.chat_overlaps) == (0, 5, 0)
    await asyncio.gather(bot.send_message(LAN, "b"), bot.send_message(LAN, "c"))
    assert api.ledger.flight.chat_overlaps == 1


async def test_a_role_menu_shows_in_one_chat(api: BotApi, bot: ExtBot[None]) -> None:
    api.user_starts(LAN)
    api.user_starts(HUNG)
    await bot.set_my_commands([BotCommand("help", "Trợ giúp")])
    await bot.set_my_commands([BotCommand("vp", "Văn phòng")], scope=BotCommandScopeChat(LAN))
    assert api.view(LAN).menu == (("vp", "Văn phòng"),)
    assert api.view(HUNG).menu == (("help", "Trợ giúp"),)


async def test_blocking_is_told_and_stops_the_person_too(api: BotApi, bot: ExtBot[None]) -> None:
    api.user_starts(LAN)
    api.user_blocks(LAN)
    with pytest.raises(ValueError, match="unblock"):
        api.user_says(LAN, "a")
    api.user_starts(LAN)
    updates = await bot.get_updates()
    members = [update.my_chat_member for update in updates if update.my_chat_member is not None]
    assert [member.new_chat_member.status for member in members] == ["kicked", "member"]
    last = updates[-1].message
    assert isinstance(last, Message)
    assert last.text == "/start"

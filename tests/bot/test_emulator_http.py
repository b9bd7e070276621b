"""The Telegram emulator over HTTP, judged by aiogram, a client that is not ours."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import SendMessage, TelegramMethod
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BufferedInputFile,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    KeyboardButton,
    Message,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from PIL import Image

from bot.emulators.telegram import TOKEN, BotApi, Fault, Limits, too_many
from bot.emulators.telegram_server import serving

LAN = 1001
HUNG = 1002
NOBODY = 9999


class QuickSession(AiohttpSession):
    """aiogram's own session, without the pause for TLS when it closes."""

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


class Line(NamedTuple):
    """One emulated bot and a client connected to it."""

    api: BotApi
    bot: Bot
    clock: list[datetime]

    def wait(self, seconds: float) -> None:
        self.clock[0] += timedelta(seconds=seconds)


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    clock = [datetime(2026, 12, 14, 8, 5, tzinfo=UTC)]
    api = BotApi(lambda: clock[0])
    api.add_person(LAN, "Lan", last_name="Nguyễn", username="lan", phone="84901234567")
    async with serving(api) as address:
        session = QuickSession(api=TelegramAPIServer.from_base(address))
        async with Bot(TOKEN, session=session) as bot:
            yield Line(api, bot, clock)


@pytest.fixture
async def open_line(line: Line) -> Line:
    """Lan has pressed Start, and the bot has seen it."""
    line.api.user_starts(LAN)
    updates = await line.bot.get_updates()
    await line.bot.get_updates(offset=updates[-1].update_id + 1)
    return line


def picture(colour: str = "red", sides: tuple[int, int] = (320, 200)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", sides, colour).save(buffer, "PNG")
    return buffer.getvalue()


def keyboard(*data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=item[:10], callback_data=item) for item in data]]
    )


def kinds(entities: Sequence[MessageEntity] | None) -> list[tuple[str, int, int]]:
    return [(str(entity.type), entity.offset, entity.length) for entity in entities or ()]


def listed(commands: Sequence[BotCommand]) -> list[str]:
    return [f"{command.command}: {command.description}" for command in commands]


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


async def test_text_keyboard_tap_toast_and_edit(open_line: Line) -> None:
    api, bot, _ = open_line
    sent = await bot.send_message(
        LAN, "Tiêu chí <b>1.2</b> &amp; minh chứng", parse_mode="HTML", reply_markup=keyboard("9:dat")
    )
    assert sent.text == "Tiêu chí 1.2 & minh chứng"
    assert kinds(sent.entities) == [("bold", 9, 3)]
    assert api.view(LAN).last.button("9:dat").data == "9:dat"

    api.user_taps(LAN, sent.message_id, "9:dat")
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    assert isinstance(query.message, Message)
    assert (query.data, query.message.message_id) == ("9:dat", sent.message_id)
    assert query.message.reply_markup == sent.reply_markup
    assert await bot.answer_callback_query(query.id, text="Đã ghi")
    assert [(toast.text, toast.alert) for toast in api.view(LAN).toasts] == [("Đã ghi", False)]

    edited = await bot.edit_message_text("Đã đạt", chat_id=LAN, message_id=sent.message_id)
    assert isinstance(edited, Message)
    assert edited.edit_date is not None
    shown = api.view(LAN).last
    assert (shown.text, shown.buttons, shown.edited) == ("Đã đạt", (), True)


async def test_a_tap_needs_a_button_unless_it_is_forged(open_line: Line) -> None:
    api, bot, _ = open_line
    sent = await bot.send_message(LAN, "chọn", reply_markup=keyboard("1"))
    with pytest.raises(LookupError):
        api.user_taps(LAN, sent.message_id, "2")
    await bot.delete_message(LAN, sent.message_id)
    api.user_taps(LAN, sent.message_id, "2", forged=True)
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    assert query.message is not None
    assert not isinstance(query.message, Message)  # an InaccessibleMessage: no text to read


async def test_a_tap_must_be_answered_in_time(open_line: Line) -> None:
    api, bot, _ = open_line
    sent = await bot.send_message(LAN, "chọn", reply_markup=keyboard("1"))
    api.user_taps(LAN, sent.message_id, "1")
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    with pytest.raises(TelegramBadRequest, match="MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(query.id, text="x" * 201)
    with pytest.raises(TelegramBadRequest, match="query ID is invalid"):
        await bot.answer_callback_query("12345")
    open_line.wait(3600)
    with pytest.raises(TelegramBadRequest, match="query is too old and response timeout expired"):
        await bot.answer_callback_query(query.id)


async def test_an_edit_must_change_something_of_ones_own(open_line: Line) -> None:
    bot = open_line.bot
    sent = await bot.send_message(LAN, "<i>a</i>", parse_mode="HTML", reply_markup=keyboard("1"))
    number = sent.message_id
    with pytest.raises(TelegramBadRequest, match="message is not modified: specified new message content"):
        await bot.edit_message_text(
            "<i>a</i>", chat_id=LAN, message_id=number, parse_mode="HTML", reply_markup=keyboard("1")
        )
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_reply_markup(chat_id=LAN, message_id=number, reply_markup=keyboard("1"))
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_text("b", chat_id=LAN, message_id=number + 50)
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_text("b", chat_id=LAN, message_id=1)  # Lan's own
    with pytest.raises(TelegramBadRequest, match="there is no caption in the message to edit"):
        await bot.edit_message_caption(chat_id=LAN, message_id=number, caption="b")
    with pytest.raises(TelegramBadRequest, match="inline keyboard expected"):
        await bot(_RawEdit(chat_id=LAN, message_id=number, text="b", reply_markup=ForceReply()))
    await bot.edit_message_reply_markup(chat_id=LAN, message_id=number)
    assert open_line.api.view(LAN).last.buttons == ()
    await bot.edit_message_text("a", chat_id=LAN, message_id=number)  # the same letters without italics


class _RawEdit(TelegramMethod[Message]):
    """An edit with a markup that aiogram's own types would not allow."""

    __returning__ = Message
    __api_method__ = "editMessageText"

    chat_id: int
    message_id: int
    text: str
    reply_markup: ForceReply


async def test_deleting(open_line: Line) -> None:
    bot = open_line.bot
    sent = await bot.send_message(LAN, "a")
    await bot.delete_message(LAN, sent.message_id)
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(LAN, sent.message_id)
    old = await bot.send_message(LAN, "b")
    open_line.wait(49 * 3600)
    with pytest.raises(TelegramBadRequest, match="message can't be deleted for everyone"):
        await bot.delete_message(LAN, old.message_id)


async def test_replies(open_line: Line) -> None:
    bot = open_line.bot
    sent = await bot.send_message(LAN, "b", reply_parameters=ReplyParameters(message_id=1))
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "/start"
    with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
        await bot.send_message(LAN, "b", reply_parameters=ReplyParameters(message_id=777))
    lenient = ReplyParameters(message_id=777, allow_sending_without_reply=True)
    assert (await bot.send_message(LAN, "b", reply_parameters=lenient)).reply_to_message is None


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("x" * 4096, None),
        ("x" * 4097, "message is too long"),
        ("😀" * 2048, None),
        ("😀" * 2049, "message is too long"),
        ("<b>" + "x" * 4096 + "</b>", None),
        ("<b>" + "&amp;" * 4097 + "</b>", "message is too long"),
        ("", "message text is empty"),
        ("<b> </b>", "text must be non-empty"),
        ("<b>x", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ("5 < 6", 'can\'t parse entities: Unsupported start tag "" at byte offset 2'),
        ("ạ <script>", 'can\'t parse entities: Unsupported start tag "script" at byte offset 4'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
    ],
    ids=range(12),
)
async def test_texts_are_measured_and_parsed(open_line: Line, text: str, error: str | None) -> None:
    if error is None:
        await open_line.bot.send_message(LAN, text, parse_mode="HTML")
        return
    with pytest.raises(TelegramBadRequest) as refused:
        await open_line.bot.send_message(LAN, text, parse_mode="HTML")
    assert error in refused.value.message


@pytest.mark.parametrize(
    ("markup", "error"),
    [
        (keyboard("x" * 64), None),
        (keyboard("x" * 65), "BUTTON_DATA_INVALID"),
        (keyboard("ạ" * 22), "BUTTON_DATA_INVALID"),
        (keyboard(*map(str, range(8))), None),
        (keyboard(*map(str, range(9))), "REPLY_MARKUP_TOO_LONG"),
        (InlineKeyboardMarkup(inline_keyboard=[*keyboard("1", "2", "3", "4").inline_keyboard] * 25), None),
        (
            InlineKeyboardMarkup(inline_keyboard=[*keyboard("1", "2", "3", "4").inline_keyboard] * 26),
            "REPLY_MARKUP_TOO_LONG",
        ),
        (
            InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="x")]]),
            "Text buttons are unallowed in the inline keyboard",
        ),
        (
            InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="x", url="not-a-url")]]),
            "inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL",
        ),
        (
            InlineKeyboardMarkup(
                inline_keyboard=[[InlineKeyboardButton(text="x", url="https://moh.gov.vn")]]
            ),
            None,
        ),
    ],
    ids=range(10),
)
async def test_keyboards_have_limits(
    open_line: Line, markup: InlineKeyboardMarkup, error: str | None
) -> None:
    if error is None:
        await open_line.bot.send_message(LAN, "chọn", reply_markup=markup)
        return
    with pytest.raises(TelegramBadRequest) as refused:
        await open_line.bot.send_message(LAN, "chọn", reply_markup=markup)
    assert error in refused.value.message


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


async def test_a_document_goes_down_with_the_same_bytes_and_its_name(open_line: Line) -> None:
    api, bot, _ = open_line
    content = bytes(range(256)) * 20_000
    sent = await bot.send_document(LAN, BufferedInputFile(content, "Báo cáo.docx"), caption="Bản <b>1</b>")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size) == ("Báo cáo.docx", len(content))
    assert sent.caption == "Bản <b>1</b>"
    shown = api.view(LAN).last.file
    assert shown is not None
    assert api.file_bytes(shown.id) == content
    again = await bot.send_document(LAN, sent.document.file_id)
    assert again.document is not None
    assert again.document.file_unique_id == sent.document.file_unique_id
    downloaded = await bot.download(sent.document)
    assert downloaded is not None
    assert downloaded.read() == content


async def test_a_document_comes_up_with_the_same_bytes(open_line: Line) -> None:
    api, bot, _ = open_line
    content = b"%PDF-1.7 " + bytes(1000)
    api.user_sends_document(LAN, "Minh chứng.pdf", content, caption="tiêu chí 3")
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.document is not None
    assert (message.document.file_name, message.document.mime_type) == ("Minh chứng.pdf", "application/pdf")
    assert message.caption == "tiêu chí 3"
    downloaded = await bot.download(message.document)
    assert downloaded is not None
    assert downloaded.read() == content


async def test_a_photo_has_a_small_size_and_the_full_one(open_line: Line) -> None:
    api, bot, _ = open_line
    content = picture()
    sent = await bot.send_photo(LAN, BufferedInputFile(content, "a.png"), reply_markup=keyboard("1"))
    assert sent.photo is not None
    assert [(size.width, size.height) for size in sent.photo] == [(90, 56), (320, 200)]
    api.user_sends_photo(LAN, content, caption="sân trạm")
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.photo is not None
    small, full = [await bot.download(size) for size in message.photo]
    assert small is not None
    assert full is not None
    assert full.read() == content
    with Image.open(small) as thumbnail:
        assert thumbnail.size == (90, 56)


async def test_albums_both_ways(open_line: Line) -> None:
    api, bot, _ = open_line
    contents = [picture(colour) for colour in ("red", "green", "blue")]
    sent = await bot.send_media_group(
        LAN,
        [
            InputMediaPhoto(
                media=BufferedInputFile(content, "p.png"), caption="ba ảnh" if number == 0 else None
            )
            for number, content in enumerate(contents)
        ],
    )
    assert len({message.media_group_id for message in sent}) == 1
    assert [message.caption for message in sent] == ["ba ảnh", None, None]
    shown = [message.file for message in api.view(LAN).from_bot()]
    assert [api.file_bytes(file.id) for file in shown if file is not None] == contents

    api.user_sends_album(LAN, contents, caption="của tôi")
    updates = await bot.get_updates()
    assert len(updates) == 3
    messages = [update.message for update in updates if update.message is not None]
    assert len({message.media_group_id for message in messages}) == 1
    assert [message.caption for message in messages] == ["của tôi", None, None]
    downloads = [await bot.download(message.photo[-1]) for message in messages if message.photo]
    assert [download.read() for download in downloads if download is not None] == contents


async def test_files_that_are_refused(open_line: Line) -> None:
    api, bot, _ = open_line
    api.user_sends_document(LAN, "lon.zip", b"x", declared_size=20 * 1024 * 1024 + 1)
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.document is not None
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await bot.get_file(message.document.file_id)
    with pytest.raises(TelegramBadRequest, match="invalid file_id"):
        await bot.get_file("nope")
    with pytest.raises(TelegramBadRequest, match="wrong file identifier"):
        await bot.send_document(LAN, "nope")
    with pytest.raises(TelegramEntityTooLarge):
        await bot.send_document(LAN, BufferedInputFile(bytes(50 * 1024 * 1024 + 1), "x.bin"))
    with pytest.raises(TelegramBadRequest, match="file must be non-empty"):
        await bot.send_document(LAN, BufferedInputFile(b"", "x.bin"))
    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        await bot.send_photo(LAN, BufferedInputFile(b"not an image", "x.jpg"))
    with pytest.raises(TelegramBadRequest, match="PHOTO_INVALID_DIMENSIONS"):
        await bot.send_photo(LAN, BufferedInputFile(picture(sides=(2100, 100)), "x.png"))
    with pytest.raises(TelegramBadRequest, match="caption is too long"):
        await bot.send_photo(LAN, BufferedInputFile(picture(), "x.png"), caption="x" * 1025)
    with pytest.raises(TelegramBadRequest, match="can't be mixed"):
        await bot.send_media_group(
            LAN,
            [
                InputMediaPhoto(media=BufferedInputFile(picture(), "x.png")),
                InputMediaDocument(media=BufferedInputFile(b"x", "x.txt")),
            ],
        )
    with pytest.raises(TelegramBadRequest, match="Too few messages"):
        await bot.send_media_group(LAN, [InputMediaPhoto(media=BufferedInputFile(picture(), "x.png"))])


async def test_an_unknown_download_path_is_404(open_line: Line) -> None:
    with pytest.raises(Exception, match="404"):
        await open_line.bot.download_file("documents/file_77.pdf")


async def test_commands_by_scope_and_language(open_line: Line) -> None:
    api, bot, _ = open_line
    start = BotCommand(command="start", description="Bắt đầu")
    help_ = BotCommand(command="help", description="Trợ giúp")
    english = BotCommand(command="help", description="Help")
    office = BotCommand(command="vanphong", description="Văn phòng")
    await bot.set_my_commands([start])
    await bot.set_my_commands([help_], scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_commands([english], scope=BotCommandScopeAllPrivateChats(), language_code="en")
    private = BotCommandScopeAllPrivateChats()
    assert listed(await bot.get_my_commands()) == ["start: Bắt đầu"]
    assert listed(await bot.get_my_commands(language_code="en")) == []
    assert listed(await bot.get_my_commands(scope=private, language_code="en")) == ["help: Help"]
    assert api.view(LAN).menu == (("help", "Trợ giúp"),)
    await bot.set_my_commands([office], scope=BotCommandScopeChat(chat_id=LAN))
    assert api.view(LAN).menu == (("vanphong", "Văn phòng"),)
    await bot.delete_my_commands(scope=BotCommandScopeChat(chat_id=LAN))
    assert api.view(LAN).menu == (("help", "Trợ giúp"),)
    with pytest.raises(TelegramBadRequest, match="BOT_COMMAND_INVALID"):
        await bot.set_my_commands([BotCommand(command="Bắt", description="x")])
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.set_my_commands([start], scope=BotCommandScopeChat(chat_id=NOBODY))


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


async def test_explicit_entities(open_line: Line) -> None:
    bot = open_line.bot
    sent = await bot.send_message(LAN, "😀 đạt", entities=[MessageEntity(type="bold", offset=3, length=3)])
    assert sent.entities is not None
    assert sent.entities[0].extract_from(sent.text or "") == "đạt"
    with pytest.raises(TelegramBadRequest, match="ends after the end of the text at UTF-16 offset 100"):
        await bot.send_message(LAN, "a", entities=[MessageEntity(type="bold", offset=0, length=100)])
    with pytest.raises(TelegramBadRequest, match="unsupported parse_mode"):
        await bot.send_message(LAN, "a", parse_mode="MarkdownV2")


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


async def test_wrong_tokens_and_methods(line: Line) -> None:
    with pytest.raises(TelegramNotFound, match="method not found"):
        await line.bot(_Unknown())
    async with Bot("1:AAAA", session=QuickSession(api=_server_of(line))) as stranger:
        with pytest.raises(TelegramUnauthorizedError):
            await stranger.get_me()


class _Unknown(TelegramMethod[bool]):
    __returning__ = bool
    __api_method__ = "flyToTheMoon"


def _server_of(line: Line) -> TelegramAPIServer:
    session = line.bot.session
    assert isinstance(session, AiohttpSession)
    return session.api


async def test_numbers_may_come_as_text_or_in_a_query(open_line: Line) -> None:
    """Aiogram always writes forms; JSON and bare queries are read just the same."""
    api, bot, _ = open_line
    url = _server_of(open_line).api_url(TOKEN, "sendMessage")
    session = bot.session
    assert isinstance(session, AiohttpSession)
    client = await session.create_session()
    async with client.post(url, json={"chat_id": str(LAN), "text": "json"}) as answer:
        assert answer.status == 200
    async with client.get(url, params={"chat_id": LAN, "text": "query"}) as answer:
        assert answer.status == 200
    assert [entry.text for entry in api.ledger.sent(LAN)] == ["json", "query"]
    assert (await bot(SendMessage(chat_id=str(LAN), text="form"))).text == "form"

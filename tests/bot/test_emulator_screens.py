"""Texts, keyboards, taps and edits in the emulator, judged by aiogram."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import pytest
from aiogram.exceptions import (
    TelegramBadRequest,
)
from aiogram.methods import TelegramMethod
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    MessageEntity,
    ReplyParameters,
)

from tests.bot.emulator_line import (
    LAN,
    NOBODY,
    Line,
    connected_to_lan,
    keyboard,
)


@pytest.fixture
async def open_line() -> AsyncIterator[Line]:
    async with connected_to_lan() as line:
        yield line


def kinds(entities: Sequence[MessageEntity] | None) -> list[tuple[str, int, int]]:
    return [(str(entity.type), entity.offset, entity.length) for entity in entities or ()]


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


async def test_deleting_several(open_line: Line) -> None:
    bot = open_line.bot
    old = await bot.send_message(LAN, "a")
    open_line.wait(49 * 3600)
    fresh = await bot.send_message(LAN, "b")
    with pytest.raises(TelegramBadRequest, match="message can't be deleted for everyone"):
        await bot.delete_messages(LAN, [fresh.message_id, old.message_id])
    await bot.delete_messages(LAN, [fresh.message_id, 999])
    await bot.delete_messages(LAN, [fresh.message_id])
    standing = [one.id for one in open_line.api.view(LAN).messages]
    assert old.message_id in standing
    assert fresh.message_id not in standing
    for few in ([], list(range(1, 102))):
        with pytest.raises(TelegramBadRequest, match="message identifiers"):
            await bot.delete_messages(LAN, few)


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


async def test_explicit_entities(open_line: Line) -> None:
    bot = open_line.bot
    sent = await bot.send_message(LAN, "😀 đạt", entities=[MessageEntity(type="bold", offset=3, length=3)])
    assert sent.entities is not None
    assert sent.entities[0].extract_from(sent.text or "") == "đạt"
    with pytest.raises(TelegramBadRequest, match="ends after the end of the text at UTF-16 offset 100"):
        await bot.send_message(LAN, "a", entities=[MessageEntity(type="bold", offset=0, length=100)])
    with pytest.raises(TelegramBadRequest, match="unsupported parse_mode"):
        await bot.send_message(LAN, "a", parse_mode="MarkdownV2")


def listed(commands: Sequence[BotCommand]) -> list[str]:
    return [f"{command.command}: {command.description}" for command in commands]


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

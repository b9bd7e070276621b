"""Calls the emulator refuses, each with the description of the real server."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from bot.emulators.telegram import BotApi, JsonValue, UploadedFile

LAN = 1001
_NO_ID = 'can\'t find field "message_id"'
_COMMAND = {"command": "a", "description": "x"}


@pytest.fixture
def api() -> BotApi:
    api = BotApi(lambda: datetime(2026, 12, 14, 8, 5, tzinfo=UTC))
    api.user_starts(LAN)
    return api


def inline(button: JsonValue) -> JsonValue:
    return {"inline_keyboard": [[button]]}


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("not json", "can't parse reply keyboard markup JSON object"),
        ([1], "object expected as reply markup"),
        ({"unknown": 1}, "object expected as reply markup"),
        ({"inline_keyboard": "x"}, 'field "inline_keyboard" must be of type Array'),
        ({"inline_keyboard": ["x"]}, 'field "inline_keyboard" must be an Array of Arrays'),
        ({"keyboard": "x"}, 'field "keyboard" must be of type Array'),
        (inline("x"), "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
        (inline({"callback_data": "1"}), "can't parse inline keyboard button: Can't find field \"text\""),
        (inline({"text": 5}), 'can\'t parse inline keyboard button: Field "text" must be of type String'),
        (inline({"text": " ", "url": "x.vn"}), "inline keyboard button text must be non-empty"),
        (inline({"text": "x", "callback_data": 5}), "BUTTON_DATA_INVALID"),
        (
            inline({"text": "x", "callback_data": ""}),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (inline({"text": "x", "copy_text": {"text": "x" * 257}}), "BUTTON_COPY_TEXT_INVALID"),
        (
            inline({"text": "x", "url": "ftp://example.com"}),
            "inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol",
        ),
        ({"keyboard": [[5]]}, "can't parse keyboard button: KeyboardButton must be an Object"),
        ({"inline_keyboard": []}, None),
        ({}, None),
        ("", None),
        (inline({"text": "x", "copy_text": {"text": "x" * 256}}), None),
        (inline({"text": "x", "switch_inline_query": ""}), None),
        ({"keyboard": [["một", {"text": "hai"}]], "resize_keyboard": True}, None),
        ({"remove_keyboard": True}, None),
        ({"force_reply": True}, None),
    ],
)
async def test_keyboards(api: BotApi, markup: JsonValue, reason: str | None) -> None:
    answer = await api.call("sendMessage", {"chat_id": LAN, "text": "x", "reply_markup": markup})
    if reason is None:
        assert answer.status == 200
    else:
        assert answer.body["description"] == f"Bad Request: {reason}"


@pytest.mark.parametrize(
    ("method", "params", "reason"),
    [
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": "lan", "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": LAN}, "message text is empty"),
        ("sendMessage", {"text": "x", "entities": {"a": 1}}, "expected an Array of MessageEntity"),
        ("sendMessage", {"text": "x", "entities": [1]}, "expected an Object as MessageEntity"),
        (
            "sendMessage",
            {"text": "x", "entities": [{"type": "fat"}]},
            "can't parse MessageEntity: Unsupported type specified",
        ),
        (
            "sendMessage",
            {"text": "x", "entities": [{"type": "bold", "offset": -1, "length": 1}]},
            "receive an entity with incorrect offset -1",
        ),
        (
            "sendMessage",
            {"text": "x", "entities": [{"type": "bold", "offset": 0, "length": -1}]},
            "receive an entity with incorrect length -1",
        ),
        (
            "sendMessage",
            {"text": "x", "entities": [{"type": "bold", "offset": 5, "length": 1}]},
            "entity begins after the end of the text at UTF-16 offset 5",
        ),
        (
            "sendMessage",
            {"text": "x", "entities": [{"type": "text_link", "offset": 0, "length": 1}]},
            "can't parse MessageEntity: Can't find field \"url\"",
        ),
        (
            "sendMessage",
            {"text": "x", "entities": [{"type": "text_link", "offset": 0, "length": 1, "url": ""}]},
            "entity URL '' is invalid: URL host is empty",
        ),
        (
            "sendMessage",
            {"chat_id": LAN, "text": "x", "reply_parameters": {}},
            'can\'t find field "message_id"',
        ),
        ("editMessageText", {"chat_id": LAN, "text": "x"}, "message identifier is not specified"),
        ("editMessageText", {"inline_message_id": "x", "text": "x"}, "MESSAGE_ID_INVALID"),
        ("sendChatAction", {"chat_id": LAN, "action": "dance"}, "wrong parameter action in request"),
        ("sendDocument", {"chat_id": LAN}, "there is no document in the request"),
        ("sendPhoto", {"chat_id": LAN, "photo": "attach://gone"}, "wrong file identifier/HTTP URL specified"),
        ("sendMediaGroup", {"chat_id": LAN, "media": {}}, "expected an Array of InputMedia"),
        ("sendMediaGroup", {"chat_id": LAN, "media": [1] * 11}, "Too many messages to send as an album"),
        ("sendMediaGroup", {"chat_id": LAN, "media": [1, 2]}, "can't parse InputMedia: expected an Object"),
        (
            "sendMediaGroup",
            {"chat_id": LAN, "media": [{"type": "gif"}] * 2},
            "can't parse InputMedia: type must be photo or document",
        ),
        ("getFile", {}, "file_id not specified"),
        ("setWebhook", {"url": "http://x.vn"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ("getUpdates", {"allowed_updates": {}}, "can't parse allowed_updates: expected an Array of String"),
        ("setMyCommands", {"commands": {}}, "expected an Array of BotCommand"),
        ("setMyCommands", {"commands": [1]}, "expected an Object as BotCommand"),
        (
            "setMyCommands",
            {"commands": [_COMMAND] * 101},
            "BOT_COMMANDS_TOO_MUCH",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "a", "description": ""}]},
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        ("getMyCommands", {"language_code": "vie"}, "invalid language code specified"),
        ("getMyCommands", {"scope": [1]}, "can't parse BotCommandScope: expected an Object"),
        (
            "getMyCommands",
            {"scope": {"type": "moon"}},
            "can't parse BotCommandScope: unsupported type specified",
        ),
    ],
)
async def test_calls(api: BotApi, method: str, params: Mapping[str, object], reason: str) -> None:
    answer = await api.call(method, params)
    assert (answer.status, answer.body["description"]) == (400, f"Bad Request: {reason}")


async def test_captions_are_edited_and_keyboards_stay_off_albums(api: BotApi) -> None:
    files = {"document": UploadedFile("a.txt", b"a")}
    sent = await api.call("sendDocument", {"chat_id": LAN, "caption": "một"}, files)
    assert sent.status == 200
    number = api.view(LAN).last.id
    for method, params, reason in (
        ("editMessageText", {"text": "x"}, "there is no text in the message to edit"),
        ("editMessageCaption", {"caption": "một"}, "message is not modified"),
        ("editMessageCaption", {"caption": "x" * 1025}, "message caption is too long"),
    ):
        answer = await api.call(method, {"chat_id": LAN, "message_id": number, **params})
        assert str(answer.body["description"]).startswith(f"Bad Request: {reason}")
    await api.call("editMessageCaption", {"chat_id": LAN, "message_id": number, "caption": "hai"})
    assert (api.view(LAN).last.text, api.view(LAN).last.edited) == ("hai", True)


async def test_an_edit_counts_against_the_blocked_and_the_moved_too(api: BotApi) -> None:
    await api.call("sendMessage", {"chat_id": LAN, "text": "a"})
    number = api.view(LAN).last.id
    api.user_blocks(LAN)
    edit = await api.call("editMessageText", {"chat_id": LAN, "message_id": number, "text": "b"})
    assert edit.body["description"] == "Forbidden: bot was blocked by the user"
    action = await api.call("sendChatAction", {"chat_id": LAN, "action": "typing"})
    assert action.status == 403
    api.add_group(-5, "Tổ")
    await api.call("sendMessage", {"chat_id": -5, "text": "a"})
    api.group_migrates(-5, -1005)
    moved = await api.call("deleteMessage", {"chat_id": -5, "message_id": 1})
    assert moved.body["parameters"] == {"migrate_to_chat_id": -1005}


async def test_a_chat_is_described(api: BotApi) -> None:
    api.add_person(LAN, "Lan", last_name="Nguyễn", username="lan")
    answer = await api.call("getChat", {"chat_id": LAN})
    result = answer.body["result"]
    assert isinstance(result, dict)
    assert (result["type"], result["first_name"], result["username"]) == ("private", "Lan", "lan")

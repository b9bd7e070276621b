"""Keyboards under messages, checked against the limits Telegram puts on them."""

from __future__ import annotations

from collections.abc import Callable

from bot.emulators.telegram.errors import (
    BUTTON_DATA_INVALID,
    BUTTON_WITHOUT_ACTION,
    MARKUP_TOO_LONG,
    ApiError,
)
from bot.emulators.telegram.json_types import JsonObject, JsonValue
from bot.emulators.telegram.links import checked_url

MAX_BUTTONS = 100
MAX_ROW = 8
MAX_DATA_BYTES = 64
_MAX_COPY = 256
_ACTIONS = (
    "callback_data",
    "url",
    "copy_text",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
)


def checked_markup(markup: JsonValue) -> JsonObject | None:
    """A reply markup as it will be kept; None when there is none. Raises ApiError."""
    if markup is None or markup == "":
        return None
    if not isinstance(markup, dict):
        raise ApiError.bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = _rows(markup, "inline_keyboard", _inline_button)
        return {"inline_keyboard": rows} if rows else None
    if "keyboard" in markup:
        return {**markup, "keyboard": _rows(markup, "keyboard", _reply_button)}
    if markup.get("remove_keyboard") is True or markup.get("force_reply") is True:
        return dict(markup)
    if markup:
        raise ApiError.bad_request("object expected as reply markup")
    return None


def checked_inline(markup: JsonValue) -> JsonObject | None:
    """The same for an edit, where only an inline keyboard may stand."""
    checked = checked_markup(markup)
    if checked is not None and "inline_keyboard" not in checked:
        raise ApiError.bad_request("inline keyboard expected")
    return checked


def _rows(markup: JsonObject, field: str, check: Callable[[JsonValue], JsonValue]) -> list[JsonValue]:
    value = markup[field]
    if not isinstance(value, list):
        raise ApiError.bad_request(f'field "{field}" must be of type Array')
    rows: list[JsonValue] = []
    total = 0
    for row in value:
        if not isinstance(row, list):
            raise ApiError.bad_request(f'field "{field}" must be an Array of Arrays')
        total += len(row)
        if len(row) > MAX_ROW or total > MAX_BUTTONS:
            raise ApiError.bad_request(MARKUP_TOO_LONG)
        buttons: list[JsonValue] = [check(button) for button in row]
        if buttons:
            rows.append(buttons)
    return rows


def _inline_button(value: JsonValue) -> JsonValue:
    label = "can't parse inline keyboard button"
    if not isinstance(value, dict):
        raise ApiError.bad_request(f"{label}: InlineKeyboardButton must be an Object")
    _check_text(value, "inline keyboard button")
    actions = [name for name in _ACTIONS if value.get(name) not in (None, "")]
    if "switch_inline_query" in value or "switch_inline_query_current_chat" in value:
        return dict(value)
    if not actions:
        raise ApiError.bad_request(BUTTON_WITHOUT_ACTION)
    data = value.get("callback_data")
    if actions[0] == "callback_data":
        if not isinstance(data, str) or len(data.encode("utf-8", "surrogatepass")) > MAX_DATA_BYTES:
            raise ApiError.bad_request(BUTTON_DATA_INVALID)
        return dict(value)
    if actions[0] == "url":
        return {**value, "url": checked_url(str(value["url"]), "inline keyboard button URL")}
    copied = value.get("copy_text")
    if isinstance(copied, dict) and not 1 <= len(str(copied.get("text", ""))) <= _MAX_COPY:
        raise ApiError.bad_request("BUTTON_COPY_TEXT_INVALID")
    return dict(value)


def _reply_button(value: JsonValue) -> JsonValue:
    if isinstance(value, str):
        value = {"text": value}
    if not isinstance(value, dict):
        raise ApiError.bad_request("can't parse keyboard button: KeyboardButton must be an Object")
    _check_text(value, "keyboard button")
    return dict(value)


def _check_text(button: JsonObject, what: str) -> None:
    if "text" not in button:
        raise ApiError.bad_request(f"can't parse {what}: Can't find field \"text\"")
    text = button["text"]
    if not isinstance(text, str):
        raise ApiError.bad_request(f'can\'t parse {what}: Field "text" must be of type String')
    if not text.strip():
        raise ApiError.bad_request(f"{what} text must be non-empty")

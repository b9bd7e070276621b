"""Methods that change what already stands on the screen, and the answer to a tap."""

from __future__ import annotations

from datetime import timedelta

from bot.emulators.telegram import errors
from bot.emulators.telegram.errors import ApiError
from bot.emulators.telegram.json_types import JsonObject
from bot.emulators.telegram.keyboards import checked_inline
from bot.emulators.telegram.sending import checked_caption, checked_text
from bot.emulators.telegram.server import Call, Change, Server
from bot.emulators.telegram.state import Chat, Message, Toast
from bot.emulators.telegram.styles import FormattedText

QUERY_LIFETIME = timedelta(minutes=2)
"""How long a tap may wait for its answer; Telegram publishes no figure."""
_DELETABLE = timedelta(hours=48)
_MOST_DELETED = 100
_MAX_TOAST = 200


def edit_message_text(server: Server, call: Call) -> JsonObject:
    """The editMessageText method."""
    text = checked_text(call.params)
    markup = checked_inline(call.params.json("reply_markup", "reply keyboard markup"))
    message = _editable(server, call)
    if message.attachment is not None or message.contact is not None:
        raise ApiError.bad_request(errors.EDIT_NO_TEXT)
    return _change(server, message, text, markup)


def edit_message_caption(server: Server, call: Call) -> JsonObject:
    """The editMessageCaption method."""
    text = checked_caption(call.params)
    markup = checked_inline(call.params.json("reply_markup", "reply keyboard markup"))
    message = _editable(server, call)
    if message.attachment is None:
        raise ApiError.bad_request(errors.EDIT_NO_CAPTION)
    return _change(server, message, text, markup)


def edit_message_reply_markup(server: Server, call: Call) -> JsonObject:
    """The editMessageReplyMarkup method; without a markup it takes the keyboard away."""
    markup = checked_inline(call.params.json("reply_markup", "reply keyboard markup"))
    message = _editable(server, call)
    return _change(server, message, FormattedText(message.text, message.entities), markup)


def delete_message(server: Server, call: Call) -> bool:
    """The deleteMessage method; messages older than 48 hours stay."""
    chat = _reachable(server, call)
    message = chat.messages.get(call.params.integer("message_id"))
    if message is None:
        raise ApiError.bad_request(errors.DELETE_NOT_FOUND)
    if server.clock() - message.at() > _DELETABLE:
        raise ApiError.bad_request(errors.DELETE_FORBIDDEN)
    del chat.messages[message.id]
    server.notify(Change("deleted", chat.id, message.id))
    return True


def delete_messages(server: Server, call: Call) -> bool:
    """The deleteMessages method: what is not found is passed over; with one that has to stay, all stay."""
    chat = _reachable(server, call)
    given = call.params.json("message_ids", "message identifiers")
    if not isinstance(given, list) or not all(isinstance(one, int) for one in given):
        raise ApiError.bad_request("can't parse message identifiers JSON object")
    if not 1 <= len(given) <= _MOST_DELETED:
        raise ApiError.bad_request(errors.DELETE_TOO_MANY if given else errors.DELETE_NONE)
    found = [message for one in given if (message := chat.messages.get(int(str(one)))) is not None]
    if any(server.clock() - message.at() > _DELETABLE for message in found):
        raise ApiError.bad_request(errors.DELETE_FORBIDDEN)
    for message in found:
        del chat.messages[message.id]
        server.notify(Change("deleted", chat.id, message.id))
    return True


def answer_callback_query(server: Server, call: Call) -> bool:
    """The answerCallbackQuery method."""
    params = call.params
    now = server.clock()
    text = params.text("text")
    if len(text) > _MAX_TOAST:
        raise ApiError.bad_request(errors.TOAST_TOO_LONG)
    query = server.world.queries.get(params.text("callback_query_id"))
    if query is None or now - query.at > QUERY_LIFETIME:
        raise ApiError.bad_request(errors.QUERY_TOO_OLD)
    query.answered = True
    url = params.text("url")
    if text or url:
        toast = Toast(query.id, query.chat_id, query.message_id, text, params.boolean("show_alert"), url, now)
        server.world.toasts.append(toast)
    server.notify(Change("toast", query.chat_id, query.message_id))
    return True


def _reachable(server: Server, call: Call) -> Chat:
    chat = server.chat_of(call.params)
    if chat.migrated_to is not None:
        raise ApiError.migrated(chat.migrated_to)
    if chat.blocked:
        raise ApiError.forbidden(errors.BLOCKED if chat.person is not None else errors.KICKED)
    return chat


def _editable(server: Server, call: Call) -> Message:
    if call.params.has("inline_message_id"):
        raise ApiError.bad_request("MESSAGE_ID_INVALID")
    chat = _reachable(server, call)
    number = call.params.integer("message_id")
    if not number:
        raise ApiError.bad_request(errors.MESSAGE_ID_MISSING)
    message = chat.messages.get(number)
    if message is None:
        raise ApiError.bad_request(errors.EDIT_NOT_FOUND)
    if message.sender is not None:
        raise ApiError.bad_request(errors.EDIT_FORBIDDEN)
    if message.markup is not None and message.inline_keyboard is None:
        raise ApiError.bad_request(errors.EDIT_FORBIDDEN)
    return message


def _change(server: Server, message: Message, text: FormattedText, markup: JsonObject | None) -> JsonObject:
    same_text = message.text == text.text and message.entities == text.entities
    if same_text and message.markup == markup:
        raise ApiError.bad_request(errors.NOT_MODIFIED)
    server.throttle.admit(message.chat.id, server.clock(), 1)
    message.text, message.entities, message.markup = text.text, text.entities, markup
    message.edited = server.seconds()
    server.notify(Change("edited", message.chat.id, message.id))
    return server.world.message_json(message)

"""A stored Telegram update as something a person did."""

import json
from datetime import UTC, datetime

from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Message, Update

from core.filenames import clean_name
from core.messages import Address, FileRef, Incoming, Tap

_START_LIMIT = 64
_TEXT_LIMIT = 4096


def chat_of(update: dict[str, object]) -> str:
    """The private chat an update belongs to, told as tolerantly as can be; empty where there is none."""
    for kind in ("message", "edited_message", "my_chat_member"):
        if kind in update:
            return _chat_id(update[kind])
    query = update.get("callback_query")
    return _chat_id(query.get("message")) if isinstance(query, dict) else ""


def parse(raw: str, bot: str) -> Incoming | None:
    """What an update means; `None` for one that concerns no private chat of ours.

    Raises `ValueError` for an update that is not what the Bot API describes.
    """
    try:
        update = Update.de_json(json.loads(raw), None)
        if update.callback_query is not None:
            return _pressed(update.callback_query, update.update_id, bot)
        if update.my_chat_member is not None:
            return _membership(update.my_chat_member, update.update_id, bot)
        message = update.message or update.edited_message
        if message is None:
            return None
        return _message(message, update.update_id, bot, edited=update.edited_message is not None)
    except (KeyError, TypeError, AttributeError, OverflowError, OSError, RecursionError) as error:
        problem = f"not an update: {type(error).__name__}"
        raise ValueError(problem) from error


def _message(message: Message, update_id: int, bot: str, *, edited: bool) -> Incoming | None:
    address = _address(message, bot)
    if address is None or message.migrate_to_chat_id or message.migrate_from_chat_id:
        return None
    known: dict[str, object] = {
        "address": address,
        "external_id": str(update_id),
        "sent_at": _moment(message.date),
    }
    if edited:
        return Incoming(**known, edited=True)  # type: ignore[arg-type]  # the three fields above
    files = _files(message)
    if files:
        return Incoming(**known, files=files)  # type: ignore[arg-type]  # as above
    text = _whole(message.text)
    if not text:
        return Incoming(**known, unsupported=True)  # type: ignore[arg-type]  # as above
    command, argument = _command(text)
    if command:
        return Incoming(**known, command=command, argument=argument)  # type: ignore[arg-type]  # as above
    return Incoming(**known, text=text[:_TEXT_LIMIT])  # type: ignore[arg-type]  # as above


def _pressed(query: CallbackQuery, update_id: int, bot: str) -> Incoming | None:
    address = _address(query.message, bot) if isinstance(query.message, Message) else None
    if address is None and query.message is not None:
        address = _private(query.message.chat.id, query.message.chat.type, bot)
    if address is None or not isinstance(query.data, str) or str(query.from_user.id) != address.chat:
        return None
    known = {"address": address, "external_id": str(update_id), "sent_at": datetime.fromtimestamp(0, UTC)}
    head, _, rest = _whole(query.data).partition(":")
    if head == "door":
        dialogue, _, subject = rest.partition(":")
        return Incoming(**known, door=(dialogue, subject))  # type: ignore[arg-type]  # the three fields above
    turn = int(head) if head.isascii() and head.isdigit() and len(head) < 10 else -1
    return Incoming(**known, tap=Tap(turn, rest))  # type: ignore[arg-type]  # as above


def _membership(change: ChatMemberUpdated, update_id: int, bot: str) -> Incoming | None:
    address = _private(change.chat.id, change.chat.type, bot)
    if address is None:
        return None
    gone = change.new_chat_member.status in {ChatMember.BANNED, ChatMember.LEFT}
    return Incoming(
        address=address, external_id=str(update_id), sent_at=_moment(change.date), reachable=not gone
    )


def _moment(at: object) -> datetime:
    """When it was; the library lets a missing date pass."""
    if not isinstance(at, datetime):
        raise TypeError
    return at


def _files(message: Message) -> tuple[FileRef, ...]:
    group = _whole(message.media_group_id)
    caption = _whole(message.caption)
    if message.document is not None:
        document = message.document
        name = _whole(document.file_name) or f"tep-{document.file_unique_id}"
        return (
            FileRef(
                _whole(document.file_id),
                _whole(document.file_unique_id),
                clean_name(name),
                _size(document.file_size),
                _whole(document.mime_type),
                group,
                caption,
            ),
        )
    if message.photo:
        largest = max(message.photo, key=lambda size: (size.width * size.height, size.file_size or 0))
        name = f"anh-{message.message_id}.jpg"
        return (
            FileRef(
                _whole(largest.file_id),
                _whole(largest.file_unique_id),
                name,
                _size(largest.file_size),
                "image/jpeg",
                group,
                caption,
                photo=True,
            ),
        )
    return ()


def _command(text: str) -> tuple[str, str]:
    if not text.startswith("/"):
        return "", ""
    head, _, rest = text[1:].partition(" ")
    name = head.partition("@")[0].lower()
    return (name, rest.strip()[:_START_LIMIT]) if name.isascii() and name.isidentifier() else ("", "")


def _address(message: Message, bot: str) -> Address | None:
    return _private(message.chat.id, message.chat.type, bot)


def _private(chat: object, kind: object, bot: str) -> Address | None:
    return Address("telegram", bot, str(chat)) if kind == "private" and type(chat) is int else None


def _whole(text: object) -> str:
    """A text; what is none is empty, and half a letter (which no database keeps) becomes «?»."""
    return text.encode(errors="replace").decode() if isinstance(text, str) else ""


def _size(told: object) -> int:
    return told if isinstance(told, int) and 0 < told < 2**63 else 0


def _chat_id(message: object) -> str:
    chat = message.get("chat") if isinstance(message, dict) else None
    if not isinstance(chat, dict) or chat.get("type") != "private":
        return ""
    number = chat.get("id")
    return str(number) if type(number) is int else ""

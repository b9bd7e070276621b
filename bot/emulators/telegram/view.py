"""A chat as it looks on the phone, for the page and for tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.emulators.telegram.commands import menu_of
from bot.emulators.telegram.json_types import JsonObject, JsonValue
from bot.emulators.telegram.state import Chat, Message, Toast, World


@dataclass(frozen=True, slots=True)
class ShownButton:
    """One button; ``data`` for a tap, ``url`` for a link, neither for other kinds."""

    label: str
    data: str = ""
    url: str = ""
    style: str = ""
    requests_contact: bool = False


@dataclass(frozen=True, slots=True)
class ShownFile:
    """What is attached; ``kind`` is photo or document, ``id`` opens it with ``BotApi.file_bytes``."""

    kind: str
    id: str
    name: str
    mime: str
    size: int
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """One bubble. ``text`` is the caption when there is a file; entity offsets are UTF-16 units."""

    id: int
    by_bot: bool
    sender: str
    at: datetime
    text: str
    entities: tuple[JsonObject, ...] = ()
    buttons: tuple[tuple[ShownButton, ...], ...] = ()
    file: ShownFile | None = None
    contact: JsonObject | None = None
    album: str = ""
    edited: bool = False
    reply_to: int | None = None

    def labels(self) -> list[str]:
        """The labels of all buttons, row by row."""
        return [button.label for row in self.buttons for button in row]

    def button(self, label: str) -> ShownButton:
        """The button with this label. Raises LookupError when there is none."""
        for row in self.buttons:
            for button in row:
                if button.label == label:
                    return button
        raise LookupError(f"no button {label!r}; there are {self.labels()}")


@dataclass(frozen=True, slots=True)
class ChatView:
    """The whole screen of one chat."""

    chat_id: int
    name: str
    blocked: bool
    messages: tuple[ShownMessage, ...]
    toasts: tuple[Toast, ...]
    """Answers to taps, oldest first."""
    keyboard: tuple[tuple[ShownButton, ...], ...]
    """The reply keyboard in place of the phone's own, empty when there is none."""
    menu: tuple[tuple[str, str], ...]
    """Commands with their descriptions, as this person sees them."""
    action: str
    """What the bot says it is doing ("typing"), empty when nothing."""

    @property
    def last(self) -> ShownMessage:
        """The newest message. Raises LookupError on an empty screen."""
        if not self.messages:
            raise LookupError(f"chat {self.chat_id} is empty")
        return self.messages[-1]

    def from_bot(self) -> list[ShownMessage]:
        """What the bot wrote, in order."""
        return [message for message in self.messages if message.by_bot]


def view_of(world: World, chat: Chat) -> ChatView:
    """The screen as it stands now."""
    language = chat.person.language_code if chat.person is not None else ""
    menu = menu_of(world, chat, chat.id, language)
    return ChatView(
        chat_id=chat.id,
        name=chat.person.name if chat.person is not None else chat.title,
        blocked=chat.blocked,
        messages=tuple(_shown(world, message) for message in chat.messages.values()),
        toasts=tuple(toast for toast in world.toasts if toast.chat_id == chat.id),
        keyboard=_reply_keyboard(chat),
        menu=tuple((str(command["command"]), str(command["description"])) for command in menu),
        action=chat.action,
    )


def _shown(world: World, message: Message) -> ShownMessage:
    keyboard = message.inline_keyboard
    return ShownMessage(
        id=message.id,
        by_bot=message.sender is None,
        sender=str(world.bot["first_name"]) if message.sender is None else message.sender.name,
        at=message.at(),
        text=message.text,
        entities=tuple(message.entities),
        buttons=() if keyboard is None else _rows(keyboard["inline_keyboard"]),
        file=_file(message),
        contact=message.contact,
        album=message.album,
        edited=message.edited is not None,
        reply_to=message.reply_to,
    )


def _file(message: Message) -> ShownFile | None:
    attachment = message.attachment
    if attachment is None:
        return None
    stored = attachment.file
    width, height = (attachment.sizes[-1].width, attachment.sizes[-1].height) if attachment.sizes else (0, 0)
    return ShownFile(attachment.kind, stored.id, stored.name, stored.mime, stored.size, width, height)


def _reply_keyboard(chat: Chat) -> tuple[tuple[ShownButton, ...], ...]:
    """The newest message that sets or removes the reply keyboard decides."""
    for message in reversed(chat.messages.values()):
        markup = message.markup
        if markup is None:
            continue
        if "keyboard" in markup:
            return _rows(markup["keyboard"])
        if markup.get("remove_keyboard") is True:
            return ()
    return ()


def _rows(value: JsonValue) -> tuple[tuple[ShownButton, ...], ...]:
    rows = value if isinstance(value, list) else []
    return tuple(tuple(_button(button) for button in row) for row in rows if isinstance(row, list))


def _button(value: JsonValue) -> ShownButton:
    button = value if isinstance(value, dict) else {}
    return ShownButton(
        label=str(button.get("text", "")),
        data=str(button.get("callback_data", "")),
        url=str(button.get("url", "")),
        style=str(button.get("style", "")),
        requests_contact=button.get("request_contact") is True,
    )

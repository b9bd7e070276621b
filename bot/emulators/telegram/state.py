"""What the server remembers of one bot: people, chats, messages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal, TypeAlias

from bot.emulators.telegram.json_types import JsonObject

ChatKind: TypeAlias = Literal["private", "group", "supergroup"]
AttachmentKind: TypeAlias = Literal["photo", "document"]


@dataclass(slots=True)
class Person:
    """A Telegram account of a person."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "vi"
    phone: str = ""
    deactivated: bool = False

    @property
    def name(self) -> str:
        """The name as Telegram shows it."""
        return f"{self.first_name} {self.last_name}".strip()

    def to_json(self) -> JsonObject:
        """The person as a ``User`` object."""
        user: JsonObject = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.last_name:
            user["last_name"] = self.last_name
        if self.username:
            user["username"] = self.username
        if self.language_code:
            user["language_code"] = self.language_code
        return user


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file the server keeps; ``size`` may be declared larger than the bytes at hand."""

    id: str
    unique_id: str
    path: str
    name: str
    mime: str
    size: int
    data: bytes

    def to_json(self) -> JsonObject:
        """The fields every file object has."""
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": self.size}


@dataclass(frozen=True, slots=True)
class PhotoSize:
    """One size of a photo."""

    file: StoredFile
    width: int
    height: int

    def to_json(self) -> JsonObject:
        """The size as a ``PhotoSize`` object."""
        return {**self.file.to_json(), "width": self.width, "height": self.height}


@dataclass(frozen=True, slots=True)
class Attachment:
    """What a message carries besides text: a document, or a photo in several sizes, smallest first."""

    kind: AttachmentKind
    file: StoredFile
    sizes: tuple[PhotoSize, ...] = ()

    def to_json(self) -> JsonObject:
        """The field of a ``Message`` object that holds the attachment."""
        if self.kind == "photo":
            return {"photo": [size.to_json() for size in self.sizes]}
        document = self.file.to_json()
        if self.file.name:
            document["file_name"] = self.file.name
        if self.file.mime:
            document["mime_type"] = self.file.mime
        return {"document": document}


@dataclass(slots=True)
class Message:
    """One message of a chat. ``text`` is the caption when there is an attachment."""

    id: int
    chat: Chat
    date: int
    """Seconds since the epoch, as everywhere in the Bot API."""
    sender: Person | None
    """None when the bot wrote it."""
    text: str = ""
    entities: list[JsonObject] = field(default_factory=list)
    markup: JsonObject | None = None
    attachment: Attachment | None = None
    contact: JsonObject | None = None
    album: str = ""
    edited: int | None = None
    reply_to: int | None = None

    @property
    def inline_keyboard(self) -> JsonObject | None:
        """The keyboard under the message; the other kinds of markup are not part of it."""
        return self.markup if self.markup is not None and "inline_keyboard" in self.markup else None

    def at(self) -> datetime:
        """When it was written."""
        return datetime.fromtimestamp(self.date, UTC)


@dataclass(slots=True)
class Chat:
    """One chat of the bot; a private one has the id of its person."""

    id: int
    kind: ChatKind
    person: Person | None = None
    title: str = ""
    known: bool = False
    """Whether the bot may find the chat: the person has written, or the bot is in the group."""
    blocked: bool = False
    migrated_to: int | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    action: str = ""
    """The last chat action, until something is sent."""

    def to_json(self) -> JsonObject:
        """The chat as a ``Chat`` object."""
        chat: JsonObject = {"id": self.id, "type": self.kind}
        if self.person is None:
            chat["title"] = self.title
            return chat
        chat["first_name"] = self.person.first_name
        if self.person.last_name:
            chat["last_name"] = self.person.last_name
        if self.person.username:
            chat["username"] = self.person.username
        return chat


@dataclass(frozen=True, slots=True)
class Toast:
    """What a tap was answered with: a short line at the top of the screen, or a box to confirm."""

    query_id: str
    chat_id: int
    message_id: int
    text: str
    alert: bool
    url: str
    at: datetime


@dataclass(slots=True)
class CallbackQuery:
    """A tap waiting for its answer."""

    id: str
    person_id: int
    chat_id: int
    message_id: int
    at: datetime
    answered: bool = False


@dataclass(slots=True)
class World:
    """Everything the server knows of this bot and its chats."""

    bot: JsonObject
    people: dict[int, Person] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    queries: dict[str, CallbackQuery] = field(default_factory=dict)
    toasts: list[Toast] = field(default_factory=list)
    commands: dict[tuple[str, str], list[JsonObject]] = field(default_factory=dict)
    """Command lists by scope and language; see ``commands.scope_key``."""
    last_message_id: int = 0
    last_query_id: int = 0
    last_album_id: int = 0

    def next_message_id(self) -> int:
        """One counter for all chats, as bots have it in private chats."""
        self.last_message_id += 1
        return self.last_message_id

    def message_json(self, message: Message) -> JsonObject:
        """The message as a ``Message`` object."""
        sender = self.bot if message.sender is None else message.sender.to_json()
        result: JsonObject = {
            "message_id": message.id,
            "from": sender,
            "chat": message.chat.to_json(),
            "date": message.date,
        }
        if message.edited is not None:
            result["edit_date"] = message.edited
        if message.album:
            result["media_group_id"] = message.album
        if message.reply_to is not None:
            replied = message.chat.messages.get(message.reply_to)
            if replied is not None:
                result["reply_to_message"] = self._replied_json(replied)
        result.update(_content_json(message))
        keyboard = message.inline_keyboard
        if keyboard is not None:
            result["reply_markup"] = keyboard
        return result

    def _replied_json(self, message: Message) -> JsonObject:
        """A message quoted in another one does not quote in its turn."""
        quoted = self.message_json(message)
        quoted.pop("reply_to_message", None)
        return quoted

    def messages_of(self, chat_id: int) -> Iterator[Message]:
        """The messages of a chat in the order they stand on the screen."""
        chat = self.chats.get(chat_id)
        if chat is not None:
            yield from chat.messages.values()


def _content_json(message: Message) -> JsonObject:
    """The part of a ``Message`` object that says what is in it."""
    if message.contact is not None:
        return {"contact": message.contact}
    if message.attachment is None:
        content: JsonObject = {"text": message.text}
        entities = "entities"
    else:
        content = message.attachment.to_json()
        if message.text:
            content["caption"] = message.text
        entities = "caption_entities"
    if message.entities:
        content[entities] = [*message.entities]
    return content

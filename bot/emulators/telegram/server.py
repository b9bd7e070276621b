"""The server's side of one bot: state and rules that the methods share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.emulators.telegram import errors
from bot.emulators.telegram.errors import ApiError
from bot.emulators.telegram.files import FileStore
from bot.emulators.telegram.json_types import JsonObject
from bot.emulators.telegram.limits import Limits, Throttle
from bot.emulators.telegram.state import Chat, Message, World
from bot.emulators.telegram.updates import UpdateQueue
from bot.emulators.telegram.wire import Params, UploadedFile


@dataclass(frozen=True, slots=True)
class Change:
    """Something a screen may want to redraw: ``kind`` says what, the ids say where."""

    kind: str
    """message, edited, deleted, toast, action, blocked, unblocked, commands."""
    chat_id: int
    message_id: int = 0


@dataclass(slots=True)
class Server:
    """What every method works on."""

    world: World
    updates: UpdateQueue
    clock: Callable[[], datetime]
    notify: Callable[[Change], None]
    files: FileStore = field(default_factory=FileStore)
    throttle: Throttle = field(default_factory=lambda: Throttle(Limits()))

    def seconds(self) -> int:
        """The time as the Bot API writes it."""
        return int(self.clock().timestamp())

    def chat_of(self, params: Params) -> Chat:
        """The chat a call names, whether or not the bot may write there. Raises ApiError."""
        if not params.text("chat_id").strip():
            raise ApiError.bad_request(errors.CHAT_ID_EMPTY)
        chat = self.world.chats.get(params.integer("chat_id"))
        if chat is None or not chat.known:
            raise ApiError.bad_request(errors.CHAT_NOT_FOUND)
        return chat

    def writable_chat(self, params: Params, messages: int = 1) -> Chat:
        """A chat the bot may write to now. Raises ApiError (400, 403, 429)."""
        chat = self.chat_of(params)
        if chat.migrated_to is not None:
            raise ApiError.migrated(chat.migrated_to)
        if chat.person is not None and chat.person.deactivated:
            raise ApiError.forbidden(errors.DEACTIVATED)
        if chat.blocked:
            raise ApiError.forbidden(errors.BLOCKED if chat.person is not None else errors.KICKED)
        self.throttle.admit(chat.id, self.clock(), messages)
        return chat

    def put(self, message: Message) -> Message:
        """Show a message in its chat."""
        message.chat.messages[message.id] = message
        message.chat.action = ""
        self.notify(Change("message", message.chat.id, message.id))
        return message


@dataclass(frozen=True, slots=True)
class Call:
    """One call: its parameters and the files that came with it."""

    params: Params
    files: Mapping[str, UploadedFile]

    def attached(self, reference: str) -> UploadedFile | None:
        """The file an ``attach://`` reference names, or a parameter of that name."""
        return self.files.get(reference.removeprefix("attach://"))


Result = JsonObject | list[JsonObject] | bool

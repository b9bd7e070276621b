"""What people do on their phones: write, tap, send files, block the bot."""

from __future__ import annotations

from collections.abc import Sequence

from bot.emulators.telegram.entities import formatted
from bot.emulators.telegram.json_types import JsonObject
from bot.emulators.telegram.server import Change, Server
from bot.emulators.telegram.state import Attachment, CallbackQuery, Chat, Message, Person
from bot.emulators.telegram.wire import UploadedFile


class PeopleSide:
    """The user side of one bot.

    A private chat has the id of its person. Every act returns the id of the update it caused, 0 when
    the bot has not asked for updates of that kind. People are introduced on first use when
    nobody introduced them before.
    """

    server: Server

    def add_person(
        self,
        person_id: int,
        first_name: str,
        *,
        last_name: str = "",
        username: str = "",
        language_code: str = "vi",
        phone: str = "",
    ) -> Person:
        """Introduce a person, or give a known one these particulars. The bot cannot write to them yet."""
        person = Person(person_id, first_name, last_name, username, language_code, phone)
        world = self.server.world
        world.people[person_id] = person
        if person_id in world.chats:
            world.chats[person_id].person = person
            for message in world.messages_of(person_id):
                message.sender = person if message.sender is not None else None
        else:
            world.chats[person_id] = Chat(person_id, "private", person)
        return person

    def add_group(self, chat_id: int, title: str) -> Chat:
        """Open a group with the bot in it; the id is negative."""
        if chat_id >= 0:
            raise ValueError("a group has a negative id")
        chat = Chat(chat_id, "group", title=title, known=True)
        self.server.world.chats[chat_id] = chat
        return chat

    def introduce(self, chat: int) -> None:
        """Let the bot write to this person, as if they had written long ago; no update comes."""
        self._chat(chat).known = True

    def user_starts(self, chat: int, payload: str = "") -> int:
        """Open the bot, perhaps by a deep link, and press Start; lifts a block."""
        if self._chat(chat).blocked:
            self.user_unblocks(chat)
        return self.user_says(chat, f"/start {payload}".strip())

    def user_says(self, chat: int, text: str, *, by: int | None = None, reply_to: int | None = None) -> int:
        """Write a text."""
        return self._write(self._chat(chat), by, text, reply_to=reply_to)

    def user_sends_photo(
        self, chat: int, data: bytes, *, caption: str = "", by: int | None = None, album: str = ""
    ) -> int:
        """Send a picture as a photo: it loses its name."""
        photo = self.server.files.sent_photo(data)
        return self._write(self._chat(chat), by, caption, attachment=photo, album=album)

    def user_sends_document(
        self,
        chat: int,
        name: str,
        data: bytes,
        *,
        mime: str = "",
        caption: str = "",
        by: int | None = None,
        album: str = "",
        declared_size: int | None = None,
    ) -> int:
        """Send a file as it is. ``declared_size`` pretends a size without carrying the bytes."""
        document = self.server.files.keep_document(UploadedFile(name, data, mime), declared_size)
        return self._write(self._chat(chat), by, caption, attachment=document, album=album)

    def user_sends_album(
        self, chat: int, photos: Sequence[bytes], *, caption: str = "", by: int | None = None
    ) -> list[int]:
        """Send several photos as one album; the caption stands under the first."""
        album = self.next_album()
        return [
            self.user_sends_photo(chat, data, caption="" if number else caption, by=by, album=album)
            for number, data in enumerate(photos)
        ]

    def next_album(self) -> str:
        """A fresh ``media_group_id``, for albums sent piece by piece."""
        self.server.world.last_album_id += 1
        return str(13_000_000_000_000_000 + self.server.world.last_album_id)

    def user_shares_contact(self, chat: int, *, phone: str = "", contact_of: int | None = None) -> int:
        """Send a contact card: one's own, or that of another person (``contact_of``)."""
        spot = self._chat(chat)
        owner = self._person(spot.id if contact_of is None else contact_of)
        contact: JsonObject = {
            "phone_number": phone or owner.phone,
            "first_name": owner.first_name,
            "user_id": owner.id,
        }
        if owner.last_name:
            contact["last_name"] = owner.last_name
        return self._write(spot, None, "", contact=contact)

    def user_taps(
        self, chat: int, message_id: int, data: str, *, by: int | None = None, forged: bool = False
    ) -> int:
        """Tap a button. Raises LookupError when the screen has no such button, unless ``forged``."""
        spot = self._chat(chat)
        message = spot.messages.get(message_id)
        if not forged and data not in _button_data(message):
            raise LookupError(f"message {message_id} of chat {chat} has no button {data!r}")
        world = self.server.world
        world.last_query_id += 1
        person = self._sender(spot, by)
        query = CallbackQuery(
            str(4_000_000_000_000_000 + world.last_query_id),
            person.id,
            spot.id,
            message_id,
            self.server.clock(),
        )
        world.queries[query.id] = query
        gone: JsonObject = {"chat": spot.to_json(), "message_id": message_id, "date": 0}
        body: JsonObject = {
            "id": query.id,
            "from": person.to_json(),
            "chat_instance": str(7_000_000_000_000_000 + abs(spot.id)),
            "message": gone if message is None else world.message_json(message),
            "data": data,
        }
        return self.server.updates.push("callback_query", body)

    def user_taps_label(self, chat: int, label: str, *, by: int | None = None) -> int:
        """Tap the newest inline button with this label. Raises LookupError when there is none."""
        for message in reversed(self._chat(chat).messages.values()):
            for button in _buttons(message):
                data = button.get("callback_data")
                if button.get("text") == label and isinstance(data, str):
                    return self.user_taps(chat, message.id, data, by=by)
        raise LookupError(f"no button {label!r} in chat {chat}")

    def user_edits(self, chat: int, message_id: int, text: str) -> int:
        """Change one's own text or caption."""
        spot = self._chat(chat)
        message = spot.messages[message_id]
        if message.sender is None:
            raise LookupError(f"message {message_id} of chat {chat} is the bot's")
        found = formatted(text, "", None)
        message.text, message.entities = found.text, found.entities
        message.edited = self.server.seconds()
        self.server.notify(Change("edited", spot.id, message.id))
        return self.server.updates.push("edited_message", self.server.world.message_json(message))

    def user_blocks(self, chat: int) -> int:
        """Stop and block the bot."""
        return self._set_blocked(self._chat(chat), blocked=True)

    def user_unblocks(self, chat: int) -> int:
        """Unblock the bot."""
        return self._set_blocked(self._chat(chat), blocked=False)

    def user_deactivates(self, chat: int) -> None:
        """Delete the account; the bot hears of it only when it writes."""
        self._person(chat).deactivated = True

    def group_migrates(self, chat: int, new_chat: int) -> int:
        """Turn a group into a supergroup with another id; the service message tells the bot."""
        old = self.server.world.chats[chat]
        old.migrated_to = new_chat
        self.server.world.chats[new_chat] = Chat(new_chat, "supergroup", title=old.title, known=True)
        body: JsonObject = {
            "message_id": self.server.world.next_message_id(),
            "chat": old.to_json(),
            "date": self.server.seconds(),
            "migrate_to_chat_id": new_chat,
        }
        return self.server.updates.push("message", body)

    def group_removes_bot(self, chat: int) -> None:
        """Put the bot out of a group."""
        self.server.world.chats[chat].blocked = True

    def _chat(self, chat_id: int) -> Chat:
        if chat_id not in self.server.world.chats:
            self._person(chat_id)
        return self.server.world.chats[chat_id]

    def _person(self, person_id: int) -> Person:
        person = self.server.world.people.get(person_id)
        return self.add_person(person_id, f"User {person_id}") if person is None else person

    def _sender(self, chat: Chat, by: int | None) -> Person:
        if by is None and chat.person is None:
            raise ValueError("say who speaks in a group: by=")
        return self._person(chat.id if by is None else by)

    def _write(
        self,
        chat: Chat,
        by: int | None,
        text: str,
        *,
        attachment: Attachment | None = None,
        contact: JsonObject | None = None,
        album: str = "",
        reply_to: int | None = None,
    ) -> int:
        if chat.blocked:
            raise ValueError(f"chat {chat.id} has blocked the bot; unblock it first")
        sender = self._sender(chat, by)
        chat.known = True
        found = formatted(text, "", None)
        message = Message(
            id=self.server.world.next_message_id(),
            chat=chat,
            date=self.server.seconds(),
            sender=sender,
            text=found.text,
            entities=found.entities,
            attachment=attachment,
            contact=contact,
            album=album,
            reply_to=reply_to,
        )
        self.server.put(message)
        return self.server.updates.push("message", self.server.world.message_json(message))

    def _set_blocked(self, chat: Chat, *, blocked: bool) -> int:
        if chat.blocked == blocked:
            return 0
        chat.blocked = blocked
        self.server.notify(Change("blocked" if blocked else "unblocked", chat.id))
        old, new = ("member", "kicked") if blocked else ("kicked", "member")
        body: JsonObject = {
            "chat": chat.to_json(),
            "from": self._person(chat.id).to_json(),
            "date": self.server.seconds(),
            "old_chat_member": self._bot_as(old),
            "new_chat_member": self._bot_as(new),
        }
        return self.server.updates.push("my_chat_member", body)

    def _bot_as(self, status: str) -> JsonObject:
        member: JsonObject = {"user": self.server.world.bot, "status": status}
        if status == "kicked":
            member["until_date"] = 0
        return member


def _buttons(message: Message | None) -> list[JsonObject]:
    keyboard = None if message is None else message.inline_keyboard
    rows = [] if keyboard is None else keyboard["inline_keyboard"]
    if not isinstance(rows, list):
        return []
    flat = [button for row in rows if isinstance(row, list) for button in row]
    return [button for button in flat if isinstance(button, dict)]


def _button_data(message: Message | None) -> set[str]:
    return {str(button["callback_data"]) for button in _buttons(message) if "callback_data" in button}

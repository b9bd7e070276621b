"""What people do on their telephones, as Zalo passes it on to the bot: or does not."""

from __future__ import annotations

from collections.abc import Sequence

from bot.emulators.zalo.server import Server
from bot.emulators.zalo.state import Bubble, Json, Kind, Media


class PeopleSide(Server):
    """The user side of one bot. A private chat has the id of its person; people are introduced on first use.

    Every act returns the number of the message.
    """

    def add_person(self, person: str, name: str, *, protected: bool = False) -> None:
        """Introduce somebody. The bot cannot write to them yet."""
        known = self.world.person(person)
        known.name, known.protected = name, protected

    def introduce(self, chat: str) -> None:
        """Let the bot write to this person, as if they had written long ago."""
        self.world.person(chat)
        self.world.served.add(chat)
        self.world.chat(chat).wrote = True

    def user_says(self, chat: str, text: str, *, by: str = "", mentions: bool = True) -> str:
        """Write a text; in a group the bot hears only what mentions it."""
        return self._write(chat, by, "text", {"text": text}, text=text, heard=mentions)

    def user_sends_photo(
        self, chat: str, data: bytes, *, caption: str = "", by: str = "", mentions: bool = True
    ) -> str:
        """Send a photo; Zalo makes a JPEG of it and shows the bot where it lies."""
        link = self._lay(data, "image/jpeg", "jpg")
        fields: Json = {
            self.switches.photo_field: link,
            "caption": caption,
            "message_type": "CHAT_PHOTO",
        }
        return self._write(chat, by, "photo", fields, text=caption, data=data, link=link, heard=mentions)

    def user_sends_album(self, chat: str, photos: Sequence[bytes], *, caption: str = "") -> list[str]:
        """Send several photos at once: several messages that nothing joins."""
        return [
            self.user_sends_photo(chat, data, caption="" if place else caption)
            for place, data in enumerate(photos)
        ]

    def user_sends_sticker(self, chat: str) -> str:
        """Send a sticker."""
        fields: Json = {"sticker": "bfe458bf64fa8da4d4eb", "url": "https://zalo-api.zadn.vn/sticker/1.webp"}
        return self._write(chat, "", "sticker", fields)

    def user_sends_voice(self, chat: str, data: bytes = b"\xff\xf1") -> str:
        """Say something."""
        fields: Json = {"voice_url": self._lay(data, "audio/aac", "aac"), "message_type": "CHAT_VOICE"}
        return self._write(chat, "", "voice", fields, data=data)

    def user_sends_document(self, chat: str, name: str, data: bytes = b"") -> str:
        """Send a file: the bot learns only that something came."""
        return self._write(chat, "", "unsupported", {}, text=name, data=data)

    def user_blocks(self, chat: str) -> None:
        """Block the bot; it is not told."""
        self.world.person(chat).blocked = True

    def user_unblocks(self, chat: str) -> None:
        """Let the bot in again; it is not told."""
        self.world.person(chat).blocked = False

    def redeliver(self, events: Sequence[Json]) -> None:
        """Tell events once more, numbers and all."""
        self.waiting.extend(events)

    def _lay(self, data: bytes, mime: str, suffix: str) -> str:
        name = f"{len(self.world.media) + 1:08x}.{suffix}"
        self.world.media[name] = Media(data, mime, self.clock())
        return f"{self.media_address}/media/{name}"

    def _write(
        self,
        chat: str,
        by: str,
        kind: Kind,
        fields: Json,
        *,
        text: str = "",
        data: bytes = b"",
        link: str = "",
        heard: bool = True,
    ) -> str:
        spot, person = self.world.chat(chat), self.world.person(by or chat)
        if spot.group and not by:
            raise ValueError("say who speaks in a group: by=")
        if person.blocked:
            raise ValueError(f"{person.id} has blocked the bot; unblock it first")
        number, now = self.world.next_id(), self.clock()
        spot.bubbles.append(Bubble(number, False, now, kind, text, data, sender=person.name, link=link))
        if spot.group and not heard:
            return number
        if person.id not in self.world.served and len(self.world.served) >= self.switches.users:
            self.ledger.dropped.append(person.id)
            return number
        self.world.served.add(person.id)
        spot.wrote = True
        if self.switches.counts_inbound:
            self.count()
        told: Kind | str = "unsupported" if person.protected else {"photo": "image"}.get(kind, kind)
        message: Json = {
            "from": {"id": person.id, "display_name": person.name, "is_bot": False},
            "chat": {"id": spot.id, "chat_type": "GROUP" if spot.group else "PRIVATE"},
            "message_id": number,
            "date": int(now.timestamp() * 1000),
            **({} if person.protected else fields),
        }
        self._tell({"event_name": f"message.{told}.received", "message": message})
        return number

    def _tell(self, event: Json) -> None:
        """Hand an event over to whoever asks, or to the webhook."""
        raise NotImplementedError

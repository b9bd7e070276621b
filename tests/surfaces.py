"""The platforms as people use them: the real channels over their emulators."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.channels.base import Channel
from bot.channels.telegram import TelegramChannel
from bot.channels.zalo import ZaloChannel
from bot.channels.zalo_api import ZaloApi
from bot.channels.zalo_media import ZaloMedia
from bot.emulators.telegram import BotApi, Fault
from bot.emulators.telegram.view import ChatView, ShownMessage
from bot.emulators.telegram_request import EmulatorRequest
from bot.emulators.zalo import EmulatorTransport, ZaloServer
from core.messages import Capabilities
from core.vietnamese import words_spelt
from tests.fakes import FrozenClock

_NUMBERED = re.compile(r"^(\w{1,3})\. (.+)$")
_BY_WORD = re.compile(r"^Gõ «(.+)» để: (.+)$")
_DOOR = re.compile(r"^Soạn ([A-Z]+(?: [\d.]+)?): (.+)$")
_GONE = Fault("getFile", status=400, description="Bad Request: invalid file_id")

#: A file somebody sends: its name (none for a photo), type and bytes.
Sent = tuple[str, str, bytes]


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message of the house as it looks now, with the labels of its buttons row by row."""

    id: int
    text: str
    rows: tuple[tuple[str, ...], ...] = ()
    file: str = ""

    def known_from(self, before: Collection["Bubble"]) -> bool:
        """Whether it stood there before; that its buttons were taken away is no news."""
        return self in before or (not self.rows and any(one.stripped == self for one in before))

    @property
    def stripped(self) -> "Bubble":
        """The same without buttons."""
        return replace(self, rows=())

    def __str__(self) -> str:
        buttons = (" ".join(f"[{label}]" for label in row) for row in self.rows)
        parts = (self.text, f"📎 {self.file}" if self.file else "", "\n".join(buttons))
        return "\n\n".join(part for part in parts if part)


class Surface(Protocol):
    """A platform as a person uses it."""

    name: str
    capabilities: Capabilities

    def channel(self) -> Channel: ...
    def knows(self, chat: int) -> None:
        """The person has written to the bot before: it may write to them."""

    def starts(self, chat: int, payload: str) -> None: ...
    def says(self, chat: int, text: str) -> None: ...
    def taps(self, chat: int, label: str) -> str:
        """Pick the newest choice whose label holds these words; returns what was done."""

    def sends(self, chat: int, files: Sequence[Sent], album: str, caption: str) -> None: ...
    def loses_files(self) -> None:
        """What was sent last can no longer be fetched."""

    def bubbles(self, chat: int) -> list[Bubble]: ...
    def files(self, chat: int) -> list[tuple[str, bytes]]: ...
    def blocks(self, chat: int, *, blocked: bool) -> None: ...


def _bubble(message: ShownMessage) -> Bubble:
    rows = tuple(tuple(button.label for button in row) for row in message.buttons)
    return Bubble(message.id, message.text, rows, message.file.name if message.file else "")


class TelegramSurface:
    """The real Telegram channel over the emulated Bot API."""

    name = "telegram"

    def __init__(self, clock: FrozenClock) -> None:
        self.api = BotApi(clock.now)
        self.capabilities = self.channel().capabilities
        self._bubbles: dict[int, tuple[ChatView, list[Bubble]]] = {}

    def channel(self) -> Channel:
        return TelegramChannel(
            self.api.token,
            request=EmulatorRequest(self.api),
            poll_request=EmulatorRequest(self.api),
            poll_timeout=0,
        )

    def knows(self, chat: int) -> None:
        self.api.introduce(chat)

    def starts(self, chat: int, payload: str) -> None:
        self.api.user_starts(chat, payload)

    def says(self, chat: int, text: str) -> None:
        self.api.user_says(chat, text)

    def taps(self, chat: int, label: str) -> str:
        message, data, shown = self.button(chat, label)
        self.api.user_taps(chat, message, data)
        return f"[{shown}]"

    def button(self, chat: int, label: str) -> tuple[int, str, str]:
        """The newest button whose label holds these words: its message, what it carries, its label."""
        for message in reversed(self.api.view(chat).messages):
            for row in message.buttons:
                for button in row:
                    if _holds(button.label, label):
                        return message.id, button.data, button.label
        raise LookupError(f"no button {label!r} in {self.bubbles(chat)[-1:]}")

    def sends(self, chat: int, files: Sequence[Sent], album: str, caption: str) -> None:
        for name, mime, content in files:
            if mime == "image/jpeg" and not name:
                self.api.user_sends_photo(chat, content, album=album, caption=caption)
            else:
                self.api.user_sends_document(chat, name, content, album=album, caption=caption)

    def loses_files(self) -> None:
        self.api.faults.add(_GONE)

    def bubbles(self, chat: int) -> list[Bubble]:
        view = self.api.view(chat)
        if chat not in self._bubbles or self._bubbles[chat][0] is not view:
            self._bubbles[chat] = (view, [_bubble(message) for message in view.messages if message.by_bot])
        return self._bubbles[chat][1]

    def files(self, chat: int) -> list[tuple[str, bytes]]:
        return [
            (message.file.name, self.api.file_bytes(message.file.id))
            for message in self.api.view(chat).messages
            if message.by_bot and message.file
        ]

    def blocks(self, chat: int, *, blocked: bool) -> None:
        if blocked:
            self.api.user_blocks(chat)
        else:
            self.api.user_unblocks(chat)


class Typed:
    """A platform without buttons: people type the number or the word that stands before a choice."""

    def says(self, chat: int, text: str) -> None:
        raise NotImplementedError

    def bubbles(self, chat: int) -> list[Bubble]:
        raise NotImplementedError

    def taps(self, chat: int, label: str) -> str:
        mark = self.mark(chat, label)
        self.says(chat, mark)
        return mark

    def mark(self, chat: int, label: str) -> str:
        """What to type for the newest choice whose label holds these words."""
        for bubble in reversed(self.bubbles(chat)):
            for line in bubble.text.splitlines():
                found = _NUMBERED.match(line) or _BY_WORD.match(line) or _DOOR.match(line)
                if found and _holds(found[2], label):
                    return found[1]
                if line.startswith("Gõ: ") and _holds(line, label):
                    return label
        raise LookupError(f"no choice {label!r} in {self.bubbles(chat)[-1:]}")


class ZaloSurface(Typed):
    """The real Zalo channel over the emulated Bot API: unlimited, unless `metered`."""

    name = "zalo"

    def __init__(self, clock: FrozenClock, *, by_link: bool = False, metered: bool = False) -> None:
        self.server = ZaloServer(clock.now)
        self.by_link = by_link
        self.metered = metered
        self._transport = EmulatorTransport(self.server)
        self.capabilities = self.channel().capabilities

    def channel(self) -> Channel:
        return ZaloChannel(
            ZaloApi(self.server.token, transport=self._transport),
            ZaloMedia(transport=self._transport, resolver=public),
            by_link=self.by_link,
            metered=self.metered,
            poll_timeout=0,
            poll_floor=0.0,
        )

    def knows(self, chat: int) -> None:
        self.server.introduce(str(chat))

    def starts(self, chat: int, payload: str) -> None:
        self.says(chat, f"/start {payload}".strip())

    def says(self, chat: int, text: str) -> None:
        self.server.user_says(str(chat), text)

    def sends(self, chat: int, files: Sequence[Sent], album: str, caption: str) -> None:
        for name, mime, content in files:
            if mime == "image/jpeg" and not name:
                self.server.user_sends_photo(str(chat), content, caption=caption)
            else:
                self.server.user_sends_document(str(chat), name, content)

    def loses_files(self) -> None:
        self.server.world.media.clear()

    def bubbles(self, chat: int) -> list[Bubble]:
        return [
            Bubble(int(one.id, 16), "", file=one.text)
            if one.kind == "photo"
            else Bubble(int(one.id, 16), one.text)
            for one in self.server.view(str(chat)).from_bot()
        ]

    def files(self, chat: int) -> list[tuple[str, bytes]]:
        return [(one.text, one.data) for one in self.server.view(str(chat)).from_bot() if one.kind == "photo"]

    def blocks(self, chat: int, *, blocked: bool) -> None:
        if blocked:
            self.server.user_blocks(str(chat))
        else:
            self.server.user_unblocks(str(chat))


async def public(host: str) -> Sequence[str]:
    """Every host has an address that anybody may ask."""
    del host
    return ["8.8.8.8"]


def _holds(shown: str, label: str) -> bool:
    """Whether a label has these words, one after the other."""
    return f" {words_spelt(label)} " in f" {words_spelt(shown)} "


AnySurface = TelegramSurface | ZaloSurface


def surface(name: str, clock: FrozenClock) -> AnySurface:
    """One of the capability sets journeys run on."""
    match name:
        case "telegram":
            return TelegramSurface(clock)
        case "zalo":
            return ZaloSurface(clock)
        case "zalo with pages":
            return ZaloSurface(clock, by_link=True)
        case "zalo metered":
            return ZaloSurface(clock, metered=True)
        case _:
            raise LookupError(name)

"""Talking to the house as people do: `chat.says`, `chat.taps`, `chat.sends_photo`.

Between two lines everything is forgotten: each line opens the house anew from its database, and what
the platform has not been told is confirmed comes in again.
"""

import io
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from PIL import Image

from bot.app import House, Plan, open_house
from bot.channels.base import Channel
from bot.channels.console import CONSOLE, NUMBERS_ONLY, ConsoleChannel
from bot.channels.telegram import TelegramChannel
from bot.emulators.telegram import BotApi
from bot.emulators.telegram_request import EmulatorRequest
from bot.pace import PaceLimits
from core.messages import Address, Capabilities, Message, numbered
from core.roles import Role
from core.vietnamese import words_only
from db.queries import conversations
from services import inbox
from services.outbox import GATHER_SECONDS
from tests import builders
from tests.fakes import FrozenClock

UNLIMITED = PaceLimits(1e6, 10_000, 1e6, 10_000, 1e6)
MORNING = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)  # 08:05 on a Monday at the office


class Surface(Protocol):
    """A platform as a person uses it."""

    name: str
    capabilities: Capabilities

    def channel(self) -> Channel: ...
    def starts(self, chat: int, payload: str) -> None: ...
    def says(self, chat: int, text: str) -> None: ...
    def sends(self, chat: int, files: Sequence[tuple[str, str, bytes]], album: str) -> None: ...
    def texts(self, chat: int) -> list[str]: ...
    def files(self, chat: int) -> list[tuple[str, bytes]]: ...
    def blocks(self, chat: int, *, blocked: bool) -> None: ...


class TelegramSurface:
    """The real Telegram channel over the emulated Bot API."""

    name = "telegram"

    def __init__(self, clock: FrozenClock) -> None:
        self.api = BotApi(clock.now)
        self.capabilities = self.channel().capabilities

    def channel(self) -> Channel:
        return TelegramChannel(
            self.api.token,
            request=EmulatorRequest(self.api),
            poll_request=EmulatorRequest(self.api),
            poll_timeout=0,
        )

    def starts(self, chat: int, payload: str) -> None:
        self.api.user_starts(chat, payload)

    def says(self, chat: int, text: str) -> None:
        self.api.user_says(chat, text)

    def taps(self, chat: int, label: str) -> None:
        """Press the newest button whose label holds these words."""
        for message in reversed(self.api.view(chat).messages):
            for row in message.buttons:
                for button in row:
                    if words_only(label) in words_only(button.label):
                        self.api.user_taps(chat, message.id, button.data)
                        return
        raise LookupError(f"no button {label!r} in {self.texts(chat)[-1:]}")

    def sends(self, chat: int, files: Sequence[tuple[str, str, bytes]], album: str) -> None:
        for name, mime, content in files:
            if mime == "image/jpeg" and not name:
                self.api.user_sends_photo(chat, content, album=album)
            else:
                self.api.user_sends_document(chat, name, content, album=album)

    def texts(self, chat: int) -> list[str]:
        return [message.text for message in self.api.view(chat).messages if message.by_bot]

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


class TextSurface:
    """A platform without buttons."""

    def __init__(self, clock: FrozenClock, name: str, capabilities: Capabilities) -> None:
        self.name = name
        self.capabilities = capabilities
        self.console = ConsoleChannel(capabilities, clock)

    def channel(self) -> Channel:
        return self.console

    def starts(self, chat: int, payload: str) -> None:
        self.console.says(str(chat), f"/start {payload}".strip())

    def says(self, chat: int, text: str) -> None:
        self.console.says(str(chat), text)

    def sends(self, chat: int, files: Sequence[tuple[str, str, bytes]], album: str) -> None:
        named = [(name or "anh.jpg", mime, content) for name, mime, content in files]
        self.console.sends(str(chat), named, album)

    def texts(self, chat: int) -> list[str]:
        return [line.text for line in self.console.shown(str(chat)) if not line.mine]

    def files(self, chat: int) -> list[tuple[str, bytes]]:
        return [
            (line.file.name, line.file.data)
            for line in self.console.shown(str(chat))
            if line.file and not line.mine
        ]

    def blocks(self, chat: int, *, blocked: bool) -> None:
        self.console.block(str(chat), blocked=blocked)


def surfaces(clock: FrozenClock) -> dict[str, TelegramSurface | TextSurface]:
    """The three capability sets every journey runs on."""
    return {
        "telegram": TelegramSurface(clock),
        "numbers": TextSurface(clock, "numbers", NUMBERS_ONLY),
        "console": TextSurface(clock, "console", CONSOLE),
    }


@dataclass
class Town:
    """One database, one platform, and the people in it."""

    folder: Path
    surface: TelegramSurface | TextSurface
    clock: FrozenClock
    _chats: int = 1000
    transcript: list[str] = field(default_factory=list)

    @asynccontextmanager
    async def house(self) -> AsyncIterator[House]:
        """The house, opened from its database alone."""
        plan = Plan(
            database_url=f"sqlite+aiosqlite:///{self.folder / 'bot.db'}",
            data_dir=self.folder,
            channels=[self.surface.channel()],
            clock=self.clock,
            limits=UNLIMITED,
            quiet=0.0,
            free_bytes=0,
            free_share=0.0,
        )
        house = await open_house(plan)
        try:
            await house.recover()
            yield house
        finally:
            await house.close()

    async def settle(self) -> None:
        """Let the house do all there is to do, an album's pause included."""
        async with self.house() as house:
            await attend(house)
            self.clock.move(seconds=GATHER_SECONDS + 0.1)
            await attend(house)

    async def with_plan(self) -> None:
        """The plan of Hoài Nhơn in force and a unit to work in."""
        async with self.house() as house, house.transactions() as session:
            await builders.the_plan(session, self.clock.now())
            await builders.a_unit(session)

    async def invite(
        self, name: str = "Nguyễn Thị Mẫu", code: str = "NV001", roles: tuple[Role, ...] = (Role.STAFF,)
    ) -> str:
        """Somebody on the list with a code to join by; returns the link's token."""
        async with self.house() as house, house.transactions() as session:
            person = await builders.a_person(session, 1, self.clock.now(), name=name, code=code, roles=roles)
            return (await builders.a_code(session, person, self.clock.now())).token

    def stranger(self) -> "Chat":
        """A chat that belongs to nobody yet."""
        self._chats += 1
        return Chat(self, self._chats)

    async def joined(
        self, name: str = "Nguyễn Thị Mẫu", code: str = "NV001", roles: tuple[Role, ...] = (Role.STAFF,)
    ) -> "Chat":
        """Somebody who has joined."""
        token = await self.invite(name, code, roles)
        chat = self.stranger()
        await chat.starts(token)
        await chat.taps("Đúng là tôi")
        await chat.taps("Tôi đồng ý")
        return chat


@dataclass
class Chat:
    """One person's side of a conversation."""

    town: Town
    id: int
    _seen: int = 0

    async def starts(self, payload: str = "") -> None:
        """Open the bot, perhaps by a link."""
        await self._line(f"/start {payload}".strip(), lambda surface: surface.starts(self.id, payload))

    async def says(self, text: str) -> None:
        """Type something."""
        await self._line(text, lambda surface: surface.says(self.id, text))

    async def taps(self, label: str) -> None:
        """Pick a choice: press its button, or type its number or word where there are no buttons."""
        surface = self.town.surface
        if isinstance(surface, TelegramSurface):
            await self._line(f"[{label}]", lambda _surface: surface.taps(self.id, label))
            return
        await self.says(self._typed(await self.offered(), label))

    async def sends_photo(self, content: bytes | None = None) -> None:
        """Send one photo."""
        await self.sends([("", "image/jpeg", content or a_photo())])

    async def sends_album(self, count: int) -> None:
        """Send several photos in one go."""
        await self.sends([("", "image/jpeg", a_photo(shade)) for shade in range(count)], album="album-1")

    async def sends_document(self, name: str, content: bytes, mime: str = "application/octet-stream") -> None:
        """Send a file."""
        await self.sends([(name, mime, content)])

    async def sends(self, files: Sequence[tuple[str, str, bytes]], album: str = "") -> None:
        """Send files (name, type, bytes); a photo has no name."""
        shown = ", ".join(name or "photo" for name, _mime, _content in files)
        await self._line(f"({shown})", lambda surface: surface.sends(self.id, files, album))

    async def blocks(self, *, blocked: bool = True) -> None:
        """Block the bot, or let it in again."""
        await self._line("(blocks)", lambda surface: surface.blocks(self.id, blocked=blocked))

    @property
    def sees(self) -> str:
        """What came since the last line; where screens are edited in place, the newest screen too."""
        texts = self.town.surface.texts(self.id)
        fresh = texts[self._seen :] if len(texts) > self._seen else texts[-1:]
        return "\n".join(fresh)

    @property
    def files(self) -> list[tuple[str, bytes]]:
        """Every file the house has handed over."""
        return self.town.surface.files(self.id)

    async def offered(self) -> Message:
        """The choices of the current screen, from the database."""
        async with self.town.house() as house, house.transactions() as session:
            channel = next(iter(house.channels.values()))
            row = await conversations.find(session, _address(channel, self.id))
            assert row is not None
            return Message.from_json(row.offered)

    def _typed(self, offered: Message, label: str) -> str:
        wanted = words_only(label)
        for choice in offered.choices:
            if choice.grave and wanted in words_only(choice.label):
                return choice.word
        for choice, mark in numbered(offered):
            if wanted in words_only(choice.label):
                return mark
        for choice in offered.nav:
            if wanted in words_only(choice.label):
                return choice.label
        raise LookupError(f"no choice {label!r} among {[choice.label for choice in offered.choices]}")

    async def _line(self, shown: str, act: "Act") -> None:
        self._seen = len(self.town.surface.texts(self.id))
        act(self.town.surface)
        self.town.clock.move(seconds=5)
        await self.town.settle()
        self.town.transcript += [f"> {shown}", self.sees, ""]


class Act(Protocol):
    """Something done on a platform."""

    def __call__(self, surface: TelegramSurface | TextSurface) -> None: ...


async def attend(house: House) -> None:
    """Take in what waits, answer it, run errands, deliver: until nothing is left for now."""
    for channel in house.channels.values():
        while arrivals := await _waiting(channel):
            async with house.transactions() as session:
                await inbox.receive(session, arrivals, house.plan.clock.now())
            channel.confirm(arrivals)
    while True:
        busy = 0
        while await house.door.work():
            busy += 1
        busy += await house.errands.run_due()
        for courier in house.couriers.values():
            await courier.empty()
        if not busy:
            return


async def _waiting(channel: Channel) -> Sequence[inbox.Arrival]:
    return channel.pending() if isinstance(channel, ConsoleChannel) else await channel.poll()


def _address(channel: Channel, chat: int) -> Address:
    return Address(channel.name, channel.bot, str(chat))


def a_photo(shade: int = 0) -> bytes:
    """A small photograph; another `shade` is another photograph."""
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), (120, 40 + shade % 200, 90)).save(buffer, "JPEG")
    return buffer.getvalue()

"""A channel of text only, in this process: what a platform without buttons looks like.

It keeps what each chat has been shown. Tests and the sandbox talk through it; capabilities are given,
so that it can be as poor as any platform.
"""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

from bot.channels.base import (
    Delivered,
    Delivery,
    FileGoneError,
    Outgoing,
    OutgoingFile,
    Throttled,
    Unreachable,
)
from bot.clock import Clock
from core.messages import Address, Capabilities, FileRef, Incoming
from core.texts import plain
from services.inbox import Arrival

#: No buttons, no edits, no files in, 2,000 characters: the poorest platform there is to serve.
NUMBERS_ONLY = Capabilities(buttons=False, edits=False, files_in=False, files_out=False, text_limit=2000)
CONSOLE = Capabilities(buttons=False, edits=False, files_in=True, files_out=True, text_limit=10_000)


@dataclass(slots=True)
class ShownLine:
    """One message of a chat: by the person (`mine`) or by the house."""

    number: int
    at: datetime
    mine: bool
    text: str
    file: OutgoingFile | None = None


@dataclass(slots=True)
class _Chat:
    lines: list[ShownLine] = field(default_factory=list)
    blocked: bool = False


class ConsoleChannel:
    """Chats held in memory, spoken to by `says` and `sends`."""

    def __init__(self, capabilities: Capabilities, clock: Clock, name: str = "console") -> None:
        self.name = name
        self.bot = "house"
        self.capabilities = capabilities
        self._clock = clock
        self._chats: dict[str, _Chat] = {}
        self._files: dict[str, bytes] = {}
        self._numbers = itertools.count(1)
        self._waiting: dict[str, Arrival] = {}
        self._news = asyncio.Event()

    def says(self, chat: str, text: str) -> None:
        """A person writes something."""
        self._line(chat, text, mine=True)
        command, _, argument = text[1:].partition(" ") if text.startswith("/") else ("", "", "")
        if command:
            self._arrive(chat, command=command, argument=argument)
        else:
            self._arrive(chat, text=text)

    def sends(self, chat: str, files: Sequence[tuple[str, str, bytes]], album: str = "") -> None:
        """A person sends files (name, type, bytes), each as a message of its own."""
        for name, mime, content in files:
            ref = f"f{next(self._numbers)}"
            self._files[ref] = content
            self._line(chat, name, mine=True)
            self._arrive(chat, file=asdict(FileRef(ref, ref, name, len(content), mime, album)))

    def lose_files(self) -> None:
        """What was sent so far can no longer be fetched, as happens on every platform one day."""
        self._files.clear()

    def shown(self, chat: str) -> list[ShownLine]:
        """The chat from its beginning."""
        return self._chat(chat).lines

    def block(self, chat: str, *, blocked: bool) -> None:
        """The person blocks the bot, or lets it in again."""
        self._chat(chat).blocked = blocked
        self._arrive(chat, reachable=not blocked)

    async def poll(self) -> Sequence[Arrival]:
        """What has come in and is not confirmed."""
        if not self._waiting:
            self._news.clear()
            await self._news.wait()
        return list(self._waiting.values())

    def pending(self) -> Sequence[Arrival]:
        """What has come in and is not confirmed, without waiting."""
        return list(self._waiting.values())

    def confirm(self, arrivals: Sequence[Arrival]) -> None:
        """Forget what is on disk."""
        for arrival in arrivals:
            self._waiting.pop(arrival.external_id, None)

    async def hook(self, address: str, secret: str) -> None:
        """There is nobody to post anything."""

    def arrival(self, body: bytes) -> Arrival | None:
        """Nothing is posted."""
        return None

    def parse(self, raw: str) -> Incoming | None:
        """What a stored line means."""
        told = json.loads(raw)
        address = Address(self.name, self.bot, told["chat"])
        file = told.get("file")
        return Incoming(
            address=address,
            external_id=told["id"],
            sent_at=datetime.fromtimestamp(told["at"], UTC),
            text=told.get("text", ""),
            command=told.get("command", ""),
            argument=told.get("argument", ""),
            files=(FileRef(**file),) if file and self.capabilities.files_in else (),
            unsupported=bool(file) and not self.capabilities.files_in,
            reachable=told.get("reachable"),
        )

    async def deliver(self, outgoing: Outgoing) -> Delivery:
        """Show a message in the chat."""
        if self._chat(outgoing.to.chat).blocked:
            return Unreachable("blocked")
        if not outgoing.files:
            line = self._line(outgoing.to.chat, plain.screen(outgoing.message), mine=False)
            return Delivered(str(line.number))
        lines = [self._line(outgoing.to.chat, file.name, mine=False, file=file) for file in outgoing.files]
        return Delivered(str(lines[0].number))

    def crowd(self, chat: str) -> bool:
        """There are no groups."""
        return False

    async def fetch(self, file: FileRef) -> AsyncIterator[bytes]:
        """The bytes of a file that was sent."""
        content = self._files.get(file.ref)
        if content is None:
            raise FileGoneError
        yield content

    async def acknowledge(self, raw: str, incoming: Incoming) -> None:
        """There is no spinner to stop."""

    async def retire(self, chat: Address, screen: str) -> Throttled | None:
        """There are no buttons to take away."""
        return None

    async def set_commands(self, chat: str, commands: Sequence[tuple[str, str]]) -> None:
        """There is no menu to fill."""

    def _chat(self, chat: str) -> _Chat:
        return self._chats.setdefault(chat, _Chat())

    def _line(self, chat: str, text: str, *, mine: bool, file: OutgoingFile | None = None) -> ShownLine:
        line = ShownLine(next(self._numbers), self._clock.now(), mine, text, file)
        self._chat(chat).lines.append(line)
        return line

    def _arrive(self, chat: str, **told: object) -> None:
        number = f"{next(self._numbers)}"
        at = self._clock.now().timestamp()
        raw = json.dumps({"chat": chat, "id": number, "at": at, **told}, ensure_ascii=False)
        self._waiting[number] = Arrival(self.name, self.bot, number, chat, raw)
        self._news.set()

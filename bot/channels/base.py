"""What a channel is: four ways to act, a record of what it can carry, and how a delivery can end.

Delivery
├── Delivered      arrived; `receipt` is the platform's id
├── Throttled      not sent; wait `seconds`
├── Flaky          try again; `certain` says that it surely did not arrive
├── Unreachable    the person blocked the bot or never wrote to it
├── Moved          not sent; the chat has another id now
├── Forgotten      not sent; the platform no longer knows a file by what it called it
├── Rejected       the platform will never take this message
├── Exhausted      not sent; what the platform allows in a month is used up
└── Misconfigured  the platform refuses the bot itself: stop this channel
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from core.joining import Entrance
from core.messages import Address, Capabilities, FileRef, Incoming, Message
from services.inbox import Arrival


@dataclass(frozen=True, slots=True)
class Delivered:
    """The message arrived. `handles` are what the platform calls its files, in their order."""

    receipt: str
    handles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Throttled:
    """Too fast: nothing was sent, wait so long."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Flaky:
    """It did not go well. If not `certain`, the message may have arrived all the same."""

    certain: bool
    why: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The person cannot be written to."""

    why: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The chat got another id."""

    chat: str


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A file was sent by a handle that the platform does not know: its bytes have to go again."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """The platform will never take this message."""

    why: str


@dataclass(frozen=True, slots=True)
class Exhausted:
    """What the platform allows in a month is used up: nothing was sent, to nobody will anything be."""


@dataclass(frozen=True, slots=True)
class Misconfigured:
    """The platform refuses the bot: a wrong token, or another process using it."""

    why: str


Delivery = (
    Delivered | Throttled | Flaky | Unreachable | Moved | Forgotten | Rejected | Exhausted | Misconfigured
)


class FileGoneError(Exception):
    """The platform no longer has the bytes."""


class FileTooBigError(Exception):
    """The platform does not hand out a file of this size."""


class FetchFailedError(Exception):
    """The bytes could not be fetched now; later may do."""


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """A file for a channel that can carry it: its bytes, or what the platform calls it already (`handle`).

    A `photo` is to be shown as a picture. A channel that hands files over by link gets the address (`url`)
    they are fetched from.
    """

    name: str
    mime: str
    data: bytes = b""
    handle: str = ""
    photo: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One call to a platform: a screen or notice, or files that go together.

    `replaces` is the message to edit. An empty message in the place of another takes that away.
    `url` is the address of a page of ours that the message speaks of: it is written below.
    """

    to: Address
    message: Message
    turn: int = 0
    replaces: str = ""
    files: tuple[OutgoingFile, ...] = ()
    url: str = ""

    @property
    def erases(self) -> bool:
        """Whether nothing is to be said, only something taken away."""
        return not self.files and self.message == Message()


@runtime_checkable
class Findable(Protocol):
    """A channel that can say where people find the bot, once it has asked its platform."""

    entrance: Entrance


class Channel(Protocol):
    """A platform seen from the house."""

    name: str
    bot: str
    capabilities: Capabilities

    async def introduce(self) -> str | Delivery:
        """The bot's name as people find it, or what hinders the platform from telling."""

    async def poll(self) -> Sequence[Arrival]:
        """Wait for updates. Nothing is confirmed to the platform yet."""

    def confirm(self, arrivals: Sequence[Arrival]) -> None:
        """These updates are on disk: the platform may forget them."""

    async def hook(self, address: str, secret: str) -> None:
        """Have updates posted to an address of ours, with this secret, instead of being asked for.

        Raises what `poll` raises.
        """

    def arrival(self, body: bytes) -> Arrival | None:
        """The update in what was posted; `None` where there is none, as in a trial of the address.

        Raises `ValueError` for what is not written as the platform writes.
        """

    def parse(self, raw: str) -> Incoming | None:
        """What a stored update means; `None` for one that concerns nobody.

        Raises `ValueError` for what is no update at all: it is given up at once.
        """

    async def deliver(self, outgoing: Outgoing) -> Delivery:
        """Make one call; never raises for what a platform can do."""

    def crowd(self, chat: str) -> bool:
        """Whether a chat is a group, which platforms let one write to more slowly."""

    def fetch(self, file: FileRef) -> AsyncIterator[bytes]:
        """The bytes of a file. Raises `FileGoneError`, `FileTooBigError` or `FetchFailedError`."""

    async def acknowledge(self, raw: str, incoming: Incoming) -> None:
        """A courtesy: stop the button's spinner, show that something happens. Failures are swallowed."""

    async def retire(self, chat: Address, screen: str) -> Throttled | None:
        """A courtesy: take the buttons off a screen that a newer one follows.

        Failures are swallowed, except that the platform asks for a pause.
        """

    async def set_commands(self, chat: str, commands: Sequence[tuple[str, str]]) -> None:
        """Offer these commands in a chat, or to everybody for an empty `chat`."""

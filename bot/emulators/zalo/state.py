"""What Zalo remembers of one bot: people, chats and what stands in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

JsonValue: TypeAlias = "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"
Json: TypeAlias = dict[str, JsonValue]
Kind: TypeAlias = Literal["text", "photo", "sticker", "voice", "unsupported"]


@dataclass(slots=True)
class Person:
    """A Zalo account: an opaque id and a name chosen by its owner; a bot learns nothing else."""

    id: str
    name: str
    protected: bool = False
    """Children and others whose messages Zalo keeps from bots: all of them arrive as unsupported."""
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message on the screen. `black` says that a photo's second fetching failed."""

    id: str
    by_bot: bool
    at: datetime
    kind: Kind
    text: str = ""
    data: bytes = b""
    mime: str = ""
    black: bool = False
    sender: str = ""
    link: str = ""
    """Where a photo was fetched from, or can be."""


@dataclass(slots=True)
class Chat:
    """A private chat, or a group (`zgr-…`). `wrote` says that the bot may write there."""

    id: str
    group: bool = False
    wrote: bool = False
    typing: bool = False
    bubbles: list[Bubble] = field(default_factory=list)


@dataclass(slots=True)
class Media:
    """A file of Zalo's media host."""

    data: bytes
    mime: str
    at: datetime


@dataclass(slots=True)
class World:
    """Everything but the switches."""

    people: dict[str, Person] = field(default_factory=dict)
    chats: dict[str, Chat] = field(default_factory=dict)
    served: set[str] = field(default_factory=set)
    """People who count against the plan's users."""
    media: dict[str, Media] = field(default_factory=dict)
    sent: dict[str, int] = field(default_factory=dict)
    """Messages counted against the quota, by month."""
    last_id: int = 0

    def next_id(self) -> str:
        """The number of a message: hexadecimal."""
        self.last_id += 1
        return f"{0xA0B1C2D3E4F5 + self.last_id:020x}"

    def chat(self, number: str) -> Chat:
        """A chat, opened if need be."""
        return self.chats.setdefault(number, Chat(number, group=number.startswith("zgr-")))

    def person(self, number: str) -> Person:
        """A person, introduced if need be."""
        return self.people.setdefault(number, Person(number, f"User {number[-4:]}"))

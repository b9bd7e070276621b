"""Where each chat stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import bindparam, select
from sqlalchemy.sql.base import Executable
from sqlmodel import col

from core.messages import Address
from db.engine import dialect_of, upsert
from db.models import Conversation
from db.transaction import Session, connection_of, write_later

_KEY = ("channel", "bot", "chat")
_KEPT = ("stack", "offered", "turn", "last_tap", "face", "tally", "updated_at")


_OF_CHATS = select(
    col(Conversation.channel),
    col(Conversation.bot),
    col(Conversation.chat),
    col(Conversation.stack),
    col(Conversation.offered),
    col(Conversation.turn),
    col(Conversation.last_tap),
    col(Conversation.screen),
    col(Conversation.screen_turn),
    col(Conversation.shown_at),
    col(Conversation.face),
    col(Conversation.tally),
    col(Conversation.updated_at),
).where(
    col(Conversation.channel) == bindparam("channel"),
    col(Conversation.bot) == bindparam("bot"),
    col(Conversation.chat).in_(bindparam("chats", expanding=True)),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A conversation as it was kept."""

    stack: str
    offered: str
    turn: int
    last_tap: str
    screen: str
    screen_turn: int
    shown_at: datetime | None
    face: str
    tally: str
    updated_at: datetime


async def of_chats(session: Session, addresses: Sequence[Address]) -> dict[Address, Kept]:
    """Several conversations in one look a bot."""
    found: dict[Address, Kept] = {}
    for (channel, bot), chats in by_bot(addresses).items():
        asked = {"channel": channel, "bot": bot, "chats": chats}
        for row in await connection_of(session).execute(_OF_CHATS, asked):
            found[Address(*row[:3])] = Kept(*list(row)[3:])
    return found


def by_bot(addresses: Sequence[Address]) -> dict[tuple[str, str], list[str]]:
    """Chats gathered by channel and bot."""
    gathered: dict[tuple[str, str], list[str]] = {}
    for address in addresses:
        gathered.setdefault((address.channel, address.bot), []).append(address.chat)
    return gathered


@cache
def _keep(dialect: str) -> Executable:
    statement = upsert(dialect, Conversation)
    return statement.on_conflict_do_update(
        index_elements=_KEY, set_={name: getattr(statement.excluded, name) for name in _KEPT}
    )


def keep(session: Session, values: dict[str, object]) -> None:
    """Store a conversation's place, leaving what the courier knows (the screen shown, and when) as it is."""
    write_later(session, _keep(dialect_of(session)), values)

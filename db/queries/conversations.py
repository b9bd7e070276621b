"""Where each chat stands."""

from collections.abc import Sequence

from sqlalchemy import select, tuple_
from sqlmodel import col

from core.messages import Address
from db.engine import upsert
from db.models import Conversation
from db.transaction import Session

_KEY = ("channel", "bot", "chat")
_KEPT = ("stack", "offered", "turn", "last_tap", "updated_at")


async def find(session: Session, address: Address) -> Conversation | None:
    """The conversation of one chat, if it ever had one."""
    return await session.get(Conversation, (address.channel, address.bot, address.chat))


async def of_chats(session: Session, addresses: Sequence[Address]) -> dict[Address, Conversation]:
    """Several conversations in one look."""
    keys = [(address.channel, address.bot, address.chat) for address in addresses]
    query = select(Conversation).where(
        tuple_(col(Conversation.channel), col(Conversation.bot), col(Conversation.chat)).in_(keys)
    )
    rows = (await session.exec(query)).scalars()
    return {Address(row.channel, row.bot, row.chat): row for row in rows}


async def keep(session: Session, values: dict[str, object]) -> None:
    """Store a conversation's place, leaving what the courier knows (`screen`) as it is."""
    statement = upsert(session, Conversation).values(**values)
    await session.exec(
        statement.on_conflict_do_update(
            index_elements=_KEY, set_={name: getattr(statement.excluded, name) for name in _KEPT}
        )
    )

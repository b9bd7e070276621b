"""Where people are written to."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, or_
from sqlalchemy import select as select_columns
from sqlmodel import col

from core.messages import Address
from db.engine import key_of
from db.models import Account, OutboxOutage, Person
from db.transaction import Session, connection_of

#: People who are asked about at a time.
_AT_ONCE = 1_000


def first_choice() -> tuple[ColumnElement[Any], ...]:
    """The order in which a person's accounts are thought of; the query has to join the person.

    First where they can be reached, then where things get through now, then where they want it, then the
    oldest.
    """
    down = exists().where(
        col(OutboxOutage.channel) == col(Account.channel), col(OutboxOutage.bot) == col(Account.bot)
    )
    return (
        col(Account.reachable).desc(),
        down.asc(),
        (col(Account.channel) == col(Person.preferred)).desc(),
        key_of(Account.id).asc(),
    )


@dataclass(frozen=True, slots=True)
class Chat:
    """Where a person is written to."""

    person_id: int
    channel: str
    bot: str
    chat: str


_CHATS = (
    select_columns(col(Account.person_id), col(Account.channel), col(Account.bot), col(Account.chat))
    .join(Person, key_of(Person.id) == col(Account.person_id))
    .where(
        col(Account.person_id).in_(bindparam("people", expanding=True)),
        col(Account.state) == "active",
    )
    .order_by(*first_choice())
)


async def chats(session: Session, person_ids: Sequence[int]) -> AsyncIterator[list[Chat]]:
    """The chats of these people, of each one's those first where they are to be written to; in pieces."""
    for start in range(0, len(person_ids), _AT_ONCE):
        some = list(person_ids[start : start + _AT_ONCE])
        yield [Chat(*row) for row in await connection_of(session).execute(_CHATS, {"people": some})]


async def other_chats(session: Session, person_id: int, but: Address) -> list[Address]:
    """Where else somebody can be reached, in the order in which that is thought of."""
    query = (
        select_columns(col(Account.channel), col(Account.bot), col(Account.chat))
        .join(Person, key_of(Person.id) == col(Account.person_id))
        .where(
            col(Account.person_id) == person_id,
            col(Account.state) == "active",
            col(Account.reachable).is_(True),
            or_(
                col(Account.channel) != but.channel,
                col(Account.bot) != but.bot,
                col(Account.chat) != but.chat,
            ),
        )
        .order_by(*first_choice())
    )
    return [Address(*row) for row in await connection_of(session).execute(query)]


async def person_at(session: Session, address: Address) -> int | None:
    """Whose chat it is."""
    query = select_columns(col(Account.person_id)).where(
        col(Account.channel) == address.channel,
        col(Account.bot) == address.bot,
        col(Account.chat) == address.chat,
        col(Account.state) == "active",
    )
    found: int | None = (await connection_of(session).execute(query)).scalar()
    return found

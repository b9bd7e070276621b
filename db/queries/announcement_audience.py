"""Whom an announcement may be for: who works here, where they are written to, what they have done."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, literal, or_, union_all
from sqlalchemy import select as select_columns
from sqlalchemy.sql.base import Executable
from sqlmodel import col

from db.engine import key_of
from db.models import (
    Account,
    Announcement,
    AnnouncementRecipient,
    Assessment,
    Leadership,
    Person,
    RoleGrant,
    Round,
)
from db.queries.chats import first_choice
from db.transaction import Session, connection_of

#: So many rows are read at once.
_PORTION = 1_000
#: How those stand who could have been reached, but got nothing.
LEFT_OUT = ("stopped", "expired")
#: People by the numbers of the first and the last.
Span = tuple[int, int]


class Listed(NamedTuple):
    """A person who may be meant."""

    person_id: int
    name: str
    post: str
    unit_id: int
    phone: str


class Mailbox(NamedTuple):
    """Under which account somebody can be written to, and whether they still can."""

    account: int
    channel: str
    reachable: bool


_LISTED = select_columns(
    key_of(Person.id), col(Person.name), col(Person.post), col(Person.unit_id), col(Person.phone)
).where(col(Person.active).is_(True))


async def _slowly(session: Session, query: Executable) -> AsyncIterator[Sequence[Any]]:
    """The rows of a query that may have tens of thousands; every portion, others get a turn."""
    result = await connection_of(session).stream(query)
    async for rows in result.partitions(_PORTION):
        for row in rows:
            yield row
        await asyncio.sleep(0)


async def listed(session: Session) -> list[Listed]:
    """Everybody who works here, by name within their unit."""
    query = _LISTED.order_by(col(Person.unit_id), col(Person.folded), key_of(Person.id))
    return [Listed._make(row) async for row in _slowly(session, query)]


async def next_listed(session: Session, after: int, most: int) -> list[Listed]:
    """The next so many of everybody who works here, by number."""
    query = _LISTED.where(key_of(Person.id) > after).order_by(key_of(Person.id)).limit(most)
    return [Listed._make(row) for row in await connection_of(session).execute(query)]


async def mailboxes(session: Session, people: Span) -> list[tuple[int, Mailbox]]:
    """Active accounts of these people, of each one's those first where they are to be written to."""
    query = (
        select_columns(
            col(Account.person_id), key_of(Account.id), col(Account.channel), col(Account.reachable)
        )
        .join(Person, key_of(Person.id) == col(Account.person_id))
        .where(col(Account.state) == "active", col(Account.person_id).between(*people))
        .order_by(*first_choice())
    )
    return [(row[0], Mailbox._make(row[1:])) for row in await connection_of(session).execute(query)]


async def parts(session: Session, day: date, people: Span) -> list[tuple[int, str]]:
    """Person and role of every role these people hold on that day; whoever leads a unit is a head."""

    def held(model: type[RoleGrant] | type[Leadership]) -> ColumnElement[bool]:
        in_force = or_(col(model.until).is_(None), col(model.until) >= day)
        return and_(col(model.since) <= day, in_force, col(model.person_id).between(*people))

    granted = select_columns(col(RoleGrant.person_id), col(RoleGrant.role)).where(held(RoleGrant))
    leading = select_columns(col(Leadership.person_id), literal("head")).where(
        held(Leadership), col(Leadership.rank) == "head"
    )
    return [(row[0], row[1]) for row in await connection_of(session).execute(union_all(granted, leading))]


async def began(session: Session, campaign: str) -> frozenset[int]:
    """Who has begun a self-assessment in a round of this campaign."""
    query = (
        select_columns(col(Assessment.person_id))
        .join(Round, key_of(Round.id) == col(Assessment.round_id))
        .where(col(Round.campaign) == campaign)
        .distinct()
    )
    return frozenset(row[0] for row in await connection_of(session).execute(query))


async def unread(session: Session, announcement_id: int) -> frozenset[int]:
    """Who has it and has not confirmed the wording they are to have; nobody, once it is taken back."""
    recipient = AnnouncementRecipient
    query = (
        select_columns(col(recipient.person_id))
        .join(Announcement, key_of(Announcement.id) == col(recipient.announcement_id))
        .where(
            col(recipient.announcement_id) == announcement_id,
            col(Announcement.retracted).is_(False),
            col(recipient.state).in_(("queued", "sent")),
            col(recipient.got) > 0,
            or_(col(recipient.read_version).is_(None), col(recipient.read_version) < col(recipient.version)),
        )
    )
    return frozenset(row[0] for row in await connection_of(session).execute(query))


async def missed(session: Session, announcement_id: int) -> frozenset[int]:
    """Whom it could have reached, but they got nothing of it: it was stopped, or waited too long."""
    recipient = AnnouncementRecipient
    query = select_columns(col(recipient.person_id)).where(
        col(recipient.announcement_id) == announcement_id,
        col(recipient.state).in_(LEFT_OUT),
        col(recipient.got) == 0,
    )
    return frozenset(row[0] for row in await connection_of(session).execute(query))

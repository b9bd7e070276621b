"""The card of progress in the outbox, which each newer one takes the place of; workbooks asked for."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy import select as select_columns
from sqlmodel import col

from db.engine import key_of
from db.models import AnnouncementSheet, OutboxRow
from db.transaction import Session, connection_of, write_now


@dataclass(frozen=True, slots=True)
class Card:
    """A card as it was posted last under a key."""

    id: int
    payload: str
    state: str
    replaces: str | None
    created_at: datetime


async def card(session: Session, once: str) -> Card | None:
    """The card that stands under a key."""
    query = select_columns(
        key_of(OutboxRow.id),
        col(OutboxRow.payload),
        col(OutboxRow.state),
        col(OutboxRow.replaces),
        col(OutboxRow.created_at),
    ).where(col(OutboxRow.once) == once)
    row = (await connection_of(session).execute(query)).one_or_none()
    return Card(*row) if row is not None else None


async def make_way(session: Session, card_id: int, once: str) -> str:
    """Let a card stand under a key of its own, so that the next one may have its key; returns that."""
    await write_now(session)
    freed = f"{once}#{card_id}"
    await session.exec(update(OutboxRow).where(key_of(OutboxRow.id) == card_id).values(once=freed))
    return freed


async def sheet(session: Session, sheet_id: int) -> AnnouncementSheet | None:
    """A workbook somebody asked for, until it is made."""
    return await session.get(AnnouncementSheet, sheet_id)


async def drop_sheet(session: Session, sheet_id: int) -> None:
    """It is made, or cannot be."""
    await session.exec(delete(AnnouncementSheet).where(key_of(AnnouncementSheet.id) == sheet_id))

"""What waits where people cannot be reached, taken from there; and channels that carry nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, String, and_, cast, delete, exists, func, literal_column, update
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from core.messages import Address
from db.engine import dialect_of, upsert
from db.models import Account, AnnouncementRecipient, OutboxOutage, OutboxRow
from db.transaction import Session, connection_of

_QUEUED: ColumnElement[str] = literal_column("'queued'")


@dataclass(frozen=True, slots=True)
class Stranded:
    """A row of the outbox that waits for a person where they cannot be reached."""

    row: OutboxRow
    person_id: int


@dataclass(frozen=True, slots=True)
class Outage:
    """A channel that carries nothing."""

    channel: str
    bot: str
    why: str
    since: datetime


def at(model: type[OutboxRow], address: Address) -> ColumnElement[bool]:
    """What belongs to a chat."""
    return and_(
        col(model.channel) == address.channel, col(model.bot) == address.bot, col(model.chat) == address.chat
    )


async def row(session: Session, row_id: int) -> OutboxRow | None:
    """One row, as it stands now."""
    return await session.get(OutboxRow, row_id, populate_existing=True)


async def waiting_at(session: Session, address: Address, lane: int) -> list[OutboxRow]:
    """What waits for a chat from a lane on, in the order in which it would leave."""
    query = (
        select(OutboxRow)
        .where(
            at(OutboxRow, address),
            col(OutboxRow.lane) >= lane,
            col(OutboxRow.state).in_(("queued", "paused")),
        )
        .order_by(col(OutboxRow.id))
    )
    return list((await session.exec(query)).all())


async def waiting_on(
    session: Session, channel: str, bot: str, lane: int, others: Collection[str], limit: int
) -> list[Stranded]:
    """What surely has not left for people who can be written to on one of the `others`, oldest first."""
    other = aliased(Account)
    elsewhere = exists().where(
        col(other.person_id) == col(Account.person_id),
        col(other.state) == "active",
        col(other.reachable).is_(True),
        col(other.channel).in_(others),
    )
    query = (
        select(OutboxRow, col(Account.person_id))
        .join(
            Account,
            and_(
                col(Account.channel) == col(OutboxRow.channel),
                col(Account.bot) == col(OutboxRow.bot),
                col(Account.chat) == col(OutboxRow.chat),
                col(Account.state) == "active",
            ),
        )
        .where(
            col(OutboxRow.state) == _QUEUED,
            col(OutboxRow.channel) == channel,
            col(OutboxRow.bot) == bot,
            col(OutboxRow.lane) == lane,
            col(OutboxRow.repeats) == 0,
            elsewhere,
        )
        .order_by(col(OutboxRow.id))
        .limit(limit)
    )
    return [Stranded(row, person) for row, person in (await session.exec(query)).all()]


async def take_away(session: Session, ids: Sequence[int], now: datetime, error: str) -> None:
    """End rows that go on elsewhere: their keys are free, and no announcement counts them."""
    await session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.id).in_(ids))
        .values(
            state="cancelled",
            error=error,
            finished_at=now,
            once=col(OutboxRow.once) + "#" + cast(col(OutboxRow.id), String),
            batch=None,
            recipient=None,
        )
    )


async def redirect(session: Session, announcements: Collection[int], person_id: int, to: Address) -> None:
    """Somebody for whom announcements are on their way gets them elsewhere; there they have none yet."""
    await _redirect(session, person_id, to, col(AnnouncementRecipient.announcement_id).in_(announcements))


async def redirect_all(session: Session, person_id: int, left: Address, to: Address) -> None:
    """Somebody gets elsewhere what may still be said about all they were sent at a chat they left."""
    recipient = AnnouncementRecipient
    here = (
        col(recipient.channel) == left.channel,
        col(recipient.bot) == left.bot,
        col(recipient.chat) == left.chat,
    )
    await _redirect(session, person_id, to, *here)


async def _redirect(session: Session, person_id: int, to: Address, *which: ColumnElement[bool]) -> None:
    await session.exec(
        update(AnnouncementRecipient)
        .where(col(AnnouncementRecipient.person_id) == person_id, *which)
        .values(channel=to.channel, bot=to.bot, chat=to.chat, got=0)
    )


async def begin_outage(session: Session, channel: str, bot: str, why: str, now: datetime) -> bool:
    """Note that a channel carries nothing; says whether that is news."""
    row = {"channel": channel, "bot": bot, "why": why, "since": now}
    result = await session.exec(
        upsert(dialect_of(session), OutboxOutage).values(**row).on_conflict_do_nothing()
    )
    return bool(result.rowcount)


async def end_outage(session: Session, channel: str, bot: str, why: str) -> bool:
    """Note that it carries again; says whether that is news."""
    result = await session.exec(
        delete(OutboxOutage).where(
            col(OutboxOutage.channel) == channel, col(OutboxOutage.bot) == bot, col(OutboxOutage.why) == why
        )
    )
    return bool(result.rowcount)


async def outages(session: Session) -> list[Outage]:
    """The channels that carry nothing at present, each with when that began."""
    query = (
        select_columns(
            col(OutboxOutage.channel),
            col(OutboxOutage.bot),
            func.min(OutboxOutage.why),
            func.min(OutboxOutage.since),
        )
        .group_by(col(OutboxOutage.channel), col(OutboxOutage.bot))
        .order_by(col(OutboxOutage.channel))
    )
    return [Outage(*row) for row in await connection_of(session).execute(query)]

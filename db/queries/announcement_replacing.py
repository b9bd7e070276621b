"""An announcement that gets another wording: who has something of it, and waits for the next one."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, String, and_, case, cast, exists, func, literal, or_, update
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from core.announcements import NotReached
from db.engine import key_of
from db.models import Announcement, AnnouncementRecipient, OutboxRow
from db.transaction import Session, connection_of, write_now


def of_wording() -> ColumnElement[bool]:
    """Whether a row of the outbox carries the wording that its recipient is to have."""
    recipient = AnnouncementRecipient
    start = literal("announcement:", String) + cast(col(recipient.announcement_id), String) + literal(":")
    return col(OutboxRow.once).like(start + cast(col(recipient.version), String) + literal(":%"))


def has_some(*states: str) -> ColumnElement[bool]:
    """Whether a recipient has, or may have, part of the wording they are to have, beside older ones.

    A part that took an older one's place is found there by whatever takes its own place: that is no other.
    """
    row = OutboxRow
    of_it = and_(
        col(row.batch) == col(AnnouncementRecipient.announcement_id),
        col(row.recipient) == col(AnnouncementRecipient.person_id),
        of_wording(),
    )
    arrived = or_(col(row.state).in_(states), col(row.repeats) > 0)
    return and_(
        exists(select_columns(key_of(row.id)).where(of_it, arrived)),
        ~exists(select_columns(key_of(row.id)).where(of_it, col(row.replaces).is_not(None))),
    )


async def note_parts(session: Session, announcement_id: int) -> None:
    """Whoever waits for the rest of a wording has it as far as a newer one is concerned."""
    recipient = AnnouncementRecipient
    await write_now(session)
    await connection_of(session).execute(
        update(recipient)
        .where(
            col(recipient.announcement_id) == announcement_id,
            col(recipient.state) == "queued",
            has_some("sent", "sending"),
        )
        .values(got=col(recipient.version))
    )


async def holders(session: Session, announcement_id: int) -> list[tuple[str, int, int, int]]:
    """How many people have each wording, or part of it (0: they wait for the first), on each channel.

    Last, how many of them confirmed that very wording.
    """
    recipient = AnnouncementRecipient
    waits = and_(col(recipient.state) == "queued", has_some("sent", "sending"))
    got = case((waits, col(recipient.version)), else_=col(recipient.got)).label("had")
    query = (
        select_columns(
            col(recipient.channel),
            got,
            func.count(),
            func.count(case((col(recipient.read_version) == got, 1))),
        )
        .where(col(recipient.announcement_id) == announcement_id, _concerned())
        .group_by(col(recipient.channel), got)
        .order_by(col(recipient.channel), got)
    )
    return [(row[0], row[1], row[2], row[3]) for row in await connection_of(session).execute(query)]


async def renew(session: Session, announcement_id: int, version: int) -> int:
    """Let everybody who has something of it, or waits for it, wait for this wording; how many."""
    recipient = AnnouncementRecipient
    result = await session.exec(
        update(recipient)
        .where(
            col(recipient.announcement_id) == announcement_id,
            col(recipient.version) < version,
            _concerned(),
        )
        .values(version=version, state="queued")
    )
    return int(result.rowcount)


def _concerned() -> ColumnElement[bool]:
    """Whether a recipient has something of it, or waits for it."""
    recipient = AnnouncementRecipient
    return or_(col(recipient.state).in_(("sent", "queued")), col(recipient.got) > 0)


async def miss(session: Session, announcement_id: int, channel: str) -> None:
    """Whoever waits for it on a channel that is served no more is not reached."""
    recipient = AnnouncementRecipient
    await session.exec(
        update(recipient)
        .where(
            col(recipient.announcement_id) == announcement_id,
            col(recipient.channel) == channel,
            col(recipient.state) == "queued",
        )
        .values(state=NotReached.UNREACHABLE.value)
    )


async def stop_waiting(session: Session, announcement_id: int) -> None:
    """Whoever waits for it and has nothing of it gets nothing."""
    recipient = AnnouncementRecipient
    await session.exec(
        update(recipient)
        .where(
            col(recipient.announcement_id) == announcement_id,
            col(recipient.state) == "queued",
            col(recipient.got) == 0,
        )
        .values(state="stopped")
    )


async def reminders(session: Session, announcement_id: int, states: Collection[str]) -> list[Announcement]:
    """Those that remind of it, in one of these states, and were not taken back."""
    query = select(Announcement).where(
        col(Announcement.reminds) == announcement_id,
        col(Announcement.state).in_(states),
        col(Announcement.retracted).is_(False),
    )
    return list((await session.exec(query.order_by(col(Announcement.id)))).all())


async def repetitions(session: Session, announcement_id: int, states: Collection[str]) -> list[Announcement]:
    """Those that say it again a year later, in one of these states."""
    query = select(Announcement).where(
        col(Announcement.repeats) == announcement_id, col(Announcement.state).in_(states)
    )
    return list((await session.exec(query.order_by(col(Announcement.id)))).all())

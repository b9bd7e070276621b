"""Announcements: their rows and wordings, whom they may be for, and what readers do about them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, case, func, or_, update
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from core.announcement_results import LeftOut
from db.engine import key_of
from db.models import (
    Announcement,
    AnnouncementRecipient,
    AnnouncementWording,
    Person,
)
from db.queries.announcement_audience import LEFT_OUT
from db.transaction import Session, connection_of

_OVER = ("finished", "stopped")
_OF_IT = col(AnnouncementRecipient.announcement_id) == col(Announcement.id)
#: How the stored form of a content without a question, and only that, says so: in words «"» is escaped.
_ASKS_NOTHING = '"question": null'


@dataclass(frozen=True, slots=True)
class Got:
    """A recipient as they stand."""

    person_id: int
    name: str
    post: str
    unit_id: int
    phone: str
    state: str
    version: int
    got: int
    sent_at: datetime | None
    read_at: datetime | None
    read_version: int | None
    answer: int | None
    channel: str


async def add(session: Session, row: Announcement) -> int:
    """Store a new announcement; returns its number."""
    session.add(row)
    await session.flush()
    return row.id or 0


async def one(session: Session, announcement_id: int) -> Announcement | None:
    """One announcement."""
    return await session.get(Announcement, announcement_id)


async def in_states(
    session: Session, states: Collection[str], person_id: int, *, others: bool, first: int = 0, most: int = 50
) -> list[Announcement]:
    """A person's own announcements in one of these states: what is not over first, then the newest.

    With `others`, also everybody else's that are no drafts (any more).
    """
    over = col(Announcement.state).in_(_OVER)
    query = select(Announcement).where(_seen(states, person_id, others=others))
    query = query.order_by(case((over, 1), else_=0), col(Announcement.id).desc())
    return list((await session.exec(query.offset(first).limit(most))).all())


async def count_states(
    session: Session, states: Collection[str], person_id: int, *, others: bool, own: bool = True
) -> dict[str, int]:
    """How many `in_states` has in each of these states, perhaps without one's own."""
    query = select_columns(col(Announcement.state), func.count()).where(
        _seen(states, person_id, others=others)
    )
    if not own:
        query = query.where(col(Announcement.author_id) != person_id)
    rows = await connection_of(session).execute(query.group_by(col(Announcement.state)))
    return {row[0]: row[1] for row in rows}


def _seen(states: Collection[str], person_id: int, *, others: bool) -> ColumnElement[bool]:
    """Which a person sees: their own, and with `others` all that are no drafts."""
    mine = col(Announcement.author_id) == person_id
    told = or_(mine, col(Announcement.state).not_in(("draft", "discarded"))) if others else mine
    return and_(col(Announcement.state).in_(states), told)


async def with_pending(session: Session) -> list[Announcement]:
    """Announcements of which another wording waits for a second person, newest first."""
    query = select(Announcement).where(col(Announcement.pending).is_not(None))
    return list((await session.exec(query.order_by(col(Announcement.id).desc()))).all())


async def size(session: Session, announcement_id: int) -> int:
    """How many people one that has left was for."""
    recipient = AnnouncementRecipient
    query = select(func.count(col(recipient.person_id))).where(
        col(recipient.announcement_id) == announcement_id
    )
    return int((await session.exec(query)).one())


async def leaving(session: Session, author_id: int, since: datetime, until: datetime, but: int) -> int:
    """How many of a person's leave, or left, from one moment up to another."""
    at = func.coalesce(col(Announcement.leaves_at), col(Announcement.wanted_at), col(Announcement.asked_at))
    query = select(func.count(col(Announcement.id))).where(
        col(Announcement.author_id) == author_id,
        col(Announcement.id) != but,
        at >= since,
        at < until,
        col(Announcement.state).not_in(("draft", "discarded")),
    )
    return int((await session.exec(query)).one())


async def change(session: Session, announcement_id: int, before: str, **values: object) -> bool:
    """Change one that is in that state; whether it was."""
    result = await session.exec(
        update(Announcement)
        .where(col(Announcement.id) == announcement_id, col(Announcement.state) == before)
        .values(**values)
    )
    row = await session.get(Announcement, announcement_id)
    if row is not None:
        await session.refresh(row)
    return bool(result.rowcount)


async def word(session: Session, row: AnnouncementWording) -> None:
    """Keep a wording."""
    session.add(row)
    await session.flush()


async def wording(session: Session, announcement_id: int, version: int) -> AnnouncementWording | None:
    """One wording."""
    return await session.get(AnnouncementWording, (announcement_id, version))


async def wordings(session: Session, announcement_id: int) -> list[AnnouncementWording]:
    """Every wording, the first first."""
    query = (
        select(AnnouncementWording)
        .where(col(AnnouncementWording.announcement_id) == announcement_id)
        .order_by(col(AnnouncementWording.version))
    )
    return list((await session.exec(query)).all())


async def left_out(session: Session, announcement_id: int) -> LeftOut:
    """How those stand whom it did not reach."""
    recipient = AnnouncementRecipient
    has_none = col(recipient.got) == 0
    query = select_columns(
        func.count(case((and_(~has_none, col(recipient.got) < col(recipient.version)), 1))),
        func.count(case((col(recipient.got) == col(recipient.version), 1))),
        func.count(case((and_(has_none, col(recipient.state).in_(LEFT_OUT)), 1))),
    ).where(
        col(recipient.announcement_id) == announcement_id, col(recipient.state).not_in(("queued", "sent"))
    )
    row = (await connection_of(session).execute(query)).one()
    return LeftOut(row[0], row[1], row[2])


async def recipients(session: Session, announcement_id: int) -> list[Got]:
    """Everybody it is for, as they stand, by name within their unit."""
    recipient = AnnouncementRecipient
    query = (
        select_columns(
            col(recipient.person_id),
            col(Person.name),
            col(Person.post),
            col(recipient.unit_id),
            col(Person.phone),
            col(recipient.state),
            col(recipient.version),
            col(recipient.got),
            col(recipient.sent_at),
            col(recipient.read_at),
            col(recipient.read_version),
            col(recipient.answer),
            col(recipient.channel),
        )
        .join(Person, key_of(Person.id) == col(recipient.person_id))
        .where(col(recipient.announcement_id) == announcement_id)
        .order_by(col(recipient.unit_id), col(Person.folded), col(recipient.person_id))
    )
    return [Got(*tuple[Any, ...](row)) for row in await connection_of(session).execute(query)]


async def mark_read(
    session: Session, announcement_id: int, person_id: int, version: int, now: datetime
) -> None:
    """A person confirms that they read a wording; the first time of each wording counts."""
    recipient = AnnouncementRecipient
    await session.exec(
        update(recipient)
        .where(
            col(recipient.announcement_id) == announcement_id,
            col(recipient.person_id) == person_id,
            or_(col(recipient.read_version).is_(None), col(recipient.read_version) < version),
        )
        .values(read_at=now, read_version=version)
    )


async def mark_answer(
    session: Session, announcement_id: int, person_id: int, version: int, answer: int, now: datetime
) -> None:
    """A person answers the question of a wording they have not confirmed yet; the first answer counts."""
    recipient = AnnouncementRecipient
    await session.exec(
        update(recipient)
        .where(
            col(recipient.announcement_id) == announcement_id,
            col(recipient.person_id) == person_id,
            or_(col(recipient.read_version).is_(None), col(recipient.read_version) < version),
        )
        .values(answer=answer, answered_at=now)
    )


async def recipient(session: Session, announcement_id: int, person_id: int) -> AnnouncementRecipient | None:
    """One person's part in it."""
    return await session.get(AnnouncementRecipient, (announcement_id, person_id))


def _came(
    person_id: int | BindParameter[int], since: datetime | BindParameter[datetime]
) -> ColumnElement[bool]:
    """Whether something has left for a person since that moment."""
    recipient = AnnouncementRecipient
    return and_(
        col(recipient.person_id) == person_id,
        col(recipient.chat) != "",
        or_(col(recipient.state).not_in(("queued", "stopped")), col(recipient.got) > 0),
        col(Announcement.left_at) >= since,
    )


def _counting() -> Select[int, int]:
    one, mine = Announcement, AnnouncementRecipient
    mine_came = _came(bindparam("person"), bindparam("since"))
    # No correlation: the inner query is about the same two tables, once more.
    came = select_columns(col(mine.announcement_id)).where(mine_came, _OF_IT).correlate(None)
    asks = or_(col(one.content).contains('"wants_reading": true'), ~col(one.content).contains(_ASKS_NOTHING))
    is_open = and_(asks, or_(col(mine.read_version).is_(None), col(mine.read_version) != col(one.version)))
    return select_columns(func.count(), func.count(case((is_open, 1)))).where(
        mine_came, _OF_IT, or_(col(one.reminds).is_(None), col(one.reminds).not_in(came))
    )


_COUNT_RECEIVED = _counting()


async def count_received(session: Session, person_id: int, since: datetime) -> tuple[int, int]:
    """How many `received` has for a person, and how many of these wait for them; reminders not counted."""
    asked = {"person": person_id, "since": since}
    row = (await connection_of(session).execute(_COUNT_RECEIVED, asked)).one()
    return row[0], row[1]


async def received(
    session: Session, person_id: int, since: datetime
) -> list[tuple[Announcement, AnnouncementRecipient]]:
    """What has left for a person since that moment, newest first; not what still waits, or never came."""
    recipient = AnnouncementRecipient
    query = (
        select(Announcement, recipient)
        .join(recipient, col(recipient.announcement_id) == col(Announcement.id))
        .where(_came(person_id, since))
        .order_by(col(Announcement.left_at).desc(), col(Announcement.id).desc())
    )
    return [(row[0], row[1]) for row in (await session.exec(query)).all()]

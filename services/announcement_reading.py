"""What readers do about announcements: read them again, confirm, answer the question."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.announcements import Content
from core.refusals import Code, Refusal
from core.roles import Permission
from db.models import Announcement, AnnouncementRecipient
from db.queries import announcements as queries
from db.transaction import Session
from services import journal
from services.actor import Actor, local

#: How far back somebody's own list of announcements reaches.
LISTED = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Received:
    """An announcement as its reader has it: in the wording they are to have now."""

    number: int
    content: Content
    version: int
    left_at: datetime
    read_at: datetime | None
    answer: int | None
    outdated: bool

    @property
    def open(self) -> bool:
        """Whether the reader has something left to do."""
        unread = self.content.wants_reading and (self.read_at is None or self.outdated)
        return unread or (self.content.question is not None and self.answer is None)


async def received(session: Session, actor: Actor, now: datetime) -> list[Received]:
    """What a person was sent in the last 90 days, newest first."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    found = await queries.received(session, actor.person_id, now - LISTED)
    return [_received(session, row, mine) for row, mine in found]


async def one(session: Session, actor: Actor, number: int) -> Received:
    """One of them; anybody else's is not found."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    row, mine = await _mine(session, actor, number)
    return _received(session, row, mine)


async def read(session: Session, actor: Actor, number: int, version: int, now: datetime) -> Received:
    """Confirm that a wording was read. Where there is a newer one, that is to be read instead."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    row, mine = await _mine(session, actor, number)
    if version == row.version and mine.read_version != version:
        await queries.mark_read(session, number, actor.person_id, version, now)
        await journal.note(
            session, actor.label, "read_announcement", f"announcement:{number}", now, version=version
        )
        await session.refresh(mine)
    return _received(session, row, mine)


async def answer(
    session: Session, actor: Actor, number: int, version: int, place: int, now: datetime
) -> Received:
    """Answer the question, which confirms the reading too; the first answer counts."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    row, mine = await _mine(session, actor, number)
    asked = Content.from_json(row.content).question
    if asked is None or not 0 <= place < len(asked.answers):
        raise Refusal(Code.NOT_FOUND)
    if version == row.version and mine.answer is None:
        await queries.mark_read(session, number, actor.person_id, version, now)
        await queries.mark_answer(session, number, actor.person_id, place, now)
        await journal.note(
            session, actor.label, "answered_announcement", f"announcement:{number}", now, answer=place
        )
        await session.refresh(mine)
    return _received(session, row, mine)


async def _mine(session: Session, actor: Actor, number: int) -> tuple[Announcement, AnnouncementRecipient]:
    row = await queries.one(session, number)
    mine = await queries.recipient(session, number, actor.person_id)
    if row is None or mine is None or row.left_at is None or mine.state not in {"queued", "sent"}:
        raise Refusal(Code.NOT_FOUND)
    return row, mine


def _received(session: Session, row: Announcement, mine: AnnouncementRecipient) -> Received:
    assert row.left_at is not None
    return Received(
        number=row.id or 0,
        content=Content.from_json(row.content),
        version=row.version,
        left_at=local(session, row.left_at),
        read_at=local(session, mine.read_at) if mine.read_at is not None else None,
        answer=mine.answer,
        outdated=mine.read_version is not None and mine.read_version < row.version,
    )

"""What readers do about announcements: read them again, confirm, answer the question."""

from datetime import datetime, timedelta

from core.announcement_content import Content
from core.announcement_reading import Received
from core.messages import Message
from core.refusals import Code, Refusal
from core.roles import Permission
from db.models import Announcement, AnnouncementRecipient
from db.queries import announcements as queries
from db.transaction import Session
from services import journal, outbox
from services.actor import Actor, local

#: How far back somebody's own list of announcements reaches.
LISTED = timedelta(days=90)


async def received(session: Session, actor: Actor, now: datetime) -> list[Received]:
    """What a person was sent in the last 90 days: what is open first, then the newest.

    One that only reminds of another one is told with that.
    """
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    found = await queries.received(session, actor.person_id, now - LISTED)
    numbers = {row.id for row, _mine in found}
    mine = [_received(session, row, mine) for row, mine in found if row.reminds not in numbers]
    return sorted(mine, key=lambda one: not one.open)


async def counted(session: Session, actor: Actor, now: datetime) -> tuple[int, int]:
    """How many `received` tells, and how many of these are open."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    return await queries.count_received(session, actor.person_id, now - LISTED)


async def one(session: Session, actor: Actor, number: int) -> Received:
    """One of them; anybody else's is not found."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    row, mine = await _mine(session, actor, number)
    return _received(session, row, mine)


async def tried_out(session: Session, actor: Actor, number: int) -> bool:
    """Whether this is somebody's own that they only tried out: what they press on it is nobody's reading."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    row = await queries.one(session, number)
    mine = await queries.recipient(session, number, actor.person_id)
    return row is not None and mine is None and row.author_id == actor.person_id


async def read(session: Session, actor: Actor, number: int, version: int | None, now: datetime) -> Received:
    """Confirm that a wording was read; without a `version`, the one that has arrived.

    Where there is a newer wording, that is to be read instead; where there is a question, the answer to it
    confirms.
    """
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    row, mine = await _mine(session, actor, number)
    found = _received(session, row, mine)
    meant = (mine.got or 1) if version is None else version
    if not found.open or found.content.question is not None or meant != row.version:
        return found
    await queries.mark_read(session, number, actor.person_id, row.version, now)
    await journal.note(
        session, actor.label, "read_announcement", f"announcement:{number}", now, version=row.version
    )
    await session.refresh(mine)
    return _received(session, row, mine)


async def answer(
    session: Session, actor: Actor, number: int, version: int, place: int, now: datetime
) -> Received:
    """Answer the question, which confirms the reading too; the first answer to each wording counts.

    An answer to an older wording is none: the newer one is to be read instead.
    """
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    row, mine = await _mine(session, actor, number)
    found = _received(session, row, mine)
    if not found.open or version != row.version:
        return found
    asked = found.content.question
    if asked is None or not 0 <= place < len(asked.answers):
        raise Refusal(Code.NOT_FOUND)
    await queries.mark_answer(session, number, actor.person_id, row.version, place, now)
    await queries.mark_read(session, number, actor.person_id, row.version, now)
    await journal.note(
        session, actor.label, "answered_announcement", f"announcement:{number}", now, answer=place
    )
    await session.refresh(mine)
    return _received(session, row, mine)


async def files_again(session: Session, actor: Actor, number: int, now: datetime) -> int:
    """Hand the reader its files once more; how many."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    files = (await one(session, actor, number)).content.files
    assert actor.address is not None
    if files:
        await outbox.post(session, actor.address, Message(files=files), outbox.Lane.ANSWER, now)
    return len(files)


async def _mine(session: Session, actor: Actor, number: int) -> tuple[Announcement, AnnouncementRecipient]:
    """An announcement that left for this person.

    Part of one may have failed, and they have the rest; of one that was stopped on its way they have nothing.
    """
    row = await queries.one(session, number)
    mine = await queries.recipient(session, number, actor.person_id)
    if row is None or mine is None or not mine.chat or (mine.state == "stopped" and not mine.got):
        raise Refusal(Code.NOT_FOUND)
    return row, mine


def _received(session: Session, row: Announcement, mine: AnnouncementRecipient) -> Received:
    assert row.left_at is not None
    confirmed = mine.read_at if mine.read_version == row.version else None
    return Received(
        number=row.id or 0,
        content=Content.from_json(row.content),
        version=row.version,
        left_at=local(session, row.left_at),
        read_at=local(session, confirmed) if confirmed is not None else None,
        answer=mine.answer if confirmed is not None else None,
        retracted=row.retracted,
    )

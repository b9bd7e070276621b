"""Meetings of a unit's council: who was there, in conflict about whom, and what was voted."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import col, select

from db.models import MeetingConflict, MeetingMember, MeetingVote, Person, UnitMeeting
from db.transaction import Session


async def meeting(session: Session, meeting_id: int) -> UnitMeeting | None:
    """One meeting."""
    return await session.get(UnitMeeting, meeting_id)


async def of_dossier(session: Session, dossier_id: int) -> list[UnitMeeting]:
    """The meetings about a dossier, annulled ones included, the newest first."""
    query = (
        select(UnitMeeting)
        .where(col(UnitMeeting.dossier_id) == dossier_id)
        .order_by(col(UnitMeeting.id).desc())
    )
    return list((await session.exec(query)).all())


async def voting(session: Session) -> list[UnitMeeting]:
    """The meetings that are voting here."""
    query = select(UnitMeeting).where(col(UnitMeeting.state) == "voting").order_by(col(UnitMeeting.id))
    return list((await session.exec(query)).all())


async def move(
    session: Session, meeting_id: int, before: tuple[str, ...], state: str, values: Mapping[str, object]
) -> bool:
    """Take a meeting on; whether it stood in one of those states."""
    result = await session.exec(
        update(UnitMeeting)
        .where(col(UnitMeeting.id) == meeting_id, col(UnitMeeting.state).in_(before))
        .values(state=state, **values)
    )
    return bool(result.rowcount)


async def members(session: Session, meeting_id: int) -> list[tuple[MeetingMember, Person]]:
    """The members of a meeting, by name."""
    query = (
        select(MeetingMember, Person)
        .join(Person, col(Person.id) == col(MeetingMember.person_id))
        .where(col(MeetingMember.meeting_id) == meeting_id)
        .order_by(col(Person.folded), col(Person.id))
    )
    return list((await session.exec(query)).all())


async def drop_member(session: Session, meeting_id: int, person_id: int) -> None:
    """Take somebody out, with what was noted of them."""
    for table in (MeetingConflict, MeetingMember):
        await session.exec(
            delete(table).where(col(table.meeting_id) == meeting_id, col(table.person_id) == person_id)
        )


async def conflicts(session: Session, meeting_id: int) -> list[MeetingConflict]:
    """Who has no vote about whom, and why."""
    query = (
        select(MeetingConflict)
        .where(col(MeetingConflict.meeting_id) == meeting_id)
        .order_by(col(MeetingConflict.id))
    )
    return list((await session.exec(query)).all())


async def votes(session: Session, meeting_id: int) -> list[MeetingVote]:
    """What was on the agenda, in its order."""
    query = (
        select(MeetingVote)
        .where(col(MeetingVote.meeting_id) == meeting_id)
        .order_by(col(MeetingVote.place), col(MeetingVote.id))
    )
    return list((await session.exec(query)).all())


async def enter(session: Session, meeting_id: int, nomination_id: int, **values: object) -> bool:
    """Write down the sums about one nominee; whether it is on the agenda."""
    result = await session.exec(
        update(MeetingVote)
        .where(col(MeetingVote.meeting_id) == meeting_id, col(MeetingVote.nomination_id) == nomination_id)
        .values(**values)
    )
    return bool(result.rowcount)


async def set_absence(session: Session, meeting_id: int, person_id: int, because: str) -> bool:
    """Note that a member is away, or there again for nothing; whether they are a member."""
    result = await session.exec(
        update(MeetingMember)
        .where(col(MeetingMember.meeting_id) == meeting_id, col(MeetingMember.person_id) == person_id)
        .values(absent_because=because)
    )
    return bool(result.rowcount)


async def annul(
    session: Session, meeting_id: int, annulled_by: int | None, because: str, now: datetime
) -> bool:
    """Annul a meeting; whether it stood."""
    result = await session.exec(
        update(UnitMeeting)
        .where(col(UnitMeeting.id) == meeting_id, col(UnitMeeting.state) != "annulled")
        .values(state="annulled", annulled_by=annulled_by, annulled_at=now, annulled_because=because)
    )
    return bool(result.rowcount)

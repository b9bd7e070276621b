"""Who else sits: members seated after a sitting was called, and who presides once its chair is gone."""

from datetime import datetime

from core.council import Member, SittingState
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import council_notices as texts
from db.models import CouncilConflict, CouncilMember
from db.queries import nominations as nomination_queries
from db.transaction import Session
from services import council, journal, outbox
from services.actor import Actor, local

#: While its chair has still something to do.
_CHAIRED = frozenset({SittingState.CALLED, SittingState.VOTING, SittingState.COUNTED})


async def others(session: Session, actor: Actor, sitting_id: int, now: datetime) -> list[Member]:
    """Everybody who may sit and does not."""
    sitting = await council.one(session, actor, sitting_id, now)
    there = {one.person_id for one in sitting.members}
    return [one for one in await council.eligible_members(session, actor) if one.person_id not in there]


async def seat(session: Session, actor: Actor, sitting_id: int, person_id: int, now: datetime) -> None:
    """Seat one more member before the vote; they are told, and have no vote about their own unit."""
    actor.require(Permission.CALL_COUNCIL)
    found = await others(session, actor, sitting_id, now)
    member = next((one for one in found if one.person_id == person_id), None)
    if member is None:
        raise Refusal(Code.NOT_FOUND)
    sitting = await council.one(session, actor, sitting_id, now)
    await council.moved(session, sitting, SittingState.CALLED, SittingState.CALLED)
    session.add(CouncilMember(sitting_id=sitting_id, person_id=person_id))
    for item in sitting.items:
        nomination = await nomination_queries.nomination(session, item.nomination_id)
        why = council.own(member, nomination.person_id if nomination is not None else None, item.unit_id)
        if why:
            session.add(
                CouncilConflict(
                    sitting_id=sitting_id, person_id=person_id, nomination_id=item.nomination_id, reason=why
                )
            )
    await session.flush()
    subject = f"council:{sitting_id}"
    await journal.note(session, actor.label, "seated_member", subject, now, person=f"person:{person_id}")
    told = texts.called(sitting, local(session, sitting.held_at))
    await outbox.notify(session, [person_id], told, now, once=f"{subject}:called")


async def successors(session: Session, actor: Actor, sitting_id: int, now: datetime) -> list[Member]:
    """Which members could preside over a sitting whose chair has left the council; nobody before that."""
    actor.require(Permission.CALL_COUNCIL)
    sitting = await council.one(session, actor, sitting_id, now)
    there = {one.person_id for one in await council.eligible_members(session, actor)}
    if sitting.state not in _CHAIRED or sitting.chair_id in there:
        return []
    return [one for one in sitting.members if one.person_id in there]


async def preside(session: Session, actor: Actor, sitting_id: int, person_id: int, now: datetime) -> None:
    """Have a member preside in the place of a chair who has left the council; every member is told."""
    actor.require(Permission.CALL_COUNCIL)
    if person_id not in {one.person_id for one in await successors(session, actor, sitting_id, now)}:
        raise Refusal(Code.NOT_FOUND)
    sitting = await council.one(session, actor, sitting_id, now)
    await council.moved(session, sitting, sitting.state, sitting.state, chair_id=person_id)
    subject = f"council:{sitting_id}"
    await journal.note(session, actor.label, "named_chair", subject, now, person=f"person:{person_id}")
    told = texts.presides(await council.facts_of(session, sitting_id, now))
    people = [one.person_id for one in sitting.members]
    await outbox.notify(session, people, told, now, once=f"{subject}:chair:{person_id}")

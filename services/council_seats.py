"""Who else sits: members seated after a sitting was called, before its vote."""

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

"""A signed decision by which somebody proposed is commended outside any dossier and sitting of the house."""

from datetime import date, datetime

from core.awards import AwardFacts
from core.campaigns import Track
from core.eligibility import Case
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import award_giving as texts
from db.queries import appraisal as appraisal_queries
from db.transaction import Session
from services import award_facts, awards, hindrances, nominations, outbox
from services.actor import Actor, today
from services.council_decision import number_told
from services.nominations import Nominee


async def whom(session: Session, actor: Actor, nomination_id: int, now: datetime) -> tuple[Nominee, Case]:
    """Somebody proposed, for whoever enters decisions."""
    actor.require(Permission.COMMEND)
    return await nominations.nominee(session, actor, nomination_id, now)


async def ensure_open(session: Session, actor: Actor, nomination_id: int, now: datetime) -> None:
    """Refuse one's own case, and that of somebody in a dossier: the council's decision says it."""
    found, case = await whom(session, actor, nomination_id, now)
    of_unit = case.track is Track.COLLECTIVE
    await hindrances.ensure_not_own(
        session, actor, None if of_unit else case.person_id, case.unit_id if of_unit else None
    )
    if not found.nomination.proposed:
        raise Refusal(Code.NOT_NOMINATED)
    if await appraisal_queries.dossier_of(session, nomination_id) is not None:
        raise Refusal(Code.COMMENDED_BY_COUNCIL)


async def give(
    session: Session, actor: Actor, nomination_id: int, number: str, dated: date, now: datetime
) -> int:
    """Note that somebody is commended and put the award on record; they and their unit are told."""
    actor.require(Permission.COMMEND)
    await ensure_open(session, actor, nomination_id, now)
    told = number_told(number)
    if dated > today(session, now):
        raise Refusal(Code.DATED_LATER, day=dated)
    await nominations.commend(session, actor, nomination_id, now)
    award_id = await awards.note_decided(session, actor, nomination_id, told, dated, now)
    await _tell(session, await awards.facts_of(session, award_id, now), now)
    return award_id


async def _tell(session: Session, facts: AwardFacts, now: datetime) -> None:
    once = f"award:{facts.id}:given"
    own, heads = await award_facts.concerned(session, facts, now)
    await outbox.notify(session, own, texts.given_notice(facts), now, once=once)
    await outbox.notify(session, heads, texts.given_head_notice(facts), now, once=f"{once}:unit")

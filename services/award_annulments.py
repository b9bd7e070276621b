"""Awards that do not count any more: one person of the office proposes it, another decides."""

from datetime import datetime

from core.awards import AnnulmentState, AwardFacts
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import award_office as texts
from db.models import AwardAnnulment
from db.queries import awards as queries
from db.transaction import Session
from services import award_facts, awards, hindrances, journal, outbox
from services.actor import Actor
from services.eligibility import holding, reason_facts

WAITING_SHOWN = 8


async def propose(
    session: Session, actor: Actor, award_id: int, reason: str, document: str, now: datetime, *, slip: bool
) -> int:
    """Propose to annul an award by the authority's decision, or as a slip, and tell everybody who may decide.

    Nobody proposes it of their own, nor of a unit they lead.
    """
    actor.require(Permission.COMMEND)
    facts = await _touched(session, actor, award_id)
    told = hindrances.reason_told(reason)
    paper = "" if slip else hindrances.document_told(document)
    if facts.annulled or (facts.annulment and facts.annulment.state is AnnulmentState.ASKED):
        raise Refusal(Code.WAIVER_SETTLED)
    row = AwardAnnulment(
        award_id=award_id, slip=slip, reason=told, document=paper, asked_by=actor.person_id, asked_at=now
    )
    session.add(row)
    await session.flush()
    number = row.id or 0
    of = awards.subject_of(facts.person_id, facts.unit_id)
    verb, why = "proposed_annulment", reason_facts(told)
    await journal.note(
        session, actor.label, verb, of, now, award=award_id, annulment=number, slip=slip, **why
    )
    others = [
        person
        for person in await holding(session, Permission.COMMEND, actor.today)
        if person not in {actor.person_id, facts.person_id}
    ]
    after = await awards.facts_of(session, award_id, now)
    await outbox.notify(session, others, texts.annulment_asked_notice(after), now, once=f"annulment:{number}")
    return number


async def decide(
    session: Session, actor: Actor, award_id: int, annulment_id: int, now: datetime, *, granted: bool
) -> None:
    """Annul the award, or do not: never by whoever proposed it, nor by whom it is of.

    The person and whoever heads their unit are told of what a decision annulled; a slip was never theirs.
    """
    actor.require(Permission.COMMEND)
    facts = await _touched(session, actor, award_id)
    asked = facts.annulment
    if asked is None or asked.id != annulment_id or asked.state is not AnnulmentState.ASKED:
        raise Refusal(Code.WAIVER_SETTLED)
    if asked.asker_id == actor.person_id:
        raise Refusal(Code.TWO_PEOPLE)
    state = AnnulmentState.GRANTED if granted else AnnulmentState.DENIED
    if not await queries.decide(
        session, annulment_id, state=state.value, decided_by=actor.person_id, now=now
    ):
        raise Refusal(Code.WAIVER_SETTLED)
    of = awards.subject_of(facts.person_id, facts.unit_id)
    verb, why = f"{state.value}_annulment", reason_facts(asked.reason)
    if granted:
        await queries.annul(session, award_id, now)
    session.expire_all()
    await journal.note(session, actor.label, verb, of, now, award=award_id, annulment=annulment_id, **why)
    after = await awards.facts_of(session, award_id, now)
    notice = texts.annulment_decided_notice(after, actor.name, granted=granted)
    await outbox.notify(
        session, [asked.asker_id], notice, now, once=f"annulment:{annulment_id}:{state.value}"
    )
    if granted and not asked.slip:
        await _tell(session, after, now)


async def waiting(session: Session, actor: Actor, now: datetime) -> list[AwardFacts]:
    """The awards that are proposed to be annulled, the oldest proposal first."""
    actor.require(Permission.COMMEND)
    order = [row.award_id for row in await queries.waiting(session, WAITING_SHOWN)]
    found = {one.id: one for one in await award_facts.by_ids(session, order, now)}
    return [found[one] for one in order if one in found]


async def _touched(session: Session, actor: Actor, award_id: int) -> AwardFacts:
    """An award, for somebody whom it does not concern."""
    row = await queries.award(session, award_id)
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    await hindrances.ensure_not_own(session, actor, row.person_id, row.unit_id)
    return await awards.facts_of(session, award_id, row.entered_at)


async def _tell(session: Session, facts: AwardFacts, now: datetime) -> None:
    """The person first, in their own words; whoever looks after the unit besides."""
    once = f"award:{facts.id}:annulled"
    own, heads = await award_facts.concerned(session, facts, now)
    await outbox.notify(session, own, texts.annulled_notice(facts), now, once=once)
    await outbox.notify(session, heads, texts.annulled_head_notice(facts), now, once=f"{once}:unit")

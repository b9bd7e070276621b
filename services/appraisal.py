"""Dossiers under appraisal: who has which, how much time is left, and when one is done."""

from collections.abc import Collection
from datetime import date, datetime

from core.appraisal import Clock, Conflict, Desk, QueueLine, clock
from core.dossiers import DossierAct, DossierFacts, DossierState
from core.errands import ErrandKind
from core.refusals import Code, Refusal, uncut
from core.roles import Permission
from core.texts import appraisal as texts
from db.models import AppraisalConflict
from db.queries import appraisal as queries
from db.queries import dossiers as dossier_queries
from db.queries import people as people_queries
from db.transaction import Session
from services import (
    appraisal_rules,
    appraisal_verdicts,
    calendar,
    dossier_archives,
    dossiers,
    eligibility,
    errands,
    journal,
    outbox,
)
from services.actor import Actor, local, today

PAGE = 8
REASON_LIMIT = 500
SHORTEST_REASON = 10
#: What an appraiser has to do with at all.
WAITING = (DossierState.SUBMITTED, DossierState.APPRAISING, DossierState.SUPPLEMENT)
DONE = (DossierState.APPRAISED, DossierState.IN_COUNCIL, DossierState.CONCLUDED, DossierState.DECIDED)


async def queue(
    session: Session, actor: Actor, page: int, now: datetime, *, done: bool = False
) -> tuple[list[QueueLine], bool]:
    """What waits to be appraised (or is `done`), longest handed in first; whether there is more."""
    actor.require(Permission.APPRAISE)
    found, more = await dossiers.in_states(session, actor, DONE if done else WAITING, page, PAGE, now)
    kept = await _conflicts(session, actor, found)
    lines: list[QueueLine] = []
    for one in found:
        nominees = await dossier_queries.nominees(session, one.id)
        submitted = await dossier_queries.submissions(session, one.id)
        complete = not (submitted and submitted[0].overridden_for)
        time = await clock_of(session, one, now)
        lines.append(QueueLine(one, time, kept.get(one.id), len(nominees), complete))
    return lines, more


async def desk(session: Session, actor: Actor, dossier_id: int, now: datetime) -> Desk:
    """One dossier; of one that the person has an interest in, no more than its outside."""
    actor.require(Permission.APPRAISE)
    facts = await dossiers.one(session, actor, dossier_id, now)
    conflict = (await _conflicts(session, actor, [facts])).get(dossier_id)
    time = await clock_of(session, facts, now)
    if conflict is not None:
        return Desk(facts, time, conflict, ())
    people = await dossiers.nominees(session, dossier_id, now)
    found = await appraisal_verdicts.verdicts_of(session, people)
    submitted = await dossier_queries.submissions(session, dossier_id)
    return Desk(
        facts,
        time,
        None,
        tuple((one, found[one.nomination_id]) for one in people),
        submitted[0].overridden_for if submitted else "",
        facts.state is DossierState.APPRAISING and facts.appraiser_id == actor.person_id,
        await _left(session, actor, facts, now),
    )


async def take_archive(session: Session, actor: Actor, dossier_id: int, now: datetime) -> None:
    """Hand over the whole dossier as its unit handed it in, to somebody without an interest in it."""
    actor.require(Permission.APPRAISE)
    await ensure_free_of(session, actor, dossier_id, now)
    if actor.address is None:
        raise Refusal(Code.NOT_FOUND)
    await dossier_archives.handed(session, actor.label, actor.address, dossier_id, now)


async def take_up(session: Session, actor: Actor, dossier_id: int, now: datetime) -> DossierFacts:
    """Begin to appraise a dossier; what it has in common with others is looked for meanwhile.

    One that was left is taken over as it stands, with its marks.
    """
    actor.require(Permission.APPRAISE)
    before = await ensure_free_of(session, actor, dossier_id, now)
    if await _left(session, actor, before, now):
        await _give(session, actor, before, actor.person_id, now)
        return await dossiers.facts_of(session, dossier_id, now)
    facts = await dossiers.move(
        session, actor, dossier_id, DossierAct.TAKE_UP, now, appraiser_id=actor.person_id or None
    )
    await errands.add(session, ErrandKind.APPRAISAL_LIKENESS, dossier_id, now)
    return facts


async def let_go(session: Session, actor: Actor, dossier_id: int, reason: str, now: datetime) -> None:
    """Put a dossier back for a colleague to take up; its marks stay."""
    actor.require(Permission.APPRAISE)
    await held(session, actor, dossier_id, now)
    told = reason_told(reason)
    await dossiers.move(session, actor, dossier_id, DossierAct.LET_GO, now, told, appraiser_id=None)


async def colleagues(session: Session, actor: Actor, dossier_id: int, now: datetime) -> list[tuple[int, str]]:
    """Who else could appraise a dossier: they may, and have no interest in it."""
    actor.require(Permission.APPRAISE)
    facts = await dossiers.one(session, actor, dossier_id, now)
    return [one for one in await _able(session, facts, now) if one[0] != actor.person_id]


async def hand_over(session: Session, actor: Actor, dossier_id: int, person_id: int, now: datetime) -> None:
    """Give a dossier one appraises to a colleague, who is told."""
    actor.require(Permission.APPRAISE)
    facts = await held(session, actor, dossier_id, now)
    if person_id not in {one for one, _name in await colleagues(session, actor, dossier_id, now)}:
        raise Refusal(Code.NOT_FOUND)
    await _give(session, actor, facts, person_id, now)
    notice = texts.handed_over_notice(facts, actor.name)
    once = f"appraisal:{dossier_id}:to:{now.isoformat()}"
    await outbox.notify(session, [person_id], notice, now, once=once)


async def declare_conflict(
    session: Session, actor: Actor, dossier_id: int, reason: str, now: datetime
) -> None:
    """Say that one has an interest in a dossier: it goes back to the queue, and others are asked."""
    actor.require(Permission.APPRAISE)
    facts = await dossiers.one(session, actor, dossier_id, now)
    told = reason_told(reason)
    if (await _conflicts(session, actor, [facts])).get(dossier_id) is not None:
        return
    session.add(
        AppraisalConflict(dossier_id=dossier_id, person_id=actor.person_id, reason=told, declared_at=now)
    )
    await session.flush()
    subject = f"dossier:{dossier_id}"
    facts_told = eligibility.reason_facts(told)
    await journal.note(session, actor.label, "declared_conflict", subject, now, **facts_told)
    others = [one for one, _name in await colleagues(session, actor, dossier_id, now)]
    if facts.appraiser_id == actor.person_id and facts.state is DossierState.APPRAISING:
        await dossiers.move(
            session, actor, dossier_id, DossierAct.LET_GO, now, texts.CONFLICT_STEP, appraiser_id=None
        )
    once = f"appraisal:{dossier_id}:conflict:{actor.person_id}"
    await outbox.notify(session, others, texts.conflict_notice(facts), now, once=once)


async def finish(session: Session, actor: Actor, dossier_id: int, reason: str, now: datetime) -> DossierFacts:
    """End an appraisal: everything marked and nothing unclear, or a reason why not."""
    actor.require(Permission.APPRAISE)
    await held(session, actor, dossier_id, now)
    whole = await desk(session, actor, dossier_id, now)
    if (whole.unmarked or whole.unclear) and not reason.strip():
        raise Refusal(Code.APPRAISAL_UNFINISHED, unmarked=whole.unmarked, unclear=whole.unclear)
    told = reason_told(reason) if reason.strip() else ""
    return await dossiers.move(session, actor, dossier_id, DossierAct.FINISH, now, told)


async def reopen(session: Session, actor: Actor, dossier_id: int, reason: str, now: datetime) -> None:
    """Take an appraisal up again, before the council has it."""
    actor.require(Permission.APPRAISE)
    await ensure_free_of(session, actor, dossier_id, now)
    told = reason_told(reason)
    await dossiers.move(
        session, actor, dossier_id, DossierAct.REOPEN, now, told, appraiser_id=actor.person_id or None
    )


async def held(session: Session, actor: Actor, dossier_id: int, now: datetime) -> DossierFacts:
    """A dossier that the person is appraising now; refused where it is in other hands, or elsewhere."""
    facts = await ensure_free_of(session, actor, dossier_id, now)
    if facts.state is not DossierState.APPRAISING:
        raise Refusal(Code.DOSSIER_MOVED_ON)
    if facts.appraiser_id != actor.person_id:
        raise Refusal(Code.APPRAISAL_ELSEWHERE, name=facts.appraiser)
    return facts


async def ensure_free_of(session: Session, actor: Actor, dossier_id: int, now: datetime) -> DossierFacts:
    """A dossier that the person has no interest in; else a refusal."""
    actor.require(Permission.APPRAISE)
    facts = await dossiers.one(session, actor, dossier_id, now)
    if (await _conflicts(session, actor, [facts])).get(dossier_id) is not None:
        raise Refusal(Code.APPRAISAL_CONFLICT)
    return facts


def reason_told(reason: str) -> str:
    """A reason that says something."""
    told = uncut(reason, REASON_LIMIT)
    if len(told) < SHORTEST_REASON:
        raise Refusal(Code.TEXT_TOO_SHORT)
    return told


async def clock_of(session: Session, facts: DossierFacts, now: datetime) -> Clock:
    """How the time of an appraisal stands."""
    steps = await dossier_queries.steps(session, facts.id)
    dated = [(DossierAct(one.act), local(session, one.done_at).date()) for one in steps]
    days = await appraisal_rules.days(session)
    return clock(dated, await calendar.in_force(session), today(session, now), days)


async def _give(session: Session, actor: Actor, facts: DossierFacts, person_id: int, now: datetime) -> None:
    if not await queries.give_to(session, facts.id, facts.appraiser_id, person_id):
        raise Refusal(Code.DOSSIER_MOVED_ON)
    session.expire_all()
    subject = f"dossier:{facts.id}"
    await journal.note(session, actor.label, "handed_over_dossier", subject, now, to=f"person:{person_id}")


async def _left(session: Session, actor: Actor, facts: DossierFacts, now: datetime) -> bool:
    """Whether a dossier under appraisal is in the hands of nobody who could appraise it."""
    if facts.state is not DossierState.APPRAISING or facts.appraiser_id == actor.person_id:
        return False
    return facts.appraiser_id not in {one for one, _name in await _able(session, facts, now)}


async def _able(session: Session, facts: DossierFacts, now: datetime) -> list[tuple[int, str]]:
    """Who could appraise a dossier today."""
    day = today(session, now)
    found: list[tuple[int, str]] = []
    for person_id in await eligibility.holding(session, Permission.APPRAISE, day):
        person = await people_queries.person(session, person_id)
        if person is None or not person.active:
            continue
        if not await _conflicts_of(session, person_id, person.unit_id, [facts], day):
            found.append((person_id, person.name))
    return found


async def _conflicts(session: Session, actor: Actor, found: Collection[DossierFacts]) -> dict[int, Conflict]:
    return await _conflicts_of(session, actor.person_id, actor.unit_id, found, actor.today)


async def _conflicts_of(
    session: Session, person_id: int, unit_id: int, found: Collection[DossierFacts], day: date
) -> dict[int, Conflict]:
    numbers = [one.id for one in found]
    kept: dict[int, Conflict] = {
        row.dossier_id: Conflict.DECLARED
        for row in await queries.conflicts(session, numbers)
        if row.person_id == person_id
    }
    nominated = await queries.nominated(session, numbers)
    above = await people_queries.units_above(session, unit_id, day)
    for one in found:
        if person_id in nominated.get(one.id, ()):
            kept[one.id] = Conflict.SELF
        elif one.unit_id in above:
            kept[one.id] = Conflict.OWN_UNIT
    return kept

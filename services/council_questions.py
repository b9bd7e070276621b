"""Before the vote: members ask a unit about its nominee, read the whole, and say where they have no vote."""

from datetime import datetime

from core.council import Item, QuestionFacts, SittingFacts, SittingState
from core.refusals import Code, Refusal
from core.roles import Permission, Target
from core.texts import council_notices as texts
from db.models import CouncilConflict, CouncilQuestion
from db.queries import council as queries
from db.queries import people as people_queries
from db.queries import submissions as submission_queries
from db.transaction import Session
from services import (
    ballot_voters,
    council,
    dossier_archives,
    dossier_people,
    dossiers,
    journal,
    outbox,
    stood_in,
)
from services.actor import Actor


async def declare_conflict(
    session: Session, actor: Actor, sitting_id: int, nomination_id: int, reason: str, now: datetime
) -> None:
    """Say before the vote that one will not vote about a nominee, and why; there is no way back."""
    actor.require(Permission.VOTE)
    sitting = await _sitting_of(session, actor, sitting_id, now)
    told = council.said(reason, Code.VOTE_REASON)
    if sitting.item(nomination_id) is None or sitting.state is not SittingState.CALLED:
        raise Refusal(Code.COUNCIL_MOVED_ON)
    if not any(
        one.person_id == actor.person_id and one.nomination_id == nomination_id for one in sitting.conflicts
    ):
        session.add(
            CouncilConflict(
                sitting_id=sitting_id, person_id=actor.person_id, nomination_id=nomination_id, reason=told
            )
        )
        await session.flush()
    subject = f"council:{sitting_id}"
    await journal.note(session, actor.label, "left_vote", subject, now, nomination=nomination_id)


async def ask(
    session: Session, actor: Actor, sitting_id: int, nomination_id: int, words: str, now: datetime
) -> None:
    """Ask a unit about its nominee; whoever prepares its dossier is told and may answer."""
    actor.require(Permission.VOTE)
    sitting, told = await _sitting_of(session, actor, sitting_id, now), council.said(words)
    item = sitting.item(nomination_id)
    if item is None:
        raise Refusal(Code.NOT_FOUND)
    row = CouncilQuestion(
        sitting_id=sitting_id, nomination_id=nomination_id, asked_by=actor.person_id, words=told, asked_at=now
    )
    session.add(row)
    await session.flush()
    facts = await dossiers.facts_of(session, item.dossier_id, now)
    people = await dossier_people.of_unit(session, facts.unit_id, now)
    message = texts.asked(item.name, told, row.id or 0)
    await outbox.notify(session, people, message, now, once=f"council_question:{row.id}")
    await journal.note(session, actor.label, "asked_unit", f"council:{sitting_id}", now)


async def question(
    session: Session, actor: Actor, question_id: int, now: datetime
) -> tuple[Item, QuestionFacts]:
    """A question to a unit, for whoever prepares the dossier."""
    row = await queries.question(session, question_id)
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    item = (await council.facts_of(session, row.sitting_id, now)).item(row.nomination_id)
    if item is None:
        raise Refusal(Code.NOT_FOUND)
    above = await people_queries.units_above(session, item.unit_id, actor.today)
    actor.require(Permission.PREPARE_DOSSIER, Target(units=above))
    found = [one for one in await thread(session, row.sitting_id, row.nomination_id) if one.id == question_id]
    return item, found[0]


async def answer(session: Session, actor: Actor, question_id: int, words: str, now: datetime) -> None:
    """A unit's answer; whoever asked is told, and every member reads it with the nominee."""
    actor.require(Permission.PREPARE_DOSSIER)
    item, asked = await question(session, actor, question_id, now)
    row = await queries.question(session, question_id)
    if row is None or asked.answer:
        raise Refusal(Code.COUNCIL_MOVED_ON)
    row.answered_by, row.answer, row.answered_at = actor.person_id or None, council.said(words), now
    await session.flush()
    instead = await stood_in.noted(session, actor, Permission.PREPARE_DOSSIER, item.unit_id)
    await journal.note(session, actor.label, "answered_council", f"council:{row.sitting_id}", now, **instead)
    message = texts.answered(item.name, asked.words, row.answer, row.sitting_id)
    await outbox.notify(session, [row.asked_by], message, now, once=f"council_answer:{question_id}")


async def thread(session: Session, sitting_id: int, nomination_id: int) -> list[QuestionFacts]:
    """What was asked about a nominee and answered, whoever asks."""
    rows = await queries.questions(session, sitting_id, nomination_id)
    names = await submission_queries.names(
        session, sorted({row.answered_by for row, _by in rows if row.answered_by is not None})
    )
    return [
        QuestionFacts(
            row.id or 0,
            sitting_id,
            nomination_id,
            by.name,
            row.words,
            names.get(row.answered_by or 0, ""),
            row.answer,
        )
        for row, by in rows
    ]


async def paper(session: Session, actor: Actor, sitting_id: int, nomination_id: int, now: datetime) -> None:
    """Hand over the whole of what a nominee signed, on request."""
    sitting = await council.one(session, actor, sitting_id, now)
    files = await ballot_voters.papers(session, nomination_id, now)
    if sitting.item(nomination_id) is None or not files or actor.address is None:
        raise Refusal(Code.NOT_FOUND)
    await outbox.post(session, actor.address, texts.handed(files), outbox.Lane.ANSWER, now)


async def archive(session: Session, actor: Actor, sitting_id: int, nomination_id: int, now: datetime) -> None:
    """Hand over the whole dossier a nominee is in, as its unit handed it in."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    sitting = await council.one(session, actor, sitting_id, now)
    item = sitting.item(nomination_id)
    if item is None or actor.address is None:
        raise Refusal(Code.NOT_FOUND)
    await dossier_archives.handed(session, actor.label, actor.address, item.dossier_id, now)


async def _sitting_of(session: Session, actor: Actor, sitting_id: int, now: datetime) -> SittingFacts:
    sitting = await council.facts_of(session, sitting_id, now)
    if not any(one.person_id == actor.person_id for one in sitting.members):
        raise Refusal(Code.NOT_FOUND)
    return sitting

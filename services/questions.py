"""Questions to the office: asked where a plan gives no answer, answered once, and told to whoever asked."""

from collections.abc import Sequence
from datetime import datetime

from core.questions import LONGEST_ANSWER, LONGEST_QUESTION, MOST_OPEN, SHORTEST, QuestionFacts
from core.refusals import Code, Refusal
from core.roles import TABLE, Permission
from core.texts import questions as texts
from core.vietnamese import clean_paragraphs, fold
from db.models import Question
from db.queries import people as people_queries
from db.queries import questions as queries
from db.transaction import Session
from services import campaigns, journal, outbox
from services.actor import Actor

#: Questions read at once, for a list.
_LISTED = 60


async def ask(session: Session, actor: Actor, campaign: str, clause: str, words: str, now: datetime) -> int:
    """Pass a question to the office; its id. The same question again, while it waits, is the same one.

    `campaign` is a campaign's code, or empty where it is about none. Raises `Refusal` for a text too short
    or too long, and while `MOST_OPEN` of the person's questions wait.
    """
    actor.require(Permission.ASK_OFFICE, actor.own)
    text = _told(words, LONGEST_QUESTION)
    waiting = await queries.open_of_person(session, actor.person_id)
    for one in waiting:
        if (one.campaign, fold(one.question)) == (campaign, fold(text)):
            return one.id or 0
    if len(waiting) >= MOST_OPEN:
        raise Refusal(Code.QUESTIONS_OPEN, limit=MOST_OPEN)
    row = Question(person_id=actor.person_id, campaign=campaign, clause=clause, question=text, asked_at=now)
    session.add(row)
    await session.flush()
    asked = row.id or 0
    await journal.note(
        session, actor.label, "asked", f"question:{asked}", now, campaign=campaign, clause=clause
    )
    await _tell_office(session, actor, asked, now)
    return asked


async def answer(session: Session, actor: Actor, question_id: int, words: str, now: datetime) -> bool:
    """Answer a question; whether who asked can be told.

    Whoever comes second is refused, with the name of who was first.
    """
    actor.require(Permission.ANSWER_QUESTIONS)
    text = _told(words, LONGEST_ANSWER)
    asked = await queries.find(session, question_id)
    if asked is None:
        raise Refusal(Code.NOT_FOUND)
    if not await queries.answer(session, question_id, text, actor.person_id or None, now):
        raise Refusal(Code.QUESTION_ANSWERED, name=asked.answered_by or "")
    await journal.note(session, actor.label, "answered_question", f"question:{question_id}", now)
    (facts,) = await _facts(session, [await _found(session, question_id)], actor)
    notice = texts.answered_notice(facts)
    return bool(await outbox.notify(session, [asked.person_id], notice, now, once=f"answer:{question_id}"))


async def mine(session: Session, actor: Actor) -> list[QuestionFacts]:
    """What this person asked, newest first."""
    actor.require(Permission.ASK_OFFICE, actor.own)
    return await _facts(session, await queries.of_person(session, actor.person_id, _LISTED), actor)


async def own(session: Session, actor: Actor, question_id: int) -> QuestionFacts:
    """One question of this person; anybody else's is not found."""
    actor.require(Permission.ASK_OFFICE, actor.own)
    asked = await _found(session, question_id)
    if asked.person_id != actor.person_id:
        raise Refusal(Code.NOT_FOUND)
    return (await _facts(session, [asked], actor))[0]


async def waiting(session: Session, actor: Actor) -> list[QuestionFacts]:
    """What waits for the office, oldest first."""
    actor.require(Permission.ANSWER_QUESTIONS)
    return await _facts(session, await queries.waiting(session, _LISTED), actor)


async def count_waiting(session: Session, actor: Actor) -> int:
    """How many wait for the office."""
    actor.require(Permission.ANSWER_QUESTIONS)
    return await queries.count_waiting(session)


async def one(session: Session, actor: Actor, question_id: int) -> QuestionFacts:
    """One question, for whoever answers."""
    actor.require(Permission.ANSWER_QUESTIONS)
    return (await _facts(session, [await _found(session, question_id)], actor))[0]


def _told(words: str, limit: int) -> str:
    text = clean_paragraphs(words, limit + 1)
    if len(text) < SHORTEST:
        raise Refusal(Code.QUESTION_TOO_SHORT)
    if len(text) > limit:
        raise Refusal(Code.TEXT_TOO_LONG, limit=limit)
    return text


async def _found(session: Session, question_id: int) -> queries.Asked:
    found = await queries.find(session, question_id)
    if found is None:
        raise Refusal(Code.NOT_FOUND)
    return found


async def _tell_office(session: Session, actor: Actor, question_id: int, now: datetime) -> None:
    """One notice to everybody who answers questions; to administrators where that is nobody."""
    (facts,) = await _facts(session, [await _found(session, question_id)], actor)
    officers: dict[int, None] = {}
    for role, allowed in TABLE.items():
        if Permission.ANSWER_QUESTIONS in allowed:
            for grant in await people_queries.holders(session, role.value, actor.today):
                officers[grant.person_id] = None
    once = f"question:{question_id}"
    if not await outbox.notify(session, list(officers), texts.asked_notice(facts), now, once=once):
        await outbox.notify_administrators(session, texts.nobody_answers(facts), now, once=f"{once}:nobody")


async def _facts(session: Session, asked: Sequence[queries.Asked], actor: Actor) -> list[QuestionFacts]:
    labels = {campaign.code: campaign.label for _version, campaign in await campaigns.in_force(session)}
    units: dict[int, str] = {}
    for unit_id in {row.unit_id for row in asked}:
        name = await people_queries.unit_name_on(session, unit_id, actor.today)
        units[unit_id] = name.name if name is not None else ""
    return [
        QuestionFacts(
            id=row.id,
            asker=row.asker,
            unit=units[row.unit_id],
            campaign=row.campaign,
            plan=labels.get(row.campaign, row.campaign),
            clause=row.clause,
            question=row.question,
            asked_at=row.asked_at,
            answer=row.answer,
            answered_by=row.answered_by or "",
            answered_at=row.answered_at,
        )
        for row in asked
    ]

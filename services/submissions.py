"""Plans and reports that units hand in: taken whenever they come, with a receipt, confirmed by the head."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.deadlines import Obligation, late_at, safe_day
from core.refusals import Code, Refusal
from core.roles import Permission, Role, Target
from core.submissions import (
    HANDED_IN_HERE,
    NUMBER_LIMIT,
    SHORTEST_NUMBER,
    SHORTEST_WORDS,
    WORDS_LIMIT,
    SubmissionFacts,
)
from core.texts import submissions as texts
from core.vietnamese import clean_line, clean_paragraphs
from db.models import Submission
from db.queries import people as people_queries
from db.queries import submissions as queries
from db.queries.deadlines import Occasion
from db.transaction import Session
from services import calendar, deadlines, evidence, journal, outbox
from services.actor import Actor, local

#: Also what fell due years ago can still be handed in.
EVER = timedelta(days=20 * 365)
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class Paper:
    """What is handed in: the number and date of the unit's document, its file, and for a report its words."""

    number: str
    dated: date
    words: str = ""
    evidence_id: int = 0


async def owed(session: Session, actor: Actor, now: datetime) -> tuple[Obligation, ...]:
    """What the person's units owe or handed in, the nearest day first."""
    actor.require(Permission.HAND_IN)
    found = await deadlines.obligations_of(session, actor, now)
    mine = [one for one in found if await _reaches(session, actor, Permission.HAND_IN, one)]
    return tuple(sorted(mine, key=lambda one: (one.due, one.id)))


async def one(session: Session, actor: Actor, key: str, now: datetime) -> Obligation:
    """One of them by its key; whatever the person may not see is not found."""
    unit = key.rpartition(":")[2]
    units = {int(unit)} if unit.isdecimal() else set()
    for found in await deadlines.obligations_of(session, actor, now, EVER, units):
        if found.id == key:
            return found
    raise Refusal(Code.NOT_FOUND)


async def of(session: Session, actor: Actor, key: str, now: datetime) -> SubmissionFacts | None:
    """What was handed in for it."""
    found = await one(session, actor, key, now)
    row = await queries.of_occasion(session, occasion(found))
    return await _facts(session, row) if row is not None else None


async def key_of(session: Session, actor: Actor, submission_id: int, now: datetime) -> str:
    """The key of what a submission was handed in for."""
    row = await queries.submission(session, submission_id)
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    key = f"{row.campaign}:{row.deadline}:{row.period}:{row.unit_id}"
    return (await one(session, actor, key, now)).id


async def may_confirm(session: Session, actor: Actor, obligation: Obligation) -> bool:
    """Whether this person confirms what that unit hands in."""
    return await _reaches(session, actor, Permission.CONFIRM_HANDED_IN, obligation)


async def hand_in(session: Session, actor: Actor, key: str, paper: Paper, now: datetime) -> SubmissionFacts:
    """Hand in a plan or a report; late is marked and never refused.

    Whoever may confirm confirms with it; where a unit has no head nobody has to.
    """
    actor.require(Permission.HAND_IN)
    found = await _own(session, actor, Permission.HAND_IN, key, now)
    if found.kind not in HANDED_IN_HERE:
        raise Refusal(Code.NOT_FOUND)
    number, words = checked_number(paper.number), checked_words(paper.words, found)
    check_dated(actor, paper.dated)
    if await queries.of_occasion(session, occasion(found)) is not None:
        raise Refusal(Code.HANDED_IN_ALREADY)
    if paper.evidence_id:
        await evidence.one(session, actor, paper.evidence_id)
    confirmed = found.role is not Role.HEAD or await may_confirm(session, actor, found)
    campaign, deadline, period, unit_id = occasion(found)
    row = Submission(
        kind=found.kind.value,
        campaign=campaign,
        deadline=deadline,
        period=period,
        unit_id=unit_id,
        number=number,
        dated=paper.dated,
        evidence_id=paper.evidence_id or None,
        words=words,
        receipt=texts.RECEIPT[found.kind] + "".join(secrets.choice(_LETTERS) for _ in range(6)),
        late=late_at(found, local(session, now)),
        made_by=actor.person_id,
        made_at=now,
        confirmed_by=actor.person_id if confirmed else None,
        confirmed_at=now if confirmed else None,
    )
    session.add(row)
    await session.flush()
    subject = f"submission:{row.id}"
    await journal.note(session, actor.label, "handed_in", subject, now, receipt=row.receipt, late=row.late)
    facts = await _facts(session, row)
    if not confirmed and found.person is not None:
        notice = texts.ask_confirmation(found, facts)
        await outbox.notify(session, [found.person], notice, now, once=f"confirm:{row.id}")
    return facts


async def confirm(session: Session, actor: Actor, key: str, now: datetime) -> SubmissionFacts:
    """The head confirms what somebody else handed in, who is told. Again changes nothing."""
    actor.require(Permission.CONFIRM_HANDED_IN)
    found = await _own(session, actor, Permission.CONFIRM_HANDED_IN, key, now)
    row = await _handed_in(session, found)
    if await queries.confirm(session, row.id or 0, actor.person_id, now):
        await journal.note(session, actor.label, "confirmed_handed_in", f"submission:{row.id}", now)
        await session.refresh(row)
        notice = texts.confirmed_notice(found, await _facts(session, row))
        await outbox.notify(session, [row.made_by], notice, now, once=f"confirmed:{row.id}")
    return await _facts(session, row)


async def withdraw(session: Session, actor: Actor, key: str, now: datetime) -> None:
    """Take it back, to hand in another; it stays on record. What is confirmed only a head takes back."""
    actor.require(Permission.HAND_IN)
    found = await _own(session, actor, Permission.HAND_IN, key, now)
    row = await _handed_in(session, found)
    if row.confirmed_at is not None and found.role is Role.HEAD:
        await _own(session, actor, Permission.CONFIRM_HANDED_IN, key, now)
    await queries.withdraw(session, row.id or 0, now)
    await journal.note(session, actor.label, "withdrew_handed_in", f"submission:{row.id}", now)


async def set_cut_off(session: Session, actor: Actor, key: str, day: date | None, now: datetime) -> None:
    """Set the day by which the unit wants it done itself; None takes it away."""
    actor.require(Permission.CONFIRM_HANDED_IN)
    found = await _own(session, actor, Permission.CONFIRM_HANDED_IN, key, now)
    last = safe_day(found, await calendar.in_force(session))
    if day is not None and not actor.today <= day < last:
        raise Refusal(Code.CUT_OFF_OUTSIDE, day=actor.today, other=last)
    await queries.set_cut_off(session, occasion(found), day, actor.person_id or None, now)
    told = {"day": day.isoformat() if day else ""}
    await journal.note(session, actor.label, "set_cut_off", f"deadline:{found.id}", now, **told)


def occasion(found: Obligation) -> Occasion:
    """Under what a submission, an extension or a cut-off of it is kept."""
    deadline, period = found.id.removeprefix(f"{found.campaign}:").rsplit(":", 2)[:2]
    return found.campaign, deadline, period, found.unit_id


def checked_number(typed: str) -> str:
    """The number of a document, as it is kept."""
    number = clean_line(typed, NUMBER_LIMIT + 1)
    if len(number) < SHORTEST_NUMBER or not any(letter.isdigit() for letter in number):
        raise Refusal(Code.NUMBER_OF_PAPER_MISSING)
    if len(number) > NUMBER_LIMIT:
        raise Refusal(Code.TEXT_TOO_LONG, limit=NUMBER_LIMIT)
    return number


def check_dated(actor: Actor, dated: date) -> None:
    """Refuse a document of a day that has not come."""
    if dated > actor.today:
        raise Refusal(Code.DATED_LATER, day=dated)


def checked_words(typed: str, found: Obligation) -> str:
    """What a report says, as it is kept; a plan needs no words."""
    words = clean_paragraphs(typed, WORDS_LIMIT + 1)
    if len(words) > WORDS_LIMIT:
        raise Refusal(Code.TEXT_TOO_LONG, limit=WORDS_LIMIT)
    if texts.has_words(found.kind) and len(words) < SHORTEST_WORDS:
        raise Refusal(Code.QUESTION_TOO_SHORT)
    return words


async def _own(session: Session, actor: Actor, permission: Permission, key: str, now: datetime) -> Obligation:
    found = await one(session, actor, key, now)
    if not await _reaches(session, actor, permission, found):
        raise Refusal(Code.NOT_FOUND)
    return found


async def _reaches(session: Session, actor: Actor, permission: Permission, found: Obligation) -> bool:
    line = await people_queries.units_above(session, found.unit_id, actor.today)
    return actor.may(permission, Target(units=line))


async def _handed_in(session: Session, found: Obligation) -> Submission:
    row = await queries.of_occasion(session, occasion(found))
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    return row


async def _facts(session: Session, row: Submission) -> SubmissionFacts:
    people = [one for one in (row.made_by, row.confirmed_by) if one is not None]
    named = await queries.names(session, people)
    file = await queries.evidence(session, row.evidence_id) if row.evidence_id is not None else None
    return SubmissionFacts(
        id=row.id or 0,
        number=row.number,
        dated=row.dated,
        words=row.words,
        receipt=row.receipt,
        late=row.late,
        made_by=named.get(row.made_by, ""),
        made_by_id=row.made_by,
        made_at=row.made_at,
        confirmed_by=named.get(row.confirmed_by, "") if row.confirmed_by is not None else "",
        confirmed_at=row.confirmed_at,
        file=evidence.facts_of(file) if file is not None else None,
    )

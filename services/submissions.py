"""Plans and reports that units hand in: taken whenever they come, with a receipt, confirmed by the head."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.absences import AbsenceFacts
from core.deadlines import Obligation, Standing, late_at, safe_day
from core.organisation import upwards
from core.refusals import Code, Refusal
from core.reminders_case import Table
from core.reminders_facts import Rules
from core.roles import Permission, Role, Target
from core.submissions import (
    HANDED_IN_HERE,
    NUMBER_LIMIT,
    OF_OFFICE,
    SHORTEST_NUMBER,
    SHORTEST_WORDS,
    WORDS_LIMIT,
    SubmissionFacts,
)
from core.texts import submissions as texts
from core.texts.deputies import in_place_of
from core.vietnamese import clean_line, clean_paragraphs, words_only
from db.models import Submission
from db.queries import deadlines as deadline_queries
from db.queries import people as people_queries
from db.queries import submissions as queries
from db.queries.deadlines import Occasion
from db.transaction import Session
from services import absences, calendar, deadlines, evidence, journal, outbox, reminders, stood_in
from services.actor import Actor, local

#: Also what fell due years ago can still be handed in.
EVER = timedelta(days=20 * 365)
_LONGEST_ID = 15
#: Where a session keeps what the first screen read.
_SHOWN = "owed_shown"
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
    mine = await reached(session, actor, Permission.HAND_IN, found)
    return tuple(sorted(mine, key=lambda one: (one.due, one.id)))


async def owed_as_it_stands(
    session: Session, actor: Actor, now: datetime
) -> list[tuple[Obligation, Standing]]:
    """The same, each with how it stands now."""
    actor.require(Permission.HAND_IN)
    table = await absences.told_instead(session, actor.today)
    return [(one, table.standing(one, local(session, now))) for one in await owed(session, actor, now)]


async def open_now(session: Session, actor: Actor, now: datetime) -> list[tuple[Obligation, Standing]]:
    """What the person's units still owe and is asked for by now, the nearest day first."""
    actor.require(Permission.HAND_IN)
    mine = await reached(session, actor, Permission.HAND_IN, await shown(session, actor, now))
    still = sorted((one for one in mine if one.open_on(actor.today)), key=lambda one: (one.due, one.id))
    if not still:
        return []
    table, moment = Table(Rules(await calendar.in_force(session)), ()), local(session, now)
    return [(one, table.standing(one, moment)) for one in still]


async def shown(session: Session, actor: Actor, now: datetime) -> tuple[Obligation, ...]:
    """What the person may see of everything owed, read once for the first screen, which counts it twice."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    key = (actor.person_id, now)
    known = session.info.get(_SHOWN)
    if known is None or known[0] != key:
        known = key, await deadlines.obligations_of(session, actor, now)
        session.info[_SHOWN] = known
    found: tuple[Obligation, ...] = known[1]
    return found


async def one(session: Session, actor: Actor, key: str, now: datetime) -> Obligation:
    """One of them by its key; whatever the person may not see is not found."""
    unit = key.rpartition(":")[2]
    units = {int(unit)} if unit.isdecimal() and len(unit) <= _LONGEST_ID else set()
    for found in await deadlines.obligations_of(session, actor, now, EVER, units):
        if found.id == key:
            return found
    raise Refusal(Code.NOT_FOUND)


async def own(session: Session, actor: Actor, permission: Permission, key: str, now: datetime) -> Obligation:
    """One by its key, where the permission reaches its unit; else it is not found."""
    found = await one(session, actor, key, now)
    if not await _reaches(session, actor, permission, found):
        raise Refusal(Code.NOT_FOUND)
    return found


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


async def reached(
    session: Session, actor: Actor, permission: Permission, found: Collection[Obligation]
) -> list[Obligation]:
    """Those of them that somebody's permission reaches, however many in one statement."""
    parents: dict[int, int | None] = {}
    if any(one.kind not in OF_OFFICE for one in found):
        parents = {one.unit_id: one.parent_id for one in await deadline_queries.places(session, actor.today)}
    return [one for one in found if actor.may(permission, _target(actor, one, parents))]


async def may_confirm(session: Session, actor: Actor, obligation: Obligation) -> bool:
    """Whether this person confirms what that unit hands in."""
    return await _reaches(session, actor, Permission.CONFIRM_HANDED_IN, obligation)


async def stand_in(session: Session, obligation: Obligation, day: date) -> AbsenceFacts | None:
    """Who stands in that day for whoever owes it."""
    return await absences.of_day(session, obligation.person, day) if obligation.person is not None else None


async def hand_in(session: Session, actor: Actor, key: str, paper: Paper, now: datetime) -> SubmissionFacts:
    """Hand in a plan or a report; late is marked and never refused.

    Whoever may confirm confirms with it; where a unit has no head nobody has to.
    """
    actor.require(Permission.HAND_IN)
    found = await own(session, actor, Permission.HAND_IN, key, now)
    if found.kind not in HANDED_IN_HERE:
        raise Refusal(Code.NOT_FOUND)
    number, words = checked_number(paper.number), checked_words(paper.words, found)
    check_dated(actor, paper.dated)
    if await queries.of_occasion(session, occasion(found)) is not None:
        raise Refusal(Code.HANDED_IN_ALREADY)
    if paper.evidence_id:
        await evidence.one(session, actor, paper.evidence_id)
    confirmed = found.role is not Role.HEAD or await may_confirm(session, actor, found)
    made_for = await _instead_of(session, actor, Permission.HAND_IN, found)
    confirmed_for = await _instead_of(session, actor, Permission.CONFIRM_HANDED_IN, found)
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
        made_for=made_for,
        made_at=now,
        confirmed_by=actor.person_id if confirmed else None,
        confirmed_for=confirmed_for if confirmed else None,
        confirmed_at=now if confirmed else None,
    )
    session.add(row)
    await session.flush()
    subject = f"submission:{row.id}"
    told: dict[str, str | bool] = {
        "receipt": row.receipt,
        "late": row.late,
        **_stood_in(made_for or row.confirmed_for),
    }
    await journal.note(session, actor.label, "handed_in", subject, now, **told)
    facts = await _facts(session, row)
    await stood_in.tell(session, found, facts, {made_for, row.confirmed_for}, now)
    if confirmed:
        await _settled(session, actor, found, now)
    elif found.person is not None:
        notice = texts.ask_confirmation(found, facts)
        head = await absences.acting(session, [found.person], actor.today)
        await outbox.notify(session, head, notice, now, once=f"confirm:{row.id}")
    return facts


async def confirm(session: Session, actor: Actor, key: str, seen: int, now: datetime) -> SubmissionFacts:
    """The head confirms what somebody else handed in, who is told. Again changes nothing.

    `seen` is the submission on the screen: what took its place meanwhile is not confirmed unread.
    """
    actor.require(Permission.CONFIRM_HANDED_IN)
    found = await own(session, actor, Permission.CONFIRM_HANDED_IN, key, now)
    row = await _handed_in(session, found, seen)
    instead_of = await _instead_of(session, actor, Permission.CONFIRM_HANDED_IN, found)
    if await queries.confirm(session, row.id or 0, actor.person_id, now, instead_of):
        subject, told = f"submission:{row.id}", _stood_in(instead_of)
        await journal.note(session, actor.label, "confirmed_handed_in", subject, now, **told)
        await _settled(session, actor, found, now)
        await session.refresh(row)
        facts = await _facts(session, row)
        notice = texts.confirmed_notice(found, facts)
        await outbox.notify(session, [row.made_by], notice, now, once=f"confirmed:{row.id}")
        await stood_in.tell(session, found, facts, {instead_of} - {row.made_by}, now)
    return await _facts(session, row)


async def withdraw(session: Session, actor: Actor, key: str, seen: int, now: datetime) -> None:
    """Take back what is on the screen, to hand in another; it stays on record, and who handed it in is told.

    What is confirmed only a head takes back.
    """
    actor.require(Permission.HAND_IN)
    found = await own(session, actor, Permission.HAND_IN, key, now)
    row = await _handed_in(session, found, seen)
    if row.confirmed_at is not None and found.role is Role.HEAD:
        await own(session, actor, Permission.CONFIRM_HANDED_IN, key, now)
    await queries.withdraw(session, row.id or 0, now)
    await journal.note(session, actor.label, "withdrew_handed_in", f"submission:{row.id}", now)
    if row.made_by != actor.person_id:
        notice = texts.withdrawn_notice(found, await _facts(session, row), actor.name)
        await outbox.notify(session, [row.made_by], notice, now, once=f"withdrawn:{row.id}")


async def attach(
    session: Session, actor: Actor, key: str, seen: int, evidence_id: int, now: datetime
) -> SubmissionFacts:
    """Give what was handed in the file it lacks, or another for an unusable one; the receipt stays."""
    actor.require(Permission.HAND_IN)
    found = await own(session, actor, Permission.HAND_IN, key, now)
    row = await _handed_in(session, found, seen)
    if not (await _facts(session, row)).lacks_file:
        raise Refusal(Code.HANDED_IN_ALREADY)
    file = await evidence.one(session, actor, evidence_id)
    row.evidence_id = file.id
    await session.flush()
    await journal.note(
        session, actor.label, "attached_file", f"submission:{row.id}", now, evidence=f"evidence:{file.id}"
    )
    return await _facts(session, row)


async def set_cut_off(
    session: Session, actor: Actor, key: str, day: date | None, now: datetime
) -> date | None:
    """Set the day by which the unit wants it done itself; None takes it away.

    Returns the day that is kept: of a day off the working day before it.
    """
    actor.require(Permission.CONFIRM_HANDED_IN)
    found = await own(session, actor, Permission.CONFIRM_HANDED_IN, key, now)
    known = await calendar.in_force(session)
    last = safe_day(found, known)
    if day is not None and actor.today <= day < last:
        day = known.last_working_day(day)
    if day is not None and not actor.today <= day < last:
        raise Refusal(Code.CUT_OFF_OUTSIDE, day=actor.today, other=last)
    await queries.set_cut_off(session, occasion(found), day, actor.person_id or None, now)
    told = {"day": day.isoformat() if day else ""}
    await journal.note(session, actor.label, "set_cut_off", f"deadline:{found.id}", now, **told)
    return day


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
    if texts.has_words(found.kind) and len(words_only(words)) < SHORTEST_WORDS:
        raise Refusal(Code.QUESTION_TOO_SHORT)
    return words


async def _reaches(session: Session, actor: Actor, permission: Permission, found: Obligation) -> bool:
    return bool(await reached(session, actor, permission, [found]))


def _target(actor: Actor, found: Obligation, parents: Mapping[int, int | None]) -> Target:
    """What is acted on; the office's own is whoever's of the office."""
    if found.kind in OF_OFFICE:
        return actor.own
    return Target(units=frozenset(upwards(found.unit_id, parents)))


async def end_request(session: Session, actor: Actor, found: Obligation, now: datetime) -> bool:
    """End a request for more time that nobody has answered; whether there was one. The office is not told.

    What of it the office has not been sent yet is taken back.
    """
    actor.require(Permission.HAND_IN)
    asked = await queries.withdraw_extension(session, occasion(found), actor.person_id or None, now)
    if asked is None:
        return False
    await journal.note(session, actor.label, "withdrew_extension", f"extension:{asked}", now)
    officers = await people_queries.holders(session, Role.OFFICE, actor.today)
    notices = [f"extension:{asked}:{one.person_id}" for one in officers]
    await outbox.withdraw(session, notices, now)
    return True


async def _settled(session: Session, actor: Actor, found: Obligation, now: datetime) -> None:
    """It is done: nobody is reminded of it, and more time for it is asked for no longer."""
    await reminders.withdraw(session, found.id, now)
    await end_request(session, actor, found, now)


async def _instead_of(
    session: Session, actor: Actor, permission: Permission, found: Obligation
) -> int | None:
    """In whose place somebody does it for that unit; None in their own right."""
    line = await people_queries.units_above(session, found.unit_id, actor.today)
    return actor.instead_of(permission, Target(units=line))


def _stood_in(person: int | None) -> dict[str, str]:
    """What the journal says of a stand-in."""
    return {"instead_of": f"person:{person}"} if person is not None else {}


async def _handed_in(session: Session, found: Obligation, seen: int) -> Submission:
    row = await queries.of_occasion(session, occasion(found))
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    if row.id != seen:
        raise Refusal(Code.HANDED_IN_ANEW)
    return row


async def _facts(session: Session, row: Submission) -> SubmissionFacts:
    people = (row.made_by, row.made_for, row.confirmed_by, row.confirmed_for)
    named = await queries.names(session, [one for one in people if one is not None])

    def both(person: int | None, instead_of: int | None) -> str:
        return in_place_of(named.get(person or 0, ""), named.get(instead_of or 0, ""))

    file = await queries.evidence(session, row.evidence_id) if row.evidence_id is not None else None
    return SubmissionFacts(
        id=row.id or 0,
        number=row.number,
        dated=row.dated,
        words=row.words,
        receipt=row.receipt,
        late=row.late,
        made_by=both(row.made_by, row.made_for),
        made_by_id=row.made_by,
        made_at=row.made_at,
        confirmed_by=both(row.confirmed_by, row.confirmed_for),
        confirmed_at=row.confirmed_at,
        file=evidence.facts_of(file) if file is not None else None,
    )

"""Who is under discipline or complaint until when, by which document."""

from dataclasses import dataclass
from datetime import date, datetime

from core.eligibility import HindranceFacts, HindranceKind
from core.refusals import Code, Refusal
from core.roles import Permission
from core.vietnamese import clean_line, fold
from db.models import Hindrance
from db.queries import eligibility as queries
from db.queries import people as people_queries
from db.transaction import Session
from services import journal, people, people_roster
from services.actor import Actor, today
from services.eligibility import hindrance_facts

DOCUMENT_LIMIT = 200
SHORTEST_DOCUMENT = 3
FOUND_LIMIT = 6


@dataclass(frozen=True, slots=True)
class Whom:
    """A person or a unit that something can be noted of."""

    name: str
    unit: str
    person_id: int | None = None
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """A hindrance and whom it concerns."""

    whom: Whom
    hindrance: HindranceFacts


async def noted(session: Session, actor: Actor, now: datetime) -> list[Noted]:
    """Everything that holds today or will, the newest first."""
    actor.require(Permission.NOTE_HINDRANCES)
    rows = await queries.hindrances_from(session, today(session, now))
    return [Noted(await _whom(session, row, now), hindrance_facts(row)) for row in rows]


async def one(session: Session, actor: Actor, hindrance_id: int, now: datetime) -> Noted:
    """One of them."""
    actor.require(Permission.NOTE_HINDRANCES)
    row = await _in_force(session, hindrance_id)
    return Noted(await _whom(session, row, now), hindrance_facts(row))


async def find(session: Session, actor: Actor, words: str, now: datetime) -> list[Whom]:
    """People and units that these words may mean: a staff code, a name, or part of one."""
    actor.require(Permission.NOTE_HINDRANCES)
    folded = fold(clean_line(words, DOCUMENT_LIMIT))
    if len(folded) <= 1:
        return []
    day = today(session, now)
    found = [
        Whom(row.name, await people.unit_name(session, row.unit_id, day), person_id=row.id)
        for row in await queries.people_like(session, folded, FOUND_LIMIT)
    ]
    units = await people_roster.units_by_words(session, words, day)
    return [*found, *(Whom(unit.name, unit.name, unit_id=unit.id) for unit in units[:FOUND_LIMIT])]


async def subject(
    session: Session, actor: Actor, person_id: int | None, unit_id: int | None, now: datetime
) -> Whom:
    """A person, or a unit, by its id."""
    actor.require(Permission.NOTE_HINDRANCES)
    return await _named(session, person_id, unit_id, now)


async def note(
    session: Session,
    actor: Actor,
    whom: Whom,
    kind: HindranceKind,
    document: str,
    since: date,
    until: date | None,
    now: datetime,
) -> int:
    """Note that a person, or a unit, is under something; the document has to be named."""
    actor.require(Permission.NOTE_HINDRANCES)
    told = clean_line(document, DOCUMENT_LIMIT)
    if len(told) < SHORTEST_DOCUMENT:
        raise Refusal(Code.DOCUMENT_MISSING)
    if until is not None and until < since:
        raise Refusal(Code.PERIOD_REVERSED)
    row = Hindrance(
        person_id=whom.person_id,
        unit_id=whom.unit_id,
        kind=kind.value,
        since=since,
        until=until,
        document=told,
        noted_by=actor.person_id or None,
        noted_at=now,
    )
    session.add(row)
    await session.flush()
    await journal.note(
        session, actor.label, "noted_hindrance", _subject(row), now, hindrance=row.id or 0, kind=kind.value
    )
    return row.id or 0


async def change_period(
    session: Session, actor: Actor, hindrance_id: int, since: date, until: date | None, now: datetime
) -> None:
    """Change from when until when it holds, both inclusive."""
    actor.require(Permission.NOTE_HINDRANCES)
    row = await _in_force(session, hindrance_id)
    if until is not None and until < since:
        raise Refusal(Code.PERIOD_REVERSED)
    row.since, row.until = since, until
    session.add(row)
    await session.flush()
    await journal.note(
        session,
        actor.label,
        "changed_hindrance",
        _subject(row),
        now,
        hindrance=hindrance_id,
        since=since.isoformat(),
        until=until.isoformat() if until else None,
    )


async def lift(session: Session, actor: Actor, hindrance_id: int, now: datetime) -> None:
    """End a hindrance now; it stays on record."""
    actor.require(Permission.NOTE_HINDRANCES)
    row = await _in_force(session, hindrance_id)
    row.lifted_at, row.lifted_by = now, actor.person_id or None
    session.add(row)
    await session.flush()
    await journal.note(session, actor.label, "lifted_hindrance", _subject(row), now, hindrance=hindrance_id)


async def _in_force(session: Session, hindrance_id: int) -> Hindrance:
    row = await queries.hindrance(session, hindrance_id)
    if row is None or row.lifted_at is not None:
        raise Refusal(Code.NOT_FOUND)
    return row


def _subject(row: Hindrance) -> str:
    return f"unit:{row.unit_id}" if row.person_id is None else f"person:{row.person_id}"


async def _whom(session: Session, row: Hindrance, now: datetime) -> Whom:
    return await _named(session, row.person_id, row.unit_id, now)


async def _named(session: Session, person_id: int | None, unit_id: int | None, now: datetime) -> Whom:
    day = today(session, now)
    if person_id is not None:
        person = await people_queries.person(session, person_id)
        if person is None:
            raise Refusal(Code.NOT_FOUND)
        unit = await people.unit_name(session, person.unit_id, day)
        return Whom(person.name, unit, person_id=person_id)
    name = await people.unit_name(session, unit_id or 0, day)
    if not name:
        raise Refusal(Code.NOT_FOUND)
    return Whom(name, name, unit_id=unit_id)

"""Who is under discipline or complaint until when, by which document; taking it away takes two people."""

from dataclasses import dataclass
from datetime import date, datetime

from core.eligibility import HindranceChange, HindranceFacts, HindranceKind
from core.refusals import Code, Refusal, uncut
from core.roles import Permission
from core.texts import hindrances as texts
from core.vietnamese import clean_line, fold
from db.models import Hindrance
from db.models import HindranceChange as HindranceChangeRow
from db.queries import eligibility as queries
from db.queries import people as people_queries
from db.transaction import Session
from services import journal, outbox, people, people_roster
from services.actor import Actor, today
from services.eligibility import (
    REASON_LIMIT,
    SHORTEST_REASON,
    hindrance_facts,
    holding,
    leads,
    reason_facts,
)

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
class Wanted:
    """What a hindrance is to become: another period, or none (`lifts`)."""

    since: date
    until: date | None
    lifts: bool = False


@dataclass(frozen=True, slots=True)
class Noted:
    """A hindrance, whom it concerns, and what waits to become of it."""

    whom: Whom
    hindrance: HindranceFacts
    change: HindranceChange | None = None


async def noted(session: Session, actor: Actor, now: datetime) -> list[Noted]:
    """Everything that holds today or will, the newest first."""
    actor.require(Permission.NOTE_HINDRANCES)
    rows = await queries.hindrances_from(session, today(session, now))
    return [Noted(await _whom(session, row, now), hindrance_facts(row)) for row in rows]


async def one(session: Session, actor: Actor, hindrance_id: int, now: datetime) -> Noted:
    """One of them."""
    actor.require(Permission.NOTE_HINDRANCES)
    row = await _in_force(session, hindrance_id)
    return Noted(await _whom(session, row, now), hindrance_facts(row), await _open_change(session, row))


async def find(session: Session, actor: Actor, words: str, now: datetime) -> list[Whom]:
    """People and units that these words may mean: a staff code, a name, or part of one."""
    actor.require(Permission.NOTE_HINDRANCES)
    return await like(session, words, now)


async def like(session: Session, words: str, now: datetime) -> list[Whom]:
    """The same, whoever asks."""
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
    return await named(session, person_id, unit_id, now)


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
    await ensure_not_own(session, actor, whom.person_id, whom.unit_id)
    told = document_told(document)
    _ensure_ordered(since, until)
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


async def takes_two(
    session: Session, actor: Actor, hindrance_id: int, since: date, until: date | None, now: datetime
) -> bool:
    """Whether this period needs a second person: it is shorter, and no slip put right the same day."""
    actor.require(Permission.NOTE_HINDRANCES)
    row = await _in_force(session, hindrance_id)
    slip = row.noted_by == actor.person_id and today(session, row.noted_at) == today(session, now)
    return hindrance_facts(row).shortened_by(since, until) and not slip


async def change_period(
    session: Session, actor: Actor, hindrance_id: int, since: date, until: date | None, now: datetime
) -> None:
    """Change from when until when it holds, both inclusive; refused where that takes two people."""
    actor.require(Permission.NOTE_HINDRANCES)
    row = await _touched(session, actor, hindrance_id)
    _ensure_ordered(since, until)
    if await takes_two(session, actor, hindrance_id, since, until, now):
        raise Refusal(Code.TWO_PEOPLE)
    await _set_period(session, actor, row, since, until, now)


async def ask_change(
    session: Session,
    actor: Actor,
    hindrance_id: int,
    wanted: Wanted,
    reason: str,
    document: str,
    now: datetime,
) -> int:
    """Ask for a hindrance to be shortened or lifted, and tell everybody else of the office."""
    actor.require(Permission.NOTE_HINDRANCES)
    row = await _touched(session, actor, hindrance_id)
    since, until = (row.since, row.until) if wanted.lifts else (wanted.since, wanted.until)
    _ensure_ordered(since, until)
    told = reason_told(reason)
    paper = document_told(document)
    if await queries.open_change(session, hindrance_id) is not None:
        raise Refusal(Code.WAIVER_SETTLED)
    asked = HindranceChangeRow(
        hindrance_id=hindrance_id,
        lifts=wanted.lifts,
        since=since,
        until=until,
        reason=told,
        document=paper,
        asked_by=actor.person_id,
        asked_at=now,
    )
    session.add(asked)
    await session.flush()
    change_id = asked.id or 0
    await journal.note(
        session,
        actor.label,
        "asked_hindrance_change",
        _subject(row),
        now,
        hindrance=hindrance_id,
        change=change_id,
        lifts=wanted.lifts,
        **reason_facts(told),
    )
    whom = await _whom(session, row, now)
    others = [
        person
        for person in await holding(session, Permission.NOTE_HINDRANCES, actor.today)
        if person not in {actor.person_id, row.person_id}
    ]
    change = await _open_change(session, row)
    assert change is not None
    message = texts.change_asked_notice(whom.name, whom.unit, hindrance_facts(row), change)
    await outbox.notify(session, others, message, now, once=f"hindrance_change:{change_id}")
    return change_id


async def decide_change(
    session: Session, actor: Actor, hindrance_id: int, change_id: int, now: datetime, *, granted: bool
) -> None:
    """Let it be shortened or lifted, or not: never by whoever asked, nor by whom it is about."""
    actor.require(Permission.NOTE_HINDRANCES)
    row = await _touched(session, actor, hindrance_id)
    asked = await queries.open_change(session, hindrance_id)
    if asked is None or asked.id != change_id:
        raise Refusal(Code.WAIVER_SETTLED)
    if asked.asked_by == actor.person_id:
        raise Refusal(Code.TWO_PEOPLE)
    state = "granted" if granted else "denied"
    if not await queries.decide_change(session, change_id, state=state, decided_by=actor.person_id, now=now):
        raise Refusal(Code.WAIVER_SETTLED)
    verb, facts = f"{state}_hindrance_change", reason_facts(asked.reason)
    await journal.note(session, actor.label, verb, _subject(row), now, change=change_id, **facts)
    if granted and asked.lifts:
        await _lift(session, actor, row, now)
    elif granted:
        await _set_period(session, actor, row, asked.since, asked.until, now)
    whom = await _whom(session, row, now)
    message = texts.change_decided_notice(whom.name, whom.unit, actor.name, granted=granted)
    await outbox.notify(session, [asked.asked_by], message, now, once=f"hindrance_change:{change_id}:{state}")


def reason_told(words: str) -> str:
    """A reason as it is kept; refused where it is too short to be one."""
    told = uncut(words, REASON_LIMIT)
    if len(told) < SHORTEST_REASON:
        raise Refusal(Code.TEXT_TOO_SHORT)
    return told


def document_told(words: str) -> str:
    """A document as it is kept; refused where nothing names one."""
    told = uncut(words, DOCUMENT_LIMIT)
    if len(told) < SHORTEST_DOCUMENT:
        raise Refusal(Code.DOCUMENT_MISSING)
    return told


async def _set_period(
    session: Session, actor: Actor, row: Hindrance, since: date, until: date | None, now: datetime
) -> None:
    row.since, row.until = since, until
    session.add(row)
    await session.flush()
    await journal.note(
        session,
        actor.label,
        "changed_hindrance",
        _subject(row),
        now,
        hindrance=row.id or 0,
        since=since.isoformat(),
        until=until.isoformat() if until else None,
    )


async def _lift(session: Session, actor: Actor, row: Hindrance, now: datetime) -> None:
    """End a hindrance now; it stays on record."""
    row.lifted_at, row.lifted_by = now, actor.person_id or None
    session.add(row)
    await session.flush()
    await journal.note(session, actor.label, "lifted_hindrance", _subject(row), now, hindrance=row.id or 0)


def _ensure_ordered(since: date, until: date | None) -> None:
    if until is not None and until < since:
        raise Refusal(Code.PERIOD_REVERSED)


async def ensure_not_own(session: Session, actor: Actor, person_id: int | None, unit_id: int | None) -> None:
    """Nobody has a hand in what they are under, or a unit they lead."""
    if await is_own(session, actor, person_id, unit_id):
        raise Refusal(Code.OWN_CASE)


async def is_own(session: Session, actor: Actor, person_id: int | None, unit_id: int | None) -> bool:
    """Whether it is about somebody themselves, or about a unit they lead."""
    if unit_id is not None:
        return await leads(session, actor, unit_id)
    return person_id == actor.person_id


async def _touched(session: Session, actor: Actor, hindrance_id: int) -> Hindrance:
    """A hindrance in force, to be changed by somebody whom it does not concern."""
    row = await _in_force(session, hindrance_id)
    await ensure_not_own(session, actor, row.person_id, row.unit_id)
    return row


async def _open_change(session: Session, row: Hindrance) -> HindranceChange | None:
    asked = await queries.open_change(session, row.id or 0)
    if asked is None:
        return None
    asker = await people_queries.person(session, asked.asked_by)
    return HindranceChange(
        id=asked.id or 0,
        since=asked.since,
        until=asked.until,
        lifts=asked.lifts,
        reason=asked.reason,
        document=asked.document,
        asked_by=asker.name if asker else "",
        asker_id=asked.asked_by,
    )


async def _in_force(session: Session, hindrance_id: int) -> Hindrance:
    row = await queries.hindrance(session, hindrance_id)
    if row is None or row.lifted_at is not None:
        raise Refusal(Code.NOT_FOUND)
    return row


def _subject(row: Hindrance) -> str:
    return f"unit:{row.unit_id}" if row.person_id is None else f"person:{row.person_id}"


async def _whom(session: Session, row: Hindrance, now: datetime) -> Whom:
    return await named(session, row.person_id, row.unit_id, now)


async def named(session: Session, person_id: int | None, unit_id: int | None, now: datetime) -> Whom:
    """A person, or a unit, by its id, whoever asks."""
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

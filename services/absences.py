"""Standing in for somebody who is away: named for a period, told to both, ended with it or before."""

from collections.abc import Collection
from datetime import date, datetime

from core.absences import WORDS_LIMIT, AbsenceFacts, Colleague, check_period, overlapping
from core.messages import Message
from core.refusals import Code, Refusal
from core.reminders_case import Table
from core.reminders_facts import Rules
from core.roles import Permission, Target
from core.texts import deputies as texts
from core.vietnamese import clean_line
from db.models import Absence, Person
from db.queries import absences as queries
from db.queries import people as people_queries
from db.transaction import Session
from services import calendar, deadlines, journal, outbox, people, people_grants
from services.actor import Actor

MOST_LISTED = 8


async def name(
    session: Session,
    actor: Actor,
    person_id: int,
    deputy_id: int,
    starts_on: date,
    ends_on: date,
    now: datetime,
) -> AbsenceFacts:
    """Let one person stand in for another from one day to another, both included; both are told."""
    actor.require(Permission.NAME_DEPUTY)
    person = await away(session, actor, person_id)
    deputy = await stand_in(session, actor, person_id, deputy_id)
    check_period(starts_on, ends_on, actor.today)
    if await _beyond(session, actor, person_id, starts_on, ends_on):
        raise Refusal(Code.DEPUTY_BEYOND, person=person.name)
    await _ensure_free(session, actor, person, deputy, starts_on, ends_on)
    row = Absence(
        person_id=person_id,
        deputy_id=deputy_id,
        starts_on=starts_on,
        ends_on=ends_on,
        named_by=actor.person_id or None,
        named_at=now,
    )
    session.add(row)
    await session.flush()
    facts = {"absence": row.id or 0, "deputy": deputy_id}
    days = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    await journal.note(session, actor.label, "named_deputy", f"person:{person_id}", now, **facts, **days)
    found = await one(session, actor, row.id or 0)
    await _tell(session, actor, found, texts.told(found, actor.name), now, f"deputy:{row.id}")
    return found


async def end(session: Session, actor: Actor, absence_id: int, now: datetime) -> None:
    """End it now, before its time, and tell both; what was done stays. Again changes nothing."""
    actor.require(Permission.NAME_DEPUTY)
    found = await one(session, actor, absence_id)
    if not await queries.end(session, absence_id, now):
        return
    subject = f"person:{found.person_id}"
    await journal.note(session, actor.label, "ended_deputy", subject, now, absence=absence_id)
    message = texts.told_ended(found, actor.name)
    await _tell(session, actor, found, message, now, f"deputy_ended:{absence_id}")


async def listed(session: Session, actor: Actor, unit_id: int = 0) -> list[AbsenceFacts]:
    """Who is stood in for now or later, of those the actor may name somebody for; of one unit, or all."""
    actor.require(Permission.NAME_DEPUTY)
    units = await _units(session, actor, unit_id)
    found = await queries.not_past(session, actor.today)
    return [
        await _facts(session, actor, one)
        for one in found
        if units is None
        or one.person.unit_id in units
        or (not unit_id and one.row.person_id == actor.person_id)
    ]


async def one(session: Session, actor: Actor, absence_id: int) -> AbsenceFacts:
    """One of them."""
    actor.require(Permission.NAME_DEPUTY)
    found = await queries.one(session, absence_id)
    if found is None:
        raise Refusal(Code.NOT_FOUND)
    if found.row.person_id != actor.person_id:
        await _ensure_reached(session, actor, found.person)
    return await _facts(session, actor, found)


async def candidates(session: Session, actor: Actor, words: str = "", unit_id: int = 0) -> list[Colleague]:
    """Who may be away, by some of their name: whoever answers for a unit first, the actor before all."""
    actor.require(Permission.NAME_DEPUTY)
    units = await _units(session, actor, unit_id)
    found = await queries.called(session, units, _line(words), MOST_LISTED, actor.today, linked=False)
    listed = [await _colleague(session, actor, person, leads=leads) for person, leads in found]
    return sorted(listed, key=lambda one: one.person_id != actor.person_id)


async def stand_ins(
    session: Session, actor: Actor, person_id: int, words: str = "", unit_id: int = 0
) -> list[Colleague]:
    """Who may stand in for somebody, by some of their name: those of the unit who have an account."""
    actor.require(Permission.NAME_DEPUTY)
    await away(session, actor, person_id)
    units = await _units(session, actor, 0 if words else unit_id)
    found = await queries.called(
        session, units, _line(words), MOST_LISTED, actor.today, linked=True, but=person_id
    )
    return [await _colleague(session, actor, person, leads=leads) for person, leads in found]


async def away(session: Session, actor: Actor, person_id: int) -> Colleague:
    """Somebody whom the actor may name a stand-in for.

    Nobody lends what is out of their own reach: it takes as much to name somebody for the head of a unit.
    """
    actor.require(Permission.NAME_DEPUTY)
    person = await people_queries.person(session, person_id)
    if person is None or not person.active:
        raise Refusal(Code.NOT_FOUND)
    if person_id != actor.person_id:
        await _ensure_reached(session, actor, person)
    return await _colleague(session, actor, person)


async def stand_in(session: Session, actor: Actor, person_id: int, deputy_id: int) -> Colleague:
    """Somebody whom the actor may name to stand in: another one, who works here and can be written to."""
    actor.require(Permission.NAME_DEPUTY)
    if deputy_id == person_id:
        raise Refusal(Code.DEPUTY_SELF)
    deputy = await people_queries.person(session, deputy_id)
    if deputy is None:
        raise Refusal(Code.NOT_FOUND)
    if deputy_id != actor.person_id:
        await _ensure_reached(session, actor, deputy)
    if not deputy.active or not await queries.is_linked(session, deputy_id):
        raise Refusal(Code.DEPUTY_GONE, person=deputy.name)
    return await _colleague(session, actor, deputy)


async def of_day(session: Session, person_id: int, day: date) -> AbsenceFacts | None:
    """Who stands in for somebody on that day."""
    for found in await queries.not_past(session, day, [person_id]):
        if found.row.starts_on <= day and found.deputy.active:
            unit = await people.unit_name(session, found.person.unit_id, day)
            return _of(found, unit)
    return None


async def acting(session: Session, person_ids: Collection[int], day: date) -> list[int]:
    """Who is told in the place of these people on that day: themselves, unless somebody stands in."""
    table = await told_instead(session, day)
    return list(dict.fromkeys(table.stand_in(person, day) for person in person_ids))


async def told_instead(session: Session, day: date) -> Table:
    """By which it is worked out who is told in whose place on that day: the same as for reminders."""
    return Table(Rules(await calendar.in_force(session)), await deadlines.absences(session, day))


async def unit_name(session: Session, actor: Actor, unit_id: int) -> str:
    """What a unit is called that the actor names somebody for."""
    actor.require(Permission.NAME_DEPUTY)
    await _units(session, actor, unit_id)
    called = await people.unit_name(session, unit_id, actor.today)
    if not called:
        raise Refusal(Code.NOT_FOUND)
    return called


async def _ensure_free(
    session: Session, actor: Actor, person: Colleague, deputy: Colleague, starts_on: date, ends_on: date
) -> None:
    """Refuse a second stand-in on a day, and one who is away: so there are no rings."""
    rows = await queries.not_past(session, actor.today, [person.person_id, deputy.person_id])
    found = [_of(one, "") for one in rows]
    own = overlapping([one for one in found if one.person_id == person.person_id], starts_on, ends_on)
    if own is not None:
        days = {"day": own.starts_on, "other": own.ends_on}
        raise Refusal(Code.ABSENCE_OVERLAPS, person=own.person, deputy=own.deputy, **days)
    theirs = overlapping([one for one in found if one.person_id == deputy.person_id], starts_on, ends_on)
    if theirs is not None:
        raise Refusal(Code.DEPUTY_AWAY, person=theirs.person, deputy=theirs.deputy)


async def _beyond(session: Session, actor: Actor, person_id: int, starts_on: date, ends_on: date) -> bool:
    """Whether a stand-in would be lent what the actor does not reach, also where it is lent on."""
    for unit_id in await people_grants.lendable(session, person_id, starts_on, ends_on):
        line = frozenset[int]()
        if unit_id is not None:
            line = await people_queries.units_above(session, unit_id, actor.today)
        if not actor.may(Permission.NAME_DEPUTY, Target(units=line)):
            return True
    return False


async def _ensure_reached(session: Session, actor: Actor, person: Person) -> None:
    line = await people_queries.units_above(session, person.unit_id, actor.today)
    actor.require(Permission.NAME_DEPUTY, Target(person_id=person.id, units=line))


async def _units(session: Session, actor: Actor, unit_id: int = 0) -> frozenset[int] | None:
    """The units the actor names people for, or this one of them with what is below it; None for all."""
    if unit_id:
        line = await people_queries.units_above(session, unit_id, actor.today)
        actor.require(Permission.NAME_DEPUTY, Target(units=line))
        return await people_queries.units_below(session, unit_id, actor.today)
    if actor.may(Permission.NAME_DEPUTY, Target()):
        return None
    found: frozenset[int] = frozenset()
    for unit in {one.unit_id for one in actor.grants if one.unit_id is not None}:
        if actor.may(Permission.NAME_DEPUTY, Target(units=frozenset({unit}))):
            found |= await people_queries.units_below(session, unit, actor.today)
    return found


async def _tell(
    session: Session, actor: Actor, found: AbsenceFacts, message: Message, now: datetime, once: str
) -> None:
    both = {found.person_id, found.deputy_id} - {actor.person_id}
    await outbox.notify(session, sorted(both), message, now, once=once)


async def _colleague(session: Session, actor: Actor, person: Person, *, leads: bool = False) -> Colleague:
    unit = await people.unit_name(session, person.unit_id, actor.today)
    return Colleague(person.id or 0, person.name, person.post, unit, person.unit_id, leads)


async def _facts(session: Session, actor: Actor, found: queries.Away) -> AbsenceFacts:
    return _of(found, await people.unit_name(session, found.person.unit_id, actor.today))


def _of(found: queries.Away, unit: str) -> AbsenceFacts:
    row = found.row
    return AbsenceFacts(
        row.id or 0,
        row.person_id,
        found.person.name,
        unit,
        row.deputy_id,
        found.deputy.name,
        row.starts_on,
        row.ends_on,
    )


def _line(words: str) -> str:
    return clean_line(words, WORDS_LIMIT)

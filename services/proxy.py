"""Filling in for a colleague who never had an account: who they are, and what is open to them."""

from collections.abc import Sequence
from datetime import datetime

from core.assessment import EvidenceFacts, RoundFacts
from core.collective import Colleague
from core.refusals import Code, Refusal
from core.roles import Grant, Permission, Role, Target
from db.queries import people as people_queries
from db.queries import sharing as queries
from db.transaction import Session
from services import assessment, evidence, people, sheets
from services.actor import Actor, today

MOST_LISTED = 8


async def candidates(session: Session, actor: Actor, words: str = "") -> list[Colleague]:
    """Whom the actor may fill in for, by some of their name."""
    actor.require(Permission.ASSESS_FOR_OTHERS)
    below: set[int] = set()
    for grant in actor.grants:
        unit = Target(units=frozenset({grant.unit_id or 0}))
        if grant.unit_id is not None and actor.may(Permission.ASSESS_FOR_OTHERS, unit):
            below |= await people_queries.units_below(session, grant.unit_id, actor.today)
    found = await queries.unlinked_in(session, below, words, MOST_LISTED, but=actor.person_id)
    return [
        Colleague(person_id, name, post, await people.unit_name(session, unit_id, actor.today))
        for person_id, name, post, unit_id in found
    ]


async def colleague(session: Session, actor: Actor, person_id: int, now: datetime) -> Colleague:
    """One of them."""
    person = await _colleague(session, actor, person_id, now)
    unit = await people.unit_name(session, person.unit_id, actor.today)
    return Colleague(person_id, person.name, person.post, unit)


async def rounds(session: Session, actor: Actor, person_id: int, now: datetime) -> list[RoundFacts]:
    """What that colleague could answer, and how far it is filled in."""
    person = await _colleague(session, actor, person_id, now)
    found = await assessment.rounds(session, person, now)
    return [one for one in found if not one.unit_id and not one.part]


async def begin(session: Session, actor: Actor, person_id: int, round_id: int, now: datetime) -> int:
    """That colleague's self-assessment in a round, made now if there is none."""
    actor.require(Permission.ASSESS_FOR_OTHERS)
    person = await _colleague(session, actor, person_id, now)
    return await assessment.begin_for(session, actor, person, round_id, now)


async def proofs(session: Session, actor: Actor) -> Sequence[EvidenceFacts]:
    """Files of the actor that can prove what a colleague signed on paper."""
    actor.require(Permission.ASSESS_FOR_OTHERS)
    return [file for file in await evidence.unused(session, actor) if file.proves]


async def _colleague(session: Session, actor: Actor, person_id: int, now: datetime) -> Actor:
    """The colleague with the roles of today, as if they were here themselves."""
    await sheets.ensure_fills_for(session, actor, person_id)
    person = await people_queries.person(session, person_id)
    if person is None:
        raise Refusal(Code.NOT_FOUND)
    day = today(session, now)
    held = {
        Grant(Role(role), unit, since, until)
        for _of, role, unit, since, until in await people_queries.grants_of(session, [person_id])
    }
    grants = frozenset(grant for grant in held if grant.holds_on(day))
    return Actor(person_id, person.name, person.unit_id, day, grants, person.post)

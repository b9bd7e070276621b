"""A unit in a round that it reviews its people for: who looks after it there, and what is typed about it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from core.refusals import Code, Refusal
from core.roles import Permission, Target
from core.unit_reviews import UnitRound
from core.vietnamese import clean_paragraphs, words_only
from db.models import Dossier
from db.queries import dossiers as dossier_queries
from db.queries import eligibility as eligibility_queries
from db.queries import nominations as nomination_queries
from db.queries import people as people_queries
from db.transaction import Session
from services import absences, campaigns, nominations
from services.actor import Actor, today

WORDS_LIMIT = 1000
SHORTEST_WORDS = 10


async def places(session: Session, actor: Actor, now: datetime) -> list[UnitRound]:
    """The units one prepares dossiers for, each with every round in which somebody can be proposed."""
    actor.require(Permission.PREPARE_DOSSIER)
    rounds = await nominations.rounds(session, actor, now)
    units = await eligibility_queries.unit_names(session, _units_of(actor), actor.today)
    return [
        UnitRound(one.round_id, unit_id, name, one.campaign, one.label)
        for unit_id, name in sorted(units.items())
        for one in rounds
    ]


async def place(session: Session, round_id: int, unit_id: int, now: datetime) -> UnitRound:
    """A unit in a round, with the names of both."""
    row = await nomination_queries.round_of(session, round_id)
    name = await people_queries.unit_name_on(session, unit_id, today(session, now))
    if row is None or name is None:
        raise Refusal(Code.NOT_FOUND)
    labels = {campaign.code: campaign.label for _id, campaign in await campaigns.in_force(session)}
    return UnitRound(round_id, unit_id, name.name, labels.get(row.campaign, row.campaign), row.label)


async def dossier(session: Session, actor: Actor, dossier_id: int, permission: Permission) -> Dossier:
    """A dossier, where the permission reaches its unit; else it is not found."""
    found = await dossier_queries.dossier(session, dossier_id)
    if found is None:
        raise Refusal(Code.NOT_FOUND)
    row = found[0]
    actor.require(permission, await target(session, row.unit_id, actor.today))
    return row


async def target(session: Session, unit_id: int, day: date) -> Target:
    """A unit with the line above it on that day, to ask what somebody may do there."""
    return Target(units=await people_queries.units_above(session, unit_id, day))


async def instead(session: Session, actor: Actor, unit_id: int) -> int | None:
    """In whose place the person acts for the unit, if in anybody's."""
    actor.require(Permission.NOMINATE)
    return actor.instead_of(Permission.NOMINATE, await target(session, unit_id, actor.today))


async def acting(session: Session, people: Sequence[int | None], now: datetime) -> list[int]:
    """Those of these people who act today, or whoever stands in for them."""
    known = sorted({one for one in people if one is not None})
    return await absences.acting(session, known, today(session, now))


def noted(instead_of: int | None) -> dict[str, str]:
    """What the journal adds where somebody acted in another's place."""
    return {"instead_of": f"person:{instead_of}"} if instead_of is not None else {}


def words_of(typed: str) -> str:
    """What somebody typed, as it is kept. Raises a refusal where it is too short or too long."""
    told = clean_paragraphs(typed, WORDS_LIMIT + 1)
    if len(told) > WORDS_LIMIT:
        raise Refusal(Code.OBJECTION_LONG, limit=WORDS_LIMIT)
    if len(words_only(told)) < SHORTEST_WORDS:
        raise Refusal(Code.WORDS_FEW)
    return told


def _units_of(actor: Actor) -> set[int]:
    """The units themselves that one prepares dossiers for; whoever does so for all, for their own."""
    found: set[int] = set()
    for grant in actor.grants:
        if replace(actor, grants=frozenset({grant})).may(Permission.PREPARE_DOSSIER):
            found.add(grant.unit_id if grant.unit_id is not None else actor.unit_id)
    return found

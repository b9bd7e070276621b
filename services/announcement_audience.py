"""Who an announcement is for, by name, and who of them can be written to."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from core.announcements import (
    Addressee,
    Audience,
    Candidate,
    Condition,
    Ground,
    NotReached,
    Reach,
    Rules,
    chosen,
    seconds_needed,
)
from core.campaign_terms import DeadlineKind
from core.organisation import code_key, upwards
from core.roles import Permission, Role
from db.queries import announcement_audience as queries
from db.queries import deadlines as deadline_queries
from db.queries import people as people_queries
from db.queries.announcement_audience import Listed, Mailbox, Span
from db.transaction import Session
from services import campaigns, deadlines, outbox
from services.actor import Actor, today

#: So many people are gone through at once.
PORTION = 1_000
_NO_PART = frozenset[Role]()


class _Unit(NamedTuple):
    """A unit with those above it."""

    upwards: frozenset[int]
    kind: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Terrain:
    """All that decides who is meant and may be told, beside the people themselves."""

    units: Mapping[int, _Unit]
    ground: Ground


async def reach(session: Session, actor: Actor, audience: Audience, parts: int, now: datetime) -> Reach:
    """Everybody it would be for now, and how long so many messages to each take."""
    actor.require(Permission.ANNOUNCE)
    return await reached(session, audience, parts, now)


async def reached(session: Session, audience: Audience, parts: int, now: datetime) -> Reach:
    """The same for the house itself. It may be about tens of thousands: every portion, others get a turn."""
    listed, around = await queries.listed(session), await terrain(session, audience, now)
    places = {one.person_id: place for place, one in enumerate(listed)}
    listed.sort(key=lambda one: one.person_id)
    people = list[Addressee]()
    for start in range(0, len(listed), PORTION):
        people += (await found(session, audience, listed[start : start + PORTION], around, now))[0]
        await asyncio.sleep(0)
    people.sort(key=lambda one: places[one.person_id])
    return reach_of(session, audience, people, len(listed), parts)


async def terrain(session: Session, audience: Audience, now: datetime) -> Terrain:
    """What it looks like around an audience now."""
    return Terrain(await _units(session, now), await _ground(session, audience, now))


async def found(
    session: Session, audience: Audience, some: Sequence[Listed], around: Terrain, now: datetime
) -> tuple[list[Addressee], dict[int, int]]:
    """Who of these people, by their numbers, is meant, with the account of each who can be written to."""
    if not some:
        return [], {}
    span = some[0].person_id, some[-1].person_id
    roles = await _roles(session, span, now) if audience.roles else {}
    units = [around.units.get(one.unit_id) or _Unit(frozenset({one.unit_id})) for one in some]
    people = (
        Candidate(one.person_id, unit.upwards, unit.kind, roles.get(one.person_id, _NO_PART))
        for one, unit in zip(some, units, strict=True)
    )
    ids = chosen(audience, people, around.ground)
    meant, mailboxes = set(ids), await _mailboxes(session, span)
    allowed = set(await outbox.may_be_told(session, ids, now))
    told = list[Addressee]()
    for one, unit in zip(some, units, strict=True):
        if one.person_id in meant:
            box = mailboxes.get(one.person_id)
            why = _why_not(box, allowed=one.person_id in allowed)
            told.append(Addressee(*one[:4], unit.name, one.phone, why, box.channel if box else ""))
    return told, {one.person_id: mailboxes[one.person_id].account for one in told if one.why is None}


def reach_of(
    session: Session, audience: Audience, people: Sequence[Addressee], listed: int, parts: int
) -> Reach:
    """What these people, of so many that there are, come to."""
    written_to = sum(one.why is None for one in people)
    seconds = seconds_needed(written_to * parts, rules_of(session))
    everybody = audience.everybody or (audience.by_place and len(people) == listed)
    return Reach(tuple(people), seconds, everybody)


def rules_of(session: Session) -> Rules:
    """What this installation allows."""
    found = session.info.get("announcements")
    return found if isinstance(found, Rules) else Rules()


async def _units(session: Session, now: datetime) -> dict[int, _Unit]:
    """Every unit as it stands today."""
    places = {one.unit_id: one for one in await deadline_queries.places(session, today(session, now))}
    parents = {one.unit_id: one.parent_id for one in places.values()}
    found: dict[int, _Unit] = {}
    for row in await people_queries.units(session):
        unit = row.id or 0
        name = places[unit].name if unit in places else ""
        found[unit] = _Unit(frozenset(upwards(unit, parents)), row.kind, name)
    return found


async def _mailboxes(session: Session, people: Span) -> dict[int, Mailbox]:
    """Where these people are written to, one place each; the first of those thought of that is served."""
    found: dict[int, Mailbox] = {}
    served: dict[str, bool] = {}
    for person, one in await queries.mailboxes(session, people):
        channel = one.channel
        if channel not in served:
            served[channel] = outbox.served(session, channel)
        if served[channel]:
            found.setdefault(person, one)
    return found


def _why_not(box: Mailbox | None, *, allowed: bool) -> NotReached | None:
    """Why somebody cannot be written to."""
    if box is None:
        return NotReached.NO_ACCOUNT
    if not box.reachable:
        return NotReached.UNREACHABLE
    return None if allowed else NotReached.TRIAL


async def _roles(session: Session, people: Span, now: datetime) -> dict[int, frozenset[Role]]:
    """Which parts these people play today; whoever leads a unit is its head."""
    alone = {role.value: frozenset({role}) for role in Role}
    found: dict[int, frozenset[Role]] = {}
    for person, role in await queries.parts(session, today(session, now), people):
        known, part = found.get(person), alone[role]
        found[person] = part if known is None else known | part
    return found


async def _ground(session: Session, audience: Audience, now: datetime) -> Ground:
    """What the conditions of an audience are about."""
    limits = await _limits(session, audience.campaign) if audience.campaign else None
    match audience.condition:
        case Condition.NO_PLAN:
            return Ground(limits, owing=await _owing(session, audience.campaign, now))
        case Condition.NOT_BEGUN:
            return Ground(limits, began=await queries.began(session, audience.campaign))
        case Condition.UNREAD:
            return Ground(limits, unread=await queries.unread(session, audience.unread))
        case Condition.MISSED:
            return Ground(limits, unread=await queries.missed(session, audience.unread))
        case None:
            return Ground(limits)


async def _limits(session: Session, code: str) -> frozenset[int] | None:
    """The units a campaign is for; None where it is for everybody, nobody where it is not in force."""
    for _version, campaign in await campaigns.in_force(session):
        if campaign.code == code:
            wanted = {code_key(one) for one in campaign.units}
            units = await people_queries.units(session) if wanted else []
            found = frozenset(one.id or 0 for one in units if code_key(one.code) in wanted)
            return found if wanted else None
    return frozenset()


async def _owing(session: Session, code: str, now: datetime) -> frozenset[int]:
    """Units that have not handed in their plan of this campaign."""
    return frozenset(
        one.unit_id
        for one in await deadlines.obligations(session, now)
        if one.campaign == code and one.kind is DeadlineKind.PLAN and one.done_at is None
    )

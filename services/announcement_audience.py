"""Who an announcement is for, by name, and who of them can be written to."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

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
from core.messages import Address
from core.organisation import code_key, upwards
from core.roles import Permission, Role
from db.queries import announcements as queries
from db.queries import deadlines as deadline_queries
from db.queries import people as people_queries
from db.transaction import Session
from services import campaigns, deadlines, outbox
from services.actor import Actor, today


async def reach(session: Session, actor: Actor, audience: Audience, parts: int, now: datetime) -> Reach:
    """Everybody it would be for now, and how long so many messages to each take."""
    actor.require(Permission.ANNOUNCE)
    return await reached(session, audience, parts, now)


async def reached(session: Session, audience: Audience, parts: int, now: datetime) -> Reach:
    """The same for the house itself, when an announcement leaves."""
    listed = await queries.listed(session)
    places = {one.unit_id: one for one in await deadline_queries.places(session, today(session, now))}
    parents = {one.unit_id: one.parent_id for one in places.values()}
    kinds = {one.id: one.kind for one in await people_queries.units(session)}
    roles = await _roles(session, now) if audience.roles else {}
    above: dict[int, frozenset[int]] = {}
    people = []
    for one in listed:
        units = above.setdefault(one.unit_id, frozenset(upwards(one.unit_id, parents)))
        person = one.person_id
        people.append(Candidate(person, units, kinds.get(one.unit_id, ""), roles.get(person, frozenset())))
    ids = set(chosen(audience, people, await _ground(session, audience, now)))
    where = await addresses(session)
    why = await _why_not(session, ids, where, now)
    found = tuple(
        Addressee(
            one.person_id,
            one.name,
            one.post,
            one.unit_id,
            places[one.unit_id].name if one.unit_id in places else "",
            one.phone,
            why.get(one.person_id),
            where[one.person_id].channel if one.person_id in where else "",
        )
        for one in listed
        if one.person_id in ids
    )
    written_to = sum(one.why is None for one in found)
    seconds = seconds_needed(written_to * parts, rules_of(session))
    return Reach(found, seconds, audience.everybody or (audience.by_place and len(found) == len(listed)))


async def addresses(session: Session) -> dict[int, Address]:
    """Where everybody is written to, one place each: where they can be reached, if there is one."""
    found: dict[int, tuple[bool, Address]] = {}
    for person, channel, bot, chat, reachable in await queries.accounts(session):
        if not outbox.served(session, channel):
            continue
        known = found.get(person)
        if known is None or (reachable and not known[0]):
            found[person] = reachable, Address(channel, bot, chat)
    return {person: address for person, (_reachable, address) in found.items()}


def rules_of(session: Session) -> Rules:
    """What this installation allows."""
    found = session.info.get("announcements")
    return found if isinstance(found, Rules) else Rules()


async def _why_not(
    session: Session, ids: set[int], where: Mapping[int, Address], now: datetime
) -> dict[int, NotReached]:
    """Who of these cannot be written to, and why."""
    cut_off = set[int]()
    for person, channel, _bot, chat, reachable in await queries.accounts(session):
        if (
            not reachable
            and person in where
            and where[person].chat == chat
            and where[person].channel == channel
        ):
            cut_off.add(person)
    allowed = set(await outbox.may_be_told(session, sorted(ids), now))
    found: dict[int, NotReached] = {}
    for person in ids:
        if person not in where:
            found[person] = NotReached.NO_ACCOUNT
        elif person in cut_off:
            found[person] = NotReached.UNREACHABLE
        elif person not in allowed:
            found[person] = NotReached.TRIAL
    return found


async def _roles(session: Session, now: datetime) -> dict[int, frozenset[Role]]:
    """Who plays which parts today; whoever leads a unit is its head."""
    found: defaultdict[int, frozenset[Role]] = defaultdict(frozenset)
    for person, role in await queries.parts(session, today(session, now)):
        found[person] |= {Role(role)}
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

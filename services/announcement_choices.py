"""What an audience may be chosen from, and when an announcement would leave, for whoever announces."""

from collections import Counter
from datetime import datetime

from core.announcement_choices import (
    AudienceNames,
    Look,
    PersonChoice,
    PlanChoice,
    Timed,
    UnitChoice,
    offered_times,
    opens_at,
    timed,
)
from core.announcements import AnnouncementFacts, Audience, Reach, State, needs_second
from core.organisation import UnitKind
from core.quota_meter import Meter
from core.roles import Permission
from core.texts import announcements as texts
from core.vietnamese import clean_line
from db.models import Person
from db.queries import absences as absence_queries
from db.queries import deadlines as deadline_queries
from db.queries import people as people_queries
from db.transaction import Session
from services import (
    announcement_audience,
    announcement_changes,
    announcements,
    calendar,
    campaigns,
    outbox,
    people_roster,
    quota_meter,
)
from services.actor import Actor, local

WORDS_LIMIT = 60
_FOUND = 8


async def units(session: Session, actor: Actor, parent: int = 0, words: str = "") -> list[UnitChoice]:
    """Units by name: those below `parent` (0: the topmost), or those that `words` may mean."""
    actor.require(Permission.ANNOUNCE)
    places = await deadline_queries.places(session, actor.today)
    below = Counter(one.parent_id for one in places)
    known = {one.unit_id for one in places}
    if words:
        meant = {one.id for one in await people_roster.units_by_words(session, words, actor.today)}
        shown = [one for one in places if one.unit_id in meant]
    elif parent:
        shown = [one for one in places if one.parent_id == parent]
    else:
        shown = [one for one in places if one.parent_id not in known]
    found = [UnitChoice(one.unit_id, one.name, below[one.unit_id]) for one in shown]
    return sorted(found, key=lambda one: (one.name, one.unit_id))


async def unit_name(session: Session, actor: Actor, unit_id: int) -> str:
    """What a unit is called today."""
    actor.require(Permission.ANNOUNCE)
    found = await people_queries.unit_name_on(session, unit_id, actor.today)
    return found.name if found is not None else ""


async def above(session: Session, actor: Actor, unit_id: int) -> int:
    """The unit above one; 0 where there is none."""
    actor.require(Permission.ANNOUNCE)
    found = await people_queries.unit_name_on(session, unit_id, actor.today)
    return found.parent_id or 0 if found is not None else 0


async def kinds(session: Session, actor: Actor) -> list[UnitKind]:
    """The kinds of unit there are."""
    actor.require(Permission.ANNOUNCE)
    there = {one.kind for one in await people_queries.units(session)}
    return [one for one in UnitKind if one.value in there]


async def people(session: Session, actor: Actor, words: str) -> list[PersonChoice]:
    """People who work here and are called so, whoever answers for a unit first."""
    actor.require(Permission.ANNOUNCE)
    asked = clean_line(words, WORDS_LIMIT)
    if not asked:
        return []
    found = await absence_queries.called(session, None, asked, _FOUND, actor.today, linked=False)
    names = await _unit_names(session, actor)
    return [_person(person, names) for person, _leads in found]


async def chosen(session: Session, actor: Actor, audience: Audience) -> list[PersonChoice]:
    """The people an audience names."""
    actor.require(Permission.ANNOUNCE)
    names, found = await _unit_names(session, actor), []
    for person_id in sorted(audience.people):
        person = await people_queries.person(session, person_id)
        if person is not None:
            found.append(_person(person, names))
    return found


async def plans(session: Session, actor: Actor) -> list[PlanChoice]:
    """The campaigns in force."""
    actor.require(Permission.ANNOUNCE)
    return [PlanChoice(one.code, one.title) for _version, one in await campaigns.in_force(session)]


async def confirmable(session: Session, actor: Actor) -> list[AnnouncementFacts]:
    """Announcements that went out and ask to be confirmed, newest first."""
    actor.require(Permission.ANNOUNCE)
    states = (State.RUNNING, State.PAUSED, State.STOPPED, State.FINISHED)
    found = await announcements.listed(session, actor, states)
    return [one for one in found if one.content.asks and not one.retracted and one.reminds is None]


async def names(session: Session, actor: Actor, audience: Audience) -> AudienceNames:
    """An audience in the names that people know."""
    actor.require(Permission.ANNOUNCE)
    called = await _unit_names(session, actor)
    titles = {one.code: one.title for one in await plans(session, actor)} if audience.campaign else {}
    unread = ""
    if audience.unread:
        unread = (await announcements.facts(session, actor, audience.unread)).content.title
    return AudienceNames(
        everybody=audience.everybody,
        campaign=titles.get(audience.campaign, audience.campaign),
        units=tuple(sorted(called.get(one, str(one)) for one in audience.units)),
        kinds=tuple(one for one in UnitKind if one.value in audience.kinds),
        roles=tuple(sorted(audience.roles)),
        condition=audience.condition,
        unread=unread,
        people=tuple(one.name for one in await chosen(session, actor, audience)),
    )


async def when(
    session: Session, actor: Actor, wanted: datetime, now: datetime, *, on_the_day: bool = False
) -> Timed:
    """When something that is wanted then would leave."""
    actor.require(Permission.ANNOUNCE)
    rules, works = announcement_audience.rules_of(session), await calendar.in_force(session)
    return timed(local(session, now), local(session, wanted), works, rules, on_the_day=on_the_day)


async def times(session: Session, actor: Actor, now: datetime) -> tuple[datetime, ...]:
    """Times that are offered."""
    actor.require(Permission.ANNOUNCE)
    rules = announcement_audience.rules_of(session)
    return offered_times(local(session, now), await calendar.in_force(session), rules)


async def quiet_until(session: Session, actor: Actor, now: datetime) -> datetime | None:
    """From when on people may be written to, where that is not now."""
    actor.require(Permission.ANNOUNCE)
    rules = announcement_audience.rules_of(session)
    return opens_at(local(session, now), await calendar.in_force(session), rules)


async def look(session: Session, actor: Actor, number: int, now: datetime) -> Look:
    """All that is to be known before it goes."""
    actor.require(Permission.ANNOUNCE)
    facts = await announcements.facts(session, actor, number)
    found = await announcements.reach(session, actor, number, now)
    rules = announcement_audience.rules_of(session)
    alone = actor.may(Permission.APPROVE_ANNOUNCEMENTS) and not needs_second(found, rules)
    return Look(
        facts,
        await names(session, actor, facts.audience),
        found,
        second=not alone,
        live=await outbox.is_live(session),
        hold=int(rules.hold.total_seconds()),
        takes=await _takes(session, actor, facts, found, now),
        without_files=_without_files(session, found) if facts.content.files else (),
    )


def _without_files(session: Session, found: Reach) -> tuple[tuple[str, int], ...]:
    people, can = Counter(one.channel for one in found.reachable), outbox.channels(session)
    return tuple((channel, count) for channel, count in sorted(people.items()) if not can[channel].files_out)


async def _takes(
    session: Session, actor: Actor, facts: AnnouncementFacts, found: Reach, now: datetime
) -> tuple[tuple[Meter, int], ...]:
    message = texts.message(facts.content, facts.id, facts.version)
    people = Counter(one.channel for one in found.reachable)
    calls = {
        channel: count * len(outbox.payloads(session, channel, message)) for channel, count in people.items()
    }
    return tuple(await quota_meter.needed(session, actor, calls, now))


async def to_approve(session: Session, actor: Actor) -> int:
    """How many announcements wait for this person's word."""
    actor.require(Permission.ANNOUNCE)
    if not actor.may(Permission.APPROVE_ANNOUNCEMENTS):
        return 0
    waiting = (await announcements.counted(session, actor, [State.WAITING], own=False))[State.WAITING]
    return waiting + len(await announcement_changes.to_approve(session, actor))


def _person(person: Person, names: dict[int, str]) -> PersonChoice:
    return PersonChoice(person.id or 0, person.name, person.post, names.get(person.unit_id, ""))


async def _unit_names(session: Session, actor: Actor) -> dict[int, str]:
    return {one.unit_id: one.name for one in await deadline_queries.places(session, actor.today)}

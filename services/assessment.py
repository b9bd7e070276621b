"""Self-assessments of people and of units: begun, answered, noted."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime

from core.assessment import RoundFacts, Sheet
from core.campaigns import Campaign, Track
from core.criteria import Answer, ClauseKind, Given, NotApplicable
from core.organisation import code_key
from core.refusals import Code, Refusal
from core.roles import Permission, Role, Target
from db.models import Assessment
from db.queries import assessment as queries
from db.queries import people as people_queries
from db.queries import sharing as sharing_queries
from db.transaction import Session
from services import campaigns, journal, people, sheets
from services.actor import Actor


async def rounds(session: Session, actor: Actor, now: datetime) -> list[RoundFacts]:
    """What this person can answer now, then what has closed on answers of theirs.

    As themselves or as head of a unit; for each unit they look after; and what they were given of a unit's.
    """
    actor.require(Permission.ASSESS_SELF, actor.own)
    units = _units(actor)
    mine = {
        (row.round_id, 0): (row, count) for row, count in await queries.of_person(session, actor.person_id)
    }
    if units:
        of_units = await queries.of_units(session, units)
        mine |= {(row.round_id, row.unit_id): (row, count) for row, count in of_units}
    names = {unit: await people.unit_name(session, unit, actor.today) for unit in units}
    names[0] = ""
    found: list[RoundFacts] = []
    for version_id, campaign, row in await campaigns.open_rounds(session, actor.today, now):
        round_id = row.id or 0
        entered = [unit for of, unit in mine if of == round_id]
        offered = await _for_whom(session, campaign, actor, tracks_for(campaign, actor, units))
        for unit in dict.fromkeys((*offered, *entered)):
            own, answered = mine.pop((round_id, unit), (None, 0))
            track = Track(own.track) if own is not None else offered[unit]
            theirs = campaign
            if own is not None and own.version_id != version_id:
                theirs = await campaigns.of_version(session, own.version_id)
            facts = _facts(theirs, round_id, row.label, row.closes_at, own, answered, closed=False)
            found.append(
                replace(facts, total=_total(theirs, track), track=track, unit_id=unit, unit=names[unit])
            )
    found += await _parts(session, actor, units, now)
    past = {own.id or 0: (own, answered, unit) for (_round, unit), (own, answered) in mine.items()}
    for held in await queries.held(session, list(past)):
        own, answered, unit = past[held.id]
        campaign = await campaigns.of_version(session, held.version_id)
        label, closes_at = held.round_label, held.closes_at
        facts = _facts(campaign, own.round_id, label, closes_at, own, answered, closed=True)
        found.append(replace(facts, unit_id=unit, unit=names[unit]))
    return found


def tracks_for(campaign: Campaign, actor: Actor, units: Collection[int] = ()) -> dict[int, Track]:
    """As what a campaign lets the actor enter: by unit, 0 for themselves."""
    admitted = campaign.tracks()
    found: dict[int, Track] = {}
    leads = any(
        grant.role is Role.HEAD and grant.unit_id is not None and grant.instead_of is None
        for grant in actor.grants
    )
    if leads and Track.HEAD in admitted:
        found[0] = Track.HEAD
    elif Track.INDIVIDUAL in admitted:
        found[0] = Track.INDIVIDUAL
    if Track.COLLECTIVE in admitted:
        found |= dict.fromkeys(units, Track.COLLECTIVE)
    return found


async def _for_whom(
    session: Session, campaign: Campaign, actor: Actor, offered: Mapping[int, Track]
) -> Mapping[int, Track]:
    """What is left of an offer where the campaign is for some units only, and those below them."""
    if not campaign.units:
        return offered
    wanted = {code_key(code) for code in campaign.units}
    left: dict[int, Track] = {}
    for unit, track in offered.items():
        codes = await people_queries.codes_above(session, unit or actor.unit_id, actor.today)
        if wanted & {code_key(code) for code in codes}:
            left[unit] = track
    return left


def _units(actor: Actor) -> list[int]:
    """The units whose self-assessment this person looks after today."""
    looking_after = {
        grant.unit_id
        for grant in actor.grants
        if grant.unit_id is not None
        and grant.holds_on(actor.today)
        and actor.may(Permission.ASSESS_UNIT, Target(units=frozenset({grant.unit_id})))
    }
    return sorted(looking_after)


async def _parts(session: Session, actor: Actor, units: Collection[int], now: datetime) -> list[RoundFacts]:
    """What the actor was given of units' self-assessments that others look after."""
    given = {
        row.id or 0: (row, total, answered)
        for row, total, answered in await sharing_queries.held_by(session, actor.person_id)
    }
    if not given:
        return []
    above = await people_queries.units_above(session, actor.unit_id, actor.today)
    found: list[RoundFacts] = []
    for held in await queries.held(session, list(given)):
        row, total, answered = given[held.id]
        if held.unit_id in units or held.unit_id not in above:
            continue
        campaign = await campaigns.of_version(session, held.version_id)
        closed = held.closes_at is not None and now >= held.closes_at
        facts = _facts(campaign, row.round_id, held.round_label, held.closes_at, row, answered, closed=closed)
        unit = await people.unit_name(session, held.unit_id, actor.today)
        found.append(replace(facts, total=total, unit_id=held.unit_id, unit=unit, part=True))
    return found


def _facts(
    campaign: Campaign,
    round_id: int,
    label: str,
    closes_at: datetime | None,
    own: Assessment | None,
    answered: int,
    *,
    closed: bool,
) -> RoundFacts:
    track = Track(own.track) if own else Track.INDIVIDUAL
    return RoundFacts(
        round_id=round_id,
        campaign=campaign.label,
        label=label,
        closes_at=closes_at,
        assessment_id=own.id if own else None,
        answered=answered,
        total=_total(campaign, track),
        signed=bool(own and own.state == "signed"),
        closed=closed,
        track=track,
    )


def _total(campaign: Campaign, track: Track) -> int:
    return sum(len(group.criteria) for group in campaign.groups_of(track))


async def begin(session: Session, actor: Actor, round_id: int, now: datetime, unit_id: int = 0) -> int:
    """The person's self-assessment in a round (a unit's, for a unit), made now if there is none.

    On the version in force, to which one that holds nothing yet is moved. Refused where the campaign does
    not admit them.
    """
    actor.require(Permission.ASSESS_SELF, actor.own)
    if unit_id:
        above = await people_queries.units_above(session, unit_id, actor.today)
        actor.require(Permission.ASSESS_UNIT, Target(units=above))
        if not above:
            raise Refusal(Code.NOT_FOUND)
        known = await queries.find_of_unit(session, unit_id, round_id)
    else:
        known = await queries.find(session, actor.person_id, round_id)
    if known is None:
        return await _made(session, actor, actor, round_id, now, unit_id)
    await _brought_up_to_date(session, actor, known, now)
    return known.id or 0


async def _brought_up_to_date(session: Session, actor: Actor, known: Assessment, now: datetime) -> None:
    """Whoever has only looked is asked by the version in force; an answer keeps the one it was given to."""
    current = {
        row.id: version_id
        for version_id, _campaign, row in await campaigns.open_rounds(session, actor.today, now)
    }
    newest = current.get(known.round_id, known.version_id)
    if newest != known.version_id and await queries.untouched(session, known.id or 0):
        await queries.move_to_version(session, known.id or 0, newest)
        subject = f"assessment:{known.id}"
        await journal.note(session, actor.label, "moved_to_version", subject, now, version=newest)


async def begin_for(session: Session, actor: Actor, whose: Actor, round_id: int, now: datetime) -> int:
    """The self-assessment of somebody who never had an account, to be filled for them."""
    actor.require(Permission.ASSESS_FOR_OTHERS)
    await sheets.ensure_fills_for(session, actor, whose.person_id)
    known = await queries.find(session, whose.person_id, round_id)
    return (known.id or 0) if known is not None else await _made(session, actor, whose, round_id, now)


async def _made(
    session: Session, actor: Actor, whose: Actor, round_id: int, now: datetime, unit_id: int = 0
) -> int:
    for version_id, campaign, row in await campaigns.open_rounds(session, actor.today, now):
        if row.id != round_id:
            continue
        offered = tracks_for(campaign, whose, [unit_id] if unit_id else [])
        track = (await _for_whom(session, campaign, whose, offered)).get(unit_id)
        if track is not None:
            fresh = Assessment(
                person_id=whose.person_id,
                round_id=round_id,
                version_id=version_id,
                unit_id=unit_id or whose.unit_id,
                track=track.value,
                filled_by=actor.person_id if actor != whose else None,
                created_at=now,
                updated_at=now,
            )
            session.add(fresh)
            await session.flush()
            subject = f"assessment:{fresh.id}"
            of = whose.person_id if actor != whose else None
            await journal.note(
                session, actor.label, "began", subject, now, track=track.value, on_behalf_of=of
            )
            return fresh.id or 0
    raise Refusal(Code.NO_ROUND)


async def sheet(session: Session, actor: Actor, assessment_id: int) -> Sheet:
    """The whole self-assessment, to show."""
    return (await sheets.reached(session, actor, assessment_id)).facts()


async def read_ahead(session: Session, assessment_ids: Collection[int]) -> None:
    """Read the self-assessments that several turns are about to look at, all at once."""
    await sheets.load_all(session, assessment_ids)


async def answer(
    session: Session, actor: Actor, assessment_id: int, key: str, measure: str, given: Given, now: datetime
) -> None:
    """Record the answer to one measure of a criterion."""
    actor.require(Permission.ASSESS_SELF, actor.own)
    await _change(session, actor, assessment_id, key, now, lambda before: _with(before, measure, given))


async def does_not_apply(
    session: Session, actor: Actor, assessment_id: int, keys: list[str], reason: str, now: datetime
) -> None:
    """Record that these criteria do not concern the person; what admits or excludes has to be shown."""
    actor.require(Permission.ASSESS_SELF, actor.own)
    whole = await sheets.reached(session, actor, assessment_id)
    for key in keys:
        if whole.criterion(key).kind in {ClauseKind.PREREQUISITE, ClauseKind.DISQUALIFIER}:
            raise Refusal(Code.NOT_FOUND)
        await _change(session, actor, assessment_id, key, now, lambda _before: NotApplicable(reason))


async def keep_note(
    session: Session, actor: Actor, assessment_id: int, key: str, note: str, now: datetime
) -> None:
    """Keep a note beside a criterion; an empty one removes it."""
    actor.require(Permission.ASSESS_SELF, actor.own)
    whole = await sheets.reached(session, actor, assessment_id)
    whole.ensure_open(now)
    criterion = whole.criterion(key)
    sheets.record_note(session, whole, criterion.code, note, now)
    await journal.note(
        session, actor.label, "noted", f"assessment:{assessment_id}", now, criterion=criterion.code
    )


async def weigh_files(session: Session, actor: Actor, assessment_id: int, key: str, now: datetime) -> None:
    """Judge a criterion anew after its files changed."""
    actor.require(Permission.ASSESS_SELF, actor.own)
    whole = await sheets.reached(session, actor, assessment_id)
    await sheets.files_changed(session, whole, whole.criterion(key).code, now)


async def weigh_after_check(session: Session, assessment_id: int, code: str, now: datetime) -> None:
    """Judge a criterion anew after a file of it failed its checks (nobody's act)."""
    whole = await sheets.load(session, assessment_id)
    if whole is not None and whole.held.state != "signed":
        await sheets.files_changed(session, whole, code, now)


async def _change(
    session: Session,
    actor: Actor,
    assessment_id: int,
    key: str,
    now: datetime,
    change: Callable[[Answer | NotApplicable], Answer | NotApplicable],
) -> None:
    whole = await sheets.reached(session, actor, assessment_id)
    whole.ensure_open(now)
    code = whole.criterion(key).code
    outcome = sheets.record(session, whole, code, change(whole.answer(code)), now)
    subject = f"assessment:{assessment_id}"
    await journal.note(session, actor.label, "answered", subject, now, criterion=code, outcome=outcome.value)


def _with(before: Answer | NotApplicable, measure: str, given: Given) -> Answer:
    if isinstance(before, NotApplicable):
        return Answer({measure: given})
    return Answer({**before.given, measure: given}, before.files)

"""Where somebody stands before a commendation, and obstacles set aside by two people."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from core.assessment import Sheet
from core.awards import AwardFacts
from core.campaign_terms import SubjectKind
from core.campaigns import Campaign, Track
from core.criteria import ClauseKind
from core.eligibility import (
    Case,
    HindranceFacts,
    HindranceKind,
    NominationFacts,
    Obstacle,
    WaiverFacts,
    WaiverState,
    consider,
    in_the_way,
    same_achievement,
)
from core.refusals import Code, Refusal, uncut
from core.roles import TABLE, Permission, Role, Target
from core.texts import eligibility_office as texts
from core.texts.deputies import in_place_of
from db.models import Assessment, Hindrance, Nomination, Person, Round, Waiver
from db.queries import eligibility as queries
from db.queries import nominations as nomination_queries
from db.queries import organisation as organisation_queries
from db.queries import people as people_queries
from db.transaction import Session
from services import award_facts, campaigns, journal, outbox, sheets
from services.actor import Actor, today

REASON_LIMIT = 500
SHORTEST_REASON = 10
PAGE = 8


#: The person, or the unit, that is considered.
_Whom = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class _Around:
    """What several cases rest on besides their answers, read at once."""

    day: date
    achievement: str
    hindrances: dict[_Whom, list[HindranceFacts]]
    nominations: dict[_Whom, list[NominationFacts]]
    awards: dict[_Whom, list[AwardFacts]]
    waivers: dict[int, list[WaiverFacts]]
    units: dict[int, str]


@dataclass(frozen=True, slots=True)
class WaiverCase:
    """What was asked to be set aside, in the case it is about."""

    case: Case
    obstacle: Obstacle
    waiver: WaiverFacts


async def standing(session: Session, actor: Actor, assessment_id: int, now: datetime) -> Case:
    """Where a self-assessment stands: for its owner and the office, and for whoever looks after its unit.

    The latter see what is somebody's own only once it is signed, or where they fill it in; a unit's belongs
    to nobody, so whoever began it sees it no longer than they look after the unit.
    """
    case = await case_of(session, assessment_id, now)
    of_unit = case.track is Track.COLLECTIVE
    above = await people_queries.units_above(session, case.unit_id, actor.today)
    target = Target(person_id=None if of_unit else case.person_id, units=above)
    looking_after = (Permission.ASSESS_UNIT, Permission.NOMINATE) if of_unit or case.signed else ()
    if any(actor.may(permission, target) for permission in (Permission.WAIVE, *looking_after)):
        return case
    if case.filled_by is not None and case.person_id != actor.person_id:
        await sheets.ensure_fills_for(session, actor, case.person_id)
        return case
    actor.require(Permission.ASSESS_SELF, target)
    return case


async def case_of(session: Session, assessment_id: int, now: datetime, achievement: str = "") -> Case:
    """The same, whoever asks; `achievement` is what is to be commended, where that is not settled yet."""
    found = await cases_of(session, [assessment_id], now, achievement)
    if not found:
        raise Refusal(Code.NOT_FOUND)
    return found[0]


async def cases_of(
    session: Session, assessment_ids: Sequence[int], now: datetime, achievement: str = ""
) -> list[Case]:
    """Several at once, in this order; what there is no self-assessment for is left out."""
    await sheets.load_all(session, assessment_ids)
    rows = await queries.assessments(session, assessment_ids)
    day = today(session, now)
    whom = [_whom(row.person_id, row.unit_id, Track(row.track)) for row, _round, _person in rows.values()]
    around = _Around(
        day,
        achievement,
        await _hindrances(session, whom),
        await _nominations(session, whom),
        await _awards(session, whom, now),
        await _waivers(session, assessment_ids),
        await queries.unit_names(session, {row.unit_id for row, _round, _person in rows.values()}, day),
    )
    found: list[Case] = []
    for one in assessment_ids:
        working = await sheets.load(session, one)
        if working is not None and one in rows:
            found.append(_case(working.facts(), *rows[one], around))
    return found


def _case(sheet: Sheet, row: Assessment, of_round: Round, person: Person, around: _Around) -> Case:
    track = Track(row.track)
    whom = _whom(row.person_id, row.unit_id, track)
    elsewhere = around.nominations.get(whom, [])
    own = next((one for one in elsewhere if one.assessment_id == sheet.id), None)
    meant = around.achievement or (own.achievement if own else "")
    awards = around.awards.get(whom, [])
    given = [one for one in awards if own is None or one.nomination_id != own.id]
    asked = {criterion.code for criterion in sheet.campaign.criteria(track)}
    return Case(
        assessment_id=sheet.id,
        round_id=row.round_id,
        person_id=row.person_id,
        unit_id=row.unit_id,
        track=track,
        name=person.name,
        unit=around.units.get(row.unit_id, ""),
        campaign=sheet.campaign.label,
        round_label=of_round.label,
        signed=sheet.signed,
        standing=consider(
            [entry for entry in sheet.entries if entry.criterion.code in asked],
            around.hindrances.get(whom, ()),
            [
                one
                for one in elsewhere
                if one is not own and not one.not_chosen and same_achievement(one.achievement, meant)
            ],
            around.waivers.get(sheet.id, ()),
            around.day,
            [one for one in given if same_achievement(one.decision.achievement, meant)],
        ),
        nomination=own,
        filled_by=row.filled_by,
    )


async def nominations_of(
    session: Session, person_id: int, unit_id: int, track: Track
) -> list[NominationFacts]:
    """What the person, or on the collective track the unit, is proposed or commended for."""
    whom = _whom(person_id, unit_id, track)
    return (await _nominations(session, [whom])).get(whom, [])


async def hindered(
    session: Session, actor: Actor, round_id: int, page: int, now: datetime
) -> tuple[list[Case], bool]:
    """People and units of a round that something stands in the way of; whether there are more."""
    actor.require(Permission.WAIVE)
    if await nomination_queries.round_of(session, round_id) is None:
        raise Refusal(Code.NOT_FOUND)
    clauses = [
        clause
        for version_id in await queries.versions_in(session, round_id)
        for clause in _looked_for(version_id, await campaigns.of_version(session, version_id))
    ]
    day = today(session, now)
    found = await queries.hindered(session, round_id, clauses, day, PAGE + 1, page * PAGE)
    return await cases_of(session, found[:PAGE], now), len(found) > PAGE


async def ask(
    session: Session, actor: Actor, assessment_id: int, key: str, reason: str, now: datetime
) -> int:
    """Ask for an obstacle to be set aside, and tell everybody else who may decide."""
    actor.require(Permission.WAIVE)
    case = await case_of(session, assessment_id, now)
    obstacle = case.standing.obstacle(key)
    if obstacle is None or not obstacle.waivable:
        raise Refusal(Code.WAIVER_SETTLED)
    told = uncut(reason, REASON_LIMIT)
    if len(told) < SHORTEST_REASON:
        raise Refusal(Code.TEXT_TOO_SHORT)
    row = Waiver(
        assessment_id=assessment_id, obstacle=key, reason=told, asked_by=actor.person_id, asked_at=now
    )
    session.add(row)
    await session.flush()
    waiver_id = row.id or 0
    await journal.note(
        session,
        actor.label,
        "asked_waiver",
        f"assessment:{assessment_id}",
        now,
        waiver=waiver_id,
        obstacle=obstacle.kind.value,
        clause=obstacle.criterion.code if obstacle.criterion else key,
        **reason_facts(told),
    )
    others = [
        person
        for person in await holding(session, Permission.WAIVE, actor.today)
        if person not in {actor.person_id, case.person_id}
    ]
    message = texts.waiver_asked_notice(case, obstacle, told, actor.name, waiver_id)
    await outbox.notify(session, others, message, now, once=f"waiver:{waiver_id}")
    return waiver_id


async def waiver_case(session: Session, actor: Actor, waiver_id: int, now: datetime) -> WaiverCase:
    """What was asked, to decide it; refused where it is settled or the obstacle is another by now."""
    actor.require(Permission.WAIVE)
    row = await queries.waiver(session, waiver_id)
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    case = await case_of(session, row.assessment_id, now)
    obstacle = case.standing.obstacle(row.obstacle)
    if obstacle is None or obstacle.waiver is None or obstacle.waiver.id != waiver_id:
        raise Refusal(Code.WAIVER_SETTLED)
    return WaiverCase(case, obstacle, obstacle.waiver)


async def decide(session: Session, actor: Actor, waiver_id: int, now: datetime, *, granted: bool) -> None:
    """Set an obstacle aside, or do not: never by whoever asked, nor by whom it is about."""
    actor.require(Permission.WAIVE)
    found = await waiver_case(session, actor, waiver_id, now)
    if found.waiver.state is not WaiverState.ASKED:
        raise Refusal(Code.WAIVER_SETTLED)
    if actor.person_id in {found.waiver.asker_id, found.case.person_id}:
        raise Refusal(Code.TWO_PEOPLE)
    if found.case.track is Track.COLLECTIVE:
        await ensure_not_leading(session, actor, found.case.unit_id)
    state = WaiverState.GRANTED if granted else WaiverState.DENIED
    settled = await queries.decide_waiver(
        session, waiver_id, state=state.value, decided_by=actor.person_id, now=now
    )
    if not settled:
        raise Refusal(Code.WAIVER_SETTLED)
    subject = f"assessment:{found.case.assessment_id}"
    facts = reason_facts(found.waiver.reason)
    await journal.note(session, actor.label, f"{state.value}_waiver", subject, now, waiver=waiver_id, **facts)
    message = texts.waiver_decided_notice(found.case, found.obstacle, actor.name, granted=granted)
    await outbox.notify(
        session, [found.waiver.asker_id], message, now, once=f"waiver:{waiver_id}:{state.value}"
    )


async def holding(session: Session, permission: Permission, day: date) -> list[int]:
    """Everybody whose role of that day gives them a permission, whatever its reach."""
    found: dict[int, None] = {}
    for role in Role:
        if permission in TABLE[role]:
            for grant in await people_queries.holders(session, role.value, day):
                found[grant.person_id] = None
    return list(found)


def reason_facts(reason: str) -> dict[str, str | int]:
    """What the journal keeps of a reason: that it is this one, without a word of it."""
    return {"reason_sha256": sha256(reason.encode()).hexdigest(), "reason_length": len(reason)}


async def ensure_not_leading(session: Session, actor: Actor, unit_id: int) -> None:
    """Raise a refusal where the actor heads the unit, one above it, or signs for it."""
    if await leads(session, actor, unit_id):
        raise Refusal(Code.OWN_CASE)


async def leads(session: Session, actor: Actor, unit_id: int) -> bool:
    """Whether somebody heads the unit, one above it, or signs for it."""
    above = await people_queries.units_above(session, unit_id, actor.today)
    led = {
        one.unit_id
        for one in await organisation_queries.leaderships_on(session, actor.today)
        if one.person_id == actor.person_id
    }
    return bool(led & above) or actor.may(Permission.SIGN_UNIT, Target(units=above))


def hindrance_facts(row: Hindrance) -> HindranceFacts:
    """A stored hindrance."""
    return HindranceFacts(row.id or 0, HindranceKind(row.kind), row.since, row.until, row.document)


def _looked_for(version_id: int, campaign: Campaign) -> list[queries.Clauses]:
    """The clauses of a version that can stand in the way, with the outcomes that do."""
    found: list[queries.Clauses] = []
    for kind in ClauseKind:
        codes = [one.code for one in campaign.criteria() if one.kind is kind]
        outcomes = [one.value for one in in_the_way(kind)]
        if codes and outcomes:
            found.append(queries.Clauses(version_id, codes, outcomes))
    return found


def _whom(person_id: int, unit_id: int, track: Track) -> _Whom:
    """The unit on the collective track, else the person."""
    return (None, unit_id) if track is Track.COLLECTIVE else (person_id, None)


def _split(whom: Iterable[_Whom]) -> tuple[set[int], set[int]]:
    """The people and the units among them."""
    pairs = list(whom)
    return {one for one, _unit in pairs if one is not None}, {
        unit for _one, unit in pairs if unit is not None
    }


async def _hindrances(session: Session, whom: Iterable[_Whom]) -> dict[_Whom, list[HindranceFacts]]:
    found: dict[_Whom, list[HindranceFacts]] = {}
    for row in await queries.hindrances_of(session, *_split(whom)):
        found.setdefault((row.person_id, row.unit_id), []).append(hindrance_facts(row))
    return found


async def _nominations(session: Session, whom: Iterable[_Whom]) -> dict[_Whom, list[NominationFacts]]:
    rows = await nomination_queries.of_subjects(session, *_split(whom))
    labels = {campaign.code: campaign.label for _id, campaign in await campaigns.in_force(session)}
    by = await proposers(session, [row for row, _round in rows])
    found: dict[_Whom, list[NominationFacts]] = {}
    for row, of_round in rows:
        collective = row.subject == SubjectKind.COLLECTIVE
        of = (None, row.unit_id) if collective else (row.person_id, None)
        facts = NominationFacts(
            id=row.id or 0,
            assessment_id=row.assessment_id,
            campaign=labels.get(of_round.campaign, of_round.campaign),
            round_label=of_round.label,
            achievement=row.achievement,
            commended=row.state == "commended",
            by=by.get(row.id or 0, ""),
            not_chosen=row.state == "not_chosen",
        )
        found.setdefault(of, []).append(facts)
    return found


async def _awards(session: Session, whom: Iterable[_Whom], now: datetime) -> dict[_Whom, list[AwardFacts]]:
    found: dict[_Whom, list[AwardFacts]] = {}
    for one in await award_facts.of_subjects(session, *_split(whom), now):
        found.setdefault((one.person_id, one.unit_id), []).append(one)
    return found


async def proposers(session: Session, rows: Sequence[Nomination]) -> dict[int, str]:
    """Who proposed each of these, both names where it was done in somebody's place."""
    involved = {one for row in rows for one in (row.nominated_by, row.nominated_for) if one is not None}
    names = {key: person.name for key, person in (await queries.people(session, involved)).items()}
    return {
        row.id or 0: in_place_of(names.get(row.nominated_by or 0, ""), names.get(row.nominated_for or 0, ""))
        for row in rows
    }


async def _waivers(session: Session, assessment_ids: Collection[int]) -> dict[int, list[WaiverFacts]]:
    rows = await queries.waivers_of(session, assessment_ids)
    involved = {one for row in rows for one in (row.asked_by, row.decided_by) if one is not None}
    names = {key: person.name for key, person in (await queries.people(session, involved)).items()}
    found: dict[int, list[WaiverFacts]] = {}
    for row in rows:
        facts = WaiverFacts(
            id=row.id or 0,
            obstacle=row.obstacle,
            state=WaiverState(row.state),
            reason=row.reason,
            asked_by=names.get(row.asked_by, ""),
            asker_id=row.asked_by,
            decided_by=names.get(row.decided_by or 0, ""),
        )
        found.setdefault(row.assessment_id, []).append(facts)
    return found

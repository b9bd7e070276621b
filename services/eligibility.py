"""Where somebody stands before a commendation, and obstacles set aside by two people."""

from dataclasses import dataclass
from datetime import date, datetime

from core.campaigns import Track
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
    same_achievement,
)
from core.refusals import Code, Refusal
from core.roles import TABLE, Permission, Role, Target
from core.texts import eligibility_office as texts
from core.vietnamese import clean_line
from db.models import Hindrance, Waiver
from db.queries import eligibility as queries
from db.queries import nominations as nomination_queries
from db.queries import people as people_queries
from db.transaction import Session
from services import campaigns, journal, outbox, people, sheets
from services.actor import Actor, today

REASON_LIMIT = 500
SHORTEST_REASON = 10
PAGE = 8


@dataclass(frozen=True, slots=True)
class WaiverCase:
    """What was asked to be set aside, in the case it is about."""

    case: Case
    obstacle: Obstacle
    waiver: WaiverFacts


async def standing(session: Session, actor: Actor, assessment_id: int, now: datetime) -> Case:
    """Where a self-assessment stands, for its owner, whoever looks after its unit, and the office."""
    case = await case_of(session, assessment_id, now)
    above = await people_queries.units_above(session, case.unit_id, today(session, now))
    target = Target(person_id=case.person_id, units=above)
    reaching = (Permission.ASSESS_UNIT, Permission.NOMINATE, Permission.WAIVE)
    if not any(actor.may(permission, target) for permission in reaching):
        actor.require(Permission.ASSESS_SELF, target)
    return case


async def case_of(session: Session, assessment_id: int, now: datetime, achievement: str = "") -> Case:
    """The same, whoever asks; `achievement` is what is to be commended, where that is not settled yet."""
    working = await sheets.load(session, assessment_id)
    found = await queries.assessment(session, assessment_id)
    if working is None or found is None:
        raise Refusal(Code.NOT_FOUND)
    row, of_round, person = found
    sheet, track, day = working.facts(), Track(row.track), today(session, now)
    elsewhere = await nominations_of(session, row.person_id, row.unit_id, track)
    own = next((one for one in elsewhere if one.assessment_id == assessment_id), None)
    meant = achievement or (own.achievement if own else "")
    asked = {criterion.code for criterion in sheet.campaign.criteria(track)}
    return Case(
        assessment_id=assessment_id,
        round_id=row.round_id,
        person_id=row.person_id,
        unit_id=row.unit_id,
        track=track,
        name=person.name,
        unit=await people.unit_name(session, row.unit_id, day),
        campaign=sheet.campaign.label,
        round_label=of_round.label,
        signed=sheet.signed,
        standing=consider(
            [entry for entry in sheet.entries if entry.criterion.code in asked],
            await _hindrances(session, row.person_id, row.unit_id, track),
            [one for one in elsewhere if one is not own and same_achievement(one.achievement, meant)],
            await _waivers(session, assessment_id),
            day,
        ),
        nomination=own,
    )


async def nominations_of(
    session: Session, person_id: int, unit_id: int, track: Track
) -> list[NominationFacts]:
    """What the person, or on the collective track the unit, is proposed or commended for."""
    collective = track is Track.COLLECTIVE
    rows = await nomination_queries.of_subject(
        session, person_id=None if collective else person_id, unit_id=unit_id
    )
    labels = {campaign.code: campaign.label for _id, campaign in await campaigns.in_force(session)}
    return [
        NominationFacts(
            id=row.id or 0,
            assessment_id=row.assessment_id,
            campaign=labels.get(of_round.campaign, of_round.campaign),
            round_label=of_round.label,
            achievement=row.achievement,
            commended=row.state == "commended",
        )
        for row, of_round in rows
    ]


async def hindered(
    session: Session, actor: Actor, round_id: int, page: int, now: datetime
) -> tuple[list[Case], bool]:
    """People and units of a round that something stands in the way of; whether there are more."""
    actor.require(Permission.WAIVE)
    of_round = await nomination_queries.round_of(session, round_id)
    if of_round is None:
        raise Refusal(Code.NOT_FOUND)
    codes = [
        criterion.code
        for _id, campaign in await campaigns.in_force(session)
        if campaign.code == of_round.campaign
        for criterion in campaign.criteria()
        if criterion.kind is not ClauseKind.CONTENT
    ]
    day = today(session, now)
    found = await queries.hindered(session, round_id, codes, day, PAGE + 1, page * PAGE)
    await sheets.load_all(session, found[:PAGE])
    return [await case_of(session, one, now) for one in found[:PAGE]], len(found) > PAGE


async def ask(
    session: Session, actor: Actor, assessment_id: int, key: str, reason: str, now: datetime
) -> int:
    """Ask for an obstacle to be set aside, and tell everybody else who may decide."""
    actor.require(Permission.WAIVE)
    case = await case_of(session, assessment_id, now)
    obstacle = case.standing.obstacle(key)
    if obstacle is None or not obstacle.waivable:
        raise Refusal(Code.WAIVER_SETTLED)
    told = clean_line(reason, REASON_LIMIT)
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
    state = WaiverState.GRANTED if granted else WaiverState.DENIED
    settled = await queries.decide_waiver(
        session, waiver_id, state=state.value, decided_by=actor.person_id, now=now
    )
    if not settled:
        raise Refusal(Code.WAIVER_SETTLED)
    subject = f"assessment:{found.case.assessment_id}"
    await journal.note(session, actor.label, f"{state.value}_waiver", subject, now, waiver=waiver_id)
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


def hindrance_facts(row: Hindrance) -> HindranceFacts:
    """A stored hindrance."""
    return HindranceFacts(row.id or 0, HindranceKind(row.kind), row.since, row.until, row.document)


async def _hindrances(session: Session, person_id: int, unit_id: int, track: Track) -> list[HindranceFacts]:
    collective = track is Track.COLLECTIVE
    rows = await queries.hindrances_of(session, person_id=None if collective else person_id, unit_id=unit_id)
    return [hindrance_facts(row) for row in rows]


async def _waivers(session: Session, assessment_id: int) -> list[WaiverFacts]:
    rows = await queries.waivers_of(session, assessment_id)
    involved = {one for row in rows for one in (row.asked_by, row.decided_by) if one is not None}
    names = {key: person.name for key, person in (await queries.people(session, involved)).items()}
    return [
        WaiverFacts(
            id=row.id or 0,
            obstacle=row.obstacle,
            state=WaiverState(row.state),
            reason=row.reason,
            asked_by=names.get(row.asked_by, ""),
            asker_id=row.asked_by,
            decided_by=names.get(row.decided_by or 0, ""),
        )
        for row in rows
    ]

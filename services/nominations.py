"""Who is proposed for a commendation and who is commended, beside the quotas of the plan."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.campaign_terms import Round, RoundKind, SubjectKind
from core.campaigns import Campaign, CampaignKind, Track
from core.dossiers import OPEN_TO_THE_UNIT, DossierState
from core.eligibility import Case, NominationFacts, ObstacleKind, Result
from core.quotas import Ledger, LedgerRow, Used, ledger
from core.refusals import Code, Refusal, uncut
from core.roles import Permission, Target
from core.texts import awards as award_texts
from core.texts import nominations as texts
from db.models import Nomination
from db.models import Round as RoundRow
from db.queries import campaigns as campaign_queries
from db.queries import eligibility as eligibility_queries
from db.queries import nominations as queries
from db.queries import people as people_queries
from db.queries import unit_reviews as review_queries
from db.transaction import Session
from services import campaigns, eligibility, journal, outbox, stood_in
from services.actor import Actor, today

ACHIEVEMENT_LIMIT = 300
SHORTEST_ACHIEVEMENT = 10
PAGE = 8


@dataclass(frozen=True, slots=True)
class RoundChoice:
    """A round in which somebody can be proposed."""

    round_id: int
    campaign: str
    label: str


@dataclass(frozen=True, slots=True)
class Nominee:
    """Somebody proposed in a round; `subject` is the person or the unit."""

    nomination: NominationFacts
    subject: str
    unit: str
    kind: SubjectKind


async def rounds(session: Session, actor: Actor, now: datetime) -> list[RoundChoice]:
    """The rounds of the campaigns in force whose year has come, for whoever considers entries."""
    considering = (
        Permission.NOMINATE,
        Permission.SEE_QUOTAS,
        Permission.WAIVE,
        Permission.PREPARE_DOSSIER,
    )
    if not any(actor.may(permission) for permission in considering):
        raise Refusal(Code.NOT_FOUND)
    return [
        RoundChoice(row.id or 0, campaign.label, row.label)
        for campaign, row in await _rounds(session, today(session, now))
    ]


async def candidates(
    session: Session, actor: Actor, round_id: int, page: int, now: datetime
) -> tuple[list[Case], bool]:
    """Signed self-assessments of a round in the units one may propose from; whether there are more."""
    actor.require(Permission.NOMINATE)
    reach = await _units_of(session, actor)
    found = await queries.signed_in(session, round_id, reach, PAGE + 1, page * PAGE)
    return await eligibility.cases_of(session, found[:PAGE], now), len(found) > PAGE


async def candidate(
    session: Session, actor: Actor, assessment_id: int, now: datetime
) -> tuple[Case, list[NominationFacts]]:
    """One of them, with what they are proposed or commended for elsewhere."""
    actor.require(Permission.NOMINATE)
    case = await _reached(session, actor, assessment_id, now)
    if not case.signed:
        raise Refusal(Code.NOT_FOUND)
    known = await eligibility.nominations_of(session, case.person_id, case.unit_id, case.track)
    return case, [one for one in known if one.assessment_id != assessment_id]


async def with_one_more(
    session: Session, actor: Actor, assessment_id: int, now: datetime
) -> tuple[Ledger, SubjectKind]:
    """The quotas of the round as they would be used if this one were proposed, too."""
    actor.require(Permission.NOMINATE)
    case = await _reached(session, actor, assessment_id, now)
    book, subject = await ledger_of(session, case.round_id), case.track.subject
    return replace(book, rows=tuple(_one_more(row, subject) for row in book.rows)), subject


def checked(typed: str) -> str:
    """An achievement, or a reason, as it is kept."""
    told = uncut(typed, ACHIEVEMENT_LIMIT)
    if len(told) < SHORTEST_ACHIEVEMENT:
        raise Refusal(Code.TEXT_TOO_SHORT)
    return told


async def propose(
    session: Session, actor: Actor, assessment_id: int, achievement: str, now: datetime, reason: str = ""
) -> int:
    """Propose a signed self-assessment that nothing stands in the way of; returns by how many too many.

    Beyond the quota of the sector it is possible still, for a `reason`; the office is told then, of each more
    once.
    """
    actor.require(Permission.NOMINATE)
    await _reached(session, actor, assessment_id, now)
    told = checked(achievement)
    why = checked(reason) if reason else ""
    case = await eligibility.case_of(session, assessment_id, now, told)
    if case.nomination is not None:
        raise Refusal(Code.ALREADY_NOMINATED)
    _ensure_eligible(case)
    above = await people_queries.units_above(session, case.unit_id, actor.today)
    instead_of = actor.instead_of(Permission.NOMINATE, Target(person_id=case.person_id, units=above))
    row = Nomination(
        assessment_id=assessment_id,
        round_id=case.round_id,
        subject=case.track.subject.value,
        person_id=None if case.track is Track.COLLECTIVE else case.person_id,
        unit_id=case.unit_id,
        achievement=told,
        nominated_by=actor.person_id or None,
        nominated_for=instead_of,
        nominated_at=now,
    )
    session.add(row)
    await session.flush()
    subject = f"assessment:{assessment_id}"
    told_of: dict[str, str | int] = {"instead_of": f"person:{instead_of}"} if instead_of is not None else {}
    told_of |= eligibility.reason_facts(why) if why else {}
    await journal.note(session, actor.label, "nominated", subject, now, nomination=row.id or 0, **told_of)
    book = await ledger_of(session, case.round_id)
    over = book.over(case.track.subject)
    if over:
        office = await eligibility.holding(session, Permission.NOTE_HINDRANCES, actor.today)
        message = texts.over_quota_notice(book, case.track.subject, case.unit, why)
        once = f"quota:{case.round_id}:{case.track.subject.value}:{over}"
        await outbox.notify(session, office, message, now, once=once)
    return over


async def withdraw(session: Session, actor: Actor, assessment_id: int, now: datetime) -> None:
    """Take a proposal back; it stays on record. What is commended stays, what is handed in stays so long."""
    actor.require(Permission.NOMINATE)
    case = await _reached(session, actor, assessment_id, now)
    if case.nomination is not None and case.nomination.proposed:
        await ensure_with_unit(session, case.nomination.id)
    if case.nomination is None or not await queries.end(session, case.nomination.id, "withdrawn", now):
        raise Refusal(Code.NOT_NOMINATED)
    instead = await stood_in.noted(session, actor, Permission.NOMINATE, case.unit_id)
    subject = f"assessment:{assessment_id}"
    await journal.note(session, actor.label, "withdrew_nomination", subject, now, **instead)


async def ensure_with_unit(session: Session, nomination_id: int) -> None:
    """Raise where the dossier a proposal is in is not its unit's to change: others work with it."""
    dossier = await review_queries.dossier_of(session, nomination_id)
    if dossier is not None and DossierState(dossier.state) not in OPEN_TO_THE_UNIT:
        raise Refusal(Code.DOSSIER_NOT_OPEN)


async def ledgers(session: Session, actor: Actor, now: datetime) -> list[Ledger]:
    """The quotas of every round whose year has come, as they are used now."""
    actor.require(Permission.SEE_QUOTAS)
    return [
        await _ledger(session, campaign, row) for campaign, row in await _rounds(session, today(session, now))
    ]


async def round_ledger(session: Session, actor: Actor, round_id: int) -> Ledger:
    """The quotas of one round."""
    actor.require(Permission.SEE_QUOTAS)
    return await ledger_of(session, round_id)


async def told_quota(session: Session, actor: Actor, round_id: int) -> Ledger:
    """The quotas of one round, as they are told to the units that propose."""
    actor.require(Permission.PREPARE_DOSSIER)
    return await ledger_of(session, round_id)


async def nominees(
    session: Session, actor: Actor, round_id: int, page: int, now: datetime
) -> tuple[list[Nominee], bool]:
    """Everybody proposed or commended in a round; whether there are more."""
    actor.require(Permission.SEE_QUOTAS)
    rows = await queries.of_round(session, round_id, PAGE + 1, page * PAGE)
    return await _nominees(session, rows[:PAGE], now), len(rows) > PAGE


async def nominee(session: Session, actor: Actor, nomination_id: int, now: datetime) -> tuple[Nominee, Case]:
    """One of them, and where they stand."""
    actor.require(Permission.SEE_QUOTAS)
    row = await queries.nomination(session, nomination_id)
    if row is None or row.state == "withdrawn":
        raise Refusal(Code.NOT_FOUND)
    (found,) = await _nominees(session, [row], now)
    return found, await eligibility.case_of(session, row.assessment_id, now)


async def commend(session: Session, actor: Actor, nomination_id: int, now: datetime) -> None:
    """Note that somebody is commended: signed, nothing in the way, within the quota, and not oneself."""
    actor.require(Permission.COMMEND)
    row = await queries.nomination(session, nomination_id)
    if row is None or row.state != "proposed":
        raise Refusal(Code.NOT_NOMINATED)
    await _ensure_not_own(session, actor, row)
    await queries.lock(session, row.round_id)
    _ensure_eligible(await eligibility.case_of(session, row.assessment_id, now))
    book = await ledger_of(session, row.round_id)
    kind = SubjectKind(row.subject)
    if book.full(kind):
        limits = [one.limit for one in book.of(kind) if one.limit is not None]
        raise Refusal(Code.QUOTA_FULL, limit=min(limits))
    if not await queries.end(session, nomination_id, "commended", now):
        raise Refusal(Code.NOT_NOMINATED)
    subject = f"assessment:{row.assessment_id}"
    await journal.note(session, actor.label, "commended", subject, now, nomination=nomination_id)


async def pass_over(session: Session, actor: Actor, nomination_id: int, now: datetime) -> None:
    """Note that a signed decision leaves somebody out: they are proposed no more. Withdrawn ones stay so."""
    actor.require(Permission.COMMEND)
    if await queries.end(session, nomination_id, "not_chosen", now):
        subject = f"nomination:{nomination_id}"
        await journal.note(session, actor.label, "passed_over", subject, now)


async def _ensure_not_own(session: Session, actor: Actor, row: Nomination) -> None:
    if row.person_id is None:
        await eligibility.ensure_not_leading(session, actor, row.unit_id)
    elif row.person_id == actor.person_id:
        raise Refusal(Code.OWN_CASE)


def _one_more(row: LedgerRow, subject: SubjectKind) -> LedgerRow:
    if row.subject is not subject:
        return row
    return replace(row, used=replace(row.used, proposed=row.used.proposed + 1))


def _ensure_eligible(case: Case) -> None:
    if not case.signed:
        raise Refusal(Code.NOT_SIGNED)
    for one in case.standing.barring:
        if one.kind is ObstacleKind.COMMENDED and one.nomination is not None:
            where = f"{one.nomination.campaign}, {one.nomination.round_label}"
            raise Refusal(Code.ALREADY_COMMENDED, where=where)
        if one.award is not None:
            raise Refusal(Code.ALREADY_COMMENDED, where=award_texts.cited(one.award.decision))
    if case.standing.result is not Result.ELIGIBLE:
        raise Refusal(Code.NOT_ELIGIBLE, obstacles=len(case.standing.left))


async def _reached(session: Session, actor: Actor, assessment_id: int, now: datetime) -> Case:
    """The case, if its unit is one that the actor may propose from."""
    case = await eligibility.case_of(session, assessment_id, now)
    above = await people_queries.units_above(session, case.unit_id, actor.today)
    actor.require(Permission.NOMINATE, Target(person_id=case.person_id, units=above))
    return case


async def _units_of(session: Session, actor: Actor) -> frozenset[int] | None:
    """The units one may propose from; None for all of them."""
    found: frozenset[int] = frozenset()
    for grant in actor.grants:
        alone = replace(actor, grants=frozenset({grant}))
        if alone.may(Permission.NOMINATE):
            if grant.unit_id is None:
                return None
            found |= await people_queries.units_below(session, grant.unit_id, actor.today)
    return found


async def _rounds(session: Session, day: date) -> list[tuple[Campaign, RoundRow]]:
    return [
        (campaign, row)
        for _id, campaign in await campaigns.in_force(session)
        if campaign.kind is CampaignKind.COMPETITION
        for row in await campaign_queries.rounds_of(session, campaign.code)
        if day.year >= (row.year or campaign.window.first_year)
    ]


async def ledger_of(session: Session, round_id: int) -> Ledger:
    """The quotas of one round, whoever asks."""
    row = await queries.round_of(session, round_id)
    if row is not None:
        for _id, campaign in await campaigns.in_force(session):
            if campaign.code == row.campaign:
                return await _ledger(session, campaign, row)
    raise Refusal(Code.NOT_FOUND)


async def _ledger(session: Session, campaign: Campaign, row: RoundRow) -> Ledger:
    used: dict[SubjectKind, Used] = {}
    for subject, state, count in await queries.counts(session, row.id or 0):
        kind = SubjectKind(subject)
        before = used.get(kind, Used())
        used[kind] = replace(before, **{state: count})
    known = next((one for one in campaign.rounds if one.code == row.code), None)
    kind_of = RoundKind.PERIOD if row.year is None else RoundKind.YEARLY
    of_round = known or Round(row.code, row.label, kind_of, row.year)
    return ledger(campaign, of_round, used, row.id or 0)


async def _nominees(session: Session, rows: Sequence[Nomination], now: datetime) -> list[Nominee]:
    units = await eligibility_queries.unit_names(session, {row.unit_id for row in rows}, today(session, now))
    people = await eligibility_queries.people(session, {row.person_id for row in rows if row.person_id})
    proposers = await eligibility.proposers(session, rows)
    found: list[Nominee] = []
    for row in rows:
        unit = units.get(row.unit_id, "")
        subject = people[row.person_id].name if row.person_id else unit
        commended = row.state == "commended"
        by = proposers.get(row.id or 0, "")
        left_out = row.state == "not_chosen"
        facts = NominationFacts(
            row.id or 0, row.assessment_id, "", "", row.achievement, commended, by, left_out
        )
        found.append(Nominee(facts, subject, unit, SubjectKind(row.subject)))
    return found

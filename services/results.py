"""Where cases stand on their way to a decision: one's own, and those of the units one answers for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from core.campaign_terms import SubjectKind
from core.council import SittingState
from core.dossiers import DossierFacts, DossierState, NomineeFacts
from core.results import CaseStanding, DossierStanding, Stage, Standing, shown, stage_of
from core.roles import Permission
from db.models import Nomination, Round
from db.queries import appraisal as appraisal_queries
from db.queries import council as council_queries
from db.queries import dossiers as dossier_queries
from db.queries import eligibility as eligibility_queries
from db.queries import nominations as nomination_queries
from db.queries import results as queries
from db.transaction import Session
from services import appraisal, campaigns, dossier_occasions, dossiers
from services.actor import Actor, local, today


async def standing(session: Session, actor: Actor, now: datetime) -> Standing:
    """Where the person's own cases stand and, of the units they prepare dossiers for, those of everybody.

    What was decided long ago is left out.
    """
    cases = [*await _own(session, actor, now), *await _signed(session, actor, now)]
    found: list[DossierStanding] = []
    if actor.may(Permission.PREPARE_DOSSIER):
        found = [
            await _dossier(session, facts, now) for facts in await dossiers.of_units(session, actor, now)
        ]
    return Standing(
        tuple(one for one in cases if shown(one.stage, one.since, now)),
        tuple(one for one in found if shown(one.stage, one.since, now)),
    )


async def _own(session: Session, actor: Actor, now: datetime) -> list[CaseStanding]:
    """Their own, and those of collectives they lead that stand in the dossier of a unit above."""
    led = {
        one.unit_id
        for one in actor.grants
        if one.unit_id is not None and replace(actor, grants=frozenset({one})).may(Permission.PREPARE_DOSSIER)
    }
    found = await nomination_queries.of_subjects(session, {actor.person_id}, led)
    rows = [one for one in found if one[0].person_id is not None or await _above(session, one[0])]
    cases: list[CaseStanding] = []
    for row, of_round in reversed(rows):
        dossier_id = await appraisal_queries.dossier_of(session, row.id or 0)
        if dossier_id is None:
            cases.append(await _undossiered(session, actor, row, of_round, now))
            continue
        facts = await dossiers.facts_of(session, dossier_id, now)
        since, next_on = await _moment(session, facts, row.nominated_at, now)
        people = await dossiers.nominees(session, dossier_id, now)
        who = next(one for one in people if one.nomination_id == row.id)
        cases.append(await _case(session, facts, who, since, next_on, now))
    return cases


async def _above(session: Session, row: Nomination) -> bool:
    """Whether a collective is proposed by another unit's dossier."""
    dossier_id = await appraisal_queries.dossier_of(session, row.id or 0)
    found = await dossier_queries.dossier(session, dossier_id) if dossier_id is not None else None
    return found is not None and found[0].unit_id != row.unit_id


async def _undossiered(
    session: Session, actor: Actor, row: Nomination, of_round: Round, now: datetime
) -> CaseStanding:
    units = await eligibility_queries.unit_names(session, {row.unit_id}, today(session, now))
    ended = {"commended": Stage.COMMENDED, "not_chosen": Stage.NOT_CHOSEN}
    return CaseStanding(
        SubjectKind(row.subject),
        actor.name,
        units.get(row.unit_id, ""),
        await _label(session, of_round.campaign),
        of_round.label,
        row.achievement,
        ended.get(row.state, Stage.PROPOSED),
        row.ended_at or row.nominated_at,
        nomination_id=row.id or 0,
    )


async def _signed(session: Session, actor: Actor, now: datetime) -> list[CaseStanding]:
    rows = await queries.unproposed(session, actor.person_id)
    units = await eligibility_queries.unit_names(
        session, {row.unit_id for row, _round, _at in rows}, today(session, now)
    )
    running = {campaign.code: campaign.label for _id, campaign in await campaigns.in_force(session)}
    return [
        CaseStanding(
            SubjectKind.INDIVIDUAL,
            actor.name,
            units.get(row.unit_id, ""),
            running[of_round.campaign],
            of_round.label,
            "",
            Stage.SIGNED,
            signed_at,
        )
        for row, of_round, signed_at in rows
        if of_round.campaign in running
    ]


async def _dossier(session: Session, facts: DossierFacts, now: datetime) -> DossierStanding:
    people = await dossiers.nominees(session, facts.id, now)
    since, next_on = await _moment(session, facts, None, now)
    cases = [await _case(session, facts, who, since, next_on, now) for who in people]
    stages: Sequence[Stage] = [one.stage for one in cases]
    stage = Stage.COMMENDED if Stage.COMMENDED in stages else (stages[0] if stages else stage_of(facts.state))
    day = next_on or next((one.next_on for one in cases if one.next_on is not None), None)
    return DossierStanding(
        facts.id,
        facts.unit,
        facts.campaign_label,
        facts.round_label,
        stage,
        since,
        day,
        tuple(cases),
    )


async def _case(
    session: Session,
    facts: DossierFacts,
    who: NomineeFacts,
    since: datetime,
    next_on: date | None,
    now: datetime,
) -> CaseStanding:
    case = CaseStanding(
        who.subject,
        who.name,
        who.unit,
        facts.campaign_label,
        facts.round_label,
        who.achievement,
        stage_of(facts.state),
        since,
        next_on,
        nomination_id=who.nomination_id,
    )
    if facts.state not in {DossierState.IN_COUNCIL, DossierState.CONCLUDED, DossierState.DECIDED}:
        return case
    found = await council_queries.latest_item(session, who.nomination_id)
    if found is None:
        return case
    item, sitting = found
    state = SittingState(sitting.state)
    held = local(session, sitting.held_at).date()
    if facts.state is DossierState.IN_COUNCIL:
        return replace(case, next_on=held if held >= today(session, now) else None)
    annulled = bool(item.chosen) and bool(await queries.annulled(session, [who.nomination_id]))
    return replace(
        case,
        annulled=annulled,
        stage=stage_of(facts.state, state, commended=bool(item.chosen)),
        since=sitting.approved_at if state is SittingState.APPROVED and sitting.approved_at else since,
        chosen=item.chosen,
        reason=item.reason if item.chosen is False else "",
        number=sitting.number,
        dated=sitting.dated,
    )


async def _moment(
    session: Session, facts: DossierFacts, proposed_at: datetime | None, now: datetime
) -> tuple[datetime, date | None]:
    """Since when a dossier stands as it does, and by which day what comes next is due."""
    steps = await dossier_queries.steps(session, facts.id)
    since = steps[-1].done_at if steps else proposed_at or await _opened(session, facts.id, now)
    match facts.state:
        case DossierState.DRAFTING:
            due = await dossier_occasions.due_of(session, facts, now)
            return since, due.due if due is not None else None
        case DossierState.SUBMITTED | DossierState.APPRAISING:
            return since, (await appraisal.clock_of(session, facts, now)).due
        case DossierState.SUPPLEMENT:
            return since, facts.supplement_due
    return since, None


async def _opened(session: Session, dossier_id: int, now: datetime) -> datetime:
    found = await dossier_queries.dossier(session, dossier_id)
    return found[0].opened_at if found is not None else now


async def _label(session: Session, code: str) -> str:
    labels = {campaign.code: campaign.label for _id, campaign in await campaigns.in_force(session)}
    return labels.get(code, code)

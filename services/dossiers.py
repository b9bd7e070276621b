"""A unit's dossier of a round: opened, looked at, and every step of it taken in one place."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from core.campaign_terms import SubjectKind
from core.dossiers import (
    OPEN_TO_THE_UNIT,
    DossierAct,
    DossierFacts,
    DossierState,
    NomineeFacts,
    StepFacts,
    after,
)
from core.refusals import Code, Refusal
from core.results import Taken
from core.roles import Permission, Target
from core.texts.deputies import in_place_of
from db.models import Dossier, DossierNominee, DossierStep, Round
from db.queries import dossiers as queries
from db.queries import eligibility as eligibility_queries
from db.queries import nominations as nomination_queries
from db.queries import people as people_queries
from db.queries import submissions as submission_queries
from db.transaction import Session
from services import campaigns, journal, results_telling
from services.actor import Actor, today

#: Who may take which step.
NEEDS: Mapping[DossierAct, Permission] = {
    DossierAct.SUBMIT: Permission.SUBMIT_DOSSIER,
    DossierAct.WITHDRAW: Permission.SUBMIT_DOSSIER,
    DossierAct.TAKE_UP: Permission.APPRAISE,
    DossierAct.LET_GO: Permission.APPRAISE,
    DossierAct.RETURN: Permission.APPRAISE,
    DossierAct.FINISH: Permission.APPRAISE,
    DossierAct.REOPEN: Permission.APPRAISE,
    DossierAct.PUT: Permission.CALL_COUNCIL,
    DossierAct.TAKE_OFF: Permission.CALL_COUNCIL,
    DossierAct.CONCLUDE: Permission.VOTE,
    DossierAct.REFER: Permission.DECIDE,
    DossierAct.DECIDE: Permission.COMMEND,
}
_WITH_COUNCIL = frozenset({DossierState.IN_COUNCIL, DossierState.CONCLUDED, DossierState.DECIDED})
#: From which state on those see a dossier who come to it later than its unit.
_SEEN: Mapping[Permission, frozenset[DossierState]] = {
    Permission.APPRAISE: frozenset(DossierState) - {DossierState.DRAFTING},
    Permission.CALL_COUNCIL: frozenset(DossierState) - {DossierState.DRAFTING},
    Permission.VOTE: _WITH_COUNCIL,
    Permission.DECIDE: _WITH_COUNCIL,
}


#: Who is told that a unit took its dossier back, and may so be told again.
_TOLD_OF_WITHDRAWAL = (Permission.APPRAISE, Permission.CALL_COUNCIL)


async def open_for(session: Session, actor: Actor, round_id: int, unit_id: int, now: datetime) -> int:
    """The dossier of a unit in a round, begun with whom its head proposed; the same one again later."""
    actor.require(Permission.PREPARE_DOSSIER, await _target(session, actor, unit_id))
    if await nomination_queries.round_of(session, round_id) is None:
        raise Refusal(Code.NOT_FOUND)
    row = await queries.of_unit(session, round_id, unit_id)
    if row is None:
        row = Dossier(round_id=round_id, unit_id=unit_id, opened_by=actor.person_id or None, opened_at=now)
        session.add(row)
        await session.flush()
        await journal.note(session, actor.label, "opened_dossier", f"dossier:{row.id}", now)
    if DossierState(row.state) is DossierState.DRAFTING:
        await gather(session, actor, row.id or 0, now)
    return row.id or 0


async def gather(session: Session, actor: Actor, dossier_id: int, now: datetime) -> int:
    """Put into the dossier whom the unit proposed since; returns how many came in.

    Who was taken out of it comes back only by name (`services.dossier_editing.put_back`). What is sent back
    for a supplement takes nobody new: only what was asked for is handed in again.
    """
    actor.require(Permission.PREPARE_DOSSIER)
    row = await _open_to(session, actor, dossier_id)
    if DossierState(row.state) is not DossierState.DRAFTING:
        raise Refusal(Code.DOSSIER_SUPPLEMENTED)
    units = await people_queries.units_below(session, row.unit_id, actor.today)
    out = {one.nomination.id for one in await queries.taken_out(session, dossier_id)}
    unplaced = await queries.unplaced(session, row.round_id, units)
    fresh = [one for one in unplaced if one.id not in out]
    last = await queries.last_place(session, dossier_id)
    for place, nomination in enumerate(fresh, last + 1):
        session.add(
            DossierNominee(dossier_id=dossier_id, nomination_id=nomination.id or 0, place=place, added_at=now)
        )
    await session.flush()
    return len(fresh)


async def one(session: Session, actor: Actor, dossier_id: int, now: datetime) -> DossierFacts:
    """A dossier, for its unit and for whoever has come to have to do with it; else it is not found."""
    facts = await facts_of(session, dossier_id, now)
    if not await _sees(session, actor, facts):
        taken_back = facts.state is DossierState.DRAFTING and facts.receipt
        told = taken_back and any(actor.may(one) for one in _TOLD_OF_WITHDRAWAL)
        raise Refusal(Code.DOSSIER_WITHDRAWN if told else Code.NOT_FOUND)
    return facts


async def prepared(session: Session, actor: Actor, dossier_id: int, now: datetime) -> DossierFacts:
    """A dossier, for whoever prepares it alone; who comes to it later has ways and rules of their own."""
    facts = await one(session, actor, dossier_id, now)
    actor.require(Permission.PREPARE_DOSSIER, await _target(session, actor, facts.unit_id))
    return facts


async def facts_of(session: Session, dossier_id: int, now: datetime) -> DossierFacts:
    """A dossier, whoever asks."""
    found = await queries.dossier(session, dossier_id)
    if found is None:
        raise Refusal(Code.NOT_FOUND)
    return (await _facts(session, [found], now))[0]


async def of_units(session: Session, actor: Actor, now: datetime) -> list[DossierFacts]:
    """The dossiers of the units the person prepares them for, the newest round first."""
    actor.require(Permission.PREPARE_DOSSIER)
    found = await queries.of_units(session, await _units_of(session, actor))
    return await _facts(session, found, now)


async def in_states(
    session: Session, actor: Actor, states: Collection[DossierState], page: int, size: int, now: datetime
) -> tuple[list[DossierFacts], bool]:
    """Dossiers that stand so, those longest handed in first; whether there are more."""
    if not any(actor.may(permission) for permission in _SEEN):
        raise Refusal(Code.NOT_FOUND)
    found = await queries.in_states(session, states, size + 1, page * size)
    facts = await _facts(session, found[:size], now)
    return [one for one in facts if await _sees(session, actor, one)], len(found) > size


async def nominees(session: Session, dossier_id: int, now: datetime) -> list[NomineeFacts]:
    """Who is in a dossier, in the order its unit gave it."""
    rows = await queries.nominees(session, dossier_id)
    units = {one.nomination.unit_id for one in rows}
    names = await eligibility_queries.unit_names(session, units, today(session, now))
    return [
        NomineeFacts(
            nomination_id=one.nomination.id or 0,
            assessment_id=one.nomination.assessment_id,
            subject=SubjectKind(one.nomination.subject),
            name=one.person.name if one.person is not None else names.get(one.nomination.unit_id, ""),
            post=one.person.post if one.person is not None else "",
            unit=names.get(one.nomination.unit_id, ""),
            unit_id=one.nomination.unit_id,
            person_id=one.nomination.person_id,
            achievement=one.nomination.achievement,
            place=one.row.place,
        )
        for one in rows
    ]


async def move(
    session: Session,
    actor: Actor,
    dossier_id: int,
    act: DossierAct,
    now: datetime,
    reason: str = "",
    **values: object,
) -> DossierFacts:
    """Take one step: rights, the table of states, the history, the journal and who is told, in one place.

    `values` are columns of the dossier that change with it. What comes back to the unit is a version of its
    own, with the papers of the one before in it. Raises `Refusal` (`DOSSIER_MOVED_ON`) where the dossier
    stands elsewhere by now.
    """
    actor.require(NEEDS[act])
    before = await one(session, actor, dossier_id, now)
    target = await _target(session, actor, before.unit_id)
    actor.require(NEEDS[act], target)
    state = after(before.state, act)
    if state in OPEN_TO_THE_UNIT:
        values["version"] = before.version + 1
    if not await queries.move(session, dossier_id, before.state, state, **values):
        raise Refusal(Code.DOSSIER_MOVED_ON)
    if state in OPEN_TO_THE_UNIT:
        await queries.carry_over(session, dossier_id, before.version)
    instead_of = actor.instead_of(NEEDS[act], target)
    step = DossierStep(
        dossier_id=dossier_id,
        act=act.value,
        led_to=state.value,
        version=before.version,
        reason=reason,
        done_by=actor.person_id or None,
        done_for=instead_of,
        done_at=now,
    )
    session.add(step)
    told = {"instead_of": f"person:{instead_of}"} if instead_of is not None else {}
    subject = f"dossier:{dossier_id}"
    await journal.note(session, actor.label, f"dossier_{act.value}", subject, now, **told)
    await session.flush()
    step_id = step.id or 0
    session.expire_all()
    facts = await facts_of(session, dossier_id, now)
    taken = Taken(act, before, facts, actor.person_id, actor.name, step_id, reason, instead_of)
    await results_telling.tell(session, taken, await nominees(session, dossier_id, now), now)
    return facts


async def history(session: Session, actor: Actor, dossier_id: int, now: datetime) -> list[StepFacts]:
    """Every step of a dossier, the oldest first."""
    await one(session, actor, dossier_id, now)
    rows = await queries.steps(session, dossier_id)
    people = {person for row in rows for person in (row.done_by, row.done_for) if person is not None}
    names = await submission_queries.names(session, sorted(people))
    return [
        StepFacts(
            act=DossierAct(row.act),
            led_to=DossierState(row.led_to),
            version=row.version,
            by=in_place_of(names.get(row.done_by or 0, ""), names.get(row.done_for or 0, "")),
            at=row.done_at,
            reason=row.reason,
        )
        for row in rows
    ]


async def ensure_open(session: Session, actor: Actor, dossier_id: int) -> None:
    """Raise unless the person prepares the dossier and it is open to its unit now."""
    await _open_to(session, actor, dossier_id)


async def _open_to(session: Session, actor: Actor, dossier_id: int) -> Dossier:
    found = await queries.dossier(session, dossier_id)
    if found is None:
        raise Refusal(Code.NOT_FOUND)
    row = found[0]
    actor.require(Permission.PREPARE_DOSSIER, await _target(session, actor, row.unit_id))
    if DossierState(row.state) not in OPEN_TO_THE_UNIT:
        raise Refusal(Code.DOSSIER_NOT_OPEN)
    return row


async def _sees(session: Session, actor: Actor, facts: DossierFacts) -> bool:
    if any(actor.may(permission) and facts.state in states for permission, states in _SEEN.items()):
        return True
    return actor.may(Permission.PREPARE_DOSSIER, await _target(session, actor, facts.unit_id))


async def _target(session: Session, actor: Actor, unit_id: int) -> Target:
    return Target(units=await people_queries.units_above(session, unit_id, actor.today))


async def _units_of(session: Session, actor: Actor) -> frozenset[int] | None:
    """The units one may prepare a dossier for; None for all of them."""
    found: frozenset[int] = frozenset()
    for grant in actor.grants:
        if replace(actor, grants=frozenset({grant})).may(Permission.PREPARE_DOSSIER):
            if grant.unit_id is None:
                return None
            found |= await people_queries.units_below(session, grant.unit_id, actor.today)
    return found


async def _facts(
    session: Session, found: Sequence[tuple[Dossier, Round]], now: datetime
) -> list[DossierFacts]:
    day = today(session, now)
    units = await eligibility_queries.unit_names(session, {row.unit_id for row, _round in found}, day)
    appraisers = {row.appraiser_id for row, _round in found if row.appraiser_id is not None}
    names = await submission_queries.names(session, sorted(appraisers))
    labels = {campaign.code: campaign.label for _id, campaign in await campaigns.in_force(session)}
    received = await queries.received(session, {row.receipt for row, _round in found if row.receipt})
    return [
        DossierFacts(
            id=row.id or 0,
            round_id=row.round_id,
            unit_id=row.unit_id,
            unit=units.get(row.unit_id, ""),
            campaign=of_round.campaign,
            campaign_label=labels.get(of_round.campaign, of_round.campaign),
            round_label=of_round.label,
            state=DossierState(row.state),
            version=row.version,
            receipt=row.receipt,
            submitted_at=row.submitted_at,
            late=row.late,
            appraiser_id=row.appraiser_id,
            appraiser=names.get(row.appraiser_id or 0, ""),
            supplement_due=row.supplement_due,
            received_at=received.get(row.receipt, row.submitted_at),
        )
        for row, of_round in found
    ]

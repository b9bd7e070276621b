"""For which deadline a dossier is, and for which rounds and units somebody may prepare one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.campaign_terms import DeadlineKind
from core.campaigns import Campaign, CampaignKind
from core.deadlines import Obligation
from core.dossiers import DossierFacts
from core.refusals import Code, Refusal
from core.roles import Permission
from db.models import Round
from db.queries import campaigns as campaign_queries
from db.queries import deadlines as deadline_queries
from db.queries import dossiers as queries
from db.queries import nominations as nomination_queries
from db.transaction import Session
from services import campaigns, deadlines, dossiers, submissions
from services.actor import Actor


@dataclass(frozen=True, slots=True)
class Opening:
    """A round in which a unit may hand in a dossier; `dossier` is what was begun, `due` its obligation."""

    round_id: int
    unit_id: int
    unit: str
    campaign: str
    label: str
    dossier: DossierFacts | None
    due: Obligation | None


async def openings(session: Session, actor: Actor, now: datetime) -> list[Opening]:
    """Every round whose year has come for each unit the person prepares for; those begun first."""
    actor.require(Permission.PREPARE_DOSSIER)
    begun = {(one.round_id, one.unit_id): one for one in await dossiers.of_units(session, actor, now)}
    names = {one.unit_id: one.name for one in await deadline_queries.places(session, actor.today)}
    units = {one for one in _units(actor) if one in names}
    owed = await _owed(session, sorted(units | {unit for _round, unit in begun}), now)
    rounds = await _rounds(session, actor.today.year)
    known = {row.id or 0: (campaign, row) for campaign, row in rounds}
    wanted = {**dict.fromkeys(begun), **{(one, unit): None for one in known for unit in sorted(units)}}
    found: list[Opening] = []
    for round_id, unit_id in wanted:
        dossier = begun.get((round_id, unit_id))
        row = (
            known[round_id][1] if round_id in known else await nomination_queries.round_of(session, round_id)
        )
        if row is None:
            continue
        campaign = known[round_id][0].label if round_id in known else row.campaign
        name, due = names.get(unit_id, ""), _due(owed, row, unit_id)
        found.append(Opening(round_id, unit_id, name, campaign, row.label, dossier, due))
    return found


async def due_of(session: Session, facts: DossierFacts, now: datetime) -> Obligation | None:
    """By when the dossier is due, done or not; None while no day is known."""
    row = await nomination_queries.round_of(session, facts.round_id)
    return _due(await _owed(session, [facts.unit_id], now), row, facts.unit_id) if row is not None else None


async def opened_for(session: Session, actor: Actor, key: str, now: datetime) -> int:
    """The dossier of what a unit owes, by the key of the obligation; begun where there is none."""
    actor.require(Permission.PREPARE_DOSSIER)
    campaign, _deadline, period, unit = (*key.split(":"), "", "", "")[:4]
    row = await queries.round_called(session, campaign, period)
    if row is None or not unit.isdecimal():
        raise Refusal(Code.NOT_FOUND)
    return await dossiers.open_for(session, actor, row.id or 0, int(unit), now)


def _units(actor: Actor) -> set[int]:
    """The units the person holds a part in that prepares dossiers."""
    return {
        one.unit_id
        for one in actor.grants
        if one.unit_id is not None and replace(actor, grants=frozenset({one})).may(Permission.PREPARE_DOSSIER)
    }


async def _owed(session: Session, units: Sequence[int], now: datetime) -> list[Obligation]:
    found = await deadlines.obligations(session, now, submissions.EVER, units)
    return [one for one in found if one.kind is DeadlineKind.DOSSIER]


def _due(owed: Sequence[Obligation], row: Round, unit_id: int) -> Obligation | None:
    called = {row.code, str(row.year)}
    found = (
        one
        for one in owed
        if (one.campaign, one.unit_id) == (row.campaign, unit_id) and one.id.split(":")[2] in called
    )
    return next(found, None)


async def _rounds(session: Session, year: int) -> list[tuple[Campaign, Round]]:
    found = [
        (campaign, row)
        for _id, campaign in await campaigns.in_force(session)
        if campaign.kind is CampaignKind.COMPETITION
        for row in await campaign_queries.rounds_of(session, campaign.code)
        if year >= (row.year or campaign.window.first_year)
    ]
    return sorted(found, key=lambda one: (-(one[1].year or 0), one[1].id or 0))

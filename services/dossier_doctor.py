"""«Khám hồ sơ»: everything the doctor has to know of a dossier, read together."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from core.campaign_terms import SubjectKind, Unsaid
from core.campaigns import Campaign
from core.dossier_doctor import examine as examined
from core.dossier_findings import Finding, Grounds, NomineeGrounds
from core.dossier_papers import DossierContent
from core.dossiers import DossierFacts, DossierState, PaperFacts
from core.eligibility import Result
from core.texts import eligibility as eligibility_texts
from db.queries import assessment as assessment_queries
from db.queries import dossiers as queries
from db.queries import people as people_queries
from db.transaction import Session
from services import (
    dossier_occasions,
    dossier_papers,
    dossiers,
    eligibility,
    evidence,
    nominations,
    unit_reviews,
    unit_windows,
)
from services.actor import Actor, local, today


async def examine(session: Session, actor: Actor, dossier_id: int, now: datetime) -> tuple[Finding, ...]:
    """What is wrong or odd about a dossier the person sees, errors first."""
    await dossiers.one(session, actor, dossier_id, now)
    content = await dossier_papers.content(session, dossier_id, now)
    return await of_content(session, content, now)


async def of_content(session: Session, content: DossierContent, now: datetime) -> tuple[Finding, ...]:
    """The same, whoever asks."""
    return examined(content, await _grounds(session, content, now))


async def _grounds(session: Session, content: DossierContent, now: datetime) -> Grounds:
    facts = content.facts
    papers = await dossier_papers.of(session, facts.id, facts.version)
    again = await queries.last_made(session, facts.id)
    files = await queries.papers(session, facts.id, facts.version)
    known = await _nominees(session, facts, now)
    units = await people_queries.units_below(session, facts.unit_id, today(session, now))
    out = {one.nomination.id for one in await queries.taken_out(session, facts.id)}
    waiting = await queries.unplaced(session, facts.round_id, units)
    book = await nominations.ledger_of(session, facts.round_id)
    due = await dossier_occasions.due_of(session, facts, now)
    said = await unit_reviews.open_objections(session, facts.id)
    return Grounds(
        now=local(session, now),
        papers=tuple(_made_again(one, again) for one in papers),
        sent={row.id or 0: evidence.facts_of(file) for row, file in files if file is not None},
        nominees=known,
        over={kind: book.over(kind) for kind in SubjectKind},
        ungathered=sum(one.id not in out for one in waiting) if facts.state is DossierState.DRAFTING else 0,
        objections=Counter(one.nomination_id for one in said),
        shown_until=await unit_windows.shown_until(session, facts.id, now),
        changed_at=await _changed(session, facts, known),
        told_at=await _told(session, known),
        begins_on=_begins(content.campaign, facts),
        due=due.due if due is not None else None,
    )


def _made_again(paper: PaperFacts, at: datetime | None) -> PaperFacts:
    """A paper that came out the same when all were made again is as old as that."""
    return replace(paper, made_at=max(paper.made_at, at)) if paper.made and at is not None else paper


async def _nominees(session: Session, facts: DossierFacts, now: datetime) -> dict[int, NomineeGrounds]:
    rows = await queries.nominees(session, facts.id)
    below = await people_queries.units_below(session, facts.unit_id, today(session, now))
    cases = await eligibility.cases_of(session, [one.assessment.id or 0 for one in rows], now)
    barring = {
        case.assessment_id: tuple(eligibility_texts.obstacle(one) for one in case.standing.left)
        for case in cases
        if case.standing.result is not Result.ELIGIBLE
    }
    found: dict[int, NomineeGrounds] = {}
    for one in rows:
        live = await assessment_queries.live_signature(session, one.assessment.id or 0)
        found[one.nomination.id or 0] = NomineeGrounds(
            signed_at=live.signed_at if live is not None else None,
            intact=live is None or hashlib.sha256(live.content.encode()).hexdigest() == live.digest,
            proposed_at=one.nomination.nominated_at,
            within_unit=one.nomination.unit_id in below,
            barring=barring.get(one.assessment.id or 0, ()),
        )
    return found


async def _changed(
    session: Session, facts: DossierFacts, nominees: Mapping[int, NomineeGrounds]
) -> datetime | None:
    """When what all papers are made from last changed: who is in it, what they signed."""
    moments = [await queries.changed(session, facts.id), *(one.signed_at for one in nominees.values())]
    return max((one for one in moments if one is not None), default=None)


async def _told(session: Session, nominees: Iterable[int]) -> dict[int, datetime]:
    """When each nominee told their particulars last."""
    rows = [await queries.particulars(session, one) for one in nominees]
    return {row.nomination_id: row.given_at for row in rows if row is not None}


def _begins(campaign: Campaign, facts: DossierFacts) -> date | None:
    """The first day of the time the round is about."""
    year = next((one.year for one in campaign.rounds if one.label == facts.round_label), None)
    starts = campaign.window.starts_on
    first = None if isinstance(starts, Unsaid) else starts
    if year is None:
        return first
    return max(first or date(year, 1, 1), date(year, 1, 1)) if first is None or first.year <= year else first

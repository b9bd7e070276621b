"""A unit reviews its people: candidates side by side, sent back for one criterion, what became of it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from core.assessment import EvidenceFacts
from core.campaigns import Track
from core.dossiers import OPEN_TO_THE_UNIT, DossierState
from core.eligibility import Case
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import unit_reviews as texts
from core.texts.deputies import in_place_of
from core.unit_reviews import (
    MOST_COMPARED,
    Candidate,
    MeetingRecord,
    ObjectionFacts,
    ReviewFacts,
    SentBackFacts,
)
from db.models import SentBack
from db.queries import dossiers as dossier_queries
from db.queries import nominations as nomination_queries
from db.queries import people as people_queries
from db.queries import submissions as submission_queries
from db.queries import unit_reviews as queries
from db.transaction import Session
from services import (
    eligibility,
    journal,
    nominations,
    outbox,
    sheets,
    signing,
    unit_meetings,
    unit_rounds,
    unit_windows,
)
from services.actor import Actor

PAGE = 8


async def review(session: Session, actor: Actor, round_id: int, unit_id: int, now: datetime) -> ReviewFacts:
    """How a unit's review of a round stands."""
    await _ensure_prepares(session, actor, unit_id)
    of = await unit_rounds.place(session, round_id, unit_id, now)
    units = await people_queries.units_below(session, unit_id, actor.today)
    signed, proposed = await queries.counts(session, round_id, units)
    dossier = await dossier_queries.of_unit(session, round_id, unit_id)
    number = dossier.id if dossier is not None and dossier.id is not None else 0
    windows = await unit_windows.of_dossier(session, actor, number, now) if number else []
    meeting = await unit_meetings.latest(session, actor, number, now) if number else None
    return ReviewFacts(
        of=of,
        acts=actor.may(Permission.NOMINATE, await unit_rounds.target(session, unit_id, actor.today)),
        open_to_unit=dossier is None or DossierState(dossier.state) in OPEN_TO_THE_UNIT,
        signed=signed,
        proposed=proposed,
        ledger=await nominations.told_quota(session, actor, round_id),
        window=windows[0] if windows else None,
        unsettled=sum(one.unsettled for one in windows),
        meeting=meeting,
    )


async def candidates(
    session: Session, actor: Actor, round_id: int, unit_id: int, page: int, now: datetime
) -> tuple[list[Case], bool]:
    """Signed self-assessments of a round in a unit and under it; whether there are more."""
    await _ensure_prepares(session, actor, unit_id)
    units = await people_queries.units_below(session, unit_id, actor.today)
    found = await nomination_queries.signed_in(session, round_id, units, PAGE + 1, page * PAGE)
    return await eligibility.cases_of(session, found[:PAGE], now), len(found) > PAGE


async def compared(
    session: Session, actor: Actor, assessment_ids: Sequence[int], now: datetime
) -> list[Candidate]:
    """Two to four of them side by side, in the order they were picked."""
    if not 1 <= len(set(assessment_ids)) <= MOST_COMPARED:
        raise Refusal(Code.NOT_FOUND)
    cases = await eligibility.cases_of(session, assessment_ids, now)
    if len(cases) < len(assessment_ids):
        raise Refusal(Code.NOT_FOUND)
    back = await sent_back_of(session, assessment_ids)
    found: list[Candidate] = []
    for case in cases:
        await _ensure_prepares(session, actor, case.unit_id)
        working = await sheets.load(session, case.assessment_id)
        if working is None or not (case.signed or case.nomination):
            raise Refusal(Code.NOT_FOUND)
        own = tuple(one for one in back if one.assessment_id == case.assessment_id)
        found.append(Candidate(case, working.facts(), own))
    return found


async def proof(
    session: Session, actor: Actor, assessment_id: int, key: str, evidence_id: int, now: datetime
) -> EvidenceFacts:
    """A file that serves a criterion of a signed self-assessment, for whoever compares it."""
    (candidate,) = await compared(session, actor, [assessment_id], now)
    for entry in candidate.sheet.entries:
        if entry.criterion.key == key:
            for file in entry.files:
                if file.id == evidence_id and file.state == "clean":
                    return file
    raise Refusal(Code.NOT_FOUND)


async def send_back(
    session: Session, actor: Actor, assessment_id: int, key: str, comment: str, now: datetime
) -> None:
    """Ask for one criterion to be looked at again: the signature ends, the person is told what and why.

    No answer is altered. Refused once the dossier with it is handed in, the round closed, or it is commended.
    """
    actor.require(Permission.NOMINATE)
    told = unit_rounds.words_of(comment)
    (candidate,) = await compared(session, actor, [assessment_id], now)
    case = candidate.case
    target = await unit_rounds.target(session, case.unit_id, actor.today)
    actor.require(Permission.NOMINATE, target)
    if case.person_id == actor.person_id and case.track is not Track.COLLECTIVE:
        raise Refusal(Code.OWN_CASE)
    criterion = next((one.criterion for one in candidate.sheet.entries if one.criterion.key == key), None)
    if criterion is None:
        raise Refusal(Code.NOT_FOUND)
    if case.nomination is not None:
        await nominations.ensure_with_unit(session, case.nomination.id)
    people = await signing.send_back(session, actor, assessment_id, now)
    instead_of = actor.instead_of(Permission.NOMINATE, target)
    row = SentBack(
        assessment_id=assessment_id,
        criterion=criterion.code,
        comment=told,
        sent_by=actor.person_id or None,
        sent_for=instead_of,
        sent_at=now,
    )
    session.add(row)
    await session.flush()
    subject = f"assessment:{assessment_id}"
    facts = {"criterion": criterion.code, **eligibility.reason_facts(told), **unit_rounds.noted(instead_of)}
    await journal.note(session, actor.label, "sent_back", subject, now, **facts)
    (one,) = await _facts(session, [row])
    notice = texts.sent_back_notice(case, one)
    await outbox.notify(session, people, notice, now, once=f"sent_back:{row.id}")


async def returned(session: Session, actor: Actor, sent_back_id: int) -> SentBackFacts:
    """What was sent back, for whoever signs it."""
    row = await queries.sent_back(session, sent_back_id)
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    await sheets.reached(session, actor, row.assessment_id)
    return (await _facts(session, [row]))[0]


async def sent_back_of(session: Session, assessment_ids: Collection[int]) -> list[SentBackFacts]:
    """What was sent back of these, the oldest first."""
    return await _facts(session, await queries.sent_back_of(session, assessment_ids))


async def record_of(session: Session, dossier_id: int) -> MeetingRecord | None:
    """The meeting about a dossier as it stands, for its minutes; None until it is held."""
    return await unit_meetings.record_of(session, dossier_id)


async def open_objections(session: Session, dossier_id: int) -> list[ObjectionFacts]:
    """What was objected to nominees of a dossier and nobody has settled, for its findings."""
    found = await unit_windows.all_objections(session, dossier_id)
    return [one for one in found if not one.settled]


async def _ensure_prepares(session: Session, actor: Actor, unit_id: int) -> None:
    """Raise unless the person prepares the dossiers of that unit."""
    actor.require(Permission.PREPARE_DOSSIER, await unit_rounds.target(session, unit_id, actor.today))


async def _facts(session: Session, rows: Sequence[SentBack]) -> list[SentBackFacts]:
    people = {one for row in rows for one in (row.sent_by, row.sent_for) if one is not None}
    names = await submission_queries.names(session, sorted(people))
    found: list[SentBackFacts] = []
    for row in rows:
        working = await sheets.load(session, row.assessment_id)
        if working is None:
            continue
        criterion = working.campaign.criterion(row.criterion)
        by = in_place_of(names.get(row.sent_by or 0, ""), names.get(row.sent_for or 0, ""))
        found.append(
            SentBackFacts(
                row.id or 0,
                row.assessment_id,
                row.criterion,
                criterion.key,
                criterion.label,
                row.comment,
                by,
                row.sent_at,
            )
        )
    return found

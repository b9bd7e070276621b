"""A unit hands in its dossier, takes it back, and hands it in again; every version is kept."""

import secrets
from datetime import datetime

from core.appraisal import ItemFacts
from core.assessment import EvidenceFacts
from core.deadlines import Obligation, late_at
from core.dossier_findings import errors
from core.dossier_papers import DossierContent
from core.dossier_submission import Then, VersionFacts, canonical, digest_of, then
from core.dossiers import DossierAct, DossierFacts, DossierState
from core.errands import ErrandKind
from core.refusals import Code, Refusal
from core.roles import Permission, Target
from core.texts.deputies import in_place_of
from db.models import DossierSubmission
from db.queries import appraisal as appraisal_queries
from db.queries import dossiers as queries
from db.queries import people as people_queries
from db.queries import submissions as submission_queries
from db.transaction import Session
from services import (
    dossier_doctor,
    dossier_editing,
    dossier_occasions,
    dossier_papers,
    dossiers,
    errands,
    evidence,
    reminders,
    submissions,
)
from services.actor import Actor, local

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


async def submit(
    session: Session, actor: Actor, dossier_id: int, seen: int, reason: str, now: datetime
) -> DossierFacts:
    """Hand in the version on the screen (`seen`); late is marked and never refused.

    Refused while the doctor finds an error, unless a `reason` is given, which goes with it to whoever
    appraises.
    """
    actor.require(Permission.SUBMIT_DOSSIER)
    before = await own(session, actor, dossier_id, now)
    if before.version != seen or before.state is not DossierState.DRAFTING:
        raise Refusal(Code.DOSSIER_MOVED_ON)
    content = await dossier_papers.content(session, dossier_id, now)
    if not content.nominees:
        raise Refusal(Code.DOSSIER_NOBODY)
    return await _keep(session, actor, content, await _overriding(session, content, reason, now), now)


async def hand_back(
    session: Session, actor: Actor, dossier_id: int, now: datetime, reason: str = ""
) -> DossierFacts:
    """Hand in what was sent back for a supplement: a version of its own, at the time it first came.

    The doctor is asked as the first time: something may have gone wrong since.
    """
    actor.require(Permission.SUBMIT_DOSSIER)
    before = await own(session, actor, dossier_id, now)
    if before.state is not DossierState.SUPPLEMENT:
        raise Refusal(Code.DOSSIER_MOVED_ON)
    content = await dossier_papers.content(session, dossier_id, now)
    return await _keep(session, actor, content, await _overriding(session, content, reason, now), now)


async def _overriding(session: Session, content: DossierContent, reason: str, now: datetime) -> str:
    """Why it is handed in with errors; empty where there are none. Raises `Refusal` for errors without."""
    wrong = errors(await dossier_doctor.of_content(session, content, now))
    why = dossier_editing.checked_reason(reason) if wrong and reason else ""
    if wrong and not why:
        raise Refusal(Code.DOSSIER_HAS_ERRORS, errors=len(wrong))
    return why


async def _keep(
    session: Session, actor: Actor, content: DossierContent, why: str, now: datetime
) -> DossierFacts:
    """Take the step and keep the version as it is, whole."""
    before = content.facts
    papers = await dossier_papers.of(session, before.id, before.version)
    files = await queries.papers(session, before.id, before.version)
    originals = {row.id or 0: file.sha256 for row, file in files if file is not None}
    receipt = "HS-" + "".join(secrets.choice(_LETTERS) for _ in range(6))
    text = canonical(content, papers, originals, receipt, await _added(session, before.id))
    due = await dossier_occasions.due_of(session, before, now)
    at, late = before.submitted_at, before.late
    if before.state is DossierState.DRAFTING or at is None:
        at, late = now, due is not None and late_at(due, local(session, now))
    above = await people_queries.units_above(session, before.unit_id, actor.today)
    instead_of = actor.instead_of(Permission.SUBMIT_DOSSIER, Target(units=above))
    row = DossierSubmission(
        dossier_id=before.id,
        version=before.version,
        receipt=receipt,
        content=text,
        digest=digest_of(text),
        late=late,
        overridden_for=why,
        made_by=actor.person_id or None,
        made_for=instead_of,
        made_at=now,
    )
    session.add(row)
    await session.flush()
    submission_id = row.id or 0
    facts = await dossiers.move(
        session,
        actor,
        before.id,
        DossierAct.SUBMIT,
        now,
        why,
        receipt=receipt,
        late=late,
        supplement_due=None,
        submitted_at=at,
    )
    await errands.add(session, ErrandKind.DOSSIER_ARCHIVE, submission_id, now)
    await _settled(session, actor, due, now)
    return facts


async def withdraw(
    session: Session, actor: Actor, dossier_id: int, seen: int, reason: str, now: datetime
) -> DossierFacts:
    """Take the version on the screen back, with the reason; it stays on record, the unit owes one again."""
    actor.require(Permission.SUBMIT_DOSSIER)
    before = await own(session, actor, dossier_id, now)
    if before.version != seen:
        raise Refusal(Code.DOSSIER_MOVED_ON)
    why = dossier_editing.checked_reason(reason)
    return await dossiers.move(
        session, actor, dossier_id, DossierAct.WITHDRAW, now, why, appraiser_id=None, supplement_due=None
    )


async def own(session: Session, actor: Actor, dossier_id: int, now: datetime) -> DossierFacts:
    """A dossier that the person may hand in; any other is not found."""
    facts = await dossiers.one(session, actor, dossier_id, now)
    above = await people_queries.units_above(session, facts.unit_id, actor.today)
    actor.require(Permission.SUBMIT_DOSSIER, Target(units=above))
    return facts


async def may_submit(session: Session, actor: Actor, facts: DossierFacts) -> bool:
    """Whether the person hands in for that unit."""
    above = await people_queries.units_above(session, facts.unit_id, actor.today)
    return actor.may(Permission.SUBMIT_DOSSIER, Target(units=above))


async def versions(session: Session, actor: Actor, dossier_id: int, now: datetime) -> list[VersionFacts]:
    """Everything that was handed in, the newest first."""
    await dossiers.one(session, actor, dossier_id, now)
    rows = await queries.submissions(session, dossier_id)
    people = {person for row in rows for person in (row.made_by, row.made_for) if person is not None}
    names = await submission_queries.names(session, sorted(people))
    return [
        VersionFacts(
            id=row.id or 0,
            version=row.version,
            receipt=row.receipt,
            digest=row.digest,
            by=in_place_of(names.get(row.made_by or 0, ""), names.get(row.made_for or 0, "")),
            at=row.made_at,
            late=row.late,
            overridden_for=row.overridden_for,
            parts=tuple((one.sha256, one.size) for one in await queries.archive(session, row.id or 0)),
        )
        for row in rows
    ]


async def version(
    session: Session, actor: Actor, dossier_id: int, number: int, now: datetime
) -> tuple[VersionFacts, Then]:
    """One of them with what stood in it."""
    for found in await versions(session, actor, dossier_id, now):
        if found.version == number:
            row = await queries.submission(session, found.id)
            assert row is not None
            return found, then(row.content)
    raise Refusal(Code.NOT_FOUND)


async def _added(session: Session, dossier_id: int) -> list[tuple[ItemFacts, list[EvidenceFacts]]]:
    """What the unit was asked for so far and answered, with its files."""
    return [
        (
            appraisal_queries.facts_of(row, files),
            [evidence.facts_of(file) for file in await appraisal_queries.files(session, row.id or 0)],
        )
        for row, files in await appraisal_queries.items(session, dossier_id)
        if row.asked_at is not None and row.answered_at is not None
    ]


async def _settled(session: Session, actor: Actor, due: Obligation | None, now: datetime) -> None:
    if due is None:
        return
    await reminders.withdraw(session, due.id, now)
    if actor.may(Permission.HAND_IN):
        await submissions.end_request(session, actor, due, now)

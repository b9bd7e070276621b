"""The report of an appraisal as a paper: asked for, made outside any transaction, handed to who asked."""

from datetime import datetime

from core.appraisal import Mark, MarkFacts, is_marked
from core.appraisal_report import Finding, ReportContent
from core.dossiers import DossierState
from core.errands import ErrandKind
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import appraisal_report as texts
from core.texts.papers import plan_named
from db.models import AppraisalReport
from db.queries import appraisal as queries
from db.queries import people as people_queries
from db.transaction import Session
from services import (
    appraisal,
    appraisal_likeness,
    appraisal_supplement,
    appraisal_verdicts,
    dossiers,
    eligibility,
    errands,
    journal,
    outbox,
    people,
    sheets,
)
from services.actor import Actor, today

_TOO_EARLY = frozenset({DossierState.DRAFTING, DossierState.SUBMITTED})


async def ask(session: Session, actor: Actor, dossier_id: int, now: datetime) -> int:
    """Have the report made, as the marks stand when it is made; it comes by a message of its own."""
    actor.require(Permission.APPRAISE)
    facts = await appraisal.ensure_free_of(session, actor, dossier_id, now)
    if facts.state in _TOO_EARLY:
        raise Refusal(Code.DOSSIER_MOVED_ON)
    row = AppraisalReport(dossier_id=dossier_id, asked_by=actor.person_id, asked_at=now)
    session.add(row)
    await session.flush()
    await errands.add(session, ErrandKind.APPRAISAL_REPORT, row.id or 0, now)
    await journal.note(session, actor.label, "asked_appraisal_report", f"dossier:{dossier_id}", now)
    return row.id or 0


async def made_last(session: Session, actor: Actor, dossier_id: int, now: datetime) -> str:
    """The newest report of a dossier that is made; empty where there is none."""
    actor.require(Permission.APPRAISE)
    await appraisal.ensure_free_of(session, actor, dossier_id, now)
    row = await queries.last_report(session, dossier_id)
    return row.sha256 if row is not None else ""


async def content(session: Session, report_id: int, now: datetime) -> ReportContent | None:
    """What a report is made from; nothing where it is made or nobody may have it any more."""
    row = await queries.report(session, report_id)
    if row is None or row.sha256:
        return None
    asker = await people_queries.person(session, row.asked_by)
    facts = await dossiers.facts_of(session, row.dossier_id, now)
    nominees = await dossiers.nominees(session, row.dossier_id, now)
    verdicts = await appraisal_verdicts.verdicts_of(session, nominees)
    marks: dict[int, dict[str, MarkFacts]] = {}
    for mark, by in await queries.marks(session, [one.nomination_id for one in nominees]):
        told = MarkFacts(mark.criterion, Mark(mark.mark), mark.reason, by, mark.marked_at)
        marks.setdefault(mark.nomination_id, {})[mark.criterion] = told
    findings: list[Finding] = []
    plan = issuer = ""
    for one in nominees:
        sheet = await sheets.load(session, one.assessment_id)
        if sheet is None:
            continue
        plan, issuer = plan_named(sheet.campaign), sheet.campaign.issuer
        own = marks.get(one.nomination_id, {})
        findings.append(
            Finding(
                one,
                verdicts[one.nomination_id],
                await eligibility.case_of(session, one.assessment_id, now),
                tuple(
                    (entry, own.get(entry.criterion.code))
                    for entry in sheet.facts().entries
                    if is_marked(entry)
                ),
                tuple(await appraisal_likeness.found_of(session, one.nomination_id, today(session, now))),
            )
        )
    return ReportContent(
        facts,
        issuer,
        plan,
        asker.name if asker else "",
        await people.unit_name(session, asker.unit_id, today(session, now)) if asker else "",
        await appraisal.clock_of(session, facts, now),
        tuple(findings),
        tuple(await appraisal_supplement.asked_again(session, row.dossier_id)),
        row.asked_at,
    )


async def made(session: Session, report_id: int, sha256: str, now: datetime) -> None:
    """The report is made: it goes to who asked for it."""
    row = await queries.report(session, report_id)
    if row is None or row.sha256 or not sha256:
        return
    await queries.keep_report(session, report_id, sha256)
    facts = await dossiers.facts_of(session, row.dossier_id, now)
    message = texts.ready(facts, sha256)
    await outbox.notify(session, [row.asked_by], message, now, once=f"appraisal_report:{report_id}")


async def lost(session: Session, report_id: int, now: datetime) -> None:
    """It could not be made; who asked is told."""
    row = await queries.report(session, report_id)
    if row is not None:
        facts = await dossiers.facts_of(session, row.dossier_id, now)
        once = f"appraisal_report:{report_id}:lost"
        await outbox.notify(session, [row.asked_by], texts.lost(facts), now, once=once)

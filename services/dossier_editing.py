"""What a unit changes in its dossier while it is open to it: who is in it, in which order, its own papers."""

from collections.abc import Sequence
from datetime import date, datetime

from core.assessment import EvidenceFacts
from core.dossiers import NomineeFacts, PaperKind
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import dossiers as texts
from core.vietnamese import clean_paragraphs, words_only
from db.models import DossierPaper
from db.queries import dossiers as queries
from db.queries import eligibility as eligibility_queries
from db.queries import people as people_queries
from db.queries.dossiers import Proposed
from db.transaction import Session
from services import dossiers, eligibility, evidence, journal, outbox, stood_in
from services.actor import Actor

REASON_LIMIT = 500
SHORTEST_REASON = 10
#: Photos of one paper come one by one.
PAPERS_OF_A_KIND = 20


async def shift(
    session: Session, actor: Actor, dossier_id: int, nomination_id: int, by: int, now: datetime
) -> None:
    """Move a nominee up (-1) or down (1) in the list; at either end nothing changes."""
    actor.require(Permission.PREPARE_DOSSIER)
    await dossiers.ensure_open(session, actor, dossier_id)
    rows = await queries.nominees(session, dossier_id)
    at = _place(rows, nomination_id)
    to = at + by
    if not 0 <= to < len(rows):
        return
    rows[at], rows[to] = rows[to], rows[at]
    for place, one in enumerate(rows, 1):
        one.row.place = place
    await _changed(session, actor, dossier_id, "moved_nominee", nomination_id, now)


async def take_out(
    session: Session, actor: Actor, dossier_id: int, nomination_id: int, reason: str, now: datetime
) -> None:
    """Take a nominee out, with the reason; the proposal itself stays, and whoever made it is told."""
    actor.require(Permission.PREPARE_DOSSIER)
    await dossiers.ensure_open(session, actor, dossier_id)
    why = checked_reason(reason)
    rows = await queries.nominees(session, dossier_id)
    found = rows[_place(rows, nomination_id)]
    found.row.removed_at, found.row.removed_for = now, why
    told = eligibility.reason_facts(why)
    await _changed(session, actor, dossier_id, "took_out_nominee", nomination_id, now, **told)
    by = found.nomination.nominated_by
    if by is not None and by != actor.person_id:
        facts = await dossiers.facts_of(session, dossier_id, now)
        (who,) = await _names(session, [found], actor.today)
        notice = texts.taken_out_notice(facts, who, actor.name, why)
        await outbox.notify(session, [by], notice, now, once=f"taken_out:{found.row.id}")


async def put_back(
    session: Session, actor: Actor, dossier_id: int, nomination_id: int, now: datetime
) -> None:
    """Put somebody who was taken out at the end of the list again."""
    actor.require(Permission.PREPARE_DOSSIER)
    await dossiers.ensure_open(session, actor, dossier_id)
    rows = await queries.taken_out(session, dossier_id)
    found = rows[_place(rows, nomination_id)]
    found.row.removed_at, found.row.added_at = None, now
    found.row.place = await queries.last_place(session, dossier_id) + 1
    await _changed(session, actor, dossier_id, "put_back_nominee", nomination_id, now)


async def taken_out(
    session: Session, actor: Actor, dossier_id: int, now: datetime
) -> list[tuple[int, str, str]]:
    """Who was taken out: the nomination, the name and the reason."""
    await dossiers.one(session, actor, dossier_id, now)
    rows = await queries.taken_out(session, dossier_id)
    names = await _names(session, rows, actor.today)
    return [
        (one.nomination.id or 0, name, one.row.removed_for) for one, name in zip(rows, names, strict=True)
    ]


async def nominee(
    session: Session, actor: Actor, dossier_id: int, nomination_id: int, now: datetime
) -> NomineeFacts:
    """One nominee of a dossier that the person sees."""
    await dossiers.one(session, actor, dossier_id, now)
    for found in await dossiers.nominees(session, dossier_id, now):
        if found.nomination_id == nomination_id:
            return found
    raise Refusal(Code.NOT_FOUND)


async def tells_for(session: Session, actor: Actor, nominee: NomineeFacts) -> bool:
    """Whether the person tells the particulars of a nominee: their own, or of who has no account."""
    actor.require(Permission.PREPARE_DOSSIER)
    if nominee.person_id is None or nominee.person_id == actor.person_id:
        return True
    return not await people_queries.active_accounts(session, [nominee.person_id])


async def sent(session: Session, actor: Actor, dossier_id: int, now: datetime) -> dict[int, EvidenceFacts]:
    """The unit's own files of the current version, by the paper they are."""
    facts = await dossiers.one(session, actor, dossier_id, now)
    rows = await queries.papers(session, dossier_id, facts.version)
    return {row.id or 0: evidence.facts_of(file) for row, file in rows if file is not None}


async def attach(
    session: Session,
    actor: Actor,
    dossier_id: int,
    kind: PaperKind,
    nomination_id: int | None,
    evidence_ids: Sequence[int],
    now: datetime,
) -> None:
    """Put the unit's own files in as a paper of that kind; a report may be one nominee's."""
    actor.require(Permission.PREPARE_DOSSIER)
    await dossiers.ensure_open(session, actor, dossier_id)
    facts = await dossiers.facts_of(session, dossier_id, now)
    if nomination_id is not None:
        await nominee(session, actor, dossier_id, nomination_id, now)
    there = await queries.sent_of_kind(session, dossier_id, facts.version, kind)
    if there + len(evidence_ids) > PAPERS_OF_A_KIND:
        raise Refusal(Code.TOO_MANY_FILES, limit=PAPERS_OF_A_KIND)
    instead = await stood_in.noted(session, actor, Permission.PREPARE_DOSSIER, facts.unit_id)
    for evidence_id in evidence_ids:
        await evidence.one(session, actor, evidence_id)
        session.add(
            DossierPaper(
                dossier_id=dossier_id,
                version=facts.version,
                kind=kind.value,
                nomination_id=nomination_id,
                evidence_id=evidence_id,
                made_by=actor.person_id or None,
                made_at=now,
            )
        )
        told = {"kind": kind.value, "evidence": f"evidence:{evidence_id}", **instead}
        await journal.note(session, actor.label, "attached_paper", f"dossier:{dossier_id}", now, **told)
    await session.flush()


async def detach(session: Session, actor: Actor, dossier_id: int, paper_id: int, now: datetime) -> None:
    """Take one of the unit's own papers out; the file itself stays with whoever sent it."""
    actor.require(Permission.PREPARE_DOSSIER)
    await dossiers.ensure_open(session, actor, dossier_id)
    facts = await dossiers.facts_of(session, dossier_id, now)
    row = await queries.paper(session, dossier_id, facts.version, paper_id)
    if row is None or row.evidence_id is None:
        raise Refusal(Code.NOT_FOUND)
    row.removed_at = now
    subject = f"dossier:{dossier_id}"
    instead = await stood_in.noted(session, actor, Permission.PREPARE_DOSSIER, facts.unit_id)
    await journal.note(session, actor.label, "detached_paper", subject, now, paper=paper_id, **instead)
    await session.flush()


def checked_reason(typed: str) -> str:
    """A reason as it is kept; wherever it stands, «lý do» is said before it."""
    reason = texts.bare_reason(clean_paragraphs(typed, REASON_LIMIT + 1))
    if len(words_only(reason)) < SHORTEST_REASON:
        raise Refusal(Code.TEXT_TOO_SHORT)
    if len(reason) > REASON_LIMIT:
        raise Refusal(Code.TEXT_TOO_LONG, limit=REASON_LIMIT)
    return reason


async def _names(session: Session, rows: Sequence[Proposed], day: date) -> list[str]:
    """What these are called: a person's name, or that of the collective, which may be below the dossier's."""
    units = await eligibility_queries.unit_names(session, {one.nomination.unit_id for one in rows}, day)
    return [
        one.person.name if one.person is not None else units.get(one.nomination.unit_id, "") for one in rows
    ]


def _place(rows: Sequence[Proposed], nomination_id: int) -> int:
    for place, one in enumerate(rows):
        if one.nomination.id == nomination_id:
            return place
    raise Refusal(Code.NOT_FOUND)


async def _changed(
    session: Session,
    actor: Actor,
    dossier_id: int,
    verb: str,
    nomination_id: int,
    now: datetime,
    **told: str | int,
) -> None:
    """What the house made of the list before is of no use any more."""
    facts = await dossiers.facts_of(session, dossier_id, now)
    await queries.drop_made(session, dossier_id, facts.version, now)
    subject = f"dossier:{dossier_id}"
    told |= await stood_in.noted(session, actor, Permission.PREPARE_DOSSIER, facts.unit_id)
    await journal.note(session, actor.label, verb, subject, now, nomination=nomination_id, **told)
    await session.flush()

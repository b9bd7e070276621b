"""The papers of a dossier: everything they are made from, asked for, made by an errand, and noted."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.dossier_papers import DossierContent, NomineeContent
from core.dossiers import OPEN_TO_THE_UNIT, DossierFacts, NomineeFacts, PaperFacts, PaperKind
from core.errands import ErrandKind
from core.evidence import FileKind
from core.filenames import clean_name
from core.paper_templates import TemplateKind
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import dossier_paper_notices as texts
from db.models import DossierPaper, PaperRequest
from db.queries import assessment as assessment_queries
from db.queries import dossier_papers as queries
from db.queries import dossiers as dossier_queries
from db.transaction import Session
from services import (
    award_facts,
    campaigns,
    dossiers,
    errands,
    journal,
    outbox,
    paper_templates,
    particulars,
    sheets,
    signing,
    stood_in,
    unit_reviews,
)
from services.actor import Actor, today


@dataclass(frozen=True, slots=True)
class Order:
    """What an errand makes papers from: the facts, and the office's own templates by their digests."""

    content: DossierContent
    templates: Mapping[TemplateKind, str]


@dataclass(frozen=True, slots=True)
class Shelved:
    """A paper that was made and lies in the file store under `sha256`."""

    kind: PaperKind
    nomination_id: int | None
    sha256: str
    size: int
    template: str


async def content(session: Session, dossier_id: int, now: datetime) -> DossierContent:
    """Everything the papers, the checks and the archive of a dossier are made from, as it stands now.

    A nominee whose signature is not in force is left out: there is nothing of theirs to tell.
    """
    facts = await dossiers.facts_of(session, dossier_id, now)
    listed = await dossiers.nominees(session, dossier_id, now)
    await sheets.load_all(session, [one.assessment_id for one in listed])
    rows = await queries.particulars(session, [one.nomination_id for one in listed])
    told = {row.nomination_id: dict(json.loads(row.given)) for row in rows}
    nominees = list[NomineeContent]()
    for one in listed:
        found = await _nominee(session, one, told.get(one.nomination_id, {}), now)
        nominees += [found] if found is not None else []
        await asyncio.sleep(0)
    head = await queries.head_of(session, facts.unit_id, today(session, now))
    known = {campaign.code: campaign for _id, campaign in await campaigns.in_force(session)}
    campaign = nominees[0].copy.sheet.campaign if nominees else known.get(facts.campaign)
    if campaign is None:
        raise Refusal(Code.NOT_FOUND)
    return DossierContent(
        facts=facts,
        campaign=campaign,
        nominees=tuple(nominees),
        meeting=await unit_reviews.record_of(session, dossier_id),
        head=head.name if head is not None else "",
        head_post=head.post if head is not None else "",
    )


async def ask(session: Session, actor: Actor, dossier_id: int, now: datetime) -> None:
    """Ask for every paper of the current version to be made; whoever asked is told when they are there.

    Asked again while they are being made, they are made from what stands then. Nominees are asked for the
    particulars of their reports.
    """
    actor.require(Permission.PREPARE_DOSSIER)
    await dossiers.ensure_open(session, actor, dossier_id)
    if not await dossier_queries.nominees(session, dossier_id):
        raise Refusal(Code.DOSSIER_NOBODY)
    facts = await dossiers.facts_of(session, dossier_id, now)
    waiting = await queries.open_requests(session, dossier_id, facts.version)
    row = next((one for one in waiting if one.person_id == actor.person_id), None)
    if row is None:
        row = PaperRequest(
            dossier_id=dossier_id, version=facts.version, person_id=actor.person_id, asked_at=now
        )
        session.add(row)
        await session.flush()
    await errands.add(session, ErrandKind.DOSSIER_PAPERS, row.id or 0, now)
    await particulars.invite(session, actor, dossier_id, now)
    instead = await stood_in.noted(session, actor, Permission.PREPARE_DOSSIER, facts.unit_id)
    await journal.note(session, actor.label, "asked_for_papers", f"dossier:{dossier_id}", now, **instead)


async def asked(session: Session, request_id: int, now: datetime) -> Order | None:
    """What is to be made; nothing once it was, or where the dossier is the unit's no more."""
    row = await queries.request(session, request_id)
    if row is None or row.done_at is not None:
        return None
    if not _open(row, await dossiers.facts_of(session, row.dossier_id, now)):
        await queries.finish(session, request_id, now)
        return None
    whole = await content(session, row.dossier_id, now)
    if not whole.nominees:
        await queries.finish(session, request_id, now)
        return None
    return Order(whole, await paper_templates.in_force(session, today(session, now)))


async def made(
    session: Session, request_id: int, order: Order, papers: Sequence[Shelved], now: datetime
) -> bool:
    """Note the papers that were made and tell whoever asked; False where the facts are others by now."""
    row = await queries.request(session, request_id)
    if row is None or row.done_at is not None:
        return True
    still = await asked(session, request_id, now)
    if still is None:
        return True
    if still != order:
        return False
    before = await queries.made(session, row.dossier_id, row.version)
    known = {(one.kind, one.nomination_id, one.sha256): one.id or 0 for one in before}
    wanted = {(one.kind.value, one.nomination_id, one.sha256): one for one in papers}
    await queries.remove(session, [number for key, number in known.items() if key not in wanted], now)
    session.add_all(
        DossierPaper(
            dossier_id=row.dossier_id,
            version=row.version,
            kind=one.kind.value,
            nomination_id=one.nomination_id,
            sha256=one.sha256,
            size=one.size,
            template=one.template,
            made_by=row.person_id,
            made_at=now,
        )
        for key, one in wanted.items()
        if key not in known
    )
    await queries.finish(session, request_id, now)
    notice = texts.made(order.content.facts, len(papers))
    await outbox.notify(session, [row.person_id], notice, now, once=f"papers:{request_id}")
    return True


async def lost(session: Session, request_id: int, now: datetime) -> None:
    """They could not be made for a day."""
    row = await queries.request(session, request_id)
    if row is None or not await queries.finish(session, request_id, now):
        return
    facts = await dossiers.facts_of(session, row.dossier_id, now)
    await outbox.notify(session, [row.person_id], texts.lost(facts), now, once=f"papers:{request_id}")


async def being_made(session: Session, dossier_id: int, version: int) -> bool:
    """Whether papers of this version are on their way."""
    return bool(await queries.open_requests(session, dossier_id, version))


async def of(session: Session, dossier_id: int, version: int) -> list[PaperFacts]:
    """The papers of a version: those the house made, and those the unit sent."""
    rows = await dossier_queries.papers(session, dossier_id, version)
    named = {
        one.nomination.id: one.person.name if one.person is not None else ""
        for one in await dossier_queries.nominees(session, dossier_id)
    }
    return [
        PaperFacts(
            id=row.id or 0,
            kind=PaperKind(row.kind),
            nomination_id=row.nomination_id,
            sha256=row.sha256 if sent is None else sent.served_sha256,
            name=_name(row, named) if sent is None else sent.name,
            size=row.size if sent is None else sent.size,
            mime=FileKind.DOCX.mime if sent is None else sent.mime,
            made=sent is None,
            made_at=row.made_at,
        )
        for row, sent in rows
    ]


def _name(row: DossierPaper, named: Mapping[int | None, str]) -> str:
    return clean_name(texts.file_name(PaperKind(row.kind), named.get(row.nomination_id, "")))


def _open(row: PaperRequest, facts: DossierFacts) -> bool:
    return facts.state in OPEN_TO_THE_UNIT and facts.version == row.version


async def _nominee(
    session: Session, one: NomineeFacts, told: Mapping[str, str], now: datetime
) -> NomineeContent | None:
    live = await assessment_queries.live_signature(session, one.assessment_id)
    found = await signing.signed_copy(session, live.id or 0) if live is not None else None
    if found is None:
        return None
    known = [award for award in await award_facts.of_nominee(session, one, now) if award.counts]
    return NomineeContent(one, found[1], told, tuple(known))

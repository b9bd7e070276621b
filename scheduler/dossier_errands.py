"""Slow work for dossiers: their papers made, an office's templates tried and handed out."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from core.errands import ErrandKind
from core.paper_templates import TemplateFinding, TemplateKind
from db.transaction import Session, Transactions
from scheduler.outside import Gone, GoneError, Kept, NotYet, Outside, TurnedDown
from services import dossier_papers, errands, paper_templates
from services.actor import today
from services.dossier_papers import Shelved
from services.errands import ErrandFacts
from services.papers import dossier_documents, template_checks

_WAIT_FOR_SCANNER = timedelta(seconds=30)

#: Whom to tell where such work is given up.
LOST: Mapping[ErrandKind, Callable[[Session, int, datetime], Awaitable[None]]] = {
    ErrandKind.DOSSIER_PAPERS: dossier_papers.lost,
    ErrandKind.READ_TEMPLATE: paper_templates.lost,
}


@dataclass(frozen=True, slots=True)
class DossierErrands:
    """Does it: facts read in one transaction, bytes made and shelved outside any, noted in another."""

    transactions: Transactions
    outside: Outside
    now: Callable[[], datetime]
    zone: tzinfo

    def work(self) -> Mapping[ErrandKind, Callable[[ErrandFacts], Awaitable[None]]]:
        """What there is, by kind."""
        return {
            ErrandKind.DOSSIER_PAPERS: self._papers,
            ErrandKind.READ_TEMPLATE: self._read_template,
            ErrandKind.GIVE_TEMPLATES: self._give_templates,
        }

    async def _papers(self, errand: ErrandFacts) -> None:
        async with self.transactions() as session:
            order = await dossier_papers.asked(session, errand.subject, self.now())
        shelved: list[Shelved] = []
        if order is not None:
            own = {kind: await self.outside.read(sha256) for kind, sha256 in order.templates.items()}
            for one in await asyncio.to_thread(dossier_documents.build, order.content, own, self.zone):
                sha256 = await self.outside.shelve(one.content)
                shelved.append(Shelved(one.kind, one.nomination_id, sha256, len(one.content), one.template))
        async with self.transactions() as session:
            now = self.now()
            if order is None or await dossier_papers.made(session, errand.subject, order, shelved, now):
                await errands.done(session, errand)
            else:
                await errands.again(session, errand, now)

    async def _read_template(self, errand: ErrandFacts) -> None:
        async with self.transactions() as session:
            source = await paper_templates.source(session, errand.subject)
        if source is None:
            await self._done(errand)
            return
        kind, channel, file = source
        outcome: Kept | TurnedDown | NotYet | Gone
        try:
            outcome = await self.outside.keep(self.outside.fetch(channel, file), file.name)
        except GoneError:
            outcome = Gone()
        findings: list[TemplateFinding] = []
        preview = ""
        if isinstance(outcome, Kept):
            content = await self.outside.read(outcome.served_sha256)
            findings, paper = await asyncio.to_thread(template_checks.check, kind, content, self.zone)
            preview = await self.outside.shelve(paper) if paper else ""
        async with self.transactions() as session:
            now, subject = self.now(), errand.subject
            match outcome:
                case Kept(served_sha256=sha256):
                    await paper_templates.tried(session, subject, findings, sha256, preview, now)
                case TurnedDown(_reason, sentence):
                    await paper_templates.turned_down(session, subject, sentence, now)
                case NotYet():
                    await errands.postpone(session, errand, now + _WAIT_FOR_SCANNER, now)
                    return
                case Gone():
                    await paper_templates.lost(session, subject, now)
            await errands.done(session, errand)
        await self.outside.let_go(file)

    async def _give_templates(self, errand: ErrandFacts) -> None:
        async with self.transactions() as session:
            own = await paper_templates.in_force(session, today(session, self.now()))
        files = {
            kind: own.get(kind) or await self.outside.shelve(dossier_documents.shipped(kind))
            for kind in TemplateKind
        }
        async with self.transactions() as session:
            await paper_templates.set_made(session, errand.subject, files, errand.asked_at)
            await errands.done(session, errand)

    async def _done(self, errand: ErrandFacts) -> None:
        async with self.transactions() as session:
            await errands.done(session, errand)

"""Slow work done outside any transaction: files fetched and checked, papers made, menus set."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta, tzinfo

import structlog

from core.errands import ErrandKind
from core.evidence import FileKind
from core.messages import FileRef
from db.transaction import Session, Transactions
from scheduler import award_errands, dossier_errands
from scheduler.appraisal_errands import AppraisalErrands
from scheduler.award_errands import AwardErrands
from scheduler.council import CouncilErrands
from scheduler.dossier_archives import ArchiveErrand
from scheduler.dossier_errands import DossierErrands
from scheduler.outside import Gone, GoneError, Kept, NotYet, Outside, TurnedDown
from scheduler.round_archives import RoundArchiveErrand
from services import (
    announcement_delivery,
    announcement_departure,
    announcement_files,
    announcement_results,
    announcement_sheets,
    appraisal_report,
    campaign_papers,
    code_sheets,
    dossier_archives,
    errands,
    evidence_checks,
    people,
    round_archives,
    signing,
)
from services.announcement_departure import Departure
from services.errands import ErrandFacts
from services.papers import (
    announcement_sheet,
    campaign_workbook,
    campaign_workbook_read,
    code_sheet,
    signed_copy,
)

_log = structlog.get_logger()
_AT_ONCE = 3
_LOOK_EVERY = 5.0
_LAST_MOMENT = 5.0
_WAIT_FOR_SCANNER = timedelta(seconds=30)


_LOST: Mapping[ErrandKind, Callable[[Session, int, datetime], Awaitable[None]]] = {
    ErrandKind.FETCH_EVIDENCE: evidence_checks.lost,
    ErrandKind.FETCH_ANNOUNCEMENT_FILE: announcement_files.lost,
    ErrandKind.ANNOUNCE: announcement_departure.gave_up,
    ErrandKind.ANNOUNCEMENT_SHEET: announcement_sheets.lost,
    ErrandKind.APPRAISAL_REPORT: appraisal_report.lost,
    ErrandKind.CODE_SHEET: code_sheets.lost,
    ErrandKind.DOSSIER_ARCHIVE: dossier_archives.lost,
    ErrandKind.ROUND_ARCHIVE: round_archives.lost,
    **dict.fromkeys((ErrandKind.READ_PLAN, ErrandKind.WRITE_PLAN), campaign_papers.lost),
    **dossier_errands.LOST,
    **award_errands.LOST,
}


class ErrandRunner:
    """Runs what is due, a few at once; woken after each commit that may have asked for something."""

    def __init__(
        self,
        transactions: Transactions,
        outside: Outside,
        now: Callable[[], datetime],
        zone: tzinfo,
        posted: Callable[[], None],
    ) -> None:
        self._transactions = transactions
        self._outside = outside
        self._now = now
        self._zone = zone
        self._posted = posted
        self._busy: set[int] = set()
        self._next_due: datetime | None = None
        self._running: set[asyncio.Task[None]] = set()
        self._wake = asyncio.Event()
        appraisal = AppraisalErrands(transactions, outside, now, zone)
        self._work: Mapping[ErrandKind, Callable[[ErrandFacts], Awaitable[None]]] = {
            ErrandKind.FETCH_EVIDENCE: self._fetch_evidence,
            ErrandKind.SIGNED_COPY: self._signed_copy,
            ErrandKind.READ_PLAN: self._read_plan,
            ErrandKind.WRITE_PLAN: self._write_plan,
            ErrandKind.COMMANDS: self._commands,
            ErrandKind.ANNOUNCE: self._announce,
            ErrandKind.FETCH_ANNOUNCEMENT_FILE: self._fetch_announcement_file,
            ErrandKind.ANNOUNCEMENT_PROGRESS: self._count_announcement,
            ErrandKind.ANNOUNCEMENT_SHEET: self._announcement_sheet,
            ErrandKind.CODE_SHEET: self._code_sheet,
            ErrandKind.FORGET_CODE_SHEET: self._forget_code_sheet,
            ErrandKind.DOSSIER_ARCHIVE: ArchiveErrand(transactions, outside, now),
            ErrandKind.ROUND_ARCHIVE: RoundArchiveErrand(transactions, outside, now, zone),
            **DossierErrands(transactions, outside, now, zone).work(),
            ErrandKind.APPRAISAL_LIKENESS: appraisal.likeness,
            ErrandKind.APPRAISAL_REPORT: appraisal.report,
            **AwardErrands(transactions, outside, now).work(),
            **CouncilErrands(transactions, outside, now, zone).work(),
        }

    def nudge(self) -> None:
        """There may be an errand."""
        self._wake.set()

    async def run(self, stopping: asyncio.Event) -> None:
        """Run errands until told to stop; those begun get a moment to finish, or begin again next time."""
        async with asyncio.TaskGroup() as tasks:
            while not stopping.is_set():
                for errand in await self._due_if_told():
                    self._busy.add(errand.id)
                    running = tasks.create_task(self._one(errand))
                    self._running.add(running)
                    running.add_done_callback(self._running.discard)
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._pause()):
                        await self._wake.wait()
                self._wake.clear()
            if self._running:
                _done, late = await asyncio.wait(self._running, timeout=_LAST_MOMENT)
                for running in late:
                    running.cancel()

    async def _due_if_told(self) -> list[ErrandFacts]:
        try:
            return await self._due()
        except Exception:  # noqa: BLE001 - the database refuses for now
            _log.exception("errands_unknown")
            return []

    def _pause(self) -> float:
        """Seconds until the time of the next errand, or until it is worth a look by itself."""
        if self._next_due is None:
            return _LOOK_EVERY
        return min(_LOOK_EVERY, max(0.001, (self._next_due - self._now()).total_seconds()))

    async def run_due(self) -> int:
        """Run everything that is due now, one after the other; returns how many there were."""
        count = 0
        while due := await self._due():
            for errand in due:
                await self._one(errand)
                count += 1
        return count

    async def _due(self) -> list[ErrandFacts]:
        free = _AT_ONCE - len(self._busy)
        self._next_due = None
        if free <= 0:
            return []
        async with self._transactions() as session:
            found = await errands.due(session, self._now(), free, self._busy)
            if len(found) < free:
                self._next_due = await errands.next_due(session, [*self._busy, *(one.id for one in found)])
        return found

    async def _one(self, errand: ErrandFacts) -> None:
        try:
            await self._try(errand)
        except Exception:  # noqa: BLE001 - the database refuses for now
            _log.exception("errand_unrecorded", errand=errand.id)
            await asyncio.sleep(_LOOK_EVERY)
        finally:
            self._busy.discard(errand.id)
            self._wake.set()
            self._posted()

    async def _try(self, errand: ErrandFacts) -> None:
        try:
            await self._work[errand.kind](errand)
        except Exception as error:  # noqa: BLE001 - an errand that fails is tried again, and never stops the others
            _log.warning(
                "errand_failed", errand=errand.id, kind=errand.kind.value, error=type(error).__name__
            )
            await self._failed(errand, type(error).__name__)

    async def _failed(self, errand: ErrandFacts, error: str) -> None:
        async with self._transactions() as session:
            last = await errands.failed(session, errand, self._now(), error)
            if last and (told := _LOST.get(errand.kind)) is not None:
                await told(session, errand.subject, self._now())

    async def _fetch_evidence(self, errand: ErrandFacts) -> None:
        async with self._transactions() as session:
            source = await evidence_checks.source(session, errand.subject)
        outcome = await self._kept(*source) if source is not None else None
        async with self._transactions() as session:
            now = self._now()
            match outcome:
                case Kept():
                    await evidence_checks.stored(
                        session,
                        errand.subject,
                        sha256=outcome.sha256,
                        served_sha256=outcome.served_sha256,
                        size=outcome.size,
                        mime=outcome.mime,
                        facts=outcome.facts,
                        now=now,
                    )
                case TurnedDown(reason, sentence):
                    await evidence_checks.refused(session, errand.subject, reason, sentence, now)
                case NotYet():
                    await errands.postpone(session, errand, now + _WAIT_FOR_SCANNER, now)
                    return
                case Gone():
                    await evidence_checks.lost(session, errand.subject, now)
                case None:
                    pass
            await errands.done(session, errand)
        await self._let_go(source)

    async def _fetch_announcement_file(self, errand: ErrandFacts) -> None:
        async with self._transactions() as session:
            source = await announcement_files.source(session, errand.subject)
            plan = await announcement_files.plan(session, errand.subject)
        outcome = await self._kept(*source) if source is not None else None
        if plan:
            paper = await asyncio.to_thread(campaign_workbook.to_workbook, plan)
            shelved = await self._outside.shelve(paper)
            outcome = Kept(shelved, shelved, len(paper), FileKind.XLSX.mime, {})
        async with self._transactions() as session:
            now, subject = self._now(), errand.subject
            match outcome:
                case Kept():
                    served, mime = outcome.served_sha256, outcome.mime
                    await announcement_files.stored(session, subject, served, mime, now)
                case TurnedDown(reason, sentence):
                    await announcement_files.refused(session, subject, reason, sentence, now)
                case NotYet():
                    await errands.postpone(session, errand, now + _WAIT_FOR_SCANNER, now)
                    return
                case Gone():
                    await announcement_files.lost(session, subject, now)
                case None:
                    pass
            await errands.done(session, errand)
        await self._let_go(source)

    async def _let_go(self, source: tuple[str, FileRef] | None) -> None:
        if source is not None:
            await self._outside.let_go(source[1])

    async def _kept(self, channel: str, file: FileRef) -> Kept | TurnedDown | NotYet | Gone:
        try:
            return await self._outside.keep(self._outside.fetch(channel, file), file.name)
        except GoneError:
            return Gone()

    async def _read_plan(self, errand: ErrandFacts) -> None:
        """A workbook is checked as any file is, then read as a plan; a draft comes of it, or its faults."""
        async with self._transactions() as session:
            source = await campaign_papers.source(session, errand.subject)
        outcome = await self._kept(*source) if source is not None else None
        reading, pointed_out = None, ""
        if isinstance(outcome, Kept) and source is not None:
            content = await self._outside.read(outcome.served_sha256)
            reading = await asyncio.to_thread(campaign_workbook_read.read, content, source[1].name)
            if reading.findings:
                annotated = await asyncio.to_thread(
                    campaign_workbook_read.annotate, content, reading.findings
                )
                pointed_out = await self._outside.shelve(annotated) if annotated is not None else ""
        async with self._transactions() as session:
            now, subject = self._now(), errand.subject
            match outcome:
                case Kept(sha256) if reading is not None and reading.plan is not None:
                    await campaign_papers.read(session, subject, reading.plan, sha256, now)
                case Kept() if reading is not None:
                    await campaign_papers.faulty(session, subject, reading.findings, pointed_out, now)
                case TurnedDown(_reason, sentence):
                    await campaign_papers.turned_down(session, subject, sentence, now)
                case NotYet():
                    await errands.postpone(session, errand, now + _WAIT_FOR_SCANNER, now)
                    return
                case Gone():
                    await campaign_papers.lost(session, subject, now)
            await errands.done(session, errand)
        await self._let_go(source)

    async def _write_plan(self, errand: ErrandFacts) -> None:
        async with self._transactions() as session:
            asked = await campaign_papers.asked(session, errand.subject, self._now())
        sha256 = ""
        if asked is not None:
            source = asked.source
            paper = await asyncio.to_thread(
                lambda: campaign_workbook.to_workbook(source) if source else campaign_workbook.template()
            )
            sha256 = await self._outside.shelve(paper)
        async with self._transactions() as session:
            if asked is not None:
                await campaign_papers.made(session, errand.subject, asked.name, sha256, self._now())
            await errands.done(session, errand)

    async def _signed_copy(self, errand: ErrandFacts) -> None:
        async with self._transactions() as session:
            found = await signing.signed_copy(session, errand.subject)
        sha256 = ""
        if found is not None:
            paper = await asyncio.to_thread(signed_copy.build, found[1], self._zone)
            sha256 = await self._outside.shelve(paper)
        async with self._transactions() as session:
            if found is not None:
                await signing.copy_made(session, errand.subject, found[0], sha256, self._now())
            await errands.done(session, errand)

    async def _announce(self, errand: ErrandFacts) -> None:
        departure, more = Departure(errand.subject), True
        while more:
            async with self._transactions() as session:
                more = await announcement_departure.go_on(session, departure, self._now())
                if not more:
                    await errands.done(session, errand)

    async def _count_announcement(self, errand: ErrandFacts) -> None:
        async with self._transactions() as session:
            now = self._now()
            if await announcement_delivery.settle(session, errand.subject, now):
                await errands.again(session, errand, now + announcement_delivery.RENEWED_EVERY)
            else:
                await errands.done(session, errand)

    async def _announcement_sheet(self, errand: ErrandFacts) -> None:
        async with self._transactions() as session:
            found = await announcement_sheets.results(session, errand.subject, self._now())
        sha256 = ""
        if found is not None:
            units = announcement_results.unit_tallies(found.rows)
            paper = await asyncio.to_thread(announcement_sheet.build, found.content, found.rows, units)
            sha256 = await self._outside.shelve(paper)
        async with self._transactions() as session:
            await announcement_sheets.made(session, errand.subject, sha256, self._now())
            await errands.done(session, errand)

    async def _code_sheet(self, errand: ErrandFacts) -> None:
        async with self._transactions() as session:
            slips = await code_sheets.write(session, errand.subject, self._now())
        sha256 = await self._outside.shelve(await asyncio.to_thread(code_sheet.build, slips)) if slips else ""
        async with self._transactions() as session:
            await code_sheets.made(session, errand.subject, sha256, len(slips), self._now())
            await errands.done(session, errand)

    async def _forget_code_sheet(self, errand: ErrandFacts) -> None:
        async with self._transactions() as session:
            sha256 = await code_sheets.file_of(session, errand.subject)
        if sha256:
            await self._outside.forget(sha256)
        async with self._transactions() as session:
            await code_sheets.forgotten(session, errand.subject)
            await errands.done(session, errand)

    async def _commands(self, errand: ErrandFacts) -> None:
        async with self._transactions() as session:
            found = await people.commands_of(session, errand.subject, self._now())
        if found is not None:
            await self._outside.set_commands(*found)
        async with self._transactions() as session:
            await errands.done(session, errand)

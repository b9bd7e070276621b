"""Slow work of an appraisal: what nominees have in common with others, and its report as a paper."""

import asyncio
from collections.abc import Callable
from datetime import datetime, tzinfo

from db.transaction import Transactions
from scheduler.outside import Outside
from services import appraisal_likeness, appraisal_report, errands
from services.errands import ErrandFacts
from services.papers import appraisal_report as paper


class AppraisalErrands:
    """Does both, reading in small portions so that nobody waits for it."""

    def __init__(
        self, transactions: Transactions, outside: Outside, now: Callable[[], datetime], zone: tzinfo
    ) -> None:
        self._transactions = transactions
        self._outside = outside
        self._now = now
        self._zone = zone

    async def likeness(self, errand: ErrandFacts) -> None:
        """Compare everybody in a dossier with everybody else there is."""
        async with self._transactions() as session:
            subjects = await appraisal_likeness.subjects(session, errand.subject, self._now())
        for subject in subjects:
            async with self._transactions() as session:
                found = await appraisal_likeness.files_alike(session, subject)
            for criterion, mine in subject.words.items():
                found |= await self._words_alike(criterion, mine, subject.assessment_id)
            async with self._transactions() as session:
                await appraisal_likeness.keep(session, subject.nomination_id, found)
        async with self._transactions() as session:
            await errands.done(session, errand)

    async def _words_alike(
        self, criterion: str, mine: frozenset[str], assessment_id: int
    ) -> appraisal_likeness.Found:
        found: appraisal_likeness.Found = {}
        last = 0
        while True:
            async with self._transactions() as session:
                those = await appraisal_likeness.others(session, criterion, assessment_id, last)
            found |= await asyncio.to_thread(appraisal_likeness.words_alike, criterion, mine, those)
            if len(those) < appraisal_likeness.AT_ONCE:
                return found
            last = those[-1].id

    async def report(self, errand: ErrandFacts) -> None:
        """Make the report."""
        async with self._transactions() as session:
            content = await appraisal_report.content(session, errand.subject, self._now())
        sha256 = ""
        if content is not None:
            made = await asyncio.to_thread(paper.build, content, self._zone)
            sha256 = await self._outside.shelve(made)
        async with self._transactions() as session:
            await appraisal_report.made(session, errand.subject, sha256, self._now())
            await errands.done(session, errand)

"""Slow work for rounds that are over: their archives, drawn and packed outside any transaction."""

import asyncio
from collections.abc import Callable
from datetime import datetime, tzinfo

from db.transaction import Transactions
from scheduler.outside import Outside
from services import errands, round_archives
from services.errands import ErrandFacts
from services.papers import round_archive
from services.round_archive_facts import Gathering
from services.round_archives import Wanted


class RoundArchiveErrand:
    """Packs part after part; what was not noted when the process died is packed again, to the same bytes."""

    def __init__(
        self, transactions: Transactions, outside: Outside, now: Callable[[], datetime], zone: tzinfo
    ) -> None:
        self._transactions = transactions
        self._outside = outside
        self._now = now
        self._zone = zone

    async def __call__(self, errand: ErrandFacts) -> None:
        async with self._transactions() as session:
            found = await round_archives.begun(session, errand.subject)
        parts: list[tuple[str, int]] = []
        if found is not None:
            wanted = await self._gathered(found)
            pieces = await asyncio.to_thread(round_archive.pieces, wanted.held, wanted.texts, self._zone)
            packing = round_archive.packing(wanted.held, pieces, self._outside.read)
            while not packing.done:
                parts.append(await self._outside.archive(packing.part(len(parts) + 1), wanted.at))
        async with self._transactions() as session:
            if found is not None:
                await round_archives.made(session, errand.subject, parts, self._now())
            await errands.done(session, errand)

    async def _gathered(self, found: Gathering) -> Wanted:
        while not found.whole:
            async with self._transactions() as session:
                await round_archives.gather(session, found)
        async with self._transactions() as session:
            return await round_archives.gathered(session, found)

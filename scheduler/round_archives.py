"""Slow work for rounds that are over: their archives, drawn and packed outside any transaction."""

import asyncio
from collections.abc import Callable
from datetime import datetime, tzinfo

from db.transaction import Transactions
from scheduler.outside import Outside
from services import errands, round_archives
from services.errands import ErrandFacts
from services.papers import round_archive


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
            wanted = await round_archives.wanted(session, errand.subject)
        parts: list[tuple[str, int]] = []
        if wanted is not None:
            pieces = await asyncio.to_thread(round_archive.pieces, wanted.held, wanted.texts, self._zone)
            packing = round_archive.packing(wanted.held, pieces, self._outside.read)
            while not packing.done:
                parts.append(await self._outside.archive(packing.part(len(parts) + 1), wanted.at))
        async with self._transactions() as session:
            if wanted is not None:
                await round_archives.made(session, errand.subject, parts, self._now())
            await errands.done(session, errand)

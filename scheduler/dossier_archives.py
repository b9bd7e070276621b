"""Slow work for dossiers: the archive of a submission, packed outside any transaction."""

from collections.abc import Callable
from datetime import datetime

from db.transaction import Transactions
from scheduler.outside import Outside
from services import dossier_archives, errands
from services.errands import ErrandFacts
from services.papers.dossier_archive import packing


class ArchiveErrand:
    """Packs part after part; what was not noted when the process died is packed again, to the same bytes."""

    def __init__(self, transactions: Transactions, outside: Outside, now: Callable[[], datetime]) -> None:
        self._transactions = transactions
        self._outside = outside
        self._now = now

    async def __call__(self, errand: ErrandFacts) -> None:
        async with self._transactions() as session:
            wanted = await dossier_archives.wanted(session, errand.subject)
        parts: list[tuple[str, int]] = []
        if wanted is not None:
            packed = packing(wanted.held, wanted.text, wanted.at, self._outside.read, signed=wanted.signed)
            while not packed.done:
                parts.append(await self._outside.archive(packed.part(len(parts) + 1), wanted.at))
        async with self._transactions() as session:
            if wanted is not None:
                await dossier_archives.made(session, errand.subject, parts, self._now())
            await errands.done(session, errand)

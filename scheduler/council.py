"""What time and errands do for the council: its papers made, late voters reminded."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from core.errands import ErrandKind
from db.transaction import Transactions
from scheduler.outside import Outside
from services import council_papers, council_vote, errands
from services.errands import ErrandFacts
from services.papers import council_documents


@dataclass(frozen=True, slots=True)
class CouncilErrands:
    """Facts read in one transaction, papers made and shelved outside any, noted in another."""

    transactions: Transactions
    outside: Outside
    now: Callable[[], datetime]
    zone: tzinfo

    def work(self) -> Mapping[ErrandKind, Callable[[ErrandFacts], Awaitable[None]]]:
        """What there is, by kind."""
        return {ErrandKind.COUNCIL_PAPERS: self._papers}

    async def _papers(self, errand: ErrandFacts) -> None:
        async with self.transactions() as session:
            content = await council_papers.content(session, errand.subject, self.now())
        shelved = {}
        if content is not None:
            made = await asyncio.to_thread(council_documents.build, content, self.zone)
            shelved = {kind: (await self.outside.shelve(one), len(one)) for kind, one in made.items()}
        async with self.transactions() as session:
            now = self.now()
            if content is not None:
                await council_papers.shelved(session, errand.subject, shelved, now)
            await errands.done(session, errand)


async def remind(transactions: Transactions, now: datetime) -> None:
    """Remind late voters of open votes, once."""
    async with transactions() as session:
        await council_vote.remind(session, now)

"""Slow work for awards: the template of a sheet made, sheets that were sent read and given back."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.awards import SheetFault, SheetText
from core.errands import ErrandKind
from db.transaction import Session, Transactions
from scheduler.outside import Gone, GoneError, Kept, NotYet, Outside, TurnedDown
from services import award_sheets, errands
from services.errands import ErrandFacts
from services.papers import award_sheet

_WAIT_FOR_SCANNER = timedelta(seconds=30)

#: Whom to tell where such work is given up.
LOST: Mapping[ErrandKind, Callable[[Session, int, datetime], Awaitable[None]]] = {
    ErrandKind.READ_AWARDS: award_sheets.lost,
}


@dataclass(frozen=True, slots=True)
class AwardErrands:
    """Does it: bytes are fetched and read outside any transaction."""

    transactions: Transactions
    outside: Outside
    now: Callable[[], datetime]

    def work(self) -> Mapping[ErrandKind, Callable[[ErrandFacts], Awaitable[None]]]:
        """What there is, by kind."""
        return {ErrandKind.READ_AWARDS: self._read, ErrandKind.GIVE_AWARD_TEMPLATE: self._template}

    async def _read(self, errand: ErrandFacts) -> None:
        async with self.transactions() as session:
            source = await award_sheets.source(session, errand.subject)
        if source is None:
            await self._done(errand)
            return
        channel, file = source
        outcome: Kept | TurnedDown | NotYet | Gone
        try:
            outcome = await self.outside.keep(self.outside.fetch(channel, file), file.name)
        except GoneError:
            outcome = Gone()
        sheet, faults, pointed_out = SheetText(), list[SheetFault](), ""
        if isinstance(outcome, Kept):
            content = await self.outside.read(outcome.served_sha256)
            sheet = await asyncio.to_thread(award_sheet.read, content)
            async with self.transactions() as session:
                faults = await award_sheets.judge(session, errand.subject, sheet, self.now())
            if faults and sheet.lines:
                marked = await asyncio.to_thread(award_sheet.annotated, sheet, faults)
                pointed_out = await self.outside.shelve(marked)
        async with self.transactions() as session:
            now, subject = self.now(), errand.subject
            match outcome:
                case Kept() if faults:
                    await award_sheets.faulty(session, subject, faults, pointed_out, now)
                case Kept():
                    await award_sheets.read(session, subject, sheet, now)
                case TurnedDown(_reason, sentence):
                    await award_sheets.turned_down(session, subject, sentence, now)
                case NotYet():
                    await errands.postpone(session, errand, now + _WAIT_FOR_SCANNER, now)
                    return
                case Gone():
                    await award_sheets.lost(session, subject, now)
            await errands.done(session, errand)
        await self.outside.let_go(file)

    async def _template(self, errand: ErrandFacts) -> None:
        sha256 = await self.outside.shelve(await asyncio.to_thread(award_sheet.template))
        async with self.transactions() as session:
            await award_sheets.template_made(session, errand.subject, sha256, errand.asked_at)
            await errands.done(session, errand)

    async def _done(self, errand: ErrandFacts) -> None:
        async with self.transactions() as session:
            await errands.done(session, errand)

"""What is kept no longer than it must be, and what is kept safe."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from core.texts import housekeeping as texts
from db.transaction import Transactions
from services import housekeeping, outbox

#: Makes a backup; answers with what went wrong, in words, or nothing.
MakeBackup = Callable[[], Awaitable[str]]


#: Throws away files that came by a page before then and were never taken in; answers with how many.
Sweep = Callable[[datetime], int]


async def tidy(transactions: Transactions, now: datetime) -> None:
    """Forget what is kept no longer than it must be; running it twice changes nothing."""
    async with transactions() as session:
        await housekeeping.forget(session, now)


def clear_shelf(sweep: Sweep, now: datetime) -> None:
    """Throw away what came by a page and was never taken in, once nobody can be about to do so."""
    sweep(now - housekeeping.SHELVED)


async def back_up(transactions: Transactions, now: datetime, make_backup: MakeBackup) -> None:
    """Make the nightly backup; administrators are told, once a day, when it did not work."""
    trouble = await make_backup()
    if trouble:
        async with transactions() as session:
            await outbox.notify_administrators(
                session, texts.backup_failed(trouble), now, once=f"backup:{now:%Y-%m-%d}"
            )

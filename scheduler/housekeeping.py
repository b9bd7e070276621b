"""What is kept no longer than it must be, and what is kept safe."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from core.texts import housekeeping as texts
from db.transaction import Transactions
from services import inbox, outbox

#: Raw messages are personal data: kept a week for looking into faults. Their keys stay.
RAW_KEPT = timedelta(days=7)

#: Makes a backup; answers with what went wrong, in words, or nothing.
MakeBackup = Callable[[], Awaitable[str]]


async def tidy(transactions: Transactions, now: datetime) -> None:
    """Forget the raw text of messages handled long ago; running it twice changes nothing."""
    async with transactions() as session:
        await inbox.forget_bodies(session, now - RAW_KEPT)


async def back_up(transactions: Transactions, now: datetime, make_backup: MakeBackup) -> None:
    """Make the nightly backup; administrators are told, once a day, when it did not work."""
    trouble = await make_backup()
    if trouble:
        async with transactions() as session:
            await outbox.notify_administrators(
                session, texts.backup_failed(trouble), now, once=f"backup:{now:%Y-%m-%d}"
            )

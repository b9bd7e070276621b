"""What is kept no longer than it must be."""

from datetime import datetime, timedelta

from db.transaction import Transactions
from services import inbox

#: Raw messages are personal data: kept a week for looking into faults. Their keys stay.
RAW_KEPT = timedelta(days=7)


async def tidy(transactions: Transactions, now: datetime) -> None:
    """Forget the raw text of messages handled long ago; running it twice changes nothing."""
    async with transactions() as session:
        await inbox.forget_bodies(session, now - RAW_KEPT)

"""Reminders, asked for again and again through the working day: the database says what is owed."""

from datetime import datetime

from db.transaction import Transactions
from services import reminders


async def remind(transactions: Transactions, now: datetime) -> None:
    """Tell everybody what is owed now; asked twice, or late, nobody is told twice."""
    async with transactions() as session:
        await reminders.remind(session, now)

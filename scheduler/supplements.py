"""Supplements, asked for once a day: the day before they are due, and on the day."""

from datetime import datetime

from db.transaction import Transactions
from services import appraisal_supplement


async def remind(transactions: Transactions, now: datetime) -> None:
    """Tell units what is due now or tomorrow; asked twice, or late, nobody is told twice."""
    async with transactions() as session:
        await appraisal_supplement.remind(session, now)

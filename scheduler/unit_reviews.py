"""What time does to the reviews of units: windows close, votes end, and who has not voted is reminded."""

from datetime import datetime

from db.transaction import Transactions
from services import unit_votes, unit_windows


async def look_after(transactions: Transactions, now: datetime) -> None:
    """Close and end what is over; asked twice, or late, nothing is done twice."""
    async with transactions() as session:
        await unit_windows.close_past(session, now)
    async with transactions() as session:
        await unit_votes.look_after(session, now)

"""What an administrator laid over the shipped calendar."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import col, select

from db.models import CalendarDay, CalendarYear
from db.transaction import Session

_DAYS = select(CalendarDay).where(col(CalendarDay.replaced_at).is_(None)).order_by(col(CalendarDay.day))
_YEARS = select(CalendarYear.year)


async def days(session: Session) -> list[CalendarDay]:
    """Every entered day in force, in their order."""
    return list((await session.exec(_DAYS)).all())


async def day(session: Session, wanted: date) -> CalendarDay | None:
    """The entry in force for a day."""
    query = select(CalendarDay).where(col(CalendarDay.day) == wanted, col(CalendarDay.replaced_at).is_(None))
    return (await session.exec(query)).first()


async def replace(session: Session, wanted: Collection[date], now: datetime) -> None:
    """Take what was entered for these days out of force."""
    await session.exec(
        update(CalendarDay)
        .where(col(CalendarDay.day).in_(wanted), col(CalendarDay.replaced_at).is_(None))
        .values(replaced_at=now)
    )


async def years(session: Session) -> list[int]:
    """The years somebody confirmed."""
    return list((await session.exec(_YEARS)).all())

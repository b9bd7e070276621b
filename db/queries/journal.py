"""The journal: appended to, read, never changed."""

from collections.abc import AsyncIterator, Sequence

from sqlalchemy import insert, select
from sqlmodel import col

from db.models import JournalRow
from db.transaction import Session


async def head(session: Session) -> str:
    """The digest of the newest entry, empty when there is none."""
    query = select(col(JournalRow.digest)).order_by(col(JournalRow.id).desc()).limit(1)
    return (await session.exec(query)).scalar() or ""


async def append(session: Session, rows: Sequence[dict[str, object]]) -> None:
    """Add entries."""
    connection = await session.connection()
    await connection.execute(insert(JournalRow), list(rows))


async def entries(session: Session) -> AsyncIterator[JournalRow]:
    """Every entry, oldest first."""
    last = 0
    while True:
        query = select(JournalRow).where(col(JournalRow.id) > last).order_by(col(JournalRow.id)).limit(1000)
        page = (await session.exec(query)).scalars().all()
        if not page:
            return
        for row in page:
            yield row
        last = page[-1].id or 0


async def latest(session: Session, limit: int) -> list[JournalRow]:
    """The newest entries."""
    query = select(JournalRow).order_by(col(JournalRow.id).desc()).limit(limit)
    return list((await session.exec(query)).scalars())

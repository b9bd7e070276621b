"""The journal: appended to, read, never changed."""

from collections.abc import AsyncIterator

from sqlalchemy import insert, select
from sqlmodel import col

from db.models import JournalRow
from db.transaction import Session, connection_of, write_later


_HEAD = select(col(JournalRow.digest)).order_by(col(JournalRow.id).desc()).limit(1)
_APPEND = insert(JournalRow)


async def head(session: Session) -> str:
    """The digest of the newest entry, empty when there is none."""
    return (await connection_of(session).execute(_HEAD)).scalar() or ""


def append(session: Session, row: dict[str, object]) -> None:
    """Add an entry, by the end of the transaction."""
    write_later(session, _APPEND, row)


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

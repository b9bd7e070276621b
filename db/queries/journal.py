"""The journal: appended to, read, never changed."""

from collections.abc import AsyncIterator

from sqlalchemy import func, insert, select
from sqlalchemy.exc import DBAPIError
from sqlmodel import col

from db.models import JournalRow
from db.transaction import Session, connection_of, write_later

_PAGE = 1000
_HEAD = select(col(JournalRow.digest)).order_by(col(JournalRow.id).desc()).limit(1)
_APPEND = insert(JournalRow)


class UnreadableEntryError(Exception):
    """What stands under this id is no entry: it cannot even be read."""

    def __init__(self, id_: int) -> None:
        super().__init__(id_)
        self.id = id_


async def head(session: Session) -> str:
    """The digest of the newest entry, empty when there is none."""
    return (await connection_of(session).execute(_HEAD)).scalar() or ""


def append(session: Session, row: dict[str, object]) -> None:
    """Add an entry, by the end of the transaction."""
    write_later(session, _APPEND, row)


async def entries(session: Session) -> AsyncIterator[JournalRow]:
    """Every entry, oldest first, whatever its id. Raises `UnreadableEntryError`."""
    last: int | None = None
    size = _PAGE
    while True:
        try:
            page = await _page(session, last, size)
        except (DBAPIError, TypeError, ValueError):
            if size == 1:
                raise UnreadableEntryError(await _id_after(session, last)) from None
            size = 1  # Nearer, one by one: everything before it can still be judged.
            continue
        if not page:
            return
        for row in page:
            yield row
        last = page[-1].id


async def _page(session: Session, last: int | None, size: int) -> list[JournalRow]:
    query = select(JournalRow).order_by(col(JournalRow.id)).limit(size)
    if last is not None:
        query = query.where(col(JournalRow.id) > last)
    return list((await session.exec(query)).scalars())


async def _id_after(session: Session, last: int | None) -> int:
    query = select(func.min(JournalRow.id))
    if last is not None:
        query = query.where(col(JournalRow.id) > last)
    return (await connection_of(session).execute(query)).scalar() or 0


async def latest(session: Session, limit: int) -> list[JournalRow]:
    """The newest entries."""
    query = select(JournalRow).order_by(col(JournalRow.id).desc()).limit(limit)
    return list((await session.exec(query)).scalars())

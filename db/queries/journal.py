"""The journal: appended to, read, never changed."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, insert
from sqlalchemy import select as select_columns
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from db.models import JournalRow
from db.transaction import Session, connection_of, write_later

_PAGE = 1000
_LINES = select_columns(*JournalRow.metadata.tables["journal"].columns).order_by(col(JournalRow.id))
_HEAD = select_columns(col(JournalRow.digest)).order_by(col(JournalRow.id).desc()).limit(1)
_APPEND = insert(JournalRow)


class Line(NamedTuple):
    """An entry as it is verified."""

    id: int
    at: datetime
    actor: str
    verb: str
    subject: str
    facts: str
    digest: str


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


async def entries(session: Session) -> AsyncIterator[Line]:
    """Every entry, oldest first, whatever its id. Raises `UnreadableEntryError`."""
    last: int | None = None
    size = _PAGE
    while True:
        query = _LINES.limit(size) if last is None else _LINES.where(col(JournalRow.id) > last).limit(size)
        try:
            page = (await connection_of(session).execute(query)).all()
        except (DBAPIError, TypeError, ValueError):
            if size == 1:
                raise UnreadableEntryError(await _id_after(session, last)) from None
            size = 1  # Nearer, one by one: everything before it can still be judged.
            continue
        if not page:
            return
        for row in page:
            yield Line(*row)
        last = page[-1].id


async def _id_after(session: Session, last: int | None) -> int:
    query = select(func.min(JournalRow.id))
    if last is not None:
        query = query.where(col(JournalRow.id) > last)
    return (await connection_of(session).execute(query)).scalar() or 0


async def latest(session: Session, limit: int) -> list[JournalRow]:
    """The newest entries."""
    query = select(JournalRow).order_by(col(JournalRow.id).desc()).limit(limit)
    return list((await session.exec(query)).all())

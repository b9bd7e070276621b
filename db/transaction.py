"""The only begin, commit and rollback in the house."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Self

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.sql.base import Executable
from sqlmodel.ext.asyncio.session import AsyncSession

__all__ = ["Savepoint", "Session", "Transactions", "connection_of", "remember", "write_later", "write_now"]

Session = AsyncSession

_CONNECTION = "connection"
_LATER = "later"
_MEMORY = "memory"

Later = dict[Executable, list[Mapping[str, object]]]


def connection_of(session: Session) -> AsyncConnection:
    """The connection of this transaction, for statements that need no objects."""
    connection = session.info[_CONNECTION]
    assert isinstance(connection, AsyncConnection)
    return connection


def write_later(session: Session, statement: Executable, row: Mapping[str, object]) -> None:
    """Gather a row; all rows of a statement are written together before the commit, in order.

    For what nobody reads back within the transaction: several turns that share a commit then share
    these statements too.
    """
    _later(session).setdefault(statement, []).append(row)


async def write_now(session: Session) -> None:
    """Write what was gathered."""
    later = _later(session)
    while later:
        statement = next(iter(later))
        await connection_of(session).execute(statement, later.pop(statement))


def remember(session: Session) -> dict[object, object]:
    """What this transaction has read and need not read again; forgotten when a savepoint is undone."""
    memory = session.info[_MEMORY]
    assert isinstance(memory, dict)
    return memory


class Savepoint:
    """Part of a transaction that can be undone alone."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def __aenter__(self) -> Self:
        await self._flush()
        self._gathered = {statement: list(rows) for statement, rows in _later(self._session).items()}
        await connection_of(self._session).exec_driver_sql("SAVEPOINT step")
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        connection = connection_of(self._session)
        if kind is None:
            await self._flush()
            await connection.exec_driver_sql("RELEASE SAVEPOINT step")
            return
        self._session.expunge_all()
        remember(self._session).clear()
        await connection.exec_driver_sql("ROLLBACK TO SAVEPOINT step")
        await connection.exec_driver_sql("RELEASE SAVEPOINT step")
        # What was gathered before may have been written in between: then that is undone too. It is
        # written now, because what is read anew must find it.
        later = _later(self._session)
        later.clear()
        later.update(self._gathered)
        await write_now(self._session)

    async def _flush(self) -> None:
        if self._session.new or self._session.dirty or self._session.deleted:
            await self._session.flush()


@dataclass(frozen=True, slots=True)
class Transactions:
    """Hands out sessions, one writer at a time by construction.

    Leaving the block commits; an exception rolls everything back. `house` is what every
    transaction may read: values settled when the process was composed (`Session.info`).
    """

    engine: AsyncEngine
    house: dict[str, object]
    lock: asyncio.Lock

    @classmethod
    def over(cls, engine: AsyncEngine, **house: object) -> "Transactions":
        """Transactions on this engine."""
        return cls(engine, house, asyncio.Lock())

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[Session]:
        async with self.lock:
            info = {**self.house, _LATER: {}, _MEMORY: {}}
            session = AsyncSession(self.engine, expire_on_commit=False, info=info, autoflush=False)
            try:
                session.info[_CONNECTION] = await session.connection()
                yield session
                await session.flush()
                await write_now(session)
                await _commit(session)
            except BaseException:
                await session.rollback()
                raise
            finally:
                await session.close()


async def _commit(session: Session) -> None:
    """Commit to the end even when cancelled: a commit half-awaited would leave its outcome unknown."""
    committing = asyncio.ensure_future(session.commit())  # noqa: TID251 - awaited here, whatever happens
    try:
        await asyncio.shield(committing)
    except asyncio.CancelledError:
        await committing
        raise


def _later(session: Session) -> Later:
    later = session.info[_LATER]
    assert isinstance(later, dict)
    return later

"""The only begin, commit and rollback in the house."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession

__all__ = ["Savepoint", "Session", "Transactions"]

Session = AsyncSession


class Savepoint:
    """Part of a transaction that can be undone alone."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def __aenter__(self) -> "Savepoint":
        self._inner = await self._session.begin_nested()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        if kind is None:
            await self._inner.commit()
        else:
            await self._inner.rollback()
            self._session.info.pop("journal_head", None)


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
            session = AsyncSession(
                self.engine, expire_on_commit=False, info=dict(self.house), autoflush=False
            )
            try:
                yield session
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

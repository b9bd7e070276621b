"""The database engine and the two dialects' differences.

SQLite is the embedded default: WAL, `synchronous=FULL`, foreign keys, `BEGIN IMMEDIATE`, one writing
connection. PostgreSQL needs none of it.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

import aiosqlite
from sqlalchemy import Connection, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.orm import Mapped
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

Engine = AsyncEngine
P = ParamSpec("P")
R = TypeVar("R")

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "journal_size_limit=67108864",
)


class _InlineConnection(aiosqlite.Connection):
    """An aiosqlite connection that hands only what may wait for a disk to its thread.

    A statement on an embedded database takes some 20 µs, the hop to the thread and back ten times
    that, and SQLAlchemy makes three or four a statement. Closing and the commit of what changed wait
    for fsync, so they still go to the thread; half of all transactions only look.
    """

    _changes = -1

    async def _execute(self, fn: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        if not self._running or not self._connection:
            message = "Connection closed"
            raise ValueError(message)
        own = getattr(fn, "__self__", None) is self._connection
        name = getattr(fn, "__name__", "") if own else ""
        if name == "close" or (name == "commit" and self._connection.total_changes != self._changes):
            self._changes = self._connection.total_changes
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-any-return,no-untyped-call]  # untyped upstream
        result = fn(*args, **kwargs)
        if name == "rollback":
            self._changes = self._connection.total_changes
        return result


def make_engine(url: str, *, read_only: bool = False) -> AsyncEngine:
    """An engine for `url`; for SQLite a pool of one connection, since there is one writer."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_async_engine(url, pool_pre_ping=True)
    path = parsed.database or ""

    async def connect() -> aiosqlite.Connection:
        connection = _InlineConnection(
            lambda: sqlite3.connect(path, isolation_level=None, check_same_thread=False), 64
        )
        # A forgotten connection must not keep a stopping process alive.
        connection._thread.daemon = True  # noqa: SLF001 - it has no other way to say so
        return await connection

    engine = create_async_engine(url, pool_size=1, max_overflow=0, async_creator=connect)
    _prepare_sqlite(engine, read_only=read_only)
    return engine


def _prepare_sqlite(engine: AsyncEngine, *, read_only: bool) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        if read_only:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Connection) -> None:
        # Past everything that SQLAlchemy does for a statement with a result.
        cursor = connection.connection.cursor()
        cursor.execute("BEGIN" if read_only else "BEGIN IMMEDIATE")
        cursor.close()


def sqlite_file(url: str) -> Path | None:
    """The file behind a SQLite address, or `None` for another database."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return None
    return Path(parsed.database)


def upsert(dialect: str, model: type[SQLModel]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can be given `on_conflict_do_nothing` or `on_conflict_do_update`.

    Both dialects have the clause and spell it alike; SQLAlchemy keeps it in each dialect's room.
    """
    return postgresql.insert(model) if dialect == "postgresql" else sqlite.insert(model)


def key_of(column: int | None) -> Mapped[int]:
    """A primary key as a column: empty only in an object that is not stored yet, never in a row."""
    return cast("Mapped[int]", column)


def dialect_of(session: AsyncSession) -> str:
    """The name of the database's dialect."""
    return session.get_bind().dialect.name

"""Alembic on a connection of ours: one transaction around everything it does.

Imported by nothing that starts with the process, because Alembic is slow to import.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from db.engine import make_engine

HERE = Path(__file__).parent


class BrokenReferencesError(Exception):
    """A migration would have left rows pointing to nothing; it was undone."""


def upgrade(url: str, to: str) -> None:
    """See `db.schema.upgrade`."""
    migrate(url, lambda config: command.upgrade(config, to))


def downgrade(url: str, to: str) -> None:
    """See `db.schema.downgrade`."""
    migrate(url, lambda config: command.downgrade(config, to))


def migrate(url: str, work: Callable[[Config], object]) -> None:
    """Do one Alembic command on the database at `url`, in one transaction.

    SQLite changes a table by copying it, during which references dangle; they are not enforced
    meanwhile and checked as a whole before the commit.
    """
    asyncio.run(_migrate(url, work))


async def _migrate(url: str, work: Callable[[Config], object]) -> None:
    engine = make_engine(url)
    sqlite = engine.dialect.name == "sqlite"
    if sqlite:
        # Inside a transaction this pragma would do nothing.
        event.listen(engine.sync_engine, "connect", _without_foreign_keys)

    def within(connection: Connection) -> None:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(HERE))
        work(config)
        if sqlite:
            _ensure_references(connection)

    try:
        async with engine.begin() as connection:
            await connection.run_sync(within)
    finally:
        await engine.dispose()


def _without_foreign_keys(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    cursor.close()


def _ensure_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        tables = sorted({str(row[0]) for row in broken})
        raise BrokenReferencesError(f"{len(broken)} rows, in {', '.join(tables)}")

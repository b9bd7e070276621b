"""A consistent copy of a living SQLite file, and the proof that a copy is sound."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

_PATIENCE = 30.0  # seconds to wait for a writer that is committing


class DamagedError(Exception):
    """The file is not a sound database; the message is SQLite's own."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a sound database holds."""

    rows: dict[str, int]
    """Table → number of rows."""
    revision: str
    """Schema revision, empty when the schema was never made."""

    @property
    def total(self) -> int:
        """Rows of all tables."""
        return sum(self.rows.values())


def copy(source: Path, target: Path) -> None:
    """Write one moment of `source` to `target`, which must not exist, while others go on writing.

    One statement, so nothing can change in the middle; the copy needs no write-ahead log and holds
    nothing of deleted rows. Raises `DamagedError`, or `OSError` when the disk will not have it.
    """
    try:
        with _opened(source, "mode=rw") as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.OperationalError as error:
        raise OSError(str(error)) from error
    except sqlite3.DatabaseError as error:
        raise DamagedError(str(error)) from error


def examine(path: Path) -> Contents:
    """Check a file nobody writes to, page by page and key by key, or raise `DamagedError`."""
    try:
        with _opened(path, "mode=ro&immutable=1") as connection:
            _require_sound(connection)
            rows = {name: _count(connection, name) for name in _tables(connection)}
            return Contents(rows, _revision(connection) if "alembic_version" in rows else "")
    except sqlite3.Error as error:
        raise DamagedError(str(error)) from error


def reading_engine(path: Path) -> AsyncEngine:
    """An engine on a copy that nobody writes to; unlike `make_engine` it leaves no trace in the file."""
    return create_async_engine(f"sqlite+aiosqlite:///{path.absolute().as_uri()}?immutable=1&uri=true")


def glance(path: Path) -> None:
    """Check a living database faster and less strictly than `examine`, or raise `DamagedError`."""
    try:
        with _opened(path, "mode=rw") as connection:
            for (said,) in connection.execute("PRAGMA quick_check(1)"):
                if said != "ok":
                    raise DamagedError(said)
    except sqlite3.DatabaseError as error:
        raise DamagedError(str(error)) from error


def _require_sound(connection: sqlite3.Connection) -> None:
    for (said,) in connection.execute("PRAGMA integrity_check(1)"):
        if said != "ok":
            raise DamagedError(said)
    for table, *_rest in connection.execute("PRAGMA foreign_key_check"):
        message = f"foreign key in {table}"
        raise DamagedError(message)


def _tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        " AND name NOT LIKE 'sqlite#_%' ESCAPE '#' ORDER BY name"
    )
    return [str(name) for (name,) in found]


def _count(connection: sqlite3.Connection, table: str) -> int:
    quoted = table.replace('"', '""')
    (count,) = connection.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()  # noqa: S608 — quoted above
    return int(count)


def _revision(connection: sqlite3.Connection) -> str:
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(found[0]) if found else ""


@contextmanager
def _opened(path: Path, how: str) -> Iterator[sqlite3.Connection]:
    """A connection that trusts nothing in the file."""
    address = f"{path.absolute().as_uri()}?{how}"
    with closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE, isolation_level=None)) as connection:
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA cell_size_check=ON")
        yield connection

"""Slow work that waits."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, delete, func, literal_column, update
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from db.engine import dialect_of, upsert
from db.models import Errand
from db.transaction import Session, connection_of

_ANEW = ("state", "attempts", "not_before", "created_at", "error")
_ADD = {
    one: statement.on_conflict_do_update(
        index_elements=("once",), set_={name: statement.excluded[name] for name in _ANEW}
    )
    for one in ("sqlite", "postgresql")
    for statement in (upsert(one, Errand),)
}


async def add(session: Session, values: dict[str, object]) -> None:
    """Ask for a piece of work; one that is there already begins anew."""
    await connection_of(session).execute(_ADD[dialect_of(session)], values)


_DUE = (
    select(Errand)
    .where(
        # A literal: SQLite uses a partial index only where it can see the value.
        col(Errand.state) == literal_column("'waiting'"),
        col(Errand.not_before) <= bindparam("now"),
        col(Errand.id).not_in(bindparam("busy", expanding=True)),
    )
    .order_by(col(Errand.id))
    .limit(bindparam("most"))
)


async def due(session: Session, now: datetime, limit: int, busy: Collection[int]) -> list[Errand]:
    """Errands whose time has come, other than those being run."""
    asked = {"now": now, "busy": tuple(busy), "most": limit}
    return list((await session.exec(_DUE, params=asked)).all())


_NEXT_DUE = select_columns(func.min(Errand.not_before)).where(
    col(Errand.state) == literal_column("'waiting'"),
    col(Errand.id).not_in(bindparam("busy", expanding=True)),
)


async def next_due(session: Session, busy: Collection[int]) -> datetime | None:
    """When the time of the next errand comes, other than of those being run."""
    found: datetime | None = (await connection_of(session).execute(_NEXT_DUE, {"busy": tuple(busy)})).scalar()
    return found


async def settle(session: Session, errand_id: int, asked_at: datetime, **values: object) -> None:
    """Record what became of an errand, unless it was asked for anew meanwhile."""
    mine = (col(Errand.id) == errand_id, col(Errand.created_at) == asked_at)
    await session.exec(update(Errand).where(*mine).values(**values))


async def forget(session: Session, errand_id: int, asked_at: datetime) -> None:
    """An errand is over, unless it was asked for anew meanwhile."""
    mine = (col(Errand.id) == errand_id, col(Errand.created_at) == asked_at)
    await session.exec(delete(Errand).where(*mine))


async def state_of(session: Session, once: str) -> str:
    """How an errand stands; nothing once it is over."""
    return (await session.exec(select(Errand.state).where(col(Errand.once) == once))).first() or ""

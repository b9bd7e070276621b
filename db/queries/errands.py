"""Slow work that waits."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, func, literal_column, update
from sqlmodel import col, select

from db.engine import dialect_of, upsert
from db.models import Errand
from db.transaction import Session


async def add(session: Session, values: dict[str, object]) -> None:
    """Ask for a piece of work; asked for already means asked for once."""
    await session.exec(upsert(dialect_of(session), Errand).values(**values).on_conflict_do_nothing())


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


async def settle(session: Session, errand_id: int, **values: object) -> None:
    """Record what became of an errand."""
    await session.exec(update(Errand).where(col(Errand.id) == errand_id).values(**values))


async def next_due(session: Session) -> datetime | None:
    """When the next errand may run."""
    query = select(func.min(Errand.not_before)).where(col(Errand.state) == "waiting")
    return (await session.exec(query)).first()

"""Slow work that waits."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, update
from sqlmodel import col, select

from db.engine import dialect_of, upsert
from db.models import Errand
from db.transaction import Session


async def add(session: Session, values: dict[str, object]) -> None:
    """Ask for a piece of work; asked for already means asked for once."""
    await session.exec(upsert(dialect_of(session), Errand).values(**values).on_conflict_do_nothing())


async def due(session: Session, now: datetime, limit: int, busy: Collection[int]) -> list[Errand]:
    """Errands whose time has come, other than those being run."""
    query = (
        select(Errand)
        .where(
            col(Errand.state) == "waiting", col(Errand.not_before) <= now, col(Errand.id).not_in(tuple(busy))
        )
        .order_by(col(Errand.id))
        .limit(limit)
    )
    return list((await session.exec(query)).all())


async def settle(session: Session, errand_id: int, **values: object) -> None:
    """Record what became of an errand."""
    await session.exec(update(Errand).where(col(Errand.id) == errand_id).values(**values))


async def next_due(session: Session) -> datetime | None:
    """When the next errand may run."""
    query = select(func.min(Errand.not_before)).where(col(Errand.state) == "waiting")
    return (await session.exec(query)).first()

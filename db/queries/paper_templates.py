"""Templates an office sent."""

from datetime import date

from sqlalchemy import update
from sqlmodel import col, select

from db.engine import key_of
from db.models import PaperTemplate
from db.transaction import Session


async def get(session: Session, template_id: int) -> PaperTemplate | None:
    """One template."""
    return await session.get(PaperTemplate, template_id)


async def settle(session: Session, template_id: int, **values: object) -> None:
    """Record what became of it."""
    await session.exec(update(PaperTemplate).where(key_of(PaperTemplate.id) == template_id).values(**values))


async def in_force(session: Session, day: date) -> list[PaperTemplate]:
    """What was put in force by that day and not taken back, the one that counts of each kind last."""
    query = (
        select(PaperTemplate)
        .where(col(PaperTemplate.in_force_from) <= day, col(PaperTemplate.ended_at).is_(None))
        .order_by(col(PaperTemplate.in_force_from), col(PaperTemplate.put_at), col(PaperTemplate.id))
    )
    return list((await session.exec(query)).all())


async def of_kind(session: Session, kind: str, limit: int) -> list[PaperTemplate]:
    """What was sent for a kind, the latest first."""
    query = select(PaperTemplate).where(col(PaperTemplate.kind) == kind)
    return list((await session.exec(query.order_by(col(PaperTemplate.id).desc()).limit(limit))).all())

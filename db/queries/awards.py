"""Awards on record, what was proposed to be annulled, and workbooks of earlier awards."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import or_, update
from sqlmodel import col, select

from db.engine import key_of
from db.models import Award, AwardAnnulment, AwardSheet, Person, Round
from db.transaction import Session


async def award(session: Session, award_id: int) -> Award | None:
    """One award."""
    return await session.get(Award, award_id)


async def of_subjects(
    session: Session, people: Collection[int], units: Collection[int]
) -> list[tuple[Award, Round | None]]:
    """What these people, and these units as a whole, were awarded, annulled ones included."""
    query = (
        select(Award, Round)
        .join(Round, col(Round.id) == col(Award.round_id), isouter=True)
        .where(or_(col(Award.person_id).in_(people), col(Award.unit_id).in_(units)))
        .order_by(col(Award.id))
    )
    return [(row[0], row[1]) for row in (await session.exec(query)).all()]


async def within(
    session: Session, units: Collection[int] | None, limit: int, offset: int
) -> list[tuple[Award, Round | None]]:
    """What was awarded to these units (to all, for none) and their people, the newest decision first."""
    query = (
        select(Award, Round)
        .join(Round, col(Round.id) == col(Award.round_id), isouter=True)
        .join(Person, col(Person.id) == col(Award.person_id), isouter=True)
    )
    if units is not None:
        query = query.where(or_(col(Award.unit_id).in_(units), col(Person.unit_id).in_(units)))
    query = query.order_by(col(Award.dated).desc(), col(Award.id).desc()).offset(offset).limit(limit)
    return [(row[0], row[1]) for row in (await session.exec(query)).all()]


async def by_ids(session: Session, ids: Collection[int]) -> list[tuple[Award, Round | None]]:
    """These awards."""
    query = (
        select(Award, Round)
        .join(Round, col(Round.id) == col(Award.round_id), isouter=True)
        .where(col(Award.id).in_(ids))
    )
    return [(row[0], row[1]) for row in (await session.exec(query)).all()]


async def dated_on(
    session: Session, days: Collection[date], people: Collection[int], units: Collection[int]
) -> list[Award]:
    """Awards that stand, by decisions of these days, of these people and units."""
    query = select(Award).where(
        col(Award.dated).in_(days),
        col(Award.annulled_at).is_(None),
        or_(col(Award.person_id).in_(people), col(Award.unit_id).in_(units)),
    )
    return list((await session.exec(query)).all())


async def annul(session: Session, award_id: int, now: datetime) -> None:
    """From now on it does not count."""
    await session.exec(update(Award).where(key_of(Award.id) == award_id).values(annulled_at=now))


async def annulments_of(session: Session, ids: Collection[int]) -> dict[int, AwardAnnulment]:
    """What was proposed last for these awards, by award."""
    query = (
        select(AwardAnnulment).where(col(AwardAnnulment.award_id).in_(ids)).order_by(col(AwardAnnulment.id))
    )
    return {row.award_id: row for row in (await session.exec(query)).all()}


async def waiting(session: Session, limit: int) -> list[AwardAnnulment]:
    """What waits to be decided, the oldest first."""
    query = select(AwardAnnulment).where(col(AwardAnnulment.state) == "asked")
    return list((await session.exec(query.order_by(col(AwardAnnulment.id)).limit(limit))).all())


async def decide(session: Session, annulment_id: int, *, state: str, decided_by: int, now: datetime) -> bool:
    """Settle what was proposed; false when somebody was faster."""
    result = await session.exec(
        update(AwardAnnulment)
        .where(key_of(AwardAnnulment.id) == annulment_id, col(AwardAnnulment.state) == "asked")
        .values(state=state, decided_by=decided_by, decided_at=now)
    )
    return bool(result.rowcount)


async def staff(session: Session) -> list[tuple[int, str, str]]:
    """Id, staff code and name of everybody, also of those who have left."""
    query = select(key_of(Person.id), col(Person.staff_code), col(Person.name))
    return [(row[0], row[1], row[2]) for row in (await session.exec(query)).all()]


async def sheet(session: Session, sheet_id: int) -> AwardSheet | None:
    """One workbook that was sent."""
    return await session.get(AwardSheet, sheet_id)


async def settle_sheet(session: Session, sheet_id: int, before: str, **values: object) -> bool:
    """Record what became of one that stood so; false when it no longer did."""
    result = await session.exec(
        update(AwardSheet)
        .where(key_of(AwardSheet.id) == sheet_id, col(AwardSheet.state) == before)
        .values(**values)
    )
    return bool(result.rowcount)


async def sheets(session: Session, limit: int) -> list[AwardSheet]:
    """What was sent, the latest first."""
    query = select(AwardSheet).order_by(col(AwardSheet.id).desc()).limit(limit)
    return list((await session.exec(query)).all())

"""What is in force on a day: names and places of units, roles, leaderships; and the end of each."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import or_
from sqlmodel import col, select

from db.models import Leadership, Person, RoleGrant, Unit, UnitName
from db.transaction import Session


async def units(session: Session) -> list[tuple[Unit, UnitName]]:
    """Every unit with every name it had, the newest first."""
    query = (
        select(Unit, UnitName)
        .join(UnitName, col(UnitName.unit_id) == col(Unit.id))
        .order_by(col(Unit.id), col(UnitName.since).desc())
    )
    return list((await session.exec(query)).all())


async def people(session: Session) -> list[Person]:
    """Everybody ever listed."""
    return list((await session.exec(select(Person).order_by(col(Person.id)))).all())


async def grants_on(session: Session, day: date) -> list[RoleGrant]:
    """Every role held on that day."""
    query = select(RoleGrant).where(
        col(RoleGrant.since) <= day, or_(col(RoleGrant.until).is_(None), col(RoleGrant.until) >= day)
    )
    return list((await session.exec(query)).all())


async def leaderships_on(session: Session, day: date) -> list[Leadership]:
    """Everybody who leads a unit on that day."""
    query = select(Leadership).where(
        col(Leadership.since) <= day, or_(col(Leadership.until).is_(None), col(Leadership.until) >= day)
    )
    return list((await session.exec(query)).all())


def end(rows: Iterable[RoleGrant | Leadership], day: date) -> None:
    """Close these from that day on; both ends are inclusive, so the last day is the one before.

    What began on that very day keeps a period that holds on no day: given, and taken back at once.
    """
    for row in rows:
        row.until = day - timedelta(days=1)


def ended(row: RoleGrant | Leadership, day: date) -> bool:
    """Whether it no longer holds on that day."""
    return row.until is not None and row.until < day


def begin_name(session: Session, current: UnitName, name: UnitName) -> None:
    """Let a unit be called or placed otherwise from `name.since` on.

    A second change on the same day replaces the first, which held on no day.
    """
    if current.since >= name.since:
        current.name, current.folded, current.parent_id = name.name, name.folded, name.parent_id
    else:
        current.until = name.since - timedelta(days=1)
        session.add(name)

"""Who stands in for whom, and who could."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, bindparam, or_, true, update
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from core.roles import Role
from core.vietnamese import fold
from db.engine import key_of
from db.models import Absence, Account, Leadership, Person, RoleGrant
from db.transaction import Session, connection_of


@dataclass(frozen=True, slots=True)
class Away:
    """An absence with the people of it."""

    row: Absence
    person: Person
    deputy: Person


_LINKED = select(Account.person_id).where(col(Account.state) == "active")
_LENT = (
    select_columns(
        col(Absence.deputy_id), col(Absence.person_id), col(Absence.starts_on), col(Absence.ends_on)
    )
    .join(Person, key_of(Person.id) == col(Absence.person_id))
    .where(
        col(Absence.deputy_id).in_(bindparam("deputies", expanding=True)),
        col(Absence.starts_on) <= bindparam("last"),
        col(Absence.ends_on) >= bindparam("first"),
        col(Absence.ended_at).is_(None),
        col(Person.active).is_(True),
    )
)


async def lent_to(
    session: Session, deputies: Collection[int], first: date, last: date
) -> list[tuple[int, int, date, date]]:
    """Deputy, person and period of whomever these people stand in for on any of these days."""
    asked = {"deputies": list(deputies), "first": first, "last": last}
    rows = await connection_of(session).execute(_LENT, asked)
    return [(row[0], row[1], row[2], row[3]) for row in rows]


async def one(session: Session, absence_id: int) -> Away | None:
    """One of them, also where it was ended."""
    found = await _away(session, key_of(Absence.id) == absence_id)
    return found[0] if found else None


async def not_past(session: Session, day: date, person_ids: Collection[int] | None = None) -> list[Away]:
    """Those that hold on that day or later, the first to begin first; of these people, or all."""
    of = true() if person_ids is None else col(Absence.person_id).in_(person_ids)
    return await _away(session, of, col(Absence.ends_on) >= day, col(Absence.ended_at).is_(None))


async def end(session: Session, absence_id: int, now: datetime) -> bool:
    """End it now; whether it had not been ended."""
    query = update(Absence).where(key_of(Absence.id) == absence_id, col(Absence.ended_at).is_(None))
    return bool((await session.exec(query.values(ended_at=now))).rowcount)


async def called(
    session: Session,
    unit_ids: Collection[int] | None,
    words: str,
    most: int,
    day: date,
    *,
    linked: bool,
    but: int = 0,
) -> list[tuple[Person, bool]]:
    """People of these units, or of all, who are called so, and whether they answer for a unit: these first.

    Of the `linked`, only those who can be written to.
    """
    leads = or_(
        key_of(Person.id).in_(
            select(col(RoleGrant.person_id)).where(
                col(RoleGrant.role).in_([Role.HEAD, Role.COORDINATOR]),
                col(RoleGrant.since) <= day,
                or_(col(RoleGrant.until).is_(None), col(RoleGrant.until) >= day),
            )
        ),
        key_of(Person.id).in_(
            select(col(Leadership.person_id)).where(
                col(Leadership.since) <= day,
                or_(col(Leadership.until).is_(None), col(Leadership.until) >= day),
            )
        ),
    )
    query = (
        select(Person, leads.label("leads"))
        .where(
            col(Person.active).is_(True),
            key_of(Person.id) != but,
            true() if unit_ids is None else col(Person.unit_id).in_(unit_ids),
            key_of(Person.id).in_(_LINKED) if linked else true(),
            col(Person.folded).contains(fold(words), autoescape=True),
        )
        .order_by(leads.desc(), col(Person.folded), col(Person.id))
        .limit(most)
    )
    return [(row[0], bool(row[1])) for row in (await session.exec(query)).all()]


async def is_linked(session: Session, person_id: int) -> bool:
    """Whether somebody has an account that works."""
    query = _LINKED.where(col(Account.person_id) == person_id)
    return (await session.exec(query)).first() is not None


async def _away(session: Session, *which: ColumnElement[bool]) -> list[Away]:
    deputy = aliased(Person)
    query = (
        select(Absence, Person, deputy)
        .join(Person, key_of(Person.id) == col(Absence.person_id))
        .join(deputy, key_of(deputy.id) == col(Absence.deputy_id))
        .where(*which)
        .order_by(col(Absence.starts_on), col(Absence.id))
    )
    return [Away(*row) for row in (await session.exec(query)).all()]

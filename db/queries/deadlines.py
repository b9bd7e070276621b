"""What the obligations of all units are computed from, each in one query whatever their number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BindParameter, CompoundSelect, bindparam, or_, union_all
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from core.dossiers import DossierState
from db.engine import key_of
from db.models import (
    Absence,
    CutOff,
    Dossier,
    Extension,
    Leadership,
    Person,
    RoleGrant,
    Round,
    Submission,
    UnitName,
)
from db.transaction import Session, connection_of

Occasion = tuple[str, str, str, int]
"""Campaign, deadline, period, unit."""


@dataclass(frozen=True, slots=True)
class Place:
    """A unit on a day: what it is called and what it belongs to."""

    unit_id: int
    name: str
    parent_id: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's part in a unit: `head` or `deputy` of it, or a role held for it; they work in `home`."""

    unit_id: int | None
    person_id: int
    part: str
    home: int


# Built once: a look at what is due asks all of these.
_DAY: BindParameter[date] = bindparam("day")
_CAMPAIGNS: BindParameter[Sequence[str]] = bindparam("campaigns", expanding=True)
_PLACES = (
    select_columns(col(UnitName.unit_id), col(UnitName.name), col(UnitName.parent_id))
    .where(col(UnitName.since) <= _DAY, or_(col(UnitName.until).is_(None), col(UnitName.until) >= _DAY))
    .order_by(col(UnitName.unit_id))
)
_LEADERS = (
    select_columns(
        col(Leadership.unit_id), col(Leadership.person_id), col(Leadership.rank), col(Person.unit_id)
    )
    .join(Person, key_of(Person.id) == col(Leadership.person_id))
    .where(
        col(Person.active).is_(True),
        col(Leadership.since) <= _DAY,
        or_(col(Leadership.until).is_(None), col(Leadership.until) >= _DAY),
    )
    .order_by(col(Leadership.person_id))
)
_HOLDERS = (
    select_columns(col(RoleGrant.unit_id), col(RoleGrant.person_id), col(RoleGrant.role), col(Person.unit_id))
    .join(Person, key_of(Person.id) == col(RoleGrant.person_id))
    .where(
        col(Person.active).is_(True),
        col(RoleGrant.role).in_(bindparam("roles", expanding=True)),
        col(RoleGrant.since) <= _DAY,
        or_(col(RoleGrant.until).is_(None), col(RoleGrant.until) >= _DAY),
    )
    .order_by(col(RoleGrant.person_id))
)
_LED_UNTIL: CompoundSelect[int | None, date | None] = union_all(
    select_columns(col(Leadership.unit_id), col(Leadership.until)).where(col(Leadership.rank) == "head"),
    select_columns(col(RoleGrant.unit_id), col(RoleGrant.until)).where(
        col(RoleGrant.role).in_(("head", "coordinator")), col(RoleGrant.unit_id).is_not(None)
    ),
)
_HANDED_IN = select_columns(
    col(Submission.campaign),
    col(Submission.deadline),
    col(Submission.period),
    col(Submission.unit_id),
    col(Submission.made_at),
    col(Submission.confirmed_at),
).where(col(Submission.campaign).in_(_CAMPAIGNS), col(Submission.withdrawn_at).is_(None))
_DOSSIERS = (
    select_columns(
        col(Round.campaign), col(Round.code), col(Round.year), col(Dossier.unit_id), col(Dossier.submitted_at)
    )
    .join(Round, key_of(Round.id) == col(Dossier.round_id))
    .where(
        col(Round.campaign).in_(_CAMPAIGNS),
        col(Dossier.state) != DossierState.DRAFTING.value,
        col(Dossier.submitted_at).is_not(None),
    )
)
_GRANTED = (
    select_columns(
        col(Extension.campaign),
        col(Extension.deadline),
        col(Extension.period),
        col(Extension.unit_id),
        col(Extension.until),
        col(Extension.document),
    )
    .where(col(Extension.campaign).in_(_CAMPAIGNS), col(Extension.state) == "granted")
    .order_by(col(Extension.decided_at), col(Extension.id))
)
_CUT_OFFS = select_columns(
    col(CutOff.campaign), col(CutOff.deadline), col(CutOff.period), col(CutOff.unit_id), col(CutOff.day)
).where(col(CutOff.campaign).in_(_CAMPAIGNS))


async def places(session: Session, day: date) -> list[Place]:
    """Every unit as it stands on that day."""
    return [Place(*row) for row in await connection_of(session).execute(_PLACES, {"day": day})]


async def leaders(session: Session, day: date) -> list[Part]:
    """Heads and deputies on that day, of those who still work here."""
    return [Part(*row) for row in await connection_of(session).execute(_LEADERS, {"day": day})]


async def holders(session: Session, roles: Sequence[str], day: date) -> list[Part]:
    """Who holds one of these roles on that day, of those who still work here."""
    asked = {"roles": list(roles), "day": day}
    return [Part(*row) for row in await connection_of(session).execute(_HOLDERS, asked)]


async def led_until(session: Session) -> dict[int, date | None]:
    """Every unit that somebody headed or coordinated, with the last day of that; None while somebody does."""
    found: dict[int, date | None] = {}
    rows: Iterable[tuple[int, date | None]] = await connection_of(session).execute(_LED_UNTIL)
    for row in rows:
        known = found.get(row[0], date.min)
        found[row[0]] = None if row[1] is None or known is None else max(known, row[1])
    return found


async def handed_in(
    session: Session, campaigns: Sequence[str]
) -> dict[Occasion, tuple[datetime, datetime | None]]:
    """When each thing was handed in, and confirmed; withdrawn ones left out."""
    rows = await connection_of(session).execute(_HANDED_IN, {"campaigns": list(campaigns)})
    return {(row[0], row[1], row[2], row[3]): (row[4], row[5]) for row in rows}


async def dossiers(session: Session, campaigns: Sequence[str]) -> dict[tuple[str, str, int], datetime]:
    """When each unit's dossier was submitted, by campaign, the code of its round or its year, and unit."""
    found: dict[tuple[str, str, int], datetime] = {}
    rows = await connection_of(session).execute(_DOSSIERS, {"campaigns": list(campaigns)})
    for campaign, code, year, unit_id, at in rows:
        assert at is not None
        found[campaign, code, unit_id] = at
        if year is not None:
            found.setdefault((campaign, str(year), unit_id), at)
    return found


async def granted(session: Session, campaigns: Sequence[str]) -> dict[Occasion, tuple[date, str]]:
    """The extension in force of each occasion: the one granted last."""
    rows = await connection_of(session).execute(_GRANTED, {"campaigns": list(campaigns)})
    return {(row[0], row[1], row[2], row[3]): (row[4], row[5]) for row in rows}


async def cut_offs(session: Session, campaigns: Sequence[str]) -> dict[Occasion, date]:
    """The units' own earlier days."""
    rows = await connection_of(session).execute(_CUT_OFFS, {"campaigns": list(campaigns)})
    return {(row[0], row[1], row[2], row[3]): row[4] for row in rows}


async def absences(session: Session, day: date) -> list[Absence]:
    """Who is stood in for on that day or later by somebody still here, in the order they were named."""
    query = (
        select(Absence)
        .join(Person, key_of(Person.id) == col(Absence.deputy_id))
        .where(col(Absence.ends_on) >= day, col(Absence.ended_at).is_(None), col(Person.active).is_(True))
        .order_by(col(Absence.id))
    )
    return list((await session.exec(query)).all())

"""What stands in the way of being considered, apart from the answers, and who set it aside."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, bindparam, false, func, or_, update
from sqlalchemy import select as select_columns
from sqlalchemy.orm import Mapped
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from db.models import Answer, Assessment, Hindrance, HindranceChange, Person, Round, UnitName, Waiver
from db.transaction import Session, connection_of


async def assessments(
    session: Session, assessment_ids: Collection[int]
) -> dict[int, tuple[Assessment, Round, Person]]:
    """Self-assessments, by id, with their rounds and the people they belong to."""
    query = (
        select(Assessment, Round, Person)
        .join(Round, col(Round.id) == col(Assessment.round_id))
        .join(Person, col(Person.id) == col(Assessment.person_id))
        .where(col(Assessment.id).in_(assessment_ids))
    )
    return {row[0].id or 0: row for row in (await session.exec(query)).all()}


async def hindrances_of(session: Session, people: Collection[int], units: Collection[int]) -> list[Hindrance]:
    """What these people and these units are or were under and what was not lifted."""
    of_whom = or_(col(Hindrance.person_id).in_(people), col(Hindrance.unit_id).in_(units))
    query = select(Hindrance).where(of_whom, col(Hindrance.lifted_at).is_(None)).order_by(col(Hindrance.id))
    return list((await session.exec(query)).all())


_UNIT_NAMES = select_columns(col(UnitName.unit_id), col(UnitName.name)).where(
    col(UnitName.unit_id).in_(bindparam("units", expanding=True)),
    col(UnitName.since) <= bindparam("day"),
    or_(col(UnitName.until).is_(None), col(UnitName.until) >= bindparam("day")),
)


async def unit_names(session: Session, unit_ids: Collection[int], day: date) -> dict[int, str]:
    """What these units are called on that day."""
    asked = {"units": list(unit_ids), "day": day}
    return {row[0]: row[1] for row in await connection_of(session).execute(_UNIT_NAMES, asked)}


async def hindrance(session: Session, hindrance_id: int) -> Hindrance | None:
    """One hindrance."""
    return await session.get(Hindrance, hindrance_id)


async def hindrances_from(session: Session, day: date) -> list[Hindrance]:
    """Everything not lifted that holds on that day or will, the newest first."""
    query = (
        select(Hindrance)
        .where(
            col(Hindrance.lifted_at).is_(None),
            or_(col(Hindrance.until).is_(None), col(Hindrance.until) >= day),
        )
        .order_by(col(Hindrance.id).desc())
    )
    return list((await session.exec(query)).all())


async def open_change(session: Session, hindrance_id: int) -> HindranceChange | None:
    """What waits to be decided about a hindrance."""
    query = select(HindranceChange).where(
        col(HindranceChange.hindrance_id) == hindrance_id, col(HindranceChange.state) == "asked"
    )
    return (await session.exec(query)).first()


async def decide_change(
    session: Session, change_id: int, *, state: str, decided_by: int, now: datetime
) -> bool:
    """Settle what was asked; false when somebody was faster."""
    result = await session.exec(
        update(HindranceChange)
        .where(col(HindranceChange.id) == change_id, col(HindranceChange.state) == "asked")
        .values(state=state, decided_by=decided_by, decided_at=now)
    )
    return bool(result.rowcount)


async def waivers_of(session: Session, assessment_ids: Collection[int]) -> list[Waiver]:
    """Everything that was asked to be set aside for these self-assessments, oldest first."""
    query = select(Waiver).where(col(Waiver.assessment_id).in_(assessment_ids)).order_by(col(Waiver.id))
    return list((await session.exec(query)).all())


async def waiver(session: Session, waiver_id: int) -> Waiver | None:
    """One of them."""
    return await session.get(Waiver, waiver_id)


async def decide_waiver(
    session: Session, waiver_id: int, *, state: str, decided_by: int, now: datetime
) -> bool:
    """Settle what was asked; false when somebody was faster."""
    result = await session.exec(
        update(Waiver)
        .where(col(Waiver.id) == waiver_id, col(Waiver.state) == "asked")
        .values(state=state, decided_by=decided_by, decided_at=now)
    )
    return bool(result.rowcount)


async def people(session: Session, person_ids: Collection[int]) -> dict[int, Person]:
    """These people, by id."""
    if not person_ids:
        return {}
    query = select(Person).where(col(Person.id).in_(person_ids))
    return {row.id or 0: row for row in (await session.exec(query)).all()}


async def people_like(session: Session, folded: str, limit: int) -> list[Person]:
    """Active people whose staff code is this, or whose name has all of these words."""
    words = [col(Person.folded).contains(word, autoescape=True) for word in folded.split()]
    query = (
        select(Person)
        .where(
            col(Person.active).is_(True),
            or_(func.lower(col(Person.staff_code)) == folded, and_(*words)),
        )
        .order_by(col(Person.id))
        .limit(limit)
    )
    return list((await session.exec(query)).all())


@dataclass(frozen=True, slots=True)
class Clauses:
    """Criteria of one version of a plan, and the outcomes of theirs that are looked for."""

    version_id: int
    codes: Sequence[str]
    outcomes: Sequence[str]


async def versions_in(session: Session, round_id: int) -> list[int]:
    """The versions of the plan that the self-assessments of a round answer."""
    query = select(col(Assessment.version_id)).where(col(Assessment.round_id) == round_id).distinct()
    return list((await session.exec(query)).all())


async def hindered(
    session: Session, round_id: int, clauses: Sequence[Clauses], day: date, limit: int, offset: int = 0
) -> list[int]:
    """Self-assessments of a round that something stands in the way of.

    One of these clauses came out so, the person or unit is under something on that day, or a waiver waits to
    be decided.
    """
    answered = or_(false(), *(_came_out(one) for one in clauses))
    asked = select(col(Waiver.assessment_id)).where(col(Waiver.state) == "asked")
    people_under = _under(col(Hindrance.person_id), day)
    units_under = _under(col(Hindrance.unit_id), day)
    collective = col(Assessment.track) == "collective"
    query = (
        select(col(Assessment.id))
        .where(
            col(Assessment.round_id) == round_id,
            or_(
                answered,
                col(Assessment.id).in_(asked),
                and_(~collective, col(Assessment.person_id).in_(people_under)),
                and_(collective, col(Assessment.unit_id).in_(units_under)),
            ),
        )
        .order_by(col(Assessment.id))
        .offset(offset)
        .limit(limit)
    )
    return [found for found in (await session.exec(query)).all() if found is not None]


def _came_out(wanted: Clauses) -> ColumnElement[bool]:
    found = select(Answer.id).where(
        col(Answer.assessment_id) == col(Assessment.id),
        col(Answer.criterion).in_(wanted.codes),
        col(Answer.outcome).in_(wanted.outcomes),
    )
    return and_(col(Assessment.version_id) == wanted.version_id, found.exists())


def _under(whom: Mapped[int | None], day: date) -> SelectOfScalar[int | None]:
    return select(whom).where(
        whom.is_not(None),
        col(Hindrance.lifted_at).is_(None),
        col(Hindrance.since) <= day,
        or_(col(Hindrance.until).is_(None), col(Hindrance.until) >= day),
    )

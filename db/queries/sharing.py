"""Parts of units' self-assessments that were given to colleagues."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, bindparam, delete, func
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from core.vietnamese import fold
from db.engine import key_of
from db.models import Account, Answer, Assessment, Person, Share
from db.transaction import Session, connection_of


@dataclass(frozen=True, slots=True)
class Holder:
    """Who answers a criterion."""

    person_id: int
    name: str


_SHARES = (
    select_columns(col(Share.assessment_id), col(Share.criterion), col(Share.person_id), col(Person.name))
    .join(Person, col(Person.id) == col(Share.person_id))
    .where(col(Share.assessment_id).in_(bindparam("of", expanding=True)))
    .order_by(col(Share.id))
)
_PARTS = (
    select(Assessment, func.count(col(Share.id)), func.count(col(Answer.id)))
    .join(Share, col(Share.assessment_id) == col(Assessment.id))
    .join(
        Answer,
        and_(
            col(Answer.assessment_id) == col(Share.assessment_id),
            col(Answer.criterion) == col(Share.criterion),
            col(Answer.outcome) != "",
        ),
        isouter=True,
    )
    .where(col(Share.person_id) == bindparam("person"))
    .group_by(col(Assessment.id))
    .order_by(col(Assessment.id))
)


async def of(session: Session, assessment_ids: Sequence[int]) -> list[tuple[int, str, Holder]]:
    """The self-assessment, the criterion and who holds it, of all that was given away."""
    rows = await connection_of(session).execute(_SHARES, {"of": assessment_ids})
    return [(row[0], row[1], Holder(row[2], row[3])) for row in rows]


async def held_by(session: Session, person_id: int) -> list[tuple[Assessment, int, int]]:
    """Units' self-assessments a person holds a part of: how many criteria, and how many are answered."""
    rows = await session.exec(_PARTS, params={"person": person_id})
    return [(row[0], row[1], row[2]) for row in rows.all()]


async def linked_in(
    session: Session, unit_ids: Collection[int], words: str, most: int, *, but: int
) -> list[tuple[int, str, str, int]]:
    """People of these units who have an account: id, name, post and unit of the first that are called so."""
    linked = select(col(Account.person_id)).where(col(Account.state) == "active")
    return await _called(session, unit_ids, words, most, col(Person.id).in_(linked), but)


async def unlinked_in(
    session: Session, unit_ids: Collection[int], words: str, most: int, *, but: int
) -> list[tuple[int, str, str, int]]:
    """The same of those who never had an account."""
    never = col(Person.id).not_in(select(col(Account.person_id)))
    return await _called(session, unit_ids, words, most, never, but)


async def _called(
    session: Session, unit_ids: Collection[int], words: str, most: int, who: ColumnElement[bool], but: int
) -> list[tuple[int, str, str, int]]:
    query = (
        select_columns(key_of(Person.id), col(Person.name), col(Person.post), col(Person.unit_id))
        .where(
            col(Person.unit_id).in_(unit_ids),
            col(Person.active).is_(True),
            col(Person.id) != but,
            who,
            col(Person.folded).contains(fold(words), autoescape=True),
        )
        .order_by(col(Person.folded), col(Person.id))
        .limit(most)
    )
    rows = await connection_of(session).execute(query)
    return [(row[0], row[1], row[2], row[3]) for row in rows]


async def shares(session: Session, assessment_id: int, criteria: Collection[str]) -> dict[str, Share]:
    """The rows of these criteria, by criterion."""
    query = select(Share).where(col(Share.assessment_id) == assessment_id, col(Share.criterion).in_(criteria))
    return {row.criterion: row for row in (await session.exec(query)).all()}


async def take_back(session: Session, assessment_id: int, criteria: Collection[str]) -> None:
    """Nobody in particular answers these criteria any more."""
    await session.exec(
        delete(Share).where(col(Share.assessment_id) == assessment_id, col(Share.criterion).in_(criteria))
    )


async def in_drafts(session: Session, person_ids: Collection[int]) -> list[tuple[Share, Assessment]]:
    """What these people hold of self-assessments that are not signed."""
    query = (
        select(Share, Assessment)
        .join(Assessment, col(Assessment.id) == col(Share.assessment_id))
        .where(col(Share.person_id).in_(person_ids), col(Assessment.state) == "draft")
        .order_by(col(Share.id))
    )
    return list((await session.exec(query)).all())

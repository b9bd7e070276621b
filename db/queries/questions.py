"""Questions to the office and their answers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, update
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from db.engine import key_of
from db.models import Person, Question
from db.transaction import Session, connection_of


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the names of those who asked and answered."""

    id: int
    person_id: int
    asker: str
    unit_id: int
    campaign: str
    clause: str
    question: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None
    answered_by: str | None


_Officer = aliased(Person)
_ASKED = (
    select_columns(
        key_of(Question.id),
        col(Question.person_id),
        col(Person.name),
        col(Person.unit_id),
        col(Question.campaign),
        col(Question.clause),
        col(Question.question),
        col(Question.asked_at),
        col(Question.answer),
        col(Question.answered_at),
        col(_Officer.name),
    )
    .join(Person, col(Person.id) == col(Question.person_id))
    .outerjoin(_Officer, col(_Officer.id) == col(Question.answered_by))
)
_OPEN = col(Question.answered_at).is_(None)


async def find(session: Session, question_id: int) -> Asked | None:
    """One question."""
    found = await _read(session, col(Question.id) == question_id, key_of(Question.id).asc(), 1)
    return found[0] if found else None


async def of_person(session: Session, person_id: int, limit: int) -> list[Asked]:
    """What somebody asked last, newest first."""
    return await _read(session, col(Question.person_id) == person_id, key_of(Question.id).desc(), limit)


async def waiting(session: Session, limit: int) -> list[Asked]:
    """What waits for an answer, oldest first."""
    return await _read(session, _OPEN, key_of(Question.id).asc(), limit)


async def count_waiting(session: Session) -> int:
    """How many wait for an answer."""
    return (await session.exec(select(func.count()).select_from(Question).where(_OPEN))).one()


async def open_of_person(session: Session, person_id: int) -> list[Question]:
    """What somebody asked that waits for an answer."""
    query = select(Question).where(col(Question.person_id) == person_id, _OPEN)
    return list((await session.exec(query.order_by(col(Question.id)))).all())


async def answer(session: Session, question_id: int, words: str, officer: int | None, now: datetime) -> bool:
    """Answer a question that waits; whether it still waited."""
    statement = (
        update(Question)
        .where(col(Question.id) == question_id, _OPEN)
        .values(answer=words, answered_by=officer, answered_at=now)
    )
    return (await connection_of(session).execute(statement)).rowcount == 1


async def _read(
    session: Session, which: ColumnElement[bool], order: ColumnElement[int], limit: int
) -> list[Asked]:
    rows = await connection_of(session).execute(_ASKED.where(which).order_by(order).limit(limit))
    return [Asked(*row) for row in rows]

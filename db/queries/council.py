"""Sittings of the council, their members, agenda, conflicts, questions and papers."""

from collections.abc import Collection

from sqlalchemy import bindparam, update
from sqlmodel import col, select

from core.council import SittingState
from db.models import (
    CouncilConflict,
    CouncilItem,
    CouncilMember,
    CouncilPaper,
    CouncilQuestion,
    CouncilSitting,
    CouncilVoteAside,
    Dossier,
    Nomination,
    Person,
)
from db.transaction import Session

_OVER = (SittingState.DECIDED.value, SittingState.CANCELLED.value)


async def sitting(session: Session, sitting_id: int) -> CouncilSitting | None:
    """One sitting."""
    return await session.get(CouncilSitting, sitting_id)


_SITTINGS = select(CouncilSitting).order_by(col(CouncilSitting.id).desc()).limit(bindparam("most"))
_SITTINGS_OF = _SITTINGS.where(
    col(CouncilSitting.id).in_(
        select(CouncilMember.sitting_id).where(col(CouncilMember.person_id) == bindparam("member"))
    )
)
_IN_STATES = col(CouncilSitting.state).in_(bindparam("states", expanding=True))
_SITTINGS_IN, _SITTINGS_OF_IN = _SITTINGS.where(_IN_STATES), _SITTINGS_OF.where(_IN_STATES)


async def sittings(
    session: Session, limit: int, person_id: int | None = None, states: Collection[SittingState] = ()
) -> list[CouncilSitting]:
    """The newest sittings: all, or those a person sits in; perhaps only in some states."""
    every, of = (_SITTINGS_IN, _SITTINGS_OF_IN) if states else (_SITTINGS, _SITTINGS_OF)
    asked = {"most": limit, "member": person_id, "states": [one.value for one in states]}
    return list((await session.exec(every if person_id is None else of, params=asked)).all())


async def live_of_round(session: Session, round_id: int) -> CouncilSitting | None:
    """The sitting of a round that is not over."""
    query = select(CouncilSitting).where(
        col(CouncilSitting.round_id) == round_id, col(CouncilSitting.state).not_in(_OVER)
    )
    return (await session.exec(query)).first()


async def move(
    session: Session, sitting_id: int, before: SittingState, state: SittingState, **values: object
) -> bool:
    """Take a sitting from one state to another; whether it stood in the first."""
    result = await session.exec(
        update(CouncilSitting)
        .where(col(CouncilSitting.id) == sitting_id, col(CouncilSitting.state) == before.value)
        .values(state=state.value, **values)
    )
    return bool(result.rowcount)


async def members(session: Session, sitting_id: int) -> list[Person]:
    """Who sits, by name."""
    query = (
        select(Person)
        .join(CouncilMember, col(CouncilMember.person_id) == col(Person.id))
        .where(col(CouncilMember.sitting_id) == sitting_id)
        .order_by(col(CouncilMember.id))
    )
    return list((await session.exec(query)).all())


async def items(session: Session, sitting_id: int) -> list[tuple[CouncilItem, Nomination, Person | None]]:
    """The agenda, in its order."""
    query = (
        select(CouncilItem, Nomination, Person)
        .join(Nomination, col(Nomination.id) == col(CouncilItem.nomination_id))
        .join(Person, col(Person.id) == col(Nomination.person_id), isouter=True)
        .where(col(CouncilItem.sitting_id) == sitting_id)
        .order_by(col(CouncilItem.place))
    )
    return [(one, of, who) for one, of, who in (await session.exec(query)).all()]


async def item(session: Session, sitting_id: int, nomination_id: int) -> CouncilItem | None:
    """One nominee of an agenda."""
    query = select(CouncilItem).where(
        col(CouncilItem.sitting_id) == sitting_id, col(CouncilItem.nomination_id) == nomination_id
    )
    return (await session.exec(query)).first()


async def latest_item(session: Session, nomination_id: int) -> tuple[CouncilItem, CouncilSitting] | None:
    """Where a nomination was last before the council; sittings that were called off do not count."""
    query = (
        select(CouncilItem, CouncilSitting)
        .join(CouncilSitting, col(CouncilSitting.id) == col(CouncilItem.sitting_id))
        .where(
            col(CouncilItem.nomination_id) == nomination_id,
            col(CouncilSitting.state) != SittingState.CANCELLED.value,
        )
        .order_by(col(CouncilItem.id).desc())
    )
    return (await session.exec(query)).first()


async def appraised(session: Session, round_id: int, state: str) -> list[int]:
    """The dossiers of a round that stand so."""
    query = (
        select(Dossier)
        .where(col(Dossier.round_id) == round_id, col(Dossier.state) == state)
        .order_by(col(Dossier.submitted_at), col(Dossier.id))
    )
    return [row.id or 0 for row in (await session.exec(query)).all()]


async def rounds_in(session: Session, state: str) -> list[int]:
    """The rounds in which dossiers stand so."""
    query = (
        select(Dossier.round_id).where(col(Dossier.state) == state).distinct().order_by(col(Dossier.round_id))
    )
    return list((await session.exec(query)).all())


async def conflicts(session: Session, sitting_id: int) -> list[CouncilConflict]:
    """Who will not vote about whom."""
    query = (
        select(CouncilConflict)
        .where(col(CouncilConflict.sitting_id) == sitting_id)
        .order_by(col(CouncilConflict.id))
    )
    return list((await session.exec(query)).all())


async def questions(
    session: Session, sitting_id: int, nomination_id: int
) -> list[tuple[CouncilQuestion, Person]]:
    """What was asked about a nominee, the oldest first."""
    query = (
        select(CouncilQuestion, Person)
        .join(Person, col(Person.id) == col(CouncilQuestion.asked_by))
        .where(
            col(CouncilQuestion.sitting_id) == sitting_id,
            col(CouncilQuestion.nomination_id) == nomination_id,
        )
        .order_by(col(CouncilQuestion.id))
    )
    return list((await session.exec(query)).all())


async def question(session: Session, question_id: int) -> CouncilQuestion | None:
    """One question."""
    return await session.get(CouncilQuestion, question_id)


async def papers(session: Session, sitting_id: int) -> list[CouncilPaper]:
    """What was made of a sitting, the newest first."""
    query = (
        select(CouncilPaper)
        .where(col(CouncilPaper.sitting_id) == sitting_id)
        .order_by(col(CouncilPaper.id).desc())
    )
    return list((await session.exec(query)).all())


async def aside(session: Session, sitting_id: int) -> list[CouncilVoteAside]:
    """The votes of a sitting that were set aside, the oldest first."""
    query = (
        select(CouncilVoteAside)
        .where(col(CouncilVoteAside.sitting_id) == sitting_id)
        .order_by(col(CouncilVoteAside.id))
    )
    return list((await session.exec(query)).all())

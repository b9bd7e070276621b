"""Who is proposed for a commendation, round by round."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, func, or_, update
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from db.models import Assessment, Nomination, Round
from db.transaction import Session

_LIVE = col(Nomination.state) != "withdrawn"


async def nomination(session: Session, nomination_id: int) -> Nomination | None:
    """One nomination."""
    return await session.get(Nomination, nomination_id)


async def same_words(session: Session, nomination_id: int) -> list[Nomination]:
    """Others of the same round that are proposed for the same thing, word for word."""
    one = await session.get(Nomination, nomination_id)
    if one is None:
        return []
    query = (
        select(Nomination)
        .where(
            col(Nomination.round_id) == one.round_id,
            col(Nomination.achievement) == one.achievement,
            col(Nomination.id) != one.id,
            _LIVE,
        )
        .order_by(col(Nomination.id))
    )
    return list((await session.exec(query)).all())


async def live(session: Session, assessment_id: int) -> Nomination | None:
    """The nomination of a self-assessment that was not withdrawn."""
    query = select(Nomination).where(col(Nomination.assessment_id) == assessment_id, _LIVE)
    return (await session.exec(query)).first()


async def of_subjects(
    session: Session, people: Collection[int], units: Collection[int]
) -> list[tuple[Nomination, Round]]:
    """What these people, or units as a whole, are proposed or commended for, and where, oldest first."""
    whom = or_(
        and_(col(Nomination.subject) == "collective", col(Nomination.unit_id).in_(units)),
        and_(col(Nomination.subject) == "individual", col(Nomination.person_id).in_(people)),
    )
    query = (
        select(Nomination, Round)
        .join(Round, col(Round.id) == col(Nomination.round_id))
        .where(whom, _LIVE)
        .order_by(col(Nomination.id))
    )
    return list((await session.exec(query)).all())


async def counts(session: Session, round_id: int) -> list[tuple[str, str, int]]:
    """How many of each subject stand in each state in a round."""
    query = (
        select(col(Nomination.subject), col(Nomination.state), func.count())
        .where(col(Nomination.round_id) == round_id, _LIVE)
        .group_by(col(Nomination.subject), col(Nomination.state))
    )
    return [(row[0], row[1], row[2]) for row in (await session.exec(query)).all()]


async def of_round(session: Session, round_id: int, limit: int, offset: int = 0) -> list[Nomination]:
    """Everybody proposed or commended in a round, collectives first, in the order they were proposed."""
    query = (
        select(Nomination)
        .where(col(Nomination.round_id) == round_id, _LIVE)
        .order_by(col(Nomination.subject), col(Nomination.id))
        .offset(offset)
        .limit(limit)
    )
    return list((await session.exec(query)).all())


async def end(session: Session, nomination_id: int, state: str, now: datetime) -> bool:
    """Commend, pass over or withdraw what is proposed; false when it no longer is."""
    result = await session.exec(
        update(Nomination)
        .where(col(Nomination.id) == nomination_id, col(Nomination.state) == "proposed")
        .values(state=state, ended_at=now)
    )
    return bool(result.rowcount)


async def signed_in(
    session: Session, round_id: int, units: Collection[int] | None, limit: int, offset: int = 0
) -> list[int]:
    """Signed self-assessments of a round in these units (in all, for none), and those proposed."""
    proposed = select(col(Nomination.assessment_id)).where(col(Nomination.round_id) == round_id, _LIVE)
    query = select(col(Assessment.id)).where(
        col(Assessment.round_id) == round_id,
        or_(col(Assessment.state) == "signed", col(Assessment.id).in_(proposed)),
    )
    if units is not None:
        query = query.where(col(Assessment.unit_id).in_(units))
    query = query.order_by(col(Assessment.track), col(Assessment.id)).offset(offset).limit(limit)
    return [found for found in (await session.exec(query)).all() if found is not None]


async def round_of(session: Session, round_id: int) -> Round | None:
    """One round."""
    return await session.get(Round, round_id)


async def lock(session: Session, round_id: int) -> None:
    """Let whoever else counts in this round wait for this transaction; SQLite has one writer anyway."""
    await session.exec(locking(round_id))


def locking(round_id: int) -> SelectOfScalar[int | None]:
    """The statement that locks a round, where the database knows locks of rows."""
    return select(col(Round.id)).where(col(Round.id) == round_id).with_for_update()

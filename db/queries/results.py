"""What nobody has proposed yet, before which sitting nominees came, and whose award was annulled since."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select

from db.models import Assessment, Award, CouncilItem, CouncilSitting, Nomination, Round, Signature
from db.transaction import Session

_MOST = 20


async def unproposed(session: Session, person_id: int) -> list[tuple[Assessment, Round, datetime]]:
    """Their own signed self-assessments that are not proposed, with when they were signed, newest first."""
    proposed = select(Nomination.assessment_id).where(col(Nomination.state) != "withdrawn")
    query = (
        select(Assessment, Round, Signature)
        .join(Round, col(Round.id) == col(Assessment.round_id))
        .join(Signature, col(Signature.assessment_id) == col(Assessment.id))
        .where(
            col(Assessment.person_id) == person_id,
            col(Assessment.track) != "collective",
            col(Assessment.state) == "signed",
            col(Signature.withdrawn_at).is_(None),
            col(Assessment.id).not_in(proposed),
        )
        .order_by(col(Assessment.id).desc())
        .limit(_MOST)
    )
    return [(row, of_round, signed.signed_at) for row, of_round, signed in (await session.exec(query)).all()]


async def last_sitting(session: Session, nominations: Collection[int]) -> CouncilSitting | None:
    """The sitting that had one of these before it last, called off or not."""
    query = (
        select(CouncilSitting)
        .join(CouncilItem, col(CouncilItem.sitting_id) == col(CouncilSitting.id))
        .where(col(CouncilItem.nomination_id).in_(nominations))
        .order_by(col(CouncilItem.id).desc())
    )
    return (await session.exec(query)).first()


async def annulled(session: Session, nominations: Collection[int]) -> set[int]:
    """Those of them whose award was annulled."""
    query = select(Award.nomination_id).where(
        col(Award.nomination_id).in_(nominations), col(Award.annulled_at).is_not(None)
    )
    return {one for one in (await session.exec(query)).all() if one is not None}

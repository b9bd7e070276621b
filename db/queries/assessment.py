"""Self-assessments, answers, signatures."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlmodel import col

from db.engine import upsert
from db.models import Answer, Assessment, Round, Signature
from db.transaction import Session


async def find(session: Session, person_id: int, round_id: int) -> Assessment | None:
    """A person's self-assessment in a round."""
    query = select(Assessment).where(
        col(Assessment.person_id) == person_id, col(Assessment.round_id) == round_id
    )
    return (await session.exec(query)).scalar()


async def get(session: Session, assessment_id: int) -> tuple[Assessment, Round] | None:
    """A self-assessment with its round."""
    query = (
        select(Assessment, Round)
        .join(Round, col(Round.id) == col(Assessment.round_id))
        .where(col(Assessment.id) == assessment_id)
    )
    row = (await session.exec(query)).first()
    return (row[0], row[1]) if row else None


async def of_person(session: Session, person_id: int) -> list[tuple[Assessment, int]]:
    """All of a person's self-assessments, each with its number of answers."""
    answered = (
        select(func.count())
        .select_from(Answer)
        .where(col(Answer.assessment_id) == col(Assessment.id), col(Answer.outcome) != "")
        .scalar_subquery()
    )
    query = (
        select(Assessment, answered)
        .where(col(Assessment.person_id) == person_id)
        .order_by(col(Assessment.id))
    )
    return [(row[0], row[1]) for row in (await session.exec(query)).all()]


async def answers_of(session: Session, assessment_id: int) -> list[tuple[str, str, str, str]]:
    """Criterion, given, outcome and note of each answer."""
    query = select(col(Answer.criterion), col(Answer.given), col(Answer.outcome), col(Answer.note)).where(
        col(Answer.assessment_id) == assessment_id
    )
    return [(row[0], row[1], row[2], row[3]) for row in (await session.exec(query)).all()]


async def answer_of(session: Session, assessment_id: int, criterion: str) -> str | None:
    """What is given for one criterion."""
    query = select(col(Answer.given)).where(
        col(Answer.assessment_id) == assessment_id, col(Answer.criterion) == criterion
    )
    return (await session.exec(query)).scalar()


async def keep_answer(session: Session, values: dict[str, object]) -> None:
    """Store what is given of an answer; what is not given here stays as it was."""
    statement = upsert(session, Answer).values({"given": "{}", "outcome": "", "note": "", **values})
    changed = {
        name: statement.excluded[name] for name in values if name not in {"assessment_id", "criterion"}
    }
    await session.exec(
        statement.on_conflict_do_update(index_elements=("assessment_id", "criterion"), set_=changed)
    )


async def set_state(session: Session, assessment_id: int, state: str, now: datetime) -> None:
    """Draft or signed."""
    await session.exec(
        update(Assessment).where(col(Assessment.id) == assessment_id).values(state=state, updated_at=now)
    )


async def live_signature(session: Session, assessment_id: int) -> Signature | None:
    """The signature in force."""
    query = select(Signature).where(
        col(Signature.assessment_id) == assessment_id, col(Signature.withdrawn_at).is_(None)
    )
    return (await session.exec(query)).scalar()


async def signature(session: Session, signature_id: int) -> Signature | None:
    """One signature."""
    return await session.get(Signature, signature_id)


async def withdraw_signature(session: Session, signature_id: int, now: datetime) -> None:
    """End a signature; its copy stays on record."""
    await session.exec(update(Signature).where(col(Signature.id) == signature_id).values(withdrawn_at=now))


async def set_copy(session: Session, signature_id: int, sha256: str) -> None:
    """The paper of what was signed."""
    await session.exec(update(Signature).where(col(Signature.id) == signature_id).values(copy_sha256=sha256))


async def count_signatures(session: Session, year_prefix: str) -> int:
    """How many receipts begin like that."""
    query = select(func.count()).select_from(Signature).where(col(Signature.receipt).startswith(year_prefix))
    return (await session.exec(query)).scalar() or 0

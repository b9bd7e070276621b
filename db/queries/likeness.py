"""What files, pictures and answers look like, and whose are alike."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, or_
from sqlmodel import col, select

from core.likeness import Print
from db.models import Answer, AppraisalLikeness, Assessment, Evidence, EvidenceUse, Person, PicturePrint
from db.transaction import Session


async def keep_print(session: Session, evidence_id: int, look: Sequence[int]) -> None:
    """Keep what a picture looks like."""
    if await session.get(PicturePrint, evidence_id) is None:
        first, second, third, fourth = look
        session.add(
            PicturePrint(evidence_id=evidence_id, first=first, second=second, third=third, fourth=fourth)
        )
        await session.flush()


async def prints_of(session: Session, assessment_id: int) -> list[tuple[str, Print]]:
    """What the pictures of a self-assessment look like, each with its criterion."""
    query = (
        select(col(EvidenceUse.criterion), PicturePrint)
        .join(PicturePrint, col(PicturePrint.evidence_id) == col(EvidenceUse.evidence_id))
        .where(col(EvidenceUse.assessment_id) == assessment_id, col(EvidenceUse.removed_at).is_(None))
    )
    return [(code, _print(row)) for code, row in (await session.exec(query)).all()]


async def pictures_near(
    session: Session, look: Print, assessment_id: int
) -> list[tuple[Print, int, datetime]]:
    """Pictures in other self-assessments that have a quarter of their print in common with one.

    Two prints that differ in no more than three bits have at least one quarter in common.
    """
    first, second, third, fourth = look
    query = (
        select(PicturePrint, col(EvidenceUse.assessment_id), col(Evidence.received_at))
        .join(Evidence, col(Evidence.id) == col(PicturePrint.evidence_id))
        .join(EvidenceUse, col(EvidenceUse.evidence_id) == col(Evidence.id))
        .where(
            or_(
                col(PicturePrint.first) == first,
                col(PicturePrint.second) == second,
                col(PicturePrint.third) == third,
                col(PicturePrint.fourth) == fourth,
            ),
            col(EvidenceUse.assessment_id) != assessment_id,
            col(EvidenceUse.removed_at).is_(None),
        )
        .limit(2_000)
    )
    return [(_print(row), of, at) for row, of, at in (await session.exec(query)).all()]


async def same_files(session: Session, assessment_id: int) -> list[tuple[str, int, datetime]]:
    """Files of a self-assessment that also serve others, byte for byte: the criterion, and which others."""
    mine, theirs = EvidenceUse.__table__.alias("mine"), EvidenceUse.__table__.alias("theirs")  # type: ignore[attr-defined]  # SQLModel's table
    one, other = Evidence.__table__.alias("one"), Evidence.__table__.alias("other")  # type: ignore[attr-defined]  # SQLModel's table
    query = (
        select(mine.c.criterion, theirs.c.assessment_id, other.c.received_at)
        .select_from(mine)
        .join(one, one.c.id == mine.c.evidence_id)
        .join(other, other.c.sha256 == one.c.sha256)
        .join(theirs, theirs.c.evidence_id == other.c.id)
        .where(
            mine.c.assessment_id == assessment_id,
            mine.c.removed_at.is_(None),
            one.c.sha256 != "",
            theirs.c.assessment_id != assessment_id,
            theirs.c.removed_at.is_(None),
        )
        .distinct()
    )
    return [(row[0], row[1], row[2]) for row in (await session.exec(query)).all()]


async def answers_to(
    session: Session, criterion: str, but: int, after: int, limit: int
) -> list[tuple[int, int, str, datetime]]:
    """Answers of other self-assessments to a criterion, by number: the answer, whose, when."""
    query = (
        select(col(Answer.id), col(Answer.assessment_id), col(Answer.given), col(Answer.updated_at))
        .where(
            col(Answer.criterion) == criterion,
            col(Answer.assessment_id) != but,
            col(Answer.id) > after,
            col(Answer.given) != "{}",
        )
        .order_by(col(Answer.id))
        .limit(limit)
    )
    return [(row[0] or 0, row[1], row[2], row[3]) for row in (await session.exec(query)).all()]


async def owners(session: Session, assessments: Collection[int]) -> dict[int, tuple[str, int]]:
    """Whose self-assessments these are, and of which unit."""
    query = (
        select(col(Assessment.id), col(Person.name), col(Assessment.unit_id))
        .join(Person, col(Person.id) == col(Assessment.person_id))
        .where(col(Assessment.id).in_(assessments))
    )
    return {row[0] or 0: (row[1], row[2]) for row in (await session.exec(query)).all()}


async def keep_likenesses(
    session: Session, nomination_id: int, found: Mapping[tuple[str, str, int], tuple[int, datetime]]
) -> None:
    """Put what was found now in place of what was found before: (kind, criterion, whose) → (share, when)."""
    await session.exec(delete(AppraisalLikeness).where(col(AppraisalLikeness.nomination_id) == nomination_id))
    for (kind, criterion, other), (share, at) in found.items():
        session.add(
            AppraisalLikeness(
                nomination_id=nomination_id,
                kind=kind,
                criterion=criterion,
                other_id=other,
                share=share,
                other_at=at,
            )
        )
    await session.flush()


async def likenesses(session: Session, nominations: Collection[int]) -> Sequence[AppraisalLikeness]:
    """What these nominees have in common with others, the most alike first."""
    query = (
        select(AppraisalLikeness)
        .where(col(AppraisalLikeness.nomination_id).in_(nominations))
        .order_by(col(AppraisalLikeness.share).desc(), col(AppraisalLikeness.id))
    )
    return (await session.exec(query)).all()


def _print(row: PicturePrint) -> Print:
    return row.first, row.second, row.third, row.fourth

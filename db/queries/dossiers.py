"""Dossiers, their nominees, papers and steps."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, update
from sqlmodel import col, select

from core.dossiers import DossierState
from db.models import (
    Assessment,
    Dossier,
    DossierNominee,
    DossierPaper,
    DossierStep,
    DossierSubmission,
    Evidence,
    Nomination,
    Person,
    Round,
)
from db.transaction import Session


@dataclass(frozen=True, slots=True)
class Proposed:
    """A nominee with the nomination, the self-assessment and, for an individual, the person."""

    row: DossierNominee
    nomination: Nomination
    assessment: Assessment
    person: Person | None


async def dossier(session: Session, dossier_id: int) -> tuple[Dossier, Round] | None:
    """One dossier and its round."""
    query = (
        select(Dossier, Round)
        .join(Round, col(Round.id) == col(Dossier.round_id))
        .where(col(Dossier.id) == dossier_id)
    )
    return (await session.exec(query)).first()


async def of_unit(session: Session, round_id: int, unit_id: int) -> Dossier | None:
    """What a unit hands in for a round."""
    query = select(Dossier).where(col(Dossier.round_id) == round_id, col(Dossier.unit_id) == unit_id)
    return (await session.exec(query)).first()


async def of_units(session: Session, units: Collection[int] | None) -> list[tuple[Dossier, Round]]:
    """What these units hand in (all of them, for None), the newest round first."""
    query = (
        select(Dossier, Round)
        .join(Round, col(Round.id) == col(Dossier.round_id))
        .order_by(col(Dossier.round_id).desc(), col(Dossier.id))
    )
    if units is not None:
        query = query.where(col(Dossier.unit_id).in_(units))
    return list((await session.exec(query)).all())


async def in_states(
    session: Session, states: Collection[DossierState], limit: int, offset: int = 0
) -> list[tuple[Dossier, Round]]:
    """Dossiers that stand so, those longest handed in first."""
    query = (
        select(Dossier, Round)
        .join(Round, col(Round.id) == col(Dossier.round_id))
        .where(col(Dossier.state).in_([one.value for one in states]))
        .order_by(col(Dossier.submitted_at), col(Dossier.id))
        .offset(offset)
        .limit(limit)
    )
    return list((await session.exec(query)).all())


async def move(
    session: Session, dossier_id: int, before: DossierState, state: DossierState, **values: object
) -> bool:
    """Take a dossier from one state to another; whether it stood in the first."""
    result = await session.exec(
        update(Dossier)
        .where(col(Dossier.id) == dossier_id, col(Dossier.state) == before.value)
        .values(state=state.value, **values)
    )
    return bool(result.rowcount)


async def nominees(session: Session, dossier_id: int) -> list[Proposed]:
    """Who is in a dossier, in its order; withdrawn nominations are left out."""
    query = (
        select(DossierNominee, Nomination, Assessment, Person)
        .join(Nomination, col(Nomination.id) == col(DossierNominee.nomination_id))
        .join(Assessment, col(Assessment.id) == col(Nomination.assessment_id))
        .join(Person, col(Person.id) == col(Nomination.person_id), isouter=True)
        .where(
            col(DossierNominee.dossier_id) == dossier_id,
            col(DossierNominee.removed_at).is_(None),
            col(Nomination.state) != "withdrawn",
        )
        .order_by(col(DossierNominee.place), col(DossierNominee.id))
    )
    return [Proposed(*row) for row in (await session.exec(query)).all()]


async def unplaced(session: Session, round_id: int, units: Collection[int]) -> list[Nomination]:
    """Nominations of these units in a round that are in no dossier, in the order they were proposed."""
    placed = select(DossierNominee.nomination_id).where(col(DossierNominee.removed_at).is_(None))
    query = (
        select(Nomination)
        .where(
            col(Nomination.round_id) == round_id,
            col(Nomination.unit_id).in_(units),
            col(Nomination.state) != "withdrawn",
            col(Nomination.id).not_in(placed),
        )
        .order_by(col(Nomination.subject), col(Nomination.id))
    )
    return list((await session.exec(query)).all())


async def last_place(session: Session, dossier_id: int) -> int:
    """The highest place given in a dossier so far."""
    query = select(func.max(DossierNominee.place)).where(col(DossierNominee.dossier_id) == dossier_id)
    return (await session.exec(query)).one() or 0


async def papers(
    session: Session, dossier_id: int, version: int
) -> list[tuple[DossierPaper, Evidence | None]]:
    """The papers of a version, with the files the unit sent, in the order they were made."""
    query = (
        select(DossierPaper, Evidence)
        .join(Evidence, col(Evidence.id) == col(DossierPaper.evidence_id), isouter=True)
        .where(
            col(DossierPaper.dossier_id) == dossier_id,
            col(DossierPaper.version) == version,
            col(DossierPaper.removed_at).is_(None),
        )
        .order_by(col(DossierPaper.id))
    )
    return list((await session.exec(query)).all())


async def carry_over(session: Session, dossier_id: int, version: int) -> None:
    """Put the papers that the unit sent for a version into the next one too."""
    for paper, _file in await papers(session, dossier_id, version):
        if paper.evidence_id is not None:
            kept = paper.model_dump(exclude={"id", "version"})
            session.add(DossierPaper(version=version + 1, **kept))
    await session.flush()


async def submissions(session: Session, dossier_id: int) -> list[DossierSubmission]:
    """Every submission of a dossier, the newest first."""
    query = (
        select(DossierSubmission)
        .where(col(DossierSubmission.dossier_id) == dossier_id)
        .order_by(col(DossierSubmission.version).desc())
    )
    return list((await session.exec(query)).all())


async def steps(session: Session, dossier_id: int) -> Sequence[DossierStep]:
    """Everything done with a dossier, the oldest first."""
    query = select(DossierStep).where(col(DossierStep.dossier_id) == dossier_id).order_by(col(DossierStep.id))
    return (await session.exec(query)).all()

"""Dossiers, their nominees, papers and steps."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, or_, update
from sqlmodel import col, select

from core.dossiers import DossierState, PaperKind
from db.models import (
    Assessment,
    Dossier,
    DossierArchive,
    DossierNominee,
    DossierPaper,
    DossierStep,
    DossierSubmission,
    Evidence,
    Nomination,
    PaperRequest,
    Particulars,
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


_NOMINEES = (
    select(DossierNominee, Nomination, Assessment, Person)
    .join(Nomination, col(Nomination.id) == col(DossierNominee.nomination_id))
    .join(Assessment, col(Assessment.id) == col(Nomination.assessment_id))
    .join(Person, col(Person.id) == col(Nomination.person_id), isouter=True)
    .where(
        col(DossierNominee.dossier_id) == bindparam("dossier"),
        col(DossierNominee.removed_at).is_(None),
        col(Nomination.state) != "withdrawn",
    )
    .order_by(col(DossierNominee.place), col(DossierNominee.id))
)


async def nominees(session: Session, dossier_id: int) -> list[Proposed]:
    """Who is in a dossier, in its order; withdrawn nominations are left out."""
    rows = await session.exec(_NOMINEES, params={"dossier": dossier_id})
    return [Proposed(*row) for row in rows.all()]


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


async def taken_out(session: Session, dossier_id: int) -> list[Proposed]:
    """Who was taken out of a dossier and is still proposed and in none, in the order they were taken out."""
    again = select(DossierNominee.nomination_id).where(col(DossierNominee.removed_at).is_(None))
    query = (
        select(DossierNominee, Nomination, Assessment, Person)
        .join(Nomination, col(Nomination.id) == col(DossierNominee.nomination_id))
        .join(Assessment, col(Assessment.id) == col(Nomination.assessment_id))
        .join(Person, col(Person.id) == col(Nomination.person_id), isouter=True)
        .where(
            col(DossierNominee.dossier_id) == dossier_id,
            col(DossierNominee.removed_at).is_not(None),
            col(Nomination.state) != "withdrawn",
            col(Nomination.id).not_in(again),
        )
        .order_by(col(DossierNominee.removed_at), col(DossierNominee.id))
    )
    rows = [Proposed(*row) for row in (await session.exec(query)).all()]
    return list({one.nomination.id: one for one in rows}.values())


async def changed(session: Session, dossier_id: int) -> datetime | None:
    """When somebody last came into a dossier or was taken out of it."""
    query = select(func.max(DossierNominee.added_at), func.max(DossierNominee.removed_at)).where(
        col(DossierNominee.dossier_id) == dossier_id
    )
    return max((one for one in (await session.exec(query)).one() if one is not None), default=None)


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


async def paper(session: Session, dossier_id: int, version: int, paper_id: int) -> DossierPaper | None:
    """One paper of a version that was not taken out."""
    found = await session.get(DossierPaper, paper_id)
    if found is None or (found.dossier_id, found.version) != (dossier_id, version):
        return None
    return found if found.removed_at is None else None


async def drop_made(session: Session, dossier_id: int, version: int, now: datetime) -> None:
    """Take out what the house made for a version: it no longer says what the dossier holds."""
    await session.exec(
        update(DossierPaper)
        .where(
            col(DossierPaper.dossier_id) == dossier_id,
            col(DossierPaper.version) == version,
            col(DossierPaper.evidence_id).is_(None),
            col(DossierPaper.removed_at).is_(None),
        )
        .values(removed_at=now)
    )


async def last_made(session: Session, dossier_id: int) -> datetime | None:
    """When all papers of a dossier were last made, in this version or one it comes from."""
    query = select(func.max(PaperRequest.done_at)).where(col(PaperRequest.dossier_id) == dossier_id)
    return (await session.exec(query)).first()


async def sent_of_kind(session: Session, dossier_id: int, version: int, kind: PaperKind) -> int:
    """How many papers of a kind the unit sent for a version."""
    query = select(func.count()).where(
        col(DossierPaper.dossier_id) == dossier_id,
        col(DossierPaper.version) == version,
        col(DossierPaper.kind) == kind.value,
        col(DossierPaper.evidence_id).is_not(None),
        col(DossierPaper.removed_at).is_(None),
    )
    return (await session.exec(query)).first() or 0


async def round_called(session: Session, campaign: str, period: str) -> Round | None:
    """The round of a campaign that has this code, or is of this year."""
    year = int(period) if period.isdecimal() and len(period) == len("2026") else None
    query = (
        select(Round)
        .where(
            col(Round.campaign) == campaign,
            or_(col(Round.code) == period, col(Round.year) == year) if year else col(Round.code) == period,
        )
        .order_by((col(Round.code) == period).desc(), col(Round.id))
    )
    return (await session.exec(query)).first()


async def carry_over(session: Session, dossier_id: int, version: int) -> None:
    """Put the papers of a version into the next one too."""
    for paper, _file in await papers(session, dossier_id, version):
        kept = paper.model_dump(exclude={"id", "version"})
        session.add(DossierPaper(version=version + 1, **kept))
    await session.flush()


async def particulars(session: Session, nomination_id: int) -> Particulars | None:
    """What was given for the report of a nominee and not erased since."""
    query = select(Particulars).where(
        col(Particulars.nomination_id) == nomination_id, col(Particulars.erased_at).is_(None)
    )
    return (await session.exec(query)).first()


async def submissions(session: Session, dossier_id: int) -> list[DossierSubmission]:
    """Every submission of a dossier, the newest first."""
    query = (
        select(DossierSubmission)
        .where(col(DossierSubmission.dossier_id) == dossier_id)
        .order_by(col(DossierSubmission.version).desc())
    )
    return list((await session.exec(query)).all())


async def received(session: Session, receipts: Collection[str]) -> dict[str, datetime]:
    """When what has these receipts was handed in."""
    query = select(DossierSubmission.receipt, DossierSubmission.made_at).where(
        col(DossierSubmission.receipt).in_(receipts)
    )
    return dict((await session.exec(query)).all())


async def submission(session: Session, submission_id: int) -> DossierSubmission | None:
    """One submission."""
    return await session.get(DossierSubmission, submission_id)


async def archive(session: Session, submission_id: int) -> list[DossierArchive]:
    """The parts of the archive of a submission."""
    query = (
        select(DossierArchive)
        .where(col(DossierArchive.submission_id) == submission_id)
        .order_by(col(DossierArchive.part))
    )
    return list((await session.exec(query)).all())


async def steps(session: Session, dossier_id: int) -> Sequence[DossierStep]:
    """Everything done with a dossier, the oldest first."""
    query = select(DossierStep).where(col(DossierStep.dossier_id) == dossier_id).order_by(col(DossierStep.id))
    return (await session.exec(query)).all()

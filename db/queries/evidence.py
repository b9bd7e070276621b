"""Evidence and the criteria it serves."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, func, or_, update
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from core.assessment import EvidenceFacts
from db.engine import key_of
from db.models import (
    CouncilSitting,
    CouncilVoteAside,
    DossierPaper,
    Evidence,
    EvidenceUse,
    Signature,
    Submission,
    SupplementFile,
    UnitMeeting,
)
from db.transaction import Session, connection_of

#: The columns that make `EvidenceFacts`, in its order.
_FACTS = (
    "id",
    "code",
    "name",
    "size",
    "state",
    "reason",
    "sha256",
    "served_sha256",
    "mime",
    "received_at",
    "seen_elsewhere",
    "replaces_id",
    "caption",
)


async def get(session: Session, evidence_id: int) -> Evidence | None:
    """One file."""
    return await session.get(Evidence, evidence_id)


async def of_person(session: Session, person_id: int) -> list[Evidence]:
    """A person's files that were not removed, oldest first."""
    query = (
        select(Evidence)
        .where(col(Evidence.person_id) == person_id, col(Evidence.removed_at).is_(None))
        .order_by(col(Evidence.id))
    )
    return list((await session.exec(query)).all())


_USES = (
    select_columns(
        col(EvidenceUse.assessment_id),
        col(EvidenceUse.criterion),
        *(col(getattr(Evidence, name)) for name in _FACTS),
    )
    .join(Evidence, col(Evidence.id) == col(EvidenceUse.evidence_id))
    .where(
        col(EvidenceUse.assessment_id).in_(bindparam("of", expanding=True)),
        col(EvidenceUse.removed_at).is_(None),
        col(Evidence.removed_at).is_(None),
    )
    .order_by(col(Evidence.id))
)


async def uses_of(session: Session, assessment_ids: Sequence[int]) -> list[tuple[int, str, EvidenceFacts]]:
    """Each criterion of these self-assessments with each file that serves it."""
    rows = await connection_of(session).execute(_USES, {"of": assessment_ids})
    return [(row[0], row[1], EvidenceFacts(*row[2:])) for row in rows]


async def criteria_of(session: Session, evidence_id: int) -> list[tuple[int, str]]:
    """The assessment and criterion pairs a file serves."""
    query = select(col(EvidenceUse.assessment_id), col(EvidenceUse.criterion)).where(
        col(EvidenceUse.evidence_id) == evidence_id, col(EvidenceUse.removed_at).is_(None)
    )
    return [(row[0], row[1]) for row in (await session.exec(query)).all()]


_PROOFS = select(col(Signature.proof_id)).where(col(Signature.proof_id).is_not(None))
_HANDED_IN = select(col(Submission.evidence_id)).where(
    col(Submission.evidence_id).is_not(None), col(Submission.withdrawn_at).is_(None)
)

_IN_DOSSIERS = select(col(DossierPaper.evidence_id)).where(
    col(DossierPaper.evidence_id).is_not(None), col(DossierPaper.removed_at).is_(None)
)
_MINUTES = select(col(UnitMeeting.proof_id)).where(
    col(UnitMeeting.proof_id).is_not(None), col(UnitMeeting.state) != "annulled"
)
_SUPPLEMENTS = select(col(SupplementFile.evidence_id))
#: What shows a decision, or how the paper ballots of a council were counted.
_COUNCILS = tuple(
    select(column).where(column.is_not(None))
    for column in (
        col(CouncilSitting.scan_id),
        col(CouncilSitting.ballots_id),
        col(CouncilVoteAside.ballots_id),
    )
)


async def handed_in_alone(session: Session, person_id: int) -> set[int]:
    """Which files of a person were handed in as a document of a unit and serve no criterion besides."""
    used = select(col(EvidenceUse.evidence_id)).where(col(EvidenceUse.removed_at).is_(None))
    query = select(key_of(Evidence.id)).where(
        col(Evidence.person_id) == person_id,
        or_(
            col(Evidence.id).in_(_HANDED_IN),
            col(Evidence.id).in_(_IN_DOSSIERS),
            col(Evidence.id).in_(_MINUTES),
            col(Evidence.id).in_(_SUPPLEMENTS),
            *(col(Evidence.id).in_(one) for one in _COUNCILS),
        ),
        col(Evidence.id).not_in(used),
    )
    return set((await session.exec(query)).all())


_UNUSED = (
    select(Evidence)
    .join(
        EvidenceUse,
        and_(col(EvidenceUse.evidence_id) == col(Evidence.id), col(EvidenceUse.removed_at).is_(None)),
        isouter=True,
    )
    .where(
        col(Evidence.person_id) == bindparam("person"),
        col(Evidence.removed_at).is_(None),
        or_(
            col(Evidence.state) == "clean",
            and_(col(Evidence.state) == "waiting", col(Evidence.replaces_id).is_(None)),
        ),
        col(EvidenceUse.id).is_(None),
        col(Evidence.id).not_in(_PROOFS),
        col(Evidence.id).not_in(_HANDED_IN),
        col(Evidence.id).not_in(_IN_DOSSIERS),
        col(Evidence.id).not_in(_MINUTES),
        col(Evidence.id).not_in(_SUPPLEMENTS),
        *(col(Evidence.id).not_in(one) for one in _COUNCILS),
    )
    .order_by(col(Evidence.id))
)


async def unused(session: Session, person_id: int) -> list[Evidence]:
    """A person's files that serve nothing yet, other than those about to replace one."""
    return list((await session.exec(_UNUSED, params={"person": person_id})).all())


async def proves(session: Session, evidence_id: int, *, but: int = 0) -> bool:
    """Whether a signature (not of `but`), a document of a unit, a dossier or a council rests on this file."""
    handed_in = select(func.count()).where(
        col(Submission.evidence_id) == evidence_id, col(Submission.withdrawn_at).is_(None)
    )
    in_dossiers = select(func.count()).where(
        col(DossierPaper.evidence_id) == evidence_id, col(DossierPaper.removed_at).is_(None)
    )
    minutes = select(func.count()).where(
        col(UnitMeeting.proof_id) == evidence_id, col(UnitMeeting.state) != "annulled"
    )
    supplements = select(func.count()).where(col(SupplementFile.evidence_id) == evidence_id)
    councils = tuple(
        select(func.count()).where(column == evidence_id)
        for column in (
            col(CouncilSitting.scan_id),
            col(CouncilSitting.ballots_id),
            col(CouncilVoteAside.ballots_id),
        )
    )
    for others in (handed_in, in_dossiers, minutes, supplements, *councils):
        if (await session.exec(others)).first():
            return True
    query = (
        select(func.count())
        .select_from(Signature)
        .where(col(Signature.proof_id) == evidence_id, col(Signature.assessment_id) != but)
    )
    return bool((await session.exec(query)).first())


async def successors(session: Session, *evidence_ids: int) -> list[int]:
    """The files under check that shall replace one of these."""
    query = select(key_of(Evidence.id)).where(
        col(Evidence.replaces_id).in_(evidence_ids),
        col(Evidence.state) == "waiting",
        col(Evidence.removed_at).is_(None),
    )
    return list((await session.exec(query)).all())


async def of_album(session: Session, person_id: int, album: str) -> list[Evidence]:
    """The files of one album so far."""
    query = (
        select(Evidence)
        .where(col(Evidence.person_id) == person_id, col(Evidence.album) == album)
        .order_by(col(Evidence.id))
    )
    return list((await session.exec(query)).all())


async def remove_use(
    session: Session, evidence_id: int, assessment_id: int, criterion: str, now: datetime
) -> None:
    """A file no longer serves that criterion."""
    await session.exec(
        update(EvidenceUse)
        .where(
            col(EvidenceUse.evidence_id) == evidence_id,
            col(EvidenceUse.assessment_id) == assessment_id,
            col(EvidenceUse.criterion) == criterion,
            col(EvidenceUse.removed_at).is_(None),
        )
        .values(removed_at=now)
    )


async def remove(session: Session, evidence_id: int, now: datetime) -> None:
    """Hide a file from its owner's lists, and end its uses."""
    await session.exec(update(Evidence).where(col(Evidence.id) == evidence_id).values(removed_at=now))
    await session.exec(
        update(EvidenceUse)
        .where(col(EvidenceUse.evidence_id) == evidence_id, col(EvidenceUse.removed_at).is_(None))
        .values(removed_at=now)
    )


async def settle(session: Session, evidence_id: int, **values: object) -> None:
    """Record what the checks said."""
    await session.exec(update(Evidence).where(col(Evidence.id) == evidence_id).values(**values))


async def held_elsewhere(session: Session, sha256: str) -> bool:
    """Whether somebody, this person included, sent these very bytes before."""
    query = (
        select(func.count())
        .select_from(Evidence)
        .where(col(Evidence.sha256) == sha256, col(Evidence.state) == "clean")
    )
    return bool((await session.exec(query)).first())


async def received_since(session: Session, person_id: int, since: datetime) -> tuple[int, int]:
    """How many files and bytes a person sent since then."""
    query = select(func.count(), func.coalesce(func.sum(Evidence.size), 0)).where(
        col(Evidence.person_id) == person_id, col(Evidence.received_at) >= since
    )
    count, size = (await session.exec(query)).one()
    return int(count), int(size)

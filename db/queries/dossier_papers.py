"""Papers of dossiers, whoever asked for them, and the particulars that reports are written with."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import bindparam, or_, update
from sqlmodel import col, select

from core.dossiers import OPEN_TO_THE_UNIT, WITH_PARTICULARS
from db.engine import key_of
from db.models import (
    Dossier,
    DossierNominee,
    DossierPaper,
    Leadership,
    Nomination,
    PaperRequest,
    Particulars,
    Person,
    RoleGrant,
)
from db.transaction import Session


async def request(session: Session, request_id: int) -> PaperRequest | None:
    """One request."""
    return await session.get(PaperRequest, request_id)


async def open_requests(session: Session, dossier_id: int, version: int) -> list[PaperRequest]:
    """What was asked for and not done yet."""
    query = select(PaperRequest).where(
        col(PaperRequest.dossier_id) == dossier_id,
        col(PaperRequest.version) == version,
        col(PaperRequest.done_at).is_(None),
    )
    return list((await session.exec(query)).all())


async def finish(session: Session, request_id: int, now: datetime) -> bool:
    """A request is dealt with; whether it was open."""
    open_now = (key_of(PaperRequest.id) == request_id, col(PaperRequest.done_at).is_(None))
    result = await session.exec(update(PaperRequest).where(*open_now).values(done_at=now))
    return bool(result.rowcount)


async def made(session: Session, dossier_id: int, version: int) -> list[DossierPaper]:
    """The papers of a version that the house made."""
    query = (
        select(DossierPaper)
        .where(
            col(DossierPaper.dossier_id) == dossier_id,
            col(DossierPaper.version) == version,
            col(DossierPaper.sha256) != "",
            col(DossierPaper.removed_at).is_(None),
        )
        .order_by(col(DossierPaper.id))
    )
    return list((await session.exec(query)).all())


async def remove(session: Session, papers: Collection[int], now: datetime) -> None:
    """Other papers have taken the place of these."""
    await session.exec(update(DossierPaper).where(col(DossierPaper.id).in_(papers)).values(removed_at=now))


async def remove_made_about(session: Session, nomination_id: int, now: datetime) -> None:
    """Take what the house wrote with a nominee's particulars out of the version a unit can still change."""
    open_version = (
        select(col(Dossier.id))
        .where(
            col(Dossier.id) == col(DossierPaper.dossier_id),
            col(Dossier.version) == col(DossierPaper.version),
            col(Dossier.state).in_([one.value for one in OPEN_TO_THE_UNIT]),
        )
        .exists()
    )
    stands_in_it = (
        select(col(DossierNominee.id))
        .where(
            col(DossierNominee.dossier_id) == col(DossierPaper.dossier_id),
            col(DossierNominee.nomination_id) == nomination_id,
            col(DossierNominee.removed_at).is_(None),
        )
        .exists()
    )
    await session.exec(
        update(DossierPaper)
        .where(
            col(DossierPaper.kind).in_([one.value for one in WITH_PARTICULARS]),
            or_(
                col(DossierPaper.nomination_id) == nomination_id,
                col(DossierPaper.nomination_id).is_(None) & stands_in_it,
            ),
            col(DossierPaper.evidence_id).is_(None),
            col(DossierPaper.removed_at).is_(None),
            open_version,
        )
        .values(removed_at=now)
    )


async def particulars(session: Session, nominations: Collection[int]) -> list[Particulars]:
    """What was told for these nominations and is not erased."""
    query = select(Particulars).where(
        col(Particulars.nomination_id).in_(nominations), col(Particulars.erased_at).is_(None)
    )
    return list((await session.exec(query)).all())


async def particulars_of(session: Session, nomination_id: int) -> Particulars | None:
    """The row of a nomination, an erased one too."""
    query = select(Particulars).where(col(Particulars.nomination_id) == nomination_id)
    return (await session.exec(query)).first()


async def settle_particulars(session: Session, nomination_id: int, **values: object) -> None:
    """Record what is told for a nomination, or that it is erased."""
    query = update(Particulars).where(col(Particulars.nomination_id) == nomination_id)
    await session.exec(query.values(**values))


async def head_of(session: Session, unit_id: int, day: date) -> Person | None:
    """Who leads a unit: by the organisation, else by the role of its head."""
    leads = (
        select(Person)
        .join(Leadership, col(Leadership.person_id) == col(Person.id))
        .where(
            col(Leadership.unit_id) == unit_id,
            col(Leadership.rank) == "head",
            col(Leadership.since) <= day,
            col(Leadership.until).is_(None) | (col(Leadership.until) >= day),
        )
        .order_by(col(Leadership.id).desc())
        .limit(1)
    )
    found = (await session.exec(leads)).first()
    if found is not None:
        return found
    holds = (
        select(Person)
        .join(RoleGrant, col(RoleGrant.person_id) == col(Person.id))
        .where(
            col(RoleGrant.unit_id) == unit_id,
            col(RoleGrant.role) == "head",
            col(RoleGrant.since) <= day,
            col(RoleGrant.until).is_(None) | (col(RoleGrant.until) >= day),
        )
        .order_by(col(RoleGrant.id))
        .limit(1)
    )
    return (await session.exec(holds)).first()


_IN_OPEN_DOSSIERS = (
    select(Nomination)
    .join(DossierNominee, col(DossierNominee.nomination_id) == col(Nomination.id))
    .join(Dossier, col(Dossier.id) == col(DossierNominee.dossier_id))
    .where(
        col(DossierNominee.removed_at).is_(None),
        col(Nomination.state) != "withdrawn",
        col(Dossier.state).in_([one.value for one in OPEN_TO_THE_UNIT]),
    )
)
_OWN_IN_OPEN_DOSSIERS = _IN_OPEN_DOSSIERS.where(col(Nomination.person_id) == bindparam("person")).order_by(
    col(Nomination.id)
)


async def own_in_open_dossiers(session: Session, person_id: int) -> list[Nomination]:
    """Somebody's nominations that stand in a dossier its unit can still change."""
    return list((await session.exec(_OWN_IN_OPEN_DOSSIERS, params={"person": person_id})).all())


async def in_open_dossier(session: Session, nomination_id: int) -> bool:
    """Whether a nomination stands in such a dossier."""
    query = _IN_OPEN_DOSSIERS.where(col(Nomination.id) == nomination_id)
    return (await session.exec(query)).first() is not None

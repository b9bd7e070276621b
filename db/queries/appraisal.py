"""Marks, conflicts, what units are asked for again, and the shortlist."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import and_, delete, func, or_, update
from sqlmodel import col, select

from core.appraisal import ItemFacts
from core.dossiers import DossierState
from db.models import (
    AppraisalConflict,
    AppraisalMark,
    AppraisalReport,
    Dossier,
    DossierNominee,
    Evidence,
    Leadership,
    Nomination,
    Person,
    RoleGrant,
    ShortlistChange,
    SupplementFile,
    SupplementItem,
)
from db.transaction import Session

_LIVE = col(AppraisalMark.replaced_at).is_(None)


async def marks(session: Session, nominations: Collection[int]) -> list[tuple[AppraisalMark, str]]:
    """The marks in force of these nominees, with who gave them."""
    query = (
        select(AppraisalMark, col(Person.name))
        .join(Person, col(Person.id) == col(AppraisalMark.marked_by))
        .where(col(AppraisalMark.nomination_id).in_(nominations), _LIVE)
    )
    return list((await session.exec(query)).all())


async def marks_of(session: Session, nomination_id: int, criterion: str) -> list[tuple[AppraisalMark, str]]:
    """Every mark a criterion of a nominee ever had, the oldest first."""
    query = (
        select(AppraisalMark, col(Person.name))
        .join(Person, col(Person.id) == col(AppraisalMark.marked_by))
        .where(col(AppraisalMark.nomination_id) == nomination_id, col(AppraisalMark.criterion) == criterion)
        .order_by(col(AppraisalMark.id))
    )
    return list((await session.exec(query)).all())


async def replace_marks(
    session: Session, nomination_id: int, criteria: Collection[str], now: datetime
) -> None:
    """Let the marks of these criteria hold no longer."""
    await session.exec(
        update(AppraisalMark)
        .where(
            col(AppraisalMark.nomination_id) == nomination_id,
            col(AppraisalMark.criterion).in_(criteria),
            _LIVE,
        )
        .values(replaced_at=now)
    )


async def conflicts(session: Session, dossiers: Collection[int]) -> list[AppraisalConflict]:
    """Who declared an interest in these dossiers."""
    query = select(AppraisalConflict).where(col(AppraisalConflict.dossier_id).in_(dossiers))
    return list((await session.exec(query)).all())


async def nominated(session: Session, dossiers: Collection[int]) -> dict[int, set[int]]:
    """The people who are nominated in these dossiers."""
    query = (
        select(col(DossierNominee.dossier_id), col(Nomination.person_id))
        .join(Nomination, col(Nomination.id) == col(DossierNominee.nomination_id))
        .where(
            col(DossierNominee.dossier_id).in_(dossiers),
            col(DossierNominee.removed_at).is_(None),
            col(Nomination.person_id).is_not(None),
        )
    )
    found: dict[int, set[int]] = {}
    for dossier, person in (await session.exec(query)).all():
        found.setdefault(dossier, set()).add(person or 0)
    return found


async def dossier_of(session: Session, nomination_id: int) -> int | None:
    """The dossier a nominee is in."""
    query = select(col(DossierNominee.dossier_id)).where(
        col(DossierNominee.nomination_id) == nomination_id, col(DossierNominee.removed_at).is_(None)
    )
    return (await session.exec(query)).first()


async def give_to(session: Session, dossier_id: int, holder: int | None, person_id: int) -> bool:
    """Put a dossier under appraisal into other hands; whether it was in the first."""
    result = await session.exec(
        update(Dossier)
        .where(
            col(Dossier.id) == dossier_id,
            col(Dossier.state) == DossierState.APPRAISING.value,
            col(Dossier.appraiser_id) == holder,
        )
        .values(appraiser_id=person_id)
    )
    return bool(result.rowcount)


async def leading(session: Session, units: Collection[int], roles: Collection[str], day: date) -> list[int]:
    """Who holds one of these roles for just these units on that day."""
    query = (
        select(col(RoleGrant.person_id))
        .where(
            col(RoleGrant.unit_id).in_(units),
            col(RoleGrant.role).in_(roles),
            col(RoleGrant.since) <= day,
            or_(col(RoleGrant.until).is_(None), col(RoleGrant.until) >= day),
        )
        .order_by(col(RoleGrant.id))
    )
    return list(dict.fromkeys((await session.exec(query)).all()))


async def items(session: Session, dossier_id: int) -> list[tuple[SupplementItem, int]]:
    """Everything a unit was or is to be asked for, with the usable files, in the order it was noted."""
    files = (
        select(func.count())
        .select_from(SupplementFile)
        .join(Evidence, col(Evidence.id) == col(SupplementFile.evidence_id))
        .where(
            col(SupplementFile.item_id) == col(SupplementItem.id),
            col(Evidence.state).in_(("waiting", "clean")),
        )
        .correlate(SupplementItem)
        .scalar_subquery()
    )
    query = (
        select(SupplementItem, files)
        .where(col(SupplementItem.dossier_id) == dossier_id)
        .order_by(col(SupplementItem.id))
    )
    return [(row, count or 0) for row, count in (await session.exec(query)).all()]


async def item(session: Session, item_id: int) -> SupplementItem | None:
    """One thing a unit is asked for."""
    return await session.get(SupplementItem, item_id)


def facts_of(row: SupplementItem, files: int) -> ItemFacts:
    """The same as it is shown."""
    return ItemFacts(
        row.id or 0,
        row.nomination_id,
        row.criterion,
        row.missing,
        row.answer,
        files,
        bool(row.answer) or files > 0,
        row.asked_at is not None,
    )


async def drop_item(session: Session, item_id: int) -> None:
    """Forget a note that was never sent."""
    await session.exec(
        delete(SupplementItem).where(
            col(SupplementItem.id) == item_id, col(SupplementItem.asked_at).is_(None)
        )
    )


async def ask_items(session: Session, dossier_id: int, version: int, due: date, now: datetime) -> None:
    """Send the notes of an appraiser to the unit."""
    await session.exec(
        update(SupplementItem)
        .where(col(SupplementItem.dossier_id) == dossier_id, col(SupplementItem.asked_at).is_(None))
        .values(asked_at=now, due=due, version=version)
    )


async def answer_item(session: Session, item_id: int, **values: object) -> None:
    """Keep what a unit says to one of them."""
    await session.exec(update(SupplementItem).where(col(SupplementItem.id) == item_id).values(**values))


async def files(session: Session, item_id: int) -> list[Evidence]:
    """The files that answer one of them."""
    query = (
        select(Evidence)
        .join(SupplementFile, col(SupplementFile.evidence_id) == col(Evidence.id))
        .where(col(SupplementFile.item_id) == item_id)
        .order_by(col(SupplementFile.id))
    )
    return list((await session.exec(query)).all())


async def in_supplement(session: Session, first: date, last: date) -> list[Dossier]:
    """Dossiers that units have back until one of these days, both inclusive."""
    query = select(Dossier).where(
        col(Dossier.state) == DossierState.SUPPLEMENT.value, col(Dossier.supplement_due).between(first, last)
    )
    return list((await session.exec(query)).all())


async def of_round(session: Session, round_id: int, states: Collection[DossierState]) -> list[Dossier]:
    """The dossiers of a round that stand so."""
    query = (
        select(Dossier)
        .where(col(Dossier.round_id) == round_id, col(Dossier.state).in_([one.value for one in states]))
        .order_by(col(Dossier.submitted_at), col(Dossier.id))
    )
    return list((await session.exec(query)).all())


async def changes(session: Session, nominations: Collection[int]) -> list[tuple[ShortlistChange, str]]:
    """What was changed on the shortlist by hand, with who did it, the oldest first."""
    query = (
        select(ShortlistChange, col(Person.name))
        .join(Person, col(Person.id) == col(ShortlistChange.made_by))
        .where(col(ShortlistChange.nomination_id).in_(nominations))
        .order_by(col(ShortlistChange.id))
    )
    return list((await session.exec(query)).all())


async def lately_commended(
    session: Session, people: Collection[int], units: Collection[int], since: datetime
) -> tuple[set[int], set[int]]:
    """Of these people and units, who was commended since."""
    whom = or_(
        and_(col(Nomination.subject) == "collective", col(Nomination.unit_id).in_(units)),
        and_(col(Nomination.subject) == "individual", col(Nomination.person_id).in_(people)),
    )
    query = select(Nomination).where(
        whom, col(Nomination.state) == "commended", col(Nomination.ended_at) >= since
    )
    rows = (await session.exec(query)).all()
    return (
        {row.person_id for row in rows if row.person_id is not None},
        {row.unit_id for row in rows if row.subject == "collective"},
    )


async def leaders(session: Session, people: Collection[int], day: date) -> set[int]:
    """Those of these people who lead a unit on that day."""
    query = select(col(Leadership.person_id)).where(
        col(Leadership.person_id).in_(people),
        col(Leadership.since) <= day,
        or_(col(Leadership.until).is_(None), col(Leadership.until) >= day),
    )
    return set((await session.exec(query)).all())


async def report(session: Session, report_id: int) -> AppraisalReport | None:
    """One report that was asked for."""
    return await session.get(AppraisalReport, report_id)


async def keep_report(session: Session, report_id: int, sha256: str) -> None:
    """A report is made."""
    await session.exec(
        update(AppraisalReport).where(col(AppraisalReport.id) == report_id).values(sha256=sha256)
    )


async def last_report(session: Session, dossier_id: int) -> AppraisalReport | None:
    """The newest report of a dossier that is made."""
    query = (
        select(AppraisalReport)
        .where(col(AppraisalReport.dossier_id) == dossier_id, col(AppraisalReport.sha256) != "")
        .order_by(col(AppraisalReport.id).desc())
    )
    return (await session.exec(query)).first()

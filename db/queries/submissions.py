"""What units handed in, the time they asked for and the days they set themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import col, select

from db.engine import key_of
from db.models import CutOff, Evidence, Extension, Person, Submission
from db.queries.deadlines import Occasion
from db.transaction import Session


@dataclass(frozen=True, slots=True)
class Asked:
    """An extension with the name of who asked for it."""

    row: Extension
    asked_by: str


async def of_occasion(session: Session, occasion: Occasion) -> Submission | None:
    """What was handed in on an occasion, unless it was withdrawn."""
    campaign, deadline, period, unit_id = occasion
    query = select(Submission).where(
        col(Submission.campaign) == campaign,
        col(Submission.deadline) == deadline,
        col(Submission.period) == period,
        col(Submission.unit_id) == unit_id,
        col(Submission.withdrawn_at).is_(None),
    )
    return (await session.exec(query)).first()


async def submission(session: Session, submission_id: int) -> Submission | None:
    """One submission, also where it was withdrawn."""
    return await session.get(Submission, submission_id)


async def of_evidence(session: Session, evidence_id: int) -> Submission | None:
    """What was handed in with this file, unless it was withdrawn."""
    query = select(Submission).where(
        col(Submission.evidence_id) == evidence_id, col(Submission.withdrawn_at).is_(None)
    )
    return (await session.exec(query)).first()


async def evidence(session: Session, evidence_id: int) -> Evidence | None:
    """The file of a submission."""
    return await session.get(Evidence, evidence_id)


async def names(session: Session, person_ids: Sequence[int]) -> dict[int, str]:
    """What these people are called."""
    query = select(key_of(Person.id), col(Person.name)).where(key_of(Person.id).in_(person_ids))
    return {row[0]: row[1] for row in (await session.exec(query)).all()}


async def confirm(
    session: Session, submission_id: int, person_id: int | None, now: datetime, instead_of: int | None = None
) -> bool:
    """Confirm what is not confirmed yet, perhaps in somebody's place; whether that was so."""
    query = (
        update(Submission)
        .where(
            key_of(Submission.id) == submission_id,
            col(Submission.confirmed_at).is_(None),
            col(Submission.withdrawn_at).is_(None),
        )
        .values(confirmed_by=person_id, confirmed_for=instead_of, confirmed_at=now)
    )
    return bool((await session.exec(query)).rowcount)


async def withdraw(session: Session, submission_id: int, now: datetime) -> None:
    """Take it back; it stays on record."""
    query = update(Submission).where(
        key_of(Submission.id) == submission_id, col(Submission.withdrawn_at).is_(None)
    )
    await session.exec(query.values(withdrawn_at=now))


_ASKED = select(Extension, col(Person.name)).join(Person, key_of(Person.id) == col(Extension.asked_by))


async def extension(session: Session, extension_id: int) -> Asked | None:
    """One request for more time."""
    found = (await session.exec(_ASKED.where(key_of(Extension.id) == extension_id))).first()
    return None if found is None else Asked(*found)


async def extensions_waiting(session: Session) -> list[Asked]:
    """Requests nobody has answered, oldest first."""
    query = _ASKED.where(col(Extension.state) == "asked").order_by(col(Extension.id))
    return [Asked(*row) for row in (await session.exec(query)).all()]


async def last_extension(session: Session, occasion: Occasion) -> Asked | None:
    """The newest request for more time on an occasion, unless it was taken back."""
    campaign, deadline, period, unit_id = occasion
    query = _ASKED.where(
        col(Extension.campaign) == campaign,
        col(Extension.deadline) == deadline,
        col(Extension.period) == period,
        col(Extension.unit_id) == unit_id,
        col(Extension.state) != "withdrawn",
    )
    found = (await session.exec(query.order_by(col(Extension.id).desc()).limit(1))).first()
    return None if found is None else Asked(*found)


async def decide(
    session: Session, extension_id: int, state: str, document: str, person_id: int | None, now: datetime
) -> bool:
    """Answer a request nobody has answered, or end it; whether that was so."""
    query = (
        update(Extension)
        .where(key_of(Extension.id) == extension_id, col(Extension.state) == "asked")
        .values(state=state, document=document, decided_by=person_id, decided_at=now)
    )
    return bool((await session.exec(query)).rowcount)


async def withdraw_extension(
    session: Session, occasion: Occasion, person_id: int | None, now: datetime
) -> int | None:
    """End the request for more time that nobody has answered; its number, where there was one."""
    found = await last_extension(session, occasion)
    if found is None or found.row.state != "asked" or found.row.id is None:
        return None
    done = await decide(session, found.row.id, "withdrawn", "", person_id, now)
    return found.row.id if done else None


async def set_cut_off(
    session: Session, occasion: Occasion, day: date | None, person_id: int | None, now: datetime
) -> None:
    """Put a unit's own day in place of the one before; None takes it away."""
    campaign, deadline, period, unit_id = occasion
    query = select(CutOff).where(
        col(CutOff.campaign) == campaign,
        col(CutOff.deadline) == deadline,
        col(CutOff.period) == period,
        col(CutOff.unit_id) == unit_id,
    )
    row = (await session.exec(query)).first()
    if day is None:
        if row is not None:
            await session.delete(row)
            await session.flush()
        return
    if row is None:
        row = CutOff(
            campaign=campaign, deadline=deadline, period=period, unit_id=unit_id, day=day, set_at=now
        )
    row.day, row.set_by, row.set_at = day, person_id, now
    session.add(row)
    await session.flush()

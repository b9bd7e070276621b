"""What was sent back, shown to the unit and objected to; `db.queries.unit_meetings` has its meetings."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import bindparam, func, or_, update
from sqlmodel import col, select

from db.models import (
    Account,
    Assessment,
    Dossier,
    DossierNominee,
    Nomination,
    Objection,
    Objector,
    Person,
    PublicWindow,
    Round,
    SentBack,
    WindowNominee,
)
from db.transaction import Session


async def dossier_of(session: Session, nomination_id: int) -> Dossier | None:
    """The dossier a nomination is in."""
    query = (
        select(Dossier)
        .join(DossierNominee, col(DossierNominee.dossier_id) == col(Dossier.id))
        .where(col(DossierNominee.nomination_id) == nomination_id, col(DossierNominee.removed_at).is_(None))
    )
    return (await session.exec(query)).first()


async def sent_back(session: Session, sent_back_id: int) -> SentBack | None:
    """One criterion that was sent back."""
    return await session.get(SentBack, sent_back_id)


async def sent_back_of(session: Session, assessment_ids: Collection[int]) -> list[SentBack]:
    """What was sent back of these, the oldest first."""
    query = select(SentBack).where(col(SentBack.assessment_id).in_(assessment_ids)).order_by(col(SentBack.id))
    return list((await session.exec(query)).all())


async def people_of(session: Session, units: Collection[int]) -> list[Person]:
    """Everybody who works in these units, by name."""
    query = (
        select(Person)
        .where(col(Person.unit_id).in_(units), col(Person.active).is_(True))
        .order_by(col(Person.folded), col(Person.id))
    )
    return list((await session.exec(query)).all())


async def linked_in(session: Session, units: Collection[int]) -> list[int]:
    """Those of them who have an account."""
    linked = select(Account.person_id).where(col(Account.state) == "active")
    query = (
        select(Person.id)
        .where(col(Person.unit_id).in_(units), col(Person.active).is_(True), col(Person.id).in_(linked))
        .order_by(col(Person.id))
    )
    return [one for one in (await session.exec(query)).all() if one is not None]


async def window(session: Session, window_id: int) -> tuple[PublicWindow, Dossier, Round] | None:
    """One window with its dossier and round."""
    query = (
        select(PublicWindow, Dossier, Round)
        .join(Dossier, col(Dossier.id) == col(PublicWindow.dossier_id))
        .join(Round, col(Round.id) == col(Dossier.round_id))
        .where(col(PublicWindow.id) == window_id)
    )
    return (await session.exec(query)).first()


async def windows_of(session: Session, dossier_id: int) -> list[PublicWindow]:
    """The windows of a dossier, the newest first."""
    query = (
        select(PublicWindow)
        .where(col(PublicWindow.dossier_id) == dossier_id)
        .order_by(col(PublicWindow.id).desc())
    )
    return list((await session.exec(query)).all())


_WINDOWS = (
    select(PublicWindow)
    .join(Dossier, col(Dossier.id) == col(PublicWindow.dossier_id))
    .where(
        col(Dossier.unit_id).in_(bindparam("units", expanding=True)),
        col(PublicWindow.opened_at) >= bindparam("since"),
    )
    .order_by(col(PublicWindow.id).desc())
)
_OPEN_WINDOWS = _WINDOWS.where(col(PublicWindow.state) == "open")


async def windows_over(
    session: Session, units: Collection[int], since: datetime, *, still_open: bool = False
) -> list[PublicWindow]:
    """What these units show or showed, opened after that, the newest first."""
    asked = {"units": list(units), "since": since}
    return list((await session.exec(_OPEN_WINDOWS if still_open else _WINDOWS, params=asked)).all())


async def windows_past(session: Session, today: date) -> list[PublicWindow]:
    """Windows still open whose last day is over."""
    query = (
        select(PublicWindow)
        .where(col(PublicWindow.state) == "open", col(PublicWindow.last_day) < today)
        .order_by(col(PublicWindow.id))
    )
    return list((await session.exec(query)).all())


async def close_window(session: Session, window_id: int, now: datetime) -> bool:
    """Close a window; whether it was open."""
    result = await session.exec(
        update(PublicWindow)
        .where(col(PublicWindow.id) == window_id, col(PublicWindow.state) == "open")
        .values(state="closed", closed_at=now)
    )
    return bool(result.rowcount)


async def shown_in(session: Session, window_id: int) -> list[Nomination]:
    """Who is on the list of a window, in its order; who was withdrawn since is left out."""
    query = (
        select(Nomination)
        .join(WindowNominee, col(WindowNominee.nomination_id) == col(Nomination.id))
        .where(col(WindowNominee.window_id) == window_id, col(Nomination.state) != "withdrawn")
        .order_by(col(WindowNominee.place))
    )
    return list((await session.exec(query)).all())


async def objections(session: Session, window_ids: Collection[int]) -> list[Objection]:
    """What was objected in these windows, in the order it came."""
    query = select(Objection).where(col(Objection.window_id).in_(window_ids)).order_by(col(Objection.id))
    return list((await session.exec(query)).all())


async def objection(session: Session, objection_id: int) -> Objection | None:
    """One objection."""
    return await session.get(Objection, objection_id)


async def objected(session: Session, window_id: int, person_id: int) -> dict[int, bool]:
    """To whom somebody objected in a window, and whether with their name."""
    query = select(Objector).where(col(Objector.window_id) == window_id, col(Objector.person_id) == person_id)
    return {one.nomination_id: one.named for one in (await session.exec(query)).all()}


async def unnamed(session: Session, window_id: int, nomination_id: int) -> list[int]:
    """Who objected to a nominee without a name: to tell them all, never to tell who they are."""
    query = (
        select(Objector.person_id)
        .where(
            col(Objector.window_id) == window_id,
            col(Objector.nomination_id) == nomination_id,
            col(Objector.named).is_(False),
        )
        .order_by(col(Objector.person_id))
    )
    return list((await session.exec(query)).all())


async def settle(session: Session, objection_id: int, words: str, **values: object) -> bool:
    """Settle an objection; whether nobody had."""
    result = await session.exec(
        update(Objection)
        .where(col(Objection.id) == objection_id, col(Objection.settled_at).is_(None))
        .values(settlement=words, **values)
    )
    return bool(result.rowcount)


async def count_open(session: Session, units: Collection[int]) -> int:
    """How many objections in these units wait for an answer."""
    query = (
        select(func.count())
        .select_from(Objection)
        .join(PublicWindow, col(PublicWindow.id) == col(Objection.window_id))
        .join(Dossier, col(Dossier.id) == col(PublicWindow.dossier_id))
        .where(col(Dossier.unit_id).in_(units), col(Objection.settled_at).is_(None))
    )
    return (await session.exec(query)).one()


async def counts(session: Session, round_id: int, units: Collection[int]) -> tuple[int, int]:
    """How many self-assessments of a round are signed or proposed in these units, and how many proposed."""
    proposed = select(Nomination.assessment_id).where(
        col(Nomination.round_id) == round_id, col(Nomination.state) != "withdrawn"
    )
    there = (
        select(func.count())
        .select_from(Assessment)
        .where(col(Assessment.round_id) == round_id, col(Assessment.unit_id).in_(units))
    )
    chosen = there.where(col(Assessment.id).in_(proposed))
    signed = there.where(or_(col(Assessment.state) == "signed", col(Assessment.id).in_(proposed)))
    return (await session.exec(signed)).one(), (await session.exec(chosen)).one()

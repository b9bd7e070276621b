"""Votes: their rules, nominees, voters, marks and sums."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, delete, update
from sqlmodel import col, select

from db.engine import dialect_of, upsert
from db.models import Poll, PollConflict, PollItem, PollMark, PollVoter
from db.transaction import Session, connection_of

_OPEN_FOR = (
    select(Poll)
    .join(PollVoter, col(PollVoter.poll_id) == col(Poll.id))
    .where(
        col(Poll.state) == "open",
        col(PollVoter.person_id) == bindparam("person"),
        col(PollVoter.on_paper).is_(False),
    )
    .order_by(col(Poll.closes_at), col(Poll.id))
)
_POLL: BindParameter[int] = bindparam("poll")
_ITEMS = select(PollItem).where(col(PollItem.poll_id) == _POLL).order_by(col(PollItem.place))
_CONFLICTS = select(PollConflict).where(col(PollConflict.poll_id) == _POLL).order_by(col(PollConflict.id))


async def poll(session: Session, poll_id: int) -> Poll | None:
    """One vote."""
    return await session.get(Poll, poll_id)


async def of_subject(session: Session, subject: str) -> list[Poll]:
    """The votes of a meeting, the newest first."""
    query = select(Poll).where(col(Poll.subject) == subject).order_by(col(Poll.id).desc())
    return list((await session.exec(query)).all())


async def open_polls(session: Session) -> list[Poll]:
    """Every vote that is open, the one that ends first before the others."""
    query = select(Poll).where(col(Poll.state) == "open").order_by(col(Poll.closes_at), col(Poll.id))
    return list((await session.exec(query)).all())


async def open_for(session: Session, person_id: int) -> list[Poll]:
    """The open votes somebody is entitled to vote in here."""
    return list((await session.exec(_OPEN_FOR, params={"person": person_id})).all())


async def items(session: Session, poll_id: int) -> list[PollItem]:
    """The nominees of a vote, in their order."""
    return list((await session.exec(_ITEMS, params={"poll": poll_id})).all())


async def voters(session: Session, poll_id: int) -> list[PollVoter]:
    """Everybody entitled to vote."""
    query = select(PollVoter).where(col(PollVoter.poll_id) == poll_id).order_by(col(PollVoter.person_id))
    return list((await session.exec(query)).all())


async def conflicts(session: Session, poll_id: int) -> list[PollConflict]:
    """Who has no vote about whom."""
    return list((await session.exec(_CONFLICTS, params={"poll": poll_id})).all())


async def marks(session: Session, poll_id: int) -> list[PollMark]:
    """Who has voted about whom."""
    query = select(PollMark).where(col(PollMark.poll_id) == poll_id)
    return list((await session.exec(query)).all())


async def mark(session: Session, values: Mapping[str, object]) -> None:
    """Note that somebody voted about a nominee; again replaces what stood there."""
    statement = upsert(dialect_of(session), PollMark)
    fresh = {name: statement.excluded[name] for name in ("urn", "slip", "voted_at")}
    keys = ["poll_id", "person_id", "nomination_id"]
    await connection_of(session).execute(
        statement.on_conflict_do_update(index_elements=keys, set_=fresh), dict(values)
    )


async def close(session: Session, poll_id: int, state: str, now: datetime) -> bool:
    """End a vote; whether it was open."""
    result = await session.exec(
        update(Poll)
        .where(col(Poll.id) == poll_id, col(Poll.state) == "open")
        .values(state=state, ended_at=now)
    )
    return bool(result.rowcount)


async def unmark(session: Session, poll_id: int, but_urn: str = "") -> None:
    """Take away the marks of a vote, except those of one urn."""
    await session.exec(delete(PollMark).where(col(PollMark.poll_id) == poll_id, col(PollMark.urn) != but_urn))


async def unmark_person(
    session: Session, poll_id: int, person_id: int, nomination_id: int | None = None
) -> None:
    """Take away one person's marks, or the one about this nominee."""
    gone = delete(PollMark).where(col(PollMark.poll_id) == poll_id, col(PollMark.person_id) == person_id)
    if nomination_id is not None:
        gone = gone.where(col(PollMark.nomination_id) == nomination_id)
    await session.exec(gone)


async def reminded(session: Session, poll_id: int, people: Collection[int], now: datetime) -> None:
    """Note who was reminded."""
    await session.exec(
        update(PollVoter)
        .where(col(PollVoter.poll_id) == poll_id, col(PollVoter.person_id).in_(people))
        .values(reminded_at=now)
    )

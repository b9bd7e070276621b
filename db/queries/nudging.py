"""Reminders sent by hand: who got one today, and how people are reached."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select as select_columns
from sqlmodel import col

from db.engine import key_of
from db.models import Account, NudgeRow, Person
from db.transaction import Session, connection_of

#: Ids that go into one query.
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Card:
    """What somebody is called and rung up under."""

    person_id: int
    name: str
    phone: str


async def heard(session: Session, rung: str) -> list[tuple[str, str]]:
    """Obligation and name of everybody who was told under a rung, in the order in which they were."""
    query = (
        select_columns(col(NudgeRow.obligation), col(Person.name))
        .join(Person, key_of(Person.id) == col(NudgeRow.person_id))
        .where(col(NudgeRow.rung) == rung)
        .order_by(key_of(NudgeRow.id))
    )
    return [(row[0], row[1]) for row in await connection_of(session).execute(query)]


async def cards(session: Session, person_ids: Collection[int]) -> dict[int, Card]:
    """These people's."""
    found: dict[int, Card] = {}
    for some in _pieces(person_ids):
        columns = key_of(Person.id), col(Person.name), col(Person.phone)
        query = select_columns(*columns).where(key_of(Person.id).in_(some))
        found |= {row[0]: Card(*row) for row in await connection_of(session).execute(query)}
    return found


async def accounts(session: Session, person_ids: Collection[int]) -> list[tuple[int, str, bool]]:
    """Person, channel and whether it can be written to, of every active account of theirs."""
    found: list[tuple[int, str, bool]] = []
    for some in _pieces(person_ids):
        columns = col(Account.person_id), col(Account.channel), col(Account.reachable)
        query = select_columns(*columns).where(
            col(Account.person_id).in_(some), col(Account.state) == "active"
        )
        found += [(row[0], row[1], row[2]) for row in await connection_of(session).execute(query)]
    return found


async def keep(session: Session, nudges: Sequence[NudgeRow]) -> None:
    """Store nudges; their numbers are known afterwards. One that was made before is an error."""
    session.add_all(nudges)
    await session.flush()


def _pieces(person_ids: Collection[int]) -> list[list[int]]:
    wanted = sorted(person_ids)
    return [wanted[start : start + _AT_ONCE] for start in range(0, len(wanted), _AT_ONCE)]

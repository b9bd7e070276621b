"""Nudges that were made and what became of them, what was put off, and quiet hours."""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, insert, or_, update
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from db.engine import dialect_of, key_of, upsert
from db.models import NudgeRow, OutboxRow, Person, QuietHours, SnoozeRow
from db.transaction import Session, connection_of

#: Rows that are read or written at a time, so that nothing else waits long.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Made:
    """A nudge as it is stored, without its number."""

    obligation: str
    due: date
    person_id: int
    rung: str
    made_at: datetime
    principal_id: int
    delivered_at: datetime | None
    failure: str


class NewNudge(NamedTuple):
    """A nudge to be stored, by the columns of its row."""

    obligation: str
    due: date
    person_id: int
    principal_id: int
    rung: str
    made_at: datetime
    outbox_key: str = ""
    failure: str = ""


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """A nudge of which nobody knows whether it arrived; `state` is its message's, None where that is gone."""

    id: int
    obligation: str
    due: date
    outbox_key: str
    state: str | None
    finished_at: datetime | None


class LastNudge(NamedTuple):
    """A nudge as it stands, with what became of its message where nobody has recorded that yet."""

    name: str
    rung: str
    made_at: datetime
    delivered_at: datetime | None
    failure: str
    state: str | None
    finished_at: datetime | None


async def made_after(session: Session, moment: datetime) -> tuple[int, datetime | None]:
    """How many nudges were made after a moment, and when the newest."""
    query = select_columns(func.count(), func.max(NudgeRow.made_at)).where(col(NudgeRow.made_at) > moment)
    row = (await connection_of(session).execute(query)).one()
    return row[0], row[1]


async def made_since(session: Session, due: date, made_at: datetime) -> AsyncIterator[list[Made]]:
    """Nudges due on that day or later, and those made since that moment, in pieces."""
    columns = (
        col(NudgeRow.obligation),
        col(NudgeRow.due),
        col(NudgeRow.person_id),
        col(NudgeRow.rung),
        col(NudgeRow.made_at),
        col(NudgeRow.principal_id),
        col(NudgeRow.delivered_at),
        col(NudgeRow.failure),
    )
    wanted = or_(col(NudgeRow.due) >= due, col(NudgeRow.made_at) >= made_at)
    query = select_columns(key_of(NudgeRow.id), *columns).where(wanted).order_by(key_of(NudgeRow.id))
    last = 0
    while True:
        page = query.where(key_of(NudgeRow.id) > last).limit(_AT_ONCE)
        rows = (await connection_of(session).execute(page)).all()
        yield [Made(*row[1:]) for row in rows]
        if len(rows) < _AT_ONCE:
            return
        last = rows[-1][0]


async def on_their_way(session: Session, obligation: str = "") -> list[OnItsWay]:
    """Nudges that neither arrived nor failed, of one obligation or of all, and what became of their messages.

    Read in pieces: of a whole morning they are many.
    """
    columns = (
        key_of(NudgeRow.id),
        col(NudgeRow.obligation),
        col(NudgeRow.due),
        col(NudgeRow.outbox_key),
        col(OutboxRow.state),
        col(OutboxRow.finished_at),
    )
    query = (
        select_columns(*columns)
        .outerjoin(OutboxRow, col(OutboxRow.once) == col(NudgeRow.outbox_key))
        .where(col(NudgeRow.delivered_at).is_(None), col(NudgeRow.failure) == "")
        .order_by(key_of(NudgeRow.id))
    )
    if obligation:
        query = query.where(col(NudgeRow.obligation) == obligation)
    found: list[OnItsWay] = []
    while True:
        page = query.where(key_of(NudgeRow.id) > (found[-1].id if found else 0)).limit(_AT_ONCE)
        rows = (await connection_of(session).execute(page)).all()
        found += [OnItsWay(*row) for row in rows]
        if len(rows) < _AT_ONCE:
            return found
        await asyncio.sleep(0)


_SETTLED = (
    update(NudgeRow)
    .where(col(NudgeRow.id) == bindparam("row"))
    .values(delivered_at=bindparam("arrived"), failure=bindparam("why"))
)


async def settle(session: Session, outcomes: Sequence[tuple[int, datetime | None, str]]) -> None:
    """Record what became of nudges: when each arrived, or why it did not."""
    rows = [{"row": row, "arrived": arrived, "why": why} for row, arrived, why in outcomes]
    for start in range(0, len(rows), _AT_ONCE):
        await connection_of(session).execute(_SETTLED, rows[start : start + _AT_ONCE])
        await asyncio.sleep(0)


_KEEP = insert(NudgeRow)


async def keep(session: Session, nudges: Sequence[NewNudge]) -> None:
    """Store nudges. One that was made before is an error."""
    if nudges:
        rows = [{**one._asdict(), "delivered_at": None} for one in nudges]
        await connection_of(session).execute(_KEEP, rows)


async def keep_told(session: Session, nudges: Sequence[NewNudge]) -> None:
    """Store nudges that arrived as something else; those made before stay as they are."""
    rows = [{**one._asdict(), "delivered_at": one.made_at} for one in nudges]
    for start in range(0, len(rows), _AT_ONCE):
        statement = upsert(dialect_of(session), NudgeRow).on_conflict_do_nothing()
        await connection_of(session).execute(statement, rows[start : start + _AT_ONCE])


async def numbers(session: Session, outbox_keys: Collection[str]) -> dict[str, int]:
    """The number of the first nudge of each of these messages."""
    if not outbox_keys:
        return {}
    query = (
        select_columns(col(NudgeRow.outbox_key), func.min(key_of(NudgeRow.id)))
        .where(col(NudgeRow.outbox_key).in_(outbox_keys))
        .group_by(col(NudgeRow.outbox_key))
    )
    return {row[0]: row[1] for row in await connection_of(session).execute(query)}


async def forget(session: Session, outbox_keys: Sequence[str]) -> None:
    """Nudges whose message was withdrawn were never made."""
    for start in range(0, len(outbox_keys), _AT_ONCE):
        some = outbox_keys[start : start + _AT_ONCE]
        await session.exec(delete(NudgeRow).where(col(NudgeRow.outbox_key).in_(some)))
        await asyncio.sleep(0)


async def nudge(session: Session, nudge_id: int) -> NudgeRow | None:
    """One nudge."""
    return await session.get(NudgeRow, nudge_id)


async def of_person(session: Session, person_id: int, due: date) -> list[NudgeRow]:
    """What somebody was told of things due on that day or later, newest first."""
    query = (
        select(NudgeRow)
        .where(col(NudgeRow.person_id) == person_id, col(NudgeRow.due) >= due)
        .order_by(col(NudgeRow.id).desc())
    )
    return list((await session.exec(query)).all())


async def last_of(session: Session, obligation: str, but: str, most: int) -> list[LastNudge]:
    """The last nudge of each person about one thing, newest first; rungs that begin with `but` left out."""
    newest = (
        select_columns(func.max(key_of(NudgeRow.id)))
        .where(col(NudgeRow.obligation) == obligation, ~col(NudgeRow.rung).startswith(but, autoescape=True))
        .group_by(col(NudgeRow.person_id))
    )
    query = (
        select_columns(
            col(Person.name),
            col(NudgeRow.rung),
            col(NudgeRow.made_at),
            col(NudgeRow.delivered_at),
            col(NudgeRow.failure),
            col(OutboxRow.state),
            col(OutboxRow.finished_at),
        )
        .join(Person, key_of(Person.id) == col(NudgeRow.person_id))
        .outerjoin(OutboxRow, col(OutboxRow.once) == col(NudgeRow.outbox_key))
        .where(key_of(NudgeRow.id).in_(newest))
        .order_by(key_of(NudgeRow.id).desc())
        .limit(most)
    )
    return [LastNudge(*row) for row in await connection_of(session).execute(query)]


async def snoozes(session: Session, due: date) -> list[SnoozeRow]:
    """What was put off of things due on that day or later, in the order in which it was."""
    query = select(SnoozeRow).where(col(SnoozeRow.due) >= due).order_by(col(SnoozeRow.id))
    return list((await session.exec(query)).all())


async def snooze(session: Session, row: SnoozeRow) -> None:
    """Put something off."""
    session.add(row)
    await session.flush()


async def quiet_hours(session: Session) -> list[QuietHours]:
    """Everybody's own quiet hours."""
    return list((await session.exec(select(QuietHours))).all())


async def set_quiet_hours(session: Session, person_id: int, hours: tuple[time, time] | None) -> None:
    """Set somebody's own quiet hours, or take them away."""
    await session.exec(delete(QuietHours).where(col(QuietHours.person_id) == person_id))
    if hours is not None:
        starts, ends = hours
        values = {"person_id": person_id, "starts": starts, "ends": ends}
        await connection_of(session).execute(insert(QuietHours), values)


async def names(session: Session, person_ids: Collection[int]) -> dict[int, str]:
    """What these people are called."""
    known: dict[int, str] = {}
    wanted = sorted(person_ids)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        query = select_columns(key_of(Person.id), col(Person.name)).where(key_of(Person.id).in_(some))
        known |= {row[0]: row[1] for row in await connection_of(session).execute(query)}
    return known

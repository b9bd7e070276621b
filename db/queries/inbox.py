"""What came in: kept, taken up in order, finished."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy import ColumnElement, bindparam, exists, literal_column, update
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from db.engine import dialect_of, key_of, upsert
from db.models import InboxRow
from db.transaction import Session, connection_of

#: Deaths of the process while a row was worked on, after which it is only tried alone.
SUSPECT_AFTER = 3


class Heads(Enum):
    """Which of the first rows of all chats are wanted.

    Those `SHAKEN` were being worked on when the process died; a `SUSPECT` was there too often.
    """

    ANY = "any"
    SHAKEN = "shaken"
    SUSPECT = "suspect"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row taken up for work."""

    id: int
    channel: str
    bot: str
    external_id: str
    chat: str
    raw: str
    received_at: datetime
    errors: int
    alone: bool


async def store(session: Session, rows: Sequence[dict[str, object]]) -> None:
    """Keep raw updates; those seen before are ignored."""
    if rows:
        statement = upsert(dialect_of(session), InboxRow).on_conflict_do_nothing()
        await connection_of(session).execute(statement, rows)


# States stand as literals here: SQLite uses a partial index only where it can see the value.
_LIVE_STATES: tuple[ColumnElement[str], ...] = (literal_column("'new'"), literal_column("'working'"))
_LIVE = col(InboxRow.state).in_(_LIVE_STATES)
_EARLIER = aliased(InboxRow)
# In one piece, which no index has: the rows are to be looked at in the order of their ids, the first few
# only. By an index on the columns SQLite would look at all that wait, and sort them.
_OF_BOT = col(InboxRow.channel) + ":" + col(InboxRow.bot)
_HEADS = (
    select_columns(
        key_of(InboxRow.id),
        col(InboxRow.channel),
        col(InboxRow.bot),
        col(InboxRow.external_id),
        col(InboxRow.chat),
        col(InboxRow.raw),
        col(InboxRow.received_at),
        col(InboxRow.errors),
    )
    .where(
        _LIVE,
        col(InboxRow.state) == "new",
        col(InboxRow.not_before) <= bindparam("now"),
        _OF_BOT.in_(bindparam("served", expanding=True)),
        ~exists().where(
            col(_EARLIER.channel) == col(InboxRow.channel),
            col(_EARLIER.bot) == col(InboxRow.bot),
            col(_EARLIER.chat) == col(InboxRow.chat),
            col(_EARLIER.id) < col(InboxRow.id),
            col(_EARLIER.state).in_(_LIVE_STATES),
        ),
    )
    .order_by(col(InboxRow.id))
    .limit(bindparam("most"))
)
_WANTED = {
    Heads.ANY: _HEADS.where(col(InboxRow.crashes) < SUSPECT_AFTER),
    Heads.SHAKEN: _HEADS.where(col(InboxRow.crashes).between(1, SUSPECT_AFTER - 1)),
    Heads.SUSPECT: _HEADS.where(col(InboxRow.crashes) >= SUSPECT_AFTER)
    .order_by(None)
    .order_by(col(InboxRow.lone_crashes), col(InboxRow.id)),
}
_TAKE_UP = (
    update(InboxRow)
    .where(col(InboxRow.id).in_(bindparam("ids", expanding=True)))
    .values(state="working", alone=bindparam("lonely"))
)
_FINISH = (
    update(InboxRow)
    .where(col(InboxRow.id).in_(bindparam("ids", expanding=True)), col(InboxRow.state) == "working")
    .values(state="done", done_at=bindparam("now"))
)
_FORGET = update(InboxRow).where(col(InboxRow.id).in_(bindparam("ids", expanding=True))).values(raw=None)


async def claim(
    session: Session,
    now: datetime,
    limit: int,
    served: Collection[tuple[str, str]],
    heads: Heads = Heads.ANY,
) -> list[Waiting]:
    """Take up the first unfinished row of up to `limit` chats; suspects are marked as worked on alone.

    A chat whose first row waits (a retry) is left alone, so order within a chat holds. `ANY` leaves out
    suspects. Only rows of the bots `served` (channel and bot) are taken: others wait until theirs is back.
    """
    connection = connection_of(session)
    asked = {"now": now, "most": limit, "served": [f"{channel}:{bot}" for channel, bot in served]}
    rows = (await connection.execute(_WANTED[heads], asked)).all()
    if not rows:
        return []
    alone = heads is Heads.SUSPECT
    await connection.execute(_TAKE_UP, {"ids": [row[0] for row in rows], "lonely": alone})
    return [Waiting(*row[:5], row[5] or "", row[6], row[7], alone) for row in rows]


async def finish(session: Session, ids: Sequence[int], now: datetime) -> bool:
    """Mark rows that are being worked on as done; false if one of them was not."""
    result = await connection_of(session).execute(_FINISH, {"ids": list(ids), "now": now})
    return result.rowcount == len(ids)


async def forget(session: Session, ids: Sequence[int]) -> None:
    """Drop the raw text of rows at once."""
    if ids:
        await connection_of(session).execute(_FORGET, {"ids": list(ids)})


async def hand_back(session: Session, ids: Sequence[int]) -> None:
    """Rows that were taken up and neither finished nor failed: waiting again, nothing charged."""
    await session.exec(
        update(InboxRow)
        .where(col(InboxRow.id).in_(ids), col(InboxRow.state) == "working")
        .values(state="new", alone=False)
    )


async def retry(session: Session, row_id: int, not_before: datetime) -> None:
    """The turn failed and was undone: try again later; not if it was finished after all."""
    await session.exec(
        update(InboxRow)
        .where(col(InboxRow.id) == row_id, col(InboxRow.state) == "working")
        .values(state="new", alone=False, errors=col(InboxRow.errors) + 1, not_before=not_before)
    )


async def bury(session: Session, row_id: int, now: datetime, case_code: str) -> bool:
    """Give a row up, under a case number; false if it was finished after all."""
    result = await session.exec(
        update(InboxRow)
        .where(col(InboxRow.id) == row_id, col(InboxRow.state).in_(_LIVE_STATES))
        .values(state="dead", done_at=now, case_code=case_code)
    )
    return bool(result.rowcount)


async def count_crashes(session: Session) -> None:
    """After a start: what was being worked on died with the process. Count it and let it wait."""
    await session.exec(
        update(InboxRow)
        .where(col(InboxRow.state) == "working", col(InboxRow.alone).is_(True))
        .values(state="new", alone=False, lone_crashes=col(InboxRow.lone_crashes) + 1)
    )
    await session.exec(
        update(InboxRow)
        .where(col(InboxRow.state) == "working")
        .values(state="new", crashes=col(InboxRow.crashes) + 1)
    )


async def convicted(session: Session) -> list[InboxRow]:
    """Rows that killed the process alone often enough to be given up."""
    query = select(InboxRow).where(col(InboxRow.state) == "new", col(InboxRow.lone_crashes) >= SUSPECT_AFTER)
    return list((await session.exec(query)).all())


def retry_after(errors: int) -> timedelta:
    """0, 5, then 30 seconds: the pause before the next try of a failing row."""
    return timedelta(seconds=(0, 5, 30)[min(errors, 2)])

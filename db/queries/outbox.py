"""What is to be said: queued, claimed one a chat, recorded."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    String,
    and_,
    bindparam,
    case,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    literal_column,
    or_,
    update,
)
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from db.engine import dialect_of, key_of, upsert
from db.models import Account, AnnouncementRecipient, Conversation, OutboxRow
from db.queries.outbox_batches import back
from db.transaction import Session, connection_of, write_later

_MOMENT = OutboxRow.metadata.tables["outbox"].c.not_before.type


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed row, ready for its one call. `screen` is the message it may replace."""

    id: int
    channel: str
    bot: str
    chat: str
    lane: int
    payload: str
    turn: int
    edit: bool
    attempts: int
    repeats: int
    screen: str


_ADD = insert(OutboxRow)
_ADD_ONCE = {one: upsert(one, OutboxRow).on_conflict_do_nothing() for one in ("sqlite", "postgresql")}


async def add(session: Session, values: Sequence[dict[str, object]]) -> None:
    """Queue rows, by the end of the transaction. One whose `once` is known already is ignored.

    Rows with a `once` must all name the same columns.
    """
    once = [row for row in values if row.get("once")]
    if once:
        await connection_of(session).execute(_ADD_ONCE[dialect_of(session)], once)
    for row in values:
        if not row.get("once"):
            write_later(session, _ADD, row)


async def refresh(session: Session, once: str, **values: object) -> bool:
    """Change a row that is still queued under that key; says whether there was one."""
    result = await session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.once) == once, col(OutboxRow.state) == "queued")
        .values(**values)
    )
    return bool(result.rowcount)


async def states(session: Session, keys: Sequence[str]) -> dict[str, str]:
    """How the rows under these keys stand."""
    query = select_columns(col(OutboxRow.once), col(OutboxRow.state)).where(col(OutboxRow.once).in_(keys))
    return {str(row[0]): row[1] for row in await connection_of(session).execute(query)}


async def withdraw(session: Session, keys: Sequence[str], now: datetime) -> None:
    """Take back the rows under these keys, and free the keys."""
    if keys:
        await session.exec(
            update(OutboxRow)
            .where(col(OutboxRow.once).in_(keys))
            .values(state="cancelled", finished_at=now, error="withdrawn", once=_FREED)
        )


#: What a key becomes whose row has left the queue.
_FREED = col(OutboxRow.once) + "#" + cast(col(OutboxRow.id), String)


async def release_key(session: Session, once: str) -> None:
    """Free a key whose row has left the queue, so that it may be used for the next one."""
    await session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.once) == once, col(OutboxRow.state) != "queued")
        .values(once=_FREED)
    )


# States stand as literals: SQLite uses a partial index only where it can see the value.
_QUEUED: ColumnElement[str] = literal_column("'queued'")
_SENDING: ColumnElement[str] = literal_column("'sending'")
_OTHER = aliased(OutboxRow)
_IN_THE_CHAT = (
    col(_OTHER.channel) == col(OutboxRow.channel),
    col(_OTHER.bot) == col(OutboxRow.bot),
    col(_OTHER.chat) == col(OutboxRow.chat),
    col(_OTHER.state).in_((_QUEUED, _SENDING)),
)
_FLYING = col(_OTHER.state) == _SENDING
_GOES_FIRST = or_(
    and_(col(_OTHER.lane) == col(OutboxRow.lane), col(_OTHER.id) < col(OutboxRow.id)),
    and_(
        col(_OTHER.lane) < col(OutboxRow.lane),
        col(_OTHER.state) == _QUEUED,
        col(_OTHER.not_before) <= bindparam("now"),
    ),
)
_BLOCKING = exists().where(*_IN_THE_CHAT, or_(_FLYING, _GOES_FIRST))
#: While nothing else may leave, what is urgent waits only for what is urgent too.
_BLOCKING_URGENT = exists().where(
    *_IN_THE_CHAT, or_(_FLYING, and_(col(_OTHER.urgent).is_(True), _GOES_FIRST))
)
_BEFORE = aliased(OutboxRow)
_EARLIER = (
    select_columns(col(_BEFORE.external_id))
    .where(col(_BEFORE.once) == col(OutboxRow.replaces))
    .scalar_subquery()
)
_WOULD_LEAVE = (
    select_columns(
        key_of(OutboxRow.id),
        col(OutboxRow.channel),
        col(OutboxRow.bot),
        col(OutboxRow.chat),
        col(OutboxRow.lane),
        col(OutboxRow.payload),
        col(OutboxRow.turn),
        col(OutboxRow.edit),
        col(OutboxRow.attempts),
        col(OutboxRow.repeats),
        case(
            (col(OutboxRow.replaces).is_not(None), func.coalesce(_EARLIER, "")),
            else_=func.coalesce(col(Conversation.screen), ""),
        ),
    )
    .join(
        Conversation,
        and_(
            col(Conversation.channel) == col(OutboxRow.channel),
            col(Conversation.bot) == col(OutboxRow.bot),
            col(Conversation.chat) == col(OutboxRow.chat),
            col(OutboxRow.turn) > 0,
        ),
        isouter=True,
    )
    .where(
        col(OutboxRow.state) == _QUEUED,
        col(OutboxRow.channel) == bindparam("channel"),
        col(OutboxRow.bot) == bindparam("bot"),
        col(OutboxRow.not_before) <= bindparam("now"),
    )
    .order_by(col(OutboxRow.lane), col(OutboxRow.id))
    .limit(bindparam("most"))
)
_DUE = _WOULD_LEAVE.where(col(OutboxRow.lane) <= bindparam("highest_lane"), ~_BLOCKING)
_NOT_RESTING = col(OutboxRow.chat).not_in(bindparam("resting", expanding=True))
_DUE_NOT_RESTING = _DUE.where(_NOT_RESTING)
_DUE_URGENT = _WOULD_LEAVE.where(col(OutboxRow.urgent).is_(True), ~_BLOCKING_URGENT, _NOT_RESTING)
_TAKE_OFF = (
    update(OutboxRow)
    .where(col(OutboxRow.id).in_(bindparam("ids", expanding=True)))
    .values(state="sending", attempts=col(OutboxRow.attempts) + 1)
)
_ARRIVED = (
    update(OutboxRow)
    .where(col(OutboxRow.id) == bindparam("row"))
    .values(state="sent", external_id=bindparam("receipt"), finished_at=bindparam("moment"), error="")
)
_SHOWN = (
    update(Conversation)
    .where(
        col(Conversation.channel) == bindparam("on_channel"),
        col(Conversation.bot) == bindparam("of_bot"),
        col(Conversation.chat) == bindparam("in_chat"),
        col(Conversation.screen_turn) <= bindparam("shown"),
    )
    .values(
        screen=func.coalesce(func.nullif(bindparam("receipt"), ""), col(Conversation.screen)),
        screen_turn=bindparam("shown"),
        shown_at=bindparam("moment"),
    )
)


async def claim(
    session: Session,
    channel: str,
    bot: str,
    now: datetime,
    limit: int,
    highest_lane: int,
    unasked: int,
    resting: Collection[str] = (),
) -> list[Parcel]:
    """Take the head of each chat's lowest lane, at most one a chat; they are in flight at once.

    Chats that are `resting` are passed over; at most `unasked` rows are not answers (lane 0).
    """
    connection = connection_of(session)
    asked = {"channel": channel, "bot": bot, "now": now, "most": limit, "highest_lane": highest_lane}
    if resting:
        rows = await connection.execute(_DUE_NOT_RESTING, {**asked, "resting": list(resting)})
    else:
        rows = await connection.execute(_DUE, asked)
    found = [Parcel(*row) for row in rows.all()]
    answers = [parcel for parcel in found if parcel.lane == 0]
    parcels = answers + found[len(answers) : len(answers) + unasked]
    if parcels:
        await connection.execute(_TAKE_OFF, {"ids": [parcel.id for parcel in parcels]})
    return parcels


async def claim_urgent(
    session: Session, channel: str, bot: str, now: datetime, limit: int, resting: Collection[str]
) -> list[Parcel]:
    """The same where only what is urgent may leave: the rest waits, and keeps nothing urgent waiting."""
    connection = connection_of(session)
    asked = {"channel": channel, "bot": bot, "now": now, "most": limit, "resting": list(resting)}
    found = [Parcel(*row) for row in await connection.execute(_DUE_URGENT, asked)]
    if found:
        await connection.execute(_TAKE_OFF, {"ids": [parcel.id for parcel in found]})
    return found


async def record_sent(session: Session, sent: Sequence[tuple[Parcel, str]], now: datetime) -> None:
    """Deliveries that arrived, with the platform's ids; screens become their conversation's screen."""
    connection = connection_of(session)
    await connection.execute(
        _ARRIVED, [{"row": parcel.id, "receipt": receipt, "moment": now} for parcel, receipt in sent]
    )
    screens = [
        {
            "on_channel": parcel.channel,
            "of_bot": parcel.bot,
            "in_chat": parcel.chat,
            "receipt": receipt,
            "shown": parcel.turn,
            "moment": now,
        }
        for parcel, receipt in sent
        if parcel.turn
    ]
    if screens:
        await connection.execute(_SHOWN, screens)


async def set_state(session: Session, row_id: int, **values: object) -> None:
    """Record any other outcome of a delivery."""
    await session.exec(update(OutboxRow).where(col(OutboxRow.id) == row_id).values(**values))


async def put_back(
    session: Session, row_id: int, *, attempts: int, not_before: datetime, error: str, repeated: bool
) -> None:
    """Queue a row again, unless its announcement was halted or changed."""
    await session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.id) == row_id)
        .values(
            **back(literal(error, String), literal(not_before, _MOMENT)),
            attempts=attempts,
            not_before=not_before,
            repeats=col(OutboxRow.repeats) + int(repeated),
        )
    )


_EXPIRE = (
    update(OutboxRow)
    .where(col(OutboxRow.state) == _QUEUED, col(OutboxRow.expires_at) <= bindparam("now"))
    .values(state="expired", finished_at=bindparam("now"))
)


async def expire(session: Session, now: datetime) -> int:
    """End rows whose time has passed unsent."""
    result = await connection_of(session).execute(_EXPIRE, {"now": now})
    return int(result.rowcount)


async def expire_paused(session: Session, now: datetime) -> None:
    """End rows whose time has passed while somebody had them wait."""
    await session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.state) == "paused", col(OutboxRow.expires_at) <= now)
        .values(state="expired", finished_at=now)
    )


async def resend_interrupted(session: Session, channel: str, bot: str) -> int:
    """After a start: rows that were in flight when the process died are sent again, and counted.

    That costs no attempt: the platform has refused nothing.
    """
    result = await session.exec(
        update(OutboxRow)
        .where(
            col(OutboxRow.channel) == channel, col(OutboxRow.bot) == bot, col(OutboxRow.state) == "sending"
        )
        .values(
            **back(col(OutboxRow.error), col(OutboxRow.not_before)),
            repeats=col(OutboxRow.repeats) + 1,
            attempts=col(OutboxRow.attempts) - 1,
        )
    )
    return int(result.rowcount)


async def hand_back(session: Session, ids: Sequence[int]) -> None:
    """Rows of a claim that nobody went out with: queued again, nothing charged."""
    await session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.id).in_(ids), col(OutboxRow.state) == "sending")
        .values(**back(col(OutboxRow.error), col(OutboxRow.not_before)), attempts=col(OutboxRow.attempts) - 1)
    )


_NEXT_DUE = select_columns(func.min(OutboxRow.not_before)).where(
    col(OutboxRow.state) == _QUEUED,
    col(OutboxRow.channel) == bindparam("channel"),
    col(OutboxRow.bot) == bindparam("bot"),
)


async def next_due(session: Session, channel: str, bot: str) -> datetime | None:
    """When the next queued row of that channel may leave."""
    asked = {"channel": channel, "bot": bot}
    found: datetime | None = (await connection_of(session).execute(_NEXT_DUE, asked)).scalar()
    return found


async def cancel_for(session: Session, channel: str, bot: str, chat: str, now: datetime, error: str) -> None:
    """Withdraw what is still queued for a chat that cannot be reached."""
    await session.exec(
        update(OutboxRow)
        .where(
            col(OutboxRow.channel) == channel,
            col(OutboxRow.bot) == bot,
            col(OutboxRow.chat) == chat,
            col(OutboxRow.state) == "queued",
        )
        .values(state="cancelled", finished_at=now, error=error)
    )


async def move_chat(session: Session, channel: str, bot: str, old: str, new: str) -> None:
    """A chat got another id: everything that points to the old one follows.

    Where the new one has had a conversation already, that goes on, and the old one ends.
    """
    known = await session.get(Conversation, (channel, bot, new))
    if known is not None:
        await session.exec(
            delete(Conversation).where(
                col(Conversation.channel) == channel,
                col(Conversation.bot) == bot,
                col(Conversation.chat) == old,
            )
        )
    for model in (OutboxRow, Conversation, Account, AnnouncementRecipient):
        await session.exec(
            update(model)
            .where(
                col(model.channel) == channel,
                col(model.bot) == bot,
                col(model.chat) == old,
            )
            .values(chat=new)
        )


async def latest(session: Session, limit: int) -> list[OutboxRow]:
    """The newest rows, for the eyes of an operator."""
    query = select(OutboxRow).order_by(col(OutboxRow.id).desc()).limit(limit)
    return list((await session.exec(query)).all())

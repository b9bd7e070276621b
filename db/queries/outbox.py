"""What is to be said: queued, claimed one a chat, recorded."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, exists, func, insert, or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import col

from db.engine import upsert
from db.models import Account, Conversation, OutboxRow
from db.transaction import Session

LIVE = ("queued", "sending", "uncertain")


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
    guard: str
    screen: str


async def add(session: Session, values: Sequence[dict[str, object]]) -> None:
    """Queue rows. A row whose `once` is known already is ignored."""
    keyed = [row for row in values if row.get("once")]
    plain = [row for row in values if not row.get("once")]
    if plain:
        connection = await session.connection()
        await connection.execute(insert(OutboxRow), plain)
    for row in keyed:
        await session.exec(upsert(session, OutboxRow).values(**row).on_conflict_do_nothing())


async def refresh(session: Session, once: str, **values: object) -> bool:
    """Change a row that is still queued under that key; says whether there was one."""
    result = await session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.once) == once, col(OutboxRow.state) == "queued")
        .values(**values)
    )
    return bool(result.rowcount)


async def release_key(session: Session, once: str) -> None:
    """Free a key whose row has left the queue, so that it may be used for the next one."""
    await session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.once) == once, col(OutboxRow.state) != "queued")
        .values(once=func.concat(col(OutboxRow.once), "#", col(OutboxRow.id)))
    )


async def claim(
    session: Session,
    channel: str,
    bot: str,
    now: datetime,
    limit: int,
    lanes: Collection[int],
    resting: Collection[str] = (),
) -> list[Parcel]:
    """Take the head of each chat's lowest lane, at most one a chat; they are in flight at once.

    Chats that are `resting` are passed over.
    """
    other = aliased(OutboxRow)
    blocking = exists().where(
        col(other.channel) == col(OutboxRow.channel),
        col(other.bot) == col(OutboxRow.bot),
        col(other.chat) == col(OutboxRow.chat),
        col(other.state).in_(LIVE),
        or_(
            col(other.state) == "sending",
            and_(col(other.lane) == col(OutboxRow.lane), col(other.id) < col(OutboxRow.id)),
            and_(
                col(other.lane) < col(OutboxRow.lane),
                col(other.state) == "queued",
                col(other.not_before) <= now,
            ),
        ),
    )
    query = (
        select(
            col(OutboxRow.id),
            col(OutboxRow.channel),
            col(OutboxRow.bot),
            col(OutboxRow.chat),
            col(OutboxRow.lane),
            col(OutboxRow.payload),
            col(OutboxRow.turn),
            col(OutboxRow.edit),
            col(OutboxRow.attempts),
            col(OutboxRow.guard),
            func.coalesce(col(Conversation.screen), ""),
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
            col(OutboxRow.state) == "queued",
            col(OutboxRow.channel) == channel,
            col(OutboxRow.bot) == bot,
            col(OutboxRow.lane).in_(tuple(lanes)),
            col(OutboxRow.not_before) <= now,
            col(OutboxRow.chat).not_in(tuple(resting)),
            ~blocking,
        )
        .order_by(col(OutboxRow.lane), col(OutboxRow.id))
        .limit(limit)
    )
    parcels = [Parcel(*row) for row in (await session.exec(query)).all()]
    if parcels:
        await session.exec(
            update(OutboxRow)
            .where(col(OutboxRow.id).in_([parcel.id for parcel in parcels]))
            .values(state="sending", attempts=col(OutboxRow.attempts) + 1)
        )
    return parcels


async def record_sent(session: Session, sent: Sequence[tuple[Parcel, str]], now: datetime) -> None:
    """Deliveries that arrived, with the platform's ids; screens become their conversation's screen."""
    connection = await session.connection()
    await connection.execute(
        update(OutboxRow)
        .where(col(OutboxRow.id) == bindparam("row"))
        .values(state="sent", external_id=bindparam("receipt"), finished_at=bindparam("moment"), error=""),
        [{"row": parcel.id, "receipt": receipt, "moment": now} for parcel, receipt in sent],
    )
    screens = [(parcel, receipt) for parcel, receipt in sent if parcel.turn and receipt]
    if screens:
        await connection.execute(
            update(Conversation)
            .where(
                col(Conversation.channel) == bindparam("on_channel"),
                col(Conversation.bot) == bindparam("of_bot"),
                col(Conversation.chat) == bindparam("in_chat"),
                col(Conversation.screen_turn) <= bindparam("shown"),
            )
            .values(screen=bindparam("receipt"), screen_turn=bindparam("shown")),
            [
                {
                    "on_channel": parcel.channel,
                    "of_bot": parcel.bot,
                    "in_chat": parcel.chat,
                    "receipt": receipt,
                    "shown": parcel.turn,
                }
                for parcel, receipt in screens
            ],
        )


async def set_state(session: Session, row_id: int, **values: object) -> None:
    """Record any other outcome of a delivery."""
    await session.exec(update(OutboxRow).where(col(OutboxRow.id) == row_id).values(**values))


async def put_back(
    session: Session, row_id: int, *, attempts: int, not_before: datetime, error: str, repeated: bool
) -> None:
    """Queue a row again."""
    await session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.id) == row_id)
        .values(
            state="queued",
            attempts=attempts,
            not_before=not_before,
            error=error,
            repeats=col(OutboxRow.repeats) + int(repeated),
        )
    )


async def expire(session: Session, now: datetime) -> int:
    """End rows whose time has passed unsent."""
    result = await session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.state) == "queued", col(OutboxRow.expires_at) <= now)
        .values(state="expired", finished_at=now)
    )
    return int(result.rowcount)


async def resend_interrupted(session: Session, channel: str, bot: str) -> int:
    """After a start: rows that were in flight when the process died are sent again, and counted."""
    result = await session.exec(
        update(OutboxRow)
        .where(
            col(OutboxRow.channel) == channel, col(OutboxRow.bot) == bot, col(OutboxRow.state) == "sending"
        )
        .values(state="queued", repeats=col(OutboxRow.repeats) + 1)
    )
    return int(result.rowcount)


async def next_due(session: Session, channel: str, bot: str) -> datetime | None:
    """When the next queued row of that channel may leave."""
    query = select(func.min(OutboxRow.not_before)).where(
        col(OutboxRow.state) == "queued", col(OutboxRow.channel) == channel, col(OutboxRow.bot) == bot
    )
    return (await session.exec(query)).scalar()


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
    """A chat got another id: everything that points to the old one follows."""
    for model in (OutboxRow, Conversation, Account):
        await session.exec(
            update(model)
            .where(
                col(model.channel) == channel,  # type: ignore[attr-defined]  # all three have the address columns
                col(model.bot) == bot,  # type: ignore[attr-defined]  # as above
                col(model.chat) == old,  # type: ignore[attr-defined]  # as above
            )
            .values(chat=new)
        )


async def tally(session: Session) -> dict[str, int]:
    """How many rows are in each state."""
    query = select(col(OutboxRow.state), func.count()).group_by(col(OutboxRow.state))
    return {state: count for state, count in (await session.exec(query)).all()}


async def latest(session: Session, limit: int) -> list[OutboxRow]:
    """The newest rows, for the eyes of an operator."""
    query = select(OutboxRow).order_by(col(OutboxRow.id).desc()).limit(limit)
    return list((await session.exec(query)).scalars())

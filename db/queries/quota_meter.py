"""What bots used of a month, and which of them are stopped."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, literal_column, union
from sqlalchemy import select as select_columns
from sqlmodel import col

from core.messages import Address
from core.quota_meter import Stop, Use
from db.engine import dialect_of, key_of, upsert
from db.models import (
    Account,
    AnnouncementRecipient,
    ChannelStop,
    ChannelUse,
    Conversation,
    InboxRow,
    OutboxRow,
)
from db.transaction import Session, connection_of, write_now

# States stand as literals: SQLite uses a partial index only where it can see the value.
_QUEUED: ColumnElement[str] = literal_column("'queued'")
_SENDING: ColumnElement[str] = literal_column("'sending'")


@dataclass(frozen=True, slots=True)
class Stopped:
    """A bot that is stopped, why, and until when."""

    channel: str
    bot: str
    why: Stop
    until: datetime | None


async def add(session: Session, channel: str, bot: str, month: str, *, sent: int, received: int) -> None:
    """Count so many more messages of a month."""
    fresh = upsert(dialect_of(session), ChannelUse).values(
        channel=channel, bot=bot, month=month, sent=sent, received=received, lifted=False
    )
    await connection_of(session).execute(
        fresh.on_conflict_do_update(
            index_elements=["channel", "bot", "month"],
            set_={
                "sent": ChannelUse.sent + fresh.excluded.sent,
                "received": ChannelUse.received + fresh.excluded.received,
            },
        )
    )


async def lift(session: Session, channel: str, bot: str, month: str) -> None:
    """Our own count stops nothing any more this month."""
    fresh = upsert(dialect_of(session), ChannelUse).values(
        channel=channel, bot=bot, month=month, sent=0, received=0, lifted=True
    )
    await connection_of(session).execute(
        fresh.on_conflict_do_update(index_elements=["channel", "bot", "month"], set_={"lifted": True})
    )


async def use(session: Session, channel: str, bot: str, month: str) -> Use:
    """What a bot has used, with what is in flight now."""
    flying = (
        select_columns(func.count())
        .where(col(OutboxRow.state) == _SENDING, col(OutboxRow.channel) == channel, col(OutboxRow.bot) == bot)
        .select_from(OutboxRow)
    )
    counted = select_columns(col(ChannelUse.sent), col(ChannelUse.received), col(ChannelUse.lifted)).where(
        col(ChannelUse.channel) == channel, col(ChannelUse.bot) == bot, col(ChannelUse.month) == month
    )
    connection = connection_of(session)
    in_flight = int((await connection.execute(flying)).scalar_one())
    row = (await connection.execute(counted)).one_or_none()
    return Use(in_flight=in_flight) if row is None else Use(row[0], row[1], in_flight, row[2])


async def in_flight(session: Session, ids: Sequence[int]) -> int:
    """How many of these rows nobody has recorded an end of."""
    query = select_columns(func.count()).where(col(OutboxRow.id).in_(ids), col(OutboxRow.state) == _SENDING)
    return int((await connection_of(session).execute(query)).scalar_one())


async def known(session: Session, channel: str, bot: str, external_ids: Collection[str]) -> set[str]:
    """Which of these came in before."""
    query = select_columns(col(InboxRow.external_id)).where(
        col(InboxRow.channel) == channel,
        col(InboxRow.bot) == bot,
        col(InboxRow.external_id).in_(external_ids),
    )
    return set((await connection_of(session).execute(query)).scalars())


async def wrote(session: Session, channel: str, bot: str) -> int:
    """How many chats have written to a bot."""
    await write_now(session)
    query = select_columns(func.count()).where(
        col(Conversation.channel) == channel, col(Conversation.bot) == bot
    )
    return int((await connection_of(session).execute(query)).scalar_one())


async def linked(session: Session, channel: str, bot: str, but: int) -> int:
    """How many people, `but` this one, write to a bot from an account of theirs."""
    query = select_columns(func.count()).where(
        col(Account.channel) == channel,
        col(Account.bot) == bot,
        col(Account.state) == "active",
        col(Account.person_id) != but,
    )
    return int((await connection_of(session).execute(query)).scalar_one())


async def held(session: Session, announcement_id: int, channels: Collection[str]) -> int:
    """How many wait for an announcement on these channels."""
    query = select_columns(func.count()).where(
        col(AnnouncementRecipient.announcement_id) == announcement_id,
        col(AnnouncementRecipient.state) == "queued",
        col(AnnouncementRecipient.channel).in_(channels),
    )
    return int((await connection_of(session).execute(query)).scalar_one()) if channels else 0


async def waiting(session: Session, channel: str, bot: str) -> int:
    """How many messages wait to leave."""
    await write_now(session)
    query = select_columns(func.count()).where(
        col(OutboxRow.state) == _QUEUED, col(OutboxRow.channel) == channel, col(OutboxRow.bot) == bot
    )
    return int((await connection_of(session).execute(query)).scalar_one())


async def unanswered(session: Session, channel: str, bot: str, now: datetime) -> list[Address]:
    """People who wrote and whose answer waits now, in chats with an account."""
    query = (
        select_columns(col(OutboxRow.chat))
        .join(
            Account,
            (col(Account.channel) == col(OutboxRow.channel))
            & (col(Account.bot) == col(OutboxRow.bot))
            & (col(Account.chat) == col(OutboxRow.chat))
            & (col(Account.state) == "active"),
        )
        .where(
            col(OutboxRow.state) == _QUEUED,
            col(OutboxRow.channel) == channel,
            col(OutboxRow.bot) == bot,
            col(OutboxRow.lane) == 0,
            col(OutboxRow.urgent).is_(False),
            col(OutboxRow.not_before) <= now,
        )
        .distinct()
    )
    return [Address(channel, bot, chat) for chat in (await connection_of(session).execute(query)).scalars()]


async def stops(session: Session) -> list[Stopped]:
    """Every stop on record, those that are over among them."""
    query = select_columns(
        col(ChannelStop.channel), col(ChannelStop.bot), col(ChannelStop.why), col(ChannelStop.until)
    )
    return [
        Stopped(row[0], row[1], Stop(row[2]), row[3]) for row in await connection_of(session).execute(query)
    ]


async def stop(
    session: Session, channel: str, bot: str, why: Stop, now: datetime, until: datetime | None, detail: str
) -> None:
    """Put a stop on record, in the place of an older one."""
    fresh = upsert(dialect_of(session), ChannelStop).values(
        channel=channel, bot=bot, why=why.value, detail=detail, stopped_at=now, until=until
    )
    await connection_of(session).execute(
        fresh.on_conflict_do_update(
            index_elements=["channel", "bot"],
            set_={name: fresh.excluded[name] for name in ("why", "detail", "stopped_at", "until")},
        )
    )


async def go_on(session: Session, channel: str, bot: str, *whys: Stop) -> bool:
    """Take a stop of these kinds away; whether there was one."""
    result = await session.exec(
        delete(ChannelStop).where(
            col(ChannelStop.channel) == channel,
            col(ChannelStop.bot) == bot,
            col(ChannelStop.why).in_([why.value for why in whys]),
        )
    )
    return bool(result.rowcount)


async def bots(session: Session, channels: Collection[str]) -> list[tuple[str, str]]:
    """The bots of these channels that anybody wrote to, that said anything, or that are stopped."""
    models = (Conversation, Account, ChannelUse, ChannelStop)
    found = union(
        *(
            select_columns(col(model.channel).label("channel"), col(model.bot).label("bot")).where(
                col(model.channel).in_(channels)
            )
            for model in models
        )
    ).subquery()
    query = select_columns(found.c.channel, found.c.bot).order_by(found.c.channel, found.c.bot)
    return [(row[0], row[1]) for row in await connection_of(session).execute(query)]


async def accounts(session: Session, people: Collection[int]) -> list[tuple[int, Address]]:
    """The chats in which these people can be reached, the oldest first."""
    query = (
        select_columns(col(Account.person_id), col(Account.channel), col(Account.bot), col(Account.chat))
        .where(
            col(Account.person_id).in_(people),
            col(Account.state) == "active",
            col(Account.reachable).is_(True),
        )
        .order_by(key_of(Account.id))
    )
    return [(row[0], Address(*row[1:])) for row in await connection_of(session).execute(query)]

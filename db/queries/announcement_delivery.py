"""The way of an announcement out into the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    String,
    and_,
    cast,
    exists,
    func,
    insert,
    literal,
    literal_column,
    union_all,
    update,
)
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import SQLCoreOperations
from sqlmodel import col

from core.announcements import NotReached
from core.messages import Message
from db.engine import key_of
from db.models import Account, Announcement, AnnouncementRecipient, OutboxRow, Person
from db.transaction import Session, connection_of, write_now

_BULK = 2
_MOMENT = OutboxRow.metadata.tables["outbox"].c.not_before.type


@dataclass(frozen=True, slots=True)
class Wave:
    """A wording on its way to those on one channel who wait for it and `got` another one, or none (0).

    `parts` are payloads, one call to the platform each, the `first` of them at that place; with `replaces`,
    each takes the place of that wording's. What is `lacking` goes only to whoever has not got the very same.
    What is for those who `confirmed` goes to nobody else, beside the wording: theirs was replaced.
    What is `held` waits until it is let go.
    """

    announcement_id: int
    version: int
    channel: str
    got: int
    parts: Sequence[str]
    now: datetime
    expires_at: datetime
    replaces: int | None = None
    first: int = 0
    lacking: bool = False
    held: bool = False
    confirmed: bool = False


async def lay(session: Session, announcement_id: int, before: int | None, to: int | None) -> bool:
    """Note up to whom its messages are queued, None where that is everybody; whether it stood at `before`."""
    result = await session.exec(
        update(Announcement)
        .where(col(Announcement.id) == announcement_id, col(Announcement.laid_to) == before)
        .values(laid_to=to)
    )
    row = await session.get(Announcement, announcement_id)
    if row is not None:
        await session.refresh(row)
    return bool(result.rowcount)


async def keep_recipients(
    session: Session, announcement_id: int, accounts: Sequence[int], why: NotReached | None = None
) -> None:
    """Store who it is for, of these accounts that are still in use, with where they are written to.

    They wait for it, or do not get it, and `why`.
    """
    address = {name: col(getattr(Account, name)) for name in ("channel", "bot", "chat")}
    columns = _recipient(announcement_id, why.value if why is not None else "queued") | address
    rows = (
        select_columns(*columns.values())
        .select_from(Account)
        .join(Person, key_of(Person.id) == col(Account.person_id))
        .where(key_of(Account.id).in_(accounts), col(Account.state) == "active")
    )
    await connection_of(session).execute(insert(AnnouncementRecipient).from_select(list(columns), rows))


async def keep_missed(session: Session, announcement_id: int, people: Sequence[int], why: NotReached) -> None:
    """Store those of these people it is for who are not kept yet: they cannot be written to."""
    columns = _recipient(announcement_id, why.value)
    columns |= {name: literal("") for name in ("channel", "bot", "chat")}
    kept = select_columns(col(AnnouncementRecipient.person_id)).where(
        col(AnnouncementRecipient.announcement_id) == announcement_id,
        col(AnnouncementRecipient.person_id) == key_of(Person.id),
    )
    rows = select_columns(*columns.values()).where(key_of(Person.id).in_(people), ~exists(kept))
    await connection_of(session).execute(insert(AnnouncementRecipient).from_select(list(columns), rows))


def _recipient(announcement_id: int, state: str) -> dict[str, SQLCoreOperations[Any]]:
    """What a recipient is made of, of a person."""
    return {
        "announcement_id": literal(announcement_id),
        "person_id": key_of(Person.id),
        "unit_id": col(Person.unit_id),
        "state": literal(state),
        "version": literal(1),
        "got": literal(0),
        "perhaps_twice": literal(value=False),
    }


async def fan_out(session: Session, wave: Wave, people: tuple[int, int]) -> int:
    """Queue a wave for the recipients above one number and up to another; how many rows.

    One INSERT … SELECT: each person's parts stand together, in their order.
    """
    await write_now(session)
    recipient = AnnouncementRecipient
    columns = _columns(wave)
    rows = (
        select_columns(*columns.values())
        .select_from(recipient)
        .join(_numbered(wave.parts, wave.first), literal(value=True))
        .where(_waits(wave), col(recipient.person_id) > people[0], col(recipient.person_id) <= people[1])
        .where(~_has_part() if wave.lacking else literal(value=True))
        .where(col(recipient.read_version) == wave.got if wave.confirmed else literal(value=True))
        .order_by(col(recipient.person_id), literal_column("part.place"))
    )
    result = await connection_of(session).execute(insert(OutboxRow).from_select(list(columns), rows))
    return int(result.rowcount)


async def take_away(session: Session, wave: Wave, people: tuple[int, int]) -> int:
    """Queue that files they were sent leave the chats of these recipients again; how many rows.

    An empty message takes the place of each call that brought some, in whichever wording.
    """
    await write_now(session)
    recipient, brought = AnnouncementRecipient, aliased(OutboxRow)
    columns = _columns(wave) | {
        "payload": literal(Message().to_json()),
        "once": _key(wave.announcement_id, wave.version, literal("away:") + cast(key_of(brought.id), String)),
        "replaces": col(brought.once),
        "edit": literal(value=True),
    }
    with_files = and_(
        col(brought.batch) == wave.announcement_id,
        col(brought.recipient) == col(recipient.person_id),
        col(brought.state).in_(("sent", "sending")),
        col(brought.payload).like('{"files":%'),
    )
    rows = (
        select_columns(*columns.values())
        .select_from(recipient)
        .join(brought, with_files)
        .where(_waits(wave), col(recipient.person_id) > people[0], col(recipient.person_id) <= people[1])
        .order_by(col(recipient.person_id), key_of(brought.id))
    )
    result = await connection_of(session).execute(insert(OutboxRow).from_select(list(columns), rows))
    return int(result.rowcount)


async def waiting(
    session: Session, announcement_id: int, version: int, people: tuple[int, int] | None = None
) -> list[tuple[str, int]]:
    """Channels of those who wait for a wording, with the wording they have (0: none).

    With `people`, only those above one number and up to another are looked at.
    """
    recipient = AnnouncementRecipient
    query = (
        select_columns(col(recipient.channel), col(recipient.got))
        .where(
            col(recipient.announcement_id) == announcement_id,
            col(recipient.version) == version,
            col(recipient.state) == "queued",
            col(recipient.person_id).between(people[0] + 1, people[1]) if people else literal(value=True),
        )
        .distinct()
        .order_by(col(recipient.channel), col(recipient.got))
    )
    return [(row[0], row[1]) for row in await connection_of(session).execute(query)]


async def stretch(session: Session, wave: Wave, after: int, size: int) -> int | None:
    """The number of the last of the next so many people who wait for it; None where nobody does."""
    person = col(AnnouncementRecipient.person_id)
    some = select_columns(person).where(_waits(wave), person > after).order_by(person).limit(size).subquery()
    found = await connection_of(session).execute(select_columns(func.max(some.c.person_id)))
    last = found.scalar_one()
    return int(last) if last is not None else None


def _waits(wave: Wave) -> ColumnElement[bool]:
    recipient = AnnouncementRecipient
    return and_(
        col(recipient.announcement_id) == wave.announcement_id,
        col(recipient.version) == wave.version,
        col(recipient.state) == "queued",
        col(recipient.channel) == wave.channel,
        col(recipient.got) == wave.got,
    )


def _has_part() -> ColumnElement[bool]:
    """Whether a recipient was sent the very same part before."""
    row = aliased(OutboxRow)
    return exists(
        select_columns(key_of(row.id)).where(
            col(row.batch) == col(AnnouncementRecipient.announcement_id),
            col(row.recipient) == col(AnnouncementRecipient.person_id),
            col(row.state) == "sent",
            col(row.payload) == literal_column("part.payload", String),
        )
    )


def _numbered(parts: Sequence[str], first: int) -> FromClause:
    """The parts as a table."""
    rows = (
        select_columns(literal(place, Integer).label("place"), literal(part, String).label("payload"))
        for place, part in enumerate(parts, first)
    )
    return union_all(*rows).subquery("part")


def _columns(wave: Wave) -> dict[str, SQLCoreOperations[Any]]:
    """What a row of the outbox is made of, of a recipient and a part."""
    recipient = AnnouncementRecipient
    place = cast(literal_column("part.place", Integer), String)
    return {
        "channel": col(recipient.channel),
        "bot": col(recipient.bot),
        "chat": col(recipient.chat),
        "lane": literal(_BULK),
        "payload": literal_column("part.payload", String),
        "turn": literal(0),
        "edit": literal(wave.replaces is not None),
        "once": _key(
            wave.announcement_id, wave.version, literal("told:") + place if wave.confirmed else place
        ),
        "replaces": _key(wave.announcement_id, wave.replaces) if wave.replaces else literal(None, String),
        "batch": literal(wave.announcement_id),
        "recipient": col(recipient.person_id),
        "not_before": literal(wave.now, _MOMENT),
        "expires_at": literal(wave.expires_at, _MOMENT),
        "state": literal("paused" if wave.held else "queued"),
        "attempts": literal(0),
        "repeats": literal(0),
        "external_id": literal(""),
        "error": literal(""),
        "created_at": literal(wave.now, _MOMENT),
    }


def _key(announcement_id: int, version: int, part: ColumnElement[str] | None = None) -> ColumnElement[str]:
    """Under which key a part of a wording is said once to a recipient."""
    person = cast(col(AnnouncementRecipient.person_id), String)
    start = literal(f"announcement:{announcement_id}:{version}:", String)
    place = cast(literal_column("part.place", Integer), String) if part is None else part
    return start + person + ":" + place


async def set_outbox(
    session: Session,
    announcement_id: int,
    before: str,
    after: str,
    now: datetime | None,
    why: str = "",
) -> int:
    """Move what is in one state of the outbox into another; `now` where it ends there."""
    await write_now(session)
    values: dict[str, object] = {"state": after}
    if now is not None:
        values |= {"finished_at": now, "error": why}
    change = update(OutboxRow).where(col(OutboxRow.batch) == announcement_id, col(OutboxRow.state) == before)
    return int((await session.exec(change.values(**values))).rowcount)


async def under_way(session: Session, announcement_id: int, *states: str) -> int:
    """How many of its messages are in one of these states."""
    query = select_columns(func.count()).where(
        col(OutboxRow.batch) == announcement_id, col(OutboxRow.state).in_(states)
    )
    return int((await connection_of(session).execute(query)).scalar_one())

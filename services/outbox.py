"""The only way anything is said: posted in the transaction that caused it, sent by the courier."""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum

from core.messages import Address, Capabilities, Message, split_files, split_message
from core.roles import Role
from core.texts import outbox as texts
from db.queries import chats as chat_queries
from db.queries import outbox as queries
from db.queries import people as people_queries
from db.queries import settings
from db.queries.outbox import Parcel
from db.transaction import Session
from services.actor import today

__all__ = ["Lane", "Parcel", "claim", "expire", "hand_back", "next_due", "post", "record_sent", "recover"]

ATTEMPTS = 8
ANSWER_LIFE = timedelta(minutes=15)
NOTICE_LIFE = timedelta(days=30)
#: More parts than any notice that may be withdrawn is split into.
_MOST_PARTS = 8
#: More messages than such a part becomes on a channel that carries less.
_MOST_PIECES = 4
_WITHDRAWN_AT_ONCE = 50
MODE = "mode"
LIVE = "live"


class Lane(IntEnum):
    """An answer never waits behind a notice, nor a notice behind bulk."""

    ANSWER = 0
    NOTICE = 1
    BULK = 2


@dataclass(frozen=True, slots=True)
class Posted:
    """A row of the outbox, for the eyes of an operator."""

    id: int
    to: Address
    message: Message
    lane: Lane
    state: str
    attempts: int
    error: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a message is queued."""

    lane: Lane
    now: datetime
    expires_at: datetime
    turn: int = 0
    edit: bool = False
    once: str | None = None
    urgent: bool = False


async def post(
    session: Session,
    to: Address,
    message: Message,
    lane: Lane,
    now: datetime,
    *,
    turn: int = 0,
    edit: bool = False,
    once: str | None = None,
) -> None:
    """Queue a message for a chat, one row for each call to the platform.

    With `once`, the same key is queued only once, ever.
    """
    life = ANSWER_LIFE if lane is Lane.ANSWER else NOTICE_LIFE
    how = _Manner(lane, now, now + life, turn, edit, once)
    await queries.add(session, _rows(session, to, message, how))


async def post_urgent(
    session: Session, to: Address, message: Message, lane: Lane, now: datetime, *, once: str
) -> None:
    """The same once, ever, for what may use what a metered channel keeps in reserve."""
    life = ANSWER_LIFE if lane is Lane.ANSWER else NOTICE_LIFE
    how = _Manner(lane, now, now + life, once=once, urgent=True)
    await queries.add(session, _rows(session, to, message, how))


async def post_until(
    session: Session, notices: Iterable[tuple[Address, Message, str]], now: datetime, expires_at: datetime
) -> None:
    """Queue reminders, worth nothing after a while, each with the key under which it is queued once.

    They may use what a metered channel keeps in reserve.
    """
    rows: list[dict[str, object]] = []
    for to, message, once in notices:
        rows += _rows(session, to, message, _Manner(Lane.NOTICE, now, expires_at, once=once, urgent=True))
    await queries.add(session, rows)


def _rows(session: Session, to: Address, message: Message, how: _Manner) -> list[dict[str, object]]:
    parts = _fit(message, _capabilities(session, to.channel))
    rows: list[dict[str, object]] = []
    alone = sum(not part.files for part in parts) == 1
    for place, part in enumerate(parts):
        rows.append(
            {
                "channel": to.channel,
                "bot": to.bot,
                "chat": to.chat,
                "lane": int(how.lane),
                "payload": part.to_json(),
                "turn": how.turn if part.nav or part.rows or not part.files else 0,
                "edit": how.edit and place == 0 and alone,
                "once": f"{how.once}:{place}" if how.once else None,
                "urgent": how.urgent,
                "not_before": how.now,
                "expires_at": how.expires_at,
                "created_at": how.now,
            }
        )
    return rows


async def post_gathered(
    session: Session, to: Address, message: Message, now: datetime, *, turn: int, key: str
) -> None:
    """Queue an answer that stands for several things sent in one go (an album).

    While it still waits, the next part only renews it; so an album has one answer.
    """
    once = f"gather:{to.channel}:{to.bot}:{to.chat}:{key}"
    quiet = now + timedelta(seconds=GATHER_SECONDS)
    fitted = split_message(message, _capabilities(session, to.channel).text_limit)
    if len(fitted) == 1:
        payload = fitted[0].to_json()
        if await queries.refresh(session, once, payload=payload, turn=turn, not_before=quiet):
            return
        await queries.release_key(session, once)
        await queries.add(
            session,
            [
                {
                    "channel": to.channel,
                    "bot": to.bot,
                    "chat": to.chat,
                    "lane": int(Lane.ANSWER),
                    "payload": payload,
                    "turn": turn,
                    "once": once,
                    "urgent": False,
                    "not_before": quiet,
                    "expires_at": now + ANSWER_LIFE,
                    "created_at": now,
                }
            ],
        )
        return
    await post(session, to, message, Lane.ANSWER, now, turn=turn)


#: Seconds of silence after which an album counts as complete.
GATHER_SECONDS = 1.5


async def notify(
    session: Session, person_ids: Sequence[int], message: Message, now: datetime, *, once: str | None = None
) -> int:
    """Tell people something they did not ask for, if they may be told; returns how many have an account."""
    told = await may_be_told(session, person_ids, now)
    found = await addresses(session, told)
    for person, address in found.items():
        key = f"{once}:{person}" if once else None
        await post(session, address, message, Lane.NOTICE, now, once=key)
    return len(found)


async def addresses(session: Session, person_ids: Sequence[int]) -> dict[int, Address]:
    """Where each of these people is written to, one place each; whoever has none is left out."""
    found: dict[int, Address] = {}
    async for chats in chat_queries.chats(session, person_ids):
        for one in chats:
            if one.channel in _served(session):
                found.setdefault(one.person_id, Address(one.channel, one.bot, one.chat))
        await asyncio.sleep(0)
    return found


def key_of(once: str) -> str:
    """Under which key the first row stands of what was posted `once`."""
    return f"{once}:0"


def part_of(key: str, place: int) -> str:
    """The key of a part of what stood under one key elsewhere, where one call carried more."""
    return f"{key}/{place}" if place else key


async def withdraw(session: Session, once: Collection[str], now: datetime) -> list[str]:
    """Take back what was posted under these keys, each whole or not at all; which of them had not left.

    Their keys are free again.
    """
    wanted, withdrawn = sorted(once), list[str]()
    for start in range(0, len(wanted), _WITHDRAWN_AT_ONCE):
        some = wanted[start : start + _WITHDRAWN_AT_ONCE]
        parts = {
            part_of(f"{one}:{place}", piece): one
            for one in some
            for place in range(_MOST_PARTS)
            for piece in range(_MOST_PIECES)
        }
        states = await queries.states(session, list(parts))
        left = {parts[key] for key, state in states.items() if state != "queued"}
        here = [key for key in states if parts[key] not in left]
        await queries.withdraw(session, here, now)
        withdrawn += dict.fromkeys(parts[key] for key in here)
        await asyncio.sleep(0)
    return withdrawn


async def notify_administrators(
    session: Session, message: Message, now: datetime, *, once: str | None = None
) -> None:
    """Tell every administrator."""
    grants = await people_queries.holders(session, Role.ADMINISTRATOR.value, today(session, now))
    await notify(session, [grant.person_id for grant in grants], message, now, once=once)


async def may_be_told(session: Session, person_ids: Sequence[int], now: datetime) -> list[int]:
    """Those of these people who may be written to unasked: on trial, administrators (decision 19)."""
    if await is_live(session):
        return list(person_ids)
    grants = await people_queries.holders(session, Role.ADMINISTRATOR.value, today(session, now))
    administrators = {grant.person_id for grant in grants}
    return [person for person in person_ids if person in administrators]


async def is_live(session: Session) -> bool:
    """Whether the installation has left trial mode."""
    return await settings.read(session, MODE) == LIVE


async def set_live(session: Session) -> None:
    """Leave trial mode."""
    await settings.write(session, MODE, LIVE)


claim = queries.claim
claim_urgent = queries.claim_urgent
expire = queries.expire
hand_back = queries.hand_back
next_due = queries.next_due
record_sent = queries.record_sent


async def recover(session: Session, channel: str, bot: str) -> int:
    """After a start: what was in flight is sent again, and counted; returns how many."""
    return await queries.resend_interrupted(session, channel, bot)


async def latest(session: Session, limit: int) -> list[Posted]:
    """The newest rows, newest first."""
    return [
        Posted(
            row.id or 0,
            Address(row.channel, row.bot, row.chat),
            Message.from_json(row.payload),
            Lane(row.lane),
            row.state,
            row.attempts,
            row.error,
            row.created_at,
        )
        for row in await queries.latest(session, limit)
    ]


async def put_back(
    session: Session,
    parcel: Parcel,
    not_before: datetime,
    why: str,
    *,
    attempted: bool = False,
    uncertain: bool = False,
) -> None:
    """Not delivered, or nobody knows: again later. What was no attempt costs none.

    An uncertain one keeps its place in the chat's order, and is counted as possibly repeated.
    """
    attempts = parcel.attempts + 1 if attempted else parcel.attempts
    await queries.put_back(
        session, parcel.id, attempts=attempts, not_before=not_before, error=why[:200], repeated=uncertain
    )


async def give_up(session: Session, parcel: Parcel, why: str, now: datetime) -> None:
    """A message that will never be taken."""
    await queries.set_state(session, parcel.id, state="dead", error=why[:200], finished_at=now)


async def follow_move(session: Session, parcel: Parcel, chat: str, now: datetime) -> None:
    """The chat has another id: everything follows, the message goes again, no attempt charged."""
    await put_back(session, parcel, now, "moved")
    await queries.move_chat(session, parcel.channel, parcel.bot, parcel.chat, chat)


def served(session: Session, channel: str) -> bool:
    """Whether this process speaks on that channel."""
    return channel in _served(session)


def edits(session: Session, channel: str) -> bool:
    """Whether what was sent on that channel can be edited."""
    return _capabilities(session, channel).edits


def erases(session: Session, channel: str) -> bool:
    """Whether what was sent on that channel can be taken away again."""
    return channel in _served(session) and _capabilities(session, channel).erases


def payloads(session: Session, channel: str, message: Message) -> list[str]:
    """A message as it is stored for a channel: one payload for each call to the platform."""
    return [part.to_json() for part in _fit(message, _capabilities(session, channel))]


def channels(session: Session) -> dict[str, Capabilities]:
    """The channels this process speaks on, with what each can carry."""
    return {channel: _capabilities(session, channel) for channel in _served(session)}


def file_calls(session: Session, channel: str, message: Message) -> int:
    """How many of these payloads, the last ones, carry files."""
    can = _capabilities(session, channel)
    return len(split_files(message.files, can.album, can.album_bytes)) if can.files_out else 0


def _served(session: Session) -> Mapping[str, object]:
    """What the channels of this process can carry; an account on another cannot be written to now."""
    known = session.info["capabilities"]
    assert isinstance(known, Mapping)
    return known


def _capabilities(session: Session, channel: str) -> Capabilities:
    found = _served(session)[channel]
    assert isinstance(found, Capabilities)
    return found


def _fit(message: Message, can: Capabilities) -> list[Message]:
    if message.files and not can.files_out:
        lines = [message.body, *(texts.file_cannot_be_sent(file.name) for file in message.files)]
        message = replace(message, files=(), body="\n\n".join(line for line in lines if line))
    if message.files and not (message.title or message.body or message.choices):
        return split_files(message.files, can.album, can.album_bytes)
    return split_message(message, can.text_limit, can.album, can.album_bytes)

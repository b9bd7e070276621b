"""What waits where somebody cannot be reached goes to their other channel, once.

A message moves whole and keeps its key: its row here ends, and another begins there, in one transaction. What
may have arrived stays where it is while a channel is down, since it goes out again when that returns. Answers
belong to the dialogue they are part of and move nowhere.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from core.messages import Address, Message
from core.texts import channels as texts
from db.models import OutboxRow
from db.queries import chats
from db.queries import outbox as outbox_queries
from db.queries import people as people_queries
from db.queries import rerouting as queries
from db.transaction import Session
from services import journal, outbox
from services.outbox import Lane, Parcel

#: Rows of a channel that is down which move in one transaction; the next follow with the next probe.
AT_ONCE = 500
#: Why a channel carries nothing: nothing gets through, or the platform refuses the bot.
BROKEN = "broken"
MOVED = "moved"


async def give_up_chat(session: Session, parcel: Parcel, why: str, now: datetime) -> None:
    """The person cannot be written to there: what waits goes to their other channel, or ends."""
    address = Address(parcel.channel, parcel.bot, parcel.chat)
    person = await chats.person_at(session, address)
    fresh = await people_queries.set_reachable(session, address, reachable=False, now=now)
    to = await _elsewhere(session, person, address) if person is not None else None
    await outbox.give_up(session, parcel, f"unreachable: {why}", now)
    if person is not None and to is not None:
        refused = await queries.row(session, parcel.id) if parcel.lane >= Lane.NOTICE else None
        waiting = await queries.waiting_at(session, address, Lane.NOTICE)
        await _move(session, [*([refused] if refused else []), *waiting], person, to, now)
    await outbox_queries.cancel_for(session, *_parts(address), now, "unreachable")
    if fresh:
        await journal.note(session, "house", "unreachable", f"chat:{address.channel}", now)


async def leave_chat(session: Session, address: Address, person_id: int, now: datetime) -> int:
    """Somebody is not to be written to at a chat any more; how many messages follow them elsewhere."""
    to = await _elsewhere(session, person_id, address)
    moved = 0
    if to is not None:
        waiting = await queries.waiting_at(session, address, Lane.NOTICE)
        moved = await _move(session, waiting, person_id, to, now)
        await queries.redirect_all(session, person_id, address, to)
    await outbox_queries.cancel_for(session, *_parts(address), now, "unlinked")
    return moved


async def channel_down(session: Session, channel: str, bot: str, now: datetime, why: str = BROKEN) -> int:
    """A channel carries nothing at present: notices for people who have another go there; how many.

    Asked again while it lasts, it moves what has come up since.
    """
    if await queries.begin_outage(session, channel, bot, why, now):
        await journal.note(session, "house", "channel_down", f"channel:{channel}", now, why=why)
    down = {outage.channel for outage in await queries.outages(session)}
    others = sorted(outbox.channels(session).keys() - down)
    if not others:
        return 0
    stranded = await queries.waiting_on(session, channel, bot, Lane.NOTICE, others, AT_ONCE)
    of_chat: dict[tuple[int, Address], list[OutboxRow]] = {}
    for one in stranded:
        of_chat.setdefault((one.person_id, _address(one.row)), []).append(one.row)
    moved = 0
    for (person, address), rows in of_chat.items():
        if (to := await _elsewhere(session, person, address)) is not None:
            moved += await _move(session, rows, person, to, now)
    await _tell_of_answers(session, channel, bot, others, now)
    return moved


async def channel_back(session: Session, channel: str, bot: str, now: datetime, why: str = BROKEN) -> None:
    """A channel carries again what is said from now on; what has moved away stays there."""
    if await queries.end_outage(session, channel, bot, why):
        await journal.note(session, "house", "channel_back", f"channel:{channel}", now, why=why)


async def _tell_of_answers(
    session: Session, channel: str, bot: str, others: Collection[str], now: datetime
) -> None:
    """Whoever waits for an answer there is told once, on their other channel, where they can go on."""
    waiting = await queries.waiting_on(session, channel, bot, Lane.ANSWER, others, AT_ONCE)
    since = next((one.since for one in await queries.outages(session) if one.channel == channel), now)
    for one in {one.person_id: one for one in waiting}.values():
        to = await _elsewhere(session, one.person_id, _address(one.row))
        if to is not None:
            once = f"outage:{channel}:{since.isoformat()}:{one.person_id}"
            await outbox.post(session, to, texts.answers_wait(channel), Lane.NOTICE, now, once=once)


async def _elsewhere(session: Session, person_id: int, but: Address) -> Address | None:
    """Where else somebody can be written to now, on a channel that is served and carries something."""
    down = {(one.channel, one.bot) for one in await queries.outages(session)}
    for address in await chats.other_chats(session, person_id, but):
        if outbox.served(session, address.channel) and (address.channel, address.bot) not in down:
            return address
    return None


async def _move(
    session: Session, rows: Sequence[OutboxRow], person_id: int, to: Address, now: datetime
) -> int:
    if not rows:
        return 0
    values = [value for row in rows for value in _as_said_there(session, row, to, now)]
    announcements = {row.batch for row in rows if row.batch is not None}
    await queries.take_away(session, [row.id or 0 for row in rows], now, MOVED)
    await outbox_queries.add(session, values)
    if announcements:
        await queries.redirect(session, announcements, person_id, to)
    subject = f"person:{person_id}"
    await journal.note(session, "house", "rerouted", subject, now, channel=to.channel, messages=len(rows))
    return len(rows)


def _as_said_there(
    session: Session, row: OutboxRow, to: Address, now: datetime
) -> Iterable[dict[str, object]]:
    """The rows that say the same on the other channel; what only took something away there says nothing."""
    message = Message.from_json(row.payload)
    if not (message.title or message.body or message.files or message.note):
        return
    if message.title or message.body:
        note = "\n".join(line for line in (texts.moved(row.channel), message.note) if line)
        message = message.noting(note)
    message = replace(message, rows=(), nav=())
    key = row.once or f"{MOVED}:{row.id}"
    for place, payload in enumerate(outbox.payloads(session, to.channel, message)):
        yield {
            "channel": to.channel,
            "bot": to.bot,
            "chat": to.chat,
            "lane": row.lane,
            "payload": payload,
            "turn": 0,
            "edit": False,
            "once": outbox.part_of(key, place),
            "batch": row.batch,
            "recipient": row.recipient,
            "urgent": row.urgent,
            "not_before": now if row.error else row.not_before,
            "expires_at": row.expires_at,
            "state": "paused" if row.state == "paused" else "queued",
            "repeats": row.repeats,
            "created_at": row.created_at,
        }


def _address(row: OutboxRow) -> Address:
    return Address(row.channel, row.bot, row.chat)


def _parts(address: Address) -> tuple[str, str, str]:
    return address.channel, address.bot, address.chat

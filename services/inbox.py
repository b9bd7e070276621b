"""Messages in: kept before they are confirmed, taken up in order, finished once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.messages import Address, Message
from core.texts import desk as texts
from db.queries import inbox as queries
from db.queries.inbox import Heads, Waiting
from db.transaction import Session
from services import journal, outbox, quota_meter

__all__ = [
    "ERRORS_ALLOWED",
    "Arrival",
    "Heads",
    "Waiting",
    "bury",
    "claim",
    "count_crashes",
    "finish",
    "forget",
    "hand_back",
    "receive",
    "retry",
]

#: Tries of a row whose turn fails, before it is given up.
ERRORS_ALLOWED = 3


@dataclass(frozen=True, slots=True)
class Arrival:
    """A raw update as a channel hands it over; `chat` is empty where none could be told."""

    channel: str
    bot: str
    external_id: str
    chat: str
    raw: str


claim = queries.claim
finish = queries.finish
forget = queries.forget
hand_back = queries.hand_back


async def receive(session: Session, arrivals: Sequence[Arrival], now: datetime) -> None:
    """Keep raw updates; those seen before are ignored."""
    received = [(arrival.channel, arrival.bot, arrival.external_id) for arrival in arrivals]
    await quota_meter.count_received(session, received, now)
    await queries.store(
        session,
        [
            {
                "channel": arrival.channel,
                "bot": arrival.bot,
                "external_id": arrival.external_id,
                "chat": arrival.chat,
                "raw": arrival.raw,
                "received_at": now,
                "not_before": now,
                "state": "new",
                "errors": 0,
                "crashes": 0,
                "lone_crashes": 0,
                "alone": False,
                "case_code": "",
            }
            for arrival in arrivals
        ],
    )


async def retry(session: Session, row: Waiting, now: datetime) -> None:
    """The turn failed and was undone: again after 0, 5, then 30 seconds."""
    await queries.retry(session, row.id, now + queries.retry_after(row.errors))


async def bury(session: Session, row_id: int, address: Address | None, now: datetime) -> str:
    """Give a row up; the person gets an apology with the case number, the chat goes on.

    Nothing happens if the row was finished after all (a commit whose answer got lost).
    """
    case_code = f"SC-{row_id:05d}"
    if not await queries.bury(session, row_id, now, case_code):
        return case_code
    await journal.note(session, "house", "gave_up", f"inbox:{row_id}", now)
    if address is not None and address.chat:
        await outbox.post(
            session,
            address,
            Message(body=texts.could_not_handle(case_code)),
            outbox.Lane.ANSWER,
            now,
            once=f"buried:{row_id}",
        )
    await outbox.notify_administrators(
        session, Message(body=texts.case_opened(case_code)), now, once=f"case:{row_id}"
    )
    return case_code


async def count_crashes(session: Session, now: datetime) -> int:
    """After a start: count what died with the process; give up what was convicted. Returns how many.

    What came by a channel that is not served now waits for it: nobody could be told.
    """
    await queries.count_crashes(session)
    rows = [row for row in await queries.convicted(session) if outbox.served(session, row.channel)]
    for row in rows:
        await bury(session, row.id or 0, Address(row.channel, row.bot, row.chat), now)
    return len(rows)

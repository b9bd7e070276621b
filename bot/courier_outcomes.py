"""What became of deliveries, written down: sent, again later, or given up."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from bot.channels.base import (
    Delivered,
    Delivery,
    Exhausted,
    Flaky,
    Forgotten,
    Misconfigured,
    Moved,
    Rejected,
    Throttled,
    Unreachable,
)
from db.transaction import Savepoint, Session
from services import outbox, rerouting
from services.outbox import Parcel

_log = structlog.get_logger()
#: Failures in a row after which one at a time feels the way, every so many seconds.
BREAKER = 10
PROBE_EVERY = 5.0
_LONGEST_PAUSE = 60.0
_LONGEST_DOUBT = 3600.0


async def record(
    session: Session, channel: str, landed: Sequence[tuple[Parcel, Delivery]], now: datetime, failures: int
) -> None:
    """Write down what landed; `failures` is how many went wrong in a row."""
    sent = [(parcel, outcome.receipt) for parcel, outcome in landed if isinstance(outcome, Delivered)]
    if sent:
        await outbox.record_sent(session, sent, now)
    for parcel, outcome in landed:
        if isinstance(outcome, Delivered):
            continue
        try:
            async with Savepoint(session):
                await _record_failure(session, channel, parcel, outcome, now, failures)
        except Exception:  # noqa: BLE001 - one that cannot be recorded must not hold up the others
            _log.exception("outcome_unrecorded", row=parcel.id)
            await outbox.give_up(session, parcel, "unrecorded", now)


async def _record_failure(
    session: Session, channel: str, parcel: Parcel, outcome: Delivery, now: datetime, failures: int
) -> None:
    match outcome:
        case Throttled(seconds):
            await outbox.put_back(session, parcel, now + timedelta(seconds=seconds), "throttled")
        case Forgotten():
            await outbox.put_back(session, parcel, now, "file forgotten")
        case Moved(chat):
            await outbox.follow_move(session, parcel, chat, now)
        case Unreachable(why):
            await rerouting.give_up_chat(session, parcel, why, now)
        case Rejected(why):
            _log.error("delivery_rejected", row=parcel.id, why=why)
            await outbox.give_up(session, parcel, why, now)
        case Exhausted():
            await outbox.put_back(session, parcel, now, "exhausted")
        case Misconfigured(why):
            _log.error("channel_misconfigured", channel=channel, why=why)
            await outbox.put_back(session, parcel, now, why)
        case Flaky(certain, why):
            await _try_again(session, parcel, now, why, certain=certain, failures=failures)


async def _try_again(
    session: Session, parcel: Parcel, now: datetime, why: str, *, certain: bool, failures: int
) -> None:
    """Later again. Charged is only what may have arrived, and not while nothing gets through.

    What may have arrived waits longer each time, so that it is not repeated for ever and the next to
    feel the way is another one.
    """
    broken = failures >= BREAKER
    charged = not certain and not broken
    if charged and parcel.attempts + 1 >= outbox.ATTEMPTS:
        await outbox.give_up(session, parcel, why, now)
        return
    if certain:
        pause = min(PROBE_EVERY if broken else _LONGEST_PAUSE, 2.0 ** min(failures, 6))
    else:
        pause = min(_LONGEST_DOUBT if broken else _LONGEST_PAUSE, 2.0 ** min(parcel.repeats + 1, 12))
    until = now + timedelta(seconds=pause * (0.8 + secrets.randbelow(400) / 1000))
    await outbox.put_back(session, parcel, until, why, attempted=charged, uncertain=not certain)

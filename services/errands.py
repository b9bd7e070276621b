"""Slow work: asked for in the transaction that needs it, done later, settled in another."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.errands import ErrandKind
from core.texts import errands as texts
from db.queries import errands as queries
from db.transaction import Session
from services import outbox

#: An errand is given up after so long and so many tries: a machine that was off has not tried.
GIVE_UP_AFTER = timedelta(hours=24)
TRIES = 20
#: What cannot be done for so long is told.
TELL_AFTER = timedelta(minutes=15)
LONGEST_PAUSE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class ErrandFacts:
    """One errand to run."""

    id: int
    kind: ErrandKind
    subject: int
    attempts: int
    asked_at: datetime


async def add(session: Session, kind: ErrandKind, subject: int, now: datetime) -> None:
    """Ask for a piece of work on a subject; asked for again, it is begun again."""
    await queries.add(
        session,
        {
            "kind": kind.value,
            "subject": subject,
            "once": _once(kind, subject),
            "state": "waiting",
            "attempts": 0,
            "not_before": now,
            "created_at": now,
            "error": "",
        },
    )


async def due(session: Session, now: datetime, limit: int, busy: Collection[int] = ()) -> list[ErrandFacts]:
    """Errands whose time has come."""
    rows = await queries.due(session, now, limit, busy)
    return [
        ErrandFacts(row.id or 0, ErrandKind(row.kind), row.subject, row.attempts, row.created_at)
        for row in rows
    ]


async def next_due(session: Session, busy: Collection[int]) -> datetime | None:
    """When the time of the next errand comes, other than of those being run."""
    return await queries.next_due(session, busy)


async def done(session: Session, errand: ErrandFacts) -> None:
    """The work is done, and can be asked for again."""
    await queries.forget(session, errand.id, errand.asked_at)


async def given_up(session: Session, kind: ErrandKind, subject: int) -> bool:
    """Whether a piece of work ended without success."""
    return await queries.state_of(session, _once(kind, subject)) == "failed"


async def failed(session: Session, errand: ErrandFacts, now: datetime, error: str) -> bool:
    """The work failed: again later, or given up and administrators told. Says whether it is given up."""
    attempts = errand.attempts + 1
    last = attempts >= TRIES and now - errand.asked_at >= GIVE_UP_AFTER
    pause = min(LONGEST_PAUSE, timedelta(seconds=2 ** min(attempts, 10)))
    await queries.settle(
        session,
        errand.id,
        errand.asked_at,
        state="failed" if last else "waiting",
        attempts=attempts,
        not_before=now + pause,
        error=error[:200],
    )
    if last:
        # One word a day about each kind: behind a long outage there may be hundreds.
        once = f"errand:{errand.kind.value}:{now.date()}"
        await outbox.notify_administrators(session, texts.given_up(errand.kind, error), now, once=once)
    return last


async def again(session: Session, errand: ErrandFacts, at: datetime) -> None:
    """The work went well and is to be done once more then; costs no attempt."""
    await queries.settle(session, errand.id, errand.asked_at, not_before=at, attempts=0)


async def postpone(session: Session, errand: ErrandFacts, until: datetime, now: datetime) -> None:
    """Nothing was wrong, it just cannot be done yet; costs no attempt.

    Where it cannot be done for long, administrators are told, once a day.
    """
    if now - errand.asked_at >= TELL_AFTER:
        minutes = int(TELL_AFTER.total_seconds() // 60)
        once = f"waiting:{errand.kind.value}:{now.date()}"
        await outbox.notify_administrators(session, texts.waits_for_scanner(minutes), now, once=once)
    await queries.settle(session, errand.id, errand.asked_at, not_before=until)


def _once(kind: ErrandKind, subject: int) -> str:
    return f"{kind.value}:{subject}"

"""Slow work: asked for in the transaction that needs it, done later, settled in another."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from db.queries import errands as queries
from db.transaction import Session

#: Tries before an errand is given up.
ATTEMPTS = 8


class ErrandKind(StrEnum):
    """What there is to do."""

    FETCH_EVIDENCE = "fetch_evidence"
    SIGNED_COPY = "signed_copy"
    COMMANDS = "commands"


@dataclass(frozen=True, slots=True)
class ErrandFacts:
    """One errand to run."""

    id: int
    kind: ErrandKind
    subject: int
    attempts: int


async def add(session: Session, kind: ErrandKind, subject: int, now: datetime) -> None:
    """Ask for a piece of work on a subject, once."""
    await queries.add(
        session,
        {
            "kind": kind.value,
            "subject": subject,
            "once": f"{kind.value}:{subject}",
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
    return [ErrandFacts(row.id or 0, ErrandKind(row.kind), row.subject, row.attempts) for row in rows]


next_due = queries.next_due


async def done(session: Session, errand: ErrandFacts) -> None:
    """The work is done."""
    await queries.settle(session, errand.id, state="done", error="")


async def failed(session: Session, errand: ErrandFacts, now: datetime, error: str) -> bool:
    """The work failed: again later, up to `ATTEMPTS` times. Says whether it was the last time."""
    attempts = errand.attempts + 1
    last = attempts >= ATTEMPTS
    pause = timedelta(seconds=min(600, 2**attempts))
    await queries.settle(
        session,
        errand.id,
        state="failed" if last else "waiting",
        attempts=attempts,
        not_before=now + pause,
        error=error[:200],
    )
    return last


async def postpone(session: Session, errand: ErrandFacts, until: datetime) -> None:
    """Nothing was wrong, it just cannot be done yet; costs no attempt."""
    await queries.settle(session, errand.id, not_before=until)

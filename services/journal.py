"""The journal: every act leaves a line, and every line vouches for the one before."""

import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from db.queries import journal as queries
from db.transaction import Session, remember, write_now

_HEAD = "journal head"
_KEY = "journal_key"
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Entry:
    """One line as it can be shown."""

    at: datetime
    actor: str
    verb: str
    subject: str
    facts: dict[str, object]


@dataclass(frozen=True, slots=True)
class Verification:
    """What checking the chain found. `broken_at` is the id of the first entry that does not hold."""

    entries: int
    head: str
    broken_at: int | None


async def note(
    session: Session, actor: str, verb: str, subject: str, now: datetime, **facts: str | int | bool | None
) -> None:
    """Add a line: who, what, on what, when. People appear by id; no message text ever."""
    memory = remember(session)
    before = memory.get(_HEAD)
    if before is None:
        # Entries of this transaction that are not undone come first in the chain.
        await write_now(session)
        before = await queries.head(session)
    told = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = _digest(_key_of(session), str(before), now, actor, verb, subject, told)
    row = {"at": now, "actor": actor, "verb": verb, "subject": subject, "facts": told, "digest": digest}
    queries.append(session, row)
    memory[_HEAD] = digest


async def verify(session: Session, expected_head: str = "") -> Verification:
    """Check every entry against the one before.

    A cut-off tail leaves a whole chain; give the head that was noted elsewhere to see it.
    """
    key, before, count, last = _key_of(session), "", 0, 0
    found_expected = not expected_head
    try:
        async for line in queries.entries(session):
            last = line.id
            if not _holds(key, before, line):
                return Verification(count, before, last)
            before, count = line.digest, count + 1
            found_expected = found_expected or before == expected_head
    except queries.UnreadableEntryError as unreadable:
        return Verification(count, before, unreadable.id)
    return Verification(count, before, None if found_expected else last + 1)


async def latest(session: Session, limit: int) -> list[Entry]:
    """The newest lines, newest first."""
    rows = await queries.latest(session, limit)
    return [Entry(row.at, row.actor, row.verb, row.subject, json.loads(row.facts)) for row in rows]


def _key_of(session: Session) -> bytes:
    key = session.info[_KEY]
    assert isinstance(key, bytes)
    return key


def _holds(key: bytes, before: str, line: queries.Line) -> bool:
    told = (line.actor, line.verb, line.subject, line.facts)
    # Whoever writes into the file may put in anything, whatever the columns were made for.
    if not all(isinstance(field, str) for field in (*told, line.digest)):
        return False
    return hmac.compare_digest(_digest(key, before, line.at, *told).encode(), line.digest.encode())


def _digest(key: bytes, before: str, at: datetime, *fields: str) -> str:
    told = _ENCODE([before, at.astimezone(UTC).isoformat(), *fields])
    return hmac.digest(key, told.encode(), "sha256").hex()

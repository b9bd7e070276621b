"""When each entry of the timetable ran last: the alarm clock itself remembers nothing."""

from datetime import datetime

from db.queries import settings
from db.transaction import Session


async def last_run(session: Session, name: str) -> datetime | None:
    """When an entry ran last; `None` if it never did."""
    known = await settings.read(session, _key(name))
    return datetime.fromisoformat(known) if known else None


async def ran(session: Session, name: str, now: datetime) -> None:
    """An entry has run."""
    await settings.write(session, _key(name), now.isoformat())


def _key(name: str) -> str:
    return f"ran:{name}"

"""Files sent for announcements that are being written."""

from datetime import datetime

from sqlalchemy import func, update
from sqlmodel import col, select

from db.engine import key_of
from db.models import AnnouncementFile
from db.transaction import Session


async def add(session: Session, row: AnnouncementFile) -> int:
    """Keep a file that came; returns its number."""
    session.add(row)
    await session.flush()
    return row.id or 0


async def get(session: Session, file_id: int) -> AnnouncementFile | None:
    """One file."""
    return await session.get(AnnouncementFile, file_id)


async def waiting(session: Session, announcement_id: int) -> list[AnnouncementFile]:
    """Those of one announcement that are still being checked, in the order they came."""
    query = (
        select(AnnouncementFile)
        .where(
            col(AnnouncementFile.announcement_id) == announcement_id,
            col(AnnouncementFile.state) == "waiting",
            col(AnnouncementFile.removed_at).is_(None),
        )
        .order_by(key_of(AnnouncementFile.id))
    )
    return list((await session.exec(query)).all())


async def order(session: Session, announcement_id: int) -> dict[str, int]:
    """In which order the files of one announcement came, by what is in them."""
    query = select(col(AnnouncementFile.sha256), func.min(key_of(AnnouncementFile.id))).where(
        col(AnnouncementFile.announcement_id) == announcement_id, col(AnnouncementFile.state) == "clean"
    )
    rows = await session.exec(query.group_by(col(AnnouncementFile.sha256)))
    return {row[0]: row[1] for row in rows.all()}


async def received_since(session: Session, person_id: int, since: datetime) -> tuple[int, int]:
    """How many files and bytes a person sent for announcements since then."""
    query = select(func.count(), func.coalesce(func.sum(AnnouncementFile.size), 0)).where(
        col(AnnouncementFile.person_id) == person_id, col(AnnouncementFile.received_at) >= since
    )
    count, size = (await session.exec(query)).one()
    return int(count), int(size)


async def settle(session: Session, file_id: int, **values: object) -> None:
    """Record what became of a file; where its bytes lay is forgotten."""
    await session.exec(
        update(AnnouncementFile).where(key_of(AnnouncementFile.id) == file_id).values(source="", **values)
    )


async def remove(session: Session, file_id: int, now: datetime) -> None:
    """Take a file out that is still being checked."""
    await session.exec(
        update(AnnouncementFile).where(key_of(AnnouncementFile.id) == file_id).values(removed_at=now)
    )

"""What is forgotten as time passes."""

from datetime import datetime

from sqlalchemy import delete, func, or_, update
from sqlmodel import col, select

from db.models import Announcement, AnnouncementFile, AnnouncementRecipient, Evidence, InboxRow, OutboxRow
from db.transaction import Session

_ARRIVED = ("done", "dead")
_ENDED = ("sent", "dead", "expired", "cancelled")
_EMPTY = "{}"
#: Announcements whose files somebody may still look after.
_WRITTEN = ("draft", "waiting", "scheduled")


async def forget_what_came(session: Session, before: datetime) -> None:
    """Drop the raw text of messages handled before that time; their keys stay."""
    await session.exec(
        update(InboxRow)
        .where(
            col(InboxRow.state).in_(_ARRIVED), col(InboxRow.done_at) < before, col(InboxRow.raw).is_not(None)
        )
        .values(raw=None)
    )


async def forget_what_was_said(session: Session, before: datetime) -> None:
    """Drop the words of messages that left, or never will, before that time."""
    await session.exec(
        update(OutboxRow)
        .where(
            col(OutboxRow.state).in_(_ENDED),
            col(OutboxRow.finished_at) < before,
            col(OutboxRow.payload) != _EMPTY,
        )
        .values(payload=_EMPTY)
    )


async def drop_what_was_announced(session: Session, before: datetime) -> None:
    """Drop messages of announcements that ended before that time, once what came of them is counted.

    The newest row of all stays: SQLite would begin its ids anew.
    """
    newest = select(func.max(OutboxRow.id)).scalar_subquery()
    uncounted = select(AnnouncementRecipient.announcement_id).where(AnnouncementRecipient.state == "queued")
    await session.exec(
        delete(OutboxRow).where(
            col(OutboxRow.batch).is_not(None),
            col(OutboxRow.state).in_(_ENDED),
            col(OutboxRow.finished_at) < before,
            col(OutboxRow.batch).not_in(uncounted),
            col(OutboxRow.id) < newest,
        )
    )


async def drop_files_of_announcements(session: Session, before: datetime) -> None:
    """Drop how files came for announcements, once that is settled and nobody writes on one any more.

    What people got stays named in the wordings. The newest row stays: SQLite would begin its ids anew.
    """
    newest = select(func.max(AnnouncementFile.id)).scalar_subquery()
    written = select(Announcement.id).where(col(Announcement.state).in_(_WRITTEN))
    settled = or_(
        col(AnnouncementFile.state).in_(("refused", "lost")), col(AnnouncementFile.removed_at) < before
    )
    await session.exec(
        delete(AnnouncementFile).where(
            col(AnnouncementFile.state) != "waiting",
            col(AnnouncementFile.checked_at) < before,
            or_(settled, col(AnnouncementFile.announcement_id).not_in(written)),
            col(AnnouncementFile.id) < newest,
        )
    )


async def drop_what_came(session: Session, before: datetime) -> None:
    """Drop messages handled before that time, keys and all.

    The newest row of all stays: case numbers are made from ids, and SQLite would begin anew.
    """
    newest = select(func.max(InboxRow.id)).scalar_subquery()
    await session.exec(
        delete(InboxRow).where(
            col(InboxRow.state).in_(_ARRIVED), col(InboxRow.done_at) < before, col(InboxRow.id) < newest
        )
    )


async def forget_sources(session: Session) -> None:
    """Drop what a file was fetched by, where there is nothing left to fetch."""
    await session.exec(
        update(Evidence)
        .where(col(Evidence.state) != "waiting", col(Evidence.source) != _EMPTY)
        .values(source=_EMPTY)
    )

"""What a courier remembers across restarts: pauses that platforms asked for, and what they call files."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, func
from sqlalchemy import select as select_columns
from sqlmodel import col

from db.engine import dialect_of, upsert
from db.models import OutboxFile, OutboxPause
from db.transaction import Session, connection_of

#: A file as people know it: its digest and its name.
FileKey = tuple[str, str]


async def keep_pauses(
    session: Session, channel: str, bot: str, pauses: Mapping[str, datetime], now: datetime
) -> None:
    """Store until when chats have to rest (the whole bot under an empty name); the longer pause stays."""
    fresh = upsert(dialect_of(session), OutboxPause)
    later = func.max if dialect_of(session) == "sqlite" else func.greatest
    await connection_of(session).execute(
        fresh.on_conflict_do_update(
            index_elements=["channel", "bot", "chat"],
            set_={"told_at": fresh.excluded.told_at, "until": later(OutboxPause.until, fresh.excluded.until)},
        ),
        [
            {"channel": channel, "bot": bot, "chat": chat, "told_at": now, "until": until}
            for chat, until in pauses.items()
        ],
    )


async def pauses(
    session: Session, channel: str, bot: str, now: datetime
) -> list[tuple[str, datetime, datetime]]:
    """Pauses that are not over: chat, when it was told, until when."""
    query = select_columns(col(OutboxPause.chat), col(OutboxPause.told_at), col(OutboxPause.until)).where(
        col(OutboxPause.channel) == channel, col(OutboxPause.bot) == bot, col(OutboxPause.until) > now
    )
    return [(row[0], row[1], row[2]) for row in await connection_of(session).execute(query)]


async def drop_pauses(session: Session, now: datetime) -> None:
    """Drop pauses that are over."""
    await session.exec(delete(OutboxPause).where(col(OutboxPause.until) <= now))


async def keep_handles(
    session: Session, channel: str, bot: str, handles: Mapping[FileKey, str], now: datetime
) -> None:
    """Store what a platform calls files."""
    fresh = upsert(dialect_of(session), OutboxFile)
    await connection_of(session).execute(
        fresh.on_conflict_do_update(
            index_elements=["channel", "bot", "sha256", "name"],
            set_={"handle": fresh.excluded.handle, "kept_at": fresh.excluded.kept_at},
        ),
        [
            {"channel": channel, "bot": bot, "sha256": sha256, "name": name, "handle": handle, "kept_at": now}
            for (sha256, name), handle in handles.items()
        ],
    )


async def handles(session: Session, channel: str, bot: str, files: Collection[FileKey]) -> dict[FileKey, str]:
    """What a platform calls these files, as far as it was given them."""
    query = select_columns(col(OutboxFile.sha256), col(OutboxFile.name), col(OutboxFile.handle)).where(
        col(OutboxFile.channel) == channel,
        col(OutboxFile.bot) == bot,
        col(OutboxFile.sha256).in_({sha256 for sha256, _name in files}),
    )
    found = {(row[0], row[1]): str(row[2]) for row in await connection_of(session).execute(query)}
    return {file: found[file] for file in files if file in found}


async def drop_handles(session: Session, channel: str, bot: str, files: Collection[FileKey]) -> None:
    """Forget what a platform called these files."""
    for sha256, name in files:
        await session.exec(
            delete(OutboxFile).where(
                col(OutboxFile.channel) == channel,
                col(OutboxFile.bot) == bot,
                col(OutboxFile.sha256) == sha256,
                col(OutboxFile.name) == name,
            )
        )


async def drop_old_handles(session: Session, before: datetime) -> None:
    """Forget what platforms call files that were given to them before that time."""
    await session.exec(delete(OutboxFile).where(col(OutboxFile.kept_at) < before))

"""What the couriers remember from one start to the next."""

from datetime import datetime, timedelta

from db.queries import outbox_memory as queries
from db.queries.outbox_memory import FileKey
from db.transaction import Session

__all__ = ["FileKey", "drop_handles", "handles", "keep_handles", "keep_pauses", "pauses"]

handles = queries.handles
keep_handles = queries.keep_handles
drop_handles = queries.drop_handles
keep_pauses = queries.keep_pauses


async def pauses(session: Session, channel: str, bot: str, now: datetime) -> dict[str, timedelta]:
    """How much longer chats of that bot have to rest; under an empty name the whole bot.

    Never longer than the platform asked for, should the clock have been set back meanwhile.
    """
    found = await queries.pauses(session, channel, bot, now)
    return {chat: min(until - now, until - told_at) for chat, told_at, until in found}

"""The card on which an author sees how far an announcement is: one message that is renewed in its place."""

from datetime import datetime, timedelta

from core.announcement_content import Content
from core.announcements import State
from core.texts import announcement_results as texts
from db.models import Announcement
from db.queries import announcement_progress as queries
from db.queries import announcement_results as result_queries
from db.queries import outbox as outbox_queries
from db.queries.announcement_progress import Card
from db.transaction import Session
from services import outbox, quota_meter
from services.actor import local
from services.outbox import Lane

_LIFE = timedelta(days=1)
_QUEUED = "queued"
_HELD = frozenset({"sending", "sent"})


async def renew(session: Session, row: Announcement, now: datetime, every: timedelta, *, over: bool) -> bool:
    """Let the author's card say how things stand now; whether it has to be renewed again.

    It is posted anew for each wording, and no more often than `every` so long. Where nothing can be edited,
    there is a first card and, when it is `over`, a last one.
    """
    number = row.id or 0
    told = await outbox.may_be_told(session, [row.author_id], now)
    where = (await outbox.addresses(session, told)).get(row.author_id)
    if where is None:
        return False
    content = Content.from_json(row.content)
    right = content.question.right if content.question is not None else -1
    counted = await result_queries.tally(session, number, right)
    counted = await quota_meter.with_held(session, number, counted, local(session, now).date())
    message = texts.progress(
        number,
        content.title,
        State(row.state),
        counted,
        retracted=row.retracted,
        corrected=row.version > 1,
    )
    (payload,) = outbox.payloads(session, where.channel, message)
    key = f"progress:{number}:{row.version}"
    card = await queries.card(session, key)
    if card is not None and card.payload == payload:
        return False
    if card is not None and card.state == _QUEUED:
        await outbox_queries.refresh(session, key, payload=payload)
        return False
    edits = outbox.edits(session, where.channel)
    if card is not None and ((not edits and not over) or now - card.created_at < every):
        return edits or over
    freed = await _made_way(session, card, key) if card is not None else None
    await outbox_queries.add(
        session,
        [
            {
                "channel": where.channel,
                "bot": where.bot,
                "chat": where.chat,
                "lane": int(Lane.NOTICE),
                "payload": payload,
                "edit": card is not None and edits,
                "once": key,
                "urgent": False,
                "replaces": freed if edits else None,
                "not_before": now,
                "expires_at": now + _LIFE,
                "created_at": now,
            }
        ],
    )
    return False


async def _made_way(session: Session, card: Card, key: str) -> str | None:
    """Under which key the message stands that the next card takes the place of."""
    freed = await queries.make_way(session, card.id, key)
    return freed if card.state in _HELD or card.replaces is None else card.replaces

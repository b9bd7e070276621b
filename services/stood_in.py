"""Telling whoever is stood in for what was handed in or confirmed in their place."""

from collections.abc import Collection
from datetime import datetime

from core.deadlines import Obligation
from core.submissions import SubmissionFacts
from core.texts import submissions as texts
from db.transaction import Session
from services import outbox


async def tell(
    session: Session, found: Obligation, facts: SubmissionFacts, people: Collection[int | None], now: datetime
) -> None:
    """Tell these people, each once of each act; None stands for nobody."""
    act = "handed_in" if facts.confirmed_at is None else "confirmed"
    told = sorted(one for one in people if one is not None)
    notice = texts.in_place_notice(found, facts)
    await outbox.notify(session, told, notice, now, once=f"in_place:{act}:{facts.id}")

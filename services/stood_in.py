"""Whoever is stood in for: told of what was done in their place, and named in the journal beside the doer."""

from collections.abc import Collection
from datetime import datetime

from core.deadlines import Obligation
from core.roles import Permission, Target
from core.submissions import SubmissionFacts
from core.texts import submissions as texts
from db.queries import people as people_queries
from db.transaction import Session
from services import outbox
from services.actor import Actor


async def tell(
    session: Session, found: Obligation, facts: SubmissionFacts, people: Collection[int | None], now: datetime
) -> None:
    """Tell these people, each once of each act; None stands for nobody."""
    act = "handed_in" if facts.confirmed_at is None else "confirmed"
    told = sorted(one for one in people if one is not None)
    notice = texts.in_place_notice(found, facts)
    await outbox.notify(session, told, notice, now, once=f"in_place:{act}:{facts.id}")


async def noted(session: Session, actor: Actor, permission: Permission, unit_id: int) -> dict[str, str]:
    """What the journal adds where somebody does for a unit what they may in another's place alone."""
    actor.require(permission)
    above = await people_queries.units_above(session, unit_id, actor.today)
    instead_of = actor.instead_of(permission, Target(units=above))
    return {"instead_of": f"person:{instead_of}"} if instead_of is not None else {}

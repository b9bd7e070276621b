"""Who is told of a dossier: whoever looks after it, and those it proposes."""

from collections.abc import Collection, Mapping
from datetime import datetime

from core.dossiers import NomineeFacts
from core.roles import Role
from db.queries import appraisal as queries
from db.transaction import Session
from services import absences
from services.actor import today


async def of_unit(session: Session, unit_id: int, now: datetime) -> list[int]:
    """Who is told of a unit's dossier: its head and coordinators, or whoever stands in for them."""
    day = today(session, now)
    roles = (Role.HEAD.value, Role.COORDINATOR.value)
    return await absences.acting(session, await queries.leading(session, [unit_id], roles, day), day)


async def of_nominees(
    session: Session, people: Collection[NomineeFacts], now: datetime
) -> Mapping[int, tuple[NomineeFacts, ...]]:
    """Whom each person is told about: themselves, or a collective they lead."""
    found: dict[int, tuple[NomineeFacts, ...]] = {}
    for one in people:
        told = [one.person_id] if one.person_id is not None else await of_unit(session, one.unit_id, now)
        for person in told:
            found[person] = (*found.get(person, ()), one)
    return found


async def concerned(
    session: Session, unit_id: int, people: Collection[NomineeFacts], now: datetime
) -> frozenset[int]:
    """Who is told of the steps of a dossier as its unit, or as a nominee."""
    own = await of_nominees(session, people, now)
    return frozenset({*await of_unit(session, unit_id, now), *own})

"""Who cannot be written to, for whoever may give them a new code."""

from collections import defaultdict
from datetime import datetime

from core.cut_off import AccountState, CodeState, CutOff, why
from core.organisation import upwards
from core.roles import Permission, Target
from db.models import Account, Invitation
from db.queries import cut_off as queries
from db.queries import deadlines as deadline_queries
from db.queries import rerouting as outage_queries
from db.transaction import Session
from services import outbox
from services.actor import Actor, local, today


async def listed(session: Session, actor: Actor, now: datetime, unit: int = 0) -> list[CutOff]:
    """Those of the people the actor may give codes to who cannot be written to, by unit and name.

    Of one `unit` alone where one is named.
    """
    actor.require(Permission.ISSUE_CODES)
    places = {one.unit_id: one for one in await deadline_queries.places(session, today(session, now))}
    parents = {one.unit_id: one.parent_id for one in places.values()}
    accounts, codes = await _accounts(session), await _codes(session)
    found = list[CutOff]()
    for person in await queries.listed(session):
        number = person.id or 0
        if unit and person.unit_id != unit:
            continue
        target = Target(number, frozenset(upwards(person.unit_id, parents)))
        if not actor.may(Permission.ISSUE_CODES, target):
            continue
        reason = why(accounts[number], codes.get(number), person.created_at, now)
        if reason is not None:
            name = places[person.unit_id].name if person.unit_id in places else ""
            found.append(
                CutOff(
                    number,
                    person.name,
                    person.staff_code,
                    person.unit_id,
                    name,
                    person.phone,
                    reason[0],
                    local(session, reason[1]),
                )
            )
    return sorted(found, key=lambda one: (one.unit, one.unit_id))


async def _accounts(session: Session) -> dict[int, list[AccountState]]:
    down = {(one.channel, one.bot): one.since for one in await outage_queries.outages(session)}
    found = defaultdict[int, list[AccountState]](list)
    for row in await queries.accounts(session):
        found[row.person_id].append(_state(session, row, down))
    return found


def _state(session: Session, row: Account, down: dict[tuple[str, str], datetime]) -> AccountState:
    return AccountState(
        active=row.state == "active",
        reachable=row.reachable,
        served=outbox.served(session, row.channel),
        linked_at=row.linked_at,
        frozen_at=row.frozen_at,
        unreachable_since=row.unreachable_since,
        down_since=down.get((row.channel, row.bot)),
    )


async def _codes(session: Session) -> dict[int, CodeState]:
    def state(row: Invitation) -> CodeState:
        return CodeState(row.issued_at, row.expires_at, row.void_at)

    return {row.person_id: state(row) for row in await queries.newest_codes(session)}

"""People who leave the office, and those who come back; what they answered and signed stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.errands import ErrandKind
from core.organisation import code_key
from core.roles import Permission, Role, Target
from db.models import Person, RoleGrant
from db.queries import organisation as queries
from db.queries import people as people_queries
from db.transaction import Session
from services import errands, journal, sharing
from services.actor import Actor


@dataclass(frozen=True, slots=True)
class Moved:
    """Whose standing changed, by name.

    Where a staff code is unknown, or the office would be left without an administrator, nothing changes.
    """

    names: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    last_administrator: bool = False


async def leave(session: Session, actor: Actor, staff_codes: Sequence[str], now: datetime) -> Moved:
    """Lock these people out at once: accounts, unused codes, roles and leaderships end."""
    actor.require(Permission.MANAGE_PEOPLE)
    people, unknown = await _found(session, actor, staff_codes, now, active=True)
    if unknown:
        return Moved(unknown=unknown)
    leaving = {person.id or 0 for person in people}
    today = now.date()
    administrators = {
        row.person_id for row in await people_queries.holders(session, Role.ADMINISTRATOR, today)
    }
    if administrators and administrators <= leaving:
        return Moved(last_administrator=True)
    grants = await queries.grants_on(session, today)
    leaders = await queries.leaderships_on(session, today)
    queries.end((row for row in grants if row.person_id in leaving), today)
    queries.end((row for row in leaders if row.person_id in leaving), today)
    for person in people:
        person.active, person.updated_at = False, now
        await people_queries.void_invitations(session, person.id or 0, now)
        for account in await people_queries.accounts_of(session, person.id or 0):
            await people_queries.freeze(session, account.id or 0, now, "left")
            await errands.add(session, ErrandKind.COMMANDS, account.id or 0, now)
        await journal.note(session, actor.label, "left", f"person:{person.id}", now)
    await session.flush()
    await sharing.hand_back(session, sorted(leaving), now)
    return Moved(tuple(person.name for person in people))


async def come_back(session: Session, actor: Actor, staff_codes: Sequence[str], now: datetime) -> Moved:
    """Put people back on the list, as staff of the unit they left; they join anew with a new code."""
    actor.require(Permission.MANAGE_PEOPLE)
    people, unknown = await _found(session, actor, staff_codes, now, active=False)
    if unknown:
        return Moved(unknown=unknown)
    for person in people:
        person.active, person.updated_at = True, now
        staff = RoleGrant(
            person_id=person.id or 0,
            role=Role.STAFF,
            unit_id=person.unit_id,
            since=now.date(),
            given_by=actor.person_id or None,
        )
        people_queries.add(session, staff)
        await journal.note(session, actor.label, "came_back", f"person:{person.id}", now)
    return Moved(tuple(person.name for person in people))


async def _found(
    session: Session, actor: Actor, staff_codes: Sequence[str], now: datetime, *, active: bool
) -> tuple[list[Person], tuple[str, ...]]:
    """The people with these codes the actor manages, and the codes of nobody."""
    everyone = {code_key(one.staff_code): one for one in await people_queries.everyone(session)}
    people, unknown = [], []
    for key, code in {code_key(code): code for code in staff_codes}.items():
        person = everyone.get(key)
        if person is None or person.active is not active:
            unknown.append(code)
            continue
        above = await people_queries.units_above(session, person.unit_id, now.date())
        actor.require(Permission.MANAGE_PEOPLE, Target(person_id=person.id, units=above))
        people.append(person)
    return people, tuple(unknown)

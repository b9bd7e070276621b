"""Which roles somebody holds today, in their own right and in the place of whomever they stand in for."""

from collections.abc import Collection
from datetime import date

from core.roles import Grant, Role
from db.queries import absences as queries
from db.queries import people as people_queries
from db.transaction import Session

#: What a stand-in may do of it: answer for a unit. What the office does nobody does by standing in.
LENT = frozenset({Role.HEAD, Role.COORDINATOR})


async def held(session: Session, person_ids: Collection[int], day: date) -> dict[int, frozenset[Grant]]:
    """The grants these people hold on that day; those of somebody they stand in for end with the period."""
    lent = await _lent(session, person_ids, day, day)
    wanted = {*person_ids, *(person for several in lent.values() for person in several)}
    own: dict[int, set[Grant]] = {}
    for person, role, unit, since, until in await people_queries.grants_of(session, sorted(wanted)):
        grant = Grant(Role(role), unit, since, until)
        if grant.holds_on(day):
            own.setdefault(person, set()).add(grant)
    return {
        one: frozenset(own.get(one, ()))
        | {
            Grant(grant.role, grant.unit_id, *period, instead_of=person)
            for person, period in lent.get(one, {}).items()
            for grant in own.get(person, ())
            if grant.role in LENT
        }
        for one in person_ids
    }


async def lendable(session: Session, person_id: int, first: date, last: date) -> frozenset[int | None]:
    """The units somebody answers for on any of these days, lent to them included; None for all of them."""
    lent = (await _lent(session, [person_id], first, last)).get(person_id, {})
    several = sorted({person_id, *lent})
    return frozenset(
        unit
        for _person, role, unit, since, until in await people_queries.grants_of(session, several)
        if role in LENT and since <= last and (until is None or first <= until)
    )


async def _lent(
    session: Session, person_ids: Collection[int], first: date, last: date
) -> dict[int, dict[int, tuple[date, date]]]:
    """Whom each of these people stands in for on one of these days, and when; also for one who is away."""
    found: dict[int, dict[int, tuple[date, date]]] = {}
    links: dict[int, list[tuple[int, date, date]]] = {}
    asked, ahead = set[int](), set(person_ids)
    while ahead:
        asked |= ahead
        for deputy, person, starts, ends in await queries.lent_to(session, sorted(ahead), first, last):
            links.setdefault(deputy, []).append((person, starts, ends))
        ahead = {one for several in links.values() for one, _starts, _ends in several} - asked
    for whoever in person_ids:
        reached: dict[int, tuple[date, date]] = {}
        waiting = [(whoever, date.min, date.max)]
        while waiting:
            deputy, since, until = waiting.pop()
            for person, starts, ends in links.get(deputy, ()):
                if person != whoever and person not in reached:
                    reached[person] = max(since, starts), min(until, ends)
                    waiting.append((person, *reached[person]))
        if reached:
            found[whoever] = reached
    return found

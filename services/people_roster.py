"""The house on one day, as rows to change and as facts to plan with."""

from dataclasses import dataclass
from datetime import date

from core.organisation import UnitFact, UnitIndex
from core.people_plan import PersonFact, Roster
from core.roles import Role
from db.models import Leadership, Person, RoleGrant, Unit, UnitName
from db.queries import organisation as queries
from db.transaction import Session


@dataclass(frozen=True, slots=True)
class Standing:
    """Units with the name in force, people, and the roles and leaderships in force, by id.

    A unit whose last period has ended stands under its last name.
    """

    day: date
    units: dict[int, Unit]
    names: dict[int, UnitName]
    former: dict[int, tuple[str, ...]]
    people: dict[int, Person]
    grants: dict[int, list[RoleGrant]]
    leaders: dict[int, list[Leadership]]

    def unit_facts(self) -> tuple[UnitFact, ...]:
        """Every unit with its name and place, and the names it had before."""
        return tuple(
            UnitFact(
                unit_id,
                unit.code,
                unit.kind,
                self.names[unit_id].name,
                self.names[unit_id].parent_id,
                self.former[unit_id],
            )
            for unit_id, unit in self.units.items()
        )

    def ranks(self) -> dict[tuple[int, int], str]:
        """Who is what in which unit: (unit, person) to `head` or `deputy`, the higher of the two."""
        found: dict[tuple[int, int], str] = {}
        for unit_id, rows in self.leaders.items():
            for row in sorted(rows, key=lambda row: row.rank == "head"):
                found[unit_id, row.person_id] = row.rank
        return found

    def roster(self) -> Roster:
        """The facts an import is planned with."""
        ranks = self.ranks()
        people = tuple(
            PersonFact(
                id=person_id,
                staff_code=person.staff_code,
                name=person.name,
                phone=person.phone,
                post=person.post,
                rating=person.rating,
                unit_id=person.unit_id,
                active=person.active,
                roles=frozenset((Role(row.role), row.unit_id) for row in self.grants.get(person_id, ())),
                rank=ranks.get((person.unit_id, person_id), ""),
            )
            for person_id, person in self.people.items()
        )
        heads = {
            unit_id: frozenset(row.person_id for row in rows if row.rank == "head")
            for unit_id, rows in self.leaders.items()
        }
        return Roster(self.unit_facts(), people, heads)


async def units_standing(session: Session, day: date) -> Standing:
    """The units alone."""
    units: dict[int, Unit] = {}
    periods: dict[int, list[UnitName]] = {}
    for unit, name in await queries.units(session):
        units[name.unit_id] = unit
        periods.setdefault(name.unit_id, []).append(name)
    names = {
        unit_id: next((row for row in rows if row.since <= day), rows[-1])
        for unit_id, rows in periods.items()
    }
    former = {
        unit_id: tuple(dict.fromkeys(row.name for row in rows if row.since < names[unit_id].since))
        for unit_id, rows in periods.items()
    }
    return Standing(day, units, names, former, {}, {}, {})


async def standing(session: Session, day: date) -> Standing:
    """Units, people, roles and leaderships."""
    house = await units_standing(session, day)
    for person in await queries.people(session):
        house.people[person.id or 0] = person
    for grant in await queries.grants_on(session, day):
        house.grants.setdefault(grant.person_id, []).append(grant)
    for leader in await queries.leaderships_on(session, day):
        house.leaders.setdefault(leader.unit_id, []).append(leader)
    return house


async def units_by_words(session: Session, text: str, day: date) -> tuple[UnitFact, ...]:
    """The units people may mean: by code, name, former name or abbreviation, else by some of its words."""
    return tuple(UnitIndex((await units_standing(session, day)).unit_facts()).like(text))

"""The organisation through time: who works where and as what comes in by a sheet and goes out by one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from core.errands import ErrandKind
from core.organisation import upwards
from core.people_plan import Importer, ImportPlan, PersonStep, RoleHeld, plan_import
from core.people_rows import TEXT_LIMIT
from core.people_sheet import Column, Sheet
from core.people_units import UnitStep
from core.refusals import Code, Refusal
from core.roles import Permission, Role, Target
from core.texts import people_sheet as texts
from core.texts.account import ROLE_NAMES
from core.vietnamese import clean_line, fold
from db.models import Leadership, Person, RoleGrant, Unit, UnitName
from db.queries import organisation as queries
from db.queries import people as people_queries
from db.transaction import Session
from services import errands, journal, sharing
from services.actor import Actor, today
from services.papers import people_workbook
from services.people_roster import Standing, standing, units_standing


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did: the plan it carried out, and the ids of the people it entered, by row."""

    plan: ImportPlan
    added: Mapping[int, int]


async def plan_people(session: Session, actor: Actor, sheet: Sheet, day: date) -> ImportPlan:
    """The dry run: what `import_people` would do on that day, and what is wrong with the sheet."""
    actor.require(Permission.MANAGE_PEOPLE)
    return plan_import(sheet, (await standing(session, day)).roster(), _importer(actor))


async def import_people(session: Session, actor: Actor, sheet: Sheet, now: datetime) -> ImportResult:
    """Enter the good rows of a sheet; rows with errors are left out, people not in it are left alone.

    Whether the actor may manage a person or a unit is part of the plan, row by row. Everything takes
    effect on the day of `now` at the office.
    """
    actor.require(Permission.MANAGE_PEOPLE)
    house = await standing(session, today(session, now))
    plan = plan_import(sheet, house.roster(), _importer(actor))
    clerk = _Clerk(session, actor, house, now)
    await clerk.enter_units(plan.units)
    await clerk.enter_people(plan)
    if not plan.empty:
        await journal.note(
            session,
            actor.label,
            "imported_people",
            "people",
            now,
            added=len(plan.additions),
            changed=len(plan.changes),
            unchanged=plan.unchanged,
            left_out=len(plan.rows_left_out),
            units=len(plan.units),
        )
    return ImportResult(plan, clerk.added)


async def rename_unit(session: Session, actor: Actor, unit_id: int, name: str, now: datetime) -> None:
    """Give a unit another name from today on; the old one stays on record and still leads to it."""
    actor.require(Permission.MANAGE_PEOPLE, await _above(session, unit_id, today(session, now)))
    name = clean_line(name, TEXT_LIMIT)
    row = (await units_standing(session, today(session, now))).names.get(unit_id)
    if row is None or not name:
        raise Refusal(Code.NOT_FOUND)
    before = row.name
    _begin_name(session, row, name, row.parent_id, today(session, now))
    await session.flush()
    await journal.note(
        session, actor.label, "renamed_unit", f"unit:{unit_id}", now, before=before, after=name
    )


async def people_listed(session: Session, actor: Actor, day: date) -> list[dict[Column, str]]:
    """Everybody the actor manages, as rows of the sheet, and the units that have nobody."""
    actor.require(Permission.MANAGE_PEOPLE)
    house = await standing(session, day)
    parents = {unit_id: row.parent_id for unit_id, row in house.names.items()}
    reached = {
        unit_id
        for unit_id in house.units
        if actor.may(Permission.MANAGE_PEOPLE, Target(units=frozenset(upwards(unit_id, parents))))
    }
    ranks = house.ranks()
    rows, peopled = [], set()
    for person in house.people.values():
        if person.active and person.unit_id in reached:
            peopled.add(person.unit_id)
            rank = ranks.get((person.unit_id, person.id or 0), "")
            rows.append(_person_row(house, person, rank))
    return [*(_unit_row(house, unit_id) for unit_id in sorted(reached - peopled)), *rows]


async def export_people(session: Session, actor: Actor, now: datetime) -> bytes:
    """The same as a workbook. Importing it again changes nothing. The export is on record."""
    actor.require(Permission.MANAGE_PEOPLE)
    rows = await people_listed(session, actor, today(session, now))
    await journal.note(session, actor.label, "exported_people", "people", now, rows=len(rows))
    return people_workbook.listed(rows)


def _importer(actor: Actor) -> Importer:
    def may_manage(line: frozenset[int]) -> bool:
        return actor.may(Permission.MANAGE_PEOPLE, Target(units=line))

    return Importer(may_manage, actor.may(Permission.GIVE_ROLES))


async def _above(session: Session, unit_id: int, day: date) -> Target:
    """What lies above a unit: who manages that may say what the unit is called."""
    return Target(units=await people_queries.units_above(session, unit_id, day) - {unit_id})


def _begin_name(session: Session, row: UnitName, name: str, parent_id: int | None, day: date) -> None:
    period = UnitName(unit_id=row.unit_id, name=name, folded=fold(name), parent_id=parent_id, since=day)
    queries.begin_name(session, row, period)


def _unit_row(house: Standing, unit_id: int) -> dict[Column, str]:
    unit, name = house.units[unit_id], house.names[unit_id]
    parent = house.units.get(name.parent_id) if name.parent_id is not None else None
    return {
        Column.UNIT_CODE: unit.code,
        Column.UNIT: name.name,
        Column.UNIT_KIND: texts.kind_name(unit.kind),
        Column.PARENT: parent.code if parent else "",
    }


def _person_row(house: Standing, person: Person, rank: str) -> dict[Column, str]:
    held = {Role(row.role) for row in house.grants.get(person.id or 0, ())} - {Role.STAFF, Role.HEAD}
    return _unit_row(house, person.unit_id) | {
        Column.NAME: person.name,
        Column.STAFF_CODE: person.staff_code,
        Column.PHONE: person.phone,
        Column.POST: person.post,
        Column.ROLES: "; ".join(ROLE_NAMES[role] for role in Role if role in held),
        Column.RATING: texts.rating_name(person.rating),
        Column.HEAD: texts.YES if rank == "head" else "",
        Column.DEPUTY: texts.YES if rank == "deputy" else "",
    }


class _Clerk:
    """Carries out a plan: units first, then people, then what they may do and whom they lead."""

    def __init__(self, session: Session, actor: Actor, house: Standing, now: datetime) -> None:
        self._session = session
        self._actor = actor
        self._house = house
        self._now = now
        self._day = today(session, now)
        self._made: dict[int, int] = {}
        self.added: dict[int, int] = {}

    async def enter_units(self, steps: Iterable[UnitStep]) -> None:
        """Make, rename and move units; a step comes after the unit it hangs under."""
        for step in steps:
            if step.before is None:
                unit_id = await self._make_unit(step)
                await self._note("made_unit", f"unit:{unit_id}", after=step.after.name)
                continue
            unit_id, row = step.before.id, self._house.names[step.before.id]
            self._house.units[unit_id].kind = step.after.kind
            if step.new_period:
                _begin_name(self._session, row, step.after.name, self._unit(step.after.parent_id), self._day)
            else:
                row.name, row.folded = step.after.name, fold(step.after.name)
            await self._session.flush()
            await self._note(
                "changed_unit", f"unit:{unit_id}", before=step.before.name, after=step.after.name
            )

    async def _make_unit(self, step: UnitStep) -> int:
        unit = Unit(code=step.after.code, kind=step.after.kind)
        people_queries.add(self._session, unit)
        await self._session.flush()
        self._made[step.after.id] = unit.id or 0
        name = UnitName(
            unit_id=unit.id or 0,
            name=step.after.name,
            folded=fold(step.after.name),
            parent_id=self._unit(step.after.parent_id),
            since=self._day,
        )
        people_queries.add(self._session, name)
        return unit.id or 0

    async def enter_people(self, plan: ImportPlan) -> None:
        """Enter and change people, with their roles and ranks."""
        rows = {step.row: self._person(step) for step in (*plan.additions, *plan.changes)}
        await self._session.flush()
        self.added.update({step.row: rows[step.row].id or 0 for step in plan.additions})
        for unit_id, person_id in sorted(plan.replaced):
            self._end_rank(unit_id, person_id)
            await self._end_roles(person_id, [(Role.HEAD, unit_id)])
        for step in (*plan.additions, *plan.changes):
            person_id = rows[step.row].id or 0
            verb = "changed_person" if step.before else "added_person"
            await self._note(verb, f"person:{person_id}", fields=",".join(step.changed))
            await self._end_roles(person_id, step.ends)
            await self._give_roles(person_id, step.gives)
            self._set_rank(person_id, step)
        await self._session.flush()
        changed = [rows[step.row].id or 0 for step in plan.changes if step.gives or step.ends]
        await self._offer_commands([*changed, *(person_id for _unit_id, person_id in plan.replaced)])
        moved = [rows[step.row].id or 0 for step in plan.changes if Column.UNIT in step.changed]
        await sharing.hand_back(self._session, moved, self._now)

    async def _offer_commands(self, person_ids: list[int]) -> None:
        """Whose roles changed is offered other commands."""
        for account in await people_queries.active_accounts(self._session, person_ids):
            await errands.add(self._session, ErrandKind.COMMANDS, account.id or 0, self._now)

    def _person(self, step: PersonStep) -> Person:
        unit_id = self._unit(step.unit_id) or 0
        if step.before is None:
            row = Person(
                staff_code=step.staff_code,
                name=step.name,
                folded=fold(step.name),
                unit_id=unit_id,
                created_at=self._now,
                updated_at=self._now,
            )
            people_queries.add(self._session, row)
        else:
            row = self._house.people[step.before.id]
        row.name, row.folded, row.unit_id = step.name, fold(step.name), unit_id
        row.phone, row.post, row.rating = step.phone, step.post, step.rating
        row.updated_at = self._now
        return row

    async def _give_roles(self, person_id: int, roles: Iterable[RoleHeld]) -> None:
        for role, planned in sorted(roles, key=str):
            unit_id = self._unit(planned)
            given_by = self._actor.person_id or None
            grant = RoleGrant(
                person_id=person_id, role=role, unit_id=unit_id, since=self._day, given_by=given_by
            )
            people_queries.add(self._session, grant)
            if role is not Role.STAFF:
                await self._note("gave_role", f"person:{person_id}", role=role, unit=unit_id)

    async def _end_roles(self, person_id: int, roles: Iterable[RoleHeld]) -> None:
        ending = frozenset(roles)
        rows = [
            row
            for row in self._house.grants.get(person_id, ())
            if (Role(row.role), row.unit_id) in ending and not queries.ended(row, self._day)
        ]
        queries.end(rows, self._day)
        for row in rows:
            if row.role != Role.STAFF:
                await self._note("ended_role", f"person:{person_id}", role=row.role, unit=row.unit_id)

    def _set_rank(self, person_id: int, step: PersonStep) -> None:
        before = step.before
        if before is not None and before.rank and (before.unit_id, before.rank) != (step.unit_id, step.rank):
            self._end_rank(before.unit_id, person_id)
        elif before is not None and before.rank:
            return
        if step.rank:
            unit_id = self._unit(step.unit_id) or 0
            rank = Leadership(unit_id=unit_id, person_id=person_id, rank=step.rank, since=self._day)
            people_queries.add(self._session, rank)

    def _end_rank(self, unit_id: int, person_id: int) -> None:
        rows = [row for row in self._house.leaders.get(unit_id, ()) if row.person_id == person_id]
        queries.end(rows, self._day)

    def _unit(self, planned: int | None) -> int | None:
        """The stored unit behind an id of the plan."""
        return self._made.get(planned, planned) if planned is not None else None

    async def _note(self, verb: str, subject: str, **facts: str | int | None) -> None:
        await journal.note(self._session, self._actor.label, verb, subject, self._now, **facts)

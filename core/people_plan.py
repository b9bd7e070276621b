"""What a people sheet would do: one plan, shown in the dry run and carried out by the import."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.organisation import UnitFact, code_key, upwards
from core.people_rows import Entry, PersonEntry, read_entries
from core.people_sheet import CellFinding, Column, FindingCode, Sheet
from core.people_units import MayManage, UnitPlan, UnitStep, plan_units
from core.roles import Role

RoleHeld = tuple[Role, int | None]
"""A role and the unit it is held for; `None` is everywhere."""

_ASKED_FOR = frozenset(Role) - {Role.STAFF, Role.HEAD}
_FOR_ONES_UNIT = frozenset({Role.STAFF, Role.HEAD, Role.COORDINATOR})


@dataclass(frozen=True, slots=True)
class PersonFact:
    """A person on one day. `rank` is `head` or `deputy` of their own unit, or nothing."""

    id: int
    staff_code: str
    name: str
    phone: str
    post: str
    rating: str
    unit_id: int
    active: bool
    roles: frozenset[RoleHeld]
    rank: str


@dataclass(frozen=True, slots=True)
class Roster:
    """The house on one day: its units, its people, and who heads each unit (it should be one)."""

    units: tuple[UnitFact, ...]
    people: tuple[PersonFact, ...]
    heads: Mapping[int, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Importer:
    """What the person behind the import may do."""

    may_manage: MayManage
    may_give_roles: bool


@dataclass(frozen=True, slots=True)
class PersonStep:
    """A person to be entered or changed; `unit_id` is negative for a unit made by the same plan.

    `changed` are the columns that differ, `rank` what they will be in their unit.
    """

    row: int
    before: PersonFact | None
    staff_code: str
    name: str
    phone: str
    post: str
    rating: str
    unit_id: int
    rank: str
    changed: tuple[Column, ...]
    gives: frozenset[RoleHeld]
    ends: frozenset[RoleHeld]


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything an import would do. `replaced` are heads (unit, person) who make room for another."""

    units: tuple[UnitStep, ...]
    additions: tuple[PersonStep, ...]
    changes: tuple[PersonStep, ...]
    unchanged: int
    replaced: frozenset[tuple[int, int]]
    findings: tuple[CellFinding, ...]

    @property
    def errors(self) -> tuple[CellFinding, ...]:
        """What keeps a row, or the sheet, out."""
        return tuple(finding for finding in self.findings if finding.code.blocks)

    @property
    def rows_left_out(self) -> frozenset[int]:
        """The rows that are not imported."""
        return frozenset(finding.row for finding in self.errors if finding.row)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.units or self.additions or self.changes)


def plan_import(sheet: Sheet, roster: Roster, importer: Importer) -> ImportPlan:
    """What importing this sheet would do today, and what is wrong with it, row by row."""
    if any(finding.code.blocks for finding in sheet.findings if finding.row == 0):
        return ImportPlan((), (), (), 0, frozenset(), sheet.findings)
    entries, cell_findings = read_entries(sheet)
    units = plan_units(entries, roster.units, importer.may_manage)
    people = _People(roster, units, importer, [*sheet.findings, *cell_findings, *units.findings])
    people.consider(entries)
    return people.plan()


class _People:
    def __init__(
        self, roster: Roster, units: UnitPlan, importer: Importer, findings: Sequence[CellFinding]
    ) -> None:
        self._heads = roster.heads
        self._known = {code_key(person.staff_code): person for person in roster.people}
        self._names = {person.id: person.name for person in roster.people}
        self._administrators = {
            person.id for person in roster.people if person.active and _runs(person.roles)
        }
        self._units = units
        self._importer = importer
        self._findings = list(findings)
        self._out = {finding.row for finding in findings if finding.code.blocks}
        self._steps: list[PersonStep] = []

    def consider(self, entries: Sequence[Entry]) -> None:
        """Make a step of every usable row that speaks of a person."""
        usable = [entry for entry in entries if entry.row not in self._out and entry.person is not None]
        self._one_head_a_unit(usable)
        for entry in usable:
            person = entry.person
            if person is None or entry.row in self._out or not self._in_reach(entry, person):
                continue
            step = self._step(entry.row, person, self._units.unit_of[entry.row])
            if entry.row not in self._out:
                self._steps.append(step)
        self._keep_an_administrator()

    def _keep_an_administrator(self) -> None:
        """Without one, nobody could give the role back in the chat."""
        losing = {step.before.id: step.row for step in self._steps if step.before and _runs(step.ends)}
        if losing.keys() >= self._administrators and not any(_runs(step.gives) for step in self._steps):
            for row in losing.values():
                self._find(row, Column.ROLES, FindingCode.LAST_ADMINISTRATOR)
            self._steps = [step for step in self._steps if step.row not in self._out]

    def _one_head_a_unit(self, entries: Sequence[Entry]) -> None:
        named: dict[int, list[int]] = {}
        for entry in entries:
            if entry.person is not None and entry.person.head:
                named.setdefault(self._units.unit_of[entry.row], []).append(entry.row)
        for rows in named.values():
            for row in rows if len(rows) > 1 else ():
                others = ", ".join(str(other) for other in rows if other != row)
                self._find(row, Column.HEAD, FindingCode.HEAD_TWICE, "", others)

    def _in_reach(self, entry: Entry, person: PersonEntry) -> bool:
        """Both where the person is and where the sheet puts them have to be the importer's to manage."""
        known = self._known.get(code_key(person.staff_code))
        if known is not None and not known.active:
            self._find(entry.row, Column.STAFF_CODE, FindingCode.PERSON_LEFT, person.staff_code)
            return False
        places = {self._units.unit_of[entry.row]} | ({known.unit_id} if known else set())
        lines = (frozenset(upwards(place, self._units.parents)) for place in places)
        if not all(self._importer.may_manage(line) for line in lines):
            self._find(entry.row, Column.STAFF_CODE, FindingCode.OUT_OF_REACH, person.staff_code)
            return False
        return True

    def _step(self, row: int, said: PersonEntry, unit_id: int) -> PersonStep:
        before = self._known.get(code_key(said.staff_code))
        moves = before is not None and before.unit_id != unit_id
        if (before is None or before.name != said.name) and any(
            word[0].islower() for word in said.name.split()
        ):
            self._find(row, Column.NAME, FindingCode.NAME_LOWER_CASE, said.name)
        held = before.roles if before else frozenset()
        rank = _rank(before.rank if before and not moves else "", said)
        gives, ends = self._roles(row, said, held, before.unit_id if before and moves else None, unit_id)
        head = (Role.HEAD, unit_id)
        if rank == "head" and head not in held:
            gives |= {head}
        if before is not None and before.rank == "head" and (moves or rank != "head"):
            ends |= {(Role.HEAD, before.unit_id)}
        step = PersonStep(
            row=row,
            before=before,
            staff_code=before.staff_code if before else said.staff_code,
            name=said.name,
            phone=_new(said.phone, before.phone if before else ""),
            post=_new(said.post, before.post if before else ""),
            rating=_new(said.rating, before.rating if before else ""),
            unit_id=unit_id,
            rank=rank,
            changed=(),
            gives=gives,
            ends=ends & held,
        )
        return _with_changes(step)

    def _roles(
        self, row: int, said: PersonEntry, held: frozenset[RoleHeld], left: int | None, unit_id: int
    ) -> tuple[frozenset[RoleHeld], frozenset[RoleHeld]]:
        """The roles to give and to end; `left` is the unit the person leaves.

        Roles held for a unit stay behind when its holder leaves. Everyone is staff of their unit.
        """
        has = {role for role, _ in held} & _ASKED_FOR
        wanted = has if said.roles is None else said.roles
        gives = {(role, unit_id if role in _FOR_ONES_UNIT else None) for role in wanted - has}
        ends = {(role, unit) for role, unit in held if role in has - wanted}
        if (gives or ends) and not self._importer.may_give_roles:
            changed = ",".join(sorted((wanted - has) | (has - wanted)))
            self._find(row, Column.ROLES, FindingCode.ROLE_NOT_YOURS, changed)
        behind = {(role, unit) for role, unit in held if left is not None and unit == left}
        for role in sorted({role for role, _ in behind} & wanted & _ASKED_FOR):
            if self._importer.may_give_roles:
                gives.add((role, unit_id))
            else:
                self._find(row, Column.ROLES, FindingCode.ROLE_ENDS_WITH_MOVE, role)
        return frozenset(gives | {(Role.STAFF, unit_id)}) - held, frozenset(ends | behind)

    def plan(self) -> ImportPlan:
        """Everything decided."""
        replaced = set()
        for step in self._steps:
            if step.rank != "head":
                continue
            for old in sorted(self._heads.get(step.unit_id, frozenset())):
                if step.before is None or old != step.before.id:
                    replaced.add((step.unit_id, old))
                    self._find(step.row, Column.HEAD, FindingCode.HEAD_REPLACED, "", self._names.get(old, ""))
        known = [step for step in self._steps if step.before is not None]
        changes = tuple(step for step in known if step.changed)
        return ImportPlan(
            units=self._units_needed(),
            additions=tuple(step for step in self._steps if step.before is None),
            changes=changes,
            unchanged=len(known) - len(changes),
            replaced=frozenset(replaced),
            findings=tuple(sorted(self._findings, key=lambda finding: finding.row)),
        )

    def _units_needed(self) -> tuple[UnitStep, ...]:
        """The units some good row speaks of, and what they hang under; nothing is done for bad rows alone."""
        needed = {unit for row, unit in self._units.unit_of.items() if row not in self._out}
        for step in reversed(self._units.steps):  # Parents stand before what is under them.
            if step.after.id in needed and step.after.parent_id is not None:
                needed.add(step.after.parent_id)
        return tuple(step for step in self._units.steps if step.after.id in needed)

    def _find(self, row: int, column: Column, code: FindingCode, value: str = "", other: str = "") -> None:
        self._findings.append(CellFinding(row, column, code, value, other))
        if code.blocks:
            self._out.add(row)


def _runs(roles: frozenset[RoleHeld]) -> bool:
    """Whether an administrator's role is among them."""
    return any(role is Role.ADMINISTRATOR for role, _ in roles)


def _rank(now: str, said: PersonEntry) -> str:
    """What somebody will be in their unit; a column that is not there changes nothing."""
    if said.head:
        return "head"
    if said.deputy:
        return "deputy"
    silent = (now == "head" and said.head is None) or (now == "deputy" and said.deputy is None)
    return now if silent else ""


def _new(said: str | None, now: str) -> str:
    return now if said is None else said


def _with_changes(step: PersonStep) -> PersonStep:
    before = step.before
    if before is None:
        return step
    differing = {
        Column.UNIT: step.unit_id != before.unit_id,
        Column.NAME: step.name != before.name,
        Column.PHONE: step.phone != before.phone,
        Column.POST: step.post != before.post,
        Column.ROLES: bool(step.gives or step.ends),
        Column.RATING: step.rating != before.rating,
        Column.HEAD: (step.rank == "head") != (before.rank == "head"),
        Column.DEPUTY: (step.rank == "deputy") != (before.rank == "deputy"),
    }
    changed = tuple(column for column, differs in differing.items() if differs)
    return replace(step, changed=changed)

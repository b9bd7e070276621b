"""What a people sheet would do to the units: which row means which unit, what is new, renamed or moved."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from core.organisation import (
    UnitFact,
    UnitIndex,
    code_key,
    kind_of_name,
    loses_diacritics,
    made_code,
    on_a_loop,
    unit_words,
    upwards,
)
from core.people_rows import Entry
from core.people_sheet import CellFinding, Column, FindingCode
from core.vietnamese import fold

MayManage = Callable[[frozenset[int]], bool]
"""Whether the importer may manage what lies under this line of units (empty: the organisation itself)."""


@dataclass(frozen=True, slots=True)
class UnitStep:
    """A unit to be made or changed: as it will be, and as it is (`None` for a new one).

    `respelt` says that the name is the same one written better: no new period begins.
    """

    row: int
    after: UnitFact
    before: UnitFact | None
    respelt: bool = False

    @property
    def new_period(self) -> bool:
        """Whether a name or a place ends, and another begins."""
        if self.before is None:
            return True
        renamed = self.after.name != self.before.name and not self.respelt
        return renamed or self.after.parent_id != self.before.parent_id


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """`unit_of` gives each usable row its unit; `parents` is the tree that decides who may manage what.

    That tree is the one in force, with new units hung into it: a move planned in the same sheet gives
    nobody a right. Steps come with parents before what is under them.
    """

    unit_of: Mapping[int, int]
    parents: Mapping[int, int | None]
    steps: tuple[UnitStep, ...]
    findings: tuple[CellFinding, ...]


def plan_units(entries: Sequence[Entry], units: Iterable[UnitFact], may_manage: MayManage) -> UnitPlan:
    """The plan for the units of these rows. What is wrong with a unit keeps its rows out, no others."""
    planner = _Planner(UnitIndex(units), may_manage)
    planner.gather(entries)
    planner.settle_names()
    planner.settle_parents()
    planner.drop_loops()
    planner.drop_what_hangs_on_broken_ones()
    planner.ask_for_reach()
    return planner.plan()


@dataclass(slots=True, eq=False)
class _Group:
    """The rows that speak of one unit, and what they say together."""

    entries: list[Entry]
    known: UnitFact | None
    id: int = 0
    name: str = ""
    parent_id: int | None = None
    respelt: bool = False
    broken: bool = False
    left_alone: bool = False
    parent_row: Entry | None = None
    blamed: set[int] = field(default_factory=set)

    @property
    def row(self) -> int:
        return self.entries[0].row

    def first(self, column: Column) -> Entry | None:
        """The first row that fills in this column."""
        return next((entry for entry in self.entries if _said(entry, column)), None)


def _said(entry: Entry, column: Column) -> str:
    match column:
        case Column.UNIT_CODE:
            return entry.unit_code
        case Column.UNIT:
            return entry.unit
        case Column.UNIT_KIND:
            return entry.kind or ""
        case _:
            return entry.parent


class _Planner:
    def __init__(self, index: UnitIndex, may_manage: MayManage) -> None:
        self._index = index
        self._may_manage = may_manage
        self._groups: list[_Group] = []
        self._coded: dict[str, _Group] = {}
        self._coded_by_words: dict[str, list[_Group]] = {}
        self._coded_by_id: dict[int, _Group] = {}
        self._findings: list[CellFinding] = []
        self._parents: dict[int, int | None] = {unit.id: unit.parent_id for unit in index.units.values()}

    def gather(self, entries: Sequence[Entry]) -> None:
        """Put rows of one unit together: by code, and those without one by name and parent."""
        self._gather_coded(entries)
        named: dict[str, _Group] = {}
        made: dict[str, dict[str, _Group]] = {}
        uncoded = (entry for entry in entries if entry.unit and not entry.unit_code)
        # Those that name a parent come first: those that do not may mean the same unit.
        for entry in sorted(uncoded, key=lambda entry: not entry.parent):
            fitting = self._fitting(entry)
            if len(fitting) > 1:
                self._find(entry, Column.UNIT, FindingCode.UNIT_AMBIGUOUS)
            elif fitting and isinstance(fitting[0], _Group):
                fitting[0].entries.append(entry)
            elif fitting and isinstance(fitting[0], UnitFact):
                self._join(named, str(fitting[0].id), entry, fitting[0])
            else:
                self._join_made(made.setdefault(unit_words(entry.unit), {}), entry)
        for group in self._groups:
            group.entries.sort(key=lambda entry: entry.row)

    def _gather_coded(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            if entry.unit_code:
                key = code_key(entry.unit_code)
                self._join(self._coded, key, entry, self._index.coded(entry.unit_code))
        for group in self._coded.values():
            for words in {unit_words(entry.unit) for entry in group.entries if entry.unit}:
                self._coded_by_words.setdefault(words, []).append(group)
            if group.known is not None:
                self._coded_by_id[group.known.id] = group

    def _join(self, groups: dict[str, _Group], key: str, entry: Entry, known: UnitFact | None) -> None:
        if key not in groups:
            groups[key] = _Group([], known)
            self._groups.append(groups[key])
        groups[key].entries.append(entry)

    def _join_made(self, namesakes: dict[str, _Group], entry: Entry) -> None:
        """A unit nobody knows yet; namesakes are told apart by what is above them."""
        if not entry.parent and len(namesakes) > 1:
            self._find(entry, Column.UNIT, FindingCode.UNIT_AMBIGUOUS)
            return
        place = self._place(entry.parent)
        key = next(iter(namesakes), place) if not entry.parent else place
        self._join(namesakes, key, entry, None)

    def _fitting(self, entry: Entry) -> Sequence[_Group | UnitFact]:
        """The units this row may mean by its words: of the sheet, then of the house."""
        groups = self._coded_by_words.get(unit_words(entry.unit), [])
        known = self._index.named(entry.unit)
        if entry.parent:
            place = self._place(entry.parent)
            groups = [
                group
                for group in groups
                if (said := group.first(Column.PARENT)) is None or self._place(said.parent) == place
            ]
            above = {unit.id for unit in self._index.named(entry.parent)}
            under = [unit for unit in known if unit.parent_id in above]
            # One unit of that name and another parent is a move; several are told apart by it.
            known = under if under or len(known) > 1 else known
        mentioned = [self._coded_by_id[unit.id] for unit in known if unit.id in self._coded_by_id]
        return [
            *dict.fromkeys([*groups, *mentioned]),
            *(unit for unit in known if unit.id not in self._coded_by_id),
        ]

    def _place(self, text: str) -> str:
        """One form for a parent, whether it is given by its code or by its name."""
        if code_key(text) in self._coded:
            return code_key(text)
        words = unit_words(text)
        codes = {
            *(code_key(group.entries[0].unit_code) for group in self._coded_by_words.get(words, ())),
            *(code_key(unit.code) for unit in self._index.named(text)),
        }
        return codes.pop() if len(codes) == 1 else words

    def settle_names(self) -> None:
        """One name, one kind a unit; a former name is understood and changes nothing."""
        for number, group in enumerate(self._groups, start=1):
            group.id = group.known.id if group.known else -number
            for column in (Column.UNIT, Column.UNIT_KIND, Column.PARENT):
                self._agree(group, column)
            said = group.first(Column.UNIT)
            if group.known is None:
                group.name = said.unit if said else ""
                if said is None:
                    self._break(group, group.entries[0], Column.UNIT, FindingCode.UNIT_NAME_MISSING)
                continue
            group.name = group.known.name
            if said is None or unit_words(said.unit) == unit_words(group.name):
                if (
                    said
                    and fold(said.unit) == fold(group.name)
                    and not loses_diacritics(said.unit, group.name)
                ):
                    group.respelt = said.unit != group.name
                    group.name = said.unit
            elif unit_words(said.unit) in {unit_words(name) for name in group.known.former}:
                self._find(said, Column.UNIT, FindingCode.UNIT_OLD_NAME, group.known.name)
            else:
                group.name = said.unit

    def _agree(self, group: _Group, column: Column) -> None:
        first = group.first(column)
        if first is None:
            return
        form = self._place if column is Column.PARENT else unit_words
        meant = _said(first, column)
        for entry in group.entries:
            said = _said(entry, column)
            if said and said != meant and form(said) != form(meant):
                self._find(entry, column, FindingCode.UNIT_DIFFERS, str(first.row))
                group.blamed.add(entry.row)

    def settle_parents(self) -> None:
        """Find the unit above, in the sheet or in the house; silence leaves a known unit where it is."""
        by_code: dict[str, set[int]] = {}
        by_name: dict[str, set[int]] = {}
        for group in self._groups:
            by_name.setdefault(unit_words(group.name), set()).add(group.id)
            if coded := group.first(Column.UNIT_CODE):
                by_code.setdefault(code_key(coded.unit_code), set()).add(group.id)
        for group in self._groups:
            group.parent_id = group.known.parent_id if group.known else None
            said = group.first(Column.PARENT)
            if said is None:
                continue
            found = by_code.get(code_key(said.parent)) or by_name.get(unit_words(said.parent))
            found = found or {unit.id for unit in self._index.named(said.parent)}
            if len(found) == 1:
                (group.parent_id,), group.parent_row = found, said
            else:
                code = FindingCode.PARENT_AMBIGUOUS if found else FindingCode.PARENT_UNKNOWN
                self._break(group, said, Column.PARENT, code)
        self._parents.update({group.id: group.parent_id for group in self._groups})

    def drop_loops(self) -> None:
        """No unit stands above itself: what a sheet says to that end is not done."""
        while looped := on_a_loop(self._parents):
            at_fault = [(group, group.parent_row) for group in self._groups if group.id in looped]
            if not any(said for _, said in at_fault):
                return
            for group, said in at_fault:
                if said is not None:
                    self._break(group, said, Column.PARENT, FindingCode.UNIT_LOOP)

    def drop_what_hangs_on_broken_ones(self) -> None:
        """What was to lie under a unit that cannot be made cannot be made either."""
        changed = True
        while changed:
            broken = {group.id: group for group in self._groups if group.broken}
            changed = False
            for group in self._groups:
                if not group.broken and group.parent_id in broken:
                    entry = group.parent_row or group.entries[0]
                    why = str(broken[group.parent_id].row)
                    self._break(group, entry, Column.PARENT, FindingCode.UNIT_UNUSABLE, why)
                    changed = True

    def ask_for_reach(self) -> None:
        """Making, renaming and moving a unit is for those who manage what lies above it."""
        for group in self._groups:
            if group.broken:
                continue
            above = {group.parent_id}
            if group.known is not None:
                if not self._differs(group):
                    continue
                above.add(group.known.parent_id)
            tree = self._standing()
            lines = (frozenset(upwards(parent, tree)) for parent in above)
            if not all(self._may_manage(line) for line in lines):
                said = group.first(Column.UNIT) or group.entries[0]
                self._break(group, said, Column.UNIT, FindingCode.OUT_OF_REACH)
        self.drop_what_hangs_on_broken_ones()

    def _standing(self) -> dict[int, int | None]:
        made = {group.id: group.parent_id for group in self._groups if not (group.known or group.broken)}
        return made | {unit.id: unit.parent_id for unit in self._index.units.values()}

    def _differs(self, group: _Group) -> bool:
        before = group.known
        return before is None or (group.name, group.parent_id, self._kind(group)) != (
            before.name,
            before.parent_id,
            before.kind,
        )

    def _kind(self, group: _Group) -> str:
        said = group.first(Column.UNIT_KIND)
        if said is not None and said.kind is not None and not group.left_alone:
            return said.kind.value
        return group.known.kind if group.known else kind_of_name(group.name).value

    def _break(self, group: _Group, entry: Entry, column: Column, code: FindingCode, other: str = "") -> None:
        """Drop what the sheet wants of a unit: a new one is not made, a known one stays as it is."""
        self._find(entry, column, code, other)
        group.blamed.add(entry.row)
        group.parent_row = None
        if group.known is None:
            group.broken = True
            group.parent_id = None
        else:
            group.name, group.parent_id = group.known.name, group.known.parent_id
            group.respelt, group.left_alone = False, True
        self._parents[group.id] = group.parent_id

    def plan(self) -> UnitPlan:
        """Everything decided, parents first."""
        unit_of: dict[int, int] = {}
        taken = [unit.code for unit in self._index.units.values()]
        taken += [group.entries[0].unit_code for group in self._groups]
        steps: list[UnitStep] = []
        for group in self._groups:
            for entry in group.entries:
                if group.broken and entry.row not in group.blamed:
                    self._find(entry, Column.UNIT, FindingCode.UNIT_UNUSABLE, str(min(group.blamed)))
                if not group.broken:
                    unit_of[entry.row] = group.id
            if group.broken or not self._differs(group):
                continue
            steps.append(self._step(group, taken))
            taken.append(steps[-1].after.code)
        depth = {step.after.id: len(list(upwards(step.after.id, self._parents))) for step in steps}
        steps.sort(key=lambda step: depth[step.after.id])
        return UnitPlan(unit_of, self._standing(), tuple(steps), tuple(self._findings))

    def _step(self, group: _Group, taken: Iterable[str]) -> UnitStep:
        kind = self._kind(group)
        if group.known is not None:
            after = replace(group.known, name=group.name, parent_id=group.parent_id, kind=kind)
            return UnitStep(group.row, after, group.known, group.respelt)
        said = group.first(Column.UNIT_CODE)
        code = said.unit_code if said else made_code(group.name, taken)
        return UnitStep(group.row, UnitFact(group.id, code, kind, group.name, group.parent_id), None)

    def _find(self, entry: Entry, column: Column, code: FindingCode, other: str = "") -> None:
        self._findings.append(CellFinding(entry.row, column, code, _said(entry, column), other))

"""A plan being put together from a workbook: its tables, and the cell that each value came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from core.campaign_files import FileProblem
from core.campaign_sheets import SheetFinding, SheetProblem, Spot, Tab
from core.texts import campaign_files
from core.texts import campaign_workbook as texts
from services.papers.campaign_columns import Column
from services.papers.toml_lines import KeyPath

_TAB_OF = {
    "groups": Tab.CRITERIA,
    "scales": Tab.SCALES,
    "rounds": Tab.ROUNDS,
    "commendation": Tab.COMMENDATION,
    "dossier": Tab.DOSSIER,
    "subjects": Tab.SUBJECTS,
    "deadlines": Tab.DEADLINES,
    "bodies": Tab.BODIES,
    "duties": Tab.DUTIES,
    "remarks": Tab.REMARKS,
    "left_out": Tab.REMARKS,
    "purposes": Tab.CLAUSES,
    "requirements": Tab.CLAUSES,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One filled row: by column its text and its cell."""

    row: int
    cells: Mapping[str, tuple[str, Spot]]

    def text(self, name: str) -> str:
        """What a cell says."""
        return self.cells[name][0]

    def spot(self, name: str) -> Spot:
        """Which cell that is."""
        return self.cells[name][1]


@dataclass(frozen=True, slots=True)
class Draft:
    """The plan so far. `columns` tells by the cell what may be picked there."""

    plan: dict[str, object] = field(default_factory=dict)
    places: dict[KeyPath, Spot] = field(default_factory=dict)
    columns: dict[Spot, Column] = field(default_factory=dict)
    findings: list[SheetFinding] = field(default_factory=list)

    def put(self, path: KeyPath, value: object, spot: Spot, column: Column | None = None) -> None:
        """Set a value, or only remember the empty cell where it could have stood."""
        self.places.setdefault(path, spot)
        if column is not None:
            self.columns.setdefault(spot, column)
        if value is None:
            return
        here: object = self.plan
        for key, following in pairwise(path):
            here = _inside(here, key, following)
        _set(here, path[-1], value)

    def find(self, problem: SheetProblem, spot: Spot | None, **facts: str) -> None:
        """Something is wrong with the workbook."""
        sentence = texts.sheet_sentence(problem, facts)
        self.findings.append(SheetFinding(spot, sentence, problem.value))

    def find_repeated(self, spot: Spot, code: str, first: Spot) -> None:
        """A code stands where another should."""
        facts = {"value": code, "place": texts.place(first)}
        otherwise = campaign_files.sentence(FileProblem.DUPLICATE_CODE, facts)
        sentence = texts.plan_sentence(FileProblem.DUPLICATE_CODE, facts, otherwise)
        self.findings.append(SheetFinding(spot, sentence, FileProblem.DUPLICATE_CODE.value))

    def find_unlisted(self, spot: Spot, text: str, column: Column) -> None:
        """A cell says what is none of the words to pick from."""
        facts = {"value": text, "allowed": ", ".join(column.words.values())}
        sentence = texts.plan_sentence(FileProblem.NOT_IN_LIST, facts, "")
        self.findings.append(SheetFinding(spot, sentence, FileProblem.NOT_IN_LIST.value))

    def spot(self, path: KeyPath) -> Spot:
        """The cell of a key, or the nearest around it."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.places:
                return self.places[path[:end]]
        return Spot(_TAB_OF.get(str(path[0]), Tab.PLAN) if path else Tab.PLAN)


def _inside(here: object, key: str | int, following: str | int) -> object:
    """The table or list under a key, made where there is none."""
    fresh: object = [] if isinstance(following, int) else {}
    if isinstance(here, list) and isinstance(key, int):
        if key == len(here):
            here.append(fresh)
        return here[key]
    assert isinstance(here, dict)
    return here.setdefault(key, fresh)


def _set(here: object, key: str | int, value: object) -> None:
    if isinstance(here, list):
        here.append(value)
    else:
        assert isinstance(here, dict)
        here[key] = value

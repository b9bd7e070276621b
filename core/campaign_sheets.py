"""The workbook of a plan: its tabs, and what is wrong in one that was sent, cell by cell."""

from dataclasses import dataclass
from enum import StrEnum


class Tab(StrEnum):
    """The tabs of the template, in their order; a reader takes them in any."""

    PLAN = "plan"
    CLAUSES = "clauses"
    SUBJECTS = "subjects"
    CRITERIA = "criteria"
    WAYS = "ways"
    SCALES = "scales"
    COMMENDATION = "commendation"
    DOSSIER = "dossier"
    DEADLINES = "deadlines"
    ROUNDS = "rounds"
    BODIES = "bodies"
    DUTIES = "duties"
    REMARKS = "remarks"


class SheetProblem(StrEnum):
    """Why a workbook cannot be read as a plan, beside what may be wrong with the plan itself."""

    NOT_A_WORKBOOK = "not_a_workbook"
    OLD_WORKBOOK = "old_workbook"
    TOO_BIG = "too_big"
    TOO_MANY_ROWS = "too_many_rows"
    NOT_THE_TEMPLATE = "not_the_template"
    OTHER_VERSION = "other_version"
    TAB_MISSING = "tab_missing"
    TAB_TWICE = "tab_twice"
    NO_HEADING = "no_heading"
    COLUMN_MISSING = "column_missing"
    COLUMN_TWICE = "column_twice"
    COLUMN_UNKNOWN = "column_unknown"
    ROW_UNKNOWN = "row_unknown"
    ROW_TWICE = "row_twice"
    NOT_SAME = "not_same"
    ERROR_IN_CELL = "error_in_cell"
    NO_SUCH_CRITERION = "no_such_criterion"
    EXAMPLE_LEFT = "example_left"


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell: its tab, and its row and column counted from 1. Row 0 is the whole tab."""

    tab: Tab
    row: int = 0
    column: int = 0

    @property
    def cell(self) -> str:
        """The cell as spreadsheets call it: «C7»; nothing for a whole tab."""
        if not self.row:
            return ""
        letters, left = "", self.column
        while left:
            left, rest = divmod(left - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return f"{letters}{self.row}"


@dataclass(frozen=True, slots=True)
class SheetFinding:
    """One fault: its cell (None: the whole file), and the sentence that says what it is and what to do."""

    spot: Spot | None
    sentence: str
    problem: str

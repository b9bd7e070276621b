"""Awards as facts: who was awarded what by which decision, and what a sheet of earlier ones says."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.dates import full_date
from core.vietnamese import clean_line, words_only

TITLE_LIMIT, AUTHORITY_LIMIT, NUMBER_LIMIT, ACHIEVEMENT_LIMIT = 120, 120, 60, 300
SHORTEST_WORDS = 3
SHORTEST_ACHIEVEMENT = 10
EARLIEST_YEAR = 1950


@dataclass(frozen=True, slots=True)
class Decision:
    """What an award says: its title, who gave it, by which decision, what for, and when that was done.

    A `thematic` one is no ground for an award by merit.
    """

    title: str
    authority: str
    number: str
    dated: date
    achievement: str
    first_year: int
    last_year: int
    thematic: bool

    @property
    def same_as(self) -> tuple[str, str, date]:
        """What no two awards of the same subject have in common."""
        return words_only(self.title), words_only(self.number), self.dated


class Asked(StrEnum):
    """What is typed of an award of before, in this order."""

    TITLE = "title"
    AUTHORITY = "authority"
    NUMBER = "number"
    DATED = "dated"
    YEARS = "years"
    ACHIEVEMENT = "achievement"


class AnnulmentState(StrEnum):
    """One person proposes, another decides."""

    ASKED = "asked"
    GRANTED = "granted"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Annulment:
    """Why an award does not count, or is proposed not to; a `slip` was entered by mistake."""

    id: int
    state: AnnulmentState
    slip: bool
    reason: str
    document: str
    asked_by: str
    asker_id: int
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class AwardFacts:
    """An award on record: `subject` is the person or the unit, `unit` where they are today.

    `campaign` and `round_label` are empty for one that was given outside the house.
    """

    id: int
    decision: Decision
    subject: str
    unit: str
    person_id: int | None = None
    unit_id: int | None = None
    campaign: str = ""
    round_label: str = ""
    nomination_id: int | None = None
    annulled: bool = False
    annulment: Annulment | None = None

    @property
    def counts(self) -> bool:
        """Whether it stands."""
        return not self.annulled


class AwardSheetState(StrEnum):
    """What has become of a workbook that was sent."""

    WAITING = "waiting"
    FAULTY = "faulty"
    REFUSED = "refused"
    LOST = "lost"
    READ = "read"
    ENTERED = "entered"
    DROPPED = "dropped"


class Column(StrEnum):
    """The columns of the sheet; the first two say who, a person or a unit."""

    STAFF_CODE = "staff_code"
    NAME = "name"
    UNIT = "unit"
    TITLE = "title"
    AUTHORITY = "authority"
    NUMBER = "number"
    DATED = "dated"
    KIND = "kind"
    FIRST_YEAR = "first_year"
    LAST_YEAR = "last_year"
    ACHIEVEMENT = "achievement"


class Fault(StrEnum):
    """Everything that can be wrong with a sheet; each has its sentence in `core/texts/award_sheets.py`."""

    NOT_A_WORKBOOK = "not_a_workbook"
    TOO_BIG = "too_big"
    TOO_MANY_ROWS = "too_many_rows"
    NO_HEADING = "no_heading"
    COLUMN_MISSING = "column_missing"
    COLUMN_TWICE = "column_twice"
    EMPTY = "empty"
    MISSING = "missing"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    NOBODY = "nobody"
    NAME_DIFFERS = "name_differs"
    UNIT_UNKNOWN = "unit_unknown"
    UNIT_AMBIGUOUS = "unit_ambiguous"
    WHO_TWICE = "who_twice"
    WHO_MISSING = "who_missing"
    NO_NUMBER = "no_number"
    DATE = "date"
    DATED_LATER = "dated_later"
    YEAR = "year"
    YEARS_REVERSED = "years_reversed"
    KIND_UNKNOWN = "kind_unknown"
    TWICE_IN_SHEET = "twice_in_sheet"
    THERE_ALREADY = "there_already"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class SheetFault:
    """One thing wrong: `row` as the person sees it numbered, 0 being the sheet as a whole."""

    row: int
    column: Column | None
    fault: Fault
    value: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row as text, by column."""

    row: int
    cells: dict[Column, str]

    def said(self, column: Column) -> str:
        """What stands there, one clean line."""
        return clean_line(self.cells.get(column, ""), 1_000)


@dataclass(frozen=True, slots=True)
class SheetText:
    """A sheet as read, nothing judged yet but whether it is one."""

    lines: tuple[Line, ...] = ()
    faults: tuple[SheetFault, ...] = ()


@dataclass(frozen=True, slots=True)
class AwardSheetFacts:
    """A workbook that was sent, and what came of it; `rows` is how many awards it has."""

    id: int
    name: str
    state: AwardSheetState
    findings: tuple[str, ...]
    rows: int
    sha256: str


#: The words by which a sheet says of which kind an award is.
KINDS = {
    "chuyen de": True,
    "theo chuyen de": True,
    "khen thuong theo chuyen de": True,
    "cong trang": False,
    "theo cong trang": False,
    "khen thuong theo cong trang": False,
    "khac": False,
}


def judged(line: Line, today: date) -> tuple[Decision | None, list[SheetFault]]:
    """What a row says of the award, without whose it is; and its faults, cell by cell."""
    faults = list(_words(line))
    number = line.said(Column.NUMBER)
    if number and not any(letter.isdecimal() for letter in number):
        faults.append(SheetFault(line.row, Column.NUMBER, Fault.NO_NUMBER, number))
    dated = full_date(line.said(Column.DATED))
    if dated is None and line.said(Column.DATED):
        faults.append(SheetFault(line.row, Column.DATED, Fault.DATE, line.said(Column.DATED)))
    if dated is not None and dated > today:
        faults.append(SheetFault(line.row, Column.DATED, Fault.DATED_LATER, line.said(Column.DATED)))
    kind = KINDS.get(words_only(line.said(Column.KIND)))
    if kind is None and line.said(Column.KIND):
        faults.append(SheetFault(line.row, Column.KIND, Fault.KIND_UNKNOWN, line.said(Column.KIND)))
    first = _year(line, Column.FIRST_YEAR, today, faults)
    last = _year(line, Column.LAST_YEAR, today, faults) if line.said(Column.LAST_YEAR) else first
    if first and last and last < first:
        faults.append(SheetFault(line.row, Column.LAST_YEAR, Fault.YEARS_REVERSED))
    if faults or dated is None or kind is None:
        return None, faults
    said = Decision(
        title=line.said(Column.TITLE),
        authority=line.said(Column.AUTHORITY),
        number=number,
        dated=dated,
        achievement=line.said(Column.ACHIEVEMENT),
        first_year=first,
        last_year=last,
        thematic=kind,
    )
    return said, faults


_WORDS: Sequence[tuple[Column, int, int]] = (
    (Column.TITLE, SHORTEST_WORDS, TITLE_LIMIT),
    (Column.AUTHORITY, SHORTEST_WORDS, AUTHORITY_LIMIT),
    (Column.NUMBER, 1, NUMBER_LIMIT),
    (Column.DATED, 1, 60),
    (Column.KIND, 1, 60),
    (Column.FIRST_YEAR, 1, 60),
    (Column.ACHIEVEMENT, SHORTEST_ACHIEVEMENT, ACHIEVEMENT_LIMIT),
)


def _words(line: Line) -> Iterator[SheetFault]:
    for column, shortest, longest in _WORDS:
        said = line.said(column)
        if not said:
            yield SheetFault(line.row, column, Fault.MISSING)
        elif len(said) < shortest:
            yield SheetFault(line.row, column, Fault.TOO_SHORT, said)
        elif len(said) > longest:
            yield SheetFault(line.row, column, Fault.TOO_LONG, str(longest))


def _year(line: Line, column: Column, today: date, faults: list[SheetFault]) -> int:
    said = line.said(column)
    found = years(said, today)
    if found is not None and found[0] == found[1]:
        return found[0]
    if said:
        faults.append(SheetFault(line.row, column, Fault.YEAR, said))
    return 0


def years(text: str, today: date) -> tuple[int, int] | None:
    """«2025», «năm 2025», «2021-2025»: the first and the last year, none of them to come; else None."""
    said = words_only(text).removeprefix("nam ").split()
    if not (1 <= len(said) <= 2 and all(one.isascii() and one.isdecimal() and len(one) == 4 for one in said)):
        return None
    first, last = int(said[0]), int(said[-1])
    return (first, last) if EARLIEST_YEAR <= first <= last <= today.year else None


def newest_first(found: Iterable[AwardFacts]) -> list[AwardFacts]:
    """In the order they are shown."""
    return sorted(found, key=lambda one: (one.decision.dated, one.id), reverse=True)

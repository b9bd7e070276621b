"""The people sheet: its columns, its rows as text, and what can be wrong with a cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from core.vietnamese import clean_line

LONGEST_CELL = 100_000


class Column(StrEnum):
    """The columns, in the order of the template."""

    UNIT_CODE = "unit_code"
    UNIT = "unit"
    UNIT_KIND = "unit_kind"
    PARENT = "parent"
    NAME = "name"
    STAFF_CODE = "staff_code"
    PHONE = "phone"
    POST = "post"
    ROLES = "roles"
    RATING = "rating"
    HEAD = "head"
    DEPUTY = "deputy"


class FindingCode(StrEnum):
    """What can be said about a sheet or a cell; each has its sentence in the texts."""

    NOT_A_WORKBOOK = "not_a_workbook"
    OLD_WORKBOOK = "old_workbook"
    TOO_BIG = "too_big"
    TOO_MANY_ROWS = "too_many_rows"
    EMPTY = "empty"
    NO_HEADING = "no_heading"
    WRONG_TEMPLATE = "wrong_template"
    COLUMN_MISSING = "column_missing"
    COLUMN_TWICE = "column_twice"
    CELL_ERROR = "cell_error"
    CELL_IS_DATE = "cell_is_date"
    TOO_LONG = "too_long"
    NAME_MISSING = "name_missing"
    NAME_HAS_DIGITS = "name_has_digits"
    NAME_UNREADABLE = "name_unreadable"
    STAFF_CODE_MISSING = "staff_code_missing"
    STAFF_CODE_TWICE = "staff_code_twice"
    PHONE_BAD = "phone_bad"
    ROLE_UNKNOWN = "role_unknown"
    ROLE_NOT_YOURS = "role_not_yours"
    LAST_ADMINISTRATOR = "last_administrator"
    RATING_UNKNOWN = "rating_unknown"
    KIND_UNKNOWN = "kind_unknown"
    YES_NO_UNKNOWN = "yes_no_unknown"
    HEAD_AND_DEPUTY = "head_and_deputy"
    HEAD_TWICE = "head_twice"
    UNIT_MISSING = "unit_missing"
    UNIT_NAME_MISSING = "unit_name_missing"
    UNIT_DIFFERS = "unit_differs"
    UNIT_AMBIGUOUS = "unit_ambiguous"
    UNIT_UNUSABLE = "unit_unusable"
    UNIT_LOOP = "unit_loop"
    PARENT_UNKNOWN = "parent_unknown"
    PARENT_AMBIGUOUS = "parent_ambiguous"
    OUT_OF_REACH = "out_of_reach"
    PERSON_LEFT = "person_left"
    COLUMN_IGNORED = "column_ignored"
    EXAMPLE_IGNORED = "example_ignored"
    MERGED = "merged"
    PHONE_RESTORED = "phone_restored"
    NAME_LOWER_CASE = "name_lower_case"
    UNIT_OLD_NAME = "unit_old_name"
    HEAD_REPLACED = "head_replaced"
    ROLE_ENDS_WITH_MOVE = "role_ends_with_move"

    @property
    def blocks(self) -> bool:
        """Whether it keeps a row (or the sheet) out; the others only tell what was understood."""
        return self not in _NOTES


_NOTES = frozenset(
    {
        FindingCode.COLUMN_IGNORED,
        FindingCode.EXAMPLE_IGNORED,
        FindingCode.MERGED,
        FindingCode.PHONE_RESTORED,
        FindingCode.NAME_LOWER_CASE,
        FindingCode.UNIT_OLD_NAME,
        FindingCode.HEAD_REPLACED,
        FindingCode.ROLE_ENDS_WITH_MOVE,
    }
)


@dataclass(frozen=True, slots=True)
class CellFinding:
    """Something about one cell: `row` as the person sees it numbered, 0 being the sheet as a whole.

    `value` is what stands there, `other` what it clashes with (a row, another name).
    """

    row: int
    column: Column | None
    code: FindingCode
    value: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row below the heading, its cells as text.

    `lost` are the places where the spreadsheet made a date of what was typed.
    """

    row: int
    cells: tuple[str, ...]
    lost: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as read: nothing judged yet but whether it is one. Rows count from 1, as people see them."""

    heading_row: int = 1
    heading: tuple[str, ...] = ()
    columns: Mapping[Column, int] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
    findings: tuple[CellFinding, ...] = ()

    def text(self, line: Line, column: Column) -> str | None:
        """What stands in a cell, one clean line; `None` if the sheet has no such column."""
        place = self.columns.get(column)
        if place is None:
            return None
        return clean_line(line.cells[place], LONGEST_CELL) if place < len(line.cells) else ""


HEADINGS = {
    "ma don vi": Column.UNIT_CODE,
    "ma dv": Column.UNIT_CODE,
    "don vi": Column.UNIT,
    "ten don vi": Column.UNIT,
    "loai don vi": Column.UNIT_KIND,
    "don vi cap tren": Column.PARENT,
    "truc thuoc": Column.PARENT,
    "ho ten": Column.NAME,
    "ho va ten": Column.NAME,
    "ma nhan vien": Column.STAFF_CODE,
    "ma nv": Column.STAFF_CODE,
    "ma vien chuc": Column.STAFF_CODE,
    "ma can bo": Column.STAFF_CODE,
    "dien thoai": Column.PHONE,
    "so dien thoai": Column.PHONE,
    "sdt": Column.PHONE,
    "chuc vu": Column.POST,
    "chuc danh": Column.POST,
    "vai tro": Column.ROLES,
    "xep loai chat luong": Column.RATING,
    "xep loai": Column.RATING,
    "la truong don vi": Column.HEAD,
    "truong don vi": Column.HEAD,
    "la cap pho": Column.DEPUTY,
    "cap pho": Column.DEPUTY,
}
"""Folded headings; what stands in brackets behind one does not count."""

OUR_REMARKS = frozenset({"loi can sua", "ghi chu"})
"""Headings of columns we add to a sheet that is given back; ignored when it returns."""

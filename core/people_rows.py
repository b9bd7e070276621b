"""What one row of the people sheet says about a unit and a person, and what is wrong with its cells."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.organisation import CODE_LIMIT, UnitKind, code_key, read_kind
from core.people_sheet import CellFinding, Column, FindingCode, Line, Sheet
from core.phones import normal_phone
from core.roles import Role
from core.vietnamese import words_only

NAME_LIMIT = 80
TEXT_LIMIT = 160


class Rating(StrEnum):
    """The yearly quality rating, from the highest: four levels, the same for all staff."""

    EXCELLENT = "excellent"
    GOOD = "good"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """What a row says about a person; `None` where the sheet has no such column.

    `roles` leaves out staff and head: everyone is the one, and `head` says the other.
    """

    staff_code: str
    name: str
    phone: str | None
    post: str | None
    rating: str | None
    roles: frozenset[Role] | None
    head: bool | None
    deputy: bool | None


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row says: a unit, and a person unless the row only describes the unit."""

    row: int
    unit_code: str
    unit: str
    kind: UnitKind | None
    parent: str
    person: PersonEntry | None


_ROLES = {
    "vien chuc": Role.STAFF,
    "vien chuc nguoi lao dong": Role.STAFF,
    "nguoi lao dong": Role.STAFF,
    "can bo": Role.STAFF,
    "nhan vien": Role.STAFF,
    "dau moi": Role.COORDINATOR,
    "dau moi thi dua": Role.COORDINATOR,
    "truong don vi": Role.HEAD,
    "thu truong": Role.HEAD,
    "thu truong don vi": Role.HEAD,
    "van phong": Role.OFFICE,
    "tham dinh": Role.APPRAISER,
    "hoi dong": Role.COUNCIL,
    "truyen thong": Role.COMMUNICATIONS,
    "giam doc": Role.DIRECTOR,
    "giam sat": Role.OBSERVER,
    "quan tri": Role.ADMINISTRATOR,
} | {role.value: role for role in Role}

_RATINGS = {
    "hoan thanh xuat sac nhiem vu": Rating.EXCELLENT,
    "hoan thanh xuat sac": Rating.EXCELLENT,
    "xuat sac": Rating.EXCELLENT,
    "htxsnv": Rating.EXCELLENT,
    "hoan thanh tot nhiem vu": Rating.GOOD,
    "hoan thanh tot": Rating.GOOD,
    "tot": Rating.GOOD,
    "httnv": Rating.GOOD,
    "hoan thanh nhiem vu": Rating.DONE,
    "hoan thanh": Rating.DONE,
    "htnv": Rating.DONE,
    "khong hoan thanh nhiem vu": Rating.FAILED,
    "khong hoan thanh": Rating.FAILED,
    "khtnv": Rating.FAILED,
}

_YES = frozenset(
    {
        "x",
        "co",
        "yes",
        "y",
        "true",
        "1",
        "v",
        "dung",
        "\N{CHECK MARK}",
        "\N{HEAVY CHECK MARK}",
        "\N{BALLOT BOX WITH CHECK}",
    }
)
_NO = frozenset({"", "khong", "no", "n", "false", "0", "-"})
_LIST_MARK = re.compile(r"[,;/\n]")
_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"})


def read_entries(sheet: Sheet) -> tuple[list[Entry], list[CellFinding]]:
    """What every row says and what is wrong with it; empty rows say nothing."""
    entries: list[Entry] = []
    findings: list[CellFinding] = []
    codes: dict[str, int] = {}
    for line in sheet.lines:
        reader = _LineReader(sheet, line)
        entry = reader.entry()
        findings.extend(reader.findings)
        if entry is None:
            continue
        entries.append(entry)
        if entry.person is not None and entry.person.staff_code:
            first = codes.setdefault(code_key(entry.person.staff_code), line.row)
            if first != line.row:
                code = FindingCode.STAFF_CODE_TWICE
                value = entry.person.staff_code
                findings.append(CellFinding(line.row, Column.STAFF_CODE, code, value, str(first)))
    return entries, findings


class _LineReader:
    """Reads one row, gathering what is wrong on the way."""

    def __init__(self, sheet: Sheet, line: Line) -> None:
        self._sheet = sheet
        self._line = line
        self.findings: list[CellFinding] = []

    def entry(self) -> Entry | None:
        given = {column: self._text(column) for column in Column}
        if not any(given.values()):
            return None
        kind = read_kind(given[Column.UNIT_KIND] or "")
        if given[Column.UNIT_KIND] and kind is None:
            self._find(Column.UNIT_KIND, FindingCode.KIND_UNKNOWN)
        if not (given[Column.UNIT_CODE] or given[Column.UNIT]):
            self._find(Column.UNIT, FindingCode.UNIT_MISSING)
        about_unit = (Column.UNIT_CODE, Column.UNIT, Column.UNIT_KIND, Column.PARENT)
        speaks_of_a_person = any(text for column, text in given.items() if column not in about_unit)
        return Entry(
            row=self._line.row,
            unit_code=self._short(given, Column.UNIT_CODE, CODE_LIMIT),
            unit=self._short(given, Column.UNIT, TEXT_LIMIT),
            kind=kind,
            parent=self._short(given, Column.PARENT, TEXT_LIMIT),
            person=self._person(given) if speaks_of_a_person else None,
        )

    def _person(self, given: Mapping[Column, str | None]) -> PersonEntry:
        roles = self._roles()
        head = self._yes_no(given, Column.HEAD)
        if roles is not None and Role.HEAD in roles:
            head = True
        deputy = self._yes_no(given, Column.DEPUTY)
        if head and deputy:
            self._find(Column.DEPUTY, FindingCode.HEAD_AND_DEPUTY)
        if not given[Column.STAFF_CODE]:
            self._find(Column.STAFF_CODE, FindingCode.STAFF_CODE_MISSING)
        return PersonEntry(
            staff_code=self._short(given, Column.STAFF_CODE, CODE_LIMIT),
            name=self._name(given),
            phone=self._phone(given[Column.PHONE]),
            post=None if given[Column.POST] is None else self._short(given, Column.POST, TEXT_LIMIT),
            rating=self._rating(given[Column.RATING]),
            roles=None if roles is None else roles - {Role.STAFF, Role.HEAD},
            head=head,
            deputy=deputy,
        )

    def _text(self, column: Column) -> str | None:
        text = self._sheet.text(self._line, column)
        if text is not None and text in _ERRORS:
            self._find(column, FindingCode.CELL_ERROR)
        elif text and self._sheet.columns.get(column) in self._line.lost:
            self._find(column, FindingCode.CELL_IS_DATE)
        else:
            return text
        return ""

    def _short(self, given: Mapping[Column, str | None], column: Column, limit: int) -> str:
        text = given[column] or ""
        if len(text) > limit:
            self._find(column, FindingCode.TOO_LONG, str(limit))
        return text[:limit]

    def _name(self, given: Mapping[Column, str | None]) -> str:
        name = self._short(given, Column.NAME, NAME_LIMIT)
        if not name:
            self._find(Column.NAME, FindingCode.NAME_MISSING)
        elif any(letter.isdigit() for letter in name):
            self._find(Column.NAME, FindingCode.NAME_HAS_DIGITS)
        elif not any(letter.isalpha() for letter in name):
            self._find(Column.NAME, FindingCode.NAME_UNREADABLE)
        return name

    def _phone(self, text: str | None) -> str | None:
        if not text:
            return text
        phone = normal_phone(text)
        if phone is None:
            self._find(Column.PHONE, FindingCode.PHONE_BAD)
            return ""
        number, restored = phone
        if restored:
            self._find(Column.PHONE, FindingCode.PHONE_RESTORED, number)
        return number

    def _roles(self) -> frozenset[Role] | None:
        place = self._sheet.columns.get(Column.ROLES)
        if place is None:
            return None
        # The cell itself: a line break in it separates too.
        text = self._line.cells[place] if place < len(self._line.cells) else ""
        whole = _ROLES.get(words_only(text))
        if whole is not None:
            return frozenset({whole})
        roles = set()
        for part in _LIST_MARK.split(text):
            role = _ROLES.get(words_only(part))
            if role is not None:
                roles.add(role)
            elif words_only(part):
                self._find(Column.ROLES, FindingCode.ROLE_UNKNOWN, part.strip())
        return frozenset(roles)

    def _rating(self, text: str | None) -> str | None:
        if not text:
            return text
        rating = _RATINGS.get(words_only(text))
        if rating is None:
            self._find(Column.RATING, FindingCode.RATING_UNKNOWN)
            return ""
        return rating.value

    def _yes_no(self, given: Mapping[Column, str | None], column: Column) -> bool | None:
        text = given[column]
        if text is None:
            return None
        word = words_only(text) or text
        if word not in _YES and word not in _NO:
            self._find(column, FindingCode.YES_NO_UNKNOWN)
        return word in _YES

    def _find(self, column: Column, code: FindingCode, other: str = "") -> None:
        value = self._sheet.text(self._line, column) or ""
        self.findings.append(CellFinding(self._line.row, column, code, value, other))

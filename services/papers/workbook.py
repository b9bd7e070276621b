"""Opens a workbook from outside without trusting it.

The reader allocates every cell between the first and the last one, and unpacks whatever the archive
holds; both can be made to exhaust the machine by a file of a few kilobytes. So the archive is unpacked
here, counted, its cells located, and only that copy is read.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from xml.parsers import expat

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from services.papers import workbook_percent

Value = int | float | str | bool | date | datetime | time | timedelta
Merged = tuple[tuple[int, int], tuple[int, int]]

_MEMBERS_ALLOWED = 1_000
_TAGS_ALLOWED = 3_000_000
_MERGES_ALLOWED = 20_000
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_READ_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/sharedStrings\.xml|xl/styles\.xml|xl/worksheets/[^/]+\.xml",
    re.IGNORECASE,
)
_ERROR_CELL = re.compile(rb"""(<(?:\w+:)?c\b[^<>]*?\bt=)(["'])e\2""")


class UnreadableError(Exception):
    """Not a workbook, or a broken one."""


class TooBigError(Exception):
    """Unpacks to more than is allowed."""


class TooManyCellsError(Exception):
    """A cell lies outside the rows and columns allowed."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a workbook may hold: bytes unpacked, and rows and columns of a tab."""

    unpacked: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: its cells from A1 on, and its merged ranges (first and last cell, counted from 0)."""

    name: str
    rows: Sequence[Sequence[Value]]
    merged: Sequence[Merged]


def safe_copy(content: bytes, limits: Limits) -> bytes:
    """The same workbook with nothing in it but what is read, every size and place checked.

    Raises `UnreadableError`, `TooBigError` or `TooManyCellsError`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = _unpack(packed, limits.unpacked)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError) as error:
        raise UnreadableError(type(error).__name__) from error
    except NotImplementedError as error:
        raise UnreadableError("packed in a way nobody uses") from error
    percents = workbook_percent.styles(parts)
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as clean:
        for name, data in parts.items():
            if name.lower().startswith("xl/worksheets/"):
                _ensure_within(data, limits)
                # An error is read as nothing; as text it can be pointed out.
                shown = workbook_percent.as_shown(data, percents)
                clean.writestr(name, _ERROR_CELL.sub(rb'\1"str"', shown))
            else:
                clean.writestr(name, data)
    return copy.getvalue()


def _unpack(packed: zipfile.ZipFile, allowed: int) -> dict[str, bytes]:
    """The parts that are read. What the archive says of its sizes is not believed: bytes are counted."""
    members = packed.infolist()
    if len(members) > _MEMBERS_ALLOWED or sum(member.file_size for member in members) > allowed:
        raise TooBigError
    parts: dict[str, bytes] = {}
    for member in members:
        if not _READ_PARTS.fullmatch(member.filename):
            continue
        with packed.open(member) as part:
            parts[member.filename] = part.read(allowed + 1)
        if sum(len(data) for data in parts.values()) > allowed:
            raise TooBigError
    return parts


def _ensure_within(data: bytes, limits: Limits) -> None:
    """Refuse a tab with a filled cell outside the limits, or with more tags than any list needs."""
    if data.count(b"<") > _TAGS_ALLOWED or data.count(b"mergeCell ") > _MERGES_ALLOWED:
        raise TooManyCellsError
    finder = _CellFinder(limits)
    # The encoding is given, so that both readers see the same letters whatever the file declares.
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.StartElementHandler = finder.start
    parser.StartDoctypeDeclHandler = finder.doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise UnreadableError("not XML") from error


class _CellFinder:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._row = 0
        self._column = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(" ")[2]:
            case "row":
                self._row = self._number(attributes.get("r")) or self._row + 1
                self._column = 0
            case "c":
                self._column += 1
                if "r" in attributes:
                    self._row, self._column = self._place(attributes["r"])
            case "v" | "is" | "f":
                if self._row > self._limits.rows or self._column > self._limits.columns:
                    raise TooManyCellsError

    def doctype(self, *_: object) -> None:
        raise UnreadableError("a document type")

    def _number(self, text: str | None) -> int:
        if text is None:
            return 0
        if not text.isdecimal():
            raise UnreadableError("a row without a number")
        return int(text)

    def _place(self, text: str) -> tuple[int, int]:
        found = _PLACE.fullmatch(text)
        if found is None:
            raise UnreadableError("a cell nowhere")
        column = 0
        for letter in found[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        return int(found[2]), column


def tabs(content: bytes) -> list[Tab]:
    """The tabs of a workbook that `safe_copy` made; charts and the like are none.

    Raises `UnreadableError`.
    """
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            names = [tab.name for tab in book.sheets_metadata if tab.typ == SheetTypeEnum.WorkSheet]
            return [_tab(book.get_sheet_by_name(name)) for name in names]
    except CalamineError as error:
        raise UnreadableError(type(error).__name__) from error


def _tab(sheet: CalamineSheet) -> Tab:
    return Tab(sheet.name, sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or ())

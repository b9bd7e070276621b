"""Reads the people sheet a person sends: a workbook or CSV of any origin, as rows of text.

Nothing is judged here but whether it is such a sheet at all; that a file is hostile is ruled out first.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from itertools import pairwise

from core.people_sheet import HEADINGS, OUR_REMARKS, CellFinding, Column, FindingCode, Line, Sheet
from core.texts import people_sheet as texts
from core.vietnamese import clean_line, words_only
from services.papers import workbook

ROWS_ALLOWED = 20_000
COLUMNS_ALLOWED = 100
UNPACKED_MB_ALLOWED = 50
HEADING_WITHIN = 20
_MERGES_ALLOWED = 2_000
_FILLED_FROM_MERGES = frozenset({Column.UNIT_CODE, Column.UNIT, Column.UNIT_KIND, Column.PARENT})


def read(content: bytes) -> Sheet:
    """The sheet in these bytes; what hinders reading it is a finding on row 0.

    What the content is decides, not what the file is called: people rename files.
    """
    if len(content) > UNPACKED_MB_ALLOWED * 1024 * 1024:
        return _whole(FindingCode.TOO_BIG, other=str(UNPACKED_MB_ALLOWED))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return _whole(FindingCode.OLD_WORKBOOK)
    if content.startswith(b"PK"):
        return _from_workbook(content)
    return _from_csv(content)


def _whole(code: FindingCode, value: str = "", other: str = "") -> Sheet:
    return Sheet(findings=(CellFinding(0, None, code, value, other),))


def _from_workbook(content: bytes) -> Sheet:
    try:
        safe = workbook.safe_copy(
            content,
            workbook.Limits(
                UNPACKED_MB_ALLOWED * 1024 * 1024, ROWS_ALLOWED + HEADING_WITHIN, COLUMNS_ALLOWED
            ),
        )
        tabs = workbook.tabs(safe)
    except workbook.TooBigError:
        return _whole(FindingCode.TOO_BIG, other=str(UNPACKED_MB_ALLOWED))
    except workbook.TooManyCellsError:
        return _whole(FindingCode.TOO_MANY_ROWS, other=f"{ROWS_ALLOWED:,}".replace(",", "."))
    except workbook.UnreadableError:
        return _whole(FindingCode.NOT_A_WORKBOOK)
    for tab in tabs:
        version = _version(tab.rows)
        if version and version != texts.VERSION:
            return _whole(FindingCode.WRONG_TEMPLATE, version, texts.VERSION)
    best = max(tabs, key=lambda tab: _heading_at(tab.rows)[1], default=None)
    if best is None:
        return _whole(FindingCode.EMPTY)
    return _sheet(best.rows, best.merged)


def _from_csv(content: bytes) -> Sheet:
    text = _decoded(content)
    if text is None:
        return _whole(FindingCode.NOT_A_WORKBOOK)
    readings = []
    for delimiter in ";,\t":
        try:
            rows: list[Sequence[workbook.Value]] = [list(row) for row in _csv_rows(text, delimiter)]
        except csv.Error:
            continue
        readings.append(rows)
    if not readings:
        return _whole(FindingCode.NOT_A_WORKBOOK)
    best = max(readings, key=lambda rows: _heading_at(rows)[1])
    if len(best) > ROWS_ALLOWED + HEADING_WITHIN:
        return _whole(FindingCode.TOO_MANY_ROWS, other=f"{ROWS_ALLOWED:,}".replace(",", "."))
    return _sheet(best, ())


def _csv_rows(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for count, row in enumerate(reader):
        if count > ROWS_ALLOWED + HEADING_WITHIN + 1:
            return
        yield row[:COLUMNS_ALLOWED]


def _decoded(content: bytes) -> str | None:
    """CSV as Excel and others save it: UTF-8 or UTF-16 with its mark, UTF-8 without, Windows Vietnamese."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1258"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        binary = any(letter < " " and letter not in "\t\n\r" for letter in text)
        return None if binary else text
    return None


def _sheet(rows: Sequence[Sequence[workbook.Value]], merged: Sequence[workbook.Merged]) -> Sheet:
    top, recognised = _heading_at(rows)
    if not any(_as_text(value) for row in rows for value in row):
        return _whole(FindingCode.EMPTY)
    if not recognised:
        return _whole(FindingCode.NO_HEADING)
    heading = tuple(clean_line(_as_text(value), 200) for value in rows[top])
    columns, findings = _columns(heading)
    if len(rows) - top - 1 > ROWS_ALLOWED:
        return _whole(FindingCode.TOO_MANY_ROWS, other=f"{ROWS_ALLOWED:,}".replace(",", "."))
    cells = [[_as_text(value) for value in row] for row in rows]
    findings += _spread(cells, merged, columns, top)
    lines = []
    for number in range(top + 1, len(rows)):
        if not any(cells[number]):
            continue
        lost = frozenset(
            place for place, value in enumerate(rows[number]) if isinstance(value, date | time | timedelta)
        )
        line = Line(number + 1, tuple(cells[number]), lost)
        if _is_example(line, columns):
            code = columns[Column.STAFF_CODE]
            findings.append(CellFinding(line.row, None, FindingCode.EXAMPLE_IGNORED, line.cells[code]))
        else:
            lines.append(line)
    if not lines and not any(finding.code.blocks for finding in findings):
        findings.append(CellFinding(0, None, FindingCode.EMPTY))
    return Sheet(top + 1, heading, columns, tuple(lines), tuple(findings))


def _heading_at(rows: Sequence[Sequence[workbook.Value]]) -> tuple[int, int]:
    """The row with most column names among the first ones, and how many it has; at least two count."""
    best, most = 0, 1
    for number, row in enumerate(rows[:HEADING_WITHIN]):
        known = {column for value in row if (column := _column(_as_text(value)))}
        if len(known) > most:
            best, most = number, len(known)
    return (best, most) if most > 1 else (0, 0)


def _column(text: str) -> Column | None:
    """The column a heading names; a remark in brackets behind it does not count."""
    return HEADINGS.get(words_only(text.partition("(")[0]))


def _columns(heading: Sequence[str]) -> tuple[dict[Column, int], list[CellFinding]]:
    columns: dict[Column, int] = {}
    findings = []
    for place, text in enumerate(heading):
        column = _column(text)
        if column is None:
            if text and words_only(text) not in OUR_REMARKS:
                findings.append(CellFinding(0, None, FindingCode.COLUMN_IGNORED, text))
        elif column in columns:
            pair = (_letters(columns[column]), _letters(place))
            findings.append(CellFinding(0, column, FindingCode.COLUMN_TWICE, *pair))
        else:
            columns[column] = place
    missing = [column for column in (Column.NAME, Column.STAFF_CODE) if column not in columns]
    if Column.UNIT not in columns and Column.UNIT_CODE not in columns:
        missing.append(Column.UNIT)
    return columns, [*findings, *(CellFinding(0, column, FindingCode.COLUMN_MISSING) for column in missing)]


def _letters(place: int) -> str:
    """A column as spreadsheets letter it: 0 is A, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _spread(
    cells: list[list[str]], merged: Sequence[workbook.Merged], columns: dict[Column, int], top: int
) -> list[CellFinding]:
    """Give every row of a merged cell what stands in it, where it tells of a unit."""
    findings = []
    filled = {place: column for column, place in columns.items() if column in _FILLED_FROM_MERGES}
    for (first, left), (last, _right) in merged[:_MERGES_ALLOWED]:
        column = filled.get(left)
        last = min(last, len(cells) - 1)  # noqa: PLW2901 - a merge may reach below the data
        if column is None or first <= top or last <= first or not cells[first][left]:
            continue
        for number in range(first + 1, last + 1):
            cells[number][left] = cells[first][left]
        findings.append(CellFinding(first + 1, column, FindingCode.MERGED, str(first + 1), str(last + 1)))
    return findings


def _is_example(line: Line, columns: dict[Column, int]) -> bool:
    """Whether this is a row of the template that was left in."""

    def said(column: Column) -> str:
        place = columns.get(column)
        return "" if place is None or place >= len(line.cells) else line.cells[place].strip()

    return any(
        said(Column.STAFF_CODE) == example[Column.STAFF_CODE] and said(Column.NAME) == example[Column.NAME]
        for example in texts.EXAMPLES
    )


def _version(rows: Sequence[Sequence[workbook.Value]]) -> str:
    """What stands beside «Phiên bản mẫu» near the top of a tab."""
    for row in rows[:HEADING_WITHIN]:
        for label, value in pairwise(row):
            if isinstance(label, str) and words_only(label) == words_only(texts.VERSION_LABEL):
                return _as_text(value).strip()
    return ""


def _as_text(value: workbook.Value) -> str:
    """A cell as its person typed it, as far as the spreadsheet still knows."""
    if isinstance(value, str):
        return value if value.strip() else ""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)

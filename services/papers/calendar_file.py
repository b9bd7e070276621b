"""The calendar before anybody edits it: a library of public holidays, under a file of decisions."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path

from core.calendar import DayKind, SpecialDay, WorkCalendar, laid_over, weekend
from core.calendar_files import CalendarFinding, CalendarProblem
from core.texts import calendar as words
from core.texts import calendar_files as texts
from core.vietnamese import clean_line
from services.papers.toml_lines import KeyPath, key_lines, line_of

SHIPPED = Path(__file__).with_name("calendar.toml")
OWN = "calendar.toml"
"""What an installation's own file is called, in its data folder."""
FIRST_YEAR, LAST_YEAR = 2015, 2050
"""Years whose holidays are computed; a plan runs ten years at most."""
_COUNTRY, _LANGUAGE = "VN", "vi"
_EARLIEST, _LATEST = 2000, 2100
_TEXT_LIMIT = 200
_KEYS = {
    "off": ("day", "name", "source"),
    "work": ("day", "name", "source"),
    "swap": ("off", "work", "source"),
    "confirmed": ("year", "source"),
}
_TEXTS = frozenset({"name", "source"})


class CalendarFileError(Exception):
    """The file cannot be taken; `findings` are all its faults, by line."""

    def __init__(self, findings: list[CalendarFinding]) -> None:
        super().__init__("\n".join(texts.finding(one) for one in findings))
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a calendar file says."""

    days: tuple[SpecialDay, ...]
    confirmed_years: frozenset[int]


#: What an installation without a file of its own says.
NOTHING = Decisions((), frozenset())


@cache
def shipped() -> WorkCalendar:
    """The calendar a new installation has; read once a process."""
    return over_holidays(read_file(SHIPPED))


def with_own(own: Decisions) -> WorkCalendar:
    """The shipped calendar, with what the installation decided by file over it."""
    return laid_over(shipped(), own.days, own.confirmed_years)


def over_holidays(decisions: Decisions) -> WorkCalendar:
    """Decisions laid over the public holidays."""
    return laid_over(public_holidays(), decisions.days, decisions.confirmed_years)


@cache
def public_holidays() -> WorkCalendar:
    """The holidays that a library computes, with the swapped days it knows."""
    import holidays

    source = words.from_library(version("holidays"))
    found = holidays.country_holidays(_COUNTRY, years=range(FIRST_YEAR, LAST_YEAR + 1), language=_LANGUAGE)
    off = [SpecialDay(day, DayKind.OFF, name, source) for day, name in found.items()]
    work = [SpecialDay(day, DayKind.WORK, words.MADE_UP, source) for day in found.weekend_workdays]
    return WorkCalendar((*off, *work))


def read_own(data: Path) -> Decisions:
    """What the installation whose data folder this is decided by file: laid over what is shipped.

    Raises `CalendarFileError`; without a file nothing is decided.
    """
    path = data / OWN
    return read_file(path, str(path)) if path.exists() else NOTHING


def read_file(path: Path, name: str = "") -> Decisions:
    """What that file says; findings call it by `name`.

    Raises `CalendarFileError`, also when it cannot be read.
    """
    called = name or path.name
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise CalendarFileError([CalendarFinding(called, 1, CalendarProblem.UNREADABLE)]) from None
    return read(text, called)


def read(text: str, name: str) -> Decisions:
    """What the text of a calendar file says; `name` is the file's, for the findings.

    Raises `CalendarFileError` with every fault of the file.
    """
    try:
        tables: dict[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CalendarFileError([_of_syntax(name, text, error)]) from None
    except (ValueError, RecursionError):  # a day that does not exist, brackets without end
        raise CalendarFileError([CalendarFinding(name, 1, CalendarProblem.SYNTAX)]) from None
    lines = key_lines(text)
    faults = list(_faults(tables)) or list(_clashes(tables))
    if faults:
        raise CalendarFileError(
            [CalendarFinding(name, line_of(lines, at), problem, about) for at, problem, about in faults]
        )
    return Decisions(
        tuple(day for _at, day in _days(tables)),
        frozenset(year for row in _rows(tables, "confirmed") if isinstance(year := row["year"], int)),
    )


Fault = tuple[KeyPath, CalendarProblem, str]


def _faults(tables: dict[str, object]) -> Iterator[Fault]:
    """What is wrong with the shape."""
    for word, rows in tables.items():
        if word not in _KEYS:
            yield (word,), CalendarProblem.UNKNOWN_KEY, clean_line(word, _TEXT_LIMIT)
        elif not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            yield (word,), CalendarProblem.NOT_LIST, word
        else:
            for index, row in enumerate(rows):
                yield from _faults_of_row((word, index), row, _KEYS[word])


def _faults_of_row(at: KeyPath, row: dict[str, object], keys: tuple[str, ...]) -> Iterator[Fault]:
    for key, value in row.items():
        if key not in keys:
            yield (*at, key), CalendarProblem.UNKNOWN_KEY, clean_line(key, _TEXT_LIMIT)
        elif problem := _problem(key, value):
            yield (*at, key), problem, key
    yield from ((at, CalendarProblem.MISSING_KEY, key) for key in keys if key not in row)


def _problem(key: str, value: object) -> CalendarProblem | None:
    if key in _TEXTS:
        fits = isinstance(value, str) and 0 < len(value.strip()) <= _TEXT_LIMIT
        return None if fits else CalendarProblem.NOT_TEXT
    if key == "year":
        fits = isinstance(value, int) and not isinstance(value, bool) and _EARLIEST <= value <= _LATEST
        return None if fits else CalendarProblem.NOT_YEAR
    if not isinstance(value, date) or isinstance(value, datetime):
        return CalendarProblem.NOT_DAY
    return None if _EARLIEST <= value.year <= _LATEST else CalendarProblem.NOT_DAY


def _clashes(tables: dict[str, object]) -> Iterator[Fault]:
    """Days that are spoken of twice, and swaps that exchange nothing."""
    seen: set[date] = set()
    for at, one in _days(tables):
        if one.day in seen:
            yield at, CalendarProblem.TWICE, f"{one.day:%d/%m/%Y}"
        seen.add(one.day)
        if one.swapped_with is not None and weekend(one.day) is (one.kind is DayKind.OFF):
            off = one.kind is DayKind.OFF
            problem = CalendarProblem.NOT_WORKED_BEFORE if off else CalendarProblem.NOT_OFF_BEFORE
            yield at, problem, f"{one.day:%d/%m/%Y}"


def _days(tables: dict[str, object]) -> Iterator[tuple[KeyPath, SpecialDay]]:
    for kind in DayKind:
        for index, row in enumerate(_rows(tables, kind.value)):
            day = _day(row, "day")
            name, source = clean_line(str(row["name"]), _TEXT_LIMIT), _source(row)
            yield (kind.value, index), SpecialDay(day, kind, name, source)
    for index, row in enumerate(_rows(tables, "swap")):
        for one in swap(_day(row, "off"), _day(row, "work"), _source(row)):
            yield ("swap", index), one


def swap(off: date, work: date, source: str) -> tuple[SpecialDay, SpecialDay]:
    """Both days of a swap."""
    return (
        SpecialDay(off, DayKind.OFF, words.swapped_off(work), source, work),
        SpecialDay(work, DayKind.WORK, words.swapped_work(off), source, off),
    )


def _rows(tables: dict[str, object], word: str) -> Iterable[dict[str, object]]:
    rows = tables.get(word, [])
    assert isinstance(rows, list)
    return rows


def _day(row: dict[str, object], key: str) -> date:
    value = row[key]
    assert isinstance(value, date)
    return value


def _source(row: dict[str, object]) -> str:
    return clean_line(str(row["source"]), _TEXT_LIMIT)


def _of_syntax(name: str, text: str, error: tomllib.TOMLDecodeError) -> CalendarFinding:
    found = [word.rstrip(",)") for word in str(error).split("line ")[1:]]
    line = int(found[0].split(",")[0]) if found else text.count("\n") + 1
    return CalendarFinding(name, line, CalendarProblem.SYNTAX)

"""What can be wrong with a calendar file: a closed set, each fault at its line."""

from dataclasses import dataclass
from enum import StrEnum


class CalendarProblem(StrEnum):
    """Why a calendar file is refused. Each has its sentence in `core/texts/calendar_files.py`."""

    UNREADABLE = "unreadable"
    SYNTAX = "syntax"
    UNKNOWN_KEY = "unknown_key"
    MISSING_KEY = "missing_key"
    NOT_DAY = "not_day"
    NOT_YEAR = "not_year"
    NOT_TEXT = "not_text"
    NOT_LIST = "not_list"
    TWICE = "twice"
    NOT_WORKED_BEFORE = "not_worked_before"
    NOT_OFF_BEFORE = "not_off_before"


@dataclass(frozen=True, slots=True)
class CalendarFinding:
    """One fault: in which file, at which line (from 1), about which key or day."""

    file: str
    line: int
    problem: CalendarProblem
    about: str = ""

"""What can be wrong between the times of a campaign file: its window, its rounds and its deadlines."""

from collections.abc import Iterator
from datetime import date, datetime

from core.campaign_files import FileProblem
from services.papers.campaign_fields import VIETNAM
from services.papers.campaign_tables import Fault, Table, day, inner, tables, whole
from services.papers.toml_lines import KeyPath

_COMMON_YEAR = 2025
"""What is due every year is due in years without 29 February too."""


def time_faults(plan: Table) -> Iterator[Fault]:
    """Everything wrong between the times of one file."""
    window = inner(plan, "window")
    yield from _window(window)
    for path, one in tables(plan, "rounds"):
        yield from _round(path, one, window)
    for path, deadline in tables(plan, "deadlines"):
        yield from _deadline(path, deadline)


def _window(window: Table) -> Iterator[Fault]:
    first, last = whole(window, "first_year"), whole(window, "last_year")
    if first is not None and last is not None and last < first:
        yield Fault(("window", "last_year"), FileProblem.YEARS_REVERSED)
    starts, ends = day(window, "starts_on"), day(window, "ends_on")
    if starts is not None and ends is not None and ends < starts:
        yield Fault(("window", "ends_on"), FileProblem.DAYS_REVERSED)
    if window.get("from_issue") is True and "starts_on" in window:
        yield Fault(("window", "starts_on"), FileProblem.START_TWICE)


def _round(path: KeyPath, one: Table, window: Table) -> Iterator[Fault]:
    kind, year = one.get("kind"), whole(one, "year")
    if kind == "yearly" and "year" not in one:
        yield Fault((*path, "year"), FileProblem.YEAR_MISSING)
    if kind == "period" and "year" in one:
        yield Fault((*path, "year"), FileProblem.YEAR_UNWANTED)
    first, last = whole(window, "first_year"), whole(window, "last_year")
    match year, first, last:
        case int(), int(), int() if first <= last and not first <= year <= last:
            outside = {"value": str(year), "first": str(first), "last": str(last)}
            yield Fault((*path, "year"), FileProblem.YEAR_OUTSIDE, outside)
    opens, closes = one.get("opens_at"), one.get("closes_at")
    if isinstance(opens, datetime) and isinstance(closes, datetime) and _here(closes) <= _here(opens):
        yield Fault((*path, "closes_at"), FileProblem.ROUND_REVERSED)


def _deadline(path: KeyPath, deadline: Table) -> Iterator[Fault]:
    if deadline.get("before") is True and not {"day", "every_year"} & deadline.keys():
        yield Fault((*path, "before"), FileProblem.BEFORE_NOTHING)
    if "at" in deadline and (deadline.get("before") is True or not {"day", "every_year"} & deadline.keys()):
        yield Fault((*path, "at"), FileProblem.TIME_WITHOUT_DAY)
    if {"day", "every_year"} <= deadline.keys():
        yield Fault((*path, "every_year"), FileProblem.DAY_TWICE)
    yearly = inner(deadline, "every_year")
    month, number = whole(yearly, "month"), whole(yearly, "day")
    if month is not None and number is not None and not _exists(month, number):
        facts = {"value": f"{number:02d}/{month:02d}"}
        yield Fault((*path, "every_year", "day"), FileProblem.NO_SUCH_DAY, facts)


def _exists(month: int, number: int) -> bool:
    """Whether every year has that day; what is no month or no day at all is told by the schema."""
    if not (1 <= month <= 12 and 1 <= number <= 31):
        return True
    try:
        date(_COMMON_YEAR, month, number)
    except ValueError:
        return False
    return True


def _here(moment: datetime) -> datetime:
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=VIETNAM)

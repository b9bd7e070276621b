"""What no single value of a campaign file can show: codes, references, and keys that need each other.

These checks read the raw tables and pass over values of a wrong type, which the schema reports; so a
file is told all its faults at once.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches

from core.campaign_files import FileProblem
from core.campaigns import LETTERS, criterion_key
from services.papers.campaign_fields import VIETNAM
from services.papers.toml_lines import KeyPath

Table = Mapping[str, object]
Rows = Iterable[tuple[KeyPath, Table]]
_MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem at a place in the raw data; `first` is the place it repeats, if it repeats one."""

    path: KeyPath
    problem: FileProblem
    facts: Mapping[str, str] = field(default_factory=dict)
    first: KeyPath = ()


def faults(plan: Table) -> Iterator[Fault]:
    """Everything wrong between the values of one file."""
    yield from _content(plan)
    yield from _codes(plan)
    yield from _groups(plan)
    yield from _references(plan)
    for path, measure in _measures(plan):
        yield from _figures(path, measure)
    yield from _window(plan)
    yield from _rounds(plan)
    for path, deadline in _tables(plan, "deadlines"):
        if deadline.get("before") is True and "day" not in deadline:
            yield Fault((*path, "before"), FileProblem.BEFORE_NOTHING)


def _content(plan: Table) -> Iterator[Fault]:
    """A competition asks something, some time."""
    if plan.get("kind") == "competition":
        for key in ("groups", "rounds"):
            if not plan.get(key):
                yield Fault((key,), FileProblem.MISSING_KEY)


def _codes(plan: Table) -> Iterator[Fault]:
    """Codes are unique among their kind; clauses carry the plan's own code."""
    clauses = list(_clause_codes(plan))
    yield from _strangers(_text(plan, "code"), clauses)
    yield from _repeated([(path, criterion_key(code), code) for path, code in clauses])
    for place in ("scales", "bodies", "rounds"):
        yield from _repeated(_valued(_tables(plan, place), "code"))
    for path, scale in _tables(plan, "scales"):
        yield from _repeated(_valued(_tables(scale, "levels", path), "key"))
    for path, item in _items(plan):
        measures = list(_tables(item, "measures", path))
        yield from _repeated(_valued(measures, "code"))
        if len(measures) > 1:
            for where, measure in measures:
                if not (_text(measure, "code") and _text(measure, "label")):
                    yield Fault(where, FileProblem.MEASURE_UNNAMED)


def _strangers(plan: str, clauses: list[tuple[KeyPath, str]]) -> Iterator[Fault]:
    """Clauses that cite another plan; where all of them do, it is the plan's code that is wrong."""
    strange = [(path, code) for path, code in clauses if plan and not code.startswith(f"{plan}-")]
    if len(strange) == len(clauses) > 1:
        example = clauses[0][1]
        yield Fault(("code",), FileProblem.CODE_UNLIKE_CLAUSES, {"value": plan, "example": example})
        return
    for path, code in strange:
        yield Fault(path, FileProblem.NOT_OF_CAMPAIGN, {"value": code, "prefix": f"{plan}-"})


def _clause_codes(plan: Table) -> Iterator[tuple[KeyPath, str]]:
    places = ("purposes", "requirements", "subjects", "groups", "duties", "deadlines")
    tables = [entry for place in places for entry in _tables(plan, place)]
    commendation = plan.get("commendation")
    if isinstance(commendation, dict):
        tables.append((("commendation",), commendation))
    for path, table in (*tables, *_items(plan)):
        if code := _text(table, "code"):
            yield (*path, "code"), code


def _groups(plan: Table) -> Iterator[Fault]:
    """Heads carry Vietnamese letters in order; items carry their head's code and a number."""
    before = ""
    for path, group in _tables(plan, "groups"):
        letter = _text(group, "letter")
        if letter and letter not in LETTERS:
            yield Fault((*path, "letter"), FileProblem.BAD_LETTER, {"value": letter})
        elif letter:
            if before and LETTERS.index(letter) < LETTERS.index(before):
                order = {"value": letter, "before": before}
                yield Fault((*path, "letter"), FileProblem.LETTER_ORDER, order)
            before = letter
        code = _text(group, "code")
        if letter in LETTERS and code and letter and not code.endswith(f"-{letter}"):
            yield Fault((*path, "code"), FileProblem.LETTER_MISMATCH, {"value": code, "letter": letter})
        tail = "[a-z]" if code[-1:].isdecimal() else "[0-9]{1,2}"
        for where, item in _tables(group, "items", path):
            own = _text(item, "code")
            if own and code and re.fullmatch(re.escape(code) + tail, own) is None:
                yield Fault((*where, "code"), FileProblem.NOT_OF_GROUP, {"value": own, "prefix": code})


def _references(plan: Table) -> Iterator[Fault]:
    """What one table names must stand in another."""
    bodies = _named(plan, "bodies")
    scales = {_text(scale, "code"): scale for _, scale in _tables(plan, "scales")}
    rounds = _named(plan, "rounds")
    clauses = [code for _, code in _clause_codes(plan)]
    for path, duty in _tables(plan, "duties"):
        for index, name in enumerate(_list(duty, "bodies")):
            yield from _known((*path, "bodies", index), name, bodies)
        clauses.extend(f"{_text(duty, 'code')}.{n}" for n, _ in enumerate(_list(duty, "quotes"), 1))
    dossier = plan.get("dossier")
    if isinstance(dossier, dict):
        for key in ("send_to", "appraised_by"):
            yield from _known(("dossier", key), dossier.get(key), bodies)
        yield from _known(("dossier", "clause"), dossier.get("clause"), clauses)
    for path, deadline in _tables(plan, "deadlines"):
        yield from _known((*path, "clause"), deadline.get("clause"), clauses)
        yield from _known((*path, "round"), deadline.get("round"), rounds)
    for path, measure in _measures(plan):
        if measure.get("kind") != "ordinal":
            continue
        yield from _known((*path, "scale"), measure.get("scale"), list(scales))
        scale = scales.get(_text(measure, "scale"))
        if scale is not None:
            levels = [_text(level, "key") for _, level in _tables(scale, "levels")]
            yield from _known((*path, "minimum"), measure.get("minimum"), levels)


def _figures(path: KeyPath, measure: Table) -> Iterator[Fault]:
    """An operator needs a target, a target an operator; both must be possible."""
    if _text(measure, "kind") not in {"number", "count"}:
        return
    if "operator" in measure and "target" not in measure:
        yield Fault((*path, "operator"), FileProblem.OPERATOR_ALONE)
    if "target" in measure and "operator" not in measure:
        yield Fault((*path, "target"), FileProblem.TARGET_ALONE)
    target, aim = _figure(measure, "target"), _figure(measure, "aim")
    reached = target is not None and measure.get("operator") == ">="
    if "aim" in measure and not (reached and aim is not None and target is not None and aim > target):
        yield Fault((*path, "aim"), FileProblem.AIM_MISPLACED)
    percent = measure.get("unit") == "%"
    low, high = _figure(measure, "low"), _figure(measure, "high")
    low = Decimal(0) if low is None and percent else low
    high = Decimal(100) if high is None and percent else high
    for key, value in (("target", target), ("aim", aim)):
        below = value is not None and low is not None and value < low
        above = value is not None and high is not None and value > high
        if below or above:
            bounds = {"value": str(value), "low": _or_dots(low), "high": _or_dots(high)}
            yield Fault((*path, key), FileProblem.OUT_OF_BOUNDS, bounds)


def _window(plan: Table) -> Iterator[Fault]:
    window = plan.get("window")
    if not isinstance(window, dict):
        return
    first, last = window.get("first_year"), window.get("last_year")
    if isinstance(first, int) and isinstance(last, int) and last < first:
        yield Fault(("window", "last_year"), FileProblem.YEARS_REVERSED)
    starts, ends = _day(window, "starts_on"), _day(window, "ends_on")
    if starts is not None and ends is not None and ends < starts:
        yield Fault(("window", "ends_on"), FileProblem.DAYS_REVERSED)


def _rounds(plan: Table) -> Iterator[Fault]:
    window = plan.get("window")
    span = window if isinstance(window, dict) else {}
    for path, one in _tables(plan, "rounds"):
        kind, year = one.get("kind"), one.get("year")
        if kind == "yearly" and "year" not in one:
            yield Fault((*path, "year"), FileProblem.YEAR_MISSING)
        if kind == "period" and "year" in one:
            yield Fault((*path, "year"), FileProblem.YEAR_UNWANTED)
        match year, span.get("first_year"), span.get("last_year"):
            case int() as year, int() as first, int() as last if first <= last and not first <= year <= last:
                outside = {"value": str(year), "first": str(first), "last": str(last)}
                yield Fault((*path, "year"), FileProblem.YEAR_OUTSIDE, outside)
        opens, closes = one.get("opens_at"), one.get("closes_at")
        if isinstance(opens, datetime) and isinstance(closes, datetime) and _here(closes) <= _here(opens):
            yield Fault((*path, "closes_at"), FileProblem.ROUND_REVERSED)


def _tables(table: Table, key: str, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Table]]:
    """The tables of an array, each with its path; nothing where there is no such array."""
    for index, row in enumerate(_list(table, key)):
        if isinstance(row, dict):
            yield (*path, key, index), row


def _items(plan: Table) -> Iterator[tuple[KeyPath, Table]]:
    for path, group in _tables(plan, "groups"):
        yield from _tables(group, "items", path)


def _measures(plan: Table) -> Iterator[tuple[KeyPath, Table]]:
    for path, item in _items(plan):
        yield from _tables(item, "measures", path)


def _list(table: Table, key: str) -> list[object]:
    value = table.get(key)
    return value if isinstance(value, list) else []


def _text(table: Table, key: str) -> str:
    value = table.get(key)
    return value if isinstance(value, str) else ""


def _figure(table: Table, key: str) -> Decimal | None:
    value = table.get(key)
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and Decimal(value).is_finite():
        return Decimal(value)
    return None


def _named(plan: Table, key: str) -> list[str]:
    return [code for _, table in _tables(plan, key) if (code := _text(table, "code"))]


def _valued(rows: Rows, key: str) -> list[tuple[KeyPath, str, str]]:
    return [((*path, key), text, text) for path, row in rows if (text := _text(row, key))]


def _repeated(entries: list[tuple[KeyPath, str, str]]) -> Iterator[Fault]:
    seen: dict[str, KeyPath] = {}
    for path, identity, shown in entries:
        if identity in seen:
            yield Fault(path, FileProblem.DUPLICATE_CODE, {"value": shown}, first=seen[identity])
        seen.setdefault(identity, path)


def _known(path: KeyPath, name: object, names: list[str]) -> Iterator[Fault]:
    if isinstance(name, str) and name and name not in names:
        near = get_close_matches(name, names, _MOST_SHOWN, 0) if len(names) > _MOST_SHOWN else names
        yield Fault(path, FileProblem.UNKNOWN_REFERENCE, {"value": name, "allowed": ", ".join(near) or "…"})


def _day(table: Table, key: str) -> date | None:
    value = table.get(key)
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _here(moment: datetime) -> datetime:
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=VIETNAM)


def _or_dots(value: Decimal | None) -> str:
    return "…" if value is None else str(value)

"""Last year's plan as the beginning of this year's: its years moved, its issue and its oddities left out."""

import re
import tomllib
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from core.refusals import Code, Refusal
from core.texts.campaign_copy import head

Table = dict[str, object]

#: What belongs to the document that was issued, not to the one that will be.
_ISSUED = ("number", "issued_on", "signatory", "remarks")
_YEAR = re.compile(r"\b20[0-9]{2}\b")
_LAST = 2100
_LONGEST_CODE = 12


def copied(source: str, year: int) -> str:
    """The text of a file like `source` whose first year is `year`.

    It is a plan of its own: its code, and those of its clauses, get the year. The sentences stay as they
    were, for the office to replace. Raises `Refusal` for a year that is not later, or too late.
    """
    import tomli_w

    plan: Table = tomllib.loads(source.removeprefix("\ufeff"), parse_float=Decimal)
    window = _table(plan["window"])
    shift = years_moved(_year(window["first_year"]), _year(window["last_year"]), year)
    old, label = str(plan["code"]), str(plan["label"])
    copy = {key: value for key, value in plan.items() if key not in _ISSUED}
    copy |= {
        "code": _new_code(old, year),
        "label": _later(label, shift),
        "title": _later(copy["title"], shift),
    }
    copy["window"] = {
        key: value if key == "clauses" else _later(value, shift)
        for key, value in window.items()
        if key != "starts_on" or not window.get("from_issue")
    }
    for part in ("rounds", "deadlines"):
        if part in copy:
            copy[part] = [
                {
                    key: _later(value, shift) if key not in {"clause", "kind"} else value
                    for key, value in one.items()
                }
                for one in _tables(copy[part])
            ]
    own = re.compile(rf"^{re.escape(old)}-")
    renamed = _renamed(copy, lambda code: own.sub(f"{copy['code']}-", code))
    return f"{head(old, label, year)}\n{tomli_w.dumps(_table(renamed))}"


def years_moved(first: int, last: int, year: int) -> int:
    """By how much a plan of these years moves to begin in `year`.

    Raises `Refusal` for a year that is not later, or too late.
    """
    shift = year - first
    if shift <= 0 or last + shift > _LAST:
        raise Refusal(Code.YEAR_OUTSIDE, year=year, first=first, last=_LAST)
    return shift


def _new_code(code: str, year: int) -> str:
    """«001» of 2025 is «001n25»; a copy of a copy keeps one ending."""
    ending = f"n{year % 100:02d}"
    return re.sub(r"n[0-9]{2}$", "", code)[: _LONGEST_CODE - len(ending)] + ending


def _later(value: object, shift: int) -> object:
    """A year, a date or a text with years, moved by `shift` years."""
    match value:
        case bool():
            return value
        case int():
            return value + shift
        case date():
            return _same_day(value, value.year + shift)
        case str():
            return _YEAR.sub(lambda found: str(int(found[0]) + shift), value)
        case dict() if "unsaid" in value:
            return {"unsaid": _later(value["unsaid"], shift)}
    return value


def _same_day(day: date | datetime, year: int) -> date | datetime:
    """The same day of another year; 29 February becomes the 28th."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def _renamed(value: object, name: Callable[[str], str], key: str = "") -> object:
    """Every code of a clause by its new name; sentences stay."""
    match value:
        case dict():
            return {inner: _renamed(one, name, inner) for inner, one in value.items()}
        case list():
            return [_renamed(one, name, key) for one in value]
        case str() if key in {"code", "clause"}:
            return name(value)
    return value


def _table(value: object) -> Table:
    assert isinstance(value, dict)
    return value


def _tables(value: object) -> list[Table]:
    assert isinstance(value, list)
    return value


def _year(value: object) -> int:
    assert isinstance(value, int)
    return value

"""The raw tables of a campaign file, read without trusting them, and what can be said against one.

Values of a wrong type are passed over, because the schema reports them; so a file is told all its faults
at once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches

from core.campaign_files import FileProblem
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


def tables(table: Table, key: str, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Table]]:
    """The tables of an array, each with its path; nothing where there is no such array."""
    for index, row in enumerate(values(table, key)):
        if isinstance(row, dict):
            yield (*path, key, index), row


def inner(table: Table, key: str) -> Table:
    """The table at `key`, or an empty one."""
    value = table.get(key)
    return value if isinstance(value, dict) else {}


def items(plan: Table) -> Iterator[tuple[KeyPath, Table]]:
    """Every clause under every head."""
    for path, group in tables(plan, "groups"):
        yield from tables(group, "items", path)


def measures(plan: Table) -> Iterator[tuple[KeyPath, Table]]:
    """Every question under every clause."""
    for path, item in items(plan):
        yield from tables(item, "measures", path)


def values(table: Table, key: str) -> list[object]:
    """The array at `key`, or an empty one."""
    value = table.get(key)
    return value if isinstance(value, list) else []


def text(table: Table, key: str) -> str:
    """The text at `key`, or an empty one."""
    value = table.get(key)
    return value if isinstance(value, str) else ""


def figure(table: Table, key: str) -> Decimal | None:
    """The number at `key`, if there is one."""
    value = table.get(key)
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and Decimal(value).is_finite():
        return Decimal(value)
    return None


def whole(table: Table, key: str) -> int | None:
    """The whole number at `key`, if there is one."""
    value = table.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def day(table: Table, key: str) -> date | None:
    """The day at `key`, if there is one."""
    value = table.get(key)
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def named(table: Table, place: str, key: str = "code") -> list[str]:
    """The codes of an array of tables."""
    return [code for _, row in tables(table, place) if (code := text(row, key))]


def coded(rows: Rows, key: str) -> list[tuple[KeyPath, str, str]]:
    """The place, the identity and the wording of a code in each of these tables."""
    return [((*path, key), code, code) for path, row in rows if (code := text(row, key))]


def repeated(entries: list[tuple[KeyPath, str, str]]) -> Iterator[Fault]:
    """Identities that were used before."""
    seen: dict[str, KeyPath] = {}
    for path, identity, shown in entries:
        if identity in seen:
            yield Fault(path, FileProblem.DUPLICATE_CODE, {"value": shown}, first=seen[identity])
        seen.setdefault(identity, path)


def known(path: KeyPath, name: object, names: list[str]) -> Iterator[Fault]:
    """A name that is none of these."""
    if isinstance(name, str) and name and name not in names:
        near = get_close_matches(name, names, _MOST_SHOWN, 0) if len(names) > _MOST_SHOWN else names
        yield Fault(path, FileProblem.UNKNOWN_REFERENCE, {"value": name, "allowed": ", ".join(near) or "…"})

"""What can be wrong between the questions of one clause: targets, ranges, and alternatives."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from core.campaign_files import FileProblem
from services.papers.campaign_tables import (
    Fault,
    Table,
    coded,
    figure,
    known,
    repeated,
    tables,
    text,
    values,
)
from services.papers.toml_lines import KeyPath

_HUNDRED = Decimal(100)


def question_faults(path: KeyPath, item: Table) -> Iterator[Fault]:
    """Everything wrong between the questions of the clause at `path`."""
    questions = list(tables(item, "measures", path))
    ways = list(tables(item, "ways", path))
    yield from repeated(coded((*questions, *ways), "code"))
    for where, question in questions:
        if len(questions) > 1 and not (text(question, "code") and text(question, "label")):
            yield Fault(where, FileProblem.MEASURE_UNNAMED)
        yield from _figures(where, question)
        yield from repeated(coded(tables(question, "slots", where), "key"))
    if ways:
        yield from _ways(questions, ways)


def _figures(path: KeyPath, question: Table) -> Iterator[Fault]:
    """An operator needs a target, a target an operator; both must be possible."""
    if text(question, "kind") not in {"number", "count"}:
        return
    if "operator" in question and "target" not in question:
        yield Fault((*path, "operator"), FileProblem.OPERATOR_ALONE)
    if "target" in question and "operator" not in question:
        yield Fault((*path, "target"), FileProblem.TARGET_ALONE)
    yield from _ends(path, question)
    low, high = _bounds(question)
    if low is not None and high is not None and high < low:
        bounds = {"value": str(high), "low": str(low), "high": "…"}
        yield Fault((*path, "high"), FileProblem.OUT_OF_BOUNDS, bounds)
    for key in ("target", "aim", "upper"):
        value = figure(question, key)
        below = value is not None and low is not None and value < low
        above = value is not None and high is not None and value > high
        if below or above:
            facts = {"value": str(value), "low": _or_dots(low), "high": _or_dots(high)}
            yield Fault((*path, key), FileProblem.OUT_OF_BOUNDS, facts)


def _ends(path: KeyPath, question: Table) -> Iterator[Fault]:
    """Where a range ends: `aim` may be passed, `upper` may not."""
    operator, target = question.get("operator"), figure(question, "target")
    for key, needed, problem in (
        ("aim", ">=", FileProblem.AIM_MISPLACED),
        ("upper", "within", FileProblem.UPPER_MISPLACED),
    ):
        end = figure(question, key)
        beyond = end is not None and target is not None and end > target
        if key in question and not (operator == needed and beyond):
            yield Fault((*path, key), problem)
    if operator == "within" and "upper" not in question:
        yield Fault((*path, "upper"), FileProblem.MISSING_KEY)


def _bounds(question: Table) -> tuple[Decimal | None, Decimal | None]:
    low, high = figure(question, "low"), figure(question, "high")
    if question.get("unit") == "%":
        return (Decimal(0) if low is None else low), (_HUNDRED if high is None else high)
    if text(question, "kind") == "count":
        return Decimal(0), high
    return low, high


def _or_dots(value: Decimal | None) -> str:
    return "…" if value is None else str(value)


Parts = Mapping[str, tuple[KeyPath, list[str]]]
"""Of each way, by its code: where its parts stand, and their codes."""


def _ways(questions: list[tuple[KeyPath, Table]], ways: list[tuple[KeyPath, Table]]) -> Iterator[Fault]:
    """Each way is built from known parts, none from itself, and the first one uses them all."""
    codes = [text(table, "code") for _, table in (*questions, *ways) if text(table, "code")]
    parts: dict[str, tuple[KeyPath, list[str]]] = {}
    for path, way in ways:
        keys = [key for key in ("any_of", "all_of") if values(way, key)]
        if len(keys) != 1:
            yield Fault((*path, keys[-1]) if keys else path, FileProblem.WAY_PARTS)
            continue
        place = (*path, keys[0])
        names = [name for name in values(way, keys[0]) if isinstance(name, str)]
        for index, name in enumerate(names):
            yield from known((*place, index), name, codes)
        yield from repeated([((*place, index), name, name) for index, name in enumerate(names)])
        parts.setdefault(text(way, "code"), (place, names))
    circles = list(_circles(parts))
    yield from circles
    if not circles and len(parts) == len(ways):
        yield from _unused(parts, (*questions, *ways), text(ways[0][1], "code"))


def _circles(parts: Parts) -> Iterator[Fault]:
    """Ways that contain themselves; each circle is told once, where it closes."""
    done: set[str] = set()

    def walk(code: str, above: tuple[str, ...]) -> Iterator[Fault]:
        place, names = parts[code]
        for name in names:
            if name in (*above, code):
                circle = (*above, code)[(*above, code).index(name) :]
                chain = " → ".join((*circle, name))
                yield Fault(place, FileProblem.WAY_CIRCULAR, {"value": chain})
            elif name in parts and name not in done:
                yield from walk(name, (*above, code))
        done.add(code)

    for code in parts:
        if code not in done:
            yield from walk(code, ())


def _unused(parts: Parts, all_parts: tuple[tuple[KeyPath, Table], ...], root: str) -> Iterator[Fault]:
    """What the first way does not need would be asked, or written, for nothing."""
    reached: set[str] = set()
    waiting = [root]
    while waiting:
        code = waiting.pop()
        reached.add(code)
        waiting.extend(parts[code][1] if code in parts else ())
    for path, table in all_parts:
        code = text(table, "code")
        if code and code not in reached:
            facts = {"value": code, "root": root}
            yield Fault((*path, "code"), FileProblem.WAY_UNUSED, facts)

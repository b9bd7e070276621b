"""A campaign file in, facts out, or every fault of the file at its line."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from core.campaign_files import FileProblem, Finding
from core.campaigns import Campaign, digest
from core.texts import campaign_files as texts
from core.vietnamese import clean_line
from services.papers.campaign_checks import faults
from services.papers.campaign_schema import CampaignRow, keys_of
from services.papers.campaign_tables import Fault
from services.papers.toml_lines import KeyPath, key_lines, line_of

LARGEST = 512 * 1024
"""Bytes; the five plans this was made for take less than 40 KB each."""


class CampaignFileError(Exception):
    """The file cannot be taken; `findings` are all its faults, by line."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("\n".join(texts.finding(one) for one in findings))
        self.findings = findings


def read(text: str, name: str) -> Campaign:
    """The campaign that the text of a file describes; `name` is the file's, for the findings.

    Raises `CampaignFileError`.
    """
    if len(text) > LARGEST:
        raise CampaignFileError([_of_file(name, FileProblem.TOO_BIG, limit=str(LARGEST // 1024))])
    try:
        plan = _tidy_table(tomllib.loads(text.removeprefix("\ufeff"), parse_float=Decimal))
        row, found = _validated(plan)
        if row is None:
            raise CampaignFileError(_findings(name, plan, key_lines(text), found))
    except tomllib.TOMLDecodeError as error:
        raise CampaignFileError([_of_syntax(name, text, str(error))]) from None
    except (ValueError, ArithmeticError, RecursionError):  # figures and brackets without end
        raise CampaignFileError([_of_file(name, FileProblem.TOO_DEEP)]) from None
    return row.fact()


@dataclass(frozen=True, slots=True)
class PlanText:
    """The text of a campaign file with what it says, and the digest of that."""

    source: str
    campaign: Campaign
    digest: str


def plan_text(source: str, name: str) -> PlanText:
    """All of it at once, for whoever can spare the time. Raises `CampaignFileError`."""
    campaign = read(source, name)
    return PlanText(source, campaign, digest(campaign))


def _validated(plan: Mapping[str, object]) -> tuple[CampaignRow | None, list[Fault]]:
    """The rows if there is no fault at all, else every fault."""
    found = list(faults(plan))
    try:
        row = CampaignRow.model_validate(plan)
    except ValidationError as invalid:
        found.extend(_fault(plan, error) for error in invalid.errors(include_url=False))
        return None, found
    return (None if found else row), found


def plan_faults(plan: Mapping[str, object]) -> list[Fault]:
    """Every fault of a plan that was put together elsewhere, each by its place in the tables."""
    row, found = _validated(_tidy_table(plan))
    return found if row is None else []


def read_file(path: Path) -> Campaign:
    """The campaign in that file. Raises `CampaignFileError`, also when the file cannot be read."""
    try:
        content = path.read_bytes()
    except OSError:
        raise CampaignFileError([_of_file(str(path), FileProblem.UNREADABLE)]) from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CampaignFileError([_of_file(str(path), FileProblem.NOT_UTF8, line)]) from None
    return read(text, str(path))


def check(paths: Iterable[Path]) -> list[Finding]:
    """Every fault of these files, and every plan code used by more than one of them."""
    found: list[Finding] = []
    owners: dict[str, str] = {}
    for path in paths:
        try:
            campaign = read_file(path)
        except CampaignFileError as error:
            found.extend(error.findings)
            continue
        owner = owners.setdefault(campaign.code, str(path))
        if owner != str(path):
            place = {"value": campaign.code, "place": texts.file_place(owner)}
            line = key_lines(path.read_text(encoding="utf-8-sig"))["code",]
            sentence = texts.sentence(FileProblem.DUPLICATE_CODE, place)
            found.append(Finding(str(path), line, "code", FileProblem.DUPLICATE_CODE, sentence))
    return found


def _of_file(name: str, problem: FileProblem, line: int | None = None, **facts: str) -> Finding:
    return Finding(name, line, "", problem, texts.sentence(problem, facts))


_LINE = re.compile(r"\(at line ([0-9]+), column [0-9]+\)")
_SYNTAX = (
    (re.compile(r"Cannot (overwrite|declare)|Duplicate|Cannot mutate|twice"), FileProblem.DUPLICATE_KEY),
    (
        re.compile(r"Unclosed|Unterminated|Illegal character '\\n'|Expected '\]|at end of document"),
        FileProblem.UNCLOSED,
    ),
    (re.compile(r"Invalid value|Invalid date|Invalid hex|Expected newline|Unescaped"), FileProblem.BAD_VALUE),
)


def _of_syntax(name: str, text: str, message: str) -> Finding:
    """Tomllib stops at the first fault of syntax and says where only in its message."""
    place = _LINE.search(message)
    line = int(place[1]) if place else text.rstrip().count("\n") + 1
    problem = next((problem for shape, problem in _SYNTAX if shape.search(message)), FileProblem.SYNTAX)
    return _of_file(name, problem, line)


def _tidy_table(table: Mapping[str, object]) -> dict[str, object]:
    return {key: _tidy(value) for key, value in table.items()}


def _tidy(value: object) -> object:
    """Texts on one line, composed (NFC) and without invisible characters."""
    match value:
        case str():
            return clean_line(value, len(value))
        case list():
            return [_tidy(one) for one in value]
        case dict():
            return _tidy_table(value)
    return value


_PROBLEMS = {
    "missing": FileProblem.MISSING_KEY,
    "union_tag_not_found": FileProblem.MISSING_KEY,
    "string_type": FileProblem.NOT_TEXT,
    "int_type": FileProblem.NOT_INTEGER,
    "int_from_float": FileProblem.NOT_INTEGER,
    "date_type": FileProblem.NOT_DATE,
    "datetime_type": FileProblem.NOT_MOMENT,
    "bool_type": FileProblem.NOT_BOOLEAN,
    "list_type": FileProblem.NOT_LIST,
    "model_type": FileProblem.NOT_TABLE,
    "model_attributes_type": FileProblem.NOT_TABLE,
    "enum": FileProblem.NOT_IN_LIST,
    "literal_error": FileProblem.NOT_IN_LIST,
    "union_tag_invalid": FileProblem.NOT_IN_LIST,
    "string_too_short": FileProblem.EMPTY,
    "too_short": FileProblem.EMPTY,
    "string_too_long": FileProblem.TOO_LONG,
    "bad_code": FileProblem.BAD_CODE,
    "out_of_bounds": FileProblem.OUT_OF_BOUNDS,
    "is_instance_of": FileProblem.NOT_NUMBER,
    "decimal_type": FileProblem.NOT_NUMBER,
    "decimal_max_digits": FileProblem.NOT_NUMBER,
    "decimal_max_places": FileProblem.NOT_NUMBER,
    "decimal_whole_digits": FileProblem.NOT_NUMBER,
    "finite_number": FileProblem.NOT_NUMBER,
}
_QUOTED = re.compile(r"'([^']*)'")


def _fault(plan: Mapping[str, object], error: ErrorDetails) -> Fault:
    """One complaint of the schema in the terms of the file."""
    kind, context = error["type"], error.get("ctx", {})
    path = _path(plan, error["loc"])
    if kind == "extra_forbidden":
        return _unknown_key(plan, path)
    if kind in {"union_tag_invalid", "union_tag_not_found"}:
        path = (*path, "kind")
    problem = (
        FileProblem.NOT_NUMBER if kind.startswith("decimal") else _PROBLEMS.get(kind, FileProblem.UNUSABLE)
    )
    value = context.get("tag", error["input"])
    facts = {"value": clean_line(str(value), 40)}
    match problem:
        case FileProblem.NOT_IN_LIST:
            allowed = _QUOTED.findall(str(context.get("expected", context.get("expected_tags", ""))))
            facts["allowed"] = ", ".join(allowed)
        case FileProblem.TOO_LONG:
            facts |= {"limit": str(context["max_length"]), "length": str(len(str(value)))}
        case FileProblem.BAD_CODE | FileProblem.OUT_OF_BOUNDS:
            facts |= {key: str(fact) for key, fact in context.items()}
    return Fault(path, problem, facts)


def _path(plan: Mapping[str, object], loc: tuple[int | str, ...]) -> KeyPath:
    """The place in the file: pydantic also names the branch of a union it took, which is no key."""
    path: KeyPath = ()
    here: object = plan
    for depth, part in enumerate(loc, 1):
        inner = _step(here, part)
        if inner is not None:
            here = inner
            path = (*path, part)
        elif depth == len(loc) and isinstance(here, dict):
            path = (*path, part)
    return path


def _unknown_key(plan: Mapping[str, object], path: KeyPath) -> Fault:
    table = ".".join(part for part in path[:-1] if isinstance(part, str))
    key = str(path[-1])
    allowed = keys_of().get(table, set())
    if key in allowed:
        kind = _at(plan, path[:-1]).get("kind")
        return Fault(path, FileProblem.WRONG_KIND, {"kind": clean_line(str(kind), 40)})
    nearest = get_close_matches(key, sorted(allowed), 1)
    return Fault(path, FileProblem.UNKNOWN_KEY, {"suggestion": nearest[0]} if nearest else {})


def _at(plan: Mapping[str, object], path: KeyPath) -> Mapping[str, object]:
    """The table at `path`, or the nearest one around it."""
    here: object = plan
    table = plan
    for part in path:
        here = _step(here, part)
        if isinstance(here, dict):
            table = here
    return table


def _step(here: object, part: int | str) -> object:
    """One step into the data; None where there is nothing, for TOML has no such value."""
    if isinstance(here, list):
        return here[part] if isinstance(part, int) and part < len(here) else None
    return here.get(part) if isinstance(here, dict) else None


def _findings(
    name: str, plan: Mapping[str, object], lines: dict[KeyPath, int], found: list[Fault]
) -> list[Finding]:
    """The faults by line, each once."""
    unique = {(fault.path, fault.problem): fault for fault in found}
    findings = [_finding(name, plan, lines, fault) for fault in unique.values()]
    return sorted(findings, key=lambda one: (one.line or 0, one.key))


def _finding(name: str, plan: Mapping[str, object], lines: dict[KeyPath, int], fault: Fault) -> Finding:
    facts = dict(fault.facts)
    if fault.first:
        facts["place"] = texts.line_place(line_of(lines, fault.first))
    key = ".".join(part for part in fault.path if isinstance(part, str))
    sentence = texts.sentence(fault.problem, facts)
    near = next(_codes_around(plan, fault.path), "")
    return Finding(name, line_of(lines, fault.path), key, fault.problem, sentence, near)


def _codes_around(plan: Mapping[str, object], path: KeyPath) -> Iterator[str]:
    """Codes of the tables around a place, the innermost first; a question goes by its clause."""
    for end in range(len(path) - 1, 0, -1):
        code = _at(plan, path[:end]).get("code")
        if isinstance(code, str) and "measures" not in path[end - 2 : end]:
            yield code

"""What no single value of a campaign file can show: codes, references, and keys that need each other."""

import re
from collections.abc import Iterator

from core.campaign_files import FileProblem
from core.campaigns import LETTERS, criterion_key
from services.papers.campaign_question_checks import question_faults
from services.papers.campaign_tables import (
    Fault,
    Table,
    coded,
    inner,
    items,
    known,
    measures,
    named,
    repeated,
    tables,
    text,
    values,
)
from services.papers.campaign_time_checks import time_faults
from services.papers.toml_lines import KeyPath

_CLAUSES_INSIDE = {
    "window": ("clauses",),
    "commendation": ("clauses", "form", "quotas", "money"),
    "dossier": ("parts", "copies_clause"),
}


_NEEDED = ("subjects", "groups", "rounds")
_ENTERS_AS = {"individual": "individual", "head": "individual", "collective": "collective"}


def faults(plan: Table) -> Iterator[Fault]:
    """Everything wrong between the values of one file."""
    yield from _content(plan)
    yield from _codes(plan)
    yield from _groups(plan)
    yield from _tracks(plan)
    yield from _references(plan)
    yield from _parent(plan)
    for path, item in items(plan):
        yield from question_faults(path, item)
    yield from time_faults(plan)


def _content(plan: Table) -> Iterator[Fault]:
    """A competition asks somebody something, some time; an umbrella plan asks nothing."""
    match plan.get("kind"):
        case "competition":
            missing: list[KeyPath] = [(key,) for key in _NEEDED if not plan.get(key)]
            missing += [(*path, "measures") for path, item in items(plan) if "measures" not in item]
            yield from (Fault(path, FileProblem.MISSING_KEY) for path in missing)
        case "umbrella":
            asked: list[KeyPath] = [("rounds",)] if plan.get("rounds") else []
            asked += [(*path, "measures") for path, item in items(plan) if "measures" in item]
            asked += [
                (*path, "kind")
                for path, group in tables(plan, "groups")
                if text(group, "kind") not in {"", "content"}
            ]
            yield from (Fault(path, FileProblem.UMBRELLA_ASKS) for path in asked)


def _codes(plan: Table) -> Iterator[Fault]:
    """Codes are unique among their kind; clauses carry the plan's own code."""
    held = list(_clause_codes(plan))
    left_out = [((*path, "code"), text(row, "code")) for path, row in tables(plan, "left_out")]
    clauses = [*held, *((path, code) for path, code in left_out if code)]
    yield from _strangers(text(plan, "code"), clauses)
    yield from repeated([(path, criterion_key(code), code) for path, code in clauses])
    for place in ("scales", "bodies", "rounds"):
        yield from repeated(coded(tables(plan, place), "code"))
    for path, scale in tables(plan, "scales"):
        yield from repeated(coded(tables(scale, "levels", path), "key"))


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
    """Where each clause has its code; one sentence that fixes several quotas counts once."""
    sentences: set[tuple[str, str]] = set()
    for path, table in _clauses(plan):
        code = text(table, "code")
        sentence = code, text(table, "quote")
        if code and not ("quotas" in path and sentence in sentences):
            yield (*path, "code"), code
        sentences.add(sentence)
    for path, duty in tables(plan, "duties"):
        for index, _ in enumerate(values(duty, "quotes")):
            if code := text(duty, "code"):
                yield (*path, "quotes", index), f"{code}.{index + 1}"


def _clauses(plan: Table) -> Iterator[tuple[KeyPath, Table]]:
    """Every table that carries a clause's code."""
    for place in ("purposes", "requirements", "subjects", "groups", "duties", "deadlines"):
        yield from tables(plan, place)
    commendation = inner(plan, "commendation")
    if commendation:
        yield ("commendation",), commendation
    for place, parts in _CLAUSES_INSIDE.items():
        table = inner(plan, place)
        for part in parts:
            yield from tables(table, part, (place,))
            if single := inner(table, part):
                yield (place, part), single
    yield from items(plan)


def _groups(plan: Table) -> Iterator[Fault]:
    """Heads carry Vietnamese letters in order; their items carry the head's code and a number."""
    before = ""
    for path, group in tables(plan, "groups"):
        letter = text(group, "letter")
        if not letter:
            continue
        if letter not in LETTERS:
            yield Fault((*path, "letter"), FileProblem.BAD_LETTER, {"value": letter})
        else:
            if before and LETTERS.index(letter) < LETTERS.index(before):
                order = {"value": letter, "before": before}
                yield Fault((*path, "letter"), FileProblem.LETTER_ORDER, order)
            before = letter
        code = text(group, "code")
        if letter in LETTERS and code and not code.endswith(f"-{letter}"):
            yield Fault((*path, "code"), FileProblem.LETTER_MISMATCH, {"value": code, "letter": letter})
        tail = "[a-z]" if code[-1:].isdecimal() else "[0-9]{1,2}"
        for where, item in tables(group, "items", path):
            own = text(item, "code")
            if own and code and re.fullmatch(re.escape(code) + tail, own) is None:
                yield Fault((*where, "code"), FileProblem.NOT_OF_GROUP, {"value": own, "prefix": code})


def _tracks(plan: Table) -> Iterator[Fault]:
    """Whoever is asked something may enter at all."""
    admitted = set(named(plan, "subjects", "kind"))
    for path, group in tables(plan, "groups"):
        for index, track in enumerate(values(group, "tracks")):
            needed = _ENTERS_AS.get(track) if isinstance(track, str) else None
            if admitted and needed and needed not in admitted:
                facts = {"value": str(track), "kind": needed}
                yield Fault((*path, "tracks", index), FileProblem.TRACK_WITHOUT_SUBJECT, facts)


def _references(plan: Table) -> Iterator[Fault]:
    """What one table names must stand in another."""
    bodies, rounds = named(plan, "bodies"), named(plan, "rounds")
    clauses = [code for _, code in _clause_codes(plan)]
    for path, duty in tables(plan, "duties"):
        for index, name in enumerate(values(duty, "bodies")):
            yield from known((*path, "bodies", index), name, bodies)
    for table, key in (("feedback", "to"), ("dossier", "send_to"), ("dossier", "appraised_by")):
        yield from known((table, key), inner(plan, table).get(key), bodies)
    yield from known(("dossier", "clause"), inner(plan, "dossier").get("clause"), clauses)
    for path, deadline in tables(plan, "deadlines"):
        yield from known((*path, "clause"), deadline.get("clause"), clauses)
        yield from known((*path, "round"), deadline.get("round"), rounds)
    yield from _levels(plan)


def _levels(plan: Table) -> Iterator[Fault]:
    scales = {text(scale, "code"): scale for _, scale in tables(plan, "scales")}
    for path, measure in measures(plan):
        if measure.get("kind") != "ordinal":
            continue
        yield from known((*path, "scale"), measure.get("scale"), list(scales))
        scale = scales.get(text(measure, "scale"))
        if scale is not None:
            yield from known((*path, "minimum"), measure.get("minimum"), named(scale, "levels", "key"))


def _parent(plan: Table) -> Iterator[Fault]:
    """A plan above has a name, and is not this one."""
    code = text(plan, "parent_code")
    if code and code == text(plan, "code"):
        yield Fault(("parent_code",), FileProblem.PARENT_ITSELF, {"value": code})
    if code and not text(plan, "parent"):
        yield Fault(("parent",), FileProblem.MISSING_KEY)

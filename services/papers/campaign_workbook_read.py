"""Reads the workbook of a plan that a person sends: the plan as a campaign file, or every fault at its cell.

Nothing is taken of a workbook in which anything is wrong.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from core.campaign_files import FileProblem
from core.campaign_sheets import SheetFinding, SheetProblem, Spot, Tab
from core.texts import campaign_files
from core.texts import campaign_workbook as texts
from core.vietnamese import clean_line, words_only
from services.papers import campaign_toml, workbook
from services.papers import campaign_workbook_rows as rows
from services.papers.campaign_cells import as_text, is_error
from services.papers.campaign_columns import columns
from services.papers.campaign_tables import Fault
from services.papers.campaign_workbook import Lines, write
from services.papers.campaign_workbook_draft import Draft, Line

ROWS_ALLOWED = 5_000
COLUMNS_ALLOWED = 60
UNPACKED_ALLOWED = 30 * 1024 * 1024
HEADING_WITHIN = 10
_FEWEST_HEADINGS = 2
_FOLLOWING = {
    FileProblem.MISSING_KEY.value,
    FileProblem.EMPTY.value,
    FileProblem.MEASURE_UNNAMED.value,
    FileProblem.UNKNOWN_REFERENCE.value,
    FileProblem.WAY_PARTS.value,
    FileProblem.WAY_UNUSED.value,
    SheetProblem.NOT_SAME.value,
    SheetProblem.NO_SUCH_CRITERION.value,
}
"""What is found of rows that are taken for another criterion's."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a workbook says: a plan, or findings and no plan."""

    plan: campaign_toml.PlanText | None = None
    findings: tuple[SheetFinding, ...] = ()

    @property
    def source(self) -> str:
        """The plan as a campaign file, if there is one."""
        return self.plan.source if self.plan is not None else ""


@dataclass(frozen=True, slots=True)
class _Tables:
    """The template's tabs as found, and the rows of each."""

    tabs: dict[Tab, Lines] = field(default_factory=dict)
    cells: dict[Tab, list[Line]] = field(default_factory=dict)


def read(content: bytes, name: str) -> Reading:
    """The plan in these bytes; `name` is what the file is called."""
    import tomli_w

    draft = Draft()
    opened = _opened(content, draft)
    tables = _tables(opened, draft)
    if draft.findings:
        return Reading(findings=tuple(draft.findings))
    rows.fill(draft, tables.cells)
    _ensure_no_example(draft)
    for fault in campaign_toml.plan_faults(draft.plan):
        finding = _finding(draft, fault)
        if all(known.spot != finding.spot for known in draft.findings):
            draft.findings.append(finding)
    if draft.findings:
        return Reading(findings=tuple(_in_order(_causes(draft.findings))))
    source = tomli_w.dumps(draft.plan, multiline_strings=False)
    try:
        return Reading(campaign_toml.plan_text(source, name))
    except campaign_toml.CampaignFileError:  # nothing is left that a file could be refused for but its size
        draft.find(SheetProblem.TOO_BIG, None)
        return Reading(findings=tuple(draft.findings))


def annotate(content: bytes, findings: Sequence[SheetFinding]) -> bytes | None:
    """The same workbook with its faults pointed out; nothing where it is no workbook of ours at all."""
    unread = Draft()
    tables = _tables(_opened(content, unread), unread)
    return write(tables.tabs, findings) if tables.tabs else None


def _opened(content: bytes, draft: Draft) -> list[workbook.Tab]:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        draft.find(SheetProblem.OLD_WORKBOOK, None)
        return []
    limits = workbook.Limits(UNPACKED_ALLOWED, ROWS_ALLOWED, COLUMNS_ALLOWED)
    try:
        tabs = workbook.tabs(workbook.safe_copy(content, limits))
    except workbook.TooBigError:
        draft.find(SheetProblem.TOO_BIG, None)
    except workbook.TooManyCellsError:
        draft.find(SheetProblem.TOO_MANY_ROWS, None, limit=f"{ROWS_ALLOWED:,}".replace(",", "."))
    except workbook.UnreadableError:
        draft.find(SheetProblem.NOT_A_WORKBOOK, None)
    else:
        _ensure_version(tabs, draft)
        return [] if draft.findings else tabs
    return []


def _ensure_version(tabs: Sequence[workbook.Tab], draft: Draft) -> None:
    """A workbook of another template would be read wrong in places nobody looks at."""
    version = next((said for tab in tabs if (said := _version(tab.rows))), "")
    if not version:
        draft.find(SheetProblem.NOT_THE_TEMPLATE, None)
    elif version != texts.VERSION:
        draft.find(SheetProblem.OTHER_VERSION, None, value=version, version=texts.VERSION)


def _version(table: Sequence[Sequence[workbook.Value]]) -> str:
    for row in table[:HEADING_WITHIN]:
        for label, value in pairwise(row):
            if isinstance(label, str) and words_only(label) == words_only(texts.VERSION_LABEL):
                return clean_line(as_text(value), 40)
    return ""


def _tables(tabs: Sequence[workbook.Tab], draft: Draft) -> _Tables:
    """The template's tabs, by name in whatever order; other tabs are the person's own."""
    tables = _Tables()
    found: dict[str, list[workbook.Tab]] = {}
    for one in tabs:
        found.setdefault(words_only(one.name), []).append(one)
    for tab, name in texts.TABS.items() if tabs else ():
        same = found.get(words_only(name), [])
        if not same:
            draft.find(SheetProblem.TAB_MISSING, None, value=name)
            continue
        if len(same) > 1:
            draft.find(SheetProblem.TAB_TWICE, None, value=name)
        _table(tab, same[0].rows, draft, tables)
    return tables


def _table(tab: Tab, table: Sequence[Sequence[workbook.Value]], draft: Draft, tables: _Tables) -> None:
    top = _heading_row(tab, table)
    cells = [[as_text(value) for value in row] for row in table]
    if top is None:
        draft.find(SheetProblem.NO_HEADING, Spot(tab))
        return
    names, extra = _columns(tab, cells, top, draft)
    lines = list(_lines(tab, cells, top, names, draft))
    tables.cells[tab] = lines
    kept = {
        line.row: {
            **{name: text for name, (text, _spot) in line.cells.items()},
            **{
                heading: cells[line.row - 1][place]
                for heading, place in extra.items()
                if place < len(cells[line.row - 1])
            },
        }
        for line in lines
    }
    tables.tabs[tab] = Lines(kept, tuple(extra), top + 1)


def _heading_row(tab: Tab, table: Sequence[Sequence[workbook.Value]]) -> int | None:
    """The row with most names of columns among the first ones."""
    known = {words_only(heading) for heading in texts.HEADINGS[tab].values()}
    best, most = None, _FEWEST_HEADINGS - 1
    for number, row in enumerate(table[:HEADING_WITHIN]):
        count = len(known & {words_only(as_text(value)) for value in row})
        if count > most:
            best, most = number, count
    return best


def _columns(
    tab: Tab, cells: Sequence[Sequence[str]], top: int, draft: Draft
) -> tuple[dict[str, int], dict[str, int]]:
    """Where each column stands, and those that are none of ours but hold something."""
    known = {words_only(texts.HEADINGS[tab][name]): name for name, _column in columns(tab)}
    places: dict[str, int] = {}
    extra: dict[str, int] = {}
    for place, heading in enumerate(cells[top]):
        name = known.get(words_only(heading))
        spot = Spot(tab, top + 1, place + 1)
        if name is None:
            filled = any(place < len(row) and row[place] for row in cells[top + 1 :])
            if filled and words_only(heading) != words_only(texts.FAULT_HEADING):
                extra[heading or spot.cell] = place
                draft.find(SheetProblem.COLUMN_UNKNOWN, spot, value=heading or spot.cell)
        elif name in places:
            draft.find(SheetProblem.COLUMN_TWICE, spot, value=heading)
        else:
            places[name] = place
    for name, _column in columns(tab):
        if name not in places:
            draft.find(SheetProblem.COLUMN_MISSING, Spot(tab), value=texts.HEADINGS[tab][name])
    return places, extra


def _lines(
    tab: Tab, cells: Sequence[Sequence[str]], top: int, names: Mapping[str, int], draft: Draft
) -> Iterator[Line]:
    for number in range(top + 1, len(cells)):
        said: dict[str, tuple[str, Spot]] = {}
        for name, place in names.items():
            text = cells[number][place] if place < len(cells[number]) else ""
            spot = Spot(tab, number + 1, place + 1)
            said[name] = (text, spot)
            if is_error(text):
                draft.find(SheetProblem.ERROR_IN_CELL, spot, value=text)
        if any(text for text, _spot in said.values()):
            yield Line(number + 1, said)


def _ensure_no_example(draft: Draft) -> None:
    if draft.plan.get("code") == texts.EXAMPLE_CODE:
        draft.find(SheetProblem.EXAMPLE_LEFT, draft.spot(("code",)), value=texts.EXAMPLE_CODE)


def _finding(draft: Draft, fault: Fault) -> SheetFinding:
    """A fault of the plan in the terms of the workbook."""
    spot = draft.spot(fault.path)
    facts = dict(fault.facts)
    column = draft.columns.get(spot)
    if column is not None and column.words:
        facts["allowed"] = ", ".join(column.words.values())
    if "kind" in facts:
        facts["kind"] = texts.MEASURES.get(facts["kind"], facts["kind"])
    if fault.first:
        facts["place"] = texts.place(draft.spot(fault.first))
    if not spot.row:
        key = ".".join(part for part in fault.path if isinstance(part, str))
        return SheetFinding(spot, texts.missing(spot, key), fault.problem.value)
    otherwise = campaign_files.sentence(fault.problem, facts)
    return SheetFinding(spot, texts.plan_sentence(fault.problem.value, facts, otherwise), fault.problem.value)


def _causes(findings: Sequence[SheetFinding]) -> list[SheetFinding]:
    """The findings without what only follows from a code that stands twice: whose rows are whose is open."""
    twice = [
        one.spot
        for one in findings
        if one.spot is not None
        and one.spot.tab is Tab.CRITERIA
        and one.problem == FileProblem.DUPLICATE_CODE.value
    ]
    if not twice:
        return list(findings)
    first = min(spot.row for spot in twice)

    def follows(one: SheetFinding) -> bool:
        if one.spot is None or one.spot in twice or one.problem not in _FOLLOWING:
            return False
        return one.spot.tab is Tab.WAYS or (one.spot.tab is Tab.CRITERIA and one.spot.row >= first)

    return [one for one in findings if not follows(one)]


def _in_order(findings: Sequence[SheetFinding]) -> list[SheetFinding]:
    tabs = list(Tab)

    def where(one: SheetFinding) -> tuple[int, int, int]:
        return (tabs.index(one.spot.tab), one.spot.row, one.spot.column) if one.spot else (-1, 0, 0)

    return sorted(findings, key=where)

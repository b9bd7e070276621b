"""Tabs of a plan's workbook whose first column says what a row is."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from core.campaign_sheets import SheetProblem, Spot, Tab
from services.papers import campaign_columns as layout
from services.papers.campaign_cells import as_meant
from services.papers.campaign_columns import Column
from services.papers.campaign_workbook_draft import Draft, Line
from services.papers.toml_lines import KeyPath

_QUOTA = ("code", "quote", "round", "subject", "count", "at_most")


def fill(draft: Draft, tab: Tab, lines: Iterable[Line]) -> None:
    """Every row of one of these tabs."""
    columns = {column.key: column for column in layout.SECTIONED[tab]}
    rows = _Rows(draft, columns)
    for line in lines:
        section = as_meant(columns["section"], line.text("section"))
        if not isinstance(section, str) or section not in columns["section"].words:
            draft.find_unlisted(line.spot("section"), line.text("section"), columns["section"])
            continue
        match tab:
            case Tab.COMMENDATION:
                rows.commendation(section, line)
            case Tab.DOSSIER:
                rows.dossier(section, line)
            case Tab.REMARKS:
                rows.remark(section, line)
            case _:
                rows.one_of(tuple(section.split(".")), line, ("code", "quote"))


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of one tab; `taken` are the places that are filled, each by the row that did it."""

    draft: Draft
    columns: dict[str, Column]
    counts: dict[KeyPath, int] = field(default_factory=dict)
    taken: dict[KeyPath, Spot] = field(default_factory=dict)

    def commendation(self, section: str, line: Line) -> None:
        """What the plan says about commending."""
        whole: KeyPath = ("commendation",)
        match section:
            case "main":
                self._alone((*whole, "code"), line, {"code": (*whole, "code"), "quote": (*whole, "quote")})
            case "decided_by":
                self._alone((*whole, section), line, {"quote": (*whole, section)})
            case "form":
                self._clause_or_open((*whole, section), line)
            case "quotas":
                self.one_of((*whole, section), line, _QUOTA)
            case _:
                self.one_of((*whole, section), line, ("code", "quote"))

    def dossier(self, section: str, line: Line) -> None:
        """The papers that propose a commendation."""
        path: KeyPath = ("dossier", section)
        match section:
            case "clause":
                self._alone(path, line, {"code": path})
            case "parts":
                self.one_of(path, line, ("code", "quote"))
            case "copies":
                self._copies(path, line)
            case _:
                self._alone(path, line, {"body": path})

    def remark(self, section: str, line: Line) -> None:
        """Something odd about the document, or a clause that is left out of the campaign."""
        if section == "left_out":
            self.one_of((section,), line, ("where", "words"), {"where": "code", "words": "reason"})
            return
        place = self.counts.get(("remarks",), 0)
        self.one_of(("remarks",), line, ("where", "words"))
        self.draft.put(("remarks", place, "kind"), section, line.spot("section"))

    def one_of(
        self, path: KeyPath, line: Line, names: Iterable[str], keys: dict[str, str] | None = None
    ) -> None:
        """One of several, or the words by which the plan leaves them open."""
        if self._is_open(line):
            self._alone(path, line, {"quote": path})
            return
        if self._taken(path, line):
            return
        place = self.counts.get(path, 0)
        self.counts[path] = place + 1
        self.draft.places.setdefault((*path, place), line.spot("section"))
        for name in names:
            self._put((*path, place, (keys or {}).get(name, name)), line, name)

    def _clause_or_open(self, path: KeyPath, line: Line) -> None:
        if self._is_open(line):
            self._alone(path, line, {"quote": path})
        else:
            self._alone(path, line, {"code": (*path, "code"), "quote": (*path, "quote")})

    def _copies(self, path: KeyPath, line: Line) -> None:
        if self._is_open(line):
            self._alone(path, line, {"quote": path})
            return
        clause: KeyPath = (*path[:-1], "copies_clause")
        told = {"code": (*clause, "code"), "quote": (*clause, "quote")}
        said = {name: key for name, key in told.items() if line.text("code") or line.text("quote")}
        self._alone(path, line, {"count": path, **said})

    def _alone(self, path: KeyPath, line: Line, keys: dict[str, KeyPath]) -> None:
        """What there is one of."""
        if path in self.counts or path in self.taken:
            self._repeated(path, line)
            return
        self.taken[path] = line.spot("section")
        for name, key in keys.items():
            self._put(key, line, name)

    def _taken(self, path: KeyPath, line: Line) -> bool:
        if path in self.taken:
            self._repeated(path, line)
        return path in self.taken

    def _repeated(self, path: KeyPath, line: Line) -> None:
        place = self.taken[path] if path in self.taken else self.draft.spot((*path, 0))
        self.draft.find(SheetProblem.ROW_TWICE, line.spot("section"), place=place.cell)

    def _put(self, key: KeyPath, line: Line, name: str) -> None:
        column = self.columns[name]
        self.draft.put(key, as_meant(column, line.text(name)), line.spot(name), column)

    def _is_open(self, line: Line) -> bool:
        quote = self.columns.get("quote")
        return quote is not None and isinstance(as_meant(quote, line.text("quote")), dict)

"""The rows of a plan's workbook as tables of a plan, each value with its cell."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from core.campaign_sheets import SheetProblem, Spot, Tab
from core.texts import campaign_workbook as texts
from core.vietnamese import words_only
from services.papers import campaign_columns as layout
from services.papers import campaign_workbook_sections as sections
from services.papers.campaign_cells import as_meant
from services.papers.campaign_columns import Column, Level
from services.papers.campaign_workbook_draft import Draft, Line
from services.papers.toml_lines import KeyPath

Tables = Mapping[Tab, Sequence[Line]]
_OF_ANOTHER = 2
"""Cells that tell otherwise than those above them, from which a row is about something else."""


def fill(draft: Draft, tables: Tables) -> None:
    """Everything the tabs say."""
    _items(draft, tables.get(Tab.PLAN, ()))
    for tab, levels in layout.LEVELS.items():
        if tab is not Tab.WAYS:
            _Nest(draft, tab, levels).take(tables.get(tab, ()))
    _ways(draft, tables.get(Tab.WAYS, ()))
    for tab in layout.SECTIONED:
        sections.fill(draft, tab, tables.get(tab, ()))


def _items(draft: Draft, lines: Iterable[Line]) -> None:
    known = {words_only(texts.ITEMS[column.key]): (path, column) for path, column in layout.PLAN}
    seen: dict[KeyPath, Spot] = {}
    for line in lines:
        found = known.get(words_only(line.text("item")))
        if found is None:
            draft.find(SheetProblem.ROW_UNKNOWN, line.spot("item"), value=line.text("item"))
            continue
        path, column = found
        value, spot = as_meant(column, line.text("value")), line.spot("value")
        if path in layout.REPEATED:
            if value is not None:
                count = sum(1 for one in seen if one[:-1] == path)
                draft.put((*path, count), value, spot, column)
                seen[*path, count] = spot
            continue
        if path in seen:
            draft.find(SheetProblem.ROW_TWICE, line.spot("item"), place=seen[path].cell)
            continue
        seen[path] = spot
        draft.put(path, value, spot, column)


class _Nest:
    """Rows of tables inside tables: an outer one goes on while its code is empty or the same."""

    def __init__(self, draft: Draft, tab: Tab, levels: Sequence[Level]) -> None:
        self._draft = draft
        self._levels = levels
        self._single = len(levels) == 1
        self._counts: dict[KeyPath, int] = {}
        self._said: dict[KeyPath, tuple[object, Spot]] = {}
        self._codes: dict[tuple[str, object], Spot] = {}

    def take(self, lines: Iterable[Line]) -> None:
        """Every row, from the top."""
        open_at: list[KeyPath] = []
        for line in lines:
            open_at = self._line(line, open_at)

    def _line(self, line: Line, open_at: Sequence[KeyPath]) -> list[KeyPath]:
        """Put one row into the tables it belongs to; returns which are open now."""
        now: list[KeyPath] = []
        goes_on = True
        for depth, level in enumerate(self._levels):
            before = open_at[depth] if depth < len(open_at) else None
            goes_on = goes_on and before is not None and self._goes_on(level, line, before)
            path = before if goes_on and before is not None else self._begin(level, line, now)
            if path is None:
                return now
            now.append(path)
            self._draft.places.setdefault(path, line.spot(self._name(level, level.columns[0])))
            self._put(level, line, path, first=not goes_on)
        return now

    def _name(self, level: Level, column: Column) -> str:
        return column.key if self._single else f"{level.key}.{column.key}"

    def _goes_on(self, level: Level, line: Line, path: KeyPath) -> bool:
        """Whether a row goes on with the table that is open.

        A code used further up, in a row that tells nothing else of a table, is a slip: it is found, and
        the row taken as if its cell were empty, so that nothing else looks wrong because of it.
        """
        if not level.by:
            return False
        column = next(one for one in level.columns if one.key == level.by)
        name = self._name(level, column)
        code = as_meant(column, line.text(name))
        if code is None:
            return True
        told = [one for one in level.columns if one is not column and line.text(self._name(level, one))]
        if self._said.get((*path, level.by), (None,))[0] == code:
            return len([one for one in told if self._differs(level, line, path, one)]) < _OF_ANOTHER
        first = self._codes.get((level.key, code))
        if first is None or told:
            return False
        self._draft.find_repeated(line.spot(name), str(code), first)
        return True

    def _differs(self, level: Level, line: Line, path: KeyPath, column: Column) -> bool:
        known = self._said.get((*path, column.key))
        return known is not None and known[0] != as_meant(column, line.text(self._name(level, column)))

    def _begin(self, level: Level, line: Line, around: Sequence[KeyPath]) -> KeyPath | None:
        filled = any(line.text(self._name(level, column)) for column in level.columns)
        if around and not level.by and not filled:
            return None  # a row that only tells more of what stands around it
        base = (*around[-1], level.key) if around else (level.key,)
        place = self._counts.get(base, 0)
        self._counts[base] = place + 1
        return (*base, place)

    def _put(self, level: Level, line: Line, path: KeyPath, *, first: bool) -> None:
        for column in level.columns:
            name = self._name(level, column)
            value, spot = as_meant(column, line.text(name)), line.spot(name)
            if column.key == level.by:
                self._codes.setdefault((level.key, value), spot)
                if not first:
                    continue
            key = path if level.plain else (*path, column.key)
            if not first and value is None:
                continue
            known = self._said.get(key)
            if known is not None:
                if known[0] != value:
                    self._draft.find(SheetProblem.NOT_SAME, spot, place=known[1].cell)
                continue
            if value is not None:
                self._said[key] = value, spot
            if column.key == "day":
                self._put_day(line, path, value, spot)
            elif column.key != "every_year":
                self._draft.put(key, value, spot, column)

    def _put_day(self, line: Line, path: KeyPath, value: object, spot: Spot) -> None:
        """A day of every year stands under a key of its own."""
        recurs = words_only(line.text("every_year")) not in {"", words_only(texts.NO)}
        if recurs and isinstance(value, date):
            value = {"month": value.month, "day": value.day}
        if recurs and value is None:
            value = ""
        self._draft.put((*path, "every_year" if isinstance(value, dict) else "day"), value, spot)


def _ways(draft: Draft, lines: Iterable[Line]) -> None:
    """Each way goes to the criterion it names."""
    items = {code: path for path, code in _item_codes(draft.plan)}
    columns = {column.key: column for column in layout.LEVELS[Tab.WAYS][0].columns}
    counts: dict[KeyPath, int] = {}
    code: object = None
    for line in lines:
        code = as_meant(columns["item"], line.text("item")) or code
        path = items.get(str(code))
        if path is None:
            facts = {"value": str(code or ""), "tab": texts.TABS[Tab.CRITERIA]}
            draft.find(SheetProblem.NO_SUCH_CRITERION, line.spot("item"), **facts)
            continue
        place = counts.get(path, 0)
        counts[path] = place + 1
        way = (*path, "ways", place)
        for key in ("code", "label"):
            draft.put((*way, key), as_meant(columns[key], line.text(key)), line.spot(key), columns[key])
        needs = as_meant(columns["needs"], line.text("needs"))
        if needs not in texts.NEEDS:
            draft.find_unlisted(line.spot("needs"), line.text("needs"), columns["needs"])
            continue
        parts = as_meant(columns["parts"], line.text("parts"))
        draft.put((*way, str(needs)), parts, line.spot("parts"), columns["parts"])


def _item_codes(plan: Mapping[str, object]) -> Iterable[tuple[KeyPath, str]]:
    groups = plan.get("groups")
    for place, group in enumerate(groups if isinstance(groups, list) else ()):
        for number, item in enumerate(group.get("items", ())):
            yield ("groups", place, "items", number), str(item.get("code", ""))

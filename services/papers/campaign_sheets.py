"""A plan laid out on the tabs of a workbook: rows of texts, by column."""

from collections.abc import Iterator, Mapping, Sequence

from core.campaign_sheets import Tab
from core.texts import campaign_workbook as texts
from services.papers import campaign_columns as layout
from services.papers.campaign_cells import shown
from services.papers.campaign_columns import Column, Level

Plan = Mapping[str, object]
Row = dict[str, str]
"""The filled cells of a row, by the name of their column."""


def laid_out(plan: Plan) -> dict[Tab, list[Row]]:
    """Every tab with its rows; what a campaign file says is all there."""
    rows = {Tab.PLAN: list(_items(plan))}
    for tab in Tab:
        if tab in layout.LEVELS and tab is not Tab.WAYS:
            levels = layout.LEVELS[tab]
            names = [name for name, _column in layout.columns(tab)]
            rows[tab] = list(_nested(plan, levels, names))
    rows[Tab.WAYS] = list(_ways(plan))
    rows[Tab.CLAUSES] = list(_clauses(plan))
    rows[Tab.COMMENDATION] = list(_commendation(_table(plan, "commendation")))
    rows[Tab.DOSSIER] = list(_dossier(_table(plan, "dossier")))
    rows[Tab.REMARKS] = list(_remarks(plan))
    return rows


def _items(plan: Plan) -> Iterator[Row]:
    """The first tab: one row for each thing to say, several where there are several."""
    for path, column in layout.PLAN:
        value: object = plan
        for key in path:
            value = value.get(key) if isinstance(value, Mapping) else None
        for one in (
            (value if isinstance(value, list) and value else [value]) if path in layout.REPEATED else [value]
        ):
            yield {"item": texts.ITEMS[column.key], "value": shown(column, one)}


def _nested(
    table: Plan, levels: Sequence[Level], names: Sequence[str], around: Row | None = None
) -> Iterator[Row]:
    """One row for each innermost table; what stands around it is told once, its codes on every row."""
    level, inner = levels[0], levels[1:]
    before = around or {}
    for row in _rows(table, level):
        here = {**before, **{_name(level, column, names): text for column, text in _cells(level, row)}}
        if not inner:
            yield here
            before = _codes(before)
            continue
        empty = True
        for one in _nested(row, inner, names, here):
            empty = False
            yield one
        if empty:
            yield here
        before = _codes(before)


def _codes(row: Row) -> Row:
    """What is told again on the rows that follow the first."""
    return {name: text for name, text in row.items() if name.endswith(".code")}


def _rows(table: Plan, level: Level) -> Iterator[Plan]:
    rows = table.get(level.key)
    for row in rows if isinstance(rows, list) else ():
        yield {level.columns[0].key: row} if level.plain else row


def _cells(level: Level, row: Plan) -> Iterator[tuple[Column, str]]:
    for column in level.columns:
        value = row.get(column.key)
        if column.key == "day" and "every_year" in row:
            value = row["every_year"]
        yield column, shown(column, value)


def _name(level: Level, column: Column, names: Sequence[str]) -> str:
    full = f"{level.key}.{column.key}"
    return full if full in names else column.key


def _ways(plan: Plan) -> Iterator[Row]:
    for group in _tables(plan, "groups"):
        for item in _tables(group, "items"):
            for way in _tables(item, "ways"):
                needs = "any_of" if way.get("any_of") else "all_of"
                said = {"item": item.get("code"), **way, "needs": needs, "parts": way.get(needs)}
                yield _row(layout.LEVELS[Tab.WAYS][0].columns, said)


def _clauses(plan: Plan) -> Iterator[Row]:
    for key in ("purposes", "requirements"):
        for clause in _tables(plan, key):
            yield _section(Tab.CLAUSES, key, clause)
    for clause in _tables(_table(plan, "window"), "clauses"):
        yield _section(Tab.CLAUSES, "window.clauses", clause)


def _commendation(said: Plan) -> Iterator[Row]:
    if said:
        yield _section(Tab.COMMENDATION, "main", said)
    if said.get("decided_by"):
        yield _section(Tab.COMMENDATION, "decided_by", {"quote": said["decided_by"]})
    for key in ("form", "quotas", "money", "clauses"):
        yield from _said_or_open(Tab.COMMENDATION, key, said.get(key))


def _said_or_open(tab: Tab, key: str, value: object) -> Iterator[Row]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, Mapping):
            yield _section(tab, key, {"quote": one} if "unsaid" in one else one)


def _dossier(said: Plan) -> Iterator[Row]:
    if said:
        yield _section(Tab.DOSSIER, "clause", {"code": said.get("clause")})
    yield from _said_or_open(Tab.DOSSIER, "parts", said.get("parts"))
    copies, clause = said.get("copies"), _table(said, "copies_clause")
    if isinstance(copies, Mapping):
        yield _section(Tab.DOSSIER, "copies", {"quote": copies})
    elif copies is not None or clause:
        yield _section(Tab.DOSSIER, "copies", {**clause, "count": copies})
    for key in ("send_to", "appraised_by"):
        if said.get(key):
            yield _section(Tab.DOSSIER, key, {"body": said[key]})


def _remarks(plan: Plan) -> Iterator[Row]:
    for remark in _tables(plan, "remarks"):
        yield _section(Tab.REMARKS, str(remark.get("kind")), remark)
    for left in _tables(plan, "left_out"):
        yield _section(Tab.REMARKS, "left_out", {"where": left.get("code"), "words": left.get("reason")})


def _section(tab: Tab, section: str, said: Plan) -> Row:
    return _row(layout.SECTIONED[tab], {**said, "section": section})


def _row(columns: Sequence[Column], said: Plan) -> Row:
    return {column.key: shown(column, said.get(column.key)) for column in columns}


def _table(plan: Plan, key: str) -> Plan:
    value = plan.get(key)
    return value if isinstance(value, Mapping) else {}


def _tables(plan: Plan, key: str) -> Iterator[Plan]:
    rows = plan.get(key)
    return (row for row in rows if isinstance(row, Mapping)) if isinstance(rows, list) else iter(())

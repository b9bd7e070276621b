"""The tabs and columns of a plan's workbook, and which key of the plan each of them holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from core.campaign_sheets import Tab
from core.texts import campaign_workbook as texts


class Kind(StrEnum):
    """How a value stands in a cell."""

    TEXT = "text"
    CODE = "code"
    WHOLE = "whole"
    FIGURE = "figure"
    DATE = "date"
    MOMENT = "moment"
    YES = "yes"
    WORD = "word"
    WORDS = "words"
    CODES = "codes"
    LINES = "lines"
    PAIRS = "pairs"
    DAY = "day"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `words` are what may be picked, by the value each stands for.

    `open` says that the cell may tell the plan's words for what it leaves open («Để ngỏ: theo quy định»).
    """

    key: str
    kind: Kind = Kind.TEXT
    width: int = 16
    words: Mapping[str, str] = field(default_factory=dict)
    open: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """Columns of one table of the plan: `key` is its name, `by` the column that tells one from the next.

    Of a level inside another, rows go on while `by` is empty or says the same; without `by` each row is a
    table of its own. A level of one column without a key of its own holds plain values.
    """

    key: str
    columns: tuple[Column, ...]
    by: str = ""
    plain: bool = False


def _code(key: str = "code", width: int = 12) -> Column:
    return Column(key, Kind.CODE, width)


def _word(key: str, words: Mapping[str, str], width: int = 16) -> Column:
    return Column(key, Kind.WORD, width, words)


QUOTE = Column("quote", width=70)
OPEN_QUOTE = Column("quote", width=70, open=True)
CRITERIA = (
    Level(
        "groups",
        (
            _code(),
            Column("letter", width=6),
            Column("label", width=20),
            Column("title", width=40),
            _word("kind", texts.CLAUSE_KINDS),
            Column("tracks", Kind.WORDS, 18, texts.TRACKS),
        ),
        by="code",
    ),
    Level(
        "items",
        (
            _code(),
            Column("label", width=26),
            Column("quote", width=60),
            Column("evidence", width=30),
            Column("usual", width=24),
            Column("note", width=30),
        ),
        by="code",
    ),
    Level(
        "measures",
        (
            _code(width=10),
            Column("label", width=18),
            Column("question", width=50),
            _word("kind", texts.MEASURES),
            Column("unit", width=10),
            _word("operator", texts.OPERATORS, 16),
            Column("target", Kind.FIGURE, 9),
            Column("upper", Kind.FIGURE, 9),
            Column("aim", Kind.FIGURE, 9),
            Column("fraction", width=30),
            Column("low", Kind.FIGURE, 9),
            Column("high", Kind.FIGURE, 9),
            _code("scale", 14),
            _code("minimum", 14),
            Column("awaited", width=16),
            _word("gain", texts.GAINS, 10),
            Column("slots", Kind.PAIRS, 24),
        ),
    ),
)
LEVELS: dict[Tab, tuple[Level, ...]] = {
    Tab.SUBJECTS: (Level("subjects", (_word("kind", texts.SUBJECTS), _code(width=14), QUOTE)),),
    Tab.CRITERIA: CRITERIA,
    Tab.SCALES: (
        Level("scales", (_code(width=16), Column("note", width=40)), by="code"),
        Level("levels", (_code("key", 18), Column("label", width=26))),
    ),
    Tab.DEADLINES: (
        Level(
            "deadlines",
            (
                _code(),
                _word("kind", texts.DEADLINES, 28),
                _code("clause", 14),
                Column("words", width=50),
                Column("day", Kind.DAY, 12),
                Column("every_year", Kind.YES, 11),
                Column("before", Kind.YES, 11),
                Column("at", Kind.CLOCK, 8),
                _code("round", 10),
            ),
        ),
    ),
    Tab.ROUNDS: (
        Level(
            "rounds",
            (
                _code(),
                Column("label", width=24),
                _word("kind", texts.ROUNDS),
                Column("year", Kind.WHOLE, 8),
                Column("opens_at", Kind.MOMENT, 18),
                Column("closes_at", Kind.MOMENT, 18),
            ),
        ),
    ),
    Tab.BODIES: (
        Level(
            "bodies",
            (
                _code(width=16),
                Column("name", width=40),
                Column("aliases", Kind.LINES, 40),
                Column("roles", Kind.WORDS, 36, texts.ROLES),
            ),
        ),
    ),
    Tab.DUTIES: (
        Level("duties", (_code(), Column("heading", width=40), Column("bodies", Kind.CODES, 24)), by="code"),
        Level("quotes", (Column("quote", width=80),), plain=True),
    ),
    Tab.WAYS: (
        Level(
            "ways",
            (
                _code("item", 14),
                _code(width=14),
                Column("label", width=30),
                _word("needs", texts.NEEDS, 14),
                Column("parts", Kind.CODES, 30),
            ),
        ),
    ),
}
"""Tabs of rows. In «ways» the criterion is named beside each, as they are read better by themselves."""

SECTIONED: dict[Tab, tuple[Column, ...]] = {
    Tab.CLAUSES: (_word("section", texts.CLAUSE_SECTIONS, 14), _code(width=14), QUOTE),
    Tab.COMMENDATION: (
        _word("section", texts.COMMENDATION_SECTIONS, 20),
        _code(width=14),
        OPEN_QUOTE,
        _word("round", texts.ROUNDS),
        _word("subject", texts.SUBJECTS),
        Column("count", Kind.WHOLE, 10),
        _word("at_most", texts.COUNTS, 12),
    ),
    Tab.DOSSIER: (
        _word("section", texts.DOSSIER_SECTIONS, 20),
        _code(width=14),
        OPEN_QUOTE,
        Column("count", Kind.WHOLE, 10),
        _code("body", 16),
    ),
    Tab.REMARKS: (
        _word("section", texts.REMARK_SECTIONS, 18),
        Column("where", width=24),
        Column("words", width=80),
    ),
}
"""Tabs whose first column says what a row is."""

PLAN: tuple[tuple[tuple[str, ...], Column], ...] = (
    (("code",), _code()),
    (("label",), Column("label")),
    (("kind",), _word("kind", texts.CAMPAIGNS)),
    (("title",), Column("title")),
    (("issuer",), Column("issuer")),
    (("number",), Column("number", open=True)),
    (("issued_on",), Column("issued_on", Kind.DATE, open=True)),
    (("signatory", "name"), Column("signatory.name")),
    (("signatory", "title"), Column("signatory.title", open=True)),
    (("legal_bases",), Column("legal_bases")),
    (("parent",), Column("parent")),
    (("parent_code",), _code("parent_code")),
    (("theme",), Column("theme")),
    (("window", "words"), Column("window.words")),
    (("window", "first_year"), Column("window.first_year", Kind.WHOLE)),
    (("window", "last_year"), Column("window.last_year", Kind.WHOLE)),
    (("window", "from_issue"), Column("window.from_issue", Kind.YES)),
    (("window", "starts_on"), Column("window.starts_on", Kind.DATE, open=True)),
    (("window", "ends_on"), Column("window.ends_on", Kind.DATE, open=True)),
    (("feedback", "words"), Column("feedback.words")),
    (("feedback", "to"), _code("feedback.to")),
    (("feedback", "written"), Column("feedback.written", Kind.YES)),
    (("feedback", "changes"), Column("feedback.changes", Kind.YES)),
    (("recipients",), Column("recipients")),
    (("units",), Column("units")),
)
"""The rows of the first tab. What there can be several of stands in as many rows."""

REPEATED = {("legal_bases",), ("recipients",), ("units",)}


def columns(tab: Tab) -> tuple[tuple[str, Column], ...]:
    """The columns of a tab from left to right, each with the name its heading goes by."""
    if tab is Tab.PLAN:
        return (("item", Column("item", width=34)), ("value", Column("value", width=80)))
    if tab in SECTIONED:
        return tuple((column.key, column) for column in SECTIONED[tab])
    levels = LEVELS[tab]
    return tuple(
        (column.key if len(levels) == 1 else f"{level.key}.{column.key}", column)
        for level in levels
        for column in level.columns
    )

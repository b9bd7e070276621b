"""Pages as plain words, without a mark of how they are drawn: whoever draws one escapes everything in it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a file beside the page, by its path from the top."""

    words: str
    path: str


Words = str | Link
#: What stands in a cell or a line: one thing, or several below one another.
Cell = Words | tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """What is so, name by name."""

    rows: Sequence[tuple[str, Cell]]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads; every row has as many cells."""

    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Said:
    """Paragraphs."""

    lines: Sequence[Words]


Block = Pairs | Table | Said


@dataclass(frozen=True, slots=True)
class Section:
    """What belongs together, under a heading; `deep` is one within the section before."""

    heading: str
    blocks: Sequence[Block]
    deep: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `path` from the top, and where it leads back to."""

    path: str
    title: str
    about: str
    sections: Sequence[Section]
    back: Link | None = None

"""The source of the house as the rules read it: files, their syntax trees, and what was found in them."""

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("bot", "handlers", "scheduler", "services", "db", "core")


@dataclass(frozen=True)
class Source:
    """One Python file: its path from the root of the repository, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree of the text."""
        return ast.parse(self.text, self.path)

    @cached_property
    def nodes(self) -> Sequence[ast.AST]:
        """Everything in the tree, from the outside in; most rules look through all of it."""
        return tuple(ast.walk(self.tree))

    @cached_property
    def calls(self) -> Sequence[ast.Call]:
        """Every call in the tree."""
        return tuple(node for node in self.nodes if isinstance(node, ast.Call))

    def within(self, *places: str) -> bool:
        """Whether the file is one of these, or lies in one of these folders (which end in a slash)."""
        return any(
            self.path.startswith(place) if place.endswith("/") else self.path == place for place in places
        )


@dataclass(frozen=True)
class Finding:
    """A line that breaks a rule."""

    path: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


Rule = Callable[[Source], Iterator[Finding]]


@cache
def source(path: str) -> Source:
    """One file of the repository: read, and parsed if need be, once for all rules."""
    return Source(path, (ROOT / path).read_text(encoding="utf-8"))


def sources(*folders: str) -> list[Source]:
    """Every Python file of these folders of the repository."""
    return [
        source(path.relative_to(ROOT).as_posix())
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
    ]


def assert_kept(rule: Rule, files: list[Source]) -> None:
    """Fail with every line that breaks the rule."""
    found = [str(finding) for file in files for finding in rule(file)]
    if found:
        pytest.fail("\n".join(found), pytrace=False)


def lines_found(rule: Rule, text: str, path: str = "services/planted.py") -> list[int]:
    """The lines of a planted text that a rule objects to: a rule that finds nothing anywhere is no rule."""
    return [finding.line for finding in rule(Source(path, text))]


def called_name(call: ast.Call) -> str:
    """The last word of what is called: "commit" in "session.commit()"."""
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call in a tree."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))

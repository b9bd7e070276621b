"""Modules stay short, tests use the real thing, and whoever silences a tool says why."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator

import pytest

from tests.house.source import ROOMS, Finding, Source, assert_kept, lines_found, source, sources
from tests.house.test_core import imported

LONGEST = 400
# Files and folders that may be longer, each with its reason.
LONGER = {
    "db/migrations/versions/": "a step of the schema is written by Alembic and read once",
}

SILENCED = re.compile(r"noqa|type:\s*ignore|pragma:\s*no")
MOCKING = re.compile(r"unittest|mock|assert_called|assert_awaited")
GIVES_CODE_AND_REASON = re.compile(
    r"#\s*(noqa: [A-Z]+\d+(, ?[A-Z]+\d+)*|type: ignore\[[a-z-]+(, ?[a-z-]+)*\]|pragma: no (cover|branch))"
    r"\s+[-\u2013\u2014#]\s+\S+ \S+"
)


def fits_a_few_screens(source: Source) -> Iterator[Finding]:
    """A module that grew beyond LONGEST is split by word."""
    length = len(source.text.splitlines())
    if length > LONGEST and not source.within(*LONGER):
        yield Finding(source.path, length, f"{length} lines; split it by word (the limit is {LONGEST})")


def silences_with_a_reason(source: Source) -> Iterator[Finding]:
    """A suppression names what it silences, and why."""
    if not SILENCED.search(source.text):
        return
    for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
        if (
            token.type == tokenize.COMMENT
            and SILENCED.search(token.string)
            and not GIVES_CODE_AND_REASON.search(token.string)
        ):
            what = "a suppression has a code and a reason: # noqa: X100 - because of this"
            yield Finding(source.path, token.start[0], what)


def no_mocks(source: Source) -> Iterator[Finding]:
    """Rule 15: no test asserts that a function was called."""
    if not MOCKING.search(source.text):
        return
    for line, module in imported(source):
        if module.startswith(("unittest", "mock", "pytest_mock")):
            yield Finding(
                source.path, line, f"{module}: use the real database, the builders, the small fakes"
            )
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and node.attr.startswith(("assert_called", "assert_awaited")):
            yield Finding(source.path, node.lineno, "assert what a person sees, or what is stored")


def everything() -> list[Source]:
    """Every Python file of the repository."""
    return [*sources(*ROOMS, "bench", "tests"), source("run.py")]


@pytest.mark.parametrize("rule", [fits_a_few_screens, silences_with_a_reason, no_mocks])
def test_the_style_of_the_house(rule: object) -> None:
    assert callable(rule)
    assert_kept(rule, everything())


def test_exceptions_are_still_needed() -> None:
    long = [source for source in everything() if len(source.text.splitlines()) > LONGEST]
    assert [place for place in LONGER if not any(source.within(place) for source in long)] == []


def test_a_long_module_is_found() -> None:
    assert lines_found(fits_a_few_screens, "x = 1\n" * (LONGEST + 1)) == [LONGEST + 1]
    assert lines_found(fits_a_few_screens, "x = 1\n" * LONGEST) == []


@pytest.mark.parametrize(
    "comment",
    ["noqa", "noqa: S101", "noqa: S101 - ok", "type: ignore", "type: ignore[arg-type]", "pragma: no cover"],
)
def test_a_bare_suppression_is_found(comment: str) -> None:
    assert lines_found(silences_with_a_reason, f"x = 1\ny = 2  # {comment}\n") == [2]


@pytest.mark.parametrize(
    "comment",
    [
        "noqa: S101 - narrows a type",
        "noqa: S603, S607 - our own interpreter",
        "type: ignore[arg-type]  # the stub forgets None",
        "pragma: no cover - another platform",
    ],
)
def test_a_reason_is_enough(comment: str) -> None:
    assert lines_found(silences_with_a_reason, f"x = 1  # {comment}\n") == []


@pytest.mark.parametrize(
    "planted",
    [
        "from unittest.mock import Mock",
        "import unittest.mock",
        "spy.assert_called_once()",
        "spy.assert_awaited()",
    ],
)
def test_a_mock_is_found(planted: str) -> None:
    assert lines_found(no_mocks, planted, "tests/test_planted.py") == [1]

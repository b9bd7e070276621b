"""Rule 2: core imports the standard library and itself. Which parts of it, pyproject.toml says."""

import ast
import sys
from collections.abc import Iterator

from tests.house.source import Finding, Source, assert_kept, lines_found, sources


def imported(source: Source) -> Iterator[tuple[int, str]]:
    """Line and full name of every module that is imported."""
    for node in source.nodes:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""


def standard_library_only(source: Source) -> Iterator[Finding]:
    """Nothing is imported that would have to be installed."""
    for line, module in imported(source):
        if module.partition(".")[0] not in sys.stdlib_module_names | {"core"}:
            yield Finding(source.path, line, f"core imports {module}")


def test_core_needs_nothing_installed() -> None:
    assert_kept(standard_library_only, sources("core"))


def test_a_library_in_core_is_found() -> None:
    planted = (
        "import datetime\nfrom core.roles import Role\nimport holidays\nfrom pydantic import BaseModel\n"
    )
    assert lines_found(standard_library_only, planted, "core/planted.py") == [3, 4]

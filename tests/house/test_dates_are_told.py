"""A day by which units owe something changes in one place, which tells them of it."""

import ast

import pytest

from tests.house.source import sources

#: What changes such a day and tells nobody, and who alone may call it.
SILENT = {
    "enter_date": {"services/date_changes.py", "bot/sandbox/seeding.py"},
    "withdraw_date": {"services/date_changes.py"},
    "publish": {"services/date_changes.py"},
    "load": {"bot/sandbox/seeding.py"},
}
MODULES = {"campaigns", "campaign_dates"}


@pytest.mark.parametrize("act", SILENT)
def test_only_what_tells_changes_a_day(act: str) -> None:
    found = set()
    for source in sources("bot", "handlers", "scheduler", "services"):
        for call in source.calls:
            match call.func:
                case ast.Attribute(value=ast.Name(id=module), attr=name) if module in MODULES and name == act:
                    found.add(source.path)
    assert found == SILENT[act]

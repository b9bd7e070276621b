"""The reminders to come, asked for at the machine."""

import os
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.trouble import Outcome
from core.texts import reminders_ladder
from tests.bot.restored import logging_restored


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty installation."""
    for name in [name for name in os.environ if name.upper().startswith("BOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    with logging_restored():
        main(["migrate"])
    capsys.readouterr()


@pytest.mark.usefixtures("installation")
def test_nothing_is_to_come_where_nothing_is_due(capsys: pytest.CaptureFixture[str]) -> None:
    with logging_restored():
        assert main(["reminders", "preview", "--from", "01/12/2026", "--days", "30"]) == Outcome.OK
    assert capsys.readouterr().out == f"{reminders_ladder.NOTHING_PLANNED}\n"


@pytest.mark.usefixtures("installation")
def test_a_day_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with logging_restored():
        assert main(["reminders", "preview", "--from", "32/12/2026"]) == Outcome.PROBLEMS
    said = capsys.readouterr()
    assert "32/12/2026" in said.out + said.err

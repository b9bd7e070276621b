"""The tools' own rules bite: each contract and each banned name is broken once, on purpose."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.check import TOOLS
from tests.house.source import ROOMS, ROOT

# Imports as the house wants them; then, by contract, one that it does not want.
SANCTIONED = {
    "bot/app.py": "import handlers.menu\nimport scheduler.clockwork\nimport bot.channels.telegram",
    "bot/channels/__init__.py": "",
    "bot/channels/base.py": "import core.messages",
    "bot/channels/zalo.py": "import bot.channels.base\nimport bot.channels.zalo_api",
    "bot/channels/telegram.py": "import telegram\nimport httpx\nimport bot.channels.base",
    "bot/emulators/__init__.py": "",
    "bot/emulators/zalo.py": "import httpx",
    "handlers/menu.py": "import services.people\nfrom db.transaction import Session",
    "scheduler/clockwork.py": "import apscheduler\nimport services.people",
    "services/people.py": "from db.models import people\nfrom db.queries import people as queries",
    "db/transaction.py": "import sqlmodel",
    "db/models/__init__.py": "",
    "db/models/people.py": "import sqlmodel\nimport core.messages",
    "db/queries/__init__.py": "",
    "db/queries/people.py": "import sqlalchemy\nimport db.models.people",
    "core/messages.py": "import dataclasses",
}
VIOLATIONS = {
    "corridor": {"core/roles.py": "import services.people"},
    "core": {"core/roles.py": "import random"},
    "messaging": {"handlers/council.py": "import telegram"},
    "channels": {"bot/channels/web.py": "import bot.channels.telegram"},
    "alarm-clock": {"scheduler/reminders.py": "import apscheduler"},
    "sql": {"services/council.py": "import sqlmodel"},
    "session": {"handlers/council.py": "import db.engine", "db/engine.py": ""},
    "rows": {"handlers/council.py": "import db.models.people"},
    "rooms": {
        "services/council.py": "import services.dossiers",
        "services/dossiers.py": "import services.council",
    },
}


def lint_imports(tree: Path, files: dict[str, str]) -> tuple[int, str]:
    """Write a small house and run the contracts of this one over it."""
    for path, text in {**{f"{room}/__init__.py": "" for room in ROOMS}, **files}.items():
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        (tree / path).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [str(TOOLS / "lint-imports"), "--no-cache", "--config", str(ROOT / "pyproject.toml")],
        cwd=tree,
        env=dict(os.environ, COLUMNS="200", NO_COLOR="1", PYTHONPATH=str(tree)),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def contract_names() -> dict[str, str]:
    """The contracts of pyproject.toml: their names by their ids."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["id"]: contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]}


def test_every_contract_is_tried() -> None:
    assert set(contract_names()) == set(VIOLATIONS)


def test_a_house_in_order_passes(tmp_path: Path) -> None:
    code, said = lint_imports(tmp_path, SANCTIONED)
    assert code == 0, said


@pytest.mark.parametrize("contract", sorted(VIOLATIONS))
def test_a_broken_contract_is_found(tmp_path: Path, contract: str) -> None:
    code, said = lint_imports(tmp_path, {**SANCTIONED, **VIOLATIONS[contract]})
    assert code == 1, said
    assert f"{contract_names()[contract]} BROKEN" in said


def ruff(path: str, text: str) -> list[str]:
    """The codes that the linter gives to a text, as if it stood in that file."""
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--stdin-filename", path, "--output-format", "json", "-"],
        input=text,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return [finding["code"] for finding in json.loads(done.stdout)]


@pytest.mark.parametrize(
    "planted",
    [
        "from datetime import UTC, datetime\n\nNOW = datetime.now(UTC)",
        "import datetime\n\nTODAY = datetime.date.today()",
        "import time\n\nNOW = time.time()",
        "import asyncio\n\nTASK = asyncio.create_task(work())",
        "import asyncio\n\nTASK = asyncio.ensure_future(work())",
        "from unittest.mock import AsyncMock",
        "import pickle",
        "import os\n\nTOKEN = os.getenv('TOKEN')",
    ],
)
def test_a_banned_name_is_found(planted: str) -> None:
    assert "TID251" in ruff("services/planted.py", f'"""Planted."""\n\n{planted}\n')


def test_the_clock_may_ask_for_the_time() -> None:
    planted = '"""Planted."""\n\nfrom datetime import UTC, datetime\n\nNOW = datetime.now(UTC)\n'
    assert ruff("bot/clock.py", planted) == []


@pytest.mark.parametrize("planted", ["datetime.now()", "datetime(2026, 12, 14)", "datetime.fromtimestamp(0)"])
def test_a_naive_datetime_is_found(planted: str) -> None:
    text = f'"""Planted."""\n\nfrom datetime import datetime\n\nMOMENT = {planted}\n'
    assert any(code.startswith("DTZ") for code in ruff("services/planted.py", text))

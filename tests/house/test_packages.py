"""The rooms have common names, so they must be ours; and importing the process stays cheap."""

import importlib.util
import subprocess
import sys

import pytest

from tests.house.source import ROOMS, ROOT

# Imported by the functions that use them, because most processes never do.
HEAVY = ("PIL", "alembic", "docx", "docxtpl", "holidays", "lxml", "matplotlib", "pikepdf", "xlsxwriter")


def loaded_after(statement: str) -> list[str]:
    """Which heavy libraries a fresh interpreter holds after a statement."""
    script = f"{statement}\nimport sys\nprint(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, timeout=30
    )
    return done.stdout.split()


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_is_ours(room: str) -> None:
    found = importlib.util.find_spec(room)
    assert found is not None
    assert found.origin == str(ROOT / room / "__init__.py")


@pytest.mark.skipif(not (ROOT / "bot/app.py").exists(), reason="the process is not built yet")
def test_the_process_loads_nothing_heavy() -> None:
    assert loaded_after("import bot.app") == []


def test_a_heavy_import_is_found() -> None:
    assert loaded_after("import PIL") == ["PIL"]

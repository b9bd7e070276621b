"""run.py: a sentence for every way a first start can go wrong, and an interrupted one repaired."""

import ast
import os
import re
import sys
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

import run
from bot.commands.app import build
from bot.commands.invocation import Invocation
from tests.house.source import ROOT


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """An empty place to install to, and the record of what was installed there."""
    record: list[str] = []

    def make_environment() -> None:
        record.append("environment")
        for stamp in tmp_path.glob("installed-*"):
            stamp.unlink()
        run.PYTHON.touch()

    monkeypatch.setattr(run, "VENV", tmp_path)
    monkeypatch.setattr(run, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(run, "make_environment", make_environment)
    monkeypatch.setattr(run, "install", lambda lock, _wheels: record.append(lock.name))
    return record


def test_an_old_interpreter_can_read_it() -> None:
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 8))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= sys.stdlib_module_names


def test_an_old_interpreter_gets_a_sentence() -> None:
    with pytest.raises(run.TroubleError, match=r"Cần Python 3\.11 trở lên; bản đang chạy là 3\.8\."):
        run.require_python((3, 8))


def test_everything_is_installed_once(installed: list[str]) -> None:
    run.prepare(["run"], None)
    run.prepare(["run"], None)
    assert installed == ["environment", "requirements.txt"]


def test_the_tools_are_added_to_what_is_there(installed: list[str]) -> None:
    run.prepare(["run"], None)
    run.prepare(["run", "dev"], None)
    run.prepare(["run", "dev"], None)
    run.prepare(["run"], None)
    assert installed == ["environment", "requirements.txt", "requirements-dev.txt"]


@pytest.mark.parametrize("stage", ["run", "dev"])
def test_an_interrupted_installation_is_made_anew(
    installed: list[str], monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    def cut_short(lock: Path, _wheels: Path | None) -> None:
        installed.append(lock.name)
        if lock == run.LOCKS[stage]:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(run, "install", cut_short)
        with pytest.raises(KeyboardInterrupt):
            run.prepare(["run", "dev"], None)
    installed.clear()
    run.prepare(["run", "dev"], None)
    assert installed == ["environment", "requirements.txt", "requirements-dev.txt"]


def test_a_changed_lock_is_installed_anew(
    installed: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run.prepare(["run"], None)
    changed = tmp_path / "requirements.txt"
    changed.write_text("six==1.17.0", encoding="ascii")
    monkeypatch.setattr(run, "LOCKS", {**run.LOCKS, "run": changed})
    run.prepare(["run"], None)
    assert installed == ["environment", "requirements.txt"] * 2


def test_a_vanished_interpreter_is_replaced(installed: list[str]) -> None:
    run.prepare(["run"], None)
    run.PYTHON.unlink()
    run.prepare(["run"], None)
    assert installed == ["environment", "requirements.txt"] * 2


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("typed", "started"),
    [
        (["test"], ["-m", "pytest", *run.ALL_TESTS]),
        (["test", "-x", "tests/core"], ["-m", "pytest", "-x", "tests/core"]),
        (["check"], ["-m", "tests.house.check"]),
        (["people", "import"], ["-m", "bot", "people", "import"]),
        ([], ["-m", "bot", "sandbox"]),
    ],
)
def test_each_command_is_handed_on(
    monkeypatch: pytest.MonkeyPatch, typed: list[str], started: list[str]
) -> None:
    became: list[list[str]] = []
    monkeypatch.setattr(run, "become", became.append)
    run.main(typed)
    assert became == [started]


@pytest.mark.usefixtures("installed")
def test_the_processes_of_the_tests_share_what_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setattr(run, "become", lambda _arguments: 0)
    run.main(["sandbox"])
    assert "PYTHONDONTWRITEBYTECODE" in os.environ
    run.main(["test"])
    assert "PYTHONDONTWRITEBYTECODE" not in os.environ


@pytest.mark.parametrize("typed", ["--help", "-h", "help"])
def test_help_lists_every_command(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main([typed]) == 0
    said = capsys.readouterr().out
    commands = typer.main.get_command(build(Invocation()))
    assert isinstance(commands, TyperGroup)
    for command in (*commands.commands, *run.DEVELOPER_COMMANDS):
        assert re.search(rf"(^|  |run\.py |\[){command}\b", said, re.MULTILINE), command


def test_wheels_are_taken_out_of_the_command(tmp_path: Path) -> None:
    assert run.take_wheels(["doctor", "--json"]) == (["doctor", "--json"], None)
    assert run.take_wheels(["--wheels", str(tmp_path), "test", "-x"]) == (["test", "-x"], tmp_path)


@pytest.mark.parametrize("words", [["--wheels"], ["test", "--wheels", "no such folder"]])
def test_missing_wheels_get_a_sentence(words: list[str]) -> None:
    with pytest.raises(run.TroubleError, match="Sau --wheels cần tên một thư mục có sẵn"):
        run.take_wheels(words)


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("NewConnectionError: [Errno -3] Temporary failure in name resolution", "Máy chưa ra được Internet"),
        ("OSError: [Errno 28] No space left on device", "Ổ đĩa đã đầy"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "không khớp mã kiểm tra"),
        ("ERROR: something else", "Chưa cài được thư viện"),
    ],
)
def test_a_failed_installation_is_explained(output: str, sentence: str) -> None:
    noise = "\n".join(f"Collecting package {number}" for number in range(40))
    said = run.explain(f"{noise}\n{output}\n", None)
    assert sentence in said
    assert output in said
    assert "package 30" not in said  # the last ten lines, not all


def test_a_short_wheel_folder_is_named(tmp_path: Path) -> None:
    assert f"Thư mục {tmp_path} thiếu gói" in run.explain("ERROR: No matching distribution", tmp_path)


def test_progress_says_where_it_is() -> None:
    lines = [
        "Collecting rich==15.0.0 (from -r requirements.txt)",
        "  Downloading rich",
        "Collecting six==1.17.0",
    ]
    assert run.progress([], 0) == "  đang cài thư viện / installing libraries …"
    assert run.progress(lines, 3.2) == "  đang tải / downloading six (2) · 3 s"
    assert "ghi vào đĩa" in run.progress([*lines, "Installing collected packages: rich, six"], 9)

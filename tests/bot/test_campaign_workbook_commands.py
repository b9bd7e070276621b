"""`campaign template`, `export` and `convert`: a plan goes out as a workbook and comes back."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.trouble import Outcome
from core.campaign_sheets import Tab
from core.campaigns import digest
from core.texts import campaign_workbook_commands as words
from core.texts import commands as texts
from services.papers import campaign_toml
from tests.bot.restored import logging_restored
from tests.builders import PLAN_FILE
from tests.services.plan_books import a_book, spoilt, writing

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Types a `campaign` command in a folder with an installation that has one plan."""
    for name in [name for name in os.environ if name.upper().startswith("BOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def type_in(*typed: str) -> tuple[int, str]:
        code = main(["campaign", *typed])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return code, said.out + said.err

    with logging_restored():
        main(["migrate"])
        main(["campaign", "load", str(PLAN_FILE)])
        capsys.readouterr()
        yield type_in


def test_the_template_is_written_once(run: Run) -> None:
    assert run("template") == (Outcome.OK, "Đã ghi mau-ke-hoach.xlsx.\n")
    code, said = run("template")
    assert (code, said) == (Outcome.USAGE, f"{texts.exists_already('mau-ke-hoach.xlsx')}\n")


@pytest.mark.parametrize("name", ["mau.docx", "mau"])
def test_a_workbook_is_called_one(run: Run, name: str) -> None:
    for typed in (("template", name), ("export", "004", name), ("convert", "kh.xlsx", "--errors", name)):
        assert run(*typed) == (Outcome.USAGE, f"{words.not_a_workbook(name)}\n")
        assert not Path(name).exists()


def test_a_plan_in_force_goes_out_and_comes_back(run: Run) -> None:
    assert run("export", "004", "kh.xlsx") == (Outcome.OK, "Đã ghi kh.xlsx.\n")
    assert run("convert", "kh.xlsx", "kh.toml") == (Outcome.OK, f"{words.GOOD}\nĐã ghi kh.toml.\n")
    assert digest(campaign_toml.read_file(Path("kh.toml"))) == digest(campaign_toml.read_file(PLAN_FILE))
    code, said = run("load", "kh.toml")
    assert code == Outcome.OK
    assert texts.campaign_same("004") in said


def test_a_file_goes_out_without_an_installation(run: Run) -> None:
    assert run("export", str(PLAN_FILE), "kh.xlsx")[0] == Outcome.OK


def test_a_plan_nobody_loaded(run: Run) -> None:
    code, said = run("export", "999", "kh.xlsx")
    assert code == Outcome.PROBLEMS
    assert "Không tìm thấy nội dung này" in said
    assert not Path("kh.xlsx").exists()


def test_faults_are_told_and_pointed_out_and_nothing_is_written(run: Run) -> None:
    Path("kh.xlsx").write_bytes(spoilt(a_book(), writing(Tab.CRITERIA, "R2", "nhiều hơn")))
    code, said = run("convert", "kh.xlsx", "kh.toml", "--errors", "sua.xlsx")
    assert code == Outcome.PROBLEMS
    assert said.splitlines()[0].startswith("Trang «Tiêu chí», ô R2: «nhiều hơn» không dùng được")
    assert words.bad(1) in said
    assert Path("sua.xlsx").exists()
    assert not Path("kh.toml").exists()


def test_a_workbook_that_is_not_there(run: Run) -> None:
    assert run("convert", "khong-co.xlsx")[0] == Outcome.USAGE

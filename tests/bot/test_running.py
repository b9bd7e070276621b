"""Commands on a whole installation: run, load a plan, prove the journal, and keep out of each other's way."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.lock import HeldLock
from bot.trouble import Outcome
from core.texts import commands as texts
from core.texts import running as running_texts
from tests.bot.restored import logging_restored
from tests.bot.servers import Api, an_api

ROOT = Path(__file__).parents[2]
PLAN = ROOT / "campaigns" / "hoai-nhon-2026-2030.toml"
TOKEN = "123456789:AAcanary-canary-canary-canary-canary1"

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Types a command in an empty folder; gives the exit code and everything that was printed."""
    for name in [name for name in os.environ if name.upper().startswith("BOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def type_in(*words: str) -> tuple[int, str]:
        code = main(list(words))
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return code, said.out + said.err

    with logging_restored():
        yield type_in


def test_a_plan_is_put_in_force_once(run: Run) -> None:
    code, said = run("campaign", "load", str(PLAN))
    assert (code, said) == (Outcome.ATTENTION, "Chưa có cơ sở dữ liệu. Hãy chạy: python3 run.py init\n")
    run("migrate")
    code, said = run("campaign", "load", str(PLAN))
    assert code == Outcome.OK
    assert said.splitlines()[-1].startswith("Đã áp dụng kế hoạch ")
    code, said = run("campaign", "load", str(PLAN))
    assert code == Outcome.OK
    assert "không có gì thay đổi" in said


def test_a_plan_with_faults_is_not_put_in_force(run: Run) -> None:
    run("migrate")
    Path("plan.toml").write_text("code = 5\n", encoding="utf-8")
    code, said = run("campaign", "load", "plan.toml")
    assert code == Outcome.PROBLEMS
    assert "chưa có gì được đưa vào áp dụng" in said
    assert run("audit", "verify")[1].startswith("Nhật ký nguyên vẹn: 0 mục")


def change_journal(statement: str) -> None:
    """What somebody with the file in their hands could do."""
    with closing(sqlite3.connect("data/bot.db")) as connection:
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'journal'"
        ).fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute(statement)
        connection.commit()


def test_the_journal_is_proven(run: Run) -> None:
    run("migrate")
    run("campaign", "load", str(PLAN))
    code, said = run("audit", "verify")
    assert code == Outcome.OK
    assert said.startswith("Nhật ký nguyên vẹn: 3 mục, dấu cuối ")
    assert "Chưa có dấu cũ để so" in said
    run("backup")
    assert "Chưa có dấu cũ" not in run("audit", "verify")[1]
    head = said.partition("dấu cuối ")[2][:64]
    assert run("audit", "verify", "--head", f" {head.upper()} ")[0] == Outcome.OK


@pytest.mark.parametrize("head", ["abc", "x" * 64, "0" * 63, "0" * 65])
def test_a_mark_that_is_none_is_a_mistake_of_typing(head: str, run: Run) -> None:
    run("migrate")
    code, said = run("audit", "verify", "--head", head)
    assert code == Outcome.USAGE
    assert "không đúng dạng" in said
    assert "không còn nguyên vẹn" not in said


def test_a_changed_journal_is_found_and_old_backups_stay(run: Run) -> None:
    Path("config.toml").write_text("[backup]\nkeep = 1\n", encoding="utf-8")
    run("migrate")
    run("campaign", "load", str(PLAN))
    run("backup")
    change_journal("UPDATE journal SET actor = 'person:7'")
    code, said = run("audit", "verify")
    assert code == Outcome.PROBLEMS
    assert "sai từ mục số 1" in said
    code, said = run("backup")
    assert code == Outcome.PROBLEMS
    assert "Nhật ký hệ thống không còn nguyên vẹn từ mục số 1" in said
    assert len(list(Path("data/backups").glob("*.zip"))) == 2


def test_a_journal_cut_short_is_found_by_the_newest_backup(run: Run) -> None:
    run("migrate")
    run("campaign", "load", str(PLAN))
    run("backup")
    change_journal("DELETE FROM journal")
    code, said = run("audit", "verify")
    assert code == Outcome.PROBLEMS
    assert "bị cắt bớt" in said


def test_a_journal_survives_backup_and_restore(run: Run, tmp_path: Path) -> None:
    run("migrate")
    run("campaign", "load", str(PLAN))
    run("backup")
    (made,) = Path("data/backups").glob("*.zip")
    elsewhere = tmp_path / "máy khác" / "config.toml"
    elsewhere.parent.mkdir()
    elsewhere.write_text("", encoding="utf-8")
    assert run("--config", str(elsewhere), "restore", str(made))[0] == Outcome.OK
    code, said = run("--config", str(elsewhere), "audit", "verify")
    assert code == Outcome.OK
    assert said.startswith("Nhật ký nguyên vẹn: 3 mục")


@pytest.mark.parametrize(
    "words", [("migrate",), ("campaign", "load", str(PLAN)), ("restore", "b.zip", "--force")]
)
def test_whoever_writes_waits_for_the_bot_to_stop(words: tuple[str, ...], run: Run) -> None:
    run("migrate")
    lock = HeldLock(Path("data/bot.lock"))
    lock.take()
    assert run(*words) == (Outcome.PROBLEMS, f"{running_texts.ALREADY_RUNNING}\n")
    lock.release()


def test_reading_and_backing_up_need_not_wait(run: Run) -> None:
    run("migrate")
    lock = HeldLock(Path("data/bot.lock"))
    lock.take()
    for words in (("audit", "verify"), ("backup", "--verify"), ("migrate", "--check"), ("doctor", "--quick")):
        assert run(*words)[0] == Outcome.OK, words
    lock.release()


def test_without_a_token_there_is_nothing_to_run(run: Run) -> None:
    assert run("run") == (Outcome.ATTENTION, f"{running_texts.NO_CHANNEL}\n")


@pytest.fixture
def api() -> Iterator[str]:
    """Address of a running Bot API."""
    with an_api() as address:
        yield address


@pytest.mark.skipif(os.name != "posix", reason="signals are sent as on a server")
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, Outcome.OK), (signal.SIGINT, Outcome.INTERRUPTED)]
)
def test_the_bot_runs_until_it_is_told_to_stop(
    number: signal.Signals, code: Outcome, api: str, tmp_path: Path
) -> None:
    Api.answers["getUpdates"] = (200, {"ok": True, "result": []})
    Api.answers["setMyCommands"] = (200, {"ok": True, "result": True})
    config = tmp_path / "config.toml"
    config.write_text(
        f'[telegram]\ntoken = "{TOKEN}"\nbase_url = "{api}/bot"\npoll_timeout = 1\n', encoding="utf-8"
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "--config", str(config), "run"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        until = time.monotonic() + 30
        while not any("getUpdates" in path for path in Api.asked) and time.monotonic() < until:
            time.sleep(0.05)
        process.send_signal(number)
        out, err = process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode == code, out + err
    assert running_texts.STARTED in out
    assert running_texts.ON_TRIAL in out
    assert "Traceback" not in err
    assert TOKEN not in out + err
    assert TOKEN not in (tmp_path / "data" / "logs" / "bot.log").read_text(encoding="utf-8")
    assert texts.STOPPED in err if code is Outcome.INTERRUPTED else running_texts.STOPPED in out

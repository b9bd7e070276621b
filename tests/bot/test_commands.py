"""The command line: Vietnamese throughout, honest exit codes, never a traceback."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.doctor import diagnose
from bot.trouble import Outcome, TroubleError
from core.texts import commands as texts
from db import schema
from tests.bot.restored import logging_restored

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:AAcanary-canary-canary-canary-canary1"
PLAN = ROOT / "campaigns" / "hoai-nhon-2026-2030.toml"

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


def write_config(text: str) -> None:
    Path("config.toml").write_text(text, encoding="utf-8")


# -------------------------------------------------------------------------------------- help and words

ENGLISH = re.compile(
    r"\b(Usage|Options|Commands|Arguments|Show|Error|Try|default|required|Missing|Invalid|No such)\b"
)


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--help"],
        ["-h"],
        ["doctor", "--help"],
        ["migrate", "--help"],
        ["backup", "--help"],
        ["restore", "--help"],
        ["campaign"],
        ["campaign", "--help"],
        ["campaign", "check", "--help"],
        ["campaign", "show", "--help"],
        ["campaign", "load", "--help"],
        ["campaign", "compare", "--help"],
        ["campaign", "dates", "--help"],
        ["campaign", "enter-date", "--help"],
        ["campaign", "withdraw-date", "--help"],
        ["campaign", "copy", "--help"],
        ["init", "--help"],
        ["run", "--help"],
        ["sandbox", "--help"],
        ["demo", "--help"],
        ["map", "--help"],
        ["people", "--help"],
        ["people", "import", "--help"],
        ["people", "export", "--help"],
        ["people", "template", "--help"],
        ["audit"],
        ["audit", "verify", "--help"],
    ],
)
def test_help_is_vietnamese_throughout(words: list[str], run: Run) -> None:
    code, said = run(*words)
    assert code == (Outcome.OK if words and words[-1].startswith("-") else Outcome.USAGE)
    assert said.startswith("Cách dùng: ")
    assert not ENGLISH.search(said)
    assert "…" not in said
    assert "..." not in said.replace("[...]", "").replace("[TỆP]...", "")


def test_exit_codes_are_documented(run: Run) -> None:
    _, said = run("--help")
    for outcome in Outcome:
        assert f" {outcome.value} " in said.replace("\n", " ")


def test_the_version_is_told(run: Run) -> None:
    code, said = run("--version")
    assert code == Outcome.OK
    assert re.fullmatch(r"Bot thi đua, khen thưởng \d+\.\d+\.\d+\n", said)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["doctro"], "Không có lệnh «doctro». Có phải anh/chị muốn gõ «doctor».\nXem cách dùng: "),
        (["xyz"], "Không có lệnh «xyz».\n"),
        (["campaign", "chek"], "muốn gõ «check».\nXem cách dùng: python3 run.py campaign --help\n"),
        (["doctor", "--jsn"], "Không có tùy chọn «--jsn». Có phải anh/chị muốn gõ «--json».\n"),
        (["--confg", "x"], "Không có tùy chọn «--confg»."),
        (["restore"], "Còn thiếu TỆP.\nXem cách dùng: python3 run.py restore --help\n"),
        (["doctor", "--timeout", "soon"], "Giá trị của --timeout không dùng được.\n"),
        (["doctor", "--timeout", "99"], "Giá trị của --timeout không dùng được.\n"),
        (["doctor", "extra"], "Không hiểu dòng lệnh này.\nXem cách dùng: python3 run.py doctor --help\n"),
        (["doctor", "--timeout"], "Không hiểu dòng lệnh này.\n"),
    ],
)
def test_a_slip_is_answered_with_the_nearest_word(words: list[str], sentence: str, run: Run) -> None:
    code, said = run(*words)
    assert code == Outcome.USAGE
    assert sentence in said
    assert not ENGLISH.search(said)


def imported_by(*words: str) -> set[str]:
    """The modules a fresh interpreter has loaded after a command."""
    script = (
        "import sys; from bot.__main__ import main; main(sys.argv[1:]);"
        "sys.stderr.write('\\n'.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *words], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in done.stderr.splitlines()}


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["doctro"], ["doctor", "--help"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    heavy = {"sqlalchemy", "sqlmodel", "structlog", "telegram", "rich", "alembic", "asyncio"}
    assert heavy & imported_by(*words) == set()


def test_words_survive_a_console_of_another_alphabet() -> None:
    for encoding in ("cp1252", "ascii"):
        done = subprocess.run(
            [sys.executable, "-m", "bot", "doctro"],
            cwd=ROOT,
            capture_output=True,
            env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
            check=False,
        )
        assert done.returncode == Outcome.USAGE
        assert "Không có lệnh «doctro»" in done.stderr.decode("utf-8")


def test_a_reader_that_leaves_early_is_no_failure() -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "bot", "--help"], cwd=ROOT, stdout=write, stderr=subprocess.PIPE, check=False
    )
    os.close(write)
    assert done.returncode == Outcome.PROBLEMS
    assert b"Traceback" not in done.stderr


# ------------------------------------------------------------------------------------------- failures


def test_wrong_settings_are_listed_and_nothing_runs(run: Run) -> None:
    write_config(f'[telegram]\ntokne = "{TOKEN}"\nin_flight = 0\n')
    code, said = run("migrate")
    assert code == Outcome.USAGE
    assert said.splitlines() == [
        "Cấu hình có lỗi, chương trình chưa chạy. Chưa có gì bị thay đổi.",
        "config.toml, dòng 2: telegram.tokne: không có mục này; có phải anh/chị muốn viết «telegram.token».",
        "config.toml, dòng 3: telegram.in_flight: phải từ 1 trở lên.",
        "Sửa các mục trên rồi chạy lại. Mọi mục được giải thích trong config.example.toml.",
    ]
    assert not Path("data").exists()


def test_a_named_file_that_is_absent_is_told(run: Run) -> None:
    code, said = run("--config", "khác.toml", "migrate")
    assert code == Outcome.USAGE
    assert "không mở được tệp khác.toml" in said


def test_the_unexpected_gets_a_case_number_and_a_trace_in_the_log(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(_visit: object) -> None:
        raise ZeroDivisionError(f"at bot{TOKEN}")

    monkeypatch.setattr(diagnose, "diagnose", explode)
    code, said = run("doctor")
    assert code == Outcome.PROBLEMS
    case = re.search(r"mã sự cố (SC-[0-9A-F]{6})\.", said)
    assert case is not None
    assert "ZeroDivisionError" not in said
    log = Path("data/logs/bot.log").read_text(encoding="utf-8")
    assert f"incident {case[1]}" in log
    assert "Traceback" in log
    assert "ZeroDivisionError: at bot[…]" in log


def test_the_unexpected_is_told_even_where_no_log_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def explode(_visit: object) -> None:
        raise ZeroDivisionError(f"at bot{TOKEN}")

    monkeypatch.chdir(tmp_path)
    Path("data").write_text("in the way", encoding="utf-8")
    monkeypatch.setattr(diagnose, "diagnose", explode)
    with logging_restored():
        assert main(["doctor"]) == Outcome.PROBLEMS
    said = capsys.readouterr().err
    assert said.startswith("Có lỗi ngoài dự kiến, mã sự cố SC-")
    assert "ZeroDivisionError" in said
    assert TOKEN not in said


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (KeyboardInterrupt(), Outcome.INTERRUPTED, texts.STOPPED),
        (EOFError(), Outcome.USAGE, texts.NO_INPUT),
        (TroubleError("Cần làm việc khác trước.", Outcome.ATTENTION), Outcome.ATTENTION, "Cần làm việc"),
    ],
)
def test_each_end_has_its_code(
    error: BaseException, code: Outcome, sentence: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(_visit: object) -> None:
        raise error

    monkeypatch.setattr(diagnose, "diagnose", end)
    found, said = run("doctor")
    assert found == code
    assert said.strip().startswith(sentence)


# ------------------------------------------------------------------------------------------- commands


def test_doctor_speaks_to_people_and_to_programs(run: Run) -> None:
    code, said = run("doctor", "--quick")
    assert code == Outcome.OK
    assert said.splitlines()[-1].endswith("0 lỗi.")
    code, said = run("doctor", "--quick", "--json")
    assert json.loads(said)["ok"]
    Path("data").write_text("in the way", encoding="utf-8")
    code, said = run("doctor", "--quick")
    assert code == Outcome.PROBLEMS
    assert "LỖI       Thư mục dữ liệu: không ghi được" in said


def test_a_database_is_made_once(run: Run) -> None:
    assert run("migrate", "--check") == (
        Outcome.ATTENTION,
        "Chưa có cơ sở dữ liệu. Hãy chạy: python3 run.py init\n",
    )
    assert run("migrate") == (Outcome.OK, f"{texts.MIGRATED_EMPTY}\n")
    assert run("migrate") == (Outcome.OK, f"{texts.MIGRATE_NOTHING}\n")
    assert run("migrate", "--check") == (Outcome.OK, f"{texts.MIGRATE_NOTHING}\n")


def set_revision(revision: str) -> None:
    with closing(sqlite3.connect("data/bot.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        connection.commit()


def test_an_old_database_is_backed_up_before_it_is_upgraded(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("migrate")
    upgraded: list[str] = []
    set_revision("0001")
    monkeypatch.setattr(schema, "revisions", lambda: ("0001", "0002"))
    monkeypatch.setattr(schema, "upgrade", upgraded.append)
    code, said = run("migrate", "--check")
    assert code == Outcome.ATTENTION
    assert "Hãy chạy: python3 run.py migrate" in said
    assert upgraded == []
    code, said = run("migrate")
    assert code == Outcome.OK
    assert said.startswith("Đã sao lưu vào ")
    assert said.endswith("lên cấu trúc số 0002.\n")
    assert len(upgraded) == 1
    assert len(list(Path("data/backups").iterdir())) == 1


def test_a_database_from_the_future_is_left_alone(run: Run) -> None:
    run("migrate")
    set_revision("9999")
    before = Path("data/bot.db").read_bytes()
    code, said = run("migrate")
    assert (code, said) == (Outcome.ATTENTION, f"{texts.MIGRATE_NEWER}\n")
    assert Path("data/bot.db").read_bytes() == before


def test_a_backup_is_made_proven_and_restored(run: Run) -> None:
    write_config(f'[telegram]\ntoken = "{TOKEN}"\n[backup]\nkeep = 1\n')
    assert run("backup")[1].startswith("Chưa có cơ sở dữ liệu")
    run("migrate")
    code, said = run("backup", "--verify")
    assert code == Outcome.OK
    assert "Bản sao lưu nguyên vẹn" in said
    (made,) = Path("data/backups").glob("*.zip")
    code, said = run("restore", str(made), "--dry-run")
    assert code == Outcome.OK
    assert "Có thể khôi phục. Chưa có gì bị thay đổi." in said
    assert re.search(r"Bản sao lưu lúc \d\d:\d\d (thứ|Chủ)", said)
    code, said = run("restore", str(made))
    assert code == Outcome.PROBLEMS
    assert "--force" in said
    code, said = run("restore", str(made), "--force")
    assert code == Outcome.OK
    assert "Dữ liệu cũ không bị xóa" in said
    assert run("migrate", "--check")[0] == Outcome.OK
    assert run("restore", "absent.zip")[0] == Outcome.PROBLEMS


def test_a_database_of_another_program_is_left_alone(run: Run) -> None:
    run("migrate")
    with closing(sqlite3.connect("data/bot.db")) as connection:
        connection.execute("DROP TABLE alembic_version")
    assert run("migrate") == (Outcome.ATTENTION, f"{texts.MIGRATE_FOREIGN}\n")


def test_plans_are_checked_and_read_back(run: Run) -> None:
    code, said = run("campaign", "check", str(PLAN))
    assert (code, said.splitlines()[-1]) == (Outcome.OK, "1 tệp phong trào đều đúng.")
    code, said = run("campaign", "show", str(PLAN))
    assert code == Outcome.OK
    assert said.startswith("KẾ HOẠCH ")
    assert run("campaign", "check") == (Outcome.USAGE, f"{texts.NO_CAMPAIGNS}\n")


def test_faults_of_a_plan_are_listed_by_line(run: Run) -> None:
    Path("plan.toml").write_text("code = 5\nlabel = \n", encoding="utf-8")
    code, said = run("campaign", "check", "plan.toml")
    assert code == Outcome.PROBLEMS
    assert "plan.toml" in said
    assert said.splitlines()[-1].startswith("Có 1 lỗi.")
    code, said = run("campaign", "show", "plan.toml")
    assert code == Outcome.PROBLEMS
    assert said.splitlines()[-1].startswith("Có 1 lỗi.")

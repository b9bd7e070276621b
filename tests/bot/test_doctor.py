"""The doctor: every finding has a reason and an exact next step, and nothing secret is told."""

import asyncio
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.backup import make
from bot.config import Data, Database, Settings, Telegram
from bot.doctor import machine, storage
from bot.doctor.check import Check, Level
from bot.doctor.diagnose import Visit, as_json, as_text, diagnose
from core.texts import doctor as texts
from db import schema
from db.engine import make_engine
from tests.bot.servers import Api, an_api

NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
SECRET = "AAcanary-canary-canary-canary-canary1"
TOKEN = f"123456789:{SECRET}"
PROGRAM = "python3 run.py"


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.upper().startswith("BOT__")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def api() -> Iterator[str]:
    """Address of a running Bot API."""
    with an_api() as address:
        yield address


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=Data(dir=tmp_path / "data"))


def with_database(settings: Settings) -> Settings:
    """The same installation with the schema made."""
    settings.data.dir.mkdir()

    async def create() -> None:
        engine = make_engine(settings.database_url)
        await schema.create(engine)
        await engine.dispose()

    asyncio.run(create())
    return settings


# ---------------------------------------------------------------------------------------- the machine


def test_this_machine_is_fit() -> None:
    assert machine.python().level is Level.OK
    assert machine.own_packages().level is Level.OK


def test_an_old_interpreter_is_named() -> None:
    found = machine.python((3, 9))
    assert (found.level, found.said) == (Level.ERROR, "đang là 3.9, cần từ 3.11")
    assert "python.org" in found.next


def locked(folder: Path) -> Path:
    lock = folder / "requirements.txt"
    lock.write_text(
        "# made by uv\nhttpx==0.28.1 \\\n    --hash=sha256:00\ncolorama==0.4.6 ; sys_platform == 'win32' \\\n"
        "    --hash=sha256:11\nrich==15.0.0\n",
        encoding="utf-8",
    )
    return lock


@pytest.mark.parametrize(
    ("installed", "level", "said"),
    [
        ({"httpx": "0.28.1", "rich": "15.0.0"}, Level.OK, "2 thư viện đúng"),
        ({"httpx": "0.27", "rich": "15.0.0"}, Level.WARNING, "httpx 0.27 (0.28.1)"),
        ({"httpx": "0.27"}, Level.ERROR, "thiếu: rich"),
        ({"httpx": "0.28.1", "rich": "15.0.0", "colorama": "1"}, Level.WARNING, "colorama 1 (0.4.6)"),
    ],
)
def test_libraries_are_compared_with_the_lock(
    installed: dict[str, str], level: Level, said: str, tmp_path: Path
) -> None:
    found = machine.packages(PROGRAM, locked(tmp_path), installed.get)
    assert found.level is level
    assert said in found.said


def test_without_a_lock_nothing_is_claimed(tmp_path: Path) -> None:
    assert machine.packages(PROGRAM, tmp_path / "absent").level is Level.WARNING


def test_a_package_from_elsewhere_is_named(tmp_path: Path) -> None:
    found = machine.own_packages(tmp_path)
    assert found.level is Level.ERROR
    assert "scheduler" in found.said


def test_a_clock_that_runs_behind_the_data_is_found(settings: Settings) -> None:
    settings.data.dir.mkdir()
    file = settings.data.dir / "bot.db"
    file.touch()
    os.utime(file, (NOW.timestamp(), NOW.timestamp()))
    assert machine.clock(settings, NOW).said == "22/11/2026 08:30, múi giờ Asia/Ho_Chi_Minh (UTC+0700)"
    found = machine.clock(settings, NOW - timedelta(days=400))
    assert found.level is Level.ERROR
    assert "chạy lùi" in found.said
    assert "timedatectl" in found.next


def test_plans_with_faults_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "campaigns"
    assert machine.campaigns(PROGRAM, folder) is None
    folder.mkdir()
    shutil.copy(Path(__file__).parents[2] / "campaigns" / "hoai-nhon-2026-2030.toml", folder / "a.toml")
    found = machine.campaigns(PROGRAM, folder)
    assert found is not None
    assert found.said == "1 tệp đều đúng"
    (folder / "b.toml").write_text("code = \n", encoding="utf-8")
    found = machine.campaigns(PROGRAM, folder)
    assert found is not None
    assert (found.level, found.next) == (Level.ERROR, "python3 run.py campaign check")
    assert "b.toml" in found.said


# ---------------------------------------------------------------------------------------- the storage


def test_each_wrong_setting_is_a_line_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'[telegram]\ntokne = "{TOKEN}"\nin_flight = 99\n', encoding="utf-8")
    found = [check for check in diagnose(Visit(path, NOW, PROGRAM)) if check.name == "config"]
    assert [check.level for check in found] == [Level.ERROR, Level.ERROR]
    assert "dòng 2: telegram.tokne" in found[0].said
    assert SECRET not in as_text(found) + as_json(found)


def test_without_a_file_init_is_the_next_step() -> None:
    assert storage.config(None, PROGRAM).next == "python3 run.py init"


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights elsewhere")
def test_a_secret_others_can_read_is_found(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    token_file = tmp_path / "telegram_token"
    token_file.touch(0o644)
    path.touch(0o644)
    open_file = Settings(telegram=Telegram(token=SecretStr(TOKEN), token_file=token_file))
    assert storage.secrets(open_file, path).next == f"chmod 600 {token_file}"
    token_file.chmod(0o600)
    assert storage.secrets(open_file, path).level is Level.OK
    in_config = Settings(telegram=Telegram(token=SecretStr(TOKEN)))
    assert storage.secrets(in_config, path).next == f"chmod 600 {path}"
    assert storage.secrets(Settings(), path).level is Level.OK


def test_a_folder_to_be_made_is_fine_and_is_not_made(settings: Settings) -> None:
    assert storage.data_folder(settings).level is Level.OK
    assert not settings.data.dir.exists()


def test_a_folder_that_is_a_file_is_refused(settings: Settings) -> None:
    settings.data.dir.write_text("", encoding="utf-8")
    found = storage.data_folder(settings)
    assert found.level is Level.ERROR
    assert "không ghi được" in found.said


@pytest.mark.parametrize(
    ("free", "level"), [(3 * 1024**3, Level.OK), (1024**3, Level.WARNING), (1024**2, Level.ERROR)]
)
def test_room_on_the_disk(
    free: int, level: Level, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        def __init__(self, _path: Path) -> None:
            self.free = free

    settings.data.dir.mkdir()
    monkeypatch.setattr(shutil, "disk_usage", Usage)
    assert storage.data_folder(settings).level is level


def test_a_network_drive_is_warned_about(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.data.dir.mkdir()
    mounts = settings.data.dir.parent / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nnas:/x {settings.data.dir} nfs4 rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(storage, "_MOUNTS", mounts)
    found = storage.data_folder(settings)
    assert found.level is Level.WARNING
    assert "nfs4" in found.said


def test_sqlite_is_reported_and_an_old_one_refused() -> None:
    assert storage.sqlite().level is Level.OK
    assert storage.sqlite((3, 34, 1)).said == "phiên bản 3.34.1, cần từ 3.35.0"


def test_a_database_to_be_made_is_not_made_by_looking(settings: Settings) -> None:
    found = storage.database(settings, PROGRAM, quick=False)
    assert (found.level, found.next) == (Level.WARNING, "python3 run.py migrate")
    assert not settings.data.dir.exists()


def test_a_database_at_head_is_fine(settings: Settings) -> None:
    found = storage.database(with_database(settings), PROGRAM, quick=False)
    assert found.said == f"SQLite mở được, cấu trúc số {schema.revisions()[-1]}"


@pytest.mark.parametrize(
    ("statement", "level", "said"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", Level.ERROR, "mới hơn chương trình"),
        ("DROP TABLE alembic_version", Level.ERROR, "không phải của chương trình"),
    ],
)
def test_another_schema_is_named(statement: str, level: Level, said: str, settings: Settings) -> None:
    with_database(settings)
    with closing(sqlite3.connect(settings.data.dir / "bot.db")) as connection:
        connection.execute(statement)
        connection.commit()
    found = storage.database(settings, PROGRAM, quick=True)
    assert found.level is level
    assert said in found.said


def test_a_damaged_database_points_to_the_newest_backup(settings: Settings) -> None:
    made = make(with_database(settings), NOW)
    (settings.data.dir / "bot.db").write_bytes(b"x" * 8192)
    found = storage.database(settings, PROGRAM, quick=True)
    assert found.level is Level.ERROR
    assert f"python3 run.py restore {made.path} --force" in found.next


def test_an_unreachable_server_is_named_without_its_password(settings: Settings) -> None:
    database = Database(url=SecretStr("postgresql+asyncpg://office:canary@127.0.0.1:9/bot"))
    found = storage.database(settings.model_copy(update={"database": database}), PROGRAM, quick=True)
    assert found.level is Level.ERROR
    assert "PostgreSQL" in found.said
    assert "canary" not in found.said + found.next


def test_backups_are_missed_when_old(settings: Settings) -> None:
    assert storage.backups(settings, NOW, PROGRAM) is None
    with_database(settings)
    none_yet = storage.backups(settings, NOW, PROGRAM)
    assert none_yet is not None
    assert none_yet.next == "python3 run.py backup"
    path = make(settings, NOW).path
    os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    fresh = storage.backups(settings, NOW + timedelta(hours=25), PROGRAM)
    stale = storage.backups(settings, NOW + timedelta(hours=27), PROGRAM)
    assert fresh is not None
    assert stale is not None
    assert (fresh.level, stale.level) == (Level.OK, Level.WARNING)


# ----------------------------------------------------------------------------------------- the report


def test_the_report_is_complete_and_can_be_pasted(api: str, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(
        f'[telegram]\ntoken = "{TOKEN}"\nbase_url = "{api}/bot"\n'
        'proxy = "http://office:canary-password@127.0.0.1:9"\n[data]\ndir = "data"\n',
        encoding="utf-8",
    )
    path.chmod(0o600)
    found = diagnose(Visit(path, NOW, PROGRAM, timeout=0.5))
    told = json.loads(as_json(found))
    assert not told["ok"]
    assert [one["check"] for one in told["checks"]] == [
        "python",
        "packages",
        "own_packages",
        "config",
        "secrets",
        "clock",
        "data",
        "sqlite",
        "database",
        "calendar",
        "web",
        "scanner",
        "telegram",
        "zalo",
    ]
    text = as_text(found)
    assert SECRET not in text + as_json(found)
    assert "canary-password" not in text + as_json(found)
    assert "LỖI       Telegram: " in text
    assert "            → kiểm tra [telegram] proxy" in text
    assert text.splitlines()[-1].startswith("Kết quả: ")


def test_a_quick_visit_asks_nobody(api: str, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'[telegram]\ntoken = "{TOKEN}"\nbase_url = "{api}/bot"\n', encoding="utf-8")
    names = [check.name for check in diagnose(Visit(path, NOW, PROGRAM, quick=True))]
    assert "telegram" not in names
    assert "database" in names
    assert Api.asked == []


def test_an_examination_that_breaks_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks() -> Check:
        raise RuntimeError(TOKEN)

    monkeypatch.setattr(machine, "own_packages", breaks)
    (found,) = [check for check in diagnose(Visit(None, NOW, PROGRAM, quick=True)) if "Runtime" in check.said]
    assert found.level is Level.ERROR
    assert found.said == "không kiểm tra được (RuntimeError)"


def test_every_finding_that_is_not_good_has_a_next_step() -> None:
    for check in diagnose(Visit(None, NOW, PROGRAM, timeout=0.1)):
        assert check.name in texts.TITLES
        assert bool(check.next) == (check.level is not Level.OK), check

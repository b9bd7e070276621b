"""Backups: whole under load, restored exactly, and never trusted."""

import json
import stat
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.backup import MANIFEST, make
from bot.config import Backup, Data, Database, Settings, Telegram
from bot.restore import restore, verify
from bot.trouble import TroubleError
from tests.bot.installation import TOKEN, an_installation, names_in, open_database, tree

NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return an_installation(tmp_path / "dữ liệu")


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(TroubleError) as caught:
        act()
    return str(caught.value)


def test_a_backup_holds_the_installation_and_no_secret(settings: Settings, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(
        f'[organisation]\nname = "Sở Y tế"\n[telegram]\ntoken = "{TOKEN}"  # mã\n# cũ: {TOKEN}\n',
        encoding="utf-8",
    )
    settings = settings.model_copy(update={"telegram": Telegram(token=SecretStr(TOKEN))})
    made = make(settings, NOW, config)
    assert made.path == settings.data.dir / "backups" / "backup-20261122-083000.zip"
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    with zipfile.ZipFile(made.path) as archive:
        assert sorted(archive.namelist()) == [
            "config.toml",
            "database/bot.db",
            "files/evidence/ab/abcd",
            "files/evidence/ab/abce",
            "manifest.json",
        ]
        told = archive.read("config.toml").decode()
        manifest = json.loads(archive.read(MANIFEST))
    assert 'name = "Sở Y tế"' in told
    assert 'token = ""' in told
    assert TOKEN.encode() not in made.path.read_bytes()
    assert manifest["rows"] == {"alembic_version": 1, "answer": 0, "person": 2}
    assert manifest["revision"] == "0001"
    assert list((settings.data.dir / "backups").iterdir()) == [made.path]


def test_what_is_restored_is_what_was_backed_up(settings: Settings, tmp_path: Path) -> None:
    made = make(settings, NOW)
    elsewhere = Settings(data=Data(dir=tmp_path / "mới"))
    done = restore(made.path, elsewhere, NOW)
    assert done.aside is None
    restored = tree(elsewhere.data.dir)
    assert names_in(elsewhere.data.dir) == ["Nguyễn Thị Mẫu", "Trần Văn Mẫu"]
    assert sorted(restored) == ["bot.db", "evidence/ab/abcd", "evidence/ab/abce"]
    assert restored["evidence/ab/abce"] == b"x" * 3_000_000


def test_verifying_reads_everything_and_changes_nothing(settings: Settings) -> None:
    made = make(settings, NOW)
    before = tree(settings.data.dir)
    manifest = verify(made.path)
    assert (manifest.total_rows, manifest.files) == (3, 2)
    assert tree(settings.data.dir) == before


def test_data_in_place_is_kept_unless_told_and_even_then_not_deleted(settings: Settings) -> None:
    made = make(settings, NOW)
    with closing(open_database(settings.data.dir)) as connection:
        connection.execute("INSERT INTO person (name) VALUES ('Lê Mới')")
    (settings.data.dir / "evidence" / "ab" / "new").write_bytes(b"after the backup")
    said = refusal(lambda: restore(made.path, settings, NOW))
    assert "đang có dữ liệu" in said
    assert "--force" in said
    assert len(names_in(settings.data.dir)) == 3

    done = restore(made.path, settings, NOW, force=True)
    assert names_in(settings.data.dir) == ["Nguyễn Thị Mẫu", "Trần Văn Mẫu"]
    assert not (settings.data.dir / "evidence" / "ab" / "new").exists()
    assert done.aside is not None
    assert names_in(done.aside)[-1] == "Lê Mới"
    assert (done.aside / "evidence" / "ab" / "new").read_bytes() == b"after the backup"
    # Backups, logs and secrets stay where they are, and the next backup does not swallow the old data.
    assert made.path.exists()
    assert (settings.data.dir / "secrets" / "telegram_token").exists()
    again = make(settings, NOW + timedelta(hours=1)).manifest
    assert again.members[1:] == made.manifest.members[1:]


def test_a_database_outside_the_data_folder_is_restored_to_its_place(
    settings: Settings, tmp_path: Path
) -> None:
    made = make(settings, NOW)
    place = tmp_path / "db" / "office.sqlite"
    elsewhere = Settings(
        data=Data(dir=tmp_path / "mới"),
        database=Database(url=SecretStr(f"sqlite+aiosqlite:///{place}")),
    )
    restore(made.path, elsewhere, NOW)
    assert place.exists()
    assert not (elsewhere.data.dir / "bot.db").exists()
    assert make(elsewhere, NOW).manifest.rows == made.manifest.rows


def test_backups_under_concurrent_writing_are_each_one_moment(settings: Settings) -> None:
    """Every answer is written together with its person, so a torn copy would break the sum."""
    stop = threading.Event()

    def write() -> None:
        with closing(open_database(settings.data.dir)) as connection:
            while not stop.is_set():
                connection.execute("BEGIN IMMEDIATE")
                row = connection.execute("INSERT INTO person (name) VALUES ('x')")
                connection.execute("INSERT INTO answer (person_id) VALUES (?)", (row.lastrowid,))
                connection.execute("COMMIT")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [make(settings, NOW + timedelta(seconds=second)) for second in range(5)]
    finally:
        stop.set()
        writer.join()
    counts = [one.manifest.rows for one in made]
    assert all(rows["person"] == rows["answer"] + 2 for rows in counts)
    assert counts[-1]["person"] > counts[0]["person"]
    for one in made[-2:]:
        assert verify(one.path) == one.manifest


def test_only_the_newest_stay_and_strangers_are_left_alone(settings: Settings) -> None:
    folder = settings.data.dir / "backups"
    folder.mkdir()
    (folder / "của tôi.zip").write_bytes(b"")
    for second in range(4):
        make(settings, NOW + timedelta(seconds=second))
    made = make(settings, NOW + timedelta(seconds=4))
    assert [path.name for path in made.removed] == ["backup-20261122-083001.zip"]
    assert sorted(path.name for path in folder.iterdir()) == [
        "backup-20261122-083002.zip",
        "backup-20261122-083003.zip",
        "backup-20261122-083004.zip",
        "của tôi.zip",
    ]


def test_two_backups_in_one_second_do_not_overwrite_each_other(settings: Settings) -> None:
    assert make(settings, NOW).path != make(settings, NOW).path


def test_without_a_database_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    said = refusal(lambda: make(Settings(data=Data(dir=tmp_path / "data")), NOW))
    assert "Chưa có cơ sở dữ liệu" in said
    assert not (tmp_path / "data").exists()


def test_postgresql_is_sent_to_its_own_tools(tmp_path: Path) -> None:
    settings = Settings(
        data=Data(dir=tmp_path), database=Database(url=SecretStr("postgresql+asyncpg://u:pass@h/d"))
    )
    said = refusal(lambda: make(settings, NOW))
    assert "pg_dump" in said
    assert "pass" not in said


def test_a_damaged_database_makes_no_backup_and_deletes_none(settings: Settings) -> None:
    good = [make(settings, NOW + timedelta(seconds=second)).path for second in range(3)]
    with closing(open_database(settings.data.dir)) as connection:
        connection.execute("CREATE INDEX by_name ON person (name)")
        connection.executemany("INSERT INTO person (name) VALUES (?)", [(f"n{i}" * 20,) for i in range(500)])
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file = settings.data.dir / "bot.db"
    content = bytearray(file.read_bytes())
    content[4096 * 5 : 4096 * 9] = b"\xff" * 4096 * 4
    file.write_bytes(content)
    assert "bị hỏng" in refusal(lambda: make(settings, NOW + timedelta(minutes=1)))
    assert sorted((settings.data.dir / "backups").iterdir()) == good


def test_a_folder_that_refuses_is_named(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    settings = settings.model_copy(update={"backup": Backup(folder=tmp_path / "file" / "backups")})
    assert "Không ghi được" in refusal(lambda: make(settings, NOW))


def test_links_are_not_followed(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "outside").write_bytes(b"not ours")
    (settings.data.dir / "evidence" / "link").symlink_to(tmp_path / "outside")
    assert "files/evidence/link" not in [m.name for m in make(settings, NOW).manifest.members]

"""Backups: whole under load, restored exactly, and never trusted."""

import hashlib
import json
import shutil
import sqlite3
import stat
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from pydantic import SecretStr

from bot.backup import DATABASE, MANIFEST, make
from bot.config import Backup, Data, Database, Settings, Telegram
from bot.restore import restore, verify
from bot.trouble import TroubleError

NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
TOKEN = "123456789:AAcanary-canary-canary-canary-canary1"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation with a database, two files of evidence, a secret and a log."""
    data = tmp_path / "dữ liệu"
    (data / "evidence" / "ab").mkdir(parents=True)
    (data / "evidence" / "ab" / "abcd").write_bytes(b"photo")
    (data / "evidence" / "ab" / "abce").write_bytes(b"x" * 3_000_000)
    for left_out in ("secrets/telegram_token", "logs/bot.log", ".lock", "bot.lock", "evidence/0f.part"):
        path = data / left_out
        path.parent.mkdir(exist_ok=True)
        path.write_text(TOKEN, encoding="utf-8")
    with closing(open_database(data)) as connection:
        connection.executescript(
            "CREATE TABLE alembic_version (version_num TEXT); INSERT INTO alembic_version VALUES ('0001');"
            "CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL);"
            "CREATE TABLE answer (id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES person(id));"
            "INSERT INTO person (name) VALUES ('Nguyễn Thị Mẫu'), ('Trần Văn Mẫu');"
        )
    return Settings(data=Data(dir=data), backup=Backup(keep=3))


def open_database(data: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(data / "bot.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA foreign_keys=ON")
    return connection


def names_in(data: Path) -> list[str]:
    with closing(sqlite3.connect(data / "bot.db")) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM person ORDER BY id")]


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


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


# --------------------------------------------------------------------------------- hostile and damaged


class Forge:
    """Rewrites a good backup into a bad one."""

    def __init__(self, good: Path, bad: Path) -> None:
        self.bad = bad
        with zipfile.ZipFile(good) as archive:
            self.content = {name: archive.read(name) for name in archive.namelist() if name != MANIFEST}
            self.manifest = json.loads(archive.read(MANIFEST))

    def add(self, name: str, content: bytes) -> None:
        """A file the manifest vouches for."""
        self.content[name] = content
        self.list(name, content)

    def list(self, name: str, content: bytes) -> None:
        told = {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        self.manifest["members"].append(told)

    def write(self, **how: int) -> zipfile.ZipFile:
        archive = zipfile.ZipFile(self.bad, "w", zipfile.ZIP_STORED)
        for name, content in self.content.items():
            info = zipfile.ZipInfo(name)
            info.filename = name
            info.compress_type = how.get("compression", zipfile.ZIP_STORED)
            info.external_attr = how.get("mode", 0o600) << 16 if name.startswith("files/") else 0
            archive.writestr(info, content)
        archive.writestr(MANIFEST, json.dumps(self.manifest))
        return archive


@pytest.fixture
def forge(settings: Settings, tmp_path: Path) -> Forge:
    return Forge(make(settings, NOW).path, tmp_path / "xấu.zip")


@pytest.fixture
def unharmed(tmp_path: Path) -> Iterator[Callable[[Path], str]]:
    """Tries to restore; whatever happens, nothing may appear anywhere outside or inside."""
    target = tmp_path / "in" / "data"
    target.parent.mkdir()
    (target.parent / "victim").write_text("safe", encoding="utf-8")

    def attempt(path: Path) -> str:
        refusal(lambda: verify(path))
        refusal(lambda: restore(path, Settings(data=Data(dir=target)), NOW))
        return refusal(lambda: restore(path, Settings(data=Data(dir=target)), NOW, force=True))

    yield attempt
    assert tree(target.parent) == {"victim": b"safe"}


@pytest.mark.parametrize(
    "name",
    [
        "../victim",
        "files/../../victim",
        "files/evidence/../../../victim",
        "/etc/passwd",
        "files//etc/passwd",
        "files/./x",
        "C:/Windows/x",
        "files/C:evil",
        "files/..\\..\\victim",
        "files\\x",
        "files/a\x01b",
        "files/a./b",
        "files/b /c",
        "files/",
        "files",
        "bot.db",
        "files/secrets/telegram_token",
        "files/Secrets/telegram_token",
        "files/backups/backup-20990101-000000.zip",
        "manifest.json/x",
    ],
)
def test_no_name_leads_outside(name: str, forge: Forge, unharmed: Callable[[Path], str]) -> None:
    forge.add(name, b"evil")
    forge.write().close()
    assert "không an toàn" in unharmed(forge.bad)


@pytest.mark.parametrize("name", ["files/bot.db", "files/bot.db-wal", "files/BOT.DB-journal"])
def test_no_file_lands_on_the_database(name: str, forge: Forge, tmp_path: Path) -> None:
    forge.add(name, b"evil")
    forge.write().close()
    elsewhere = Settings(data=Data(dir=tmp_path / "mới"))
    assert "không an toàn" in refusal(lambda: restore(forge.bad, elsewhere, NOW))
    assert tree(tmp_path / "mới") == {}


@pytest.mark.parametrize("mode", [stat.S_IFLNK | 0o777, stat.S_IFDIR | 0o700, stat.S_IFIFO | 0o600])
def test_only_plain_files_are_taken(mode: int, forge: Forge, unharmed: Callable[[Path], str]) -> None:
    forge.write(mode=mode).close()
    assert "không an toàn" in unharmed(forge.bad)


def test_a_compressed_member_may_be_a_bomb(forge: Forge, unharmed: Callable[[Path], str]) -> None:
    forge.write(compression=zipfile.ZIP_DEFLATED).close()
    assert "không an toàn" in unharmed(forge.bad)


def test_a_stranger_inside_is_refused(forge: Forge, unharmed: Callable[[Path], str]) -> None:
    forge.content["files/evidence/extra"] = b"unlisted"
    forge.write().close()
    assert "thừa tệp" in unharmed(forge.bad)


def test_a_missing_member_is_named(forge: Forge, unharmed: Callable[[Path], str]) -> None:
    del forge.content["files/evidence/ab/abcd"]
    forge.write().close()
    assert "thiếu tệp «files/evidence/ab/abcd»" in unharmed(forge.bad)


def test_one_changed_byte_is_found(forge: Forge, unharmed: Callable[[Path], str]) -> None:
    forge.content["files/evidence/ab/abcd"] = b"phoTo"
    forge.write().close()
    assert "nội dung tệp «files/evidence/ab/abcd» không khớp" in unharmed(forge.bad)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_twice_is_refused(forge: Forge, unharmed: Callable[[Path], str]) -> None:
    with forge.write() as archive:
        archive.writestr("files/evidence/ab/abcd", b"photo")
    assert "bị lặp" in unharmed(forge.bad)


def test_names_that_differ_in_case_only_are_one(forge: Forge, unharmed: Callable[[Path], str]) -> None:
    forge.add("files/evidence/AB/abcd", b"other")
    forge.write().close()
    assert "bị lặp" in unharmed(forge.bad)


def test_a_database_that_is_none_is_refused(forge: Forge, unharmed: Callable[[Path], str]) -> None:
    forge.manifest["members"] = [m for m in forge.manifest["members"] if m["name"] != DATABASE]
    forge.add(DATABASE, b"SQLite format 3\x00" + b"\xff" * 5000)
    forge.write().close()
    assert "không toàn vẹn" in unharmed(forge.bad)


def test_rows_that_differ_from_the_manifest_are_found(forge: Forge, unharmed: Callable[[Path], str]) -> None:
    forge.manifest["rows"]["person"] = 3
    forge.write().close()
    assert "số dòng dữ liệu không khớp" in unharmed(forge.bad)


@pytest.mark.parametrize(
    "manifest",
    [
        [],
        {},
        {"members": 5},
        {"created_at": "x", "revision": "", "rows": {}, "members": [{}], "format": 1},
        {"created_at": "x", "revision": "", "rows": [], "members": [], "format": 1},
        "[" * 100_000,
    ],
)
def test_a_manifest_of_another_shape_is_refused(
    manifest: object, forge: Forge, unharmed: Callable[[Path], str]
) -> None:
    forge.write().close()
    with zipfile.ZipFile(forge.bad, "w") as archive:
        archive.writestr(MANIFEST, manifest if isinstance(manifest, str) else json.dumps(manifest))
    assert "manifest.json không đọc được" in unharmed(forge.bad)


def test_a_zip_without_manifest_is_not_a_backup(forge: Forge, unharmed: Callable[[Path], str]) -> None:
    with zipfile.ZipFile(forge.bad, "w") as archive:
        archive.writestr("photo.jpg", b"x")
    assert "thiếu danh mục" in unharmed(forge.bad)


def test_a_later_format_asks_for_an_upgrade(forge: Forge, unharmed: Callable[[Path], str]) -> None:
    forge.manifest["format"] = 99
    forge.write().close()
    assert "nâng cấp" in unharmed(forge.bad)


@pytest.mark.parametrize("kept", [0, 10, 1000, 0.5, 0.99])
def test_a_cut_off_file_is_refused(
    kept: float, settings: Settings, tmp_path: Path, unharmed: Callable[[Path], str]
) -> None:
    whole = make(settings, NOW).path.read_bytes()
    cut = tmp_path / "cụt.zip"
    cut.write_bytes(whole[: int(len(whole) * kept) if 0 < kept < 1 else int(kept)])
    assert "đã hỏng" in unharmed(cut)


def test_a_file_that_is_not_there_is_named(tmp_path: Path, unharmed: Callable[[Path], str]) -> None:
    assert "không có tệp này" in unharmed(tmp_path / "absent.zip")


def test_a_full_disk_is_said_before_writing(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make(settings, NOW)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=1))
    elsewhere = Settings(data=Data(dir=tmp_path / "mới"))
    assert "Không đủ chỗ" in refusal(lambda: restore(made.path, elsewhere, NOW))


def test_flipped_bits_anywhere_are_found(settings: Settings, tmp_path: Path) -> None:
    (settings.data.dir / "evidence" / "ab" / "abce").unlink()
    made = make(settings, NOW)
    whole, sound = made.path.read_bytes(), made.manifest
    bad = tmp_path / "lật.zip"
    for position in range(0, len(whole), max(1, len(whole) // 150)):
        flipped = bytearray(whole)
        flipped[position] ^= 0x10
        bad.write_bytes(flipped)
        try:
            found = verify(bad)
        except TroubleError:
            continue
        # Only what nobody reads, such as a time stamp inside the ZIP, may differ unseen.
        assert (found.rows, found.members) == (sound.rows, sound.members)

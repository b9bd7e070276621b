"""An installation with something in it, for the tests of backups."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.config import Backup, Data, Settings

TOKEN = "123456789:AAcanary-canary-canary-canary-canary1"


def an_installation(data: Path) -> Settings:
    """A database, two files of evidence, a secret, a log, and what no backup should hold."""
    (data / "evidence" / "ab").mkdir(parents=True)
    (data / "evidence" / "ab" / "abcd").write_bytes(b"photo")
    (data / "evidence" / "ab" / "abce").write_bytes(b"x" * 3_000_000)
    for left_out in (
        "secrets/telegram_token",
        "logs/bot.log",
        ".lock",
        "bot.lock",
        "evidence/0f.part",
        "sandbox/bot.db",
    ):
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

"""The migrations and the models say the same, and a migration that dies leaves no ruin."""

import asyncio
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from db import schema
from db.engine import make_engine
from db.migrations.running import HERE, BrokenReferencesError, migrate
from db.models import SQLModel
from db.schema import SchemaState

REVISIONS = schema.revisions()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"


def in_file(url: str) -> sqlite3.Connection:
    return sqlite3.connect(url.removeprefix("sqlite+aiosqlite:///"))


def everything(url: str) -> dict[tuple[str, str], list[str]]:
    """Tables, indexes and triggers with the words that made them, constraints in no order."""
    with closing(in_file(url)) as connection:
        made = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    return {(kind, name): sorted(re.findall(r"\w+|\S", sql or "")) for kind, name, sql in made}


def state(url: str) -> SchemaState:
    async def ask() -> SchemaState:
        engine = make_engine(url)
        try:
            return await schema.state(engine)
        finally:
            await engine.dispose()

    return asyncio.run(ask())


def create(url: str) -> None:
    async def make() -> None:
        engine = make_engine(url)
        try:
            await schema.create(engine)
        finally:
            await engine.dispose()

    asyncio.run(make())


def a_populated_database(url: str) -> None:
    """At the newest revision, with rows that point to one another."""
    schema.upgrade(url)
    with closing(in_file(url)) as connection, connection:
        connection.executescript(
            """
            INSERT INTO unit (id, code, kind) VALUES (1, 'SYT', 'department');
            INSERT INTO unit_name (unit_id, name, folded, since) VALUES (1, 'Sở', 'so', '2026-01-01');
            INSERT INTO person (id, staff_code, name, folded, phone, post, unit_id, rating, active,
                                preferred, created_at, updated_at)
            VALUES (1, 'A1', 'Nguyễn Thị Ví Dụ', 'nguyen thi vi du', '', '', 1, '', 1, '',
                    '2026-01-01 00:00:00', '2026-01-01 00:00:00');
            INSERT INTO journal (at, actor, verb, subject, facts, digest)
            VALUES ('2026-01-01 00:00:00', 'person:1', 'joined', 'person:1', '{}', 'x');
            """
        )


def test_revisions_are_numbered_in_the_order_they_build_on_one_another() -> None:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    script = ScriptDirectory.from_config(config)
    walked = [revision.revision for revision in script.walk_revisions()]
    assert list(reversed(walked)) == list(REVISIONS)
    assert script.get_heads() == [REVISIONS[-1]]


def test_upgrading_from_empty_gives_what_the_models_say(url: str) -> None:
    schema.upgrade(url)
    differences: list[object] = []

    def compare(connection: Connection) -> None:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        differences.extend(compare_metadata(context, SQLModel.metadata))

    async def ask() -> None:
        engine = make_engine(url)
        async with engine.connect() as connection:
            await connection.run_sync(compare)
        await engine.dispose()

    asyncio.run(ask())
    assert differences == []


def test_creating_and_upgrading_give_the_same_schema(tmp_path: Path) -> None:
    urls = [f"sqlite+aiosqlite:///{tmp_path / name}" for name in ("created.db", "upgraded.db")]
    create(urls[0])
    schema.upgrade(urls[1])
    assert everything(urls[0]) == everything(urls[1])
    assert [state(url) for url in urls] == [SchemaState.HEAD, SchemaState.HEAD]


def test_every_revision_can_be_left_and_come_back_to(url: str) -> None:
    a_populated_database(url)
    reached = everything(url)
    for below in reversed(("base", *REVISIONS[:-1])):
        schema.downgrade(url, below)
        assert state(url) is (SchemaState.EMPTY if below == "base" else SchemaState.BEHIND)
    for revision in REVISIONS:
        schema.upgrade(url, revision)
    assert everything(url) == reached


def test_an_upgrade_that_has_nothing_to_do_keeps_the_rows(url: str) -> None:
    a_populated_database(url)
    schema.upgrade(url)
    with closing(in_file(url)) as connection:
        assert connection.execute("SELECT name FROM person").fetchall() == [("Nguyễn Thị Ví Dụ",)]


def test_the_journal_can_only_be_added_to(tmp_path: Path) -> None:
    for name, make in (("created.db", create), ("upgraded.db", schema.upgrade)):
        url = f"sqlite+aiosqlite:///{tmp_path / name}"
        make(url)
        with closing(in_file(url)) as connection:
            connection.execute(
                "INSERT INTO journal (at, actor, verb, subject, facts, digest)"
                " VALUES ('2026-01-01', 'system', 'began', '', '{}', 'x')"
            )
            for change in ("UPDATE journal SET verb = 'never'", "DELETE FROM journal"):
                with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                    connection.execute(change)


class TestState:
    """What the house is told before it opens."""

    def test_no_tables_is_empty(self, url: str) -> None:
        assert state(url) is SchemaState.EMPTY

    def test_a_revision_this_program_lacks_is_newer(self, url: str) -> None:
        schema.upgrade(url)
        with closing(in_file(url)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        assert state(url) is SchemaState.NEWER

    def test_tables_without_a_revision_are_foreign(self, url: str) -> None:
        with closing(in_file(url)) as connection, connection:
            connection.execute("CREATE TABLE recipes (name TEXT)")
        assert state(url) is SchemaState.FOREIGN

    def test_it_is_asked_without_alembic(self, url: str) -> None:
        program = (
            "import asyncio, sys\n"
            "from db import schema\n"
            "from db.engine import make_engine\n"
            "async def go():\n"
            "    engine = make_engine(sys.argv[1])\n"
            "    await schema.create(engine)\n"
            "    print(await schema.state(engine))\n"
            "    await engine.dispose()\n"
            "asyncio.run(go())\n"
            "assert 'alembic' not in sys.modules\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", program, url], check=True, capture_output=True, text=True
        )
        assert done.stdout == "head\n"


DYING = """
import os, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from db import schema

left = int(sys.argv[3])

@event.listens_for(Engine, "before_cursor_execute")
def count(*_):
    global left
    left -= 1
    if left == 0:
        os._exit(9)

@event.listens_for(Engine, "commit")
def before_commit(_connection):
    os._exit(9)

getattr(schema, sys.argv[1])(sys.argv[2], *sys.argv[4:])
"""


@pytest.mark.parametrize("statements", [5, 25, 0], ids=["early", "midway", "at the commit"])
class TestDeath:
    """A process killed in the middle: the old schema stands, and the next attempt succeeds."""

    def die(self, url: str, what: str, statements: int, *rest: str) -> None:
        done = subprocess.run([sys.executable, "-c", DYING, what, url, str(statements), *rest], check=False)
        assert done.returncode == 9

    def test_while_upgrading(self, url: str, statements: int) -> None:
        self.die(url, "upgrade", statements)
        assert state(url) is SchemaState.EMPTY
        assert everything(url) == {}
        schema.upgrade(url)
        assert state(url) is SchemaState.HEAD

    def test_while_stepping_back(self, url: str, statements: int) -> None:
        a_populated_database(url)
        stood = everything(url)
        self.die(url, "downgrade", statements, "base")
        assert everything(url) == stood
        with closing(in_file(url)) as connection:
            assert connection.execute("SELECT count(*) FROM person").fetchone() == (1,)
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_migration_that_breaks_references_is_undone(url: str) -> None:
    a_populated_database(url)

    def forget_units(config: Config) -> None:
        config.attributes["connection"].execute(text("DELETE FROM unit"))

    with pytest.raises(BrokenReferencesError, match="person, unit_name"):
        migrate(url, forget_units)
    with closing(in_file(url)) as connection:
        assert connection.execute("SELECT code FROM unit").fetchall() == [("SYT",)]


def test_references_are_enforced_outside_migrations(url: str) -> None:
    async def orphan() -> None:
        engine = make_engine(url)
        try:
            async with engine.begin() as connection:
                await connection.execute(
                    text(
                        "INSERT INTO unit_name (unit_id, name, folded, since)"
                        " VALUES (7, 'x', 'x', '2026-01-01')"
                    )
                )
        finally:
            await engine.dispose()

    schema.upgrade(url)
    with pytest.raises(DBAPIError, match="FOREIGN KEY"):
        asyncio.run(orphan())

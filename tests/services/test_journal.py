"""The journal: what was written stays as it was, even for somebody who has the file in their hands."""

import random
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from db.engine import make_engine
from db.transaction import Savepoint, Session, Transactions, connection_of
from services import journal
from services.journal import Verification
from tests import databases

KEY = b"a key that does not lie in the database"
START = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
ENTRIES = 50
ATTEMPTS = 64


class UndoneError(Exception):
    pass


@dataclass
class Book:
    """A journal and the file it lies in."""

    path: Path
    transactions: Transactions

    async def write(self, count: int, first: int = 0) -> None:
        async with self.transactions() as session:
            for number in range(first, first + count):
                actor, subject = f"person:{number % 7}", f"assessment:{number}"
                now = START + timedelta(seconds=number)
                await journal.note(session, actor, "answered", subject, now, number=number)

    async def verify(self, expected_head: str = "") -> Verification:
        async with self.transactions() as session:
            return await journal.verify(session, expected_head)


@asynccontextmanager
async def opened(path: Path, key: bytes = KEY) -> AsyncIterator[Book]:
    await databases.empty(path)
    engine = make_engine(f"sqlite+aiosqlite:///{path}")
    yield Book(path, Transactions.over(engine, journal_key=key, capabilities={}, campaigns={}))
    await engine.dispose()


@pytest.fixture
async def book(tmp_path: Path) -> AsyncIterator[Book]:
    async with opened(tmp_path / "bot.db") as book:
        yield book


async def note(session: Session, verb: str) -> None:
    await journal.note(session, "person:1", verb, "person:1", START)


async def test_a_chain_holds_and_grows(book: Book) -> None:
    assert await book.verify() == Verification(0, "", None)
    await book.write(ENTRIES)
    whole = await book.verify()
    assert (whole.entries, whole.broken_at) == (ENTRIES, None)
    await book.write(10, first=ENTRIES)
    longer = await book.verify(expected_head=whole.head)
    assert (longer.entries, longer.broken_at) == (ENTRIES + 10, None)


async def test_who_did_what_is_told_newest_first(book: Book) -> None:
    await book.write(3)
    async with book.transactions() as session:
        newest, second = await journal.latest(session, 2)
    at = START + timedelta(seconds=2)
    assert newest == journal.Entry(at, "person:2", "answered", "assessment:2", {"number": 2})
    assert second.subject == "assessment:1"


async def test_what_is_undone_leaves_no_entry_and_takes_none_along(book: Book) -> None:
    async with book.transactions() as session:
        await note(session, "kept")
        for _ in range(3):
            with suppress(UndoneError):
                async with Savepoint(session):
                    await note(session, "undone")
                    raise UndoneError
        async with Savepoint(session):
            await note(session, "kept too")
    with suppress(UndoneError):
        async with book.transactions() as session:
            await note(session, "never")
            raise UndoneError
    async with book.transactions() as session:
        assert [entry.verb for entry in await journal.latest(session, 9)] == ["kept too", "kept"]
    assert (await book.verify()).broken_at is None


@pytest.mark.parametrize("statement", ["UPDATE journal SET actor = 'person:9'", "DELETE FROM journal"])
async def test_the_database_refuses_changes(book: Book, statement: str) -> None:
    await book.write(3)
    with pytest.raises(IntegrityError, match="append-only"):
        async with book.transactions() as session:
            await connection_of(session).execute(text(statement))
    with (
        closing(sqlite3.connect(book.path)) as raw,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        raw.execute(statement)
    assert (await book.verify()).entries == 3


async def test_another_key_verifies_nothing(book: Book) -> None:
    await book.write(3)
    async with opened(book.path, b"another key") as other:
        assert await other.verify() == Verification(0, "", 1)


@contextmanager
def in_the_hands_of_a_thief(path: Path) -> Iterator[sqlite3.Connection]:
    """The file as somebody has it who knows how to drop a trigger and leave no trace of that."""
    with closing(sqlite3.connect(path)) as raw, raw:
        triggers = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in triggers:
            raw.execute(f"DROP TRIGGER {name}")
        yield raw
        for _name, sql in triggers:
            raw.execute(sql)


def ids(raw: sqlite3.Connection) -> list[int]:
    return [row[0] for row in raw.execute("SELECT id FROM journal ORDER BY id")]


def edit(raw: sqlite3.Connection, chance: random.Random) -> None:
    """One field of one entry becomes another text, another entry's, or nothing a text could be."""
    place, other = chance.sample(ids(raw), 2)
    column = chance.choice(("at", "actor", "verb", "subject", "facts", "digest"))
    value, others = (
        raw.execute(f"SELECT {column} FROM journal WHERE id = {one}").fetchone()[0] for one in (place, other)
    )
    # The last digit of the seconds: what comes after it may be written in several ways.
    at = 18 if column == "at" else chance.randrange(len(value))
    changes = [
        value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1 :],
        others if others != value else "someone",
        chance.choice(("", "yesterday", 7, 7.5, b"\xff\xfe", b"bytes")),
    ]
    if column != "at":
        changes += [value[:at] + value[at + 1 :], value + chance.choice(("0", "x", " ", "\u0110", "\0"))]
    raw.execute(f"UPDATE journal SET {column} = ? WHERE id = {place}", (chance.choice(changes),))


def unreadable(raw: sqlite3.Connection, chance: random.Random) -> None:
    """A text that is no UTF-8, or a moment that is none."""
    change = chance.choice(("actor = CAST(x'ff41' AS TEXT)", "at = '2026-13-45'", "at = x'00'"))
    raw.execute(f"UPDATE journal SET {change} WHERE id = {chance.choice(ids(raw))}")


def delete(raw: sqlite3.Connection, chance: random.Random) -> None:
    """One entry or a few in a row disappear, not the last."""
    known = ids(raw)
    first = chance.randrange(len(known) - 1)
    last = min(len(known) - 2, first + chance.choice((0, 0, 1, 5)))
    raw.execute("DELETE FROM journal WHERE id BETWEEN ? AND ?", (known[first], known[last]))


def swap(raw: sqlite3.Connection, chance: random.Random) -> None:
    """Two entries change places, neighbours as often as not."""
    known = ids(raw)
    place = chance.randrange(len(known) - 1)
    one, other = known[place], chance.choice((known[place + 1], *(set(known) - {known[place]})))
    for before, after in ((one, -999), (other, one), (-999, other)):
        raw.execute("UPDATE journal SET id = ? WHERE id = ?", (after, before))


def insert(raw: sqlite3.Connection, chance: random.Random) -> None:
    """An entry is copied or invented: before all others, between two of them, or after all."""
    known = ids(raw)
    place = chance.choice((-5, 0, known[-1] + 1, 2**62, *known))
    raw.execute("UPDATE journal SET id = -id - 1000000 WHERE id >= ?", (place,))
    raw.execute("UPDATE journal SET id = -id - 1000000 + 1 WHERE id < -1000000")
    fields = (
        f"{place}, at, actor, {chance.choice(('verb', 'upper(verb)'))}, subject, facts, "
        f"{chance.choice(('digest', 'hex(digest)', 'subject'))}"
    )
    raw.execute(f"INSERT INTO journal SELECT {fields} FROM journal WHERE id = {chance.choice(ids(raw))}")


def move(raw: sqlite3.Connection, chance: random.Random) -> None:
    """An entry goes to the beginning or, unless it stands there, to the end."""
    known = ids(raw)
    if chance.random() < 0.5:
        raw.execute("UPDATE journal SET id = -7 WHERE id = ?", (chance.choice(known[1:]),))
    else:
        raw.execute("UPDATE journal SET id = ? WHERE id = ?", (known[-1] + 9, chance.choice(known[:-1])))


def cut(raw: sqlite3.Connection, chance: random.Random) -> None:
    """The newest entries, or all, are gone; only who noted the head elsewhere can tell."""
    raw.execute("DELETE FROM journal WHERE id >= ?", (chance.choice(ids(raw)),))


TAMPERINGS = (edit, edit, unreadable, delete, swap, insert, move, cut)


@pytest.mark.parametrize("seed", range(5))
async def test_tampering_with_the_file_is_found(book: Book, seed: int) -> None:
    chance = random.Random(seed)
    await book.write(ENTRIES)
    head = (await book.verify()).head
    with in_the_hands_of_a_thief(book.path) as raw:
        raw.execute("CREATE TABLE aside AS SELECT * FROM journal")
    for place in range(ATTEMPTS):
        kind = TAMPERINGS[place % len(TAMPERINGS)]
        with in_the_hands_of_a_thief(book.path) as raw:
            kind(raw, chance)
        found = await book.verify(expected_head=head if kind is cut else "")
        assert found.broken_at is not None, (seed, place, kind.__name__)
        with in_the_hands_of_a_thief(book.path) as raw:
            raw.execute("DELETE FROM journal")
            raw.execute("INSERT INTO journal SELECT * FROM aside")
    assert await book.verify(head) == Verification(ENTRIES, head, None)


@pytest.mark.parametrize("place", [1, 2, ENTRIES // 2, ENTRIES])
@pytest.mark.parametrize("value", ["'person:9'", "7", "x'ff'", "CAST(x'ff41' AS TEXT)"])
async def test_the_first_entry_that_does_not_hold_is_named(book: Book, place: int, value: str) -> None:
    await book.write(ENTRIES)
    with in_the_hands_of_a_thief(book.path) as raw:
        raw.execute(f"UPDATE journal SET actor = {value} WHERE id = {place}")
    found = await book.verify()
    assert (found.entries, found.broken_at) == (place - 1, place)


async def test_a_cut_is_found_though_the_journal_went_on(book: Book) -> None:
    await book.write(ENTRIES)
    head = (await book.verify()).head
    with in_the_hands_of_a_thief(book.path) as raw:
        raw.execute(f"DELETE FROM journal WHERE id > {ENTRIES - 5}")
    await book.write(20)
    assert (await book.verify()).broken_at is None
    assert (await book.verify(expected_head=head)).broken_at == ENTRIES + 16


@pytest.mark.gate
async def test_a_hundred_thousand_entries_are_verified_within_five_seconds(book: Book) -> None:
    for batch in range(10):
        await book.write(10_000, first=batch * 10_000)
    started = time.perf_counter()
    found = await book.verify()
    took = time.perf_counter() - started
    assert (found.entries, found.broken_at) == (100_000, None)
    assert took < 5, took

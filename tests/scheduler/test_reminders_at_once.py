"""Two processes that remind the same people at the same moment, and one unit at fault among many."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from bench.departments import Departments
from core.deadlines import Obligation
from core.messages import Message
from core.reminders_digest import WEEKLY
from db.models import NudgeRow, OutboxRow
from db.transaction import Transactions
from services import calendar, deadlines, reminders
from tests import databases
from tests.scheduler.one_ticker import ZONE, over

FRIDAY = datetime(2026, 12, 4, 7, 30, tzinfo=ZONE)
MONDAY = FRIDAY + timedelta(days=3)
UNITS = 12


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Transactions]:
    """Twelve units, each with three things soon due."""
    await databases.empty(tmp_path / "bot.db")
    transactions = over(tmp_path / "bot.db")
    async with transactions() as session:
        await Departments(UNITS, 3 * UNITS).settle(session, FRIDAY, await calendar.in_force(session))
    yield transactions
    await transactions.engine.dispose()


async def said(transactions: Transactions) -> tuple[list[NudgeRow], list[OutboxRow]]:
    """What was made since, and what was queued for it."""
    async with transactions() as session:
        made = select(NudgeRow).where(col(NudgeRow.made_at) >= FRIDAY).order_by(col(NudgeRow.id))
        queued = select(OutboxRow).order_by(col(OutboxRow.id))
        return list((await session.exec(made)).all()), list((await session.exec(queued)).all())


@asynccontextmanager
async def ticker(database: Path) -> AsyncIterator[Process]:
    """Another process on the same file, waiting to be told when."""
    words = ("-m", "tests.scheduler.one_ticker", str(database))
    process = await asyncio.create_subprocess_exec(sys.executable, *words, stdin=PIPE, stdout=PIPE)
    assert await answer(process) == "ready"
    try:
        yield process
    finally:
        assert process.stdin is not None
        process.stdin.close()
        assert await asyncio.wait_for(process.wait(), 30) == 0


async def answer(process: Process) -> str:
    assert process.stdout is not None
    return (await asyncio.wait_for(process.stdout.readline(), 60)).decode().strip()


async def test_two_processes_at_one_moment_say_nothing_twice(office: Transactions, tmp_path: Path) -> None:
    """S3: the second finds everything said, morning after morning."""
    database = tmp_path / "bot.db"
    async with ticker(database) as one, ticker(database) as other:
        for moment in (FRIDAY, FRIDAY, MONDAY, MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)):
            for process in (one, other):
                assert process.stdin is not None
                process.stdin.write(f"{moment.isoformat()}\n".encode())
            told = sorted([int(await answer(one)), int(await answer(other))])
            assert told[0] == 0
    nudges, queued = await said(office)
    keys = [(one.obligation, one.due, one.person_id, one.rung) for one in nudges]
    assert len(keys) == len(set(keys))
    rungs = {rung: sum(one.rung == rung for one in nudges) for rung in ("person-3", "person-1", "person+0")}
    assert rungs == {"person-3": 3 * UNITS, "person-1": 3 * UNITS, "person+0": 3 * UNITS}
    assert sum(one.rung == WEEKLY for one in nudges) == UNITS
    assert len(queued) == len({(one.chat, one.created_at) for one in queued}) == 4 * UNITS


async def obligations(office: Transactions, now: datetime) -> list[Obligation]:
    async with office() as session:
        return list(await deadlines.obligations(session, now))


@pytest.mark.parametrize(
    ("fault", "now"),
    [
        ({"words": "\udfff"}, FRIDAY),  # No database stores half a letter.
        ({"person": 999}, FRIDAY),  # Nobody has this number.
        ({"person": 999}, MONDAY),
        ({"legal_day": date.min}, FRIDAY),  # No working day lies before it.
    ],
    ids=["unstorable", "unknown person", "unknown person, line of the week", "no day"],
)
async def test_one_unit_at_fault_silences_nobody_else(
    office: Transactions, fault: dict[str, object], now: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    owed = await obligations(office, now)
    odd = [replace(one, **fault) if one.unit_id == 5 else one for one in owed]  # type: ignore[arg-type]  # a table of faults
    async with office() as session:
        told = await reminders.remind_of(session, tuple(odd), now)
    assert told == UNITS - 1
    assert "error=" in capsys.readouterr().out
    nudges, queued = await said(office)
    assert {one.person_id for one in nudges} == {*range(1, UNITS + 1)} - {5}
    assert len(queued) == UNITS - 1
    async with office() as session:
        assert await reminders.remind_of(session, tuple(owed), now) == 1
    nudges, queued = await said(office)
    assert {one.person_id for one in nudges} == {*range(1, UNITS + 1)}
    assert len(queued) == UNITS
    assert all("3 việc" in Message.from_json(one.payload).title for one in queued)

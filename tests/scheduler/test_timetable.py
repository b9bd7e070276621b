"""What the alarm clock does after a night on which the machine was off."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.app import Plan, open_house
from bot.clock import SystemClock
from db.queries import settings
from scheduler.clockwork import LOOKS_EVERY
from scheduler.timetable import missed
from tests.chat import Town
from tests.fakes import FrozenClock

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


async def late(town: Town) -> list[str]:
    """What a house that starts now has missed."""
    async with town.house() as house:
        entries = [one for one in house.clockwork.entries if not one.every]
        return [one.name for one in await missed(house.transactions, entries, town.clock.now(), ZONE)]


async def test_what_the_machine_slept_through_is_owed(numbers_town: Town) -> None:
    town = numbers_town
    assert await late(town) == []  # 08:05: new here, nothing was missed.
    town.clock.move(hours=15)
    assert await late(town) == []  # 23:05: it has not been ten past three again.
    town.clock.move(hours=9)
    assert await late(town) == ["housekeeping", "supplements"]  # 08:05 of the next day.

    async with town.house() as house:
        for entry in house.clockwork.entries:
            if entry.name in {"housekeeping", "supplements"}:
                await entry.ring()
    assert await late(town) == []
    town.clock.move(hours=19)
    assert await late(town) == []  # 03:05.
    town.clock.move(minutes=5)
    assert await late(town) == ["housekeeping"]


async def test_the_alarm_clock_never_sleeps_for_long(numbers_town: Town) -> None:
    """A machine that was suspended, or whose clock was set forward, would sleep on by as much."""
    async with numbers_town.house() as house:
        house.clockwork.start()
        ahead = house.clockwork.next_look - SystemClock().now()
        house.clockwork.stop()
    assert ahead <= timedelta(seconds=LOOKS_EVERY)


@pytest.mark.parametrize(
    ("hour", "minute", "due"),
    [(6, 59, (23, 19, 55)), (7, 0, (24, 7, 0)), (12, 34, (24, 12, 30)), (23, 0, (24, 19, 55))],
)
async def test_reminders_are_asked_for_through_the_day(
    numbers_town: Town, hour: int, minute: int, due: tuple[int, int, int]
) -> None:
    async with numbers_town.house() as house:
        (reminding,) = [one for one in house.clockwork.entries if one.name == "reminders"]
    found = reminding.last_due(datetime(2026, 11, 24, hour, minute, tzinfo=ZONE), ZONE)
    assert (found.day, found.hour, found.minute) == due


@pytest.mark.parametrize(("hour", "made"), [(7, 1), (1, 0)])
async def test_a_house_that_starts_late_makes_its_backup(numbers_town: Town, hour: int, made: int) -> None:
    """02:30 is when it should have been made; the last one was made at 02:30 the day before."""
    town = numbers_town
    async with town.office() as session:
        await settings.write(session, "ran:backup", datetime(2026, 11, 22, 19, 30, tzinfo=UTC).isoformat())
    backups: list[str] = []

    async def make_backup() -> str:
        backups.append("made")
        return ""

    clock = FrozenClock(datetime(2026, 11, 24, hour, tzinfo=ZONE))
    url = f"sqlite+aiosqlite:///{town.folder / 'bot.db'}"
    house = await open_house(Plan(url, town.folder, [], clock, make_backup=make_backup))
    stopping = asyncio.Event()
    asyncio.get_running_loop().call_later(0.3, stopping.set)
    try:
        await house.run(stopping)
    finally:
        await house.close()
    assert len(backups) == made

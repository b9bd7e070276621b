"""Where the next reminder lies, and what was said, for whoever moves the clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.roles import Role
from core.texts import reminders as texts
from db.models import NudgeRow, OutboxRow, Person
from services import campaigns, reminders_ahead
from services.actor import console
from services.reminders_ahead import Said
from tests.chat import Chat, Town
from tests.scheduler.test_reminders import rings

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def at(day: int, month: int = 12, year: int = 2026, clock: str = "07:30") -> datetime:
    """A moment at the office."""
    hour, minute = clock.split(":")
    return datetime(year, month, day, int(hour), int(minute), tzinfo=ZONE)


async def due_on(town: Town, day: str) -> None:
    """The office enters the day of the report."""
    now, office = town.clock.now(), console(town.clock.now().date())
    async with town.office() as session:
        await campaigns.enter_date(session, office, "004", "deadline:004-D2", day, "Hướng dẫn 12/HD-SYT", now)


async def next_due(town: Town) -> datetime | None:
    """The next moment, asked now; nothing is stored by asking."""
    stored = [len(await town.rows(model)) for model in (NudgeRow, OutboxRow)]
    async with town.office() as session:
        found = await reminders_ahead.next_due(session, town.clock.now())
    assert [len(await town.rows(model)) for model in (NudgeRow, OutboxRow)] == stored
    return found


async def head(town: Town) -> Chat:
    return await town.joined("Trần Thị Trưởng", roles=(Role.HEAD,))


async def said(town: Town, since: datetime) -> list[Said]:
    (person,) = (one.id or 0 for one in await town.rows(Person))
    async with town.office() as session:
        return list(await reminders_ahead.said(session, [person], since, town.clock.now()))


async def test_nothing_is_ahead_while_no_day_is_known(telegram_town: Town) -> None:
    await head(telegram_town)
    assert await next_due(telegram_town) is None


async def test_from_jump_to_jump_somebody_is_told_until_nothing_is_left(telegram_town: Town) -> None:
    town = telegram_town
    chat = await head(town)
    await due_on(town, "15/12/2026")
    told: list[str] = []
    began = town.clock.now()
    await rings(town, began)
    while (moment := await next_due(town)) is not None:
        await rings(town, moment)
        assert chat.bubbles_seen == 1, moment
        told += [chat.sees.splitlines()[0]]
        assert len(told) < 30
    assert any(title.startswith("Lời nhắc cuối") for title in told)
    reports = [one for one in await said(town, began) if one.obligation is not None]
    assert {texts.what(one.obligation) for one in reports if one.obligation is not None} == {"Báo cáo"}
    assert await said(town, town.clock.now().replace(year=2027)) == []


async def test_what_recurs_is_found_in_the_next_year(telegram_town: Town) -> None:
    town = telegram_town
    await head(town)
    await due_on(town, "15/06")
    await rings(town, at(24, 11))
    found = await next_due(town)
    assert found is not None
    assert (found.year, found.month <= 6) == (2027, True)


@pytest.mark.parametrize("hour", ["07:30", "09:00"])
async def test_the_office_reads_office_time(telegram_town: Town, hour: str) -> None:
    town = telegram_town
    await head(town)
    office = await town.joined("Phạm Thị Phòng", roles=(Role.OFFICE,))
    await due_on(town, "15/12/2026")
    await rings(town, at(15, clock=hour))
    await rings(town, at(17))
    assert f"đã được nhắc lúc {hour} thứ Ba 15/12/2026" in office.sees

"""When a round can be answered: opened and closed by the plan in force."""

from datetime import UTC, datetime, timedelta

import pytest

from core.refusals import Code, Refusal
from services import assessment
from tests import builders
from tests.chat import Chat, Town

#: As in the plan's own example, at the office.
OPENS = datetime(2026, 11, 16, 0, 0, tzinfo=UTC)
CLOSES = datetime(2026, 12, 4, 10, 0, tzinfo=UTC)
THE_EXAMPLE = (
    ("# opens_at = 2026-11-16T07:00:00", "opens_at = 2026-11-16T07:00:00"),
    ("# closes_at = 2026-12-04T17:00:00", "closes_at = 2026-12-04T17:00:00"),
)
THE_SECOND_YEAR = ('code = "2027"', 'code = "2027"\nopens_at = 2026-12-01T07:00:00')
WITHOUT_2026 = (
    '[[rounds]]\ncode = "2026"\nlabel = "Năm 2026"\nkind = "yearly"\nyear = 2026\n',
    "",
)


async def rounds(town: Town, chat: Chat, at: datetime) -> list[tuple[str, bool]]:
    """The rounds somebody sees at that moment, and whether each takes answers."""
    async with town.office() as session:
        actor = await town.actor(session, chat)
        return [(one.label, not one.closed) for one in await assessment.rounds(session, actor, at)]


async def plan_with(town: Town, *changes: tuple[str, str]) -> None:
    """A new version of the plan."""
    async with town.office() as session:
        await builders.the_plan(session, town.clock.now(), *changes)


async def test_the_example_of_the_plan_opens_and_closes_its_round(telegram_town: Town) -> None:
    lan = await telegram_town.joined()
    await plan_with(telegram_town, *THE_EXAMPLE)
    minute = timedelta(minutes=1)
    assert await rounds(telegram_town, lan, OPENS - minute) == []
    assert await rounds(telegram_town, lan, OPENS) == [("Năm 2026", True)]
    assert await rounds(telegram_town, lan, CLOSES - minute) == [("Năm 2026", True)]
    assert await rounds(telegram_town, lan, CLOSES) == []


async def test_a_round_can_open_before_its_year(telegram_town: Town) -> None:
    lan = await telegram_town.joined()
    await plan_with(telegram_town, THE_SECOND_YEAR)
    both = [("Năm 2026", True), ("Năm 2027", True)]
    assert await rounds(telegram_town, lan, datetime(2026, 12, 1, tzinfo=UTC)) == both


async def test_a_round_that_a_new_version_drops_is_closed(telegram_town: Town) -> None:
    lan = await telegram_town.joined()
    sheet = await telegram_town.answers(lan)
    await plan_with(telegram_town, WITHOUT_2026)
    now = telegram_town.clock.now()
    assert await rounds(telegram_town, lan, now) == [("Năm 2026", False)]
    async with telegram_town.office() as session:
        actor = await telegram_town.actor(session, lan)
        with pytest.raises(Refusal) as refusal:
            await assessment.does_not_apply(session, actor, sheet, ["a1"], "", now)
        assert refusal.value.code is Code.ROUND_CLOSED

    async with telegram_town.office() as session:
        await builders.the_plan(session, now)
    assert await rounds(telegram_town, lan, now) == [("Năm 2026", True)]

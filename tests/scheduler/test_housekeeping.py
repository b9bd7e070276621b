"""What is done at night: raw messages forgotten, backups made, administrators told when they fail."""

from datetime import timedelta

from sqlalchemy import text

from core.roles import Role
from scheduler import housekeeping
from tests.chat import Town


async def test_raw_messages_are_forgotten_after_a_week_and_their_keys_stay(telegram_town: Town) -> None:
    chat = await telegram_town.joined()
    await chat.says("menu")
    async with telegram_town.house() as house:
        later = telegram_town.clock.now() + timedelta(days=8)
        await housekeeping.tidy(house.transactions, later)
        await housekeeping.tidy(house.transactions, later)
        async with house.transactions() as session:
            connection = await session.connection()
            kept = (await connection.execute(text("SELECT count(*), count(raw) FROM inbox"))).one()
    assert kept[0] > 0
    assert kept[1] == 0


async def test_administrators_hear_once_a_day_that_a_backup_failed(telegram_town: Town) -> None:
    chief = await telegram_town.joined("Lê Thị Quản", "QT01", (Role.STAFF, Role.ADMINISTRATOR))
    nurse = await telegram_town.joined("Trần Văn Điều", "NV77")

    async def fails() -> str:
        return "Ổ đĩa đã đầy."

    async with telegram_town.house() as house:
        await housekeeping.back_up(house.transactions, telegram_town.clock.now(), fails)
        await housekeeping.back_up(house.transactions, telegram_town.clock.now(), fails)
    await telegram_town.settle()

    assert sum("Ổ đĩa đã đầy" in str(shown) for shown in telegram_town.surface.bubbles(chief.id)) == 1
    assert not any("Ổ đĩa đã đầy" in str(shown) for shown in telegram_town.surface.bubbles(nurse.id))


async def test_nobody_is_told_of_a_backup_that_worked(telegram_town: Town) -> None:
    chief = await telegram_town.joined("Lê Thị Quản", "QT01", (Role.STAFF, Role.ADMINISTRATOR))
    before = len(telegram_town.surface.bubbles(chief.id))

    async def works() -> str:
        return ""

    async with telegram_town.house() as house:
        await housekeeping.back_up(house.transactions, telegram_town.clock.now(), works)
    await telegram_town.settle()
    assert len(telegram_town.surface.bubbles(chief.id)) == before

"""What is done at night: what was said forgotten, backups made, administrators told when they fail."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

from sqlmodel import col, select

from bot.clock import SystemClock
from bot.web.shelf import Shelf
from core.roles import Role
from db.models import AnnouncementFile, Evidence, InboxRow, OutboxRow
from scheduler import housekeeping
from services import announcements, inbox
from services.housekeeping import SHELVED
from services.inbox import Arrival
from tests.announcing import NOTICE, an_office
from tests.chat import Chat, Town

#: States no row leaves.
OVER = {"done", "sent", "dead", "expired", "cancelled"}


async def tidied(town: Town, **later: float) -> None:
    """The night comes so much later, twice."""
    async with town.house() as house:
        at = town.clock.now() + timedelta(**later)
        await housekeeping.tidy(house.transactions, at)
        await housekeeping.tidy(house.transactions, at)


async def raw(town: Town, chat: Chat) -> list[str | None]:
    """What is still there of somebody's messages, oldest first."""
    async with town.office() as session:
        mine = select(InboxRow.raw).where(InboxRow.chat == str(chat.id)).order_by(col(InboxRow.id))
        return list((await session.exec(mine)).all())


async def test_what_was_written_is_forgotten_after_a_week_and_its_keys_stay(telegram_town: Town) -> None:
    chat = await telegram_town.joined()
    await chat.says("menu")
    await tidied(telegram_town, days=6)
    assert None not in await raw(telegram_town, chat)
    assert "{}" not in [row.payload for row in await telegram_town.rows(OutboxRow)]

    await tidied(telegram_town, days=8)
    assert await raw(telegram_town, chat) == [None]
    rows = await telegram_town.rows(OutboxRow)
    assert {row.payload for row in rows if row.state in OVER} == {"{}"}
    assert [row.state for row in rows] == ["sent"]


async def test_keys_go_after_a_month_but_numbers_do_not_begin_anew(telegram_town: Town) -> None:
    chat = await telegram_town.joined()
    for _ in "123":
        await chat.says("menu")
    newest = [row.id for row in await telegram_town.rows(InboxRow)][-1]
    await tidied(telegram_town, days=31)
    assert [row.id for row in await telegram_town.rows(InboxRow)] == [newest]


async def test_what_still_waits_is_kept(telegram_town: Town) -> None:
    arrival = Arrival("telegram", "1", "77", "5", "{}")
    async with telegram_town.office() as session:
        await inbox.receive(session, [arrival], telegram_town.clock.now())
    await tidied(telegram_town, days=400)
    assert [row.raw for row in await telegram_town.rows(InboxRow)] == ["{}"]


async def test_where_a_file_came_from_is_forgotten_once_it_is_here(telegram_town: Town) -> None:
    chat = await telegram_town.joined()
    await chat.sends_photo()
    assert [row.source == "{}" for row in await telegram_town.rows(Evidence)] == [False]
    await tidied(telegram_town)
    (row,) = await telegram_town.rows(Evidence)
    assert (row.state, row.source) == ("clean", "{}")


async def test_how_files_of_announcements_came_is_forgotten_once_nobody_writes_on_one(
    telegram_town: Town,
) -> None:
    town = telegram_town
    office = await an_office(town)
    async with town.office() as session:
        actor, now = await town.actor(session, office), town.clock.now()
        draft = await announcements.begin(session, actor, NOTICE, now)
        gone = await announcements.begin(session, actor, NOTICE, now)
        await announcements.discard(session, actor, gone, now)
        for number, state in (
            (draft, "clean"),
            (draft, "refused"),
            (gone, "clean"),
            (gone, "lost"),
            (gone, "waiting"),
        ):
            session.add(
                AnnouncementFile(
                    announcement_id=number,
                    person_id=actor.person_id,
                    name=state,
                    size=1,
                    source="",
                    state=state,
                    received_at=now,
                    checked_at=now if state != "waiting" else None,
                )
            )
    await tidied(town, days=29)
    assert len(await town.rows(AnnouncementFile)) == 5
    await tidied(town, days=31)
    left = [(one.announcement_id, one.state) for one in await town.rows(AnnouncementFile)]
    assert left == [(draft, "clean"), (gone, "waiting")]


async def test_a_way_in_is_forgotten_at_once(telegram_town: Town) -> None:
    lan = telegram_town.stranger("Lan")
    await lan.starts(await telegram_town.invite())
    await lan.says("xin chào")
    await lan.says(await telegram_town.code())
    await lan.edits("xin chào")
    assert [one is None for one in await raw(telegram_town, lan)] == [True, False, True, True]


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


async def test_what_came_by_a_page_and_was_never_sent_is_swept(tmp_path: Path) -> None:
    shelf, now = Shelf(tmp_path, free_bytes=0, free_share=0.0), SystemClock().now()
    await shelf.receive(7, "a.pdf", "application/pdf", _pieces(b"%PDF"), 100)
    housekeeping.clear_shelf(shelf.sweep, now + SHELVED - timedelta(minutes=5))
    assert [one.name for one in shelf.lying(7)] == ["a.pdf"]
    housekeeping.clear_shelf(shelf.sweep, now + SHELVED + timedelta(minutes=5))
    assert shelf.lying(7) == []


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    yield content

"""An announcement on its way through a real channel: chats that are gone, or moved, and answers beside it."""

import asyncio
from dataclasses import replace

import pytest

from bot.app import House
from bot.clock import SystemClock
from bot.emulators.telegram import BotApi, Fault
from bot.pace import PaceLimits
from core.announcement_content import Content
from core.announcements import Audience, NotReached, Tally
from core.messages import Address, FileOut, Message
from core.roles import Role
from db.models import Account, AnnouncementRecipient, OutboxRow
from scheduler import housekeeping
from services import announcement_delivery, announcement_results, announcements, outbox
from services.outbox import Lane
from tests.announcing import leaves
from tests.bot.staff import BOT, eventually, plan_over, running, telegram_over
from tests.chat import Chat, Town, a_photo
from tests.surfaces import TelegramSurface

NOTICE = Content("Họp triển khai", "Đúng 08:00 thứ Ba tại hội trường.")


def api_of(town: Town) -> BotApi:
    """The platform of a town on Telegram."""
    assert isinstance(town.surface, TelegramSurface)
    return town.surface.api


async def scheduled(town: Town, people: int, content: Content = NOTICE) -> tuple[Chat, int]:
    """An author, so many people that joined, and an announcement whose time has come."""
    office = await town.joined("Trần Văn Phòng", roles=(Role.OFFICE,))
    for number in range(people):
        await town.joined(f"Lê Thị {number}")
    async with town.office() as session:
        author, now = await town.actor(session, office), town.clock.now()
        audience = Audience(roles=frozenset({Role.STAFF}))
        announcement = await announcements.begin(session, author, content, now, audience)
        await announcements.send(session, author, announcement, now)
    town.clock.move(seconds=61)
    return office, announcement


async def tallied(town: Town, office: Chat, number: int) -> Tally:
    """What the author is told at last."""
    for _twice in "12":
        await town.time_passes(seconds=5)
    async with town.office() as session:
        actor = await town.actor(session, office)
        return await announcement_results.tally(session, actor, number)


async def test_whoever_blocks_the_bot_in_the_middle_is_counted_as_not_reached(telegram_town: Town) -> None:
    town = telegram_town
    office, number = await scheduled(town, 6)
    first, second = [chat.id for chat in town.people if chat is not office][:2]
    api_of(town).server.world.chats[first].blocked = True  # Without word of it: only the refusal tells.
    api_of(town).user_deactivates(second)
    found = await tallied(town, office, number)
    assert (found.sent, found.waiting, found.total) == (4, 0, 6)
    assert found.not_reached == {NotReached.UNREACHABLE: 2}
    cut_off = {row.chat for row in await town.rows(Account) if not row.reachable}
    assert cut_off == {str(first), str(second)}


@pytest.mark.parametrize("gone_after", [1, 2])
async def test_of_several_parts_all_have_to_arrive(telegram_town: Town, gone_after: int) -> None:
    town = telegram_town
    async with town.house() as house:
        paper = FileOut(await house.store.put_served(b"%PDF-1.7"), "a.pdf", "application/pdf")
        photo = FileOut(await house.store.put_served(a_photo()), "a.jpg", "image/jpeg", photo=True)
    office, number = await scheduled(town, 3, replace(NOTICE, files=(paper, photo)))
    victim = next(chat.id for chat in town.people if chat is not office)
    method = ("sendPhoto", "sendDocument")[gone_after - 1]
    api_of(town).faults.add(Fault(method, chat_id=victim, status=403))
    found = await tallied(town, office, number)
    assert (found.sent, found.not_reached) == (2, {NotReached.UNREACHABLE: 1})
    rows = [row for row in await town.rows(OutboxRow) if row.batch == number and row.chat == str(victim)]
    expected = ["sent"] * gone_after + ["dead"] + ["cancelled"] * (2 - gone_after)
    assert [row.state for row in rows] == expected


async def test_a_chat_that_moves_in_the_middle_gets_everything_at_its_new_place(telegram_town: Town) -> None:
    town = telegram_town
    office, number = await scheduled(town, 3)
    moved = next(chat for chat in town.people if chat is not office)
    api = api_of(town)
    api.server.world.chats[moved.id].migrated_to = -9001
    api.add_group(-9001, "Khoa Mẫu")
    found = await tallied(town, office, number)
    assert (found.sent, found.not_reached, found.perhaps_twice) == (3, {}, 0)
    assert [one.text.splitlines()[-1] for one in api.view(-9001).messages] == [NOTICE.body]
    places = {row.chat for row in await town.rows(AnnouncementRecipient)}
    assert ("-9001" in places, str(moved.id) in places) == (True, False)

    async with town.office() as session:
        actor = await town.actor(session, office)
        right = replace(NOTICE, body="Đúng 14:00.")
        await announcement_delivery.correct(session, actor, number, right, "sai giờ", town.clock.now())
    found = await tallied(town, office, number)
    assert (found.sent, found.waiting) == (3, 0)
    (shown,) = api.view(-9001).messages
    assert "14:00" in shown.text
    rows = [row for row in await town.rows(OutboxRow) if row.batch == number]
    assert {(row.state, row.repeats) for row in rows} == {("sent", 0)}


async def test_what_a_paused_announcement_still_held_ends_in_time_and_its_rows_are_dropped(
    telegram_town: Town,
) -> None:
    town = telegram_town
    office, number = await scheduled(town, 3)
    async with town.office() as session:
        actor = await town.actor(session, office)
        await leaves(session, number, town.clock.now())
        await announcement_delivery.pause(session, actor, number, town.clock.now())
    assert {row.state for row in await town.rows(OutboxRow) if row.batch == number} == {"paused"}
    town.clock.move(seconds=4 * 86_400)
    await tidied(town)
    async with town.office() as session:
        await announcement_delivery.settle(session, number, town.clock.now())
    assert (await tallied(town, office, number)).not_reached == {NotReached.EXPIRED: 3}
    town.clock.move(seconds=31 * 86_400)
    await office.says("menu")  # The newest row always stays.
    await tidied(town)
    assert [row for row in await town.rows(OutboxRow) if row.batch == number] == []
    assert (await tallied(town, office, number)).total == 3


async def test_rows_that_are_not_counted_yet_are_kept(telegram_town: Town) -> None:
    town = telegram_town
    _office, number = await scheduled(town, 3)
    async with town.office() as session:
        await leaves(session, number, town.clock.now())
    town.clock.move(seconds=4 * 86_400)
    async with town.office() as session:
        await outbox.expire(session, town.clock.now())
    town.clock.move(seconds=40 * 86_400)
    await tidied(town)
    assert len([row for row in await town.rows(OutboxRow) if row.batch == number]) == 3


async def tidied(town: Town) -> None:
    """A night passes."""
    async with town.house() as house:
        await housekeeping.tidy(house.transactions, town.clock.now())


async def answered(house: House, api: BotApi, chat: int) -> float:
    """Seconds until an answer posted now has arrived."""
    api.introduce(chat)
    async with house.transactions() as session:
        to = Address("telegram", BOT, str(chat))
        await outbox.post(session, to, Message(body="Đã lưu."), Lane.ANSWER, house.plan.clock.now())
    house.couriers["telegram"].nudge()
    asked_at = asyncio.get_running_loop().time()
    await eventually(lambda: api.ledger.sent(chat))
    return asyncio.get_running_loop().time() - asked_at


async def test_albums_for_many_people_hold_up_no_answer(telegram_town: Town) -> None:
    api = api_of(telegram_town)
    api.latency = 0.03
    plan = plan_over(telegram_town.folder, telegram_over(api, poll_timeout=25), SystemClock())
    async with running(replace(plan, limits=PaceLimits())) as house:
        files: tuple[FileOut, ...] = ()
        for number in range(6):
            sha256 = await house.store.put_served(b"%%PDF %d" % number)
            files += (FileOut(sha256, f"{number}.pdf", "application/pdf"),)
        async with house.transactions() as session:
            for chat in range(5001, 5031):
                api.introduce(chat)
                to = Address("telegram", BOT, str(chat))
                await outbox.post(session, to, Message(files=files), Lane.BULK, plan.clock.now())
        house.couriers["telegram"].nudge()
        waits = []
        for chat in range(6001, 6009):
            await asyncio.sleep(0.3)
            waits.append(await answered(house, api, chat))
    albums = [entry for entry in api.ledger.sent() if entry.method == "sendMediaGroup"]
    assert 5 <= len(albums) < 30
    assert max(waits) < 0.5

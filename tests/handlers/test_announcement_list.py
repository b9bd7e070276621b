"""The lists of announcements are whole: nothing is cut off before it is known whose it is."""

from dataclasses import replace

from core.announcement_content import Content, Question
from core.announcements import Audience, State
from core.roles import Role
from db.queries import announcements as queries
from services import announcement_reading, announcement_results, announcements
from tests.announcing import NOTICE, an_office, confirms, sent
from tests.chat import Chat, Town

_STAFF = Audience(roles=frozenset({Role.STAFF}))


async def _drafts(town: Town, author: Chat, *titles: str, asks: bool = False) -> list[int]:
    async with town.office() as session:
        actor, now, found = await town.actor(session, author), town.clock.now(), []
        for title in titles:
            notice = replace(NOTICE, title=title)
            number = await announcements.begin(session, actor, notice, now, _STAFF)
            if asks:
                await announcements.send(session, actor, number, now)
            found.append(number)
        return found


async def test_the_drafts_of_others_do_not_hide_ones_own(telegram_town: Town) -> None:
    town = telegram_town
    office, other = await an_office(town), await town.joined("Võ Thị Hai", roles=(Role.OFFICE,))
    mine = await _drafts(town, office, "Bản nháp của tôi")
    await _drafts(town, other, *(f"Khác {n}" for n in range(60)))
    async with town.office() as session:
        actor = await town.actor(session, office)
        found = await announcements.listed(session, actor, announcements.OPEN)
        counted = await announcements.counted(session, actor, announcements.OPEN)
    assert [one.id for one in found] == mine
    assert sum(counted.values()) == 1
    await office.says("/thongbao")
    assert "Bản nháp của tôi" in office.screen
    assert "Khác" not in office.screen
    assert "Trang sau" not in office.screen


async def test_everything_is_on_some_page(telegram_town: Town) -> None:
    town = telegram_town
    office = await an_office(town)
    await town.joined("Lê Thị Lan")
    await sent(town, office, replace(NOTICE, title="Đã gửi rồi"))
    await _drafts(town, office, *(f"Nháp {n}" for n in range(8)))
    await office.says("/thongbao")
    assert "Đã gửi rồi" not in office.screen
    await office.taps("Trang sau ▶️")
    assert "Đã gửi rồi" in office.screen
    await office.taps("◀️ Trang trước")
    assert "Nháp 7" in office.screen


async def test_whoever_got_it_confirms_it_without_any_role(town: Town) -> None:
    office, guest = await an_office(town), await town.joined("Lê Khách Mời", roles=())
    async with town.office() as session:
        actor, now = await town.actor(session, office), town.clock.now()
        reader = await town.actor(session, guest)
        alone = Audience(people=frozenset({reader.person_id}), only_people=True)
        number = await announcements.begin(session, actor, NOTICE, now, alone)
        await announcements.send(session, actor, number, now)
    await town.time_passes(seconds=61)
    await (guest.taps("Đã đọc") if "[Đã đọc]" in guest.screen else guest.says(f"DADOC {number}.1"))
    async with town.office() as session:
        actor = await town.actor(session, office)
        assert (await announcement_results.tally(session, actor, number)).read == 1
    await guest.says("/viec")
    assert "Thông báo của tôi" in guest.screen


async def test_what_waits_for_approval_is_counted_and_listed_whole(telegram_town: Town) -> None:
    town = telegram_town
    writer = await town.joined("Lê Truyền Thông", roles=(Role.STAFF, Role.COMMUNICATIONS))
    third = await town.joined("Bùi Truyền Thông", roles=(Role.STAFF, Role.COMMUNICATIONS))
    office = await an_office(town)
    await _drafts(town, writer, *(f"Chờ {n}" for n in range(5)), asks=True)
    await _drafts(town, third, *(f"Cũng chờ {n}" for n in range(5)), asks=True)
    async with town.office() as session:
        actor = await town.actor(session, office)
        counted = await announcements.counted(session, actor, [State.WAITING], own=False)
        own = await announcements.counted(session, await town.actor(session, writer), [State.WAITING])
    assert counted == {State.WAITING: 10}
    assert own == {State.WAITING: 5}
    await office.says("/thongbao")
    await office.taps("Chờ duyệt (10)")
    assert "Cũng chờ 4" in office.sees
    await office.taps("Trang sau ▶️")
    assert "Chờ 0" in office.sees


async def test_a_reader_is_counted_in_the_database_as_in_the_list(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    decoy = 'Không cần trả lời: {"wants_reading": true, "question": null}'
    first = await sent(town, office)
    await sent(town, office, Content("Chỉ để biết", decoy))
    await sent(town, office, Content("Hạn nộp", "15/12", question=Question("Hạn?", ("14/12", "15/12"), 1)))
    async with town.office() as session:
        actor, now = await town.actor(session, office), town.clock.now()
        again = await announcement_results.remind_unread(session, actor, first, now)
        await announcements.send(session, actor, again, now)
    await town.time_passes(seconds=65)
    await town.time_passes(seconds=5)

    async def counts() -> tuple[int, int]:
        async with town.office() as session:
            reader, now = await town.actor(session, lan), town.clock.now()
            told = await announcement_reading.received(session, reader, now)
            found = await announcement_reading.counted(session, reader, now)
            assert found == (len(told), sum(one.open for one in told))
            nobody = await queries.count_received(session, reader.person_id, town.clock.now())
            assert nobody == (0, 0)
            return found

    assert await counts() == (3, 2)
    await confirms(town, lan, first)
    assert await counts() == (3, 1)

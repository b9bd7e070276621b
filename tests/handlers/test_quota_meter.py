"""«Kênh và lượt tin»: what is seen, who may say «Thử lại», what an announcement takes, who is too many."""

import pytest

from core.announcements import NotReached
from core.quota_meter import Allowance, Stop
from core.refusals import Refusal
from core.roles import Role
from db.models import JournalRow
from services import announcement_results, quota_meter
from tests import announcing
from tests.chat import Town
from tests.handlers.announcing import drafted


def allowed(town: Town, monthly: int, reserve: int = 0, users: int = 0) -> None:
    town.allowances["zalo"] = Allowance(monthly, users, reserve)


async def test_the_office_sees_how_far_the_month_is_and_cannot_try_again(metered_town: Town) -> None:
    town = metered_town
    lan = await town.joined("Nguyễn Thị Lan", roles=(Role.OFFICE,))
    allowed(town, 3000, 500, 50)
    await lan.says("menu")
    await lan.says("luottin")
    assert "Tháng này đã gửi 1" in lan.sees
    assert "Còn 2.999/3.000 lượt (trong đó 500 dành cho nhắc hạn)" in lan.sees
    assert "Người dùng: 1/50" in lan.sees
    assert "Thử lại" not in lan.sees
    async with town.office() as session:
        actor = await town.actor(session, lan)
        with pytest.raises(Refusal):
            await quota_meter.go_on(session, actor, "zalo", town.clock.now())


async def test_somebody_of_the_staff_does_not_see_it(metered_town: Town) -> None:
    town = metered_town
    lan = await town.joined()
    await lan.says("luottin")
    assert "Còn" not in lan.sees
    assert "lượt" not in lan.sees


async def test_an_administrator_lets_a_stopped_channel_go_on(telegram_town: Town) -> None:
    town = telegram_town
    binh = await town.joined("Trần Văn Bình", roles=(Role.ADMINISTRATOR,))
    bot = binh.address.bot
    await binh.says("menu")
    async with town.office() as session:
        await quota_meter.stop(session, "telegram", bot, Stop.MISCONFIGURED, "401", town.clock.now())
        (one,) = await quota_meter.meters(session, await town.actor(session, binh), town.clock.now())
        assert one.stop is Stop.MISCONFIGURED
        await quota_meter.go_on(session, await town.actor(session, binh), "telegram", town.clock.now())
        (one,) = await quota_meter.meters(session, await town.actor(session, binh), town.clock.now())
    assert one.stop is None
    assert "channel_tried_again" in [row.verb for row in await town.rows(JournalRow)]


async def test_more_bought_lifts_our_own_count_until_the_month_is_over(metered_town: Town) -> None:
    town = metered_town
    binh = await town.joined("Trần Văn Bình", roles=(Role.ADMINISTRATOR,))
    allowed(town, 3, reserve=1)
    await binh.says("menu")
    await binh.says("luottin")
    await binh.says("menu")
    async with town.office() as session:
        await quota_meter.go_on(session, await town.actor(session, binh), "zalo", town.clock.now())
    await binh.says("luottin")
    assert "Quản trị đã cho gửi tiếp" in binh.sees


async def test_warnings_come_once_to_administrators_and_say_what_they_cost(metered_town: Town) -> None:
    town = metered_town
    binh = await town.joined("Trần Văn Bình", roles=(Role.ADMINISTRATOR,))
    lan = await town.joined("Nguyễn Thị Lan", roles=(Role.OFFICE,))
    allowed(town, 10)
    for _time in range(8):
        await lan.says("menu")
    shown = [str(one) for one in town.surface.bubbles(binh.id)]
    assert sum("đã dùng một nửa" in one for one in shown) == 1
    assert sum("80%" in one for one in shown) == 1
    assert all("Tin này cũng tính một lượt" in one for one in shown)
    assert not any("LƯỢT TIN" in str(one) for one in town.surface.bubbles(lan.id))


async def test_whoever_would_be_one_too_many_keeps_the_code(metered_town: Town) -> None:
    town = metered_town
    await town.joined("Nguyễn Thị Lan")
    allowed(town, 0, users=1)
    hoa = town.stranger("Hoa")
    code = await town.code("Lê Thị Hoa")
    await hoa.says(code)
    assert "đã đủ 1 người dùng" in hoa.sees
    allowed(town, 0, users=2)
    await hoa.says(code)
    assert "Lê Thị Hoa" in hoa.sees


async def test_before_it_goes_an_announcement_says_what_it_takes(metered_town: Town) -> None:
    town = metered_town
    office = await announcing.an_office(town)
    await town.joined("Lê Thị Lan")
    allowed(town, 3000, 500)
    await drafted(town, office)
    await office.taps("Gửi…")
    assert "Tốn 2 lượt tin Zalo; tháng này còn 2.4" in office.sees
    allowed(town, 12, 1)
    await office.says("menu")
    await town.joined("Phạm Thị Mai")
    async with town.office() as session:
        actor = await town.actor(session, office)
        ((meter, needed),) = await quota_meter.needed(session, actor, {"zalo": 300}, town.clock.now())
    assert (meter.allowance.monthly, needed) == (12, 300)


async def test_who_waits_on_a_channel_that_stands_still_is_to_be_called(metered_town: Town) -> None:
    town = metered_town
    office = await announcing.an_office(town)
    lan = await town.joined("Lê Thị Lan")
    number = await announcing.scheduled(town, office)
    allowed(town, 1, 0)
    await lan.says("menu")
    await town.time_passes(seconds=62)
    async with town.office() as session:
        actor = await town.actor(session, office)
        (missed,) = await announcement_results.to_call(session, actor, number)
        counted = await announcement_results.tally(session, actor, number)
    assert (missed.name, missed.why) == ("Lê Thị Lan", NotReached.STANDS_STILL)
    assert (counted.waiting, counted.not_reached) == (0, {NotReached.STANDS_STILL: 1})
    await town.time_passes(days=4)
    await town.time_passes(minutes=1)
    async with town.office() as session:
        actor = await town.actor(session, office)
        (missed,) = await announcement_results.to_call(session, actor, number)
    assert missed.why is NotReached.EXPIRED


async def test_a_stopped_channel_is_told_of_on_another_one(two_towns: Town) -> None:
    town = two_towns
    binh = await town.joined("Trần Văn Bình", roles=(Role.ADMINISTRATOR,))
    lan = await town.joined("Nguyễn Thị Lan", roles=(Role.OFFICE,))
    mai = await town.joined("Phạm Thị Mai")
    for _told_again in range(2):
        async with town.office() as session:
            await quota_meter.stop(session, "zalo", "bot", Stop.EXHAUSTED, "", town.clock.now())
    await town.time_passes(seconds=1)
    for one in (binh, lan):
        shown = [str(bubble) for bubble in town.surface.bubbles(one.id)]
        assert sum("Zalo báo đã hết lượt tin của tháng" in text for text in shown) == 1
    assert mai.sees == ""

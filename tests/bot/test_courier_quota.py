"""A channel with a monthly allowance: what leaves, what waits, who is told, and what survives a kill."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.app import House
from bot.channels.base import Delivery, Exhausted, Flaky, Misconfigured, Outgoing
from bot.channels.zalo import ZaloChannel
from bot.emulators.zalo import TOKEN
from core.messages import Address, Message
from core.quota_meter import Allowance
from db.models import ChannelStop, ChannelUse, OutboxRow
from services import inbox, outbox, quota_meter
from services.inbox import Arrival
from services.outbox import Lane
from tests.chat import Town

BOT = TOKEN.partition(":")[0]
PEOPLE = range(5001, 5040)


@pytest.fixture
def town(metered_town: Town) -> Town:
    """A town on a platform that counts, where these people have written before."""
    for chat in PEOPLE:
        metered_town.surface.knows(chat)
    return metered_town


def allowed(town: Town, monthly: int, reserve: int = 0, *, counts_received: bool = False) -> None:
    town.allowances["zalo"] = Allowance(monthly, 0, reserve, counts_received)


async def queued(town: Town, house: House, chats: range, lane: Lane = Lane.NOTICE) -> None:
    async with house.transactions() as session:
        for chat in chats:
            to = Address("zalo", BOT, str(chat))
            await outbox.post(session, to, Message(body=f"Tin cho {chat}"), lane, town.clock.now())


async def reminded(town: Town, house: House, chat: int) -> None:
    now = town.clock.now()
    async with house.transactions() as session:
        notice = (Address("zalo", BOT, str(chat)), Message(body="Nhắc hạn"), f"nudge:{chat}:{now}")
        await outbox.post_until(session, [notice], now, now + timedelta(days=1))


async def empty(house: House) -> None:
    await house.couriers["zalo"].empty()


async def used(town: Town) -> list[tuple[str, int, int]]:
    return [(row.month, row.sent, row.received) for row in await town.rows(ChannelUse)]


async def states(town: Town) -> list[str]:
    return [row.state for row in await town.rows(OutboxRow)]


def heard(town: Town) -> list[str]:
    """Everything these people got."""
    return [bubble.text for chat in PEOPLE for bubble in town.surface.bubbles(chat)]


@asynccontextmanager
async def answering(monkeypatch: pytest.MonkeyPatch, *outcomes: Delivery | None) -> AsyncIterator[None]:
    """The platform answers so, one call after the other (None: as ever), and then as ever."""
    deliver, story = ZaloChannel.deliver, list(outcomes)

    async def told(channel: ZaloChannel, outgoing: Outgoing) -> Delivery:
        found = story.pop(0) if story else None
        return await deliver(channel, outgoing) if found is None else found

    with monkeypatch.context() as patch:
        patch.setattr(ZaloChannel, "deliver", told)
        yield


async def test_what_is_in_flight_counts_and_the_reserve_is_left_to_reminders(town: Town) -> None:
    allowed(town, 10, reserve=4)
    async with town.house() as house:
        await queued(town, house, range(5001, 5021))
        await empty(house)
        assert await used(town) == [("2026-11", 6, 0)]
        assert (await states(town)).count("queued") == 14

        for chat in (5001, 5020, 5030, 5031, 5032):
            await reminded(town, house, chat)
        await empty(house)
    assert await used(town) == [("2026-11", 10, 0)]
    assert heard(town).count("Nhắc hạn") == 4
    assert (await states(town)).count("queued") == 15


async def test_two_couriers_together_send_no_more_than_one(town: Town) -> None:
    allowed(town, 7)
    async with town.house() as one, town.house() as other:
        await queued(town, one, range(5001, 5021))
        for house in (one, other, one, other):
            await empty(house)
    assert len(heard(town)) == 7


async def test_next_month_everything_goes_on_by_itself(town: Town) -> None:
    allowed(town, 2)
    town.clock.move(seconds=(datetime(2026, 11, 30, 16, 59, tzinfo=UTC) - town.clock.now()).total_seconds())
    async with town.house() as house:
        await queued(town, house, range(5001, 5004))
        await empty(house)
        assert len(heard(town)) == 2
        town.clock.move(minutes=2)
        await empty(house)
    assert len(heard(town)) == 3
    assert await used(town) == [("2026-11", 2, 0), ("2026-12", 1, 0)]


async def test_what_nobody_knows_the_end_of_counts_and_what_did_not_leave_does_not(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed(town, 100)
    lost, refused = Flaky(certain=False, why="timeout"), Flaky(certain=True, why="no connection")
    async with town.house() as house, answering(monkeypatch, lost, refused):
        await queued(town, house, range(5001, 5004))
        await empty(house)
        assert await used(town) == [("2026-11", 2, 0)]
        town.clock.move(minutes=5)
        await empty(house)
    assert await used(town) == [("2026-11", 4, 0)]


@pytest.mark.parametrize("point", ["before_sent_commit", "after_sent_commit"])
async def test_a_kill_counts_what_may_have_arrived_once(
    town: Town, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    allowed(town, 100)

    class KilledError(BaseException):
        pass

    def die(reached: str) -> None:
        if reached == f"courier.{point}":
            raise KilledError

    async with town.house() as house:
        await queued(town, house, range(5001, 5002))
        with monkeypatch.context() as patch:
            patch.setattr("bot.courier.crashpoint", die)
            with pytest.raises((KilledError, BaseExceptionGroup)):
                await empty(house)
    async with town.house() as house:
        await house.couriers["zalo"].recover()
        await empty(house)
    (row,) = await town.rows(OutboxRow)
    assert await used(town) == [("2026-11", 1 + row.repeats, 0)]
    assert len(heard(town)) == 1 + row.repeats


async def test_what_is_on_record_already_is_not_counted_again(town: Town) -> None:
    allowed(town, 100)
    async with town.house() as house:
        await queued(town, house, range(5001, 5002))
        await empty(house)
        (row,) = await town.rows(OutboxRow)
        async with house.transactions() as session:
            await quota_meter.count_sent(session, "zalo", BOT, [row.id or 0], town.clock.now())
    assert await used(town) == [("2026-11", 1, 0)]


async def test_whoever_writes_is_told_once_and_nothing_is_lost(town: Town) -> None:
    lan = await town.joined()
    await lan.says("menu")
    allowed(town, 3, reserve=2)
    await lan.says("menu")
    assert "đã hết lượt trả lời tự động" in lan.sees
    assert "Việc anh/chị đã gửi không mất" in lan.sees
    await lan.says("menu")
    assert lan.sees == ""
    assert await used(town) == [("2026-11", 2, 3)]
    waiting = [row for row in await town.rows(OutboxRow) if row.state == "queued"]
    assert waiting
    town.clock.move(days=10)
    await lan.says("menu")
    assert "VIỆC CỦA TÔI" in lan.sees


async def test_what_comes_in_counts_where_it_does_and_once(town: Town) -> None:
    allowed(town, 100, counts_received=True)
    arrival = Arrival("zalo", BOT, "7", "5001", "{}")
    async with town.house() as house:
        for _again in range(2):
            async with house.transactions() as session:
                await inbox.receive(session, [arrival, arrival], town.clock.now())
        async with house.transactions() as session:
            leave = await quota_meter.leave(session, "zalo", BOT, town.clock.now())
    assert await used(town) == [("2026-11", 0, 1)]
    assert leave.count == 99


async def test_the_platforms_own_word_stops_until_the_month_is_over(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed(town, 1000)
    async with town.house() as house, answering(monkeypatch, Exhausted()):
        await queued(town, house, range(5001, 5003))
        await empty(house)
        assert "queued" in await states(town)
    async with town.house() as house:
        await house.couriers["zalo"].recover()
        sent = len(heard(town))
        await queued(town, house, range(5003, 5009))
        await empty(house)
        assert len(heard(town)) == sent
        town.clock.move(seconds=(datetime(2026, 12, 1, 0, 0, tzinfo=UTC) - town.clock.now()).total_seconds())
        await empty(house)
    assert set(await states(town)) == {"sent"}


async def test_a_refused_token_stops_until_a_restart(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    async with town.house() as house, answering(monkeypatch, Misconfigured("401")):
        await queued(town, house, range(5001, 5002))
        await empty(house)
        town.clock.move(hours=5)
        await empty(house)
        assert heard(town) == []
        (stop,) = await town.rows(ChannelStop)
        assert (stop.why, stop.until) == ("misconfigured", None)
    async with town.house() as house:
        await house.couriers["zalo"].recover()
        await empty(house)
    assert heard(town) == ["Tin cho 5001"]

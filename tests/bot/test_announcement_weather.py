"""An announcement in any weather: a bad day of the platform, its limits, its outages; answers beside it."""

import asyncio
import itertools
import random
from bisect import bisect_left
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.app import House
from bot.clock import SystemClock
from bot.emulators.telegram import ApiAnswer, BotApi, Limits
from bot.pace import PaceLimits
from core.announcements import NotReached, State
from core.messages import Address, Message
from services import outbox
from tests.bot import staff
from tests.bot.announced import SHORT, Announced, at_rest
from tests.bot.hurried import HurriedClock, in_a_hurry
from tests.bot.unruly import Unruly

PACE = PaceLimits()
#: What a strict server bears.
STRICT = Limits(overall_per_second=30, chat_per_second=1)


@asynccontextmanager
async def leaving(announced: Announced, limits: PaceLimits) -> AsyncIterator[House]:
    """Whoever carries messages and runs errands is at work."""
    channel = staff.telegram_over(announced.api)
    plan = replace(
        staff.plan_over(announced.folder, channel, announced.clock),
        limits=limits,
        announcements=staff.AT_ONCE,
    )
    async with at_rest(plan) as house, asyncio.TaskGroup() as tasks:
        await house.recover()
        stopping = asyncio.Event()
        tasks.create_task(house.errands.run(stopping))
        for courier in house.couriers.values():
            tasks.create_task(courier.run(stopping))
        try:
            yield house
        finally:
            stopping.set()
            house.errands.nudge()
            for courier in house.couriers.values():
                courier.nudge()


async def finished(announced: Announced, hours: float) -> None:
    """Until it has ended, within so many hours of its own time."""
    async with asyncio.timeout(hours * 3600):
        while announced.state is not State.FINISHED:  # noqa: ASYNC110 - it is the database's state we wait for
            await asyncio.sleep(5)


def a_bad_day(folder: Path, *, seed: int, people: int) -> int:
    """Two messages for each of so many people on a bad day; how many copies too many, all explained."""

    async def story() -> int:
        clock = HurriedClock()
        api = Unruly(clock.now, seed)
        announced = Announced(folder, people, clock=clock, api=api)
        await announced.prepare()
        async with leaving(announced, PACE):
            await finished(announced, 48)
        meant = announced.meant()
        told: dict[int, list[str]] = {chat: [] for chat in announced.chats}
        for entry in api.ledger.sent():
            assert entry.chat_id is not None
            told[api.home_of(entry.chat_id)].append(entry.text)
        repeated = 0
        for chat, texts in told.items():
            assert sorted(texts, key=meant.index) == texts
            assert chat in api.blocked or set(texts) == set(meant)
            for text in set(texts):
                assert texts.count(text) - 1 <= api.unclear[chat, text]
                repeated += texts.count(text) - 1
        assert api.inside_pauses == 0
        assert api.ledger.flight.chat_overlaps == 0
        tally = await announced.tally()
        assert (tally.total, tally.waiting) == (people, 0)
        assert tally.not_reached.get(NotReached.UNREACHABLE, 0) == len(api.blocked)
        assert tally.sent == people - len(api.blocked)
        assert repeated <= sum(api.unclear.values())
        return repeated

    return in_a_hurry(story)


@dataclass(frozen=True, slots=True)
class Speed:
    """The most that left within one second, how many were refused, and the part of the pace that was kept."""

    busiest: int
    refused: int
    kept: float


def limits_are_kept(folder: Path, *, people: int) -> Speed:
    """An announcement at the pace of the house, to a server that refuses what is too fast."""

    async def story() -> Speed:
        clock = HurriedClock()
        api = BotApi(clock.now, limits=STRICT)
        api.latency = 0.05
        announced = Announced(folder, people, SHORT, clock, api)
        await announced.prepare()
        async with leaving(announced, PACE):
            await finished(announced, 1)
        assert await announced.settled() == 0
        moments = [entry.at.timestamp() for entry in announced.arrived]
        rate = (len(moments) - 1) / (moments[-1] - moments[0])
        refused = sum(entry.told == 429 for entry in api.ledger.entries)
        return Speed(busiest(moments, 1.0), refused, rate / PACE.bulk)

    return in_a_hurry(story)


def busiest(moments: list[float], seconds: float) -> int:
    """The most that left within any stretch of so many seconds."""
    return max(bisect_left(moments, start + seconds) - place for place, start in enumerate(moments))


class Feeling(BotApi):
    """Notes when somebody tries in vain."""

    def __init__(self, clock: HurriedClock) -> None:
        super().__init__(clock.now)
        self.in_vain: list[datetime] = []

    async def call(self, method: str, *told: Mapping[str, object]) -> ApiAnswer:
        if self.outage:
            self.in_vain.append(self.server.clock())
        return await super().call(method, *told)  # type: ignore[arg-type]  # handed on as it came


def kilobytes() -> int:
    """What this process holds in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4


@dataclass(frozen=True, slots=True)
class Outage:
    """How often somebody tried in vain, the shortest while between two tries, and what memory grew by."""

    tries: int
    shortest: float
    grown: int


def an_outage(folder: Path, *, people: int, hours: float) -> Outage:
    """Telegram is gone for hours in the middle of it; some notices are worth nothing afterwards."""

    async def story() -> Outage:
        clock = HurriedClock()
        api = Feeling(clock)
        announced = Announced(folder, people, clock=clock, api=api)
        await announced.prepare()
        async with leaving(announced, PACE) as house:
            while len(api.ledger.entries) < people // 2:  # noqa: ASYNC110 - it is the platform's state we wait for
                await asyncio.sleep(0.1)
            api.outage, now = True, clock.now()
            others = range(1, 21)
            for life, word in ((hours * 0.5, "bad"), (hours * 2, "good")):
                async with house.transactions() as session:
                    notices = [
                        (Address("telegram", staff.BOT, str(chat)), Message(body=word), f"{word}:{chat}")
                        for chat in others
                    ]
                    await outbox.post_until(session, notices, now, now + timedelta(hours=life))
            for chat in others:
                api.introduce(chat)
            await asyncio.sleep(60)
            before, memory = len(api.in_vain), kilobytes()
            await asyncio.sleep(hours * 3600 - 60)
            api.outage, grown = False, kilobytes() - memory
            await finished(announced, 1)
        tries = api.in_vain[before:]
        told = announced.told()
        meant = announced.meant()
        assert all(told[chat] == meant for chat in announced.chats)
        assert all([entry.text for entry in api.ledger.sent(chat)] == ["good"] for chat in others)
        with staff.opened(folder) as database:
            expired = database.execute("SELECT once FROM outbox WHERE state = 'expired'").fetchall()
            (left,) = database.execute("SELECT count(*) FROM outbox WHERE state != 'sent'").fetchone()
        assert sorted(expired) == sorted((f"bad:{chat}:0",) for chat in others)
        assert left == len(expired)
        gaps = [(after - one).total_seconds() for one, after in itertools.pairwise(tries)]
        return Outage(len(tries), min(gaps), grown)

    return in_a_hurry(story)


async def answers_are_quick(folder: Path, *, people: int, answers: int, apart: float) -> list[float]:
    """Somebody writes while an announcement leaves; after how many seconds each was answered, sorted."""
    clock, rng = SystemClock(), random.Random(1)
    api = BotApi(clock.now, limits=STRICT)
    api.latency = 0.03
    announced = Announced(folder, people, SHORT, clock, api)
    await announced.prepare()
    plan = staff.plan_over(folder, staff.telegram_over(api, poll_timeout=25), clock)
    waits = []
    async with staff.running(replace(plan, limits=PACE, announcements=staff.AT_ONCE)):
        await staff.eventually(lambda: api.ledger.entries, within=60)
        for place in range(answers):
            await asyncio.sleep(rng.uniform(apart * 0.5, apart * 1.5))
            chat = 1 + place
            api.user_says(chat, "/menu")
            asked_at = asyncio.get_running_loop().time()
            await staff.eventually(lambda chat=chat: api.ledger.sent(chat))  # type: ignore[misc]  # a lambda with a default
            waits.append(asyncio.get_running_loop().time() - asked_at)
        assert announced.state is State.RUNNING
    assert all(entry.told == 200 for entry in api.ledger.entries)
    return sorted(waits)


def at_most(waits: list[float], share: float) -> float:
    """Within how many seconds so many of a hundred were answered."""
    return waits[min(len(waits) - 1, int(len(waits) * share))]


@pytest.mark.parametrize("seed", [20261122])
def test_on_a_bad_day_nothing_is_lost_and_every_repetition_has_its_reason(seed: int, tmp_path: Path) -> None:
    a_bad_day(tmp_path, seed=seed, people=40)


def test_the_pace_is_kept_and_never_exceeded(tmp_path: Path) -> None:
    speed = limits_are_kept(tmp_path, people=150)
    assert speed.busiest <= 30
    assert speed.refused == 0
    assert speed.kept >= 0.95


def test_after_an_outage_of_hours_everything_arrives_that_is_still_worth_it(tmp_path: Path) -> None:
    outage = an_outage(tmp_path, people=40, hours=0.1)
    assert outage.tries <= 0.1 * 3600 / 5
    assert outage.grown <= 20_000


async def test_answers_do_not_wait_for_an_announcement(tmp_path: Path) -> None:
    waits = await answers_are_quick(tmp_path, people=200, answers=6, apart=0.2)
    assert at_most(waits, 0.95) <= 0.5

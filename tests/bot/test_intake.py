"""Messages in: stored, then confirmed; each chat in its order; a bad one delays nobody but its own chat."""

import asyncio
import json
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import logs
from bot.app import House, open_house
from bot.channels.telegram import TelegramChannel
from bot.emulators.telegram import BotApi, Fault
from bot.emulators.telegram_request import EmulatorRequest
from core.messages import Incoming
from core.roles import Role
from tests import builders, databases
from tests.bot import staff
from tests.bot.recorded import HUNG, LAN
from tests.bot.refusing import EVERYTHING, refusing_to_write
from tests.bot.restored import logging_restored
from tests.bot.staff import eventually, plan_over, running, take_in, telegram_over
from tests.fakes import FrozenClock

BAD = "tin gây lỗi"


class Stumbling(TelegramChannel):
    """Telegram as it is, but over some messages we stumble, as over a fault of our own."""

    def parse(self, raw: str) -> Incoming | None:
        if json.loads(raw).get("message", {}).get("text") == BAD:
            raise RuntimeError(BAD)
        return super().parse(raw)


@dataclass
class Office:
    """A database, its Telegram, and a clock in our hand."""

    folder: Path
    api: BotApi
    clock: FrozenClock

    @asynccontextmanager
    async def house(self) -> AsyncIterator[House]:
        """A house for the test to drive."""
        request = EmulatorRequest(self.api)
        channel = Stumbling(self.api.token, request=request, poll_request=request, poll_timeout=0)
        await databases.empty(self.folder / "bot.db")
        house = await open_house(plan_over(self.folder, channel, self.clock))
        try:
            await house.recover()
            yield house
        finally:
            await house.close()

    def tell(self, query: str) -> list[tuple[object, ...]]:
        """What the database says."""
        with staff.opened(self.folder) as database:
            return database.execute(query).fetchall()

    def dies_at_work(self, *, alone: bool = False) -> None:
        """Leave the database as a death does while everything that waits is being worked on."""
        with closing(sqlite3.connect(self.folder / "bot.db")) as database:
            database.execute("UPDATE inbox SET state = 'working', alone = ? WHERE state = 'new'", [alone])
            database.commit()

    @property
    def inbox(self) -> list[tuple[object, ...]]:
        return self.tell("SELECT state, errors, crashes, lone_crashes FROM inbox ORDER BY id")

    def answers(self, chat: int) -> list[str]:
        """What was posted for a chat."""
        rows = self.tell(f"SELECT payload FROM outbox WHERE chat = '{chat}' ORDER BY id")
        return [str(payload) for (payload,) in rows]


@pytest.fixture(autouse=True)
def _unlogged() -> Iterator[None]:
    """Failures are meant here; writing each of them down takes its time."""
    with logging_restored():
        logs.configure()
        yield


@pytest.fixture
async def office(tmp_path: Path, clock: FrozenClock) -> Office:
    """An office of twenty people."""
    api = BotApi(clock.now)
    house = await staff.house_over(tmp_path, api, clock)
    await staff.enlist(house, range(LAN, LAN + 20))
    await house.close()
    return Office(tmp_path, api, clock)


async def test_each_chat_is_answered_in_its_order_several_chats_at_a_time(office: Office) -> None:
    for line in ("/tudanhgia", "menu", "/taikhoan"):
        for chat in range(LAN, LAN + 20):
            office.api.user_says(chat, line)
    async with office.house() as house:
        await take_in(house)
        taken = []
        while count := await house.door.work():
            taken.append(count)
    assert max(taken) == 16
    assert sum(taken) == 60
    for chat in range(LAN, LAN + 20):
        first, second, third = office.answers(chat)
        assert "Tự đánh giá" in first
        assert "Việc của tôi" in second
        assert "Tài khoản" in third


async def test_a_stumble_is_tried_again_at_once_then_after_five_seconds_then_given_up(
    office: Office,
) -> None:
    async with office.house() as house:
        async with house.transactions() as session:
            await builders.a_person(
                session, 1, office.clock.now(), name="Quản trị", code="QT", roles=(Role.ADMINISTRATOR,)
            )
        office.api.user_says(LAN, BAD)
        office.api.user_says(LAN, "menu")
        await take_in(house)
        assert await house.door.work() == 1
        assert office.inbox[0] == ("new", 1, 0, 0)
        assert await house.door.work() == 1
        assert office.inbox[0] == ("new", 2, 0, 0)
        assert await house.door.work() == 0
        office.clock.move(seconds=4.9)
        assert await house.door.work() == 0
        office.clock.move(seconds=0.2)
        assert await house.door.work() == 1
        assert office.inbox == [("dead", 2, 0, 0), ("new", 0, 0, 0)]
        assert await house.door.work() == 1
    apology, menu = office.answers(LAN)
    ((case,),) = office.tell("SELECT case_code FROM inbox WHERE state = 'dead'")
    assert str(case) in apology
    assert "Việc của tôi" in menu
    assert office.tell("SELECT verb, subject FROM journal WHERE actor = 'house' AND verb = 'gave_up'") == [
        ("gave_up", "inbox:1")
    ]


async def test_who_is_in_the_same_group_as_a_stumble_is_answered_once(office: Office) -> None:
    for chat in range(LAN, LAN + 16):
        office.api.user_says(chat, BAD if chat == LAN + 7 else "/tudanhgia")
    async with office.house() as house:
        await take_in(house)
        assert await house.door.work() == 16
    assert office.tell("SELECT state, count(*) FROM inbox GROUP BY state") == [("done", 15), ("new", 1)]
    assert office.tell("SELECT count(*) FROM assessment") == [(15,)]
    assert office.tell("SELECT count(*), count(DISTINCT chat) FROM outbox") == [(15, 15)]
    assert office.tell("SELECT count(*) FROM journal WHERE verb = 'began'") == [(15,)]


async def test_others_go_on_while_one_chat_waits(office: Office) -> None:
    async with office.house() as house:
        office.api.user_says(LAN, BAD)
        for _ in range(50):
            office.api.user_says(HUNG, "menu")
        await take_in(house)
        while await house.door.work():
            pass
    assert office.tell("SELECT count(*) FROM inbox WHERE state = 'done'") == [(50,)]


async def test_after_a_death_what_was_there_is_tried_one_by_one(office: Office) -> None:
    async with office.house() as house:
        for chat in range(LAN, LAN + 16):
            office.api.user_says(chat, "menu")
        await take_in(house)
    office.dies_at_work()
    async with office.house() as house:
        for chat in range(LAN + 16, LAN + 20):
            office.api.user_says(chat, "menu")
        await take_in(house)
        assert [await house.door.work() for _ in range(18)] == [1] * 16 + [4, 0]
    assert office.inbox == [("done", 0, 1, 0)] * 16 + [("done", 0, 0, 0)] * 4


async def test_what_was_there_at_three_deaths_waits_for_a_quiet_moment(office: Office) -> None:
    async with office.house() as house:
        office.api.user_says(LAN, "menu")
        await take_in(house)
    for _ in range(3):
        office.dies_at_work()
        async with office.house():
            pass
    async with office.house() as house:
        office.api.user_says(HUNG, "menu")
        await take_in(house)
        assert await house.door.work() == 1
        assert office.inbox == [("new", 0, 3, 0), ("done", 0, 0, 0)]
        assert await house.door.work() == 1
    assert office.inbox == [("done", 0, 3, 0), ("done", 0, 0, 0)]
    assert len(office.answers(LAN)) == 1


async def test_in_a_quiet_moment_all_suspects_are_tried_the_least_suspect_first(office: Office) -> None:
    async with office.house() as house:
        for line in ("menu", "/taikhoan"):
            for chat in range(LAN, LAN + 5):
                office.api.user_says(chat, line)
        await take_in(house)
    with closing(sqlite3.connect(office.folder / "bot.db")) as database:
        database.execute("UPDATE inbox SET crashes = 3, lone_crashes = (id = 1) WHERE id <= 5")
        database.commit()
    async with office.house() as house:
        assert [await house.door.work() for _ in range(4)] == [1] * 4
        assert office.tell("SELECT id FROM inbox WHERE state = 'new' AND crashes = 3") == [(1,)]
        assert [await house.door.work() for _ in range(3)] == [1, 5, 0]


async def test_only_three_deaths_alone_convict(office: Office) -> None:
    async with office.house() as house:
        office.api.user_says(LAN, "xin chào")
        office.api.user_says(LAN, "menu")
        await take_in(house)
    with closing(sqlite3.connect(office.folder / "bot.db")) as database:
        database.execute("UPDATE inbox SET crashes = 3 WHERE id = 1")
        database.commit()
    for lone in range(3):
        assert office.inbox[0] == ("new", 0, 3, lone)
        with closing(sqlite3.connect(office.folder / "bot.db")) as database:
            database.execute("UPDATE inbox SET state = 'working', alone = 1 WHERE id = 1")
            database.commit()
        async with office.house() as house:
            pass
    assert office.inbox == [("dead", 0, 3, 3), ("new", 0, 0, 0)]
    async with office.house() as house:
        while await house.door.work():
            pass
    apology, menu = office.answers(LAN)
    assert "mã sự cố" in apology
    assert "Việc của tôi" in menu


async def test_a_suspect_is_tried_in_the_end_though_it_never_gets_quiet(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with office.house() as house:
        office.api.user_says(LAN, "menu")
        await take_in(house)
    with closing(sqlite3.connect(office.folder / "bot.db")) as database:
        database.execute("UPDATE inbox SET crashes = 3")
        database.commit()
    request = EmulatorRequest(office.api)
    channel = Stumbling(office.api.token, request=request, poll_request=request, poll_timeout=0)
    plan = plan_over(office.folder, channel, office.clock)
    real = time.monotonic
    ahead = 0.0
    monkeypatch.setattr(time, "monotonic", lambda: real() + ahead)
    house = await open_house(plan)
    waited = 0
    while office.tell("SELECT state FROM inbox WHERE id = 1") == [("new",)]:
        office.api.user_says(HUNG, "menu")
        await take_in(house)
        assert await house.door.work() == 1
        ahead += 5
        waited += 1
        assert waited < 30
    await house.close()
    assert waited * 5 <= 70


async def test_nothing_is_confirmed_while_it_cannot_be_stored(office: Office) -> None:
    office.api.user_says(LAN, "menu")
    plan = plan_over(office.folder, telegram_over(office.api, poll_timeout=25), office.clock)
    house = await open_house(plan)
    stopping = asyncio.Event()
    async with refusing_to_write(house), asyncio.TaskGroup() as tasks:
        running_house = tasks.create_task(house.run(stopping))
        await asyncio.sleep(0.3)
        assert not running_house.done()
        assert office.api.confirmed == 0
        assert office.inbox == []
        stopping.set()
    await house.close()
    assert len(office.api.pending) == 1


@pytest.mark.parametrize(
    "refused",
    [EVERYTHING, EVERYTHING[1:], EVERYTHING[2:3], EVERYTHING[3:]],
    ids=["everything", "all but what comes in", "answers", "what became of answers"],
)
async def test_a_full_disk_is_waited_out_without_a_restart(refused: tuple[str, ...], office: Office) -> None:
    plan = plan_over(office.folder, telegram_over(office.api, poll_timeout=25), office.clock)
    async with running(plan) as house:
        office.api.user_says(LAN, "menu")
        await eventually(lambda: len(office.api.ledger.sent(LAN)) == 1)
        async with refusing_to_write(house, *refused):
            for chat in range(LAN, LAN + 20):
                office.api.user_says(chat, "/tudanhgia")
            await asyncio.sleep(0.5)
        office.clock.move(seconds=40)
        await eventually(lambda: len(office.api.ledger.sent()) == 21)
    assert {(row[0], *row[2:]) for row in office.inbox} == {("done", 0, 0)}
    assert office.tell("SELECT DISTINCT state, repeats FROM outbox") == [("sent", 0)]
    assert office.tell("SELECT count(*) FROM journal WHERE verb = 'began'") == [(20,)]
    assert office.tell("PRAGMA integrity_check") == [("ok",)]


TROUBLES = {
    "the line is cut": Fault("getUpdates", drop=True),
    "a gateway speaks": Fault("getUpdates", status=502, raw=b"<html>"),
    "no JSON": Fault("getUpdates", raw=b"<html>"),
    "no list": Fault("getUpdates", raw=b'{"ok":true,"result":{"a":1}}'),
    "things that are no updates": Fault("getUpdates", raw=b'{"ok":true,"result":[1,null,"a",[]]}'),
    "another shape": Fault("getUpdates", raw=b"[]"),
    "bottomless": Fault("getUpdates", raw=b'{"ok":true,"result":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    "another process polls": Fault("getUpdates", status=409, description="Conflict: terminated"),
    "the token is refused": Fault("getUpdates", status=401, description="Unauthorized"),
    "too fast": Fault("getUpdates", status=429, description="Too Many", parameters={"retry_after": 1}),
}


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_trouble_with_the_platform_is_waited_out(trouble: str, office: Office) -> None:
    fault = TROUBLES[trouble]
    office.api.faults.add(Fault(**{name: getattr(fault, name) for name in Fault.__dataclass_fields__}))
    office.api.user_says(LAN, "menu")
    plan = plan_over(office.folder, telegram_over(office.api, poll_timeout=25), office.clock)
    async with running(plan):
        await eventually(lambda: office.api.ledger.sent(LAN), within=5)
    assert office.inbox == [("done", 0, 0, 0)]


async def test_a_house_that_is_told_to_stop_leaves_nothing_half_done(office: Office) -> None:
    for round_ in range(6):
        plan = plan_over(office.folder, telegram_over(office.api, poll_timeout=25), office.clock)
        async with running(plan):
            for chat in range(LAN, LAN + 20):
                office.api.user_says(chat, "menu")
            await asyncio.sleep(0.02 * round_)
        assert office.tell("SELECT count(*) FROM inbox WHERE state = 'working'") == [(0,)]
        assert office.tell("SELECT count(*) FROM outbox WHERE state = 'sending'") == [(0,)]
    assert {row[1:] for row in office.inbox} == {(0, 0, 0)}
    assert office.tell("SELECT sum(repeats) FROM outbox") == [(0,)]

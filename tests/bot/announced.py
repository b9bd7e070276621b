"""A real announcement for many people while the process is stopped or killed; judged by the ledger."""

import asyncio
import random
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from bot.app import House, Plan, open_house
from bot.channels.telegram_render import text_of
from bot.clock import Clock, SystemClock
from bot.emulators.telegram import BotApi, LedgerEntry
from bot.emulators.telegram_server import serving
from core.announcement_content import Content
from core.announcements import Audience, State, Tally
from core.messages import Address, Message
from core.roles import Role
from db.models import Account, Person, RoleGrant
from db.queries import announcement_results as result_queries
from services import announcements, people
from tests import builders, databases
from tests.bot import staff
from tests.bot.lives import Life, LifeServer, Plot

IN_FLIGHT = 4
FIRST = 1001
#: The author's chat, on a channel that is not served here: no card of progress stands in between.
AUTHOR = Address("elsewhere", "1", "1")
SHORT = Content("Họp triển khai", "Đúng 08:00 thứ Ba tại hội trường.", wants_reading=True)
#: Longer than one message on Telegram.
LONG = replace(SHORT, body="\n\n".join(f"{place}. " + "Việc cần làm. " * 60 for place in range(1, 8)))


@asynccontextmanager
async def at_rest(plan: Plan) -> AsyncIterator[House]:
    """A house in which nothing goes on by itself."""
    await databases.empty(plan.data_dir / "bot.db")
    house = await open_house(plan)
    try:
        yield house
    finally:
        await house.close()


@dataclass
class Announced:
    """An announcement to so many people, one chat each; what the judge saw after each death."""

    folder: Path
    people: int
    content: Content = LONG
    clock: Clock = field(default_factory=SystemClock)
    api: BotApi = field(default_factory=lambda: BotApi(SystemClock().now))
    number: int = 0
    beyond_bound: int = 0
    halves: int = 0
    stops: list[float] = field(default_factory=list)
    takeovers: list[float] = field(default_factory=list)

    @property
    def chats(self) -> range:
        """Where its people are written to."""
        return range(FIRST, FIRST + self.people)

    @asynccontextmanager
    async def house(self) -> AsyncIterator[House]:
        """The house, with nothing going on in it by itself."""
        plan = staff.plan_over(self.folder, staff.telegram_over(self.api), self.clock)
        async with at_rest(replace(plan, announcements=staff.AT_ONCE)) as house:
            yield house

    async def prepare(self) -> None:
        """Everybody is on the list, and the announcement is to leave as soon as somebody looks."""
        now = self.clock.now()
        async with self.house() as house:
            async with house.transactions() as session:
                await builders.the_plan(session, now)
                unit = await builders.a_unit(session)
                author = await builders.a_person(session, unit, now, code="VP", roles=(Role.OFFICE,))
                where = AUTHOR
                session.add(
                    Account(
                        person_id=author,
                        channel=where.channel,
                        bot=where.bot,
                        chat=where.chat,
                        linked_at=now,
                    )
                )
                for chat in self.chats:
                    self.api.introduce(chat)
                staffed = [
                    Person(
                        staff_code=f"NV{chat}",
                        name=f"Lê Thị {chat}",
                        folded=f"le thi {chat}",
                        unit_id=unit,
                        created_at=now,
                        updated_at=now,
                    )
                    for chat in self.chats
                ]
                session.add_all(staffed)
                await session.flush()
                for chat, person in zip(self.chats, staffed, strict=True):
                    assert person.id is not None
                    since = builders.LONG_AGO
                    session.add(
                        RoleGrant(person_id=person.id, role=Role.STAFF.value, unit_id=unit, since=since)
                    )
                    session.add(
                        Account(
                            person_id=person.id,
                            channel="telegram",
                            bot=staff.BOT,
                            chat=str(chat),
                            linked_at=now,
                        )
                    )
            async with house.transactions() as session:
                actor = (await people.identify(session, [where], now))[where]
                audience = Audience(roles=frozenset({Role.STAFF}))
                self.number = await announcements.begin(session, actor, self.content, now, audience)
                sent = await announcements.send(session, actor, self.number, now)
                assert sent.state is State.SCHEDULED

    async def go(self, lives: LifeServer, seed: int, deaths: int, *, gently: bool = False) -> None:
        """Kill (or stop) the process so many times on the way, then let it finish.

        The first tenth of the kills comes while the announcement is on its way into the outbox.
        """
        rng = random.Random(seed)
        early = 0 if gently else deaths // 10
        async with serving(self.api) as address:
            plot = Plot(str(self.folder), address, in_flight=IN_FLIGHT)
            for death in range(deaths):
                self.api.latency = rng.uniform(0.002, 0.030)
                life = await lives.begin(plot)
                if death < early:
                    await life.dies(rng.uniform(0.02, 0.2))
                else:
                    whole = self.people * self.calls
                    await self._until((death - early + 1) * whole // (deaths - early + 1) + rng.randrange(4))
                await (self._stop(life) if gently else self._kill(life))
            life = await lives.begin(plot)
            await self.finished(life)
            assert await life.stop() == 0

    async def take_turns(self, lives: LifeServer, seed: int, rounds: int) -> None:
        """So many times another process is started: beside a living one, or while that one is killed."""
        rng = random.Random(seed)
        async with serving(self.api) as address:
            plot = Plot(str(self.folder), address, in_flight=IN_FLIGHT)
            life = await lives.begin(plot)
            for turn in range(rounds):
                self.api.latency = rng.uniform(0.002, 0.015)
                await self._until((turn + 1) * self.people * self.calls // (rounds + 1))
                if turn % 2:
                    second = await lives.begin(plot)
                    assert await second.dies(10) == 70
                    assert not life.ended.done()
                    continue
                polls = self.api.ledger.counts["getUpdates"]
                _, second = await asyncio.gather(self._kill(life), lives.begin(plot))
                died_at = time.monotonic()
                while True:
                    await staff.eventually(
                        lambda one=second, polls=polls: (  # type: ignore[misc]  # a lambda with defaults
                            one.ended.done() or self.api.ledger.counts["getUpdates"] > polls
                        )
                    )
                    if not second.ended.done():
                        break
                    second = await lives.begin(plot)
                self.takeovers.append(time.monotonic() - died_at)
                life = second
            await self.finished(life)
            assert await life.stop() == 0

    async def _until(self, goal: int) -> None:
        await staff.eventually(lambda: len(self.api.ledger.entries) >= goal, within=60)

    async def finished(self, life: Life) -> None:
        """Until it has ended, in a life that does not."""
        async with asyncio.timeout(300):
            while self.state is not State.FINISHED:
                assert await life.dies(0.05) is None

    async def _stop(self, life: Life) -> None:
        began = time.monotonic()
        assert await life.stop() == 0
        self.stops.append(time.monotonic() - began)
        self._judge()

    async def _kill(self, life: Life) -> None:
        assert await life.kill() == -signal.SIGKILL
        self._judge()

    def _judge(self) -> None:
        """What was accepted and not noted as sent may be repeated: no more than was in flight.

        And whoever it is in the outbox for has all of it there.
        """
        rows = self.tell(f"SELECT state, count(*) FROM outbox WHERE batch = {self.number} GROUP BY state")
        counted = Counter({str(state): int(str(count)) for state, count in rows})
        arrived = len({(entry.chat_id, entry.text) for entry in self.arrived})
        self.beyond_bound += arrived - counted["sent"] > IN_FLIGHT or counted["sending"] > IN_FLIGHT
        if counted:
            self.halves += counted.total() % self.calls != 0

    def tell(self, query: str) -> list[tuple[object, ...]]:
        """What the database says."""
        with staff.opened(self.folder) as database:
            return database.execute(query).fetchall()

    @property
    def state(self) -> State:
        """How it stands."""
        ((state,),) = self.tell("SELECT state FROM announcement")
        return State(str(state))

    @property
    def busy(self) -> bool:
        """Whether anything is left to be done."""
        return bool(
            self.api.pending
            or self.tell("SELECT 1 FROM inbox WHERE state IN ('new', 'working')")
            or self.tell("SELECT 1 FROM outbox WHERE state IN ('queued', 'sending')")
            or self.tell("SELECT 1 FROM errand WHERE state = 'waiting'")
        )

    @property
    def arrived(self) -> list[LedgerEntry]:
        """What its people were sent, repetitions included, in order."""
        return [
            entry for entry in self.api.ledger.sent() if entry.chat_id is not None and entry.chat_id >= FIRST
        ]

    @cached_property
    def calls(self) -> int:
        """How many messages it is for each."""
        return 1 if self.content is SHORT else 2

    def told(self) -> dict[int, list[str]]:
        """The same by chat."""
        found: dict[int, list[str]] = {chat: [] for chat in self.chats}
        for entry in self.arrived:
            assert entry.chat_id is not None
            found.setdefault(entry.chat_id, []).append(entry.text)
        return found

    def meant(self) -> list[str]:
        """What everybody was to be sent, in its order."""
        rows = self.tell(
            f"SELECT payload, min(id) FROM outbox WHERE batch = {self.number} GROUP BY payload ORDER BY 2"
        )
        return [text_of(Message.from_json(str(payload))) for payload, _first in rows]

    async def tally(self) -> Tally:
        """What its author is told."""
        async with self.house() as house, house.transactions() as session:
            return await result_queries.tally(session, self.number, -1)

    async def settled(self) -> int:
        """Nothing is lost or out of order, and the books are closed; how many copies too many were sent."""
        meant, told = self.meant(), self.told()
        assert len(meant) == self.calls
        repeated = 0
        for texts in told.values():
            once = [text for place, text in enumerate(texts) if text not in texts[:place]]
            assert once == meant
            # A repetition stands beside what it repeats: what comes later never comes before it.
            assert sorted(texts, key=meant.index) == texts
            repeated += len(texts) - len(meant)
        assert self.api.ledger.flight.chat_overlaps == 0
        assert (self.beyond_bound, self.halves) == (0, 0)
        assert self.tell("SELECT state, count(*) FROM outbox GROUP BY state") == [
            ("sent", self.people * self.calls)
        ]
        with staff.opened(self.folder) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tally = await self.tally()
        assert (tally.sent, tally.total) == (self.people, self.people)
        # Whoever got it twice is counted so; some are who might have.
        twice = sum(len(texts) > len(meant) for texts in told.values())
        assert tally.perhaps_twice >= twice
        return repeated

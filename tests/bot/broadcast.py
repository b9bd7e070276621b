"""A broadcast on which the process is stopped or killed again and again; judged by the ledger."""

import random
import signal
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from bot.clock import SystemClock
from bot.emulators.telegram import BotApi
from bot.emulators.telegram_server import serving
from core.messages import Address, Message
from services.outbox import Lane, post
from tests.bot import staff
from tests.bot.lives import LifeServer, Plot

IN_FLIGHT = 4
CHATS = range(1001, 1061)


@dataclass
class Broadcast:
    """So many messages, one to three to each person; what the judge saw after each death."""

    folder: Path
    count: int
    api: BotApi = field(default_factory=lambda: BotApi(SystemClock().now))
    beyond_bound: int = 0

    async def prepare(self) -> None:
        """Queue everything."""
        clock = SystemClock()
        house = await staff.house_over(self.folder, self.api, clock)
        async with house.transactions() as session:
            for number in range(self.count):
                chat = CHATS[number % len(CHATS)]
                self.api.introduce(chat)
                to = Address("telegram", staff.BOT, str(chat))
                await post(session, to, Message(body=f"Tin số {number}"), Lane.BULK, clock.now())
        await house.close()

    async def go(self, lives: LifeServer, seed: int, kills: int, *, gently: bool = False) -> None:
        """Kill (or stop) the process so many times on the way, then let it finish."""
        rng = random.Random(seed)
        self.api.latency = 0.003
        async with serving(self.api) as address:
            plot = Plot(str(self.folder), address, in_flight=IN_FLIGHT)
            for death in range(kills):
                goal = (death + 1) * self.count // (kills + 1) + rng.randrange(4)
                life = await lives.begin(plot)
                await staff.eventually(lambda goal=goal: len(self.api.ledger.entries) >= goal)  # type: ignore[misc]  # a lambda with a default
                if gently:
                    assert await life.stop() == 0
                else:
                    assert await life.kill() == -signal.SIGKILL
                self._judge()
            life = await lives.begin(plot)
            await staff.eventually(lambda: not self._left(), within=60)
            assert await life.stop() == 0

    def _judge(self) -> None:
        """What was accepted and not noted as sent may be repeated: no more than was in flight."""
        with staff.opened(self.folder) as database:
            (sent,) = database.execute("SELECT count(*) FROM outbox WHERE state = 'sent'").fetchone()
            (sending,) = database.execute("SELECT count(*) FROM outbox WHERE state = 'sending'").fetchone()
        accepted = len({entry.text for entry in self.api.ledger.sent()})
        self.beyond_bound += accepted - sent > IN_FLIGHT or sending > IN_FLIGHT

    def _left(self) -> int:
        with staff.opened(self.folder) as database:
            (left,) = database.execute("SELECT count(*) FROM outbox WHERE state != 'sent'").fetchone()
        return int(left)

    @property
    def lost(self) -> set[str]:
        """What nobody ever got."""
        return {f"Tin số {number}" for number in range(self.count)} - {
            entry.text for entry in self.api.ledger.sent()
        }

    @property
    def repeated(self) -> int:
        """How many copies too many were sent."""
        copies = Counter(entry.text for entry in self.api.ledger.sent())
        return copies.total() - len(copies)

    @property
    def out_of_order(self) -> list[int]:
        """People who got something before what was meant to come first."""
        return [
            chat
            for chat in CHATS
            if (numbers := [int(entry.text.split()[-1]) for entry in self.api.ledger.sent(chat)])
            != sorted(numbers)
        ]

"""A day at the office on which the process dies again and again; judged by the ledger and the database."""

import asyncio
import itertools
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from bot.channels.telegram_render import text_of
from bot.clock import SystemClock
from bot.emulators.telegram import BotApi, JsonObject, LedgerEntry
from bot.emulators.telegram_server import serving
from core.messages import Message
from tests.bot import lives, staff
from tests.bot.lives import Life, LifeServer, Plot

VARIANTS = 5


@dataclass(frozen=True, slots=True)
class Script:
    """What one person types, and what must be left of it when nothing goes wrong."""

    typed: tuple[str, ...]
    expected: staff.Trace


async def scripts(folder: Path, length: int, seed: int) -> list[Script]:
    """A few people rehearse, each in a house to which nothing happens."""
    api = BotApi(SystemClock().now)
    house = await staff.house_over(folder, api, SystemClock())
    people = list(range(1, VARIANTS + 1))
    await staff.enlist(house, people)
    typed = [await staff.rehearse(house, api, chat, length, seed + chat) for chat in people]
    await house.close()
    with staff.opened(folder) as database:
        return [
            Script(tuple(texts), staff.trace_of(database, chat))
            for chat, texts in zip(people, typed, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Saying:
    """One message of one person."""

    chat: int
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge found.

    `wronged` are people whose traces are not those of a quiet day, `misheard` those who were not told
    everything in its order; `repeated` are messages that a person got once more than meant.
    """

    dead: dict[int, str]
    wronged: list[int]
    misheard: list[int]
    inbox: dict[str, int]
    outbox: dict[str, int]
    effects: int
    repeated: int
    integrity: str


@dataclass
class Storm:
    """The office: who says what in which order, and what the judge has seen."""

    folder: Path
    seed: int
    chats: range
    scripts: list[Script]
    sayings: list[Saying]
    poisoned: dict[int, str]
    confirmed_too_early: int = 0
    sends: list[LedgerEntry] = field(default_factory=list)
    said: list[JsonObject] = field(default_factory=list)
    sent_again: int = 0
    deaths: Counter[str] = field(default_factory=Counter)
    repeats_beyond_bound: int = 0

    @classmethod
    async def brewing(
        cls, folder: Path, seed: int, chats: int, told: list[Script], raising: int = 2, killing: int = 2
    ) -> Self:
        """Everybody says their script, in an order of chance; a few chats have a poisonous message in it."""
        rng = random.Random(seed)
        first = 1001
        people = range(first, first + chats)
        harmful = [lives.RAISES] * raising + [lives.KILLS] * killing
        poisoned = dict(zip(rng.sample(people, len(harmful)), harmful, strict=True))
        queues: dict[int, list[str]] = {}
        for chat in people:
            texts = [text.replace(staff.MARK, staff.mark_of(chat)) for text in told[chat % VARIANTS].typed]
            if chat in poisoned:
                texts.insert(rng.randrange(len(texts) // 2), poisoned[chat])
            queues[chat] = texts
        order = [chat for chat, texts in queues.items() for _ in texts]
        rng.shuffle(order)
        running: dict[int, Iterator[str]] = {chat: iter(texts) for chat, texts in queues.items()}
        sayings = [Saying(chat, next(running[chat])) for chat in order]
        clock = SystemClock()
        house = await staff.house_over(folder, BotApi(clock.now), clock)
        await staff.enlist(house, people)
        await house.close()
        return cls(folder, seed, people, told, sayings, poisoned)

    async def blow(self, server: LifeServer, kills: int, *, in_flight: int = 4, quiet: float = 0.25) -> None:
        """Kill the process so many times while people write; then let it come to rest."""
        rng = random.Random(self.seed)
        api = BotApi(SystemClock().now)
        async with serving(api) as address:
            plot = Plot(str(self.folder), address, quiet=quiet, in_flight=in_flight)
            waiting = iter(self.sayings)
            share = len(self.sayings) / kills
            for death in range(kills):
                self._say_again(api, rng)
                life = await server.begin(plot)
                for _ in range(round((death + 1) * share) - len(self.said)):
                    self._say(api, next(waiting))
                if rng.random() < 0.75:
                    await self._open(api, life)
                code = await life.dies(rng.uniform(0.05, 0.14))
                self.deaths["killed" if code is None else "died by itself"] += 1
                await life.kill()
                self._judge_between_lives(api, in_flight)
            await self._calm(server, plot)
            self.sends = api.ledger.sent()

    async def _open(self, api: BotApi, life: Life) -> None:
        """Until the house has come up and asks for news; some deaths do not wait for that."""
        polls = api.ledger.counts["getUpdates"]
        while api.ledger.counts["getUpdates"] == polls and await life.dies(0.002) is None:
            pass

    def _say(self, api: BotApi, saying: Saying) -> None:
        api.user_says(saying.chat, saying.text)
        self.said.append(api.pending[-1])

    def _say_again(self, api: BotApi, rng: random.Random) -> None:
        """Telegram hands out something once more that was confirmed, with other words in it."""
        confirmed = [one for one in self.said if int(str(one["update_id"])) <= api.confirmed]
        for update in rng.sample(confirmed, min(len(confirmed), rng.randrange(4))):
            message = update["message"]
            assert isinstance(message, dict)
            api.redeliver([{**update, "message": {**message, "text": "99"}}])
            self.sent_again += 1

    def _judge_between_lives(self, api: BotApi, in_flight: int) -> None:
        """Nothing was confirmed that is not on disk; no more than `in_flight` may be repeated."""
        confirmed = api.confirmed
        with staff.opened(self.folder) as database:
            kept = {int(one) for (one,) in database.execute("SELECT external_id FROM inbox")}
            (sending,) = database.execute("SELECT count(*) FROM outbox WHERE state = 'sending'").fetchone()
        numbers = (int(str(one["update_id"])) for one in self.said)
        self.confirmed_too_early += sum(one <= confirmed and one not in kept for one in numbers)
        self.repeats_beyond_bound += sending > in_flight

    async def _calm(self, server: LifeServer, plot: Plot) -> None:
        """No more blows from outside: what kills itself is started again, until nothing is left to do."""
        life = await server.begin(plot)
        async with asyncio.timeout(60):
            while not self._at_rest():
                if await life.dies(0.1) is not None:
                    self.deaths["died by itself"] += 1
                    life = await server.begin(plot)
        assert await life.stop() == 0

    def verdict(self) -> Verdict:
        """What became of everything, from the database and the ledger alone."""
        with staff.opened(self.folder) as database:
            dead = database.execute("SELECT chat, raw FROM inbox WHERE state = 'dead'").fetchall()
            (turns,) = database.execute("SELECT sum(turn) FROM conversation").fetchone()
            posted = database.execute("SELECT chat, payload FROM outbox ORDER BY id").fetchall()
            expected = {chat: self.scripts[chat % VARIANTS].expected.spoken_by(chat) for chat in self.chats}
            return Verdict(
                dead={int(chat): json.loads(raw)["message"]["text"] for chat, raw in dead},
                wronged=[chat for chat in self.chats if staff.trace_of(database, chat) != expected[chat]],
                misheard=[
                    chat
                    for chat in self.chats
                    if _heard(one.text for one in self.sends if one.chat_id == chat)
                    != _heard(text_of(Message.from_json(text)) for to, text in posted if to == str(chat))
                ],
                inbox=dict(database.execute("SELECT state, count(*) FROM inbox GROUP BY state")),
                outbox=dict(database.execute("SELECT state, count(*) FROM outbox GROUP BY state")),
                effects=turns + len(dead),
                repeated=len(self.sends) - len(posted),
                integrity=database.execute("PRAGMA integrity_check").fetchone()[0],
            )

    def _at_rest(self) -> bool:
        with staff.opened(self.folder) as database:
            (inbox,) = database.execute(
                "SELECT count(*) FROM inbox WHERE state IN ('done', 'dead')"
            ).fetchone()
            (outbox,) = database.execute(
                "SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending')"
            ).fetchone()
        return bool(inbox == len(self.sayings) and not outbox)


def _heard(texts: Iterable[str]) -> list[str]:
    """What somebody was told, the same thing twice in a row counted once."""
    return [text for text, _ in itertools.groupby(texts)]

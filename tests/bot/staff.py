"""Members of staff who answer whatever they are asked, by typing; and what became of what they typed."""

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.app import House, Plan, open_house
from bot.channels.base import Channel
from bot.channels.telegram import TelegramChannel
from bot.clock import Clock
from bot.emulators.telegram import TOKEN, BotApi
from bot.emulators.telegram_request import EmulatorRequest
from core.announcements import Rules
from core.messages import Address, Message, Numbering
from db.models import Account
from services import conversations
from tests import builders, databases
from tests.chat import UNLIMITED
from tests.fakes import InspectorAtHand

BOT = TOKEN.partition(":")[0]
#: Nobody has to approve an announcement, and it leaves at once.
AT_ONCE = Rules(alone=10**6, hold=timedelta(0))
MARK = "(người M0000)"
"""Stands in what one of them types, so that nobody's words can pass for another's."""


def telegram_over(api: BotApi, poll_timeout: int = 0) -> TelegramChannel:
    """The real channel, over an emulator in this process."""
    request = EmulatorRequest(api, read_timeout=None)
    return TelegramChannel(api.token, request=request, poll_request=request, poll_timeout=poll_timeout)


def plan_over(folder: Path, channel: Channel, clock: Clock) -> Plan:
    """A house in this process, in no way held back."""
    return Plan(
        database_url=f"sqlite+aiosqlite:///{folder / 'bot.db'}",
        data_dir=folder,
        channels=[channel],
        clock=clock,
        limits=UNLIMITED,
        flood=None,
        quiet=0.0,
        inspector=InspectorAtHand(),
        free_bytes=0,
        free_share=0.0,
    )


async def house_over(folder: Path, api: BotApi, clock: Clock) -> House:
    """A house in this process, for a test to drive."""
    await databases.empty(folder / "bot.db")
    return await open_house(plan_over(folder, telegram_over(api), clock))


@asynccontextmanager
async def running(plan: Plan) -> AsyncIterator[House]:
    """A house that runs by itself, as it does in production, and is stopped at the end."""
    await databases.empty(plan.data_dir / "bot.db")
    house = await open_house(plan)
    stopping = asyncio.Event()
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(house.run(stopping))
            try:
                yield house
            finally:
                stopping.set()
    finally:
        await house.close()


async def eventually(condition: Callable[[], object], within: float = 10) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(within):
        while not condition():  # noqa: ASYNC110 - it is the platform's or the database's state we wait for
            await asyncio.sleep(0.005)


async def enlist(house: House, chats: Sequence[int]) -> None:
    """A plan in force, and a member of staff at each of these chats, all of one name."""
    now = house.plan.clock.now()
    async with house.transactions() as session:
        await builders.the_plan(session, now)
        unit = await builders.a_unit(session)
        for chat in chats:
            person = await builders.a_person(session, unit, now, code=f"NV{chat}")
            session.add(Account(person_id=person, channel="telegram", bot=BOT, chat=str(chat), linked_at=now))


def answer_to(offered: Message, rng: random.Random) -> str:
    """What somebody types who sees these choices on a screen of the self-assessment."""
    keys = {choice.key: choice.label for choice in offered.choices}
    levels = [label for key, label in keys.items() if key.startswith("level.")]
    if levels:
        return rng.choice(levels)
    if "yes" in keys:
        return keys[rng.choice(["yes", "no"])]
    if "skip" in keys:
        return rng.choice([keys["skip"], f"Đã làm đủ trong quý {rng.randrange(1, 5)} {MARK}"])
    if "next" in keys:
        return rng.choice([keys["next"]] * 4 + [keys["again"], keys["note"]])
    if "na" in keys:
        if offered.numbering is Numbering.LETTERS:
            return rng.choice([str(rng.randrange(1, 100)), f"{rng.randrange(1, 100)},5", "không nhớ"])
        return rng.choice([keys["na"], keys["later"], f"Đã tổ chức {rng.randrange(2, 9)} lớp {MARK}"])
    if "go" in keys:
        return keys["go"]
    return "/tudanhgia" if keys else f"Theo sổ trực của khoa {MARK}"


async def rehearse(house: House, api: BotApi, chat: int, count: int, seed: int) -> list[str]:
    """Let one person type `count` times with nothing going wrong; returns what they typed."""
    rng = random.Random(seed)
    typed = ["/tudanhgia"]
    address = Address("telegram", BOT, str(chat))
    while True:
        api.user_says(chat, typed[-1])
        await take_in(house)
        while await house.door.work():
            pass
        if len(typed) == count:
            return typed
        async with house.transactions() as session:
            standing = await conversations.resume(session, address)
        typed.append(answer_to(standing.offered, rng))


async def take_in(house: House) -> None:
    """Store and confirm what waits on the platform."""
    from services import inbox

    channel = house.channels["telegram"]
    while arrivals := await channel.poll():
        async with house.transactions() as session:
            await inbox.receive(session, arrivals, house.plan.clock.now())
        channel.confirm(arrivals)


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything that one person's messages have left behind, in order."""

    turns: int
    answers: tuple[tuple[str, str, str, str], ...]
    journal: tuple[tuple[str, str], ...]
    screens: tuple[str, ...]

    def spoken_by(self, chat: int) -> "Trace":
        """The same, had it been this person who typed it."""

        def own(text: str) -> str:
            return text.replace(MARK, mark_of(chat))

        return Trace(
            self.turns,
            tuple((one, own(given), outcome, own(note)) for one, given, outcome, note in self.answers),
            self.journal,
            tuple(own(screen) for screen in self.screens),
        )


def mark_of(chat: int) -> str:
    """A person's own mark, as long as everybody's."""
    return f"(người M{chat:04d})"


def trace_of(database: sqlite3.Connection, chat: int) -> Trace:
    """What the database holds of one person."""
    (person,) = database.execute("SELECT person_id FROM account WHERE chat = ?", [str(chat)]).fetchone()
    (turns,) = database.execute("SELECT turn FROM conversation WHERE chat = ?", [str(chat)]).fetchone()
    return Trace(
        turns=turns,
        answers=tuple(
            database.execute(
                "SELECT criterion, given, outcome, note FROM answer JOIN assessment"
                " ON assessment.id = assessment_id WHERE person_id = ? ORDER BY criterion",
                [person],
            )
        ),
        journal=tuple(
            database.execute(
                "SELECT verb, facts FROM journal WHERE actor = ? ORDER BY id", [f"person:{person}"]
            )
        ),
        screens=tuple(
            payload
            for (payload,) in database.execute(
                "SELECT payload FROM outbox WHERE chat = ? AND turn > 0 ORDER BY id", [str(chat)]
            )
        ),
    )


def opened(folder: Path) -> "closing[sqlite3.Connection]":
    """The database, for a judge who only reads."""
    return closing(sqlite3.connect(f"file:{folder / 'bot.db'}?mode=ro", uri=True))

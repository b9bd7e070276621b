"""The process ends at every named place, and nothing is lost: at most what was in flight is repeated."""

import ast
import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import crashpoints
from bot.clock import SystemClock
from bot.emulators.telegram import BotApi
from bot.emulators.telegram_server import serving
from core.messages import Address, Message
from services.outbox import Lane, post
from tests.bot import staff
from tests.bot.lives import LifeServer, Plot
from tests.chat import a_photo

ROOT = Path(__file__).parents[2]
CRASHED = 86
LAN, HUNG = 1001, 1002
LANES = (Lane.ANSWER, Lane.NOTICE, Lane.BULK)


@dataclass(frozen=True)
class Office:
    """An office of two people, its database and its Telegram."""

    folder: Path
    api: BotApi
    address: str
    lives: LifeServer

    async def dies_at(self, point: str, at: int = 0) -> None:
        """A life that ends at a crash point, and nowhere else."""
        plot = Plot(str(self.folder), self.address, crashpoint=point, crash_at=at, in_flight=1)
        life = await self.lives.begin(plot)
        assert await life.dies(20) == CRASHED

    async def goes_on(self) -> None:
        """Another life that does all there is to do, and is stopped as a service manager does."""
        polls = self.api.ledger.counts["getUpdates"]
        life = await self.lives.begin(Plot(str(self.folder), self.address, in_flight=1))
        async with asyncio.timeout(20):
            while self._busy() or self.api.ledger.counts["getUpdates"] == polls:
                assert await life.dies(0.02) is None
        assert await life.stop() == 0

    def _busy(self) -> bool:
        return bool(
            self.api.pending
            or self.tell("SELECT 1 FROM inbox WHERE state IN ('new', 'working')")
            or self.tell("SELECT 1 FROM outbox WHERE state IN ('queued', 'sending')")
            or self.tell("SELECT 1 FROM errand WHERE state = 'waiting'")
        )

    def tell(self, query: str) -> list[tuple[object, ...]]:
        """What the database says."""
        with staff.opened(self.folder) as database:
            return database.execute(query).fetchall()

    def heard(self, chat: int) -> list[str]:
        """What somebody was sent, repetitions included."""
        return [entry.text for entry in self.api.ledger.sent(chat)]


@asynccontextmanager
async def an_office(folder: Path, lives: LifeServer) -> AsyncIterator[Office]:
    clock = SystemClock()
    api = BotApi(clock.now)
    house = await staff.house_over(folder, api, clock)
    await staff.enlist(house, [LAN, HUNG])
    await house.close()
    for chat in (LAN, HUNG):
        api.introduce(chat)
    async with serving(api) as address:
        yield Office(folder, api, address, lives)


@pytest.fixture
async def office(tmp_path: Path, lives: LifeServer) -> AsyncIterator[Office]:
    """An office of two people that has heard nothing yet."""
    async with an_office(tmp_path, lives) as place:
        yield place


@dataclass(frozen=True)
class Left:
    """What a death leaves: rows of the inbox, turns taken, replies queued, whether Telegram may forget."""

    inbox: list[tuple[str, int]]
    turns: int = 0
    replies: int = 0


INCOMING = {
    "intake.before_store": Left([]),
    "intake.after_store": Left([("new", 0)]),
    "intake.confirmed": Left([("new", 0)]),
    "intake.before_claim_commit": Left([("new", 0)]),
    "intake.claimed": Left([("working", 0)]),
    "desk.before_commit": Left([("working", 0)]),
    "desk.after_commit": Left([("done", 0)], turns=1, replies=1),
}


@pytest.mark.parametrize("point", INCOMING)
async def test_a_death_while_somebody_writes(point: str, office: Office) -> None:
    office.api.user_says(LAN, "/tudanhgia")
    await office.dies_at(point)

    left = INCOMING[point]
    assert office.tell("SELECT state, crashes FROM inbox") == left.inbox
    assert office.tell("SELECT count(*) FROM conversation") == [(left.turns,)]
    assert office.tell("SELECT state FROM outbox") == [("queued",)] * left.replies
    assert office.tell("SELECT verb FROM journal WHERE actor LIKE 'person:%'") == [("began",)] * left.turns
    assert office.api.confirmed == 0 or office.tell("SELECT 1 FROM inbox")

    await office.goes_on()
    charged = int(left.inbox == [("working", 0)])
    assert office.tell("SELECT state, crashes, errors FROM inbox") == [("done", charged, 0)]
    assert office.tell("SELECT verb FROM journal WHERE actor LIKE 'person:%'") == [("began",)]
    assert office.tell("SELECT state, repeats FROM outbox") == [("sent", 0)]
    assert len(office.heard(LAN)) == 1


@dataclass(frozen=True)
class Flown:
    """What a death leaves of the message at hand: its state, how often it arrived, how often it will have."""

    state: str
    arrived: int
    in_the_end: int


OUTGOING = {
    "courier.before_claim_commit": Flown("sending", 1, 2),
    "courier.claimed": Flown("sent", 1, 1),
    "courier.before_send": Flown("sent", 1, 1),
    "courier.after_send": Flown("sending", 1, 2),
    "courier.before_sent_commit": Flown("sending", 1, 2),
    "courier.after_sent_commit": Flown("sent", 1, 1),
}
PLACES = (1, 4, 7)
"""The first, the middle and the last of seven messages."""
BEFORE_THE_NEXT = ("courier.before_claim_commit", "courier.claimed", "courier.before_send")
EVERY = [
    (point, lane, place)
    for point in OUTGOING
    for lane in LANES
    for place in PLACES
    if not (point in BEFORE_THE_NEXT and place == PLACES[-1])
]
SOME = [EVERY[place] for place in (0, 9, 16, 23, 34, 36, 44)]


async def dies_while_sending(office: Office, point: str, lane: Lane, place: int) -> None:
    """Seven messages for two people; the crash point is armed when the `place`-th is to be delivered."""
    clock = SystemClock()
    house = await staff.house_over(office.folder, office.api, clock)
    async with house.transactions() as session:
        for number in range(1, 8):
            to = Address("telegram", staff.BOT, str(LAN if number % 2 else HUNG))
            await post(session, to, Message(body=f"Tin số {number}"), lane, clock.now())
    await house.close()

    left = OUTGOING[point]
    await office.dies_at(point, place)
    texts = office.heard(LAN) + office.heard(HUNG)
    assert texts.count(f"Tin số {place}") == left.arrived
    states = [state for (state,) in office.tell("SELECT state FROM outbox ORDER BY id")]
    assert states[:place] == ["sent"] * (place - 1) + [left.state]

    await office.goes_on()
    expected = dict.fromkeys(range(1, 8), 1) | {place: left.in_the_end}
    for chat, mine in ((LAN, (1, 3, 5, 7)), (HUNG, (2, 4, 6))):
        told = [f"Tin số {number}" for number in mine for _ in range(expected[number])]
        assert office.heard(chat) == told
    assert office.tell("SELECT DISTINCT state, attempts FROM outbox") == [("sent", 1)]


@pytest.mark.parametrize(("point", "lane", "place"), SOME)
async def test_a_death_while_messages_leave(point: str, lane: Lane, place: int, office: Office) -> None:
    await dies_while_sending(office, point, lane, place)


FILES = ("keeper.received", "keeper.examined", "keeper.stored")
#: Died at in `test_handing_in_deaths`.
ARCHIVES = ("keeper.archived",)
#: Died at in `test_paper_deaths`.
PAPERS = ("keeper.shelved",)


@pytest.mark.parametrize("point", FILES)
async def test_a_death_while_a_photo_is_taken_in(point: str, office: Office) -> None:
    office.api.user_sends_photo(LAN, a_photo())
    await office.dies_at(point)
    assert office.tell("SELECT state, sha256 FROM evidence") == [("waiting", "")]
    assert office.tell("SELECT state, attempts FROM errand WHERE kind = 'fetch_evidence'") == [("waiting", 0)]

    await office.goes_on()
    ((state, sha256),) = office.tell("SELECT state, sha256 FROM evidence")
    assert state == "clean"
    assert office.tell("SELECT count(*) FROM journal WHERE verb = 'stored_file'") == [(1,)]
    kept = [path for path in (office.folder / "files").rglob("*") if path.is_file()]
    assert any(path.name == sha256 for path in kept)
    assert len(kept) == 2
    assert list((office.folder / "quarantine").iterdir()) == []


def test_every_crash_point_is_named_and_reached() -> None:
    called = [
        node.args[0].value
        for room in ("bot", "handlers", "scheduler", "services", "db", "core")
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "crashpoint"
        and isinstance(node.args[0], ast.Constant)
    ]
    assert sorted(map(str, called)) == sorted(crashpoints.NAMES)
    assert {*INCOMING, *OUTGOING, *FILES, *ARCHIVES, *PAPERS} == set(crashpoints.NAMES)


def test_without_a_name_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(crashpoints.VARIABLE, raising=False)
    for name in crashpoints.NAMES:
        crashpoints.crashpoint(name)
    monkeypatch.setenv(crashpoints.VARIABLE, random.Random(1).choice(crashpoints.NAMES) + "?")
    for name in crashpoints.NAMES:
        crashpoints.crashpoint(name)

"""The process ends at every named place of an announcement's way: out, corrected, and confirmed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.emulators.telegram_server import serving
from services import announcement_delivery, people
from tests.bot import staff
from tests.bot.announced import AUTHOR, FIRST, LONG, SHORT, Announced
from tests.bot.lives import LifeServer, Plot
from tests.bot.test_crashpoints import BEFORE_THE_NEXT, CRASHED, OUTGOING

PEOPLE = 3
PLACES = (1, 3, 6)
"""The first, one in the middle and the last of six messages, two for each of three people."""
EVERY = [
    (point, place)
    for point in OUTGOING
    for place in PLACES
    if not (point in BEFORE_THE_NEXT and place == PLACES[-1])
]
CORRECTED = [
    (point, place)
    for point in OUTGOING
    for place in range(1, PEOPLE + 1)
    if not (point in BEFORE_THE_NEXT and place == PEOPLE)
]


@asynccontextmanager
async def sent(announced: Announced, lives: LifeServer) -> AsyncIterator[Plot]:
    """Everybody has it, and nobody is at work."""
    await announced.prepare()
    async with serving(announced.api) as address:
        plot = Plot(str(announced.folder), address, in_flight=1)
        await goes_on(announced, lives, plot)
        yield plot


async def goes_on(announced: Announced, lives: LifeServer, plot: Plot) -> None:
    """A life in which all is done that there is to do."""
    life = await lives.begin(plot)
    await announced.finished(life)
    await staff.eventually(lambda: not announced.busy, within=20)
    assert await life.stop() == 0


async def dies(lives: LifeServer, plot: Plot, point: str, place: int = 0) -> None:
    """A life that ends at a crash point, and nowhere else."""
    life = await lives.begin(replace(plot, crashpoint=point, crash_at=place))
    assert await life.dies(20) == CRASHED


async def dies_while_announcing(folder: Path, lives: LifeServer, point: str, place: int) -> None:
    """The crash point is armed when the `place`-th message is to be delivered."""
    announced, left = Announced(folder, PEOPLE, LONG), OUTGOING[point]
    await announced.prepare()
    async with serving(announced.api) as address:
        plot = Plot(str(folder), address, in_flight=1)
        await dies(lives, plot, point, place)
        assert len(announced.arrived) == place - 1 + left.arrived
        states = [state for (state,) in announced.tell("SELECT state FROM outbox ORDER BY id")]
        assert states[:place] == ["sent"] * (place - 1) + [left.state]
        await goes_on(announced, lives, plot)
    assert await announced.settled() == left.in_the_end - 1
    assert announced.tell("SELECT DISTINCT state, attempts FROM outbox") == [("sent", 1)]


async def dies_while_correcting(folder: Path, lives: LifeServer, point: str, place: int) -> None:
    """The same while the right wording takes the place of the wrong one: everybody sees it once."""
    announced = Announced(folder, PEOPLE, SHORT)
    async with sent(announced, lives) as plot:
        async with announced.house() as house, house.transactions() as session:
            now = announced.clock.now()
            author = (await people.identify(session, [AUTHOR], now))[AUTHOR]
            right = replace(SHORT, body="Đúng 14:00.")
            await announcement_delivery.correct(session, author, announced.number, right, "sai giờ", now)
        await dies(lives, plot, point, place)
        await goes_on(announced, lives, plot)
    for chat in announced.chats:
        (shown,) = announced.api.view(chat).messages
        assert "14:00" in shown.text
        assert len(announced.api.ledger.sent(chat)) == 1
    assert announced.tell("SELECT DISTINCT state, count(*) FROM outbox") == [("sent", 2 * PEOPLE)]
    tally = await announced.tally()
    assert (tally.sent, tally.total) == (PEOPLE, PEOPLE)


async def dies_while_somebody_confirms(folder: Path, lives: LifeServer, point: str) -> None:
    """A reading is kept once, whenever the process dies on it."""
    announced = Announced(folder, PEOPLE, SHORT)
    async with sent(announced, lives) as plot:
        announced.api.user_taps_label(FIRST, "Đã đọc")
        await dies(lives, plot, point)
        await goes_on(announced, lives, plot)
    read = announced.tell("SELECT read_version, count(*) FROM announcement_recipient GROUP BY read_version")
    assert set(read) == {(1, 1), (None, PEOPLE - 1)}
    assert announced.tell("SELECT state, errors FROM inbox") == [("done", 0)]
    assert (await announced.tally()).read == 1


@pytest.mark.parametrize(("point", "place"), [EVERY[10]])
async def test_a_death_on_the_way_out(point: str, place: int, tmp_path: Path, lives: LifeServer) -> None:
    await dies_while_announcing(tmp_path, lives, point, place)


@pytest.mark.parametrize(("point", "place"), [CORRECTED[9]])
async def test_a_death_while_it_is_corrected(
    point: str, place: int, tmp_path: Path, lives: LifeServer
) -> None:
    await dies_while_correcting(tmp_path, lives, point, place)


@pytest.mark.parametrize("point", ["desk.before_commit"])
async def test_a_death_while_somebody_confirms(point: str, tmp_path: Path, lives: LifeServer) -> None:
    await dies_while_somebody_confirms(tmp_path, lives, point)

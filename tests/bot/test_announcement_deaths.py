"""An announcement goes on where it was: a stop repeats nothing, a kill at most what was in flight."""

from pathlib import Path

import pytest

from tests.bot import staff
from tests.bot.announced import IN_FLIGHT, Announced
from tests.bot.lives import LifeServer


async def kills_lose_nothing(folder: Path, lives: LifeServer, *, seed: int, people: int, kills: int) -> int:
    """An announcement to so many people, with so many kills on the way; how many copies too many."""
    announced = Announced(folder, people)
    await announced.prepare()
    await announced.go(lives, seed, kills)
    repeated = await announced.settled()
    assert repeated <= kills * IN_FLIGHT
    return repeated


async def stops_repeat_nothing(
    folder: Path, lives: LifeServer, *, seed: int, people: int, stops: int
) -> float:
    """The same with so many polite stops; how many seconds the longest took."""
    announced = Announced(folder, people)
    await announced.prepare()
    await announced.go(lives, seed, stops, gently=True)
    assert await announced.settled() == 0
    with staff.opened(folder) as database:
        assert database.execute("SELECT sum(repeats), max(attempts) FROM outbox").fetchone() == (0, 1)
    assert max(announced.stops) <= 12
    return max(announced.stops)


async def rivals_never_send_together(
    folder: Path, lives: LifeServer, *, seed: int, people: int, rounds: int
) -> float:
    """Second processes, half of them started while the first is killed; the longest take-over in seconds."""
    announced = Announced(folder, people)
    await announced.prepare()
    await announced.take_turns(lives, seed, rounds)
    assert await announced.settled() <= (rounds + 1) // 2 * IN_FLIGHT
    assert announced.api.ledger.flight.peak <= IN_FLIGHT
    assert max(announced.takeovers) <= 1
    return max(announced.takeovers)


@pytest.mark.parametrize("seed", [20261122])
async def test_kills_lose_nothing(seed: int, tmp_path: Path, lives: LifeServer) -> None:
    await kills_lose_nothing(tmp_path, lives, seed=seed, people=60, kills=12)


@pytest.mark.parametrize("seed", [20261122])
async def test_stops_repeat_nothing(seed: int, tmp_path: Path, lives: LifeServer) -> None:
    await stops_repeat_nothing(tmp_path, lives, seed=seed, people=40, stops=3)


@pytest.mark.parametrize("seed", [20261122])
async def test_a_second_process_never_sends_beside_the_first(
    seed: int, tmp_path: Path, lives: LifeServer
) -> None:
    await rivals_never_send_together(tmp_path, lives, seed=seed, people=40, rounds=4)

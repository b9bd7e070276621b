"""A broadcast goes on where it was: a stop repeats nothing, a kill at most what was in flight."""

from pathlib import Path

import pytest

from tests.bot import staff
from tests.bot.broadcast import IN_FLIGHT, Broadcast
from tests.bot.lives import LifeServer


def settled(broadcast: Broadcast) -> None:
    """Nothing is lost or out of order, and the books are closed."""
    assert broadcast.lost == set()
    assert broadcast.out_of_order == []
    assert broadcast.api.ledger.flight.chat_overlaps == 0
    with staff.opened(broadcast.folder) as database:
        assert database.execute("SELECT state, count(*) FROM outbox GROUP BY state").fetchall() == [
            ("sent", broadcast.count)
        ]
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("seed", [20261122])
async def test_ten_stops_repeat_nothing(seed: int, tmp_path: Path, lives: LifeServer) -> None:
    broadcast = Broadcast(tmp_path, 300)
    await broadcast.prepare()
    await broadcast.go(lives, seed, 10, gently=True)
    settled(broadcast)
    assert broadcast.repeated == 0
    with staff.opened(tmp_path) as database:
        assert database.execute("SELECT sum(repeats), max(attempts) FROM outbox").fetchone() == (0, 1)


async def kills_repeat_little(folder: Path, lives: LifeServer, *, seed: int, count: int, kills: int) -> None:
    """A broadcast of so many messages, with so many kills on the way."""
    broadcast = Broadcast(folder, count)
    await broadcast.prepare()
    await broadcast.go(lives, seed, kills)
    settled(broadcast)
    assert broadcast.beyond_bound == 0
    assert broadcast.repeated <= kills * IN_FLIGHT


@pytest.mark.parametrize("seed", [20261122])
async def test_twenty_kills_repeat_at_most_what_was_in_flight(
    seed: int, tmp_path: Path, lives: LifeServer
) -> None:
    await kills_repeat_little(tmp_path, lives, seed=seed, count=400, kills=20)

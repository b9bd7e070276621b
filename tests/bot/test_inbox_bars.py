"""What comes in is never lost and never counted twice, whatever happens to the process."""

from pathlib import Path

import pytest

from tests.bot import storm
from tests.bot.lives import KILLS, RAISES, LifeServer


@pytest.mark.timeout(150)
@pytest.mark.parametrize("seed", [20261122])
async def test_two_thousand_messages_survive_two_hundred_deaths(
    seed: int, lives: LifeServer, tmp_path: Path
) -> None:
    (tmp_path / "quiet").mkdir()
    (tmp_path / "office").mkdir()
    scripts = await storm.scripts(tmp_path / "quiet", 40, seed)
    office = await storm.Storm.brewing(tmp_path / "office", seed, 50, scripts)
    await office.blow(lives, 200)
    found = office.verdict()

    assert found.dead == office.poisoned
    assert sorted(found.dead.values()) == sorted([KILLS, KILLS, RAISES, RAISES])
    assert found.wronged == []
    assert found.inbox == {"done": 2000, "dead": 4}
    assert found.effects == 2004
    assert found.outbox == {"sent": 2004}
    assert found.misheard == []
    assert found.integrity == "ok"
    assert office.confirmed_too_early == 0
    assert office.repeats_beyond_bound == 0
    assert found.repeated <= 4 * office.deaths.total()

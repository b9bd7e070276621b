"""The same promises as in the ordinary run, over more deaths, damage and forgeries than a day will bring."""

from pathlib import Path

import pytest

from services.outbox import Lane
from tests.bot.lives import LifeServer
from tests.bot.test_courier_deaths import kills_repeat_little
from tests.bot.test_crashpoints import EVERY, an_office, dies_while_sending
from tests.bot.test_forgeries import forgeries_do_nothing
from tests.bot.test_inbox_bars import damage_comes_to_an_end, storm_is_survived
from tests.chat import Town

pytestmark = [pytest.mark.gate, pytest.mark.timeout(3600)]


@pytest.mark.parametrize("seed", [1, 2, 20261122])
async def test_storms(seed: int, lives: LifeServer, tmp_path: Path) -> None:
    await storm_is_survived(tmp_path, lives, seed=seed, length=40, kills=200)


async def test_a_long_storm(lives: LifeServer, tmp_path: Path) -> None:
    await storm_is_survived(tmp_path, lives, seed=4, length=100, kills=600)


async def test_a_hundred_thousand_damaged_updates(telegram_town: Town) -> None:
    await damage_comes_to_an_end(telegram_town, seed=5, count=100_000)


@pytest.mark.parametrize("seed", [6, 7])
async def test_ten_thousand_forgeries(seed: int, telegram_town: Town) -> None:
    await forgeries_do_nothing(telegram_town, seed=seed, count=10_000)


async def test_three_thousand_messages_and_two_hundred_kills(tmp_path: Path, lives: LifeServer) -> None:
    await kills_repeat_little(tmp_path, lives, seed=8, count=3000, kills=200)


@pytest.mark.parametrize(("point", "lane", "place"), EVERY)
async def test_every_death_while_messages_leave(
    point: str, lane: Lane, place: int, tmp_path: Path, lives: LifeServer
) -> None:
    async with an_office(tmp_path, lives) as office:
        await dies_while_sending(office, point, lane, place)

"""What comes in is never lost and never counted twice, whatever happens to the process."""

import random
from pathlib import Path

import pytest

from bot import logs
from bot.clock import SystemClock
from bot.emulators.telegram import BotApi, Fault, JsonObject
from db.models import InboxRow, OutboxRow
from tests.bot import fuzz, mutations, staff, storm
from tests.bot.lives import KILLS, RAISES, LifeServer
from tests.bot.restored import logging_restored
from tests.chat import Town, attend
from tests.surfaces import TelegramSurface


async def storm_is_survived(
    folder: Path, lives: LifeServer, *, seed: int, length: int, kills: int, people: int = 50
) -> None:
    """Everybody says `length` things, four poisonous ones among them, while the process dies and dies."""
    (folder / "quiet").mkdir()
    (folder / "office").mkdir()
    scripts = await storm.scripts(folder / "quiet", length, seed)
    office = await storm.Storm.brewing(folder / "office", seed, people, scripts)
    await office.blow(lives, kills)
    found = office.verdict()

    assert found.dead == office.poisoned
    assert sorted(found.dead.values()) == sorted([KILLS, KILLS, RAISES, RAISES])
    assert found.wronged == []
    assert found.inbox == {"done": people * length, "dead": 4}
    assert found.effects == people * length + 4
    assert found.outbox == {"sent": people * length + 4}
    assert found.misheard == []
    assert found.integrity == "ok"
    assert office.confirmed_too_early == 0
    assert office.repeats_beyond_bound == 0
    assert found.repeated <= 4 * office.deaths.total()


@pytest.mark.timeout(120)
@pytest.mark.parametrize("seed", [20261122])
async def test_five_hundred_messages_survive_fifty_deaths(
    seed: int, lives: LifeServer, tmp_path: Path
) -> None:
    await storm_is_survived(tmp_path, lives, seed=seed, length=10, kills=50)


@pytest.mark.parametrize("seed", [20261122])
async def test_each_message_ten_times_in_any_order_over_three_restarts(seed: int, tmp_path: Path) -> None:
    (tmp_path / "quiet").mkdir()
    (tmp_path / "office").mkdir()
    scripts = await storm.scripts(tmp_path / "quiet", 10, seed)
    office = await storm.Storm.brewing(tmp_path / "office", seed, 16, scripts, raising=0, killing=0)
    rng = random.Random(seed)
    api = BotApi(SystemClock().now)
    moments: list[tuple[float, JsonObject]] = []
    for place, saying in enumerate(office.sayings):
        api.user_says(saying.chat, saying.text)
        original = api.pending[-1]
        message = original["message"]
        assert isinstance(message, dict)
        altered: JsonObject = {**original, "message": {**message, "text": "99"}}
        moments.append((place, original))
        moments += [(rng.uniform(place, len(office.sayings)), altered) for _ in range(9)]
    api.server.updates.drop_all()
    deliveries = [update for _, update in sorted(moments, key=lambda moment: moment[0])]

    quarter = len(deliveries) // 4
    for part in range(4):
        house = await staff.house_over(office.folder, api, SystemClock())
        await house.recover()
        for first in range(part * quarter, (part + 1) * quarter, 40):
            body = mutations.body(deliveries[first : first + 40])
            api.faults.add(Fault("getUpdates", raw=body))
            await attend(house)
        await house.close()
    office.sends = api.ledger.sent()
    found = office.verdict()

    assert len(deliveries) == 1600
    assert found.wronged == found.misheard == []
    assert found.inbox == {"done": 160}
    assert found.effects == 160
    assert found.outbox == {"sent": 160}
    assert found.repeated == 0


async def test_numbers_of_updates_start_again_anywhere_below(telegram_town: Town) -> None:
    town = telegram_town
    lan = await town.joined()
    assert isinstance(town.surface, TelegramSurface)
    api = town.surface.api
    rng = random.Random(6)
    newest = api.server.updates.next_id
    restarts = [newest, newest - 9, newest - 2_000, *rng.sample(range(1, newest // 2, 100), 7)]
    async with town.house() as house:
        for next_id in restarts:
            api.restart_update_ids(next_id)
            for _ in range(3):
                town.surface.says(lan.id, "menu")
            await attend(house)
            await attend(house)
    rows = [row for row in await town.rows(InboxRow) if row.raw and '"menu"' in row.raw]
    assert [row.state for row in rows] == ["done"] * 30
    assert [int(row.external_id) for row in rows] == [first + step for first in restarts for step in range(3)]


async def damage_comes_to_an_end(town: Town, *, seed: int, count: int) -> None:
    """Put so many damaged updates through the house; first some while it still minds who writes too much."""
    people = [await town.joined(f"Người số {number}", f"NV{number}") for number in range(3)]
    with logging_restored():
        logs.configure()
        await fuzz.put_through(town, people, 400, seed=1, first=400_000_000)
        town.flood = None
        before = fuzz.resident()
        await fuzz.put_through(town, people, count, seed)
        grown = fuzz.resident() - before

    rows = await town.rows(InboxRow)
    assert len(rows) == count + 400
    assert {row.state for row in rows} <= {"done", "dead"}
    assert {row.errors for row in rows} == {0}
    assert {row.state for row in await town.rows(OutboxRow)} <= {"sent", "dead", "expired", "cancelled"}
    assert grown < 50_000_000
    for chat in people:
        await chat.blocks(blocked=False)
        await chat.says("menu")
        assert "Việc của tôi" in chat.screen


@pytest.mark.timeout(180)
@pytest.mark.parametrize("seed", [20261122])
async def test_damaged_updates_of_every_kind_come_to_an_end(seed: int, telegram_town: Town) -> None:
    await damage_comes_to_an_end(telegram_town, seed=seed, count=800)

"""Damaged events of Zalo's put through the whole house, from the post to the answer."""

import json
import random

import pytest

from bot import logs
from db.models import InboxRow, OutboxRow
from services import inbox
from tests.bot import zalo_mutations
from tests.bot.restored import logging_restored
from tests.chat import Town, attend

BATCH = 50


async def damage_comes_to_an_end(town: Town, *, seed: int, count: int) -> None:
    """Let so many damaged events be posted, and everything that follows happen."""
    people = [await town.joined(f"Người số {number}", f"NV{number}") for number in range(3)]
    rng, chats = random.Random(seed), [*(str(chat.id) for chat in people), "5001", "5002"]
    channel = town.surface.channel()
    with logging_restored():
        logs.configure()
        async with town.house() as house:
            for done in range(0, count, BATCH):
                batch = zalo_mutations.events(rng, chats, min(BATCH, count - done), done + 1)
                told = [channel.arrival(json.dumps(event).encode()) for event in batch]
                async with house.transactions() as session:
                    await inbox.receive(session, [one for one in told if one], town.clock.now())
                await attend(house)
                town.clock.move(seconds=60)
            for _ in range(3):
                town.clock.move(seconds=60)
                await attend(house)
    rows = await town.rows(InboxRow)
    assert len(rows) > count * 0.7
    assert {row.state for row in rows} <= {"done", "dead"}
    assert {row.errors for row in rows} == {0}
    assert {row.state for row in await town.rows(OutboxRow)} <= {"sent", "dead", "expired", "cancelled"}
    for chat in people:
        await chat.says("menu")
        assert "VIỆC CỦA TÔI" in chat.screen


async def test_damaged_events_of_every_kind_come_to_an_end(zalo_town: Town) -> None:
    await damage_comes_to_an_end(zalo_town, seed=20261122, count=100)


@pytest.mark.gate
@pytest.mark.timeout(1800)
async def test_twenty_thousand_damaged_events_come_to_an_end(metered_town: Town) -> None:
    metered_town.flood = None
    await damage_comes_to_an_end(metered_town, seed=7, count=20_000)

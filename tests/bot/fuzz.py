"""Damaged updates put through the whole house, from the poll to the answer."""

import random
from pathlib import Path

from bot.emulators.telegram import BotApi, Fault
from tests.bot import mutations
from tests.chat import Chat, Town, attend
from tests.surfaces import TelegramSurface

BATCH = 100


async def put_through(
    town: Town, people: list[Chat], count: int, seed: int, first: int = 500_000_000
) -> None:
    """Let so many damaged updates come in, numbered from `first`, and everything that follows happen."""
    rng = random.Random(seed)
    assert isinstance(town.surface, TelegramSurface)
    chats = [*(chat.id for chat in people), 5_001, 5_002]
    async with town.house() as house:
        for done in range(0, count, BATCH):
            batch = list(mutations.updates(rng, chats, first + done, min(BATCH, count - done)))
            town.surface.api.faults.add(Fault("getUpdates", raw=mutations.body(batch)))
            await attend(house)
            town.clock.move(seconds=6)
            _forget(town.surface.api)
        for _ in range(3):
            town.clock.move(seconds=60)
            await attend(house)


def _forget(api: BotApi) -> None:
    """What the platform remembers is not our memory."""
    api.ledger.clear()
    for chat in api.server.world.chats.values():
        chat.messages.clear()
    api.server.world.queries.clear()


def resident() -> int:
    """Bytes of memory this process holds."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096

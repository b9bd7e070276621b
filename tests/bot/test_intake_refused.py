"""A platform that does not know the bot any more: somebody hears of it though nothing is to be sent."""

import asyncio
from collections.abc import Callable

import pytest

from bot.intake import listen
from core.roles import Role
from db.models import ChannelStop
from tests.chat import Town
from tests.surfaces import ZaloSurface


async def test_a_token_that_was_reset_is_told_elsewhere_until_it_is_good_again(
    two_towns: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.intake._BACK_OFF", (0.001,))
    assert isinstance(two_towns.beside, ZaloSurface)
    server, stopping = two_towns.beside.server, asyncio.Event()
    mai = await two_towns.joined("Mai", roles=(Role.ADMINISTRATOR,))

    async def until(so: Callable[[list[ChannelStop]], bool]) -> None:
        for _ in range(200):
            if so(await two_towns.rows(ChannelStop)):
                return
            await asyncio.sleep(0.01)
        stopping.set()
        pytest.fail("it never was so")

    async with two_towns.house() as house, asyncio.TaskGroup() as tasks:
        line = (house.channels["zalo"], house.transactions, two_towns.clock, house.door.arrived)
        token, server.token = server.token, "7:reset"
        tasks.create_task(listen(*line, stopping))
        await until(lambda stops: [(one.channel, one.why) for one in stops] == [("zalo", "misconfigured")])
        server.token = token
        await until(lambda stops: not stops)
        stopping.set()
    await two_towns.settle()
    assert "Zalo từ chối mã truy cập" in str(mai.surface.bubbles(mai.id)[-1])

"""A process that ends while messages go over to a person's other channel: none is lost, none told twice."""

import asyncio
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.emulators.telegram import BotApi
from bot.emulators.telegram_server import serving
from bot.emulators.zalo import ZaloServer
from core.messages import Address, Message
from db.models import Account
from services.outbox import Lane, post
from tests.bot import staff, zalo_served
from tests.bot.lives import LifeServer, Plot
from tests.bot.test_crashpoints import CRASHED

LAN = 1001
SAID = ("Tin một", "Tin hai")
#: What lies in the outbox after the death: the channel and state of each row.
LEFT = {
    # Telegram has refused the first; nothing of that is stored, nor of what followed from it.
    "courier.before_sent_commit": [("telegram", "sending"), ("telegram", "queued")],
    "courier.after_sent_commit": [
        ("telegram", "cancelled"),
        ("telegram", "cancelled"),
        ("zalo", "queued"),
        ("zalo", "queued"),
    ],
}


@pytest.mark.parametrize("point", LEFT)
async def test_a_death_while_messages_change_channels(point: str, tmp_path: Path, lives: LifeServer) -> None:
    clock = SystemClock()
    api, zalo = BotApi(clock.now), ZaloServer(clock.now)
    house = await staff.house_over(tmp_path, api, clock)
    await staff.enlist(house, [LAN])
    async with house.transactions() as session:
        now = clock.now()
        there = Account(person_id=1, channel="zalo", bot=zalo.bot, chat="lan", linked_at=now)
        session.add(there)
        for text in SAID:
            await post(
                session, Address("telegram", staff.BOT, str(LAN)), Message(body=text), Lane.NOTICE, now
            )
    await house.close()
    api.introduce(LAN)
    api.user_blocks(LAN)
    zalo.introduce("lan")

    async with serving(api) as telegram, zalo_served.serving(zalo) as beside:
        life = await lives.begin(Plot(str(tmp_path), telegram, point, 1, in_flight=1, zalo=beside))
        assert await life.dies(20) == CRASHED
        assert rows(tmp_path) == LEFT[point]
        assert zalo.ledger.sent() == []

        life = await lives.begin(Plot(str(tmp_path), telegram, in_flight=1, zalo=beside))
        async with asyncio.timeout(20):
            while {state for _channel, state in rows(tmp_path)} & {"queued", "sending"}:
                assert await life.dies(0.02) is None
        assert await life.stop() == 0
    assert api.ledger.sent(LAN) == []
    told = [one.text for one in zalo.view("lan").from_bot()]
    assert [sum(text in one for one in told) for text in SAID] == [1, 1], told


def rows(folder: Path) -> list[tuple[object, ...]]:
    """The channel and state of every row of the outbox."""
    with staff.opened(folder) as database:
        return database.execute("SELECT channel, state FROM outbox ORDER BY id").fetchall()

"""A real process on an emulated Zalo, by the network: it serves there even where Telegram refuses it."""

import os
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.emulators.telegram import BotApi
from bot.emulators.telegram_server import serving as telegram_serving
from bot.emulators.zalo import TOKEN, Switches, ZaloServer
from bot.trouble import Outcome
from core.texts import running as texts
from tests.bot.staff import eventually
from tests.bot.test_greeting import Running, an_invitation, running
from tests.bot.zalo_line import LAN
from tests.bot.zalo_served import serving

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are sent as on a server")


async def sees(zalo: ZaloServer, words: str) -> None:
    """Wait until Lan's telephone shows this."""
    await eventually(lambda: any(words in one.text for one in zalo.view(LAN).from_bot()))


async def joins(zalo: ZaloServer, token: str) -> None:
    zalo.user_says(LAN, f"/start {token}")
    await sees(zalo, "CÓ PHẢI ANH/CHỊ LÀ")
    zalo.user_says(LAN, "1")
    await sees(zalo, "THÔNG BÁO VỀ DỮ LIỆU CÁ NHÂN")
    zalo.user_says(LAN, "1")
    await sees(zalo, "Đã kết nối. Chào anh/chị Nguyễn Thị Mẫu.")


async def stopped(bot: Running) -> None:
    await bot.stop()
    assert bot.code == Outcome.OK
    assert TOKEN.partition(":")[2] not in bot.said


@pytest.mark.gate
async def test_somebody_joins_on_zalo_where_telegram_refuses_the_bot(tmp_path: Path) -> None:
    token = await an_invitation(tmp_path / "data")
    zalo = ZaloServer(SystemClock().now, switches=Switches(poll_cap=25.0))
    other = BotApi(SystemClock().now, token="7000000001:AAnother0Another0Another0Another0")
    async with serving(zalo) as place, telegram_serving(other) as address:
        more = f'[zalo]\ntoken = "{TOKEN}"\nbase_url = "{place}"\nmedia_hosts = ["{place}"]\n'
        async with running(tmp_path, address, more=more) as bot:
            await joins(zalo, token)
            await bot.hears(texts.bot_refused("telegram", others=True))
            zalo.user_sends_document(LAN, "a.pdf")
            await sees(zalo, "Ứng dụng này không chuyển được loại tin vừa gửi")
            await stopped(bot)
    assert texts.known_as("zalo", zalo.name) in bot.said
    assert zalo.ledger.complaints == []

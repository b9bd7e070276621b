"""The site of an installation with a Telegram behind it, asked without a network."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
from sqlmodel import col, select

from bot.app import House, Plan, open_house
from bot.channels.base import Channel
from bot.channels.zalo import ZaloChannel
from bot.channels.zalo_api import ZaloApi
from bot.channels.zalo_media import ZaloMedia
from bot.emulators.telegram import BotApi
from bot.filestore import FileStore
from bot.web.plan import WebPlan
from bot.web.shelf import Shelf
from bot.web.signing import Signer
from bot.web.site import Behind, Site
from db.models import InboxRow
from tests.bot.recorded import Line, a_line
from tests.fakes import FrozenClock

ADDRESS = "https://thidua.example.vn"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True)
class Standing:
    """A house with a site, what people see of it, and the Telegram on the other side."""

    house: House
    site: Site
    signer: Signer
    shelf: Shelf
    store: FileStore
    client: httpx.AsyncClient
    line: Line
    clock: FrozenClock

    async def inbox(self) -> Sequence[InboxRow]:
        async with self.house.transactions() as session:
            return (await session.exec(select(InboxRow).order_by(col(InboxRow.id)))).all()

    def path(self, address: str) -> str:
        """An address of ours as it is asked for here."""
        assert address.startswith(ADDRESS)
        return address.removeprefix(ADDRESS)


@asynccontextmanager
async def standing(folder: Path, clock: FrozenClock) -> AsyncIterator[Standing]:
    """A house with a bot on Telegram and one on Zalo; its loops do not run unless a test runs them."""
    line = a_line(BotApi(clock.now))
    channels: list[Channel] = [line.channel, ZaloChannel(ZaloApi("7:token"), ZaloMedia(), by_link=True)]
    url = f"sqlite+aiosqlite:///{folder / 'bot.db'}"
    plan = Plan(url, folder, channels, clock, free_bytes=0, free_share=0)
    house = await open_house(plan)
    try:
        shelf, store = Shelf(folder / "uploads", free_bytes=0, free_share=0), FileStore(folder / "files")
        signer = Signer(b"k" * 32, ADDRESS)
        site = Site(
            WebPlan(ADDRESS, port=0, hooked=frozenset({"telegram", "zalo"})),
            signer,
            Behind(
                channels=house.channels,
                transactions=house.transactions,
                clock=clock,
                zone=ZONE,
                shelf=shelf,
                place=store.path_served,
                arrived=house.door.arrived,
            ),
        )
        transport = httpx.ASGITransport(site.app, client=("203.0.113.5", 4711))
        async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
            yield Standing(house, site, signer, shelf, store, client, line, clock)
    finally:
        await house.close()

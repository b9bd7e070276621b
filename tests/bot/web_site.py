"""The site of an installation with a Telegram behind it, asked without a network."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
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
from core.evidence import Allowance
from db.models import Account, InboxRow, UploadPage
from tests import databases
from tests.bot.recorded import Line, a_line
from tests.builders import a_person, a_unit
from tests.fakes import FrozenClock

ADDRESS = "https://thidua.example.vn"
MB = 1024 * 1024
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

    async def page(
        self, what: str = "Tiêu chí 9/32: Hài lòng của người dân", most: int = 3
    ) -> tuple[int, str]:
        """A page for Lan to send files by: its number and its address."""
        now = self.clock.now()
        async with self.house.transactions() as session:
            nth = len((await session.exec(select(UploadPage))).all()) + 1
            unit = await a_unit(session, code=f"KM{nth}")
            lan = await a_person(session, unit, now, name="Trần Thị Lan", code=f"NV{nth}")
            session.add(Account(person_id=lan, channel="zalo", bot="7", chat=f"u{nth}", linked_at=now))
            until = now + timedelta(hours=24)
            page = UploadPage(
                person_id=lan,
                channel="zalo",
                bot="7",
                chat=f"u{nth}",
                frame="{}",
                what=what,
                most=most,
                issued_at=now,
                expires_at=until,
            )
            session.add(page)
            await session.flush()
            number = page.id or 0
        return number, self.signer.upload(number, until)


async def until(told: Callable[[], object]) -> None:
    """Wait for something to become true."""
    for _ in range(500):
        if told():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never did")


@asynccontextmanager
async def standing(folder: Path, clock: FrozenClock) -> AsyncIterator[Standing]:
    """A house with a bot on Telegram and one on Zalo; its loops do not run unless a test runs them."""
    line = a_line(BotApi(clock.now))
    channels: list[Channel] = [line.channel, ZaloChannel(ZaloApi("7:token"), ZaloMedia(), by_link=True)]
    url = f"sqlite+aiosqlite:///{folder / 'bot.db'}"
    allowance = Allowance(file_bytes=MB)
    plan = Plan(url, folder, channels, clock, allowance=allowance, free_bytes=0, free_share=0)
    await databases.empty(folder / "bot.db")
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

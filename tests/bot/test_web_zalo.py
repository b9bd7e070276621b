"""Zalo and the site of a house: posts come in, pictures are fetched, and again hours later."""

import asyncio
from datetime import timedelta
from pathlib import Path

import httpx

from bot.app import House, Plan, open_house
from bot.channels.base import Delivered, OutgoingFile
from bot.keyfile import links_key
from bot.web.plan import WebPlan
from bot.web.signing import Signer
from tests.bot.web_site import ADDRESS, until
from tests.bot.zalo_line import LAN, a_line


class Outside(httpx.AsyncBaseTransport):
    """The Internet, as far as the house's own address goes."""

    def __init__(self) -> None:
        self.house: House | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        assert self.house is not None
        assert self.house.site is not None
        assert str(request.url).startswith(ADDRESS)
        return await httpx.ASGITransport(self.house.site.app).handle_async_request(request)


async def test_zalo_finds_the_house_posts_to_it_and_fetches_pictures(tmp_path: Path) -> None:
    outside = Outside()
    line = a_line(reach=outside)
    web = WebPlan(ADDRESS, port=0, hooked=frozenset({"zalo"}))
    url = f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"
    plan = Plan(url, tmp_path, [line.channel], line.clock, web=web, free_bytes=0, free_share=0)
    house = outside.house = await open_house(plan)
    try:
        stopping = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(house.run(stopping))
            await until(lambda: line.server.ledger.posted)
            line.server.user_says(LAN, "chào")
            await line.server.pump()
            await until(line.shown)
            stopping.set()
        assert [one.status for one in line.server.ledger.posted] == [200, 200]
        assert line.server.ledger.counts["getUpdates"] == 0

        sha = await house.store.put_served(b"\xff\xd8\xff\xe0 a small picture")
        expires = line.clock.now() + timedelta(hours=24)
        address = Signer(links_key(tmp_path), ADDRESS).photo(sha, "biểu đồ.jpg", "image/jpeg", expires)
        picture = OutgoingFile("biểu đồ.jpg", "image/jpeg", photo=True, url=address)
        assert isinstance(await line.hands(picture), Delivered)
        line.clock.move(hours=23)
        await line.server.refetch_photos()
        assert line.server.ledger.complaints == []
        line.clock.move(hours=2)
        await line.server.refetch_photos()
        assert len(line.server.ledger.complaints) == 1
    finally:
        await house.close()

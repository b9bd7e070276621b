"""The pages of an installation in a person's browser: looked at, sent by, fetched from."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import httpx

from tests.chat import ADDRESS, Chat, Town
from tests.surfaces import Sent

_ADDRESS = re.compile(re.escape(ADDRESS) + r"/\S+")


def address_in(text: str) -> str:
    """The address that stands in what somebody sees."""
    found = _ADDRESS.search(text)
    assert found is not None, text
    return found[0]


async def sees(town: Town, address: str) -> httpx.Response:
    """What a page shows, or a file's address hands over."""
    async with _browser(town) as browser:
        return await browser.get(address, follow_redirects=True)


async def sends(chat: Chat, files: Sequence[Sent], address: str = "") -> httpx.Response:
    """Somebody sends files by a page, the one they were given last unless it is another."""
    chosen = address or address_in(chat.screen)
    answered: list[httpx.Response] = []
    async with _browser(chat.town) as browser:
        form = [("files", (name, content, mime)) for name, mime, content in files]
        answered.append(await browser.post(chosen, data={"finish": "1"}, files=form, follow_redirects=True))
    shown = ", ".join(name for name, _mime, _content in files)
    await chat.town.hears(chat, f"(gửi qua trang web: {shown})", lambda: None)
    return answered[0]


@asynccontextmanager
async def _browser(town: Town) -> AsyncIterator[httpx.AsyncClient]:
    async with town.house() as house:
        assert house.site is not None
        transport = httpx.ASGITransport(house.site.app)
        async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
            yield client

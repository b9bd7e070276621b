"""A sandbox as its page sees it, without a browser and without a port."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from PIL import Image

from bot.clock import SystemClock
from bot.sandbox.board import Board
from bot.sandbox.game import Game
from bot.sandbox.ground import Ground
from bot.sandbox.guard import KEY_HEADER
from bot.sandbox.web import page_app
from tests.builders import PLAN_FILE

PORT = 8800
KEY = "the-key-of-this-page"
ADDRESS = f"http://127.0.0.1:{PORT}"


def a_game(folder: Path) -> Game:
    """A game that nobody plays yet."""
    return Game(Ground(folder), Board(), SystemClock(), PLAN_FILE, ADDRESS)


def a_client(game: Game, **headers: str) -> httpx.AsyncClient:
    """The page's own way to its server, with these headers in place of its own."""
    told = {KEY_HEADER: KEY, "origin": ADDRESS, "sec-fetch-site": "same-origin"} | headers
    transport = httpx.ASGITransport(page_app(game, PORT, KEY))
    return httpx.AsyncClient(transport=transport, base_url=ADDRESS, headers=told)


class Page:
    """What a person at the page does, and what the page shows them."""

    def __init__(self, game: Game, client: httpx.AsyncClient) -> None:
        self.game = game
        self.client = client

    async def post(self, act: str, **told: object) -> httpx.Response:
        return await self.client.post(f"/api/{act}", json=told)

    async def says(self, key: str, text: str, skin: str = "telegram") -> httpx.Response:
        form = {"key": key, "skin": skin, "text": text}
        return await self.client.post("/api/say", data=form)

    async def sends(
        self, key: str, *files: tuple[str, str, bytes], text: str = "", skin: str = "telegram"
    ) -> httpx.Response:
        uploads = [("files", (name, content, mime)) for name, mime, content in files]
        form = {"key": key, "skin": skin, "text": text}
        return await self.client.post("/api/say", data=form, files=uploads)

    async def taps(self, key: str, label: str) -> None:
        """Press the newest button that holds these words, once it is there."""
        await self.until(lambda: self._button(key, label) is not None, f"a button {label!r} of {key}")
        found = self._button(key, label)
        assert found is not None
        answer = await self.post("tap", key=key, message=found[0], data=found[1])
        assert answer.status_code == 200, answer.text

    async def sees(self, key: str, words: str, skin: str = "telegram") -> None:
        """Wait until a chat says this."""
        await self.until(lambda: words in self.text_of(key, skin), f"{words!r} with {key}")

    def shown(self, topic: str) -> dict[str, object]:
        """The newest state of a topic."""
        return next((json.loads(told) for _at, name, told in self.game.board.after(0) if name == topic), {})

    def rows(self, topic: str) -> list[dict[str, Any]]:
        """The newest state of a topic that is a list."""
        told = next((told for _at, name, told in self.game.board.after(0) if name == topic), "[]")
        rows: list[dict[str, Any]] = json.loads(told)
        return rows

    def text_of(self, key: str, skin: str = "telegram") -> str:
        """Everything a chat says now."""
        return "\n".join(message["text"] for message in self.messages(key, skin))

    def messages(self, key: str, skin: str = "telegram") -> list[dict[str, Any]]:
        """The messages of a chat, as the script gets them."""
        messages = self.shown(f"chat:{key}:{skin}").get("messages", [])
        assert isinstance(messages, list)
        return messages

    async def until(self, holds: Callable[[], bool], what: str = "") -> None:
        """Wait for something on the board."""
        try:
            async with asyncio.timeout(10):
                while not holds():
                    seen = max((at for at, _name, _told in self.game.board.after(0)), default=0)
                    await self.game.board.news(seen)
        except TimeoutError:
            raise AssertionError(f"never shown: {what}") from None

    def _button(self, key: str, label: str) -> tuple[int, str] | None:
        for message in reversed(self.messages(key)):
            for button in (one for row in message["buttons"] for one in row):
                if label in button["label"]:
                    return message["id"], button["data"]
        return None


@asynccontextmanager
async def playing(folder: Path) -> AsyncIterator[Page]:
    """A sandbox whose people have all joined who are to."""
    game = a_game(folder)
    game.board.readers = 1
    async with a_client(game) as client, asyncio.TaskGroup() as tasks:
        tasks.create_task(game.play())
        page = Page(game, client)
        await page.until(lambda: page.shown("clock").get("time") == "08:05", "opening time")
        try:
            yield page
        finally:
            game.stop()


def a_picture(kind: str = "PNG", colour: str = "teal") -> bytes:
    """A small picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (320, 200), colour).save(buffer, kind)
    return buffer.getvalue()

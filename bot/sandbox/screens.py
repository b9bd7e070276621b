"""Keeps the board as the world is: what changes by itself tells us, the rest is looked at."""

import asyncio
from contextlib import suppress

from bot.emulators.telegram import Subscription
from bot.sandbox import views
from bot.sandbox.board import Board
from bot.sandbox.cast import Figure
from bot.sandbox.hands import way_in
from bot.sandbox.world import TELEGRAM, ZALO, World
from core.messages import Address
from services import journal, outbox, people

_ROWS = 40
_LOOK = 0.2
_LOOKS_A_ROW = 3
"""The database is looked at less often than what lies in memory."""


class Screens:
    """Shows one world on a board."""

    def __init__(self, world: World, board: Board) -> None:
        self._world = world
        self._board = board

    async def follow(self, changes: Subscription) -> None:
        """Show Telegram as it changes, until the subscription is closed."""
        async for change in changes:
            self._show_telegram(change.chat_id)

    async def look_around(self, ended: asyncio.Event) -> None:
        """A few times a second, whatever nobody tells us of."""
        for figure in self._world.figures.values():
            self._show_telegram(figure.persona.chat)
        looks = 0
        while not ended.is_set():
            self._show_clock()
            for figure in self._world.figures.values():
                self._show_zalo(figure)
            if looks % _LOOKS_A_ROW == 0 and (self._board.readers or not looks):
                await self._show_rows()
            looks += 1
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK):
                    await ended.wait()

    def _show_telegram(self, chat: int) -> None:
        world = self._world
        figure = next((one for one in world.figures.values() if one.persona.chat == chat), None)
        if figure is None:
            return
        key, view = figure.persona.key, world.api.view(chat)
        world.transcripts[key, TELEGRAM].look(view)
        self._board.put(f"chat:{key}:{TELEGRAM}", views.telegram_chat(view, world.epoch, world.zone))

    def _show_zalo(self, figure: Figure) -> None:
        world, key, chat = self._world, figure.persona.key, str(figure.persona.chat)
        view = world.zalo.view(chat)
        world.transcripts[key, ZALO].look_at_bubbles(view.bubbles)
        self._board.put(
            f"chat:{key}:{ZALO}", views.zalo_chat(view, world.epoch, world.zone, world.page_address)
        )

    def _show_clock(self) -> None:
        world = self._world
        shown = views.clock(
            world.now(),
            world.arrived,
            outage=world.api.outage,
            throttled=world.throttled(),
            twice=world.twice,
            spent=bool(world.spent),
        )
        self._board.put("clock", shown)

    async def _show_rows(self) -> None:
        world = self._world
        places = {
            Address(channel.name, channel.bot, str(figure.persona.chat)): (key, channel.name)
            for key, figure in world.figures.items()
            for channel in world.house.channels.values()
        }
        async with world.house.transactions() as session:
            known = await people.identify(session, list(places), world.now())
            inside = {actor.person_id for actor in known.values()}
            for key, figure in list(world.figures.items()):
                if figure.issued.person_id not in inside:
                    await way_in(world, session, key)
            rows = await outbox.latest(session, _ROWS)
            lines = await journal.latest(session, _ROWS)
        joined: dict[str, list[str]] = {}
        for address, actor in known.items():
            key, skin = places[address]
            if actor.person_id == world.figures[key].issued.person_id:
                joined.setdefault(key, []).append(skin)
        names = {str(one.persona.chat): one.given_name for one in world.figures.values()}
        self._board.put("people", views.people(list(world.figures.values()), joined))
        self._board.put("outbox", views.outbox(rows, names, world.zone))
        self._board.put("journal", views.entries(lines, world.names, world.zone))

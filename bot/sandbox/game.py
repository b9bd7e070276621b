"""The sandbox while it is open: one world after another, each begun by a reset."""

import asyncio
from datetime import timedelta
from pathlib import Path

from bot.app import side_by_side
from bot.clock import Clock
from bot.emulators.telegram import Subscription
from bot.sandbox.board import Board
from bot.sandbox.ground import Ground
from bot.sandbox.screens import Screens
from bot.sandbox.world import SorryError, World
from core.texts import sandbox as texts

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Game:
    """Worlds on one ground, shown on one board, whose page is served at `address`."""

    def __init__(self, ground: Ground, board: Board, clock: Clock, plan: Path, address: str) -> None:
        self.board = board
        self._address = address
        self._ground = ground
        self._clock = clock
        self._plan = plan
        self._world: World | None = None
        self._epoch = 0
        self._over = False
        self._ended = asyncio.Event()
        self._joining: asyncio.Timeout | None = None

    @property
    def world(self) -> World:
        """The world there is now. Raises `SorryError` between two of them."""
        if self._world is None:
            raise SorryError(texts.RESETTING)
        return self._world

    async def play(self) -> None:
        """World after world, until `stop`."""
        while not self._over:
            self._ended.clear()
            self._epoch += 1
            world = await World.open(
                self._ground.fresh(), self._clock, self._epoch, self._plan, self._address
            )
            try:
                self._world = world
                await self._live(world)
            finally:
                self._world = None
                await world.house.close()
        self.board.close()

    def reset(self) -> None:
        """Begin anew."""
        self._ended.set()

    def stop(self) -> None:
        """Play no more."""
        self._over = True
        self._ended.set()
        self.board.close()

    @property
    def stopped(self) -> bool:
        """Whether it is over."""
        return self._over

    async def _live(self, world: World) -> None:
        screens = Screens(world, self.board)
        with world.api.subscribe() as changes:
            await side_by_side(
                world.house.run(self._ended),
                screens.follow(changes),
                self._look_around(screens, changes),
                self._let_people_join(world),
            )

    async def _look_around(self, screens: Screens, changes: Subscription) -> None:
        await screens.look_around(self._ended)
        changes.close()
        if self._joining is not None:
            self._joining.reschedule(0)

    async def _let_people_join(self, world: World) -> None:
        """The past of a world; broken off when the world ends before it has caught up."""
        if self._ended.is_set():
            return
        try:
            async with asyncio.timeout(None) as self._joining:
                await world.let_people_join()
        except TimeoutError:
            if not self._ended.is_set():
                raise
        finally:
            self._joining = None

"""What platforms post, committed to the inbox before they are told that it arrived.

Posts that come together share a commit. Who would have to wait too long is told to come again: platforms do,
and what was kept after all is recognised.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress

import structlog

from bot.clock import Clock
from db.transaction import Transactions
from services import inbox
from services.inbox import Arrival

_log = structlog.get_logger()
_TOGETHER = 64
_BREATH = 0.05


class Letterbox:
    """Room for `room` posts, each of which waits at most `patience` seconds."""

    def __init__(
        self,
        transactions: Transactions,
        clock: Clock,
        arrived: Callable[[], None],
        *,
        room: int = 300,
        patience: float = 6.0,
    ) -> None:
        self._transactions = transactions
        self._clock = clock
        self._arrived = arrived
        self._room = room
        self._patience = patience
        self._waiting: deque[tuple[Arrival, asyncio.Future[bool]]] = deque()
        self._wake = asyncio.Event()
        self._size = 1

    async def keep(self, arrival: Arrival) -> bool:
        """Whether the arrival is safe on disk. It may be even where this says no."""
        if len(self._waiting) >= self._room:
            return False
        kept: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((arrival, kept))
        self._wake.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(self._patience):
                return await kept
        return False

    async def run(self, stopping: asyncio.Event) -> None:
        """Commit what was posted until told to stop."""
        while not stopping.is_set():
            self._wake.clear()
            while group := self._next():
                await self._store(group)
            with suppress(TimeoutError):
                async with asyncio.timeout(0.5):
                    await self._wake.wait()

    def _next(self) -> list[tuple[Arrival, asyncio.Future[bool]]]:
        """The first that still wait to be told."""
        group: list[tuple[Arrival, asyncio.Future[bool]]] = []
        while self._waiting and len(group) < self._size:
            post = self._waiting.popleft()
            if not post[1].done():
                group.append(post)
        return group

    async def _store(self, group: list[tuple[Arrival, asyncio.Future[bool]]]) -> None:
        try:
            async with self._transactions() as session:
                await inbox.receive(session, [arrival for arrival, _kept in group], self._clock.now())
            kept = True
        except Exception as error:  # noqa: BLE001 - whatever the database does, platforms come again
            _log.warning("post_not_kept", posts=len(group), error=type(error).__name__)
            kept = False
        # One that cannot be kept takes no others down with it: after a failure each is tried alone.
        self._size = min(2 * self._size, _TOGETHER) if kept else 1
        for _arrival, told in group:
            if not told.done():
                told.set_result(kept)
        if kept:
            self._arrived()
        else:
            # A locked database holds up the whole loop each time it is tried: others are let in between.
            await asyncio.sleep(_BREATH)

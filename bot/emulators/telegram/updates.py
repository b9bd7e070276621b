"""Updates waiting for the bot: offsets confirm, polls wait, a second poller ends the first."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass

from bot.emulators.telegram.errors import POLLED_TWICE, WEBHOOK_ACTIVE, ApiError
from bot.emulators.telegram.json_types import JsonObject

MAX_BATCH = 100
MAX_TIMEOUT = 50
_FUTURE = 10
"""An offset further ahead than this of the newest update is ignored (TDLib's TQueue)."""
_NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_CONFLICT_PAUSE = 3.0
"""Seconds the server holds back a 409 that follows another one closely."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One update with its number."""

    id: int
    kind: str
    body: JsonObject

    def to_json(self) -> JsonObject:
        """The update as an ``Update`` object."""
        return {"update_id": self.id, self.kind: self.body}


class UpdateQueue:
    """The updates of one bot, oldest first."""

    def __init__(self, first_id: int) -> None:
        self._next_id = first_id
        self._waiting: deque[Waiting] = deque()
        self._poller: asyncio.Future[None] | None = None
        self._conflict_free_at = 0.0
        self.allowed: tuple[str, ...] = ()
        self.webhook: JsonObject | None = None
        self.confirmed = 0
        """The highest update id the bot has confirmed; 0 before the first."""
        self.served = 0
        """How many updates were handed out, repetitions included."""

    @property
    def next_id(self) -> int:
        """The id the next update will have."""
        return self._next_id

    @property
    def polling(self) -> bool:
        """Whether a poll is waiting now."""
        return self._poller is not None

    def pending(self) -> list[JsonObject]:
        """What has not been confirmed."""
        return [update.to_json() for update in self._waiting]

    def __len__(self) -> int:
        return len(self._waiting)

    def push(self, kind: str, body: JsonObject) -> int:
        """Queue an update and wake the poll; returns its id, 0 when the bot has not asked for this kind."""
        if kind not in self.allowed if self.allowed else kind in _NOT_BY_DEFAULT:
            return 0
        update = Waiting(self._next_id, kind, body)
        self._next_id += 1
        self._waiting.append(update)
        self._wake()
        return update.id

    def push_again(self, updates: list[JsonObject]) -> None:
        """Queue updates a second time under the ids they had, as after a lost confirmation."""
        for update in updates:
            number = update["update_id"]
            kind, body = next((key, value) for key, value in update.items() if key != "update_id")
            if not isinstance(number, int) or not isinstance(body, dict):
                raise TypeError("not an update")
            self._waiting.append(Waiting(number, kind, body))
        self._waiting = deque(sorted(self._waiting, key=lambda waiting: waiting.id))
        self._wake()

    def restart_ids(self, next_id: int) -> None:
        """Number on from somewhere else, as Telegram may after a week of silence. The queue must be empty."""
        if self._waiting:
            raise ValueError("update ids restart only when nothing is waiting")
        self._next_id = next_id

    def drop_all(self) -> None:
        """Forget what is waiting."""
        self._waiting.clear()

    async def poll(self, offset: int, limit: int, patience: float) -> list[JsonObject]:
        """What getUpdates answers, after at most ``patience`` seconds.

        Raises ApiError (409) when a later poll takes over or a webhook is set.
        """
        if self.webhook is not None:
            raise ApiError.conflict(WEBHOOK_ACTIVE)
        self._end_poll()
        self._confirm(offset)
        if not self._waiting and patience > 0:
            await self._wait(patience)
        size = limit if 1 <= limit <= MAX_BATCH else MAX_BATCH
        batch = [update.to_json() for update, _ in zip(self._waiting, range(size), strict=False)]
        self.served += len(batch)
        return batch

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self._waiting) > -offset:
                self.confirmed = max(self.confirmed, self._waiting.popleft().id)
        elif offset <= self._next_id + _FUTURE:
            while self._waiting and self._waiting[0].id < offset:
                self.confirmed = max(self.confirmed, self._waiting.popleft().id)

    async def _wait(self, patience: float) -> None:
        loop = asyncio.get_running_loop()
        poller: asyncio.Future[None] = loop.create_future()
        self._poller = poller
        try:
            async with asyncio.timeout(min(patience, MAX_TIMEOUT)):
                await poller
        except TimeoutError:
            return
        except ApiError:
            pause = self._conflict_free_at - loop.time()
            if pause > 0:
                await asyncio.sleep(_CONFLICT_PAUSE)
            else:
                self._conflict_free_at = loop.time() + _CONFLICT_PAUSE
            raise
        finally:
            if self._poller is poller:
                self._poller = None

    def _wake(self) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)

    def _end_poll(self) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(ApiError.conflict(POLLED_TWICE))
        self._poller = None

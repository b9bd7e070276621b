"""Hours in seconds: an event loop on which nobody ever waits, and a clock that goes with it."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import ParamSpec, TypeVar

import aiosqlite
import pytest

T = TypeVar("T")
R = TypeVar("R")
P = ParamSpec("P")
#: A Tuesday morning at the office.
BEGIN = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


class _Selector(selectors.DefaultSelector):
    """Waits for the threads of the database, and for nothing else: the time of a timer comes at once."""

    skipped = 0.0
    busy = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None or timeout <= 0:
            return super().select(timeout)
        if events := super().select(0):
            return events
        if self.busy:
            return super().select(timeout)
        self.skipped += timeout
        return []


class HurriedLoop(asyncio.SelectorEventLoop):
    """Its time is all that was not waited for: what takes the machine time takes none."""

    def __init__(self) -> None:
        self._hurry = _Selector()
        super().__init__(self._hurry)

    def time(self) -> float:
        return self._hurry.skipped

    def begins(self) -> None:
        """A thread has work whose end has to be waited for."""
        self._hurry.busy += 1

    def ends(self) -> None:
        """It is done."""
        self._hurry.busy -= 1


class HurriedClock:
    """The clock that goes with the running loop."""

    def now(self) -> datetime:
        """The moment, aware, in UTC."""
        return BEGIN + timedelta(seconds=asyncio.get_running_loop().time())


def in_a_hurry(story: Callable[[], Coroutine[object, object, T]]) -> T:
    """Run a story on such a loop."""
    execute = aiosqlite.Connection._execute  # noqa: SLF001 - the one door to its thread

    async def waited_for(
        self: aiosqlite.Connection, fn: Callable[P, R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, HurriedLoop)
        loop.begins()
        try:
            return await execute(self, fn, *args, **kwargs)  # type: ignore[no-any-return,no-untyped-call]  # untyped upstream
        finally:
            loop.ends()

    with pytest.MonkeyPatch.context() as patch, asyncio.Runner(loop_factory=HurriedLoop) as runner:
        patch.setattr(aiosqlite.Connection, "_execute", waited_for)
        return runner.run(story())

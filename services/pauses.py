"""Long work stops every few milliseconds, so that everybody else may go on."""

import asyncio

#: Seconds of work between two pauses.
_AT_MOST = 0.020


class Pauses:
    """Of one piece of work."""

    def __init__(self) -> None:
        self._clock = asyncio.get_running_loop().time
        self._next = self._clock() + _AT_MOST

    async def pause(self) -> None:
        """Let others go on, if the work has gone on long enough."""
        if self._clock() >= self._next:
            await asyncio.sleep(0)
            self._next = self._clock() + _AT_MOST

"""What the page shows, by topic: each change has a number, so that a page that was away catches up."""

import asyncio
import json
from collections.abc import Mapping, Sequence

Json = Mapping[str, "Json"] | Sequence["Json"] | str | int | float | bool | None


class Board:
    """The newest state of every topic."""

    def __init__(self) -> None:
        self._number = 0
        self._topics: dict[str, tuple[int, str]] = {}
        self._news = asyncio.Event()
        self._closed = False
        self.readers = 0

    def put(self, topic: str, state: Json) -> None:
        """Show a state; the same as before is no news."""
        told = json.dumps(state, ensure_ascii=False, separators=(",", ":"))
        if topic in self._topics and self._topics[topic][1] == told:
            return
        self._number += 1
        self._topics[topic] = (self._number, told)
        self._wake()

    def after(self, number: int) -> list[tuple[int, str, str]]:
        """What changed after that number, oldest first: number, topic, state as JSON.

        A number from the future is from another process: everything is news.
        """
        known = number if number <= self._number else 0
        fresh = [(at, topic, told) for topic, (at, told) in self._topics.items() if at > known]
        return sorted(fresh)

    async def news(self, number: int) -> None:
        """Wait for a change after that number, or for the end."""
        if self._number <= number and not self._closed:
            await self._news.wait()

    def close(self) -> None:
        """Wake whoever waits, for good."""
        self._closed = True
        self._wake()

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

"""How often somebody may ask: evenly, with a burst; counted in memory, and not for everybody in the world."""

import time
from collections import OrderedDict
from collections.abc import Callable


class Rates:
    """A bucket for each key, of which the `most` lately used are remembered."""

    def __init__(
        self,
        per_second: float,
        burst: int,
        *,
        most: int = 10_000,
        tick: Callable[[], float] = time.monotonic,
    ) -> None:
        self._per_second = per_second
        self._burst = burst
        self._most = most
        self._tick = tick
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, key: str) -> bool:
        """Whether there is room for one more, without taking it."""
        return self._level(key, self._tick()) >= 1

    def charge(self, key: str) -> None:
        """Take room for one, even where there is none."""
        now = self._tick()
        self._buckets[key] = (max(0.0, self._level(key, now) - 1), now)
        self._buckets.move_to_end(key)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)

    def take(self, key: str) -> bool:
        """Take room for one; false where there is none."""
        if not self.allows(key):
            return False
        self.charge(key)
        return True

    def _level(self, key: str, now: float) -> float:
        tokens, at = self._buckets.get(key, (float(self._burst), now))
        return min(float(self._burst), tokens + (now - at) * self._per_second)

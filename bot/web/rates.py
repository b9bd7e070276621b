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

    def take(self, key: str) -> bool:
        """Take room for one; false where there is none."""
        now = self._tick()
        level = self._level(key, now)
        if level < 1:
            return False
        self._buckets[key] = (level - 1, now)
        self._buckets.move_to_end(key)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return True

    def _level(self, key: str, now: float) -> float:
        tokens, at = self._buckets.get(key, (float(self._burst), now))
        return min(float(self._burst), tokens + (now - at) * self._per_second)

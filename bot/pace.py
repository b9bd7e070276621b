"""How fast a channel may be spoken to: evenly, because a burst is what platforms punish."""

import asyncio
from dataclasses import dataclass

from core.messages import Address


@dataclass(frozen=True, slots=True)
class PaceLimits:
    """Messages a second overall, for one chat, for a group, and for bulk; `burst` may leave at once."""

    per_second: float = 25
    burst: int = 3
    per_chat: float = 1
    chat_burst: int = 3
    bulk: float = 20
    per_group: float = 17 / 60


@dataclass(slots=True)
class _Bucket:
    rate: float
    size: float
    tokens: float
    at: float

    def level(self, now: float) -> float:
        return min(self.size, self.tokens + (now - self.at) * self.rate)

    def take(self, now: float, count: int) -> None:
        self.tokens, self.at = self.level(now) - count, now

    def wait(self, now: float) -> float:
        return max(0.0, (1 - self.level(now)) / self.rate)


#: Of the rate, each complaint of a platform takes half, down to an eighth; a twenty-fifth comes back in each
#: ten seconds without another one. Complaints within two seconds are one.
_LEAST, _BACK = 1 / 8, 1 / 25
_QUIET, _ONE_COMPLAINT = 10.0, 2.0


class Pace:
    """Counts what leaves. Reads the event loop's clock, which is never set back."""

    def __init__(self, limits: PaceLimits) -> None:
        now = _tick()
        self._limits = limits
        self._all = _Bucket(limits.per_second, limits.burst, limits.burst, now)
        # What was missed while the machine was busy is caught up, as far as a burst goes.
        self._bulk = _Bucket(limits.bulk, limits.burst, limits.burst, now)
        self._chats: dict[Address, _Bucket] = {}
        self._chat_pauses: dict[Address, float] = {}
        self._paused_until = 0.0
        self._complained_at = 0.0
        self._share = 1.0

    def room(self) -> int:
        """How many messages may leave now."""
        now = _tick()
        self._recover(now)
        return 0 if now < self._paused_until else max(0, int(self._all.level(now)))

    def bulk_room(self) -> bool:
        """Whether one of them may be bulk."""
        return self._bulk.level(_tick()) >= 1

    def bulk_wait(self) -> float:
        """Seconds until one of them may be bulk."""
        return self._bulk.wait(_tick())

    def wait(self) -> float:
        """Seconds until one may leave."""
        now = _tick()
        self._recover(now)
        return max(self._all.wait(now), self._paused_until - now, 0.0)

    def resting(self) -> dict[Address, float]:
        """Chats that have to rest, with the seconds that remain."""
        now = _tick()
        self._chat_pauses = {chat: until for chat, until in self._chat_pauses.items() if until > now}
        resting = {chat: until - now for chat, until in self._chat_pauses.items()}
        for chat, bucket in list(self._chats.items()):
            if bucket.level(now) >= self._limits.chat_burst:
                del self._chats[chat]
            elif bucket.level(now) < 1:
                resting[chat] = max(resting.get(chat, 0.0), bucket.wait(now))
        return resting

    def took(self, chat: Address, *, bulk: bool, count: int = 1, crowd: bool = False) -> None:
        """So many messages leave for this chat in one call; `crowd` says that it is a group."""
        now = _tick()
        self._all.take(now, count)
        if bulk:
            self._bulk.take(now, count)
        burst = self._limits.chat_burst
        rate = self._limits.per_group if crowd else self._limits.per_chat
        bucket = self._chats.setdefault(chat, _Bucket(rate, burst, burst, now))
        bucket.take(now, count)

    def slow_down(self) -> None:
        """The platform said that it was too much: half as fast, overall and in bulk, until it stays quiet."""
        now = _tick()
        self._recover(now)
        if now - self._complained_at >= _ONE_COMPLAINT or self._share == 1.0:
            self._set(max(_LEAST, self._share / 2), now)
        self._complained_at = max(now, self._paused_until)

    def _recover(self, now: float) -> None:
        """What was taken off comes back, step by step."""
        while self._share < 1.0 and now >= self._complained_at + _QUIET:
            self._complained_at += _QUIET
            self._set(min(1.0, self._share + _BACK), self._complained_at)

    def _set(self, share: float, at: float) -> None:
        """Another share of the limits from now on; what was earned before was earned at the old one."""
        for bucket, limit in ((self._all, self._limits.per_second), (self._bulk, self._limits.bulk)):
            at = max(at, bucket.at)
            bucket.tokens, bucket.at, bucket.rate = bucket.level(at), at, limit * share
        self._share = share

    def pause_chat(self, chat: Address, seconds: float) -> None:
        """The platform asked for a pause in one chat; a longer one in force stays."""
        self._chat_pauses[chat] = max(self._chat_pauses.get(chat, 0.0), _tick() + seconds)

    def pause(self, seconds: float) -> None:
        """The platform asked for a pause of the whole bot."""
        self._paused_until = max(self._paused_until, _tick() + seconds)


def _tick() -> float:
    return asyncio.get_running_loop().time()

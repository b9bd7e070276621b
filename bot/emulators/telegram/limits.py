"""How fast the server lets a bot write; off until numbers are given."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.emulators.telegram.errors import ApiError


@dataclass(frozen=True, slots=True)
class Limits:
    """Rates above which sends and edits are answered 429; None means no limit.

    Telegram speaks of about 30 a second in all, 1 a second in a private chat, 20 a minute in a group.
    """

    overall_per_second: int | None = None
    chat_per_second: int | None = None
    group_per_minute: int | None = None
    punish_seconds: int = 0
    """After a refusal everything is refused for so long, as a harsh server does."""


REAL_LIMITS = Limits(overall_per_second=30, chat_per_second=1, group_per_minute=20)


class Throttle:
    """Sliding windows over what was let through."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._all: deque[datetime] = deque()
        self._chats: dict[int, deque[datetime]] = {}
        self._punished_until: datetime | None = None

    def admit(self, chat_id: int, now: datetime, messages: int) -> None:
        """Let messages through or raise ApiError (429). Chats with negative ids are groups."""
        limits = self.limits
        if self._punished_until is not None and now < self._punished_until:
            raise ApiError.too_many_requests(_whole(self._punished_until - now))
        windows: list[tuple[deque[datetime], int, timedelta]] = []
        if limits.overall_per_second is not None:
            windows.append((self._all, limits.overall_per_second, timedelta(seconds=1)))
        if chat_id < 0 and limits.group_per_minute is not None:
            windows.append((self._chat(chat_id), limits.group_per_minute, timedelta(minutes=1)))
        elif limits.chat_per_second is not None:
            windows.append((self._chat(chat_id), limits.chat_per_second, timedelta(seconds=1)))
        for sent, most, length in windows:
            while sent and now - sent[0] >= length:
                sent.popleft()
            # An album counts all its messages, yet may go when nothing else has.
            if sent and len(sent) + messages > most:
                self._refuse(sent[0] + length - now, now)
        for sent, _, _ in windows:
            sent.extend([now] * messages)

    def _chat(self, chat_id: int) -> deque[datetime]:
        return self._chats.setdefault(chat_id, deque())

    def _refuse(self, wait: timedelta, now: datetime) -> None:
        seconds = max(_whole(wait), self.limits.punish_seconds)
        if self.limits.punish_seconds:
            self._punished_until = now + timedelta(seconds=seconds)
        raise ApiError.too_many_requests(seconds)


def _whole(wait: timedelta) -> int:
    return max(1, math.ceil(wait.total_seconds()))

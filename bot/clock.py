"""The only place that asks what time it is."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Something that knows the time."""

    def now(self) -> datetime:
        """The moment, aware, in UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The moment, aware, in UTC."""
        return datetime.now(UTC)


class MovableClock:
    """The machine's clock shifted by an offset: the sandbox travels in time with it."""

    def __init__(self, base: Clock) -> None:
        self._base = base
        self.offset = timedelta(0)

    def now(self) -> datetime:
        """The shifted moment, aware, in UTC."""
        return self._base.now() + self.offset

    def move(self, by: timedelta) -> None:
        """Travel forward (or, to start over, back)."""
        self.offset += by

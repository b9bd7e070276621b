"""How fast a chat may write: what is answered, when it is told to wait, and when nothing is said."""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum


@dataclass(frozen=True, slots=True)
class Limit:
    """So many messages `within` a time; who sends more is not listened to for a `pause`."""

    most: int
    within: timedelta
    pause: timedelta


@dataclass(frozen=True, slots=True)
class FloodLimits:
    """What a chat may send; one that has no way in yet may send less."""

    known: Limit = Limit(20, timedelta(seconds=10), timedelta(seconds=30))
    strangers: Limit = Limit(12, timedelta(minutes=1), timedelta(seconds=30))


class Heard(Enum):
    """What becomes of a message: answered, answered with «wait», or dropped without a word."""

    ANSWERED = "answered"
    TOLD_TO_WAIT = "told to wait"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Tally:
    """What a chat has sent lately: messages since a moment, the album among them, what was dropped."""

    since: datetime | None = None
    count: int = 0
    album: str = ""
    deaf_until: datetime | None = None
    dropped: int = 0

    @classmethod
    def from_json(cls, text: str) -> "Tally":
        """As `to_json` wrote it; nothing for nothing."""
        if not text:
            return cls()
        since, count, album, deaf_until, dropped = json.loads(text)
        return cls(_moment(since), count, album, _moment(deaf_until), dropped)

    def to_json(self) -> str:
        """In one line, for the database."""
        moments = [at.isoformat() if at else "" for at in (self.since, self.deaf_until)]
        return json.dumps(
            [moments[0], self.count, self.album, moments[1], self.dropped], separators=(",", ":")
        )


def counted(tally: Tally, limit: Limit, at: datetime, album: str = "") -> tuple[Heard, Tally]:
    """What becomes of a message sent at a moment, perhaps as part of an album (which counts once).

    Moments may go back a little: some come from the platform's clock, some from ours.
    """
    if album and album == tally.album:
        return Heard.ANSWERED, tally
    lowest = tally.deaf_until and tally.deaf_until - limit.pause - limit.within
    if tally.deaf_until is not None and lowest is not None and lowest <= at < tally.deaf_until:
        return Heard.DROPPED, replace(tally, dropped=tally.dropped + 1)
    if tally.since is None or abs(at - tally.since) >= limit.within:
        return Heard.ANSWERED, Tally(at, 1, album, dropped=tally.dropped)
    if tally.count >= limit.most:
        return Heard.TOLD_TO_WAIT, Tally(deaf_until=at + limit.pause, dropped=tally.dropped + 1)
    return Heard.ANSWERED, replace(tally, count=tally.count + 1, album=album)


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None

"""What a channel may still carry this month, where its platform allows so many messages and people.

The platform counts by itself and tells nobody how far it is: this is our own count, kept on the safe side.
Zalo's free bots: 3,000 messages a month, 50 people (zalo.md 6); whether what people write counts too is not
settled, so it does unless the installation says otherwise.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a platform allows one bot: messages a month and people, 0 for no limit.

    The last `reserve` messages are kept for deadline reminders. `counts_received` says that what people write
    is counted as well.
    """

    monthly: int = 0
    users: int = 0
    reserve: int = 0
    counts_received: bool = False

    @property
    def kept(self) -> int:
        """What is really kept for reminders: never more than there is."""
        return min(self.reserve, self.monthly)


@dataclass(frozen=True, slots=True)
class Use:
    """What a bot has used of a month; `in_flight` are messages nobody knows the end of yet.

    `lifted` says that an administrator has more bought: then our own count stops nothing this month.
    """

    sent: int = 0
    received: int = 0
    in_flight: int = 0
    lifted: bool = False


class Standing(StrEnum):
    """How things stand with a channel: what may still leave."""

    OPEN = "open"
    RESERVE = "reserve"
    USED_UP = "used_up"


class Stop(StrEnum):
    """Why a channel is stopped altogether, by its platform's own word."""

    EXHAUSTED = "exhausted"
    MISCONFIGURED = "misconfigured"


class Threshold(StrEnum):
    """What is worth a warning, once a month, in the order of gravity."""

    HALF = "half"
    FOUR_FIFTHS = "four_fifths"
    NINE_TENTHS = "nine_tenths"
    RESERVE = "reserve"
    USED_UP = "used_up"


@dataclass(frozen=True, slots=True)
class Meter:
    """A channel as the office looks at it; `people` wrote to it, `waiting` messages stand still or queue.

    `until` is when a stopped one goes on by itself; None: when it is mended. `forecast` is the day on which
    only the reserve is left if it goes on like this.
    """

    channel: str
    bot: str
    allowance: Allowance
    use: Use
    people: int = 0
    waiting: int = 0
    metered: bool = True
    stop: Stop | None = None
    until: datetime | None = None
    forecast: date | None = None

    @property
    def still(self) -> bool:
        """Whether anything but reminders stands still."""
        return self.stop is not None or standing(self.allowance, self.use) is not Standing.OPEN


def used(allowance: Allowance, use: Use) -> int:
    """How many messages count, those in flight included."""
    return use.sent + use.in_flight + (use.received if allowance.counts_received else 0)


def left(allowance: Allowance, use: Use) -> int | None:
    """How many messages may still leave, the reserve included; None for no limit."""
    if not allowance.monthly or use.lifted:
        return None
    return max(0, allowance.monthly - used(allowance, use))


def room(allowance: Allowance, use: Use, *, reminders: bool) -> int | None:
    """How many may leave now: answers, notices and announcements together, or deadline `reminders`.

    Whatever leaves before the reserve is reached counts against the same messages. None for no limit.
    """
    found = left(allowance, use)
    if found is None or reminders:
        return found
    return max(0, found - allowance.kept)


def standing(allowance: Allowance, use: Use) -> Standing:
    """What may still leave."""
    if room(allowance, use, reminders=False) != 0:
        return Standing.OPEN
    return Standing.USED_UP if room(allowance, use, reminders=True) == 0 else Standing.RESERVE


def crossed(allowance: Allowance, before: int, after: int) -> Threshold | None:
    """The gravest threshold that lies between two counts of what is used, if there is one."""
    if not allowance.monthly:
        return None
    marks = {
        Threshold.HALF: -(-allowance.monthly // 2),
        Threshold.FOUR_FIFTHS: -(-allowance.monthly * 4 // 5),
        Threshold.NINE_TENTHS: -(-allowance.monthly * 9 // 10),
        Threshold.RESERVE: allowance.monthly - allowance.kept,
        Threshold.USED_UP: allowance.monthly,
    }
    if not allowance.kept:
        del marks[Threshold.RESERVE]
    found = [(mark, place) for place, mark in enumerate(marks.values()) if before < mark <= after]
    return list(marks)[max(found)[1]] if found else None


def month_of(day: date) -> str:
    """The month of a day at the office, as «2026-11»."""
    return f"{day:%Y-%m}"


def next_month(local: datetime) -> datetime:
    """When the next month begins, in the zone of that moment."""
    begin = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0, fold=0)
    days = monthrange(local.year, local.month)[1]
    return begin.replace(month=begin.month + 1) if local.month < 12 else begin + timedelta(days=days)


def rests_until(local: datetime) -> datetime:
    """Until when a channel rests whose platform said that the month is used up.

    On the first day of a month it may go by another zone, or be late: then it is asked again every hour.
    """
    return local + timedelta(hours=1) if local.day == 1 else next_month(local)


def forecast(allowance: Allowance, use: Use, local: datetime) -> date | None:
    """On which day of this month only the reserve is left at the pace so far.

    None where that is after its end, or cannot be told yet: it takes a day to know a pace.
    """
    begin = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    passed = (local - begin) / timedelta(days=1)
    spent, ordinary = used(allowance, use), allowance.monthly - allowance.kept
    if not allowance.monthly or use.lifted or passed < 1 or not 0 < spent < ordinary:
        return None
    at = begin + timedelta(days=min(passed * ordinary / spent, 366.0))
    return at.date() if at < next_month(local) else None

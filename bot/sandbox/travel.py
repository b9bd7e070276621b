"""Travel in time: everything on the timetable rings on the way, in its order."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta, tzinfo

from scheduler.timetable import Entry

FARTHEST = timedelta(days=400)
_HOURS_BETWEEN = 4


def on_the_way(
    entries: Sequence[Entry], since: datetime, until: datetime, zone: tzinfo
) -> Iterator[tuple[datetime, Entry]]:
    """What rings after `since`, up to `until`, oldest first. All three are aware.

    What rings every few minutes rings thrice a day on the way, and on arrival: whatever it does, it does for
    all that has come due.
    """
    day = since.astimezone(zone).date()
    last = until.astimezone(zone).date()
    arrival = until.astimezone(zone)
    while day <= last:
        times = [(at, entry) for entry in entries for at in _times(entry)]
        for at, entry in sorted(times, key=lambda one: one[0]):
            moment = datetime.combine(day, at, zone)
            if since < moment < until or (since < moment == until and not entry.every):
                yield moment, entry
        day += timedelta(days=1)
    for entry in entries:
        if since < until and entry.every and entry.at.hour <= arrival.hour <= entry.until.hour:
            yield until, entry


def _times(entry: Entry) -> list[time]:
    if not entry.every:
        return [entry.at]
    return [time(hour) for hour in range(entry.at.hour + 1, entry.until.hour + 1, _HOURS_BETWEEN)]

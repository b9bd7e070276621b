"""Travel in time: everything on the timetable rings on the way, in its order."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo

from scheduler.timetable import Entry

FARTHEST = timedelta(days=400)


def on_the_way(
    entries: Sequence[Entry], since: datetime, until: datetime, zone: tzinfo
) -> Iterator[tuple[datetime, Entry]]:
    """What rings after `since`, up to `until`, oldest first. All three are aware."""
    day = since.astimezone(zone).date()
    last = until.astimezone(zone).date()
    while day <= last:
        for entry in sorted(entries, key=lambda one: one.at):
            moment = datetime.combine(day, entry.at, zone)
            if since < moment <= until:
                yield moment, entry
        day += timedelta(days=1)

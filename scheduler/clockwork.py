"""The alarm clock: the only place that knows APScheduler, and it remembers nothing."""

from collections.abc import Sequence

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from scheduler.timetable import Entry


class Clockwork:
    """Rings the timetable's entries. Late is never too late, and twice at once never happens."""

    def __init__(self, entries: Sequence[Entry], zone: str) -> None:
        self.entries = tuple(entries)
        self._scheduler = AsyncIOScheduler(timezone=zone)
        for entry in entries:
            self._scheduler.add_job(
                entry.ring,
                _trigger(entry, zone),
                id=entry.name,
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )

    def start(self, missed: Sequence[Entry] = ()) -> None:
        """Begin to ring, in the running event loop; what was `missed` rings at once."""
        self._scheduler.start()
        for entry in missed:
            self._scheduler.add_job(entry.ring, misfire_grace_time=None)

    def stop(self) -> None:
        """Ring no more."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)


def _trigger(entry: Entry, zone: str) -> CronTrigger:
    if entry.every:
        hours, minutes = f"{entry.at.hour}-{entry.until.hour}", f"*/{entry.every}"
        return CronTrigger(hour=hours, minute=minutes, timezone=zone)
    return CronTrigger(hour=entry.at.hour, minute=entry.at.minute, timezone=zone)

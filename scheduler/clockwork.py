"""The alarm clock: the only place that knows APScheduler, and it remembers nothing."""

from collections.abc import Sequence
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from scheduler.timetable import Entry

#: Seconds. What sleeps until the next entry would oversleep by as much as the clock is set forward, or the
#: machine was suspended: sleep is measured by another clock than the one on the wall.
LOOKS_EVERY = 60


class Clockwork:
    """Rings the timetable's entries. Late is never too late, and twice at once never happens."""

    def __init__(self, entries: Sequence[Entry], zone: str) -> None:
        self.entries = tuple(entries)
        self._zone = zone
        self._scheduler = AsyncIOScheduler(timezone=zone)

    @property
    def next_look(self) -> datetime:
        """When the alarm clock looks at the time again, once it is started."""
        due: list[datetime] = [job.next_run_time for job in self._scheduler.get_jobs()]
        return min(due)

    def start(self, missed: Sequence[Entry] = ()) -> None:
        """Begin to ring, in the running event loop; what was `missed` rings at once."""
        for entry in self.entries:
            self._scheduler.add_job(
                entry.ring,
                _trigger(entry, self._zone),
                id=entry.name,
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )
        self._scheduler.add_job(
            _beat, IntervalTrigger(seconds=LOOKS_EVERY, timezone=self._zone), coalesce=True
        )
        self._scheduler.start()
        for entry in missed:
            self._scheduler.add_job(entry.ring, misfire_grace_time=None)

    def stop(self) -> None:
        """Ring no more."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)


async def _beat() -> None:
    """Being awake is enough: whatever is due by now rings."""


def _trigger(entry: Entry, zone: str) -> CronTrigger:
    if entry.every:
        hours, minutes = f"{entry.at.hour}-{entry.until.hour}", f"*/{entry.every}"
        return CronTrigger(hour=hours, minute=minutes, timezone=zone)
    return CronTrigger(hour=entry.at.hour, minute=entry.at.minute, timezone=zone)

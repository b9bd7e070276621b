"""One message a morning: a person's nudges folded into one, and one line on the first day of the week."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.deadlines import Obligation, Standing
from core.reminders_case import Table
from core.reminders_facts import Absence, Nudge, Rules, Tone


@dataclass(frozen=True, slots=True)
class Digest:
    """What one person is told at a time, the most pressing first."""

    person: int
    nudges: tuple[Nudge, ...]

    @property
    def once(self) -> str:
        """The key under which it may be said once: any nudge of it may only be said once."""
        return self.nudges[0].once


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Something still owed, and where it stands."""

    obligation: Obligation
    standing: Standing


@dataclass(frozen=True, slots=True)
class WeeklyLine:
    """What one person still owes at the start of a week, the first due first; never empty."""

    person: int
    monday: date
    items: tuple[OpenItem, ...]

    @property
    def late(self) -> int:
        """How many of them are late."""
        return sum(one.standing.late for one in self.items)

    @property
    def once(self) -> str:
        """The key under which it may be said once."""
        return f"weekly:{self.person}:{self.monday.isoformat()}"


def digest(nudges: Iterable[Nudge]) -> tuple[Digest, ...]:
    """Each person's nudges as one, in the order in which the people first occur."""
    folded: defaultdict[int, list[Nudge]] = defaultdict(list)
    for nudge in nudges:
        folded[nudge.person].append(nudge)
    return tuple(Digest(person, tuple(sorted(some, key=_pressing))) for person, some in folded.items())


def weekly_lines(
    obligations: Iterable[Obligation], absences: Iterable[Absence], now: datetime, rules: Rules
) -> tuple[WeeklyLine, ...]:
    """One for everybody with something open, on the first working day of a week; none on other days.

    They are the same however often they are asked for: `once` says which was said. Whoever is in quiet
    hours has none yet.
    """
    today = now.date()
    monday = today - timedelta(days=today.weekday())
    if rules.calendar.plus_working_days(monday - timedelta(days=1), 1) != today:
        return ()
    table, items = Table(rules, absences), defaultdict[int, list[OpenItem]](list)
    for one in obligations:
        if one.person is not None and one.open_on(today):
            items[table.stand_in(one.person, today)].append(OpenItem(one, table.standing(one, now)))
    return tuple(
        WeeklyLine(person, monday, tuple(sorted(some, key=_due)))
        for person, some in items.items()
        if not table.quiet(person, now)
    )


def _pressing(nudge: Nudge) -> tuple[bool, date, str]:
    return nudge.tone is not Tone.LAST_WORD, nudge.due, nudge.obligation.id


def _due(item: OpenItem) -> tuple[date, str]:
    return item.obligation.due, item.obligation.id

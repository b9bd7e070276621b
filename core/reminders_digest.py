"""One message a morning: a person's nudges folded into one, and one line on the first day of the week."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.deadlines import Calendar, Obligation, Standing
from core.reminders_case import LAST, Table
from core.reminders_facts import Absence, Nudge, Rules, Sent, Tone

#: Under what a line of the week is kept: nothing that is owed is called so.
WEEKLY = "weekly"


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
    monday, table = monday_of(now, rules.calendar), Table(rules, absences)
    if monday is None:
        return ()
    return tuple(
        weekly_line(person, monday, owing, table, now)
        for person, owing in owing_by_person(obligations, table, now).items()
        if not table.quiet(person, now)
    )


def monday_of(now: datetime, calendar: Calendar) -> date | None:
    """The Monday of the week that begins for the office with this day; None on any other day."""
    monday = now.date() - timedelta(days=now.weekday())
    return monday if calendar.plus_working_days(monday - timedelta(days=1), 1) == now.date() else None


def owing_by_person(
    obligations: Iterable[Obligation], table: Table, now: datetime
) -> dict[int, list[Obligation]]:
    """What everybody still owes, or somebody for whom they stand in."""
    found: defaultdict[int, list[Obligation]] = defaultdict(list)
    for one in obligations:
        if one.person is not None and one.open_on(now.date()):
            found[table.stand_in(one.person, now.date())].append(one)
    return found


def without_ended(obligations: Iterable[Obligation], sent: Iterable[Sent]) -> list[Obligation]:
    """Those that are still spoken of: after the last word nothing raises them again."""
    ended = {(one.obligation, one.due) for one in sent if one.rung.startswith(LAST)}
    return [one for one in obligations if (one.id, one.due) not in ended]


def weekly_line(
    person: int, monday: date, owing: Iterable[Obligation], table: Table, now: datetime
) -> WeeklyLine:
    """The line about these, of which there must be one."""
    items = (OpenItem(one, table.standing(one, now)) for one in owing)
    return WeeklyLine(person, monday, tuple(sorted(items, key=_due)))


def _pressing(nudge: Nudge) -> tuple[bool, date, str]:
    return nudge.tone is not Tone.LAST_WORD, nudge.due, nudge.obligation.id


def _due(item: OpenItem) -> tuple[date, str]:
    return item.obligation.due, item.obligation.id

"""One obligation with its history, and the ladder laid over the days before and after it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from core.deadlines import Calendar, Obligation, Standing, internal_day, safe_day, standing
from core.ladder import Audience, Ladder, Rung
from core.reminders_facts import Absence, History, Rules, Sent, Snooze, Tone
from core.reminders_hours import Quiet, at, is_quiet, not_before

#: How the rung of a last word begins.
LAST = "last"
_RUNG_KEY = re.compile(r"(person|cut_off|last|deputy|office)([+-]\d+)")


@dataclass(frozen=True, slots=True)
class Step:
    """A rung on its day."""

    day: date
    offset: int
    audience: Audience
    key: str
    tone: Tone


@dataclass(slots=True)
class Case:
    """An obligation with what was sent and put off about it."""

    obligation: Obligation
    sent: list[Sent]
    snoozes: list[Snooze]

    def told(self, principal: int, audience: Audience) -> int | None:
        """The highest rung of this audience that they, or somebody in their place, heard for the date due."""
        return max(
            (
                offset
                for one in self.due_sent()
                if principal in (one.principal, one.person)
                and (offset := offset_of(one.rung, audience)) is not None
            ),
            default=None,
        )

    def due_sent(self) -> Iterator[Sent]:
        """What was sent for the date that is due now."""
        return (one for one in self.sent if one.due == self.obligation.due)

    def reminded_on(self, person: int, day: date, now: datetime) -> bool:
        """Whether they heard of it on that day, whichever date was due then."""
        return any(
            one.person == person and one.made_at.astimezone(now.tzinfo).date() == day for one in self.sent
        )

    def snooze(self, person: int) -> Snooze | None:
        """What they put off last, for the date that is due now."""
        found = (one for one in self.snoozes if one.person == person and one.due == self.obligation.due)
        return max(enumerate(found), default=(0, None), key=lambda one: one[0])[1]


@cache
def offset_of(rung: str, audience: Audience) -> int | None:
    """The offset that a stored rung stands for, where it is one of this audience."""
    found = _RUNG_KEY.fullmatch(rung)
    if found is None:
        return None
    whose = Audience(found[1]) if found[1] in set(Audience) else Audience.PERSON
    return int(found[2]) if whose is audience else None


class Table:
    """The rules with what is computed from them once for many obligations."""

    def __init__(self, rules: Rules, absences: Iterable[Absence]) -> None:
        self.rules = rules
        self._absences: defaultdict[int, list[Absence]] = defaultdict(list)
        for one in absences:
            self._absences[one.person].append(one)
        self._steps: dict[tuple[date, date | None, int], tuple[Step, ...]] = {}
        self._closed: dict[datetime, bool] = {}
        self._ready: dict[tuple[datetime, tuple[Quiet, ...]], datetime] = {}
        self._standings: dict[tuple[object, ...], Standing] = {}

    def steps(self, obligation: Obligation) -> tuple[Step, ...]:
        """The rungs of an obligation in their order, with its own cut-off and the last word among them."""
        ladder = self.rules.ladders.of(obligation.kind, obligation.role)
        key = (obligation.due, obligation.cut_off, id(ladder))
        if key not in self._steps:
            self._steps[key] = tuple(_steps(obligation, ladder, self.rules.calendar))
        return self._steps[key]

    def standing(self, obligation: Obligation, now: datetime) -> Standing:
        """As `core/deadlines.py` says, computed once for those due alike."""
        key = (
            obligation.due,
            obligation.at,
            now,
            obligation.done_at,
            obligation.handed_in_at,
            obligation.cut_off,
        )
        if key not in self._standings:
            clock = now.timetz().replace(tzinfo=None)
            self._standings[key] = standing(obligation, now.date(), self.rules.calendar, clock)
        return self._standings[key]

    def stand_in(self, person: int, day: date) -> int:
        """Who is told in their place on that day: themselves, unless somebody who is there stands in."""
        told, seen = person, {person}
        while found := self._absent(told, day):
            told = found.deputy
            if told in seen:
                return person
            seen.add(told)
        return told

    def stand_ins(self) -> set[int]:
        """Everybody who stands in for somebody, at any time."""
        return {one.deputy for several in self._absences.values() for one in several}

    def _absent(self, person: int, day: date) -> Absence | None:
        if person not in self._absences:
            return None
        return next((one for one in self._absences[person] if one.starts_on <= day <= one.ends_on), None)

    def closed(self, now: datetime) -> bool:
        """Whether nobody at all is to be written to now."""
        if now not in self._closed:
            self._closed[now] = is_quiet(now, self.rules.calendar, *self.rules.quiets())
        return self._closed[now]

    def quiet(self, person: int, now: datetime) -> bool:
        """Whether they are not to be written to now."""
        own = person in self.rules.own
        return is_quiet(now, self.rules.calendar, *self.rules.quiets(person)) if own else self.closed(now)

    def ready(self, moment: datetime, *quiets: Quiet) -> datetime:
        """`not_before`, computed once."""
        key = (moment, quiets)
        if key not in self._ready:
            self._ready[key] = not_before(moment, self.rules.calendar, *quiets)
        return self._ready[key]

    def put_off(self, case: Case, person: int, now: datetime) -> datetime | None:
        """Until when they put it off; never past the last safe day, also where the day came nearer since."""
        found = case.snooze(person)
        if found is None:
            return None
        last = safe_day(case.obligation, self.rules.calendar)
        until = found.until.astimezone(now.tzinfo)
        return until if until.date() <= last else at(last, self.rules.morning, now)


def cases(obligations: Iterable[Obligation], history: History) -> Iterator[Case]:
    """Each obligation with its part of the history."""
    sent: defaultdict[str, list[Sent]] = defaultdict(list)
    for nudge in history.sent:
        sent[nudge.obligation].append(nudge)
    snoozes: defaultdict[str, list[Snooze]] = defaultdict(list)
    for snooze in history.snoozes:
        snoozes[snooze.obligation].append(snooze)
    for one in obligations:
        yield Case(one, sent.get(one.id, []), snoozes.get(one.id, []))


def _steps(obligation: Obligation, ladder: Ladder, calendar: Calendar) -> list[Step]:
    safe, last = safe_day(obligation, calendar), ladder.last_offset
    closing = Rung(last)
    steps = [
        Step(_day(calendar, safe, one.offset), one.offset, one.audience, one.key, _tone(one))
        for one in ladder.rungs
        if one != closing
    ]
    inner = internal_day(obligation, calendar)
    if inner is not None:
        offset = -calendar.working_days_between(inner, safe)
        if Rung(offset) not in ladder.rungs:
            steps.append(Step(inner, offset, Audience.PERSON, f"cut_off{offset:+d}", Tone.CUT_OFF))
    day = _day(calendar, safe, last)
    steps.append(Step(day, last, Audience.PERSON, f"{LAST}{last:+d}", Tone.LAST_WORD))
    return sorted(steps, key=lambda one: one.offset)


def _day(calendar: Calendar, safe: date, offset: int) -> date:
    return calendar.plus_working_days(safe, offset) if offset else safe


def _tone(rung: Rung) -> Tone:
    return Tone.REMINDER if rung.audience is Audience.PERSON else Tone.ESCALATION

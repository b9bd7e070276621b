"""The ladders of reminders: what administrators change in them, and what would be said, before it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from core.campaign_terms import DeadlineKind
from core.deadlines import Obligation
from core.ladder import Ladder, Ladders, Rung, Whose
from core.messages import Message
from core.refusals import Code, Refusal
from core.reminders_ahead import Planned, PlannedDay, by_day, each
from core.reminders_digest import WEEKLY, Digest, WeeklyLine, digest, weekly_lines, without_ended
from core.reminders_facts import History, Rules
from core.reminders_hours import at
from core.roles import Permission, Role
from core.texts import reminders as texts
from db.queries import reminders as queries
from db.queries import settings
from db.transaction import Session
from services import calendar, deadlines, journal, outbox, reminders
from services.actor import Actor
from services.pauses import Pauses

_OWED_BY_OFFICE = frozenset({DeadlineKind.YEARLY_REVIEW, DeadlineKind.FINAL_REVIEW})
#: For what there may be a ladder of its own: every kind, and the roles of whoever owes it.
WHOSE: tuple[Whose, ...] = tuple(
    (kind, role)
    for kind in DeadlineKind
    for role in ((Role.OFFICE,) if kind in _OWED_BY_OFFICE else (Role.HEAD, Role.COORDINATOR))
)


@dataclass(frozen=True, slots=True)
class Change:
    """A rung more, a rung less, or back to what holds otherwise."""

    whose: Whose | None
    adding: tuple[Rung, ...] = ()
    without: Rung | None = None

    def of(self, ladders: Ladders) -> Ladders:
        """The ladders with it; `Refusal` where they would be none."""
        ladder = ladders.at(self.whose)
        if self.without is not None:
            return ladders.changed(self.whose, ladder.without(self.without))
        if self.adding:
            return ladders.changed(self.whose, ladder.adding(*self.adding))
        return ladders.changed(self.whose, None)


@dataclass(frozen=True, slots=True)
class Ahead:
    """Days on which something would be said, and what the people are called."""

    days: tuple[PlannedDay, ...]
    names: dict[int, str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a change does: the ladder with it, and the days with it and as they are."""

    before: Ladder
    after: Ladder
    days_before: tuple[PlannedDay, ...]
    days_after: tuple[PlannedDay, ...]
    names: dict[int, str]


@dataclass(frozen=True, slots=True)
class Letter:
    """One message that one person would get in the rehearsal; `reachable` if they have an account."""

    person: int
    at: datetime
    digest: Digest | None
    weekly: WeeklyLine | None
    reachable: bool = False


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Everything that would be sent on one day, with the working days before and after it."""

    day: date
    letters: tuple[Letter, ...]
    names: dict[int, str]
    previous: date | None
    following: date

    def message(self, letter: Letter) -> Message:
        """What would be read."""
        if letter.digest is not None:
            return texts.digest(letter.digest, self.names, letter.weekly)
        assert letter.weekly is not None
        return texts.weekly(letter.weekly)


async def in_force(session: Session, actor: Actor) -> Ladders:
    """The ladders that hold now."""
    actor.require(Permission.MANAGE_CALENDAR)
    return (await reminders.rules_in_force(session)).ladders


async def change(session: Session, actor: Actor, wanted: Change, now: datetime) -> None:
    """Change a ladder. A ladder that is none is refused, and the old one holds."""
    actor.require(Permission.MANAGE_CALENDAR)
    _require_known(wanted.whose)
    before = (await reminders.rules_in_force(session)).ladders
    after = wanted.of(before)
    await settings.write(session, reminders.LADDERS, after.to_json())
    name = ".".join(wanted.whose) if wanted.whose is not None else "default"
    old, new = before.at(wanted.whose), after.at(wanted.whose)
    await journal.note(
        session, actor.label, "changed_ladder", f"ladder:{name}", now, old=old.to_json(), new=new.to_json()
    )


async def compared(session: Session, actor: Actor, wanted: Change, now: datetime, days: int) -> Comparison:
    """What the next days would be with a change, and what they are without; nothing is kept."""
    actor.require(Permission.MANAGE_CALENDAR)
    _require_known(wanted.whose)
    rules, local = await reminders.rules_in_force(session), reminders.in_zone(session, now)
    changed = replace(rules, ladders=wanted.of(rules.ladders))
    owed = await deadlines.obligations(session, now)
    touched = tuple(one for one in owed if _touches(one, wanted.whose, rules.ladders))
    history = (await reminders.known(session, touched, rules, local)).history
    before = await _planned(touched, history, local, days, rules)
    after = await _planned(touched, history, local, days, changed)
    return Comparison(
        before=rules.ladders.at(wanted.whose),
        after=changed.ladders.at(wanted.whose),
        days_before=before,
        days_after=after,
        names=await _names(session, (*before, *after)),
    )


async def ahead(session: Session, actor: Actor, now: datetime, start: date, days: int) -> Ahead:
    """What everybody would get on so many days from `start` on, were nothing done until then."""
    actor.require(Permission.MANAGE_CALENDAR)
    rules, local = await reminders.rules_in_force(session), reminders.in_zone(session, now)
    calendar.require_known([start])
    begins, end = max(start, local.date()), start + timedelta(days=days)
    owed, history = await _as_of(session, rules, begins, local)
    planned = await _planned(owed, history, local, (end - local.date()).days, rules)
    within = tuple(one for one in planned if start <= one.day < end)
    return Ahead(within, await _names(session, within))


async def rehearsed(session: Session, actor: Actor, now: datetime, day: date) -> Rehearsal:
    """Who would get what on `day`, as if the clock stood there and nobody had done anything until then.

    Reads only. A day gone by counts as today.
    """
    actor.require(Permission.MANAGE_CALENDAR)
    rules, local = await reminders.rules_in_force(session), reminders.in_zone(session, now)
    day = max(day, local.date())
    calendar.require_known([day])
    owed, history = await _as_of(session, rules, day, local)
    planned = await _planned(owed, history, local, (day - local.date()).days + 1, rules)
    todays = next((one.planned for one in planned if one.day == day), ())
    morning = max(local, at(day, rules.morning, local))
    letters = _letters(todays, _weekly(owed, history, morning, rules), morning)
    people = sorted({one.person for one in letters})
    reachable = await outbox.addresses(session, people)
    previous = rules.calendar.plus_working_days(day, -1)
    return Rehearsal(
        day=day,
        letters=tuple(replace(one, reachable=one.person in reachable) for one in letters),
        names=await queries.names(session, {*people, *_people(todays)}),
        previous=previous if previous >= local.date() else None,
        following=rules.calendar.plus_working_days(day, 1),
    )


async def _as_of(
    session: Session, rules: Rules, day: date, local: datetime
) -> tuple[tuple[Obligation, ...], History]:
    """What is owed as of that day, and what happened about it until now."""
    owed = await deadlines.obligations(session, max(local, at(day, time(), local)))
    return owed, (await reminders.known(session, owed, rules, local)).history


async def _planned(
    owed: Sequence[Obligation], history: History, local: datetime, days: int, rules: Rules
) -> tuple[PlannedDay, ...]:
    """As `core/reminders_ahead.py: preview`, with pauses in which others go on."""
    pauses, found = Pauses(), list[Planned]()
    for some in each(owed, history, local, days, rules):
        found += some
        await pauses.pause()
    return by_day(found)


def _letters(
    planned: Iterable[Planned], weekly: dict[int, WeeklyLine], morning: datetime
) -> tuple[Letter, ...]:
    """A message a person a moment, as they would be folded; a line of the week goes with the first."""
    by_moment: dict[datetime, list[Planned]] = {}
    for one in planned:
        by_moment.setdefault(one.at, []).append(one)
    letters = [
        Letter(folded.person, moment, folded, weekly.pop(folded.person, None))
        for moment in sorted(by_moment)
        for folded in digest(one.nudge for one in by_moment[moment])
    ]
    letters += [Letter(person, morning, None, line) for person, line in weekly.items()]
    return tuple(sorted(letters, key=lambda one: (one.at, one.person)))


def _weekly(
    owed: Iterable[Obligation], history: History, morning: datetime, rules: Rules
) -> dict[int, WeeklyLine]:
    """The lines of the week that nobody said yet."""
    said = {(one.person, one.due) for one in history.sent if one.obligation == WEEKLY}
    still = without_ended((one for one in owed if one.open_on(morning.date())), history.sent)
    lines = weekly_lines(still, history.absences, morning, rules)
    return {one.person: one for one in lines if (one.person, one.monday) not in said}


def _people(planned: Iterable[Planned]) -> set[int]:
    """Everybody who is named in these."""
    found: set[int] = set()
    for one in planned:
        own = one.nudge.obligation.person
        found |= {one.nudge.person, one.nudge.principal} | ({own} if own is not None else set())
    return found


async def _names(session: Session, days: Iterable[PlannedDay]) -> dict[int, str]:
    return await queries.names(session, {person for day in days for person in _people(day.planned)})


def _touches(owed: Obligation, whose: Whose | None, ladders: Ladders) -> bool:
    """Whether a change of that ladder means anything for it."""
    own = (owed.kind, owed.role)
    return own == whose if whose is not None else own not in ladders.special


def _require_known(whose: Whose | None) -> None:
    if whose is not None and whose not in WHOSE:
        raise Refusal(Code.NOT_FOUND)

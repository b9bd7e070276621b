"""The working calendar in force, and what administrators change in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from core.calendar import DayKind, SpecialDay, WorkCalendar, laid_over
from core.refusals import Code, Refusal
from core.roles import Permission
from core.vietnamese import clean_line
from db.models import CalendarDay, CalendarYear
from db.queries import calendar as queries
from db.transaction import Session
from services import journal
from services.actor import Actor
from services.papers import calendar_file
from services.papers.calendar_file import Decisions

SOURCE_LIMIT = 200
SHORTEST_SOURCE = 3
FIRST_YEAR, LAST_YEAR = calendar_file.FIRST_YEAR, calendar_file.LAST_YEAR


@dataclass(frozen=True, slots=True)
class Effect:
    """What an entry did to a month: its working days before and after."""

    year: int
    month: int
    before: int
    after: int


async def in_force(session: Session) -> WorkCalendar:
    """The calendar that holds now.

    Over the public holidays lies what is shipped, over that the installation's own file, over all what
    administrators entered.
    """
    own = session.info.get("calendar", calendar_file.NOTHING)
    assert isinstance(own, Decisions)
    entered = tuple(_fact(row) for row in await queries.days(session))
    return _calendar(own, entered, frozenset(await queries.years(session)))


@lru_cache(maxsize=8)
def _calendar(own: Decisions, entered: tuple[SpecialDay, ...], years: frozenset[int]) -> WorkCalendar:
    """Made once for what was decided; a transaction that is undone leaves nothing behind."""
    return laid_over(calendar_file.with_own(own), entered, years)


async def seen(session: Session, actor: Actor) -> WorkCalendar:
    """The calendar, for whoever wants to look at it."""
    actor.require(Permission.READ_PLAN)
    return await in_force(session)


async def entered_at(session: Session, actor: Actor, day: date) -> datetime | None:
    """When an administrator entered this day; None where the calendar is the shipped one."""
    actor.require(Permission.READ_PLAN)
    row = await queries.day(session, day)
    return row.entered_at if row is not None else None


async def enter(
    session: Session, actor: Actor, day: date, kind: DayKind, name: str, source: str, now: datetime
) -> Effect:
    """Make a day off, or worked; the document has to be named."""
    actor.require(Permission.MANAGE_CALENDAR)
    told = _source(source)
    before = await in_force(session)
    require_known([day])
    if before.is_working_day(day) is (kind is DayKind.WORK):
        raise Refusal(Code.DAY_ALREADY_SO, day=day, works=kind is DayKind.WORK)
    one = SpecialDay(day, kind, clean_line(name, SOURCE_LIMIT), told)
    await _keep(session, actor, [one], now)
    await journal.note(
        session, actor.label, "entered_calendar_day", f"day:{day.isoformat()}", now, kind=kind.value
    )
    return _effects(before, await in_force(session), [day])[0]


async def swap(
    session: Session, actor: Actor, off: date, work: date, source: str, now: datetime
) -> Sequence[Effect]:
    """Make a working day off and an off day worked instead."""
    actor.require(Permission.MANAGE_CALENDAR)
    told = _source(source)
    before = await in_force(session)
    require_known([off, work])
    for day, works in ((off, False), (work, True)):
        if before.is_working_day(day) is works:
            raise Refusal(Code.DAY_ALREADY_SO, day=day, works=works)
    await _keep(session, actor, calendar_file.swap(off, work, told), now)
    await journal.note(
        session, actor.label, "swapped_days", f"day:{off.isoformat()}", now, work=work.isoformat()
    )
    return _effects(before, await in_force(session), [off, work])


def ordered_swap(calendar: WorkCalendar, one: date, other: date) -> tuple[date, date]:
    """Of two days to swap: which becomes off, which is worked. Refused unless only one works now."""
    require_known([one, other])
    if calendar.is_working_day(one) is calendar.is_working_day(other):
        raise Refusal(Code.NOTHING_TO_SWAP, day=one, other=other, works=calendar.is_working_day(one))
    return (one, other) if calendar.is_working_day(one) else (other, one)


async def remove(session: Session, actor: Actor, day: date, now: datetime) -> None:
    """Take back what was entered for a day, of a swap both days; it stays on record."""
    actor.require(Permission.MANAGE_CALENDAR)
    row = await queries.day(session, day)
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    both = [day] if row.swapped_with is None else [day, row.swapped_with]
    await queries.replace(session, both, now)
    await journal.note(session, actor.label, "removed_calendar_day", f"day:{day.isoformat()}", now)


async def confirm_year(session: Session, actor: Actor, year: int, source: str, now: datetime) -> None:
    """Say that the decisions about a year are known; the document has to be named."""
    actor.require(Permission.MANAGE_CALENDAR)
    told = _source(source)
    require_known([date(year, 1, 1)])
    if (await in_force(session)).confirmed(year):
        raise Refusal(Code.YEAR_CONFIRMED, year=year)
    session.add(CalendarYear(year=year, source=told, confirmed_by=actor.person_id or None, confirmed_at=now))
    await session.flush()
    await journal.note(session, actor.label, "confirmed_calendar_year", f"year:{year}", now)


def require_known(days: Iterable[date]) -> None:
    """Refuse days outside the years whose holidays are known."""
    if not all(FIRST_YEAR <= day.year <= LAST_YEAR for day in days):
        raise Refusal(Code.CALENDAR_ENDS, first=FIRST_YEAR, last=LAST_YEAR)


async def _keep(session: Session, actor: Actor, days: Iterable[SpecialDay], now: datetime) -> None:
    """Enter days in place of what was entered for them; of a swap that is broken, both days go."""
    several = list(days)
    old = [row for one in several if (row := await queries.day(session, one.day)) is not None]
    gone = {row.day for row in old} | {row.swapped_with for row in old if row.swapped_with is not None}
    await queries.replace(session, gone, now)
    for one in several:
        session.add(
            CalendarDay(
                day=one.day,
                kind=one.kind.value,
                name=one.name,
                source=one.source,
                swapped_with=one.swapped_with,
                entered_by=actor.person_id or None,
                entered_at=now,
            )
        )
    await session.flush()


def _effects(before: WorkCalendar, after: WorkCalendar, days: Iterable[date]) -> list[Effect]:
    months = sorted({(day.year, day.month) for day in days})
    return [
        Effect(year, month, before.working_days_in(year, month), after.working_days_in(year, month))
        for year, month in months
    ]


def _source(typed: str) -> str:
    told = clean_line(typed, SOURCE_LIMIT)
    if len(told) < SHORTEST_SOURCE:
        raise Refusal(Code.DOCUMENT_MISSING)
    return told


def _fact(row: CalendarDay) -> SpecialDay:
    return SpecialDay(row.day, DayKind(row.kind), row.name, row.source, row.swapped_with)

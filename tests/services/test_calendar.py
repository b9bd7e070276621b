"""The calendar in force: what administrators lay over it, what is refused, what stays on record."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from core.calendar import DayKind
from core.refusals import Code, Refusal
from core.roles import Grant, Role
from db.models import CalendarDay
from db.transaction import Session
from services import calendar, journal
from services.actor import Actor
from tests.services.office import Office

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
SOURCE = "Thông báo số 15/TB-SYT ngày 20/11/2026"


def whoever(role: Role) -> Actor:
    return Actor(0, "Nguyễn Thị Mẫu", 1, TODAY, frozenset({Grant(role, None, TODAY, None)}))


@pytest.fixture
async def session(office: Office) -> AsyncIterator[Session]:
    async with office.transactions() as session:
        yield session


@pytest.fixture
def administrator() -> Actor:
    return whoever(Role.ADMINISTRATOR)


async def test_an_entered_day_is_in_force_and_says_what_it_did(
    session: Session, administrator: Actor
) -> None:
    day = date(2026, 11, 25)
    before = await calendar.in_force(session)
    done = await calendar.enter(session, administrator, day, DayKind.OFF, "Nghỉ bù", SOURCE, NOW)
    after = await calendar.in_force(session)
    assert (done.month, done.before, done.after) == (11, 20, 19)
    assert before.is_working_day(day)
    assert not after.is_working_day(day)
    assert after.version != before.version
    entered = after.special(day)
    assert entered is not None
    assert entered.source == SOURCE
    await calendar.remove(session, administrator, day, NOW)
    assert (await calendar.in_force(session)).version == before.version


async def test_the_same_facts_are_the_same_calendar(session: Session) -> None:
    assert await calendar.in_force(session) is await calendar.in_force(session)


async def test_a_swap_is_entered_and_removed_whole(session: Session, administrator: Actor) -> None:
    off, work = date(2026, 11, 23), date(2026, 11, 28)
    before = await calendar.in_force(session)
    assert calendar.ordered_swap(before, off, work) == calendar.ordered_swap(before, work, off) == (off, work)
    await calendar.swap(session, administrator, off, work, SOURCE, NOW)
    known = await calendar.in_force(session)
    assert (known.is_working_day(off), known.is_working_day(work)) == (False, True)
    told = known.special(off)
    assert told is not None
    assert told.swapped_with == work
    await calendar.remove(session, administrator, work, NOW)
    known = await calendar.in_force(session)
    assert (known.is_working_day(off), known.is_working_day(work)) == (True, False)


async def test_a_day_of_a_swap_that_is_entered_anew_takes_the_swap_away(
    session: Session, administrator: Actor
) -> None:
    off, work = date(2026, 11, 23), date(2026, 11, 28)
    await calendar.swap(session, administrator, off, work, SOURCE, NOW)
    await calendar.enter(session, administrator, off, DayKind.WORK, "Không nghỉ", SOURCE, NOW)
    known = await calendar.in_force(session)
    assert known.is_working_day(off)
    assert not known.is_working_day(work)
    rows = [(row.day, row.replaced_at is None) for row in (await session.exec(select(CalendarDay))).all()]
    assert sorted(rows) == [(off, False), (off, True), (work, False)]


async def test_a_holiday_may_be_worked(session: Session, administrator: Actor) -> None:
    day = date(2026, 11, 24)
    await calendar.enter(session, administrator, day, DayKind.WORK, "Không nghỉ", SOURCE, NOW)
    assert (await calendar.in_force(session)).is_working_day(day)


async def test_a_year_is_an_estimate_until_it_is_confirmed(session: Session, administrator: Actor) -> None:
    assert not (await calendar.in_force(session)).confirmed(2027)
    await calendar.confirm_year(session, administrator, 2027, SOURCE, NOW)
    assert (await calendar.in_force(session)).confirmed(2027)
    with pytest.raises(Refusal) as refused:
        await calendar.confirm_year(session, administrator, 2027, SOURCE, NOW)
    assert refused.value.code is Code.YEAR_CONFIRMED


async def test_what_changes_nothing_is_refused(session: Session, administrator: Actor) -> None:
    wednesday, thursday, sunday = date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 29)
    refused = {
        Code.DAY_ALREADY_SO: calendar.enter(
            session, administrator, sunday, DayKind.OFF, "Nghỉ bù", SOURCE, NOW
        ),
        Code.DOCUMENT_MISSING: calendar.enter(
            session, administrator, wednesday, DayKind.OFF, "Nghỉ bù", " \u200b-\n", NOW
        ),
        Code.CALENDAR_ENDS: calendar.confirm_year(session, administrator, 2051, SOURCE, NOW),
        Code.NOT_FOUND: calendar.remove(session, administrator, wednesday, NOW),
    }
    for code, act in refused.items():
        with pytest.raises(Refusal) as found:
            await act
        assert found.value.code is code
    with pytest.raises(Refusal) as found:
        calendar.ordered_swap(await calendar.in_force(session), wednesday, thursday)
    assert found.value.code is Code.NOTHING_TO_SWAP
    for off, work in ((sunday, thursday), (wednesday, thursday), (sunday, sunday)):
        with pytest.raises(Refusal) as found:
            await calendar.swap(session, administrator, off, work, SOURCE, NOW)
        assert found.value.code is Code.DAY_ALREADY_SO
    assert (await session.exec(select(CalendarDay))).all() == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
async def test_only_administrators_change_it_and_everybody_looks(session: Session, role: Role) -> None:
    actor, day = whoever(role), date(2026, 11, 25)
    assert (await calendar.seen(session, actor)).is_working_day(day)
    for act in (
        calendar.enter(session, actor, day, DayKind.OFF, "Nghỉ bù", SOURCE, NOW),
        calendar.swap(session, actor, day, date(2026, 11, 28), SOURCE, NOW),
        calendar.remove(session, actor, day, NOW),
        calendar.confirm_year(session, actor, 2027, SOURCE, NOW),
    ):
        with pytest.raises(Refusal) as refused:
            await act
        assert refused.value.code is Code.NOT_FOUND


async def test_changes_are_in_the_journal(office: Office, administrator: Actor) -> None:
    async with office.transactions() as session:
        await calendar.enter(session, administrator, date(2026, 11, 25), DayKind.OFF, "Nghỉ bù", SOURCE, NOW)
        await calendar.swap(session, administrator, date(2026, 11, 23), date(2026, 11, 28), SOURCE, NOW)
        await calendar.remove(session, administrator, date(2026, 11, 23), NOW)
        await calendar.confirm_year(session, administrator, 2027, SOURCE, NOW)
    async with office.transactions() as session:
        verbs = [line.verb for line in await journal.latest(session, 4)]
    assert verbs == [
        "confirmed_calendar_year",
        "removed_calendar_day",
        "swapped_days",
        "entered_calendar_day",
    ]

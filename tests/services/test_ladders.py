"""Who may change the ladders, what is kept and written down, and that looking ahead keeps nothing."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from sqlmodel import select

from core.campaign_terms import DeadlineKind
from core.ladder import DEFAULT_LADDER, Audience, LadderProblem, Ladders, Rung
from core.refusals import Code, Refusal
from core.reminders_hours import Quiet
from core.roles import Grant, Role
from db.engine import make_engine
from db.models import JournalRow, NudgeRow, OutboxRow, QuietHours, Setting
from db.transaction import Session, Transactions, write_now
from services import campaigns, journal, ladders, quiet, reminders
from services.actor import Actor
from services.ladders import Change
from tests import builders, databases
from tests.services.office import MONDAY

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
HEADS_REPORT = (DeadlineKind.REPORT, Role.HEAD)
EARLIER = Change(HEADS_REPORT, (Rung(-10),))


def whoever(role: Role, person: int = 0) -> Actor:
    return Actor(person, "Nguyễn Thị Mẫu", 1, TODAY, frozenset({Grant(role, None, TODAY, None)}))


@pytest.fixture
async def session(tmp_path: Path) -> AsyncIterator[Session]:
    await databases.empty(tmp_path / "bot.db")
    engine = make_engine(f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}")
    facts: dict[str, object] = {"zone": MONDAY.tzinfo, "campaigns": {}, "capabilities": {}}
    async with Transactions.over(engine, journal_key=b"key", **facts)() as session:
        yield session
    await engine.dispose()


@pytest.fixture
def administrator() -> Actor:
    return whoever(Role.ADMINISTRATOR)


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.ADMINISTRATOR])
async def test_nobody_but_an_administrator_looks_or_changes(session: Session, role: Role) -> None:
    actor = whoever(role)
    for act in (
        ladders.in_force(session, actor),
        ladders.change(session, actor, EARLIER, NOW),
        ladders.compared(session, actor, EARLIER, NOW, 28),
        ladders.ahead(session, actor, NOW, TODAY, 7),
        ladders.rehearsed(session, actor, NOW, TODAY),
    ):
        with pytest.raises(Refusal) as refused:
            await act
        assert refused.value.code is Code.NOT_FOUND
    assert list(await session.exec(select(Setting).where(Setting.name == reminders.LADDERS))) == []
    assert list(await session.exec(select(JournalRow))) == []


async def test_a_changed_ladder_holds_at_once_and_is_on_record(
    session: Session, administrator: Actor
) -> None:
    await ladders.change(session, administrator, EARLIER, NOW)
    held = (await reminders.rules_in_force(session)).ladders
    assert held.of(*HEADS_REPORT) == DEFAULT_LADDER.adding(Rung(-10))
    assert held.of(DeadlineKind.PLAN, Role.HEAD) == DEFAULT_LADDER
    await write_now(session)
    (line,) = await journal.latest(session, 5)
    assert (line.verb, line.subject) == ("changed_ladder", "ladder:report.head")
    assert line.facts == {"old": DEFAULT_LADDER.to_json(), "new": held.of(*HEADS_REPORT).to_json()}
    await ladders.change(session, administrator, Change(HEADS_REPORT), NOW)
    assert await ladders.in_force(session, administrator) == Ladders()


async def test_the_default_of_everything_is_changed_and_goes_back(
    session: Session, administrator: Actor
) -> None:
    await ladders.change(session, administrator, Change(None, without=Rung(-14)), NOW)
    assert (await ladders.in_force(session, administrator)).of(*HEADS_REPORT).rungs[0] == Rung(-7)
    await ladders.change(session, administrator, Change(None), NOW)
    assert await ladders.in_force(session, administrator) == Ladders()


@pytest.mark.parametrize(
    ("wanted", "problem"),
    [
        (Change(None, (Rung(-7),)), LadderProblem.REPEATED),
        (Change(None, (Rung(-61),)), LadderProblem.TOO_FAR),
        (Change(None, (Rung(-20, Audience.OFFICE),)), LadderProblem.UNASKED),
        (Change(None, (Rung(0, Audience.OFFICE),)), LadderProblem.DISORDERED),
        (Change(None, tuple(Rung(day) for day in range(-30, -20))), LadderProblem.TOO_MANY),
    ],
)
async def test_what_is_no_ladder_is_refused_and_the_old_one_holds(
    session: Session, administrator: Actor, wanted: Change, problem: LadderProblem
) -> None:
    for act in (
        ladders.change(session, administrator, wanted, NOW),
        ladders.compared(session, administrator, wanted, NOW, 28),
    ):
        with pytest.raises(Refusal) as refused:
            await act
        assert (refused.value.code, refused.value.facts["ladder"]) == (Code.LADDER_WRONG, problem)
    assert await ladders.in_force(session, administrator) == Ladders()


@pytest.mark.parametrize(
    "wanted",
    [
        Change((DeadlineKind.FINAL_REVIEW, Role.HEAD), (Rung(-10),)),
        Change((DeadlineKind.REPORT, Role.COUNCIL), (Rung(-10),)),
        Change(HEADS_REPORT, without=Rung(-13)),
    ],
)
async def test_what_there_is_not_is_not_found(session: Session, administrator: Actor, wanted: Change) -> None:
    with pytest.raises(Refusal) as refused:
        await ladders.change(session, administrator, wanted, NOW)
    assert refused.value.code is Code.NOT_FOUND
    assert await ladders.in_force(session, administrator) == Ladders()


async def test_looking_ahead_keeps_nothing(session: Session, administrator: Actor) -> None:
    head = await a_report_due(session)
    before = await counted(session)
    found = await ladders.compared(session, administrator, EARLIER, NOW, 28)
    assert next(one.day for one in found.days_after if one not in found.days_before) == date(2026, 12, 1)
    assert set(found.names) == {head}
    (first, *_more) = (await ladders.ahead(session, administrator, NOW, date(2026, 12, 8), 7)).days
    assert (first.day, first.planned[0].nudge.rung) == (date(2026, 12, 10), "person-3")
    for day in range(1, 29):
        await ladders.rehearsed(session, administrator, NOW, date(2026, 12, day))
    assert await counted(session) == before


async def test_a_rehearsed_day_is_what_the_morning_says(session: Session, administrator: Actor) -> None:
    """The same people hear the same rungs on that day, asked ahead or on the day."""
    head = await a_report_due(session)
    played = await ladders.rehearsed(session, administrator, NOW, date(2026, 12, 14))
    (letter,) = played.letters
    assert letter.digest is not None
    assert letter.weekly is not None
    assert not letter.reachable
    assert (letter.person, letter.at.time(), letter.digest.nudges[0].rung) == (head, time(7, 30), "person-1")
    assert (played.previous, played.following) == (date(2026, 12, 11), date(2026, 12, 15))
    past = await ladders.rehearsed(session, administrator, NOW, date(2026, 1, 5))
    assert (past.day, past.previous) == (TODAY, None)
    with pytest.raises(Refusal) as refused:
        await ladders.rehearsed(session, administrator, NOW, date(2099, 1, 5))
    assert refused.value.code is Code.CALENDAR_ENDS


async def test_own_quiet_hours_are_kept_for_oneself_and_leave_time(session: Session) -> None:
    head = await a_report_due(session)
    actor = whoever(Role.HEAD, head)
    with pytest.raises(Refusal) as refused:
        await quiet.set_own(session, actor, Quiet(time(7, 15), time(20)), NOW)
    assert refused.value.code is Code.QUIET_WHOLE_DAY
    await quiet.set_own(session, actor, Quiet(time(7), time(9)), NOW)
    assert await quiet.own(session, actor) == Quiet(time(7), time(9))
    played = await ladders.rehearsed(session, whoever(Role.ADMINISTRATOR), NOW, date(2026, 12, 10))
    assert played.letters[0].at.time() == time(9)
    await write_now(session)
    (line, *_older) = await journal.latest(session, 1)
    assert (line.verb, line.facts) == ("set_quiet_hours", {"hours": "07:00-09:00"})
    await quiet.set_own(session, actor, None, NOW)
    assert list(await session.exec(select(QuietHours))) == []


async def a_report_due(session: Session) -> int:
    """A unit whose head owes a report by Tuesday 15/12."""
    await builders.the_plan(session, NOW)
    unit = await builders.a_unit(session, "Khoa Nội", "KN")
    head = await builders.a_person(session, unit, NOW, name="Trần Thị Trưởng", code="NV1", roles=(Role.HEAD,))
    await campaigns.enter_date(
        session, whoever(Role.ADMINISTRATOR), "004", "deadline:004-D2", "15/12", "Hướng dẫn 12/HD-SYT", NOW
    )
    return head


async def counted(session: Session) -> list[int]:
    """How many rows there are of what reminding and changing would add to."""
    tables = (NudgeRow, OutboxRow, JournalRow, Setting)
    return [len(list(await session.exec(select(table)))) for table in tables]

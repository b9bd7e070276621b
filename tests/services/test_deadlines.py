"""What units owe: which, by when, whose it is, and in how few questions to the database."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlmodel import select

from core.campaign_dates import EnteredDate, with_dates
from core.campaign_terms import Deadline, DeadlineKind, Round, RoundKind, Unsaid, Window, YearDay
from core.campaigns import Campaign
from core.deadlines import late_at
from core.refusals import Code, Refusal
from core.roles import Grant, Role
from db.engine import make_engine
from db.models import CutOff, Extension, Leadership, Person, RoleGrant, Submission
from db.queries import people
from db.transaction import Session, Transactions
from services import campaigns, deadlines
from services.actor import Actor, console
from tests import databases
from tests.builders import LONG_AGO, PLAN_FILE, a_person, a_unit
from tests.core.samples import plan
from tests.services.office import MONDAY

ZONE = MONDAY.tzinfo


@pytest.fixture
async def session(tmp_path: Path) -> AsyncIterator[Session]:
    await databases.empty(tmp_path / "bot.db")
    engine = make_engine(f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}")
    async with Transactions.over(engine, journal_key=b"key", zone=ZONE, campaigns={})() as session:
        yield session
    await engine.dispose()


async def a_town(session: Session, dated: str = "15/12") -> dict[str, int]:
    """A department over two stations, with its office; the dossiers' day is entered."""
    top = await a_unit(session, "Sở Y tế", "SYT")
    desk = await a_unit(session, "Văn phòng", "VP", top)
    one = await a_unit(session, "Trạm Y tế Một", "T1", top)
    two = await a_unit(session, "Trạm Y tế Hai", "T2", top)
    await a_unit(session, "Trạm không người", "T3", top)
    found = {"top": top, "desk": desk, "one": one, "two": two}
    for who, unit, role in (
        ("head", one, Role.HEAD),
        ("deputy", one, Role.STAFF),
        ("clerk", two, Role.COORDINATOR),
        ("officer", desk, Role.OFFICE),
    ):
        found[who] = await a_person(session, unit, MONDAY, name=who, code=who, roles=(role,))
    session.add(Leadership(unit_id=one, person_id=found["deputy"], rank="deputy", since=LONG_AGO))
    source = PLAN_FILE.read_text("utf-8")
    office = console(MONDAY.date())
    await campaigns.load(session, office, source, PLAN_FILE.name, MONDAY)
    for code in ("004-D1", "004-D3"):
        await campaigns.enter_date(
            session, office, "004", f"deadline:{code}", dated, "Hướng dẫn 12/HD-SYT", MONDAY
        )
    return found


async def actor_of(session: Session, person_id: int) -> Actor:
    person = await session.get(Person, person_id)
    assert person is not None

    grants = frozenset(
        Grant(Role(role), unit, since, until)
        for _who, role, unit, since, until in await people.grants_of(session, [person_id])
    )
    return Actor(person_id, person.name, person.unit_id, MONDAY.date(), grants)


async def test_every_unit_that_somebody_answers_for_owes_what_has_a_day(session: Session) -> None:
    town = await a_town(session)
    found = await deadlines.obligations(session, MONDAY)
    dossiers = [one for one in found if one.kind is DeadlineKind.DOSSIER]
    assert [(one.unit, one.role, one.person) for one in dossiers] == [
        ("Trạm Y tế Một", Role.HEAD, town["head"]),
        ("Trạm Y tế Hai", Role.COORDINATOR, town["clerk"]),
    ]
    first = dossiers[0]
    assert first.id == f"004:004-D1:2026:{town['one']}"
    assert (first.legal_day, first.rests_on) == (date(2026, 12, 15), "Hướng dẫn 12/HD-SYT")
    assert (first.deputies, first.office) == ((town["deputy"],), (town["officer"],))
    assert first.open_on(MONDAY.date())
    (review,) = [one for one in found if one.kind is DeadlineKind.YEARLY_REVIEW]
    assert (review.unit, review.role, review.person) == ("Văn phòng", Role.OFFICE, town["officer"])
    assert len(found) == 3


async def test_what_has_no_day_is_not_owed_and_what_is_long_past_is_asked_for_no_more(
    session: Session,
) -> None:
    await a_town(session, "15/12/2026")
    assert {one.legal_day for one in await deadlines.obligations(session, MONDAY)} == {date(2026, 12, 15)}
    later = datetime(2027, 2, 13, 8, tzinfo=ZONE)
    assert await deadlines.obligations(session, later)
    assert not await deadlines.obligations(session, later + timedelta(days=1))
    assert await deadlines.obligations(session, later + timedelta(days=1), timedelta(days=999))


async def test_what_recurs_is_owed_for_last_year_too_while_it_is_not_long_past(session: Session) -> None:
    await a_town(session)
    january = datetime(2027, 1, 11, 8, tzinfo=ZONE)
    found = await deadlines.obligations(session, january)
    assert sorted({(one.legal_day, one.opened_on) for one in found}) == [
        (date(2026, 12, 15), max(date(2026, 1, 1), min(one.opened_on for one in found))),
        (date(2027, 12, 15), date(2027, 1, 1)),
    ]


async def test_a_submission_counts_once_confirmed_and_more_time_and_an_earlier_day_are_told(
    session: Session,
) -> None:
    town = await a_town(session)
    until = date(2026, 12, 22)
    sent = Submission(
        kind="report",
        campaign="004",
        deadline="004-D1",
        period="2026",
        unit_id=town["one"],
        number="1/KH",
        dated=MONDAY.date(),
        receipt="N1",
        made_by=town["head"],
        made_at=MONDAY,
    )
    more = Extension(
        campaign="004",
        deadline="004-D1",
        period="2026",
        unit_id=town["one"],
        until=until,
        reason="Bão",
        state="granted",
        document="Công văn 9",
        asked_by=town["head"],
        asked_at=MONDAY,
        decided_at=MONDAY,
    )
    own = CutOff(
        campaign="004",
        deadline="004-D1",
        period="2026",
        unit_id=town["one"],
        day=date(2026, 12, 10),
        set_at=MONDAY,
    )
    session.add_all([sent, more, own])
    await session.flush()
    first = (await deadlines.obligations(session, MONDAY))[0]
    assert (first.due, first.cut_off) == (until, date(2026, 12, 10))
    assert (first.done_at, first.missing) == (None, ("xác nhận của thủ trưởng đơn vị",))
    sent.confirmed_at = MONDAY
    await session.flush()
    assert (await deadlines.obligations(session, MONDAY))[0].done_at == MONDAY


async def test_people_see_what_their_units_owe_and_the_office_everything(session: Session) -> None:
    town = await a_town(session)
    for who, seen in (("head", ["Trạm Y tế Một"]), ("clerk", ["Trạm Y tế Hai"])):
        found = await deadlines.obligations_of(session, await actor_of(session, town[who]), MONDAY)
        assert [one.unit for one in found] == seen
    assert len(await deadlines.obligations_of(session, await actor_of(session, town["officer"]), MONDAY)) == 3
    with pytest.raises(Refusal) as refusal:
        await deadlines.obligations_of(session, await actor_of(session, town["deputy"]), MONDAY)
    assert refusal.value.code is Code.NOT_FOUND


async def test_many_units_take_no_more_questions_than_few(session: Session) -> None:
    town = await a_town(session)
    asked: list[str] = []
    engine = (await session.connection()).engine
    event.listen(engine.sync_engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    await deadlines.obligations(session, MONDAY)
    few = len(asked)
    for number in range(30):
        unit = await a_unit(session, f"Trạm {number}", f"X{number}", town["top"])
        await a_person(session, unit, MONDAY, code=f"X{number}", roles=(Role.HEAD,))
    asked.clear()
    assert len(await deadlines.obligations(session, MONDAY)) == 33
    assert len(asked) <= few


async def test_a_unit_whose_head_left_still_owes_and_nobody_is_named(session: Session) -> None:
    town = await a_town(session)
    head = await session.get(Person, town["head"])
    assert head is not None
    head.active = False
    for grant in (await session.exec(select(RoleGrant).where(RoleGrant.person_id == town["head"]))).all():
        grant.until = date(2026, 11, 20)
    await session.flush()
    owed = {one.unit: one for one in await deadlines.obligations(session, MONDAY)}
    assert set(owed) >= {"Trạm Y tế Một", "Trạm Y tế Hai"}
    assert owed["Trạm Y tế Một"].person is None
    assert owed["Trạm Y tế Một"].office == (town["officer"],)
    assert "Trạm không người" not in owed


async def test_what_is_due_early_in_a_year_is_asked_for_in_the_year_before(session: Session) -> None:
    await a_town(session, "05/01")
    winter = datetime(2026, 12, 21, 8, tzinfo=ZONE)
    found = [one for one in await deadlines.obligations(session, winter) if one.kind is DeadlineKind.DOSSIER]
    assert {one.legal_day for one in found} == {date(2027, 1, 5)}
    assert all(one.open_on(winter.date()) for one in found)


async def test_a_day_entered_with_a_time_is_over_at_that_time(session: Session) -> None:
    await a_town(session, "16:00 04/12/2026")
    found = [one for one in await deadlines.obligations(session, MONDAY) if one.kind is DeadlineKind.DOSSIER]
    assert {(one.legal_day, one.at) for one in found} == {(date(2026, 12, 4), time(16))}
    last = datetime(2026, 12, 4, 16, tzinfo=ZONE)
    assert not late_at(found[0], last)
    assert late_at(found[0], last + timedelta(minutes=1))


async def test_what_was_handed_in_counts_whatever_day_is_entered_for_that_year(session: Session) -> None:
    town = await a_town(session)
    session.add(
        Submission(
            kind="report",
            campaign="004",
            deadline="004-D1",
            period="2026",
            unit_id=town["one"],
            number="1/TTr",
            dated=MONDAY.date(),
            receipt="N1",
            made_by=town["head"],
            made_at=MONDAY,
            confirmed_by=town["head"],
            confirmed_at=MONDAY,
        )
    )
    await session.flush()
    key, office = f"004:004-D1:2026:{town['one']}", console(MONDAY.date())
    for entered, last in (
        ("10/12/2026", date(2026, 12, 10)),
        ("20/12", date(2026, 12, 20)),
    ):
        await campaigns.enter_date(session, office, "004", "deadline:004-D1", entered, "CV 9/SYT", MONDAY)
        (found,) = [one for one in await deadlines.obligations(session, MONDAY) if one.id == key]
        assert (found.legal_day, found.done_at) == (last, MONDAY)
        assert len([one for one in await deadlines.obligations(session, MONDAY) if one.done_at is None]) == 2


@pytest.mark.parametrize(
    ("said", "entered", "periods"),
    [
        (YearDay(12, 15), date(2023, 12, 10), ["2023"]),
        (YearDay(12, 15), date(2024, 1, 10), ["2023"]),
        (YearDay(1, 10), date(2023, 12, 30), ["2024"]),
        (date(2023, 12, 31), date(2024, 1, 15), ["2023"]),
        (date(2023, 12, 31), YearDay(12, 15), ["2022", "2023"]),
        (Unsaid(), date(2023, 12, 10), ["2023"]),
        (Unsaid(), date(2026, 1, 10), ["2025"]),
    ],
)
def test_an_entered_day_is_of_the_year_whose_day_it_replaces(
    said: date | YearDay | Unsaid, entered: date | YearDay, periods: list[str]
) -> None:
    before = a_plan(said)
    instead_of = None if isinstance(said, Unsaid) else said
    after = with_dates(before, [EnteredDate("deadline:D", entered, "CV 9", instead_of)])
    day = date(2023, 11, 23)
    assert [one.period for one in deadlines.occasions_of([after], day)] == periods


@pytest.mark.parametrize("day", [date(2023, 12, 10), YearDay(12, 15)])
def test_what_belongs_to_a_round_is_of_that_round_by_any_day(day: date | YearDay) -> None:
    rounds = (Round("nam", "Năm 2023", RoundKind.YEARLY, 2023),)
    dated = replace(a_plan(day, "nam"), rounds=rounds)
    found = list(deadlines.occasions_of([dated], date(2024, 1, 10)))
    assert [(one.period, one.last_day.year) for one in found] == [("nam", 2023)]


def a_plan(day: date | YearDay | Unsaid, of_round: str = "") -> Campaign:
    """A plan of 2021–2025 with one deadline."""
    window = Window("2021-2025", 2021, 2025, date(2021, 1, 1), date(2025, 12, 31))
    deadline = Deadline("D", DeadlineKind.REPORT, "1", "báo cáo", day, round=of_round)
    return replace(plan(), window=window, deadlines=(deadline,), rounds=(), issued_on=date(2021, 1, 5))

"""Bars S1 to S4 of reliability: silence, moved deadlines, two at once, escalation; over days of chance."""

import random
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from core.ladder import Audience
from core.messages import Capabilities
from core.reminders_case import offset_of
from core.reminders_digest import WEEKLY
from core.roles import Role
from db.engine import make_engine
from db.models import Account, Leadership, NudgeRow, OutboxRow
from db.transaction import Session, Transactions
from services import campaigns, outbox, reminders, rerouting
from services.actor import console
from tests import databases
from tests.builders import LONG_AGO, PLAN_FILE, a_person, a_unit
from tests.services.office import MONDAY

CONSOLE = Capabilities(buttons=False, edits=False, files_in=False, files_out=False, text_limit=2000)
SUBJECTS = ("deadline:004-D1", "deadline:004-D2")


@dataclass
class World:
    """An office with three units; each tick is a transaction of its own, and so is each delivery."""

    transactions: Transactions
    chance: random.Random
    now: datetime = MONDAY
    people: dict[str, int] = field(default_factory=dict)

    async def tick(self, *, deliver: bool = True) -> None:
        """The alarm clock rings; perhaps what was queued arrives."""
        async with self.transactions() as session:
            await reminders.remind(session, self.now)
        if deliver:
            await self.deliver()

    async def deliver(self) -> None:
        """What may leave arrives, but for those who cannot be reached."""
        async with self.transactions() as session:
            await outbox.expire(session, self.now)
            while parcels := await outbox.claim(session, "console", "", self.now, 10, 2, 10):
                for parcel in parcels:
                    if parcel.chat == "unreachable":
                        await rerouting.give_up_chat(session, parcel, "gone", self.now)
                    else:
                        await outbox.record_sent(session, [(parcel, "")], self.now)

    async def falls_due(self, subject: str, day: date) -> None:
        """The office enters a day."""
        office = console(self.now.date())
        async with self.transactions() as session:
            typed = f"{day:%d/%m/%Y}"
            await campaigns.enter_date(session, office, "004", subject, typed, "Hướng dẫn 12", self.now)

    async def nudges(self) -> list[NudgeRow]:
        """Every nudge but the lines of the week, in their order."""
        async with self.transactions() as session:
            query = select(NudgeRow).where(col(NudgeRow.obligation) != WEEKLY)
            return list((await session.exec(query.order_by(col(NudgeRow.id)))).all())

    async def messages(self) -> list[OutboxRow]:
        """Everything that was queued."""
        async with self.transactions() as session:
            return list((await session.exec(select(OutboxRow).order_by(col(OutboxRow.id)))).all())


@pytest.fixture(params=range(2))
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    await databases.empty(tmp_path / "bot.db")
    engine = make_engine(f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}")
    house: dict[str, object] = {"journal_key": b"key", "zone": MONDAY.tzinfo, "campaigns": {}}
    transactions = Transactions.over(engine, capabilities={"console": CONSOLE}, **house)
    found = World(transactions, random.Random(request.param))
    async with transactions() as session:
        await _people(session, found)
    yield found
    await engine.dispose()


async def _people(session: Session, world: World) -> None:
    top = await a_unit(session, "Sở Y tế", "SYT")
    desk = await a_unit(session, "Văn phòng", "VP", top)
    one = await a_unit(session, "Trạm Y tế Một", "T1", top)
    two = await a_unit(session, "Trạm Y tế Hai", "T2", top)
    for who, unit, role in (
        ("head", one, Role.HEAD),
        ("unreachable", two, Role.HEAD),
        ("deputy", one, Role.STAFF),
        ("officer", desk, Role.OFFICE),
        ("administrator", desk, Role.ADMINISTRATOR),
    ):
        person = await a_person(session, unit, MONDAY, name=who, code=who, roles=(role,))
        world.people[who] = person
        account = Account(
            person_id=person, channel="console", bot="", chat=who, state="active", linked_at=MONDAY
        )
        session.add(account)
    session.add(Leadership(unit_id=one, person_id=world.people["deputy"], rank="deputy", since=LONG_AGO))
    await campaigns.load(
        session, console(MONDAY.date()), PLAN_FILE.read_text("utf-8"), PLAN_FILE.name, MONDAY
    )
    await outbox.set_live(session)


def in_order(nudges: list[NudgeRow]) -> None:
    """Never the same twice, and never a lower rung after a higher one."""
    heard: defaultdict[tuple[str, date, int], list[int]] = defaultdict(list)
    for one in nudges:
        audience = Audience(one.rung[:6]) if one.rung[:6] in {"deputy", "office"} else Audience.PERSON
        offset = offset_of(one.rung, audience)
        assert offset is not None
        heard[one.obligation, one.due, one.person_id].append(offset)
    for offsets in heard.values():
        assert offsets == sorted(set(offsets))


async def one_a_day(world: World) -> None:
    """Nobody is written to twice on a day by what is owed in the morning, and never in quiet hours."""
    days: Counter[tuple[str, date]] = Counter()
    for row in await world.messages():
        if row.state == "sent":
            assert row.finished_at is not None
            at = row.finished_at.astimezone(MONDAY.tzinfo)
            assert 7 <= at.hour < 20
            days[row.chat, at.date()] += 1
    assert max(days.values(), default=0) <= 2  # A digest, and an escalation whose time came later that day.


async def test_silence_of_any_length_is_one_message(world: World) -> None:
    """S1: down for a minute or ten days; each rung once, or the highest of those that were missed."""
    for subject in SUBJECTS:
        await world.falls_due(subject, date(2026, 12, world.chance.randint(1, 28)))
    while world.now.date() < date(2027, 1, 20):
        away = world.chance.choice([5, 60, 24 * 60, 3 * 24 * 60, 10 * 24 * 60])
        before = len(await world.nudges())
        world.now += timedelta(minutes=world.chance.randint(1, away))
        await world.tick(deliver=world.chance.random() < 0.8)
        fresh = (await world.nudges())[before:]
        assert max(Counter((one.obligation, one.person_id) for one in fresh).values(), default=0) <= 1
    in_order(await world.nudges())
    await one_a_day(world)


async def test_a_deadline_that_moves_leaves_nothing_behind(world: World) -> None:
    """S2: no repeat for the same date, and no row that belongs to nothing."""
    for _ in range(40):
        if world.chance.random() < 0.4:
            day = date(2026, 12, 15) + timedelta(days=world.chance.randint(-20, 15))
            await world.falls_due(world.chance.choice(SUBJECTS), day)
        world.now += timedelta(minutes=world.chance.randint(30, 36 * 60))
        await world.tick(deliver=world.chance.random() < 0.6)
    keys = {one.outbox_key for one in await world.nudges()} - {""}
    async with world.transactions() as session:
        weekly = (await session.exec(select(NudgeRow.outbox_key))).all()
    waiting = {row.once for row in await world.messages() if row.state == "queued" and row.once}
    assert {key for key in waiting if key.startswith("nudge:") and key.endswith(":0")} <= keys | set(weekly)
    in_order(await world.nudges())


async def test_twice_at_once_and_a_clock_that_jumps(world: World) -> None:
    """S3: two tickers, and a clock that goes back an hour or a day, say nothing twice; an alarm is raised."""
    for subject in SUBJECTS:
        await world.falls_due(subject, date(2026, 12, world.chance.randint(1, 28)))
    while world.now.date() < date(2027, 1, 10):
        world.now += timedelta(hours=world.chance.randint(1, 30))
        await world.tick(deliver=False)
        for hours in (0, -1, -24, 0):
            world.now += timedelta(hours=hours)
            await world.tick(deliver=False)
        world.now += timedelta(hours=25)
        await world.tick()
    rows = await world.nudges()
    assert len({(one.obligation, one.due, one.person_id, one.rung) for one in rows}) == len(rows)
    in_order(rows)
    async with world.transactions() as session:
        keys = (await session.exec(select(OutboxRow.once).where(OutboxRow.chat == "administrator"))).all()
    assert any(key is not None and key.startswith("clock:") for key in keys)
    assert len(keys) == len(set(keys))


async def test_nobody_else_is_told_before_the_person(world: World) -> None:
    """S4: each escalation rests on a reminder of the person's own that arrived, or could not."""
    for subject in SUBJECTS:
        await world.falls_due(subject, date(2026, 12, world.chance.randint(1, 28)))
    while world.now.date() < date(2027, 1, 20):
        world.now += timedelta(minutes=world.chance.randint(5, 20 * 60))
        await world.tick(deliver=world.chance.random() < 0.5)
    rows = await world.nudges()
    others = [one for one in rows if one.rung.startswith(("deputy", "office"))]
    assert others
    for one in others:
        own = [
            earlier
            for earlier in rows
            if earlier.obligation == one.obligation
            and earlier.due == one.due
            and earlier.person_id in {world.people["head"], world.people["unreachable"]}
            and earlier.made_at < one.made_at
        ]
        assert own
        last = own[-1]
        assert last.failure or (last.delivered_at is not None and last.delivered_at < one.made_at)

"""A department with two stations that owe a report, and everybody who might want to lay hands on it."""

from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import func
from sqlmodel import SQLModel, select

from bot.channels.telegram import CAPABILITIES
from core.campaigns import Campaign
from core.messages import Address
from core.refusals import Code, Refusal
from core.roles import Grant, Role
from core.submissions import SubmissionFacts
from db.engine import Engine, make_engine
from db.models import CampaignVersion, CutOff, Evidence, Extension, JournalRow, OutboxRow, Person, Submission
from db.queries import people
from db.transaction import Savepoint, Session, Transactions, write_now
from services import campaign_shelf, campaigns, extensions, submissions
from services.actor import Actor, console
from services.submissions import Paper
from tests import databases
from tests.builders import PLAN_FILE, a_person, a_unit
from tests.services.office import MONDAY

DUE = date(2026, 11, 30)
UNTIL = date(2026, 12, 4)
DOCUMENT = "Công văn số 12/SYT-VP ngày 03/11/2026"
PAPER = Paper("15/BC-T1", date(2026, 11, 20), "Đã số hóa 80% hồ sơ; còn thiếu máy quét.")
ADDRESS = Address("telegram", "bot", "1")
#: Whatever an act here may leave behind.
KEPT: tuple[type[SQLModel], ...] = (Submission, Extension, CutOff, JournalRow, OutboxRow)

#: Everybody, with the unit they belong to and what they are there.
PEOPLE: dict[str, tuple[str, tuple[Role, ...]]] = {
    "head": ("one", (Role.STAFF, Role.HEAD)),
    "clerk": ("one", (Role.STAFF, Role.COORDINATOR)),
    "staff": ("one", (Role.STAFF,)),
    "director": ("top", (Role.STAFF, Role.HEAD)),
    "other_head": ("two", (Role.STAFF, Role.HEAD)),
    "other_clerk": ("two", (Role.STAFF, Role.COORDINATOR)),
    "officer": ("desk", (Role.STAFF, Role.OFFICE)),
    "leading_officer": ("desk", (Role.STAFF, Role.OFFICE, Role.HEAD)),
    "administrator": ("desk", (Role.STAFF, Role.ADMINISTRATOR)),
    "appraiser": ("desk", (Role.STAFF, Role.APPRAISER)),
    "councillor": ("desk", (Role.STAFF, Role.COUNCIL)),
    "writer": ("desk", (Role.STAFF, Role.COMMUNICATIONS)),
    "observer": ("desk", (Role.STAFF, Role.OBSERVER)),
    "gone": ("one", ()),
}
OFFICE = frozenset({"officer", "leading_officer"})
HEADS = frozenset({"head", "director"})
HANDS = HEADS | {"clerk"}


@dataclass(frozen=True)
class Stations:
    """The town in one transaction; `owed` is what the first station owes, `other` what the second does."""

    session: Session
    units: dict[str, int]
    people: dict[str, int]
    now: datetime = MONDAY

    @property
    def owed(self) -> str:
        return f"004:004-D2:2026:{self.units['one']}"

    @property
    def other(self) -> str:
        return f"004:004-D2:2026:{self.units['two']}"

    def later(self, **by: float) -> "Stations":
        return replace(self, now=self.now + timedelta(**by))

    async def actor(self, who: str) -> Actor:
        """With the roles of today."""
        person_id = self.people[who]
        person = await self.session.get(Person, person_id)
        assert person is not None
        grants = [
            Grant(Role(role), unit, since, until)
            for _who, role, unit, since, until in await people.grants_of(self.session, [person_id])
        ]
        return Actor(
            person_id, person.name, person.unit_id, self.now.date(), frozenset(grants), address=ADDRESS
        )

    async def plan_ends(self) -> None:
        """The plan is in force no more."""
        (version,) = (await self.session.exec(select(CampaignVersion))).all()
        version.current = False
        await self.session.flush()
        campaign_shelf.forget_dates(self.session)

    async def hands_in(self, who: str = "clerk", key: str = "", paper: Paper = PAPER) -> SubmissionFacts:
        actor = await self.actor(who)
        return await submissions.hand_in(self.session, actor, key or self.owed, paper, self.now)

    async def asks(self, who: str = "clerk", key: str = "", until: date = UNTIL) -> int:
        actor = await self.actor(who)
        return await extensions.ask(
            self.session, actor, key or self.owed, until, "Khoa vừa chuyển trụ sở.", self.now
        )

    async def a_file(self, who: str = "clerk", state: str = "clean") -> int:
        file = Evidence(
            code=f"MC-{state}{who}",
            person_id=self.people[who],
            name="Báo cáo.pdf",
            size=10,
            mime="application/pdf",
            state=state,
            source="{}",
            served_sha256="ab" * 32 if state == "clean" else "",
            received_at=self.now,
        )
        self.session.add(file)
        await self.session.flush()
        return file.id or 0

    async def counts(self) -> list[int]:
        """How much of everything is stored, what was gathered to be written later included."""
        async with Savepoint(self.session):
            await write_now(self.session)
        return [(await self.session.exec(select(func.count()).select_from(model))).one() for model in KEPT]


@asynccontextmanager
async def stations(folder: Path, *changes: tuple[str, str]) -> AsyncIterator[Stations]:
    """The town, its office having entered the day of the report; perhaps with other words in the plan."""
    path = folder / "bot.db"
    units, found, shelf = await databases.ready(
        path, ("stations", *changes), lambda engine: _founded(engine, changes)
    )
    engine = make_engine(f"sqlite+aiosqlite:///{path}")
    async with _over(engine, dict(shelf))() as session:
        yield Stations(session, units, found)
    await engine.dispose()


def _over(engine: Engine, shelf: dict[str, Campaign]) -> Transactions:
    return Transactions.over(
        engine,
        journal_key=b"key",
        zone=MONDAY.tzinfo,
        campaigns=shelf,
        capabilities={"telegram": CAPABILITIES},
    )


async def _founded(
    engine: Engine, changes: Sequence[tuple[str, str]]
) -> tuple[dict[str, int], dict[str, int], dict[str, Campaign]]:
    """The units, the people, and the plan as it was read."""
    plan = PLAN_FILE.read_text("utf-8")
    for before, after in changes:
        assert before in plan
        plan = plan.replace(before, after)
    shelf: dict[str, Campaign] = {}
    async with _over(engine, shelf)() as session:
        top = await a_unit(session, "Sở Y tế", "SYT")
        units = {"top": top}
        for word, name in (("desk", "Văn phòng"), ("one", "Trạm Y tế Một"), ("two", "Trạm Y tế Hai")):
            units[word] = await a_unit(session, name, word, top)
        found = {
            who: await a_person(session, units[unit], MONDAY, name=who, code=who, roles=roles)
            for who, (unit, roles) in PEOPLE.items()
        }
        office = console(MONDAY.date())
        await campaigns.load(session, office, plan, PLAN_FILE.name, MONDAY)
        await campaigns.enter_date(
            session, office, "004", "deadline:004-D2", f"{DUE:%d/%m/%Y}", DOCUMENT, MONDAY
        )
    return units, found, shelf


async def refusal_of(act: Awaitable[object]) -> Code | None:
    """The code of the refusal; nothing where the act was done."""
    try:
        await act
    except Refusal as refusal:
        return refusal.code
    return None


class _UndoneError(Exception):
    """Raised to undo what was tried."""


async def refused_to(town: Stations, act: Awaitable[object]) -> bool:
    """Whether it was not found; then nothing is stored. What it did is undone."""
    code = None
    try:
        async with Savepoint(town.session):
            before = await town.counts()
            code = await refusal_of(act)
            assert code in {None, Code.NOT_FOUND}, code
            assert code is None or await town.counts() == before
            raise _UndoneError  # noqa: TRY301 - how a savepoint is undone
    except _UndoneError:
        return code is Code.NOT_FOUND

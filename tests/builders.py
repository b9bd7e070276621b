"""Builders: what a test needs to be there, with sensible defaults."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from sqlmodel import select

from core.roles import Role
from core.vietnamese import fold
from db.models import Person, RoleGrant, Round, Unit, UnitName
from db.queries import settings
from db.transaction import Session
from services import assessment, campaigns, outbox, people
from services.actor import Actor, console
from services.people import Issued

PLAN_FILE = Path(__file__).parents[1] / "campaigns" / "hoai-nhon-2026-2030.toml"
LONG_AGO = date(2020, 1, 1)


async def a_unit(
    session: Session, name: str = "Khoa Mẫu 1", code: str = "KM1", parent: int | None = None
) -> int:
    """A unit that has always been called that."""
    unit = Unit(code=code, kind="ward")
    session.add(unit)
    await session.flush()
    assert unit.id is not None
    session.add(UnitName(unit_id=unit.id, name=name, folded=fold(name), parent_id=parent, since=LONG_AGO))
    await session.flush()
    return unit.id


async def a_person(
    session: Session,
    unit: int,
    now: datetime,
    *,
    name: str = "Nguyễn Thị Mẫu",
    code: str = "NV001",
    post: str = "Điều dưỡng",
    roles: tuple[Role, ...] = (Role.STAFF,),
) -> int:
    """Somebody on the office's list, with roles on their own unit (administrators: everywhere)."""
    person = Person(
        staff_code=code,
        name=name,
        folded=fold(name),
        unit_id=unit,
        post=post,
        created_at=now,
        updated_at=now,
    )
    session.add(person)
    await session.flush()
    assert person.id is not None
    for role in roles:
        everywhere = role in {Role.ADMINISTRATOR, Role.OFFICE}
        grant = RoleGrant(
            person_id=person.id, role=role.value, unit_id=None if everywhere else unit, since=LONG_AGO
        )
        session.add(grant)
    await session.flush()
    return person.id


async def a_code(session: Session, person: int, now: datetime) -> Issued:
    """A one-time way in, given by the office."""
    return await people.issue_code(session, console(now.date()), person, now)


async def the_plan(session: Session, now: datetime, *changes: tuple[str, str]) -> None:
    """The plan of Hoài Nhơn in force, perhaps with other words in places; the house live."""
    plan = PLAN_FILE.read_text("utf-8")
    for before, after in changes:
        assert before in plan
        plan = plan.replace(before, after)
    await campaigns.load(session, console(now.date()), plan, PLAN_FILE.name, now)
    await outbox.set_live(session)


async def closes(session: Session, at: datetime, code: str = "2026") -> None:
    """The office has settled when a round closes."""
    row = (await session.exec(select(Round).where(Round.code == code))).one()
    row.closes_at = at


async def an_assessment(session: Session, actor: Actor, now: datetime, *, but: Sequence[str] = ()) -> int:
    """Somebody's self-assessment of this year with nothing left to answer `but` these."""
    this_year = (await assessment.rounds(session, actor, now))[0]
    sheet = await assessment.begin(session, actor, this_year.round_id, now)
    entries = (await assessment.sheet(session, actor, sheet)).entries
    keys = [entry.criterion.key for entry in entries if entry.criterion.code not in but]
    await assessment.does_not_apply(session, actor, sheet, keys, "Không thuộc nhiệm vụ của tôi", now)
    return sheet


async def on_trial(session: Session) -> None:
    """The house as it is before an administrator turns it live."""
    await settings.write(session, outbox.MODE, "trial")

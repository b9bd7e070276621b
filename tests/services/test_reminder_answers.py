"""What people do about a reminder: only about what still concerns them, however long ago they were told."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, delete, select

from core.reminders_hours import SnoozeKind
from core.roles import Role
from db.models import Absence, Leadership, NudgeRow, RoleGrant, SnoozeRow
from services import people_grants, reminder_answers
from services.actor import Actor
from tests.builders import LONG_AGO
from tests.services.handing_in import DUE, Stations, refusal_of, refused_to, stations


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Stations]:
    async with stations(tmp_path) as found:
        yield found


async def reminded(town: Stations, who: str, key: str = "", rung: str = "person-7") -> int:
    person = town.people[who]
    row = NudgeRow(
        obligation=key or town.owed,
        due=DUE,
        person_id=person,
        principal_id=person,
        rung=rung,
        made_at=town.now,
    )
    town.session.add(row)
    await town.session.flush()
    return row.id or 0


async def with_what_is_lent(town: Stations, who: str) -> Actor:
    actor = await town.actor(who)
    held = (await people_grants.held(town.session, [actor.person_id], actor.today))[actor.person_id]
    return Actor(actor.person_id, actor.name, actor.unit_id, actor.today, held)


async def sees(town: Stations, who: str, number: int) -> bool:
    """Whether they open the reminder; then it is in their list as well, and else they cannot put it off."""
    actor = await with_what_is_lent(town, who)
    one = await refusal_of(reminder_answers.one(town.session, actor, number, town.now)) is None
    mine = await reminder_answers.mine(town.session, actor, town.now)
    assert [each.number for each in mine] == ([number] if one else [])
    if not one:
        act = reminder_answers.put_off(town.session, actor, number, SnoozeKind.AFTERNOON, town.now)
        assert await refused_to(town, act)
        assert await refused_to(town, reminder_answers.one(town.session, actor, number, town.now))
    return one


async def loses(town: Stations, who: str) -> None:
    await town.session.exec(
        delete(RoleGrant).where(
            col(RoleGrant.person_id) == town.people[who], col(RoleGrant.role) != Role.STAFF.value
        )
    )


@pytest.mark.parametrize("who", ["head", "clerk", "director"])
async def test_whoever_leads_the_unit_no_more_sees_nothing_of_it(town: Stations, who: str) -> None:
    number = await reminded(town, who)
    assert await sees(town, who, number)
    await loses(town, who)
    assert not await sees(town, who, number)
    assert not (await town.session.exec(select(SnoozeRow))).all()


async def test_who_stood_in_sees_it_while_they_do(town: Stations) -> None:
    number, today = await reminded(town, "staff"), town.now.date()
    assert not await sees(town, "staff", number)
    absence = Absence(
        person_id=town.people["head"],
        deputy_id=town.people["staff"],
        starts_on=today,
        ends_on=today + timedelta(days=4),
        named_at=town.now,
    )
    town.session.add(absence)
    await town.session.flush()
    assert await sees(town, "staff", number)
    absence.ended_at = town.now
    await town.session.flush()
    assert not await sees(town, "staff", number)


async def test_a_deputy_and_the_office_see_what_came_up_to_them(town: Stations) -> None:
    leads = Leadership(
        unit_id=town.units["one"], person_id=town.people["staff"], rank="deputy", since=LONG_AGO
    )
    town.session.add(leads)
    await town.session.flush()
    assert await sees(town, "staff", await reminded(town, "staff", rung="deputy+1"))
    assert await sees(town, "officer", await reminded(town, "officer", rung="office+3"))
    await town.session.delete(leads)
    await town.session.flush()
    number = (await town.session.exec(select(NudgeRow.id))).first()
    assert number is not None
    assert not await sees(town, "staff", number)


async def test_what_somebody_else_was_told_is_not_found(town: Stations) -> None:
    number = await reminded(town, "head")
    for who in ("clerk", "other_head", "officer", "director"):
        assert await refused_to(
            town, reminder_answers.one(town.session, await town.actor(who), number, town.now)
        )
    for guessed in (0, -1, number + 1, 10**12):
        head = await town.actor("head")
        assert await refused_to(town, reminder_answers.one(town.session, head, guessed, town.now))

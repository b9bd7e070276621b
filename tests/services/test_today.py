"""What day it is at the office, just after midnight there: in London it is still yesterday."""

from datetime import UTC, date, datetime

from core.messages import Message
from core.roles import Role
from db.models import RoleGrant, UnitName
from services import outbox, people
from services.actor import today
from tests import builders
from tests.chat import Town

HALF_PAST_MIDNIGHT = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)
TODAY = date(2026, 11, 24)


async def test_the_day_is_the_offices(numbers_town: Town) -> None:
    async with numbers_town.office() as session:
        assert today(session, HALF_PAST_MIDNIGHT) == TODAY


async def test_a_unit_that_exists_since_midnight_has_its_name(numbers_town: Town) -> None:
    async with numbers_town.office() as session:
        unit = await builders.a_unit(session, "Khoa Mới", "KM9")
        name = await session.get(UnitName, unit)
        assert name is not None
        name.since = TODAY
        person = await builders.a_person(session, unit, HALF_PAST_MIDNIGHT)
        issued = await builders.a_code(session, person, HALF_PAST_MIDNIGHT)
        assert issued.unit == "Khoa Mới"
        chat = numbers_town.stranger().address
        found = await people.find_candidate(session, chat, issued.token, HALF_PAST_MIDNIGHT)
        assert found is not None
        assert found.unit == "Khoa Mới"


async def test_an_administrator_since_midnight_is_told(numbers_town: Town) -> None:
    chief = await numbers_town.joined("Lê Thị Quản", "QT01")
    async with numbers_town.office() as session:
        actor = await numbers_town.actor(session, chief)
        session.add(RoleGrant(person_id=actor.person_id, role=Role.ADMINISTRATOR.value, since=TODAY))
        await session.flush()
        await builders.on_trial(session)
        await outbox.notify_administrators(session, Message(body="Có việc."), HALF_PAST_MIDNIGHT)
    numbers_town.clock.move(hours=17)
    await numbers_town.settle()
    assert "Có việc." in chief.screen

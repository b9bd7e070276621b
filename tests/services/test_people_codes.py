"""Codes for many: who is linked is passed over, unless named."""

from core.messages import Address
from services import people, people_codes
from services.actor import console
from tests.builders import a_person, a_unit
from tests.services.office import MONDAY, Office


async def test_whoever_is_linked_is_passed_over_unless_named(office: Office) -> None:
    desk = console(MONDAY.date())
    async with office.transactions() as session:
        unit = await a_unit(session)
        linked = await a_person(session, unit, MONDAY, name="Trần Văn Mẫu", code="NV001")
        await a_person(session, unit, MONDAY, name="Lê Thị Mẫu", code="NV002")
        await people.issue_code(session, desk, linked, MONDAY)
    async with office.transactions() as session:
        await people.accept(session, Address("telegram", "1", "7001"), 1, "1", MONDAY)
    async with office.transactions() as session:
        waiting = await people_codes.issue_codes(session, desk, (), MONDAY)
        named = await people_codes.issue_codes(session, desk, ("nv 001",), MONDAY)
        nobody = await people_codes.issue_codes(session, desk, ("NV001", "NV003"), MONDAY)
    assert [one.name for one in waiting.issued] == ["Lê Thị Mẫu"]
    assert [one.name for one in named.issued] == ["Trần Văn Mẫu"]
    assert nobody == people_codes.HandedOut((), ("NV003",))

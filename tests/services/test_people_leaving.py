"""Leaving locks out at once and keeps the record; coming back begins with a new code."""

import pytest

from core.messages import Address
from core.refusals import Refusal
from core.roles import Grant, Role
from services import people, people_codes, people_leaving
from services.actor import console
from tests.services.office import CENTRE, HEAD, ROLES, WARD, Office, a_person

CHAT = Address("telegram", "1", "7001")


async def test_who_left_is_a_stranger_and_holds_nothing(office: Office) -> None:
    await office.imports(CENTRE, a_person(**{ROLES: "đầu mối", HEAD: "x"}))
    desk = console(office.today)
    async with office.transactions() as session:
        await people_codes.issue_codes(session, desk, (), office.now)
    async with office.transactions() as session:
        await people.accept(session, CHAT, 1, "1", office.now)
    async with office.transactions() as session:
        left = await people_leaving.leave(session, desk, ["a1"], office.now)
    assert left.names == ("Nguyễn Văn Thử",)
    async with office.transactions() as session:
        assert await people.identify(session, [CHAT], office.now) == {}
    assert await office.roles("A1") == set()
    assert await office.leaders("K1") == {}
    assert ("left", "{}") in await office.journal()


async def test_who_comes_back_is_staff_and_joins_anew(office: Office) -> None:
    await office.imports(CENTRE, a_person(**{ROLES: "đầu mối"}))
    desk = console(office.today)
    async with office.transactions() as session:
        await people_leaving.leave(session, desk, ["A1"], office.now)
        await people_leaving.come_back(session, desk, ["A1"], office.now)
        handed_out = await people_codes.issue_codes(session, desk, (), office.now)
    assert await office.roles("A1") == {("staff", "K1")}
    assert len(handed_out.issued) == 1


async def test_a_coordinator_sends_nobody_of_another_unit_away(office: Office) -> None:
    await office.imports(CENTRE, {**WARD}, a_person())
    elsewhere = office.actor(Grant(Role.COORDINATOR, 99, office.today, None))
    async with office.transactions() as session:
        with pytest.raises(Refusal):
            await people_leaving.leave(session, elsewhere, ["A1"], office.now)

"""Who may import what: nobody does by a sheet what they may not do otherwise."""

import pytest

from core.people_sheet import Column, FindingCode
from core.refusals import Refusal
from core.roles import Grant, Role
from services import organisation
from services.actor import Actor
from tests.services.office import (
    CENTRE,
    CODE,
    DAY,
    MONDAY,
    NAME,
    PARENT,
    ROLES,
    STAFF,
    UNIT,
    Office,
    a_person,
    codes_of,
)
from tests.services.sheets import a_sheet


class TestReach:
    """Nobody does by a sheet what they may not do otherwise."""

    async def coordinator_of_the_centre(self, office: Office) -> Actor:
        await office.imports(
            CENTRE,
            a_person("A1"),
            {CODE: "BV", UNIT: "Bệnh viện Mẫu", NAME: "Người Khác", STAFF: "B1"},
        )
        office.now += DAY
        return office.actor(Grant(Role.COORDINATOR, await office.unit_id("TT"), MONDAY.date(), None))

    async def test_a_coordinator_manages_the_unit_and_what_is_under_it(self, office: Office) -> None:
        actor = await self.coordinator_of_the_centre(office)
        sheet = a_sheet(
            {**CENTRE, NAME: "Lê Mới", STAFF: "A2"},
            {CODE: "K2", UNIT: "Khoa Nhi", PARENT: "TT", NAME: "Trần Mới", STAFF: "A3"},
            {CODE: "K1", UNIT: "Khoa Nội tổng hợp", NAME: "Nguyễn Văn Thử", STAFF: "A1"},
        )
        result = await office.enter(sheet, actor)
        assert result.plan.findings == ()
        assert set(await office.tree()) >= {"Khoa Nhi", "Khoa Nội tổng hợp"}

    async def test_and_nothing_beside_or_above_it(self, office: Office) -> None:
        actor = await self.coordinator_of_the_centre(office)
        sheet = a_sheet(
            {CODE: "BV", NAME: "Chen Vào", STAFF: "A2"},
            {CODE: "K1", NAME: "Người Khác", STAFF: "B1"},
            {CODE: "TT", UNIT: "Tên Mới", NAME: "Lê Mới", STAFF: "A3"},
            {CODE: "BV", PARENT: "TT", NAME: "Kéo Về", STAFF: "A4"},
            {CODE: "BK", UNIT: "Khoa lạ", PARENT: "BV", NAME: "Chi", STAFF: "A5"},
            {CODE: "GOC", UNIT: "Đơn vị gốc", NAME: "Dũng", STAFF: "A6"},
            {CODE: "K1", NAME: "Được Nhận", STAFF: "A7"},
        )
        plan = (await office.enter(sheet, actor)).plan
        assert sorted(plan.rows_left_out) == [2, 3, 4, 5, 6, 7]
        assert {finding.code for finding in plan.findings} == {FindingCode.OUT_OF_REACH}
        assert [step.staff_code for step in plan.additions] == ["A7"]
        assert await office.tree() == {
            "Trung tâm Y tế Mẫu": "",
            "Khoa Nội": "Trung tâm Y tế Mẫu",
            "Bệnh viện Mẫu": "",
        }

    @pytest.mark.parametrize("given", ["quản trị", "đầu mối", ""])
    async def test_roles_are_given_and_ended_by_administrators_alone(
        self, office: Office, given: str
    ) -> None:
        await office.imports(CENTRE, a_person("A1", roles="hội đồng"))
        clerk = office.actor(Grant(Role.OFFICE, None, MONDAY.date(), None))
        plan = (await office.enter(a_sheet(CENTRE, a_person("A1", roles=given)), clerk)).plan
        assert codes_of(plan) == [(3, FindingCode.ROLE_NOT_YOURS)]
        assert await office.roles("A1") == {("staff", "K1"), ("council", "")}
        same = (
            await office.enter(a_sheet(CENTRE, a_person("A1", roles="hội đồng", post="Bác sĩ")), clerk)
        ).plan
        assert [step.changed for step in same.changes] == [(Column.POST,)]

    async def test_a_role_for_a_unit_stays_behind_when_the_office_moves_its_holder(
        self, office: Office
    ) -> None:
        await office.imports(CENTRE, a_person("A1", roles="đầu mối"))
        clerk = office.actor(Grant(Role.OFFICE, None, MONDAY.date(), None))
        row = {**CENTRE, NAME: "Nguyễn Văn Thử", STAFF: "A1", ROLES: "đầu mối"}
        plan = (await office.enter(a_sheet(row), clerk)).plan
        assert codes_of(plan) == [(2, FindingCode.ROLE_ENDS_WITH_MOVE)]
        assert await office.roles("A1") == {("staff", "TT")}

    async def test_without_the_permission_nothing_is_even_read(self, office: Office) -> None:
        staff = office.actor(Grant(Role.STAFF, 1, MONDAY.date(), None))
        async with office.transactions() as session:
            for act in (
                organisation.plan_people(session, staff, a_sheet(CENTRE), office.today),
                organisation.import_people(session, staff, a_sheet(CENTRE), office.now),
                organisation.export_people(session, staff, office.now),
                organisation.rename_unit(session, staff, 1, "Tên", office.now),
            ):
                with pytest.raises(Refusal):
                    await act

    async def test_a_coordinator_exports_their_own_subtree(self, office: Office) -> None:
        actor = await self.coordinator_of_the_centre(office)
        async with office.transactions() as session:
            rows = await organisation.people_listed(session, actor, office.today)
        assert [(row[CODE], row.get(STAFF)) for row in rows] == [("TT", None), ("K1", "A1")]

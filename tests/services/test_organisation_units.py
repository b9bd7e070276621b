"""Units through time: renamed, moved, found by what people call them."""

import pytest
from sqlmodel import select

from core.people_sheet import FindingCode
from db.models import UnitName
from db.queries import people as people_queries
from services import organisation
from services.people_roster import units_by_words
from tests.services.office import (
    CENTRE,
    CODE,
    DAY,
    MONDAY,
    NAME,
    PARENT,
    STAFF,
    UNIT,
    WARD,
    Office,
    a_person,
    codes_of,
    standing_of,
)


class TestUnits:
    """One identity through names and places."""

    async def test_a_new_name_beside_a_known_code_is_a_renaming_from_today(self, office: Office) -> None:
        await office.imports(CENTRE, a_person())
        office.now += 5 * DAY
        plan = await office.imports({**CENTRE, UNIT: "Trung tâm Y tế khu vực Mẫu"})
        (step,) = plan.units
        assert step.before is not None
        assert (step.before.name, step.after.name) == ("Trung tâm Y tế Mẫu", "Trung tâm Y tế khu vực Mẫu")
        assert "Trung tâm Y tế Mẫu" in await office.tree(office.today - DAY)
        assert await office.tree() == {
            "Trung tâm Y tế khu vực Mẫu": "",
            "Khoa Nội": "Trung tâm Y tế khu vực Mẫu",
        }

    async def test_the_old_name_still_leads_to_it(self, office: Office) -> None:
        await office.imports(CENTRE)
        office.now += DAY
        await office.imports({**CENTRE, UNIT: "Trung tâm Y tế khu vực Mẫu"})
        office.now += DAY
        plan = await office.imports({UNIT: "TTYT Mẫu", NAME: "Lê Mới Đến", STAFF: "B1"})
        assert (len(plan.units), len(plan.additions)) == (0, 1)
        async with office.transactions() as session:
            (found,) = await units_by_words(session, "trung tam y te mau", office.today)
        assert (found.code, found.name) == ("TT", "Trung tâm Y tế khu vực Mẫu")

    async def test_an_old_sheet_does_not_rename_it_back(self, office: Office) -> None:
        await office.imports(CENTRE)
        office.now += DAY
        await office.imports({**CENTRE, UNIT: "Tên Mới"})
        office.now += DAY
        plan = await office.imports(CENTRE)
        assert "\n".join(await office.told(plan)) == (
            "Dòng 2, cột «Đơn vị»: «Trung tâm Y tế Mẫu» là tên trước đây; vẫn hiểu là «Tên Mới», "
            "không đổi tên."
        )
        assert plan.empty
        async with office.transactions() as session:
            await organisation.rename_unit(session, office.actor(), 1, "Trung tâm Y tế Mẫu", office.now)
        assert await office.tree() == {"Trung tâm Y tế Mẫu": ""}

    async def test_two_names_in_one_day_leave_one_period(self, office: Office) -> None:
        await office.imports(CENTRE)
        office.now += DAY
        await office.imports({**CENTRE, UNIT: "Tên Sai"})
        await office.imports({**CENTRE, UNIT: "Tên Đúng"})
        assert await office.tree() == {"Tên Đúng": ""}
        assert await office.tree(office.today - DAY) == {"Trung tâm Y tế Mẫu": ""}
        async with office.transactions() as session:
            assert len((await session.exec(select(UnitName))).all()) == 2

    async def test_better_spelling_is_no_new_name_and_lost_marks_are_no_change(self, office: Office) -> None:
        await office.imports({CODE: "TT", UNIT: "Trung tâm y tế mẫu"})
        office.now += DAY
        assert (await office.imports({CODE: "TT", UNIT: "Trung tam Y te Mau"})).empty
        await office.imports({CODE: "TT", UNIT: "Trung tâm Y tế Mẫu"})
        async with office.transactions() as session:
            row = (await session.exec(select(UnitName))).one()
        assert (row.name, row.since) == ("Trung tâm Y tế Mẫu", MONDAY.date())

    async def test_a_move_keeps_the_old_place_for_the_days_before(self, office: Office) -> None:
        await office.imports(CENTRE, {CODE: "BV", UNIT: "Bệnh viện Mẫu"}, a_person())
        office.now += DAY
        await office.imports({CODE: "K1", PARENT: "BV đa khoa"}, {CODE: "K1", PARENT: "Bệnh viện Mẫu"})
        assert (await office.tree())["Khoa Nội"] == "Trung tâm Y tế Mẫu"
        await office.imports({CODE: "K1", PARENT: "BV Mẫu"})
        assert (await office.tree())["Khoa Nội"] == "Bệnh viện Mẫu"
        ward, centre = await office.unit_id("K1"), await office.unit_id("TT")
        async with office.transactions() as session:
            assert centre not in await people_queries.units_above(session, ward, office.today)
            assert await people_queries.units_above(session, ward, MONDAY.date()) == {ward, centre}
            assert await people_queries.units_below(session, centre, office.today) == {centre}
            assert await people_queries.units_below(session, centre, MONDAY.date()) == {centre, ward}
            assert await people_queries.units_above(session, 99, office.today) == frozenset()

    async def test_parents_may_come_later_in_the_sheet_and_by_name(self, office: Office) -> None:
        plan = await office.imports(
            {UNIT: "Khoa Ngoại", PARENT: "TTYT Mẫu", NAME: "An", STAFF: "A1"},
            {UNIT: "Khoa Ngoại", NAME: "Bình", STAFF: "A2"},
            {CODE: "TT", UNIT: "Trung tâm Y tế Mẫu"},
        )
        assert plan.findings == ()
        assert await office.tree() == {"Trung tâm Y tế Mẫu": "", "Khoa Ngoại": "Trung tâm Y tế Mẫu"}
        assert {unit.code for unit in (await standing_of(office)).units.values()} == {"TT", "KHOA-NGOAI"}

    async def test_a_parent_may_be_said_by_code_here_and_by_name_there(self, office: Office) -> None:
        plan = await office.imports(
            {UNIT: "Khoa Nhi", NAME: "An", STAFF: "A1"},
            {UNIT: "Khoa Nhi", PARENT: "TT", NAME: "Bình", STAFF: "A2"},
            {UNIT: "khoa nhi", PARENT: "TTYT Mẫu", NAME: "Chi", STAFF: "A3"},
            CENTRE,
        )
        assert plan.findings == ()
        assert len(plan.additions) == 3
        assert await office.tree() == {"Trung tâm Y tế Mẫu": "", "Khoa Nhi": "Trung tâm Y tế Mẫu"}

    async def test_units_of_one_name_are_told_apart_by_what_is_above(self, office: Office) -> None:
        await office.imports(
            {CODE: "TT", UNIT: "Trung tâm Y tế Mẫu"},
            {CODE: "BV", UNIT: "Bệnh viện Mẫu"},
            {UNIT: "Khoa Dược", PARENT: "TT", NAME: "An", STAFF: "A1"},
            {UNIT: "Khoa Dược", PARENT: "BV", NAME: "Bình", STAFF: "A2"},
        )
        house = await standing_of(office)
        assert sorted(unit.code for unit in house.units.values()) == ["BV", "KHOA-DUOC", "KHOA-DUOC-2", "TT"]
        office.now += DAY
        plan = await office.imports(
            {UNIT: "Khoa Dược", PARENT: "BV", NAME: "Chi", STAFF: "A3"},
            {UNIT: "Khoa Dược", PARENT: "", NAME: "Dũng", STAFF: "A4"},
        )
        assert "\n".join(await office.told(plan)) == (
            "Dòng 3, cột «Đơn vị»: Có nhiều đơn vị tên «Khoa Dược». "
            "Anh/chị ghi thêm mã đơn vị hoặc đơn vị cấp trên."
        )
        people = {p.staff_code: p.unit_id for p in (await standing_of(office)).people.values()}
        assert people["A3"] == people["A2"] != people["A1"]

    async def test_what_cannot_be_made_keeps_its_own_rows_out(self, office: Office) -> None:
        plan = await office.imports(
            {CODE: "X", UNIT: "Khoa X", PARENT: "Không Có", NAME: "An", STAFF: "A1"},
            {CODE: "X", NAME: "Bình", STAFF: "A2"},
            {CODE: "Y", UNIT: "Tổ Y", PARENT: "X", NAME: "Chi", STAFF: "A3"},
            {CODE: "Z", NAME: "Dũng", STAFF: "A4"},
            {CODE: "TT", UNIT: "Trung tâm", NAME: "Em", STAFF: "A5"},
            {CODE: "TT", UNIT: "Trung tâm khác", NAME: "Giang", STAFF: "A6"},
        )
        assert codes_of(plan) == [
            (2, FindingCode.PARENT_UNKNOWN),
            (3, FindingCode.UNIT_UNUSABLE),
            (4, FindingCode.UNIT_UNUSABLE),
            (5, FindingCode.UNIT_NAME_MISSING),
            (7, FindingCode.UNIT_DIFFERS),
        ]
        assert await office.tree() == {"Trung tâm": ""}
        assert [step.staff_code for step in plan.additions] == ["A5"]

    async def test_no_unit_stands_above_itself(self, office: Office) -> None:
        await office.imports(CENTRE, {**WARD})
        plan = await office.imports(
            {CODE: "TT", UNIT: "", PARENT: "K1"}, {CODE: "M", UNIT: "Tổ M", PARENT: "M"}
        )
        assert codes_of(plan) == [(2, FindingCode.UNIT_LOOP), (3, FindingCode.UNIT_LOOP)]
        assert await office.tree() == {"Trung tâm Y tế Mẫu": "", "Khoa Nội": "Trung tâm Y tế Mẫu"}

    async def test_a_turned_tree_is_no_loop(self, office: Office) -> None:
        await office.imports(CENTRE, {CODE: "S", UNIT: "Sở Y tế"}, {**WARD})
        plan = await office.imports({CODE: "TT", PARENT: "S"}, {CODE: "K1", PARENT: "S"})
        assert plan.findings == ()
        assert await office.tree() == {
            "Sở Y tế": "",
            "Trung tâm Y tế Mẫu": "Sở Y tế",
            "Khoa Nội": "Sở Y tế",
        }

    @pytest.mark.parametrize(
        ("words", "code"),
        [
            ("TTYT Hoài Nhơn", "HN"),
            ("ttyt hoai nhon", "HN"),
            ("Trung tâm Y tế thị xã Hoài Nhơn", "HN"),
            ("ttyt tx hoài nhơn", "HN"),
            ("hn", "HN"),
            ("BVĐK tỉnh", "BV"),
            ("benh vien da khoa tinh", "BV"),
            ("TYT Bồng Sơn", "BS"),
            ("bồng sơn", "BS"),
            ("khoa nội", None),
            ("", None),
            ("không có", None),
        ],
    )
    async def test_what_people_call_a_unit(self, office: Office, words: str, code: str | None) -> None:
        await office.imports(
            {CODE: "HN", UNIT: "Trung tâm Y tế thị xã Hoài Nhơn"},
            {CODE: "BV", UNIT: "Bệnh viện Đa khoa tỉnh"},
            {CODE: "BS", UNIT: "Trạm Y tế phường Bồng Sơn", PARENT: "HN"},
            {CODE: "N1", UNIT: "Khoa Nội", PARENT: "HN"},
            {CODE: "N2", UNIT: "Khoa Nội", PARENT: "BV"},
        )
        async with office.transactions() as session:
            found = await units_by_words(session, words, office.today)
            several = await units_by_words(session, "khoa nội", office.today)
        assert (found[0].code if len(found) == 1 else None) == code
        assert [unit.code for unit in several] == ["N1", "N2"]

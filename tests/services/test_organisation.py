"""Importing people: what a sheet does to the house, today and through time."""

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.organisation import UnitKind
from core.people_rows import Rating
from core.people_sheet import Column, FindingCode
from core.texts import people_sheet as texts
from db.engine import make_engine
from db.queries import organisation as queries
from db.queries import people as people_queries
from db.transaction import Transactions
from services import organisation
from services.papers import people_sheet
from tests import databases
from tests.services.office import (
    CENTRE,
    CODE,
    DAY,
    DEPUTY,
    HEAD,
    MONDAY,
    NAME,
    PARENT,
    PHONE,
    POST,
    RATING,
    ROLES,
    STAFF,
    UNIT,
    WARD,
    Office,
    a_person,
    codes_of,
    rows_of,
    standing_of,
)
from tests.services.sheets import a_sheet


async def test_a_first_sheet_makes_units_people_roles_and_leaders(office: Office) -> None:
    plan = await office.imports(
        {**CENTRE, NAME: "Lê Giám Đốc", STAFF: "A1", PHONE: "+84 912 345 678", HEAD: "x"},
        {**WARD, NAME: "Trần Đầu Mối", STAFF: "A2", ROLES: "đầu mối; Hội đồng", RATING: "Tốt"},
        {CODE: "K1", NAME: "Phạm Cấp Phó", STAFF: "A3", DEPUTY: "có"},
    )
    assert texts.summary(plan) == "Người: thêm 3, sửa 0, giữ nguyên 0, lỗi 0 dòng.\nĐơn vị: thêm 2, sửa 0."
    assert await office.tree() == {"Trung tâm Y tế Mẫu": "", "Khoa Nội": "Trung tâm Y tế Mẫu"}
    assert await office.roles("A1") == {("staff", "TT"), ("head", "TT")}
    assert await office.roles("A2") == {("staff", "K1"), ("coordinator", "K1"), ("council", "")}
    assert await office.leaders("TT") == {"A1": "head"}
    assert await office.leaders("K1") == {"A3": "deputy"}
    async with office.transactions() as session:
        first, second, _ = await queries.people(session)
    assert (first.phone, first.folded, first.created_at) == ("0912345678", "le giam doc", MONDAY)
    assert second.rating == Rating.GOOD
    kinds = {unit.code: unit.kind for unit in (await standing_of(office)).units.values()}
    assert kinds == {"TT": UnitKind.CENTRE, "K1": UnitKind.WARD}


async def test_good_rows_are_not_held_up_by_bad_ones(office: Office) -> None:
    plan = await office.imports(
        CENTRE,
        a_person("A1"),
        a_person("A1", "Trùng Mã"),
        a_person("A2", "An 7"),
        a_person("A3", "", phone="123"),
        a_person("", "Không Mã"),
        a_person("A4", "Vai Lạ", roles="thủ quỹ"),
        a_person("A5", "Xếp Lạ", rating="giỏi"),
        {NAME: "Không Đơn Vị", STAFF: "A6"},
        a_person("A7", "Dài " * 30),
        a_person("A8", "Vừa Trưởng Vừa Phó", head="x", deputy="x"),
        a_person("A9", "Không Rõ", head="chắc là có"),
        a_person("A10", "Người Tốt"),
    )
    assert codes_of(plan) == [
        (4, FindingCode.STAFF_CODE_TWICE),
        (5, FindingCode.NAME_HAS_DIGITS),
        (6, FindingCode.NAME_MISSING),
        (6, FindingCode.PHONE_BAD),
        (7, FindingCode.STAFF_CODE_MISSING),
        (8, FindingCode.ROLE_UNKNOWN),
        (9, FindingCode.RATING_UNKNOWN),
        (10, FindingCode.UNIT_MISSING),
        (11, FindingCode.TOO_LONG),
        (12, FindingCode.HEAD_AND_DEPUTY),
        (13, FindingCode.YES_NO_UNKNOWN),
    ]
    assert (await office.told(plan))[0] == (
        "Dòng 4, cột «Mã nhân viên»: Mã nhân viên «A1» đã dùng ở dòng 3. Mỗi người một mã."
    )
    people = (await standing_of(office)).people.values()
    assert [person.staff_code for person in people] == ["A1", "A10"]


async def test_the_same_sheet_again_changes_nothing(office: Office) -> None:
    rows = [
        CENTRE,
        a_person("A1", head="x", roles="hội đồng"),
        a_person("A2", deputy="x", phone="0912345678"),
    ]
    await office.imports(*rows)
    before = await office.journal()
    office.now += DAY
    plan = await office.imports(*rows)
    assert plan.empty
    assert plan.unchanged == 2
    assert await office.journal() == before


async def test_people_who_are_not_in_a_sheet_stay(office: Office) -> None:
    await office.imports(CENTRE, a_person("A1"), a_person("A2", "Trần Ở Lại", roles="hội đồng"))
    office.now += DAY
    await office.imports(CENTRE, a_person("A1", "Nguyễn Văn Thử Mới"))
    people = [(person.name, person.active) for person in (await standing_of(office)).people.values()]
    assert people == [("Nguyễn Văn Thử Mới", True), ("Trần Ở Lại", True)]
    assert ("council", "") in await office.roles("A2")


async def test_an_absent_column_changes_nothing_and_an_empty_cell_does(office: Office) -> None:
    await office.imports(CENTRE, a_person(phone="0912345678", post="Bác sĩ", roles="hội đồng", head="x"))
    office.now += DAY
    assert (await office.imports({CODE: "K1", NAME: "Nguyễn Văn Thử", STAFF: "a1"})).empty
    plan = await office.imports({CODE: "K1", NAME: "Nguyễn Văn Thử", STAFF: "A1", PHONE: "", ROLES: ""})
    assert [step.changed for step in plan.changes] == [(Column.PHONE, Column.ROLES)]
    (person,) = (await standing_of(office)).people.values()
    assert (person.phone, person.post) == ("", "Bác sĩ")
    assert await office.roles("A1") == {("staff", "K1"), ("head", "K1")}
    assert await office.leaders("K1") == {"A1": "head"}


async def test_a_role_taken_away_ends_at_once_and_stays_on_record(office: Office) -> None:
    await office.imports(CENTRE, a_person(roles="đầu mối, thẩm định"))
    office.now += 10 * DAY
    await office.imports(CENTRE, a_person(roles="thẩm định"))
    assert await office.roles("A1") == {("staff", "K1"), ("appraiser", "")}
    async with office.transactions() as session:
        grants = await queries.grants_on(session, office.today - DAY)
    ended = [(row.role, row.since, row.until) for row in grants if row.until]
    assert ended == [("coordinator", MONDAY.date(), office.today - DAY)]
    said = await office.journal()
    assert ("ended_role", str({"role": "coordinator", "unit": 2})) in said


async def test_given_and_taken_on_one_day_holds_on_no_day(office: Office) -> None:
    await office.imports(CENTRE, a_person(roles="hội đồng"))
    await office.imports(CENTRE, a_person(roles=""))
    assert await office.roles("A1") == {("staff", "K1")}


async def test_the_last_administrator_stays_one(office: Office) -> None:
    await office.imports(CENTRE, a_person(roles="quản trị"))
    plan = await office.imports(CENTRE, a_person(roles=""), a_person("A2", "Trần Thị Thử"))
    assert codes_of(plan) == [(3, FindingCode.LAST_ADMINISTRATOR)]
    assert await office.roles("A1") == {("staff", "K1"), ("administrator", "")}
    assert await office.roles("A2") == {("staff", "K1")}
    await office.imports(CENTRE, a_person(roles=""), a_person("A2", "Trần Thị Thử", roles="quản trị"))
    assert await office.roles("A1") == {("staff", "K1")}
    assert await office.roles("A2") == {("staff", "K1"), ("administrator", "")}


class TestLeaders:
    """One head a unit; a new one takes the place of the old."""

    async def test_two_heads_in_a_sheet_are_nobody(self, office: Office) -> None:
        plan = await office.imports(CENTRE, a_person("A1", head="x"), a_person("A2", "Bình", head="x"))
        where, why = "cột «Là trưởng đơn vị»: Đơn vị này có hơn một trưởng đơn vị", "Chỉ đánh dấu một người."
        assert await office.told(plan) == [
            f"Dòng 3, {where} (cả dòng 4). {why}",
            f"Dòng 4, {where} (cả dòng 3). {why}",
        ]
        assert plan.additions == ()

    async def test_a_new_head_takes_the_place_of_one_who_is_not_in_the_sheet(self, office: Office) -> None:
        await office.imports(CENTRE, a_person("A1", head="x"))
        office.now += DAY
        plan = await office.imports(CENTRE, a_person("A2", "Bình", head="x"))
        assert await office.told(plan) == [
            "Dòng 3, cột «Là trưởng đơn vị»: Sẽ thay Nguyễn Văn Thử làm trưởng đơn vị."
        ]
        assert await office.leaders("K1") == {"A2": "head"}
        assert await office.roles("A1") == {("staff", "K1")}
        assert await office.roles("A2") == {("staff", "K1"), ("head", "K1")}

    async def test_head_and_deputy_change_places(self, office: Office) -> None:
        await office.imports(CENTRE, a_person("A1", head="x"), a_person("A2", "Bình", deputy="x"))
        office.now += DAY
        await office.imports(CENTRE, a_person("A1", deputy="x"), a_person("A2", "Bình", head="x"))
        assert await office.leaders("K1") == {"A1": "deputy", "A2": "head"}
        assert await office.roles("A1") == {("staff", "K1")}
        ended = [entry for entry in await office.journal() if entry[0] == "ended_role"]
        assert len(ended) == 1

    async def test_a_head_who_moves_leaves_the_unit_behind(self, office: Office) -> None:
        await office.imports(CENTRE, a_person("A1", head="x", roles="đầu mối"))
        office.now += DAY
        plan = await office.imports(
            {**CENTRE, NAME: "Nguyễn Văn Thử", STAFF: "A1", HEAD: "", ROLES: "đầu mối"}
        )
        assert [step.changed for step in plan.changes] == [(Column.UNIT, Column.ROLES, Column.HEAD)]
        assert await office.leaders("K1") == {}
        assert await office.roles("A1") == {("staff", "TT"), ("coordinator", "TT")}


async def test_one_who_has_left_is_not_brought_back_by_a_sheet(office: Office) -> None:
    await office.imports(CENTRE, a_person("A1"), a_person("A2", "Bình"))
    async with office.transactions() as session:
        (person,) = [one for one in await people_queries.everyone(session) if one.staff_code == "A1"]
        person.active = False
    plan = await office.imports(CENTRE, a_person("A1"), a_person("A2", "Bình"))
    assert codes_of(plan) == [(3, FindingCode.PERSON_LEFT)]
    assert [line.row for line in (await office.exports()).lines] == [2, 3]


async def test_the_journal_names_nobody(office: Office) -> None:
    await office.imports(CENTRE, a_person("A1", phone="0912345678", roles="hội đồng"))
    said = await office.journal()
    assert [verb for verb, _ in said] == [
        "made_unit",
        "made_unit",
        "added_person",
        "gave_role",
        "imported_people",
    ]
    assert not any("Thử" in facts or "0912" in facts for _, facts in said)


async def test_an_import_that_fails_leaves_nothing(office: Office) -> None:
    async def fail() -> None:
        async with office.transactions() as session:
            await organisation.import_people(session, office.actor(), a_sheet(CENTRE, a_person()), office.now)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await office.tree() == {}
    assert await office.journal() == []


async def test_what_is_wrong_with_the_whole_sheet_stops_it(office: Office) -> None:
    plan = await office.imports(sheet=people_sheet.read(b"Ho ten,Don vi\nAn,Khoa A\n"))
    assert codes_of(plan) == [(0, FindingCode.COLUMN_MISSING)]
    assert await office.tree() == {}


WORDS = st.sampled_from(["An", "Bình", "Đỗ", "Nguyễn Thị", "=cmd", "Ê-đê", "  Lê  ", "O'Brien", "ﬁ", "Ẵng"])
NAMES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
UNITS = st.sampled_from(
    [
        {CODE: "S", UNIT: "Sở Y tế", PARENT: ""},
        {CODE: "TT", UNIT: "Trung tâm Y tế", PARENT: "S"},
        {CODE: "", UNIT: "Khoa Nội", PARENT: "TT"},
        {CODE: "", UNIT: "Khoa Nội", PARENT: "BV"},
        {CODE: "bv", UNIT: "=Bệnh viện", PARENT: "Sở Y tế"},
    ]
)
PEOPLE = st.fixed_dictionaries(
    {
        NAME: NAMES,
        STAFF: st.sampled_from(["1", "2", "=3", "nv 4", "5/6", "007"]),
        PHONE: st.sampled_from(["", "0912345678", "912345678", "+84256 3851 234", "abc"]),
        POST: st.sampled_from(["", "Bác sĩ", "@SUM(A1)", "Điều dưỡng\ttrưởng"]),
        ROLES: st.sampled_from(["", "đầu mối", "quản trị; hội đồng", "thủ trưởng đơn vị", "viên chức"]),
        RATING: st.sampled_from(["", *texts.RATINGS.values()]),
        HEAD: st.sampled_from(["", "x"]),
        DEPUTY: st.sampled_from(["", "", "có"]),
    }
)
ROWS = st.lists(st.tuples(UNITS, PEOPLE).map(lambda pair: pair[0] | pair[1]), min_size=1, max_size=8)


@given(first=ROWS, second=ROWS)
@settings(max_examples=25, deadline=None)
def test_importing_an_export_changes_nothing(
    first: list[dict[Column, str]], second: list[dict[Column, str]]
) -> None:
    """Whatever two sheets have made of the house on two days."""

    async def live() -> None:
        with tempfile.TemporaryDirectory() as folder:
            await databases.empty(Path(folder) / "bot.db")
            engine = make_engine(f"sqlite+aiosqlite:///{folder}/bot.db")
            office = Office(Transactions.over(engine, journal_key=b"key", zone=MONDAY.tzinfo))
            for rows in (first, second):
                await office.imports(*rows)
                office.now += DAY
            exported = await office.exports()
            plan = await office.imports(sheet=exported)
            assert plan.empty
            assert plan.findings == (exported.findings if not exported.lines else ())
            assert plan.unchanged == len(exported.lines) - sum(not row.get(NAME) for row in rows_of(exported))
            await engine.dispose()

    asyncio.run(live())

"""Choosing whom an announcement is for, as the office does it: what is seen, and who is meant."""

from sqlmodel import select

from core.announcement_content import Content
from core.roles import Role
from db.models import Person
from services import announcements, campaigns, deadlines, submissions
from services.actor import console
from tests import builders
from tests.chat import Town
from tests.handlers.announcing import an_office, drafted


async def test_named_people_alone_and_the_last_taken_off_is_nobody(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    await town.joined("Phạm Thị Mai")
    await drafted(town, office)
    await office.taps("Người nhận")
    await office.taps("Theo tên")
    await office.says("lan")
    assert "• Lê Thị Lan · Điều dưỡng · Khoa Mẫu 1" in office.sees
    await office.taps("Lê Thị Lan")
    assert "Chỉ những người này nhận." in office.sees
    await office.taps("Quay lại")
    assert "• Những người này: Lê Thị Lan" in office.sees
    assert "Lúc này có 1 người: 1 người nhận được." in office.sees
    await office.taps("Theo tên")
    await office.taps("✓ Lê Thị Lan")
    await office.taps("Quay lại")
    assert "• Chưa chọn ai." in office.sees
    assert "Lúc này không có ai." in office.sees
    await office.taps("Quay lại")
    await office.taps("Gửi…")
    assert "[Gửi cho" not in office.screen
    await town.time_passes(minutes=5)
    assert lan.sees == ""


async def test_roles_kinds_and_who_has_not_begun(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    await town.joined("Võ Trưởng", roles=(Role.STAFF, Role.HEAD))
    await town.answers(lan)
    await drafted(town, office)
    await office.taps("Người nhận")
    await office.taps("Loại đơn vị")
    await office.taps("Khoa")
    await office.taps("Quay lại")
    await office.taps("Điều kiện")
    await office.taps("Chưa bắt đầu tự đánh giá")
    assert "• Loại đơn vị: Khoa" in office.sees
    assert "• Chỉ ai: chưa bắt đầu tự đánh giá" in office.sees
    assert "• Kế hoạch: " in office.sees
    assert "Lúc này có 2 người" in office.sees
    await office.taps("Vai trò")
    await office.taps("Thủ trưởng đơn vị")
    await office.taps("Quay lại")
    assert "Lúc này có 1 người" in office.sees
    assert "Võ Trưởng" in office.sees
    await office.taps("Đổi lại: mọi người")
    assert "Dành cho: mọi người." in office.sees


async def test_who_did_not_confirm_an_earlier_one(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    asked = Content("Quy định mới", "Đọc kỹ.", wants_reading=True)
    await drafted(town, office, asked)
    await office.taps("Người nhận")
    await office.taps("Vai trò")
    await office.taps("Viên chức")
    await office.taps("Quay lại")
    await office.taps("Quay lại")
    await office.taps("Gửi…")
    await office.taps("Gửi cho 2 người")
    await town.time_passes(seconds=62)
    await town.time_passes(seconds=5)
    await lan.taps("Đã đọc")
    await drafted(town, office)
    await office.taps("Người nhận")
    await office.taps("Điều kiện")
    await office.taps("Chưa đọc một thông báo trước")
    await office.taps("Quy định mới")
    assert "• Chỉ ai chưa xác nhận đã đọc «Quy định mới»" in office.sees
    assert "Lúc này có 1 người" in office.sees
    assert "Lê Thị Lan" not in office.sees


async def test_who_cannot_be_reached_stands_apart_with_a_telephone_number(town: Town) -> None:
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    await town.issue("Ngô Chưa Vào")
    async with town.office() as session:
        for person in (await session.exec(select(Person))).all():
            person.phone = "0912345678" if person.name == "Ngô Chưa Vào" else ""
    if town.surface.capabilities.buttons:
        await lan.blocks()
    number = await drafted(town, office)
    async with town.office() as session:
        actor = await town.actor(session, office)
        found = await announcements.reach(session, actor, number, town.clock.now())
        assert {one.name: one.channel for one in found.reachable}["Trần Văn Phòng"] == office.address.channel
    await office.taps("Người nhận")
    await office.taps("Xem danh sách")
    assert "Sẽ nhận" in office.sees
    assert "0912345678" not in office.sees
    await office.taps("Không gửi được")
    assert "• Ngô Chưa Vào, Khoa Mẫu 1, 0912345678 (chưa tham gia)" in office.sees
    await office.taps("Nhận được")
    assert "Trần Văn Phòng" in office.sees


async def test_many_names_come_in_pages(telegram_town: Town) -> None:
    town = telegram_town
    office = await an_office(town)
    async with town.office() as session:
        for number in range(25):
            code = f"X{number}"
            await builders.a_person(session, 1, town.clock.now(), name=f"Người {number:02}", code=code)
    await drafted(town, office)
    await office.taps("Người nhận")
    await office.taps("Xem danh sách (26)")
    await office.taps("Không gửi được (25)")
    assert "Người 19" in office.sees
    assert "Người 20" not in office.sees
    await office.taps("Trang sau")
    assert "Người 24" in office.sees
    await office.taps("Trang trước")
    assert "Người 00" in office.sees


async def test_what_makes_no_sense_changes_nothing(town: Town) -> None:
    office = await an_office(town)
    number = await drafted(town, office)
    await office.taps("Người nhận")
    await office.taps("Đơn vị")
    for typed in ("không có đâu", "%_%", "\u202e\u0000khoa", "x" * 3000, "<b>Khoa</b>", "'; --"):
        await office.says(typed)
        assert office.sees
    await office.says("quay lại")
    await office.says("quay lại")
    await office.taps("Theo tên")
    for typed in ("không có ai", "%", "_", "\u200b", "y" * 3000):
        await office.says(typed)
        assert office.sees
        assert "Chưa thêm ai" in office.sees or "Gõ họ tên" in office.sees
    async with town.office() as session:
        actor = await town.actor(session, office)
        assert (await announcements.facts(session, actor, number)).audience.everybody


async def test_units_that_have_not_handed_in_their_plan(telegram_town: Town) -> None:
    town = telegram_town
    async with town.office() as session:
        now = town.clock.now()
        was = 'code = "004-D2"\nkind = "report"'
        await builders.the_plan(session, now, (was, was.replace("report", "plan")))
        other = await builders.a_unit(session, "Trạm Y tế Hoài Xuân", "TYT-HX")
    office = await an_office(town)
    head = await town.joined("Võ Trưởng", roles=(Role.STAFF, Role.HEAD), unit=other)
    async with town.office() as session:
        now, day = town.clock.now(), "deadline:004-D2"
        by = console(now.date())
        await campaigns.enter_date(session, by, "004", day, "15/12", "Hướng dẫn 12/HD-SYT", now)
        (owed,) = [one for one in await deadlines.obligations(session, now) if one.unit_id == other]
    await drafted(town, office)
    await office.taps("Người nhận")
    await office.taps("Điều kiện")
    await office.taps("Đơn vị chưa nộp kế hoạch")
    assert "• Chỉ ai: đơn vị chưa nộp kế hoạch" in office.sees
    assert "Võ Trưởng" in office.sees
    async with town.office() as session:
        actor = await town.actor(session, head)
        paper = submissions.Paper("1/KH", now.date(), "Kế hoạch năm của trạm.")
        await submissions.hand_in(session, actor, owed.id, paper, town.clock.now())
    await office.says("/viec")
    await office.taps("Thông báo")
    await office.taps("Họp triển khai")
    await office.taps("Người nhận")
    assert "Võ Trưởng" not in office.sees

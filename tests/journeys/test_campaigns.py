"""The office makes a campaign: a workbook sent, mended, read back, approved, published; dates, copies."""

from datetime import datetime

from core.campaign_sheets import Tab
from core.roles import Role
from db.models import CampaignDate, CampaignVersion, Round
from services import campaigns
from services.actor import console
from tests.chat import Chat, Town
from tests.services.plan_books import a_book, a_plan, cell_of, spoilt, writing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFFICE = (Role.STAFF, Role.OFFICE)


async def the_office(town: Town) -> Chat:
    """Somebody of the office, looking at the campaigns."""
    van = await town.joined("Phạm Thị Văn", roles=OFFICE)
    await van.says("menu")
    await van.taps("Phong trào")
    return van


async def a_draft(town: Town, code: str = "011") -> None:
    """A draft that was loaded at the machine."""
    async with town.office() as session:
        now = town.clock.now()
        await campaigns.prepare(session, console(now.date()), a_plan(code), "ke-hoach.toml", now)


async def states(town: Town) -> list[tuple[str, str, bool]]:
    """Every version: code, state, in force."""
    return [(one.code, one.state, one.current) for one in await town.rows(CampaignVersion)]


async def test_a_plan_sent_as_a_workbook(files_town: Town) -> None:
    """Tải mẫu, gửi kế hoạch: tệp có lỗi được trả lại; sửa, gửi lại, đọc lại, duyệt, công bố."""
    van = await the_office(files_town)
    await van.taps("Tải mẫu Excel")
    assert van.files[-1][0] == "mau-ke-hoach.xlsx"

    faulty = spoilt(a_book(), writing(Tab.CRITERIA, "R2", "nhiều hơn"))
    await van.sends_document("Kế hoạch 2027.xlsx", faulty, XLSX)
    assert "Tệp có 1 chỗ cần sửa, chưa nạp gì" in van.sees
    assert "Trang «Tiêu chí», ô R2: «nhiều hơn» không dùng được" in van.sees
    assert await states(files_town) == [("004", "published", True)]
    name, back = van.files[-1]
    assert name == "can-sua-Kế hoạch 2027.xlsx"

    mended = spoilt(back, writing(Tab.CRITERIA, "R2", "từ … trở lên"))
    await van.sends_document(name, mended, XLSX)
    assert "không có lỗi" in van.sees
    await van.taps("Mở phong trào")
    assert "3 nhóm, 6 tiêu chí, 9 câu hỏi" in van.sees
    await van.taps("Đọc lại toàn bộ")
    assert "thứ Sáu 31/12/2027" in van.sees
    await van.taps("Trang sau")
    assert "lớn hơn 90 %" in van.sees
    await van.taps("Quay lại")

    await van.taps("Duyệt…")
    await van.taps("Duyệt")
    assert "Đã duyệt bản nháp" in van.sees
    await van.taps("Công bố…")
    await van.taps("Công bố")
    assert "Đã công bố" in van.sees
    assert await states(files_town) == [("004", "published", True), ("011", "published", True)]
    await van.taps("Quay lại")
    assert "• 011 · Thi đua CCHC (ví dụ)" in van.sees


async def test_a_plan_changed_and_compared(files_town: Town) -> None:
    """Tải kế hoạch đang có hiệu lực về Excel, sửa một mức, gửi lại: thấy đúng điều đã đổi rồi mới công bố."""
    van = await the_office(files_town)
    await van.taps("004 Thi")
    await van.taps("Tải về Excel")
    name, content = van.files[-1]
    assert name == "ke-hoach-004-ban-1.xlsx"
    cell = cell_of(content, Tab.CRITERIA, "measures.target", "99")
    await van.sends_document(name, spoilt(content, writing(Tab.CRITERIA, cell, "98")), XLSX)
    await van.taps("Mở phong trào")
    assert "So với bản đang có hiệu lực: 1 điểm khác." in van.sees
    await van.taps("So với bản trước")
    assert "98" in van.sees
    assert "99" in van.sees
    await van.taps("Quay lại")
    await van.taps("Duyệt…")
    await van.taps("Duyệt")
    await van.taps("Công bố…")
    await van.taps("Công bố")
    assert await states(files_town) == [("004", "published", False), ("004", "published", True)]


async def test_publishing_where_no_file_can_be_sent(town: Town) -> None:
    """Bản nháp nạp bằng dòng lệnh: đọc lại, duyệt, công bố trong cuộc trò chuyện; không nút thì gõ chữ."""
    await a_draft(town)
    van = await the_office(town)
    if not town.surface.capabilities.files_in:
        assert "Kênh trò chuyện này không gửi, nhận được tệp" in van.sees
        assert "Tải mẫu" not in van.sees
    assert "• 011 · Thi đua CCHC (ví dụ) · chưa duyệt · (máy chủ)" in van.sees
    await van.taps("Nháp 011")
    await van.taps("Đọc lại toàn bộ")
    await van.taps("Trang sau")
    await van.taps("Trang trước")
    await van.taps("Quay lại")
    await van.taps("Duyệt…")
    await van.taps("Duyệt")
    await van.taps("Công bố…")
    await van.taps("Công bố")
    assert "Đã công bố" in van.sees
    assert await states(town) == [("004", "published", True), ("011", "published", True)]


async def test_a_draft_dropped(town: Town) -> None:
    """Bỏ bản nháp: bản đang có hiệu lực vẫn nguyên."""
    await a_draft(town, "004")
    van = await the_office(town)
    await van.taps("Nháp 004")
    await van.taps("So với bản trước")
    await van.taps("Quay lại")
    await van.taps("Bỏ bản nháp…")
    await van.taps("Quay lại")
    await van.taps("Bỏ bản nháp…")
    await van.taps("Bỏ bản nháp")
    assert "Đã bỏ bản nháp." in van.sees
    assert await states(town) == [("004", "published", True)]


async def test_a_date_with_its_document(town: Town) -> None:
    """Nhập ngày kế hoạch không nói, kèm văn bản; đổi ngày thì ngày cũ vẫn được lưu."""
    van = await the_office(town)
    await van.taps("004 Thi")
    await van.taps("Nhập ngày còn thiếu")
    await van.taps("Ngày ban hành")
    await van.says("31/02/2026")
    assert "Không đọc được «31/02/2026»" in van.sees
    await van.says("15/04/2026")
    assert "Ngày sẽ ghi: thứ Tư 15/04/2026." in van.sees
    await van.says("Kế hoạch số 15/KH-TTYT ngày 15/4/2026")
    assert "Đã ghi Ngày ban hành: thứ Tư 15/04/2026." in van.sees
    assert "• Ngày ban hành: thứ Tư 15/04/2026 (đã nhập)" in van.sees

    await van.taps("Ngày ban hành")
    await van.says("16/4/2026")
    await van.says("Công văn đính chính số 16/TTYT ngày 20/4/2026")
    await van.taps("Ngày ban hành")
    assert "thứ Năm 16/04/2026" in van.sees
    assert "Đã được thay ngày 23/11/2026." in van.sees

    await van.taps("Quay lại")
    await van.taps("Xem tiếp")
    await van.taps("Lúc khóa năm 2026")
    await van.says("17:00 04/12/2026")
    await van.says("Công văn số 30/TTYT ngày 01/11/2026")
    assert "Đã ghi" in van.sees
    await van.says("menu")
    assert "đợt khóa lúc 17:00 thứ Sáu 04/12/2026" in van.sees


async def test_a_copy_for_next_year(files_town: Town) -> None:
    """Chép kế hoạch cho năm sau: nhận tệp Excel để sửa, không có gì thay đổi cho đến khi gửi lại."""
    await a_draft(files_town)
    van = await the_office(files_town)
    await van.taps("Nháp 011")
    await van.taps("Duyệt…")
    await van.taps("Duyệt")
    await van.taps("Công bố…")
    await van.taps("Công bố")
    await van.taps("Chép cho năm sau")
    name, content = van.files[-1]
    assert name == "ke-hoach-011-nam-2028.xlsx"
    assert cell_of(content, Tab.ROUNDS, "year", "2028")
    await van.sends_document(name, content, XLSX)
    assert "không có lỗi" in van.sees


async def test_a_date_that_shuts_an_open_round(town: Town) -> None:
    """Nhập ngày khóa đã qua cho kỳ đang mở: được báo trước, phải gõ chữ; rút lại thì kỳ lại mở."""
    van = await the_office(town)
    await van.taps("004 Thi")
    await van.taps("Nhập ngày còn thiếu")
    await van.taps("Xem tiếp")
    await van.taps("Lúc khóa năm 2026")
    await van.says("17:00 04/11/2026")
    assert "Ghi ngày này thì kỳ đang mở bị khóa ngay: Năm 2026." in van.sees
    assert await town.rows(CampaignDate) == []
    await van.taps("Quay lại")
    await van.says("17:00 04/11/2026")
    await van.taps("Vẫn nhập ngày này")
    assert "áp dụng ngay cho bản đang có hiệu lực" in van.sees
    await van.says("Công văn số 30/TTYT ngày 01/11/2026")
    assert "Đã ghi" in van.sees
    assert await closing(town) != [None]

    await van.taps("Xem tiếp")
    await van.taps("Lúc khóa năm 2026")
    await van.taps("Rút ngày đã nhập…")
    assert "trở lại thành ngày chưa có" in van.sees
    await van.taps("Rút ngày này")
    assert "Đã rút Lúc khóa năm 2026." in van.sees
    assert await closing(town) == [None]
    await van.taps("Xem tiếp")
    await van.taps("Lúc khóa năm 2026")
    assert "Đã được rút ngày 23/11/2026." in van.sees


async def closing(town: Town) -> list[datetime | None]:
    """When the round of 2026 closes."""
    return [one.closes_at for one in await town.rows(Round) if one.code == "2026"]

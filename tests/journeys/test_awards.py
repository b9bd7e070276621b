"""Awards of before: looked up and entered by the office, annulled by two, seen by whom they belong to."""

from core.roles import Role
from db.models import Award
from services.papers import award_sheet
from tests.chat import Chat, Town
from tests.services.award_books import filled

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFFICE = (Role.STAFF, Role.OFFICE)
SHELVED = "Sổ khen thưởng"


async def opens(chat: Chat, label: str) -> None:
    """From anywhere to something on the first screen."""
    await chat.says("menu")
    if label == SHELVED:
        await chat.taps("Mục khác")
    await chat.taps(label)


async def test_an_award_of_before_and_its_annulment(town: Town) -> None:
    """Sổ khen thưởng: ghi một khen thưởng từ trước; có quyết định hủy thì người khác xác nhận."""
    lan = await town.joined("Trần Thị Lan")
    head = await town.joined("Phạm Văn Trưởng", roles=(Role.STAFF, Role.HEAD))
    van = await town.joined("Lê Thị Văn", roles=OFFICE)
    mai = await town.joined("Mai Thị Phòng", roles=OFFICE)
    await opens(van, SHELVED)
    await van.says("tran thi lan")
    await van.taps("Trần Thị Lan")
    await van.taps("Ghi khen thưởng từ trước")
    await van.says("Giấy khen")
    await van.says("Giám đốc Sở Y tế")
    await van.says("QĐ-SYT")
    assert "Chưa thấy số văn bản" in van.sees
    await van.says("125/QĐ-SYT")
    await van.says("15/12")
    assert "năm" in van.sees
    await van.says("15/12/2025")
    await van.says("năm 2031")
    assert "Chưa đọc được năm của thành tích" in van.sees
    await van.says("2025")
    await van.says("Rút ngắn thời gian chờ khám từ 60 phút còn 25 phút")
    await van.taps("Theo phong trào, chuyên đề")
    assert "không tính làm căn cứ khen thưởng theo công trạng" in van.sees
    await van.taps("Ghi vào hồ sơ")
    assert "Đã ghi 1 khen thưởng" in van.sees

    await opens(lan, "Khen thưởng của tôi")
    assert "Giấy khen của Giám đốc Sở Y tế, Quyết định số 125/QĐ-SYT ngày 15/12/2025" in lan.sees
    await opens(head, "Khen thưởng của tôi")
    await head.taps("Khen thưởng của đơn vị")
    assert "Trần Thị Lan: Giấy khen" in head.sees

    await van.taps("Giấy khen · 15/12/2025")
    await van.taps("Đề nghị hủy hoặc gỡ")
    await van.taps("Hủy theo quyết định")
    await van.says("Báo cáo sai số liệu thời gian chờ khám.")
    await van.says("Quyết định 9/QĐ-SYT ngày 01/11/2026 của Sở Y tế")
    assert "vẫn được tính đến khi có quyết định" in van.sees
    await mai.taps("Xem và quyết định")
    assert "Báo cáo sai số liệu" in mai.sees
    await mai.taps("Đồng ý hủy")
    assert "không còn được tính" in mai.sees
    assert "đã bị hủy nên không còn được tính" in lan.sees
    assert "Trần Thị Lan" in head.sees
    await lan.taps("Xem khen thưởng")
    assert "Đã hủy, không còn được tính" in lan.sees
    (row,) = await town.rows(Award)
    assert row.annulled_at is not None


async def test_a_sheet_of_awards(files_town: Town) -> None:
    """Bảng Excel khen thưởng từ trước: lỗi báo tại ô, sửa rồi gửi lại, xem lại, ghi vào hồ sơ."""
    town = files_town
    await town.joined("Trần Thị Lan", code="NV01")
    van = await town.joined("Lê Thị Văn", code="NV02", roles=OFFICE)
    await opens(van, SHELVED)
    await van.taps("Ghi nhiều khen thưởng bằng bảng Excel")
    await van.taps("Lấy mẫu Excel")
    name, template = van.files[-1]
    assert name == "Mẫu bảng khen thưởng từ trước.xlsx"
    assert "Bảng chưa có dòng nào" in (await sent(van, template)).sees

    bad = {"dated": "15/13/2025", "staff_code": "NV99"}
    assert "Dòng 2: Không có ai mang mã «NV99»" in (await sent(van, filled(bad))).sees
    assert "Dòng 2: Không đọc được ngày «15/13/2025»" in van.sees
    marked = award_sheet.read(van.files[-1][1])
    assert [line.row for line in marked.lines] == [2]
    assert await town.rows(Award) == []

    good = {"staff_code": "nv01"}, {"staff_code": "", "name": "", "unit": "Khoa Mẫu 1"}
    await sent(van, filled(*good))
    assert "có 2 khen thưởng. Chưa dòng nào được ghi" in van.sees
    await van.taps("Xem bảng")
    assert "Trần Thị Lan: Giấy khen" in van.sees
    await van.taps("Ghi 2 khen thưởng vào hồ sơ")
    assert "đã ghi" in van.sees
    assert len(await town.rows(Award)) == 2
    await sent(van, filled(*good))
    assert "Dòng 2: Khen thưởng này đã có trong hồ sơ" in van.sees


async def sent(chat: Chat, content: bytes) -> Chat:
    """A sheet sent, where one was sent already or the template was asked for."""
    await chat.sends_document("Khen thưởng.xlsx", content, XLSX)
    return chat

"""An announcement written by the office, from a letter passed on to what everybody will get."""

from core.announcement_content import Content, Question
from core.roles import Role
from db.models import Announcement
from tests.chat import Town

LETTER = (
    "Tập huấn một cửa điện tử\n"
    "14:00 thứ Tư 02/12/2026 tại hội trường.\n\n"
    "Mỗi khoa cử hai người; mang theo tài khoản công vụ."
)


async def test_a_letter_passed_on_becomes_an_announcement(town: Town) -> None:
    """Chuyển tiếp một thư vào «Thông báo»: thành bản nháp, đặt câu hỏi, xem trước như người nhận thấy."""
    van = await town.joined("Phạm Thị Vân", "VP001", (Role.OFFICE,))
    await van.says("/thongbao")
    await van.says(LETTER)
    assert "Đã tạo bản nháp từ tin vừa gửi; chưa gửi cho ai." in van.sees
    await van.taps("Xác nhận, câu hỏi")
    await van.taps("Đặt câu hỏi")
    await van.says("Mỗi khoa cử mấy người?")
    await van.says("Một người\nHai người")
    await van.taps("Hai người")
    assert "✅ Hai người" in van.sees
    await van.says("quay lại")
    await van.taps("Xem trước")
    assert "Câu hỏi: Mỗi khoa cử mấy người?" in van.sees
    assert "Một người" in van.sees
    (row,) = await town.rows(Announcement)
    content = Content.from_json(row.content)
    assert content.title == "Tập huấn một cửa điện tử"
    assert content.body.count("\n\n") == 1
    assert content.question == Question("Mỗi khoa cử mấy người?", ("Một người", "Hai người"), 1)


async def test_an_announcement_begun_from_a_template(town: Town) -> None:
    """Soạn từ mẫu phát động: nội dung lấy từ kế hoạch, người nhận là các đơn vị của phong trào."""
    van = await town.joined("Phạm Thị Vân", "VP001", (Role.OFFICE,))
    await van.says("/thongbao")
    await van.taps("Soạn từ mẫu")
    await van.taps("Kết quả phong trào")
    await van.taps("Thi đua CCHC")
    assert "[điền" in van.sees
    await van.taps("Gửi thử cho mình")
    assert "chưa viết nên chưa gửi được" in van.sees
    await van.taps("Nội dung")
    await van.says("Năm 2026 có 02 tập thể và 05 cá nhân được khen thưởng.")
    await van.taps("Gửi thử cho mình")
    assert "Bản gửi thử ở tin ngay dưới" in van.sees

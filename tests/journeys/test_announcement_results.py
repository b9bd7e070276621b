"""What the office does after an announcement has left: looks who has it, reminds, corrects, takes back."""

import pytest

from core.announcement_content import Content
from tests.announcing import an_office, sent
from tests.chat import Chat, Town

MEETING = Content(
    "Họp triển khai kế hoạch",
    "Đúng 08:00 thứ Ba 24/11/2026 tại hội trường tầng 3.\nThành phần: toàn thể viên chức.",
    wants_reading=True,
)


@pytest.fixture
async def office(town: Town) -> Chat:
    return await an_office(town)


async def test_the_office_sees_who_has_it(town: Town, office: Chat) -> None:
    """Theo dõi một thông báo: ai đã nhận, ai đã đọc, ai cần gọi điện, tải bảng Excel."""
    lan = await town.joined("Trần Thị Lan")
    await town.joined("Võ Văn Bình")
    await town.issue("Ngô Chưa Vào")
    number = await sent(town, office, MEETING)
    assert "đã gửi xong" in office.screen
    await lan.taps("Đã đọc")
    await office.taps("Xem kết quả")
    assert "Đã nhận: 2/3 người." in office.sees
    assert "Đã xác nhận đọc: 1 người (50%); chưa: 1." in office.sees
    await office.taps("Danh sách cần gọi")
    assert "Ngô Chưa Vào" in office.sees
    await office.says("quay lại")
    await office.taps("Theo đơn vị")
    assert "đã nhận 2/3, đã xác nhận 1" in office.sees
    await office.says("quay lại")
    await office.taps("Tải bảng Excel")
    if town.surface.capabilities.files_out:
        assert office.files[-1][0] == f"ket-qua-thong-bao-{number}.xlsx"


async def test_a_wrong_announcement_is_corrected(town: Town, office: Chat) -> None:
    """Đính chính: nói trước ai thấy bản mới ở đâu, gửi bản đúng, xem lại các bản đã gửi."""
    lan = await town.joined("Trần Thị Lan")
    number = await sent(town, office, MEETING)
    await office.says(f"TB {number}")
    await office.taps("Đính chính")
    told = "thay ngay bản cũ" if town.surface.capabilities.edits else "nhận một tin mới"
    assert told in office.sees
    await office.says("Đúng 14:00 thứ Ba 24/11/2026 tại hội trường tầng 3.")
    await office.says("sai giờ họp")
    assert "Đính chính: sai giờ họp" in office.sees
    await office.taps("Gửi đính chính")
    assert "14:00" in lan.screen
    await town.time_passes(seconds=5)
    await office.says(f"TB {number}")
    await office.taps("Các bản đã gửi (2)")
    assert "Lý do: sai giờ họp" in office.sees
    await office.taps("Trang sau")
    assert "08:00" in office.sees


async def test_an_announcement_is_taken_back(town: Town, office: Chat) -> None:
    """Thu hồi: người đã nhận được báo ngay kèm lý do."""
    lan = await town.joined("Trần Thị Lan")
    number = await sent(town, office, MEETING)
    await office.says(f"TB {number}")
    await office.taps("Thu hồi")
    await office.says("gửi nhầm danh sách")
    assert "không hoàn tác được" in office.sees
    await office.taps("Thu hồi")
    assert "đã được thu hồi. Lý do: gửi nhầm danh sách" in lan.screen
    await town.time_passes(seconds=5)
    await office.says(f"TB {number}")
    assert "đã thu hồi" in office.sees

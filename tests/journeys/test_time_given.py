"""The office gives more time by itself, and names a stand-in for a unit, from its own board."""

from core.roles import Role
from db.models import Absence, Extension
from tests.chat import Chat, Town
from tests.journeys.test_submissions import a_unit, dated


async def at_the_unit(van: Chat) -> None:
    await van.says("menu")
    await van.taps("Tình hình nộp")
    await van.taps("Báo cáo ·")
    await van.taps("Khoa Mẫu 1")


async def test_the_office_gives_more_time(town: Town) -> None:
    """Văn phòng chủ động gia hạn: ngày, lý do, văn bản; xem lại rồi mới ghi; đơn vị được báo."""
    await dated(town)
    head, lan, van = await a_unit(town)
    await at_the_unit(van)
    await van.taps("Gia hạn")
    assert "Hạn hiện nay: hết thứ Hai 30/11/2026" in van.sees
    await van.says("30/02/2027")
    await van.says("27/11/2026")
    assert "phải sau hạn hiện nay" in van.sees
    await van.says("04/12/2026")
    await van.says("Mạng của khoa hỏng cả tuần.")
    await van.says("?")
    assert "chưa được ghi" in van.sees
    await van.says("Công văn số 20/SYT-VP ngày 23/11/2026")
    assert "Hạn mới: hết thứ Sáu 04/12/2026" in van.sees
    assert not await town.rows(Extension)
    await van.taps("Cho gia hạn")
    assert "Được gia hạn đến hết thứ Sáu 04/12/2026" in van.sees
    for chat in (head, lan):
        assert "Được gia hạn đến hết thứ Sáu 04/12/2026" in chat.sees
        assert "Mạng của khoa hỏng cả tuần." in chat.sees
    (kept,) = await town.rows(Extension)
    assert (kept.state, kept.document) == ("granted", "Công văn số 20/SYT-VP ngày 23/11/2026")


async def test_the_office_names_a_stand_in(town: Town) -> None:
    """Văn phòng cử người thay cho thủ trưởng một khoa; cả hai người được báo."""
    await dated(town)
    head = await town.joined("Nguyễn Văn Trưởng", "KM001", (Role.STAFF, Role.HEAD))
    binh = await town.joined("Lê Thị Bình", "KM002")
    van = await town.joined("Phạm Thị Vân", "VP001", (Role.STAFF, Role.OFFICE))
    await at_the_unit(van)
    await van.taps("Phân công")
    await van.taps("Cử người thay")
    await van.says("<b>không ai</b>")
    assert "Không tìm thấy ai" in van.sees
    await van.says("truong")
    await van.taps("Nguyễn Văn Trưởng")
    await van.says("bình")
    await van.taps("Lê Thị Bình")
    await van.taps("Từ hôm nay")
    await van.says("thứ 6")
    await van.taps("Cử người thay")
    for chat in (head, binh):
        assert "Người cử: Phạm Thị Vân" in chat.sees
    (kept,) = await town.rows(Absence)
    assert f"{kept.ends_on:%d/%m/%Y}" == "27/11/2026"

    await van.says("menu")
    await van.taps("Tình hình nộp")
    await van.taps("Báo cáo ·")
    assert "; còn thiếu: báo cáo" in van.sees
    await van.taps("Khoa Mẫu 1")
    assert "Lê Thị Bình thay Nguyễn Văn Trưởng từ thứ Hai 23/11/2026 đến hết thứ Sáu 27/11/2026." in van.sees

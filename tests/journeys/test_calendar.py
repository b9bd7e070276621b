"""The working calendar: everybody looks, an administrator enters what a document decided."""

from core.roles import Role
from db.models import CalendarDay, CalendarYear
from tests.chat import Town

BOTH = (Role.STAFF, Role.ADMINISTRATOR)


async def test_is_tomorrow_a_working_day(town: Town) -> None:
    """Hỏi ngày mai có làm việc không, xem một ngày bất kỳ và vì sao; nhắn ngày sai thì được chỉ cách viết."""
    lan = await town.joined("Trần Thị Lan")
    await lan.says("/lich")
    assert "Ngày mai, thứ Ba 24/11/2026: ngày nghỉ, Ngày Văn hóa Việt Nam." in lan.sees
    assert "Nguồn: Nghị quyết 80-NQ/TW" in lan.sees
    await lan.says("14/12")
    assert "Thứ Hai 14/12/2026: ngày làm việc." in lan.sees
    assert "14 ngày làm việc (không tính 6 ngày cuối tuần; thứ Ba 24/11/2026" in lan.sees
    await lan.says("10/1/2026")
    assert "Ngày làm bù cho thứ Sáu 02/01/2026" in lan.sees
    assert "Nguồn: Văn bản 12729/VPCP-KGVX." in lan.sees
    await lan.says("31/4")
    assert "Không có ngày «31/4»" in lan.sees
    await lan.says("5 ngày làm việc nữa")
    assert "Thứ Ba 01/12/2026" in lan.sees
    await lan.taps("Quay lại")
    await lan.taps("Cả năm 2026")
    assert "249 ngày làm việc" in lan.sees
    await lan.taps("Năm 2027")
    assert "dự kiến, chưa được xác nhận" in lan.sees
    assert "Xác nhận lịch" not in lan.sees


async def test_a_saturday_is_swapped(town: Town) -> None:
    """Quản trị viên ghi hoán đổi theo thông báo, thấy tác động, xác nhận lịch năm sau; ai cũng thấy."""
    tam = await town.joined("Đỗ Minh Tâm", "QT001", BOTH)
    lan = await town.joined("Trần Thị Lan")
    await tam.says("/lich")
    await tam.says("27/11")
    await tam.taps("Hoán đổi với ngày khác")
    await tam.says("26/11")
    assert "cùng đang là ngày làm việc nên không hoán đổi được" in tam.sees
    await tam.says("thứ 7 tuần này")
    assert "Nghỉ: thứ Sáu 27/11/2026 (hiện là ngày làm việc)." in tam.sees
    assert "Làm bù: thứ Bảy 28/11/2026 (hiện là ngày nghỉ cuối tuần)." in tam.sees
    await tam.says("Thông báo số 15/TB-SYT ngày 20/11/2026")
    assert "Đã ghi: tháng 11/2026 có 20 ngày làm việc" in tam.sees
    assert "ngày nghỉ, Nghỉ hoán đổi, làm bù thứ Bảy 28/11/2026" in tam.sees

    await lan.says("/lich")
    assert "thứ Bảy 28/11/2026: ngày làm việc, Ngày làm bù cho thứ Sáu 27/11/2026" in lan.sees
    assert "Nguồn: Thông báo số 15/TB-SYT ngày 20/11/2026." in lan.sees

    await tam.taps("Quay lại")
    await tam.taps("Cả năm 2026")
    await tam.taps("Năm 2027")
    await tam.taps("Xác nhận lịch năm 2027")
    await tam.says("Thông báo số 20/TB-BNV ngày 18/11/2026")
    assert "Đã xác nhận lịch năm 2027" in tam.sees
    assert [one.year for one in await town.rows(CalendarYear)] == [2027]


async def test_a_day_off_is_entered_and_taken_back(town: Town) -> None:
    """Ghi một ngày nghỉ của đơn vị kèm văn bản, rồi gỡ; mục cũ vẫn nằm trong hồ sơ."""
    tam = await town.joined("Đỗ Minh Tâm", "QT001", BOTH)
    await tam.says("/lich")
    await tam.says("mốt")
    await tam.taps("Ghi là ngày nghỉ")
    await tam.taps("Nghỉ do thiên tai, dịch bệnh, sự cố")
    await tam.says("?")
    assert "thiếu văn bản làm căn cứ" in tam.sees
    await tam.says("Công điện số 08/CĐ-UBND ngày 22/11/2026")
    assert "tháng 11/2026 có 19 ngày làm việc (trước là 20)" in tam.sees
    assert "Mục do đơn vị ghi lúc" in tam.sees
    await tam.taps("Gỡ mục đã ghi")
    assert "Đã gỡ mục do đơn vị ghi" in tam.sees
    assert "Thứ Tư 25/11/2026: ngày làm việc." in tam.sees
    (kept,) = await town.rows(CalendarDay)
    assert kept.replaced_at is not None

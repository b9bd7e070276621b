"""«Lịch và nhắc việc» and «Giờ không nhắc», as administrators and others use them."""

from core.roles import Role
from db.models import NudgeRow, OutboxRow, QuietHours
from services import campaigns
from services.actor import console
from tests.chat import Chat, Town

REPORT = "deadline:004-D2"


async def an_office(town: Town) -> tuple[Chat, Chat]:
    """A report is due on Tuesday 15/12; its head and an administrator are there."""
    head = await town.joined("Trần Thị Trưởng", roles=(Role.HEAD,))
    tam = await town.joined("Đỗ Minh Tâm", roles=(Role.STAFF, Role.ADMINISTRATOR))
    async with town.office() as session:
        now = town.clock.now()
        await campaigns.enter_date(
            session, console(now.date()), "004", REPORT, "15/12", "Hướng dẫn 12/HD-SYT", now
        )
    return head, tam


async def test_a_ladder_is_changed(town: Town) -> None:
    """Quản trị viên thêm bậc nhắc cho báo cáo, xem trước rồi mới lưu; thang sai thì bị từ chối."""
    _head, tam = await an_office(town)
    await tam.says("menu")
    await tam.taps("Mục khác")
    await tam.taps("Lịch và nhắc việc")
    assert "• trước 14 ngày làm việc: nhắc người phụ trách" in tam.sees
    await tam.taps("Thang nhắc việc")
    assert "Thủ trưởng đơn vị · báo cáo: theo mặc định" in tam.sees
    await tam.taps("Thủ trưởng đơn vị · báo cáo")
    await tam.says("10 ngày trước")
    assert "Thêm: trước 10 ngày làm việc: nhắc người phụ trách." in tam.sees
    assert "Nếu đổi thế này, trong 4 tuần tới:" in tam.sees
    assert "• thứ Ba 01/12/2026: thêm 1 lời nhắc (Trần Thị Trưởng)" in tam.sees
    await tam.taps("Lưu")
    assert "Đã lưu." in tam.sees
    assert "Đang có thang riêng." in tam.sees
    await tam.says("7 ngày trước")
    assert "được ghi hai lần" in tam.sees
    await tam.says("hôm nào đó")
    assert "Chưa hiểu bậc nhắc này." in tam.sees
    await tam.taps("Về mặc định")
    assert "Bỏ: trước 10 ngày làm việc: nhắc người phụ trách." in tam.sees
    await tam.taps("Lưu")
    assert "Đang theo mặc định." in tam.sees


async def test_a_day_is_rehearsed(town: Town) -> None:
    """Quản trị viên xem trước lời nhắc các tuần tới, diễn tập từng ngày; không ai nhận tin, không ghi gì."""
    head, tam = await an_office(town)
    await tam.says("menu")
    await tam.taps("Mục khác")
    await tam.taps("Lịch và nhắc việc")
    await tam.taps("Lời nhắc sắp tới")
    assert "Thứ Tư 25/11/2026: 1 lời nhắc người phụ trách\n  07:30 Trần Thị Trưởng: báo cáo" in tam.sees
    await tam.taps("7 ngày sau")
    assert "Thứ Sáu 04/12/2026" in tam.sees
    await tam.taps("Diễn tập 04/12")
    assert "Giả sử hôm nay là thứ Sáu 04/12/2026" in tam.sees
    assert "1. 07:30 Trần Thị Trưởng: 1 việc" in tam.sees
    await tam.says("14/12")
    await tam.taps("Tin 1: Trần Thị Trưởng")
    assert "Tin Trần Thị Trưởng sẽ nhận lúc 07:30 thứ Hai 14/12/2026:" in tam.sees
    assert "Còn 1 ngày làm việc." in tam.sees
    await tam.taps("Quay lại")
    await tam.taps("Ngày làm việc sau")
    assert "thứ Ba 15/12/2026" in tam.sees
    assert head.bubbles_seen == 0
    assert await town.rows(NudgeRow) == []
    assert [one for one in await town.rows(OutboxRow) if one.lane or one.chat == str(head.id)] == []


async def test_a_person_wants_quiet_at_noon(town: Town) -> None:
    """Mỗi người tự đặt giờ không nhắc trong «Tài khoản»; giờ chiếm cả ngày thì bị từ chối."""
    head, _tam = await an_office(town)
    await head.says("/taikhoan")
    await head.taps("Lịch làm việc")
    assert "Tháng 11/2026" in head.sees
    await head.taps("Quay lại")
    await head.taps("Giờ không nhắc")
    assert "Anh/chị chưa đặt giờ riêng." in head.sees
    await head.says("11:30-13:30")
    assert "Đã ghi: không nhắc anh/chị từ 11:30 đến 13:30." in head.sees
    await head.says("7h đến 20h")
    assert "không chừa lúc nào" in head.sees
    (kept,) = await town.rows(QuietHours)
    assert (kept.starts.hour, kept.ends.hour) == (11, 13)
    await head.says("không biết")
    assert "Chưa hiểu giờ này" in head.sees
    await head.taps("Quay lại")
    assert "Giờ không nhắc riêng: từ 11:30 đến 13:30" in head.sees
    await head.taps("Giờ không nhắc")
    await head.taps("Bỏ giờ riêng")
    assert await town.rows(QuietHours) == []

"""Reports handed in from the phone: receipt, confirmation, late, more time, and what the office sees."""

from core.roles import Role
from db.models import Submission
from services import campaigns
from services.actor import console
from tests.chat import Chat, Town

DOCUMENT = "Công văn số 12/SYT-VP ngày 03/11/2026"


async def dated(town: Town, day: str = "30/11/2026", code: str = "004-D2") -> None:
    """The office has entered a day that the plan leaves unsaid."""
    async with town.office() as session:
        now = town.clock.now()
        await campaigns.enter_date(
            session, console(now.date()), "004", f"deadline:{code}", day, DOCUMENT, now
        )


async def a_unit(town: Town) -> tuple[Chat, Chat, Chat]:
    """A head, a coordinator and the office."""
    head = await town.joined("Nguyễn Văn Trưởng", "KM001", (Role.STAFF, Role.HEAD))
    lan = await town.joined("Trần Thị Lan", "KM002", (Role.STAFF, Role.COORDINATOR))
    van = await town.joined("Phạm Thị Vân", "VP001", (Role.STAFF, Role.OFFICE))
    return head, lan, van


async def hands_in(chat: Chat) -> None:
    await chat.says("/nop")
    await chat.taps("Báo cáo ·")
    await chat.taps("Nộp báo cáo")
    await chat.says("15/BC-KM1")
    await chat.says("20/11/2026")
    await chat.says("Đã số hóa 80% hồ sơ; còn thiếu máy quét; đề nghị bổ sung.")


async def test_a_report_handed_in_and_confirmed(town: Town) -> None:
    """Đầu mối nộp báo cáo, có biên nhận; thủ trưởng xác nhận; văn phòng thấy ngay."""
    await dated(town)
    head, lan, van = await a_unit(town)
    await hands_in(lan)
    await lan.taps("Nộp không kèm tệp")
    await lan.taps("Nộp")
    assert "Biên nhận: BC-" in lan.sees
    assert "Còn thiếu xác nhận của thủ trưởng đơn vị." in lan.sees
    assert "Trần Thị Lan đã nộp báo cáo của Khoa Mẫu 1" in head.sees

    await van.says("menu")
    await van.taps("Tình hình nộp")
    assert "đã nộp 0/1" in van.sees
    await head.taps("Xem và xác nhận")
    await head.taps("Xác nhận")
    assert "Nguyễn Văn Trưởng đã xác nhận" in head.sees
    assert "Nguyễn Văn Trưởng đã xác nhận báo cáo" in lan.sees
    await van.says("menu")
    await van.taps("Tình hình nộp")
    assert "đã nộp 1/1" in van.sees
    (kept,) = await town.rows(Submission)
    assert (kept.number, kept.late, kept.period) == ("15/BC-KM1", False, "2026")


async def test_what_waits_for_the_head_is_not_counted_as_missing(telegram_town: Town) -> None:
    town = telegram_town
    await dated(town)
    _head, lan, van = await a_unit(town)
    await hands_in(lan)
    await lan.taps("Nộp không kèm tệp")
    await lan.taps("Nộp")
    town.clock.move(days=9)
    await lan.says("/nop")
    assert "đã nộp lúc 08:05 thứ Hai 23/11/2026, đúng hạn; chờ thủ trưởng xác nhận" in lan.sees
    await lan.taps("Báo cáo ·")
    for chat in (lan, van):
        if chat is van:
            await van.says("menu")
            await van.taps("Tình hình nộp")
            await van.taps("Báo cáo ·")
            assert "đúng hạn; còn thiếu: xác nhận của thủ trưởng đơn vị" in van.sees
            await van.taps("Khoa Mẫu 1")
        assert "Đã nộp lúc 08:05 thứ Hai 23/11/2026, đúng hạn." in chat.sees
        assert "Còn thiếu xác nhận của thủ trưởng đơn vị." in chat.sees
        assert "quá hạn" not in chat.sees


async def test_a_report_that_comes_late(town: Town) -> None:
    """Quá hạn vẫn nhận, ghi rõ là muộn; văn phòng thấy đơn vị quá hạn trước khi nộp."""
    await dated(town)
    head, _lan, van = await a_unit(town)
    town.clock.move(days=9)
    await van.says("menu")
    await van.taps("Tình hình nộp")
    assert "1 quá hạn" in van.sees
    await hands_in(head)
    await head.taps("Nộp không kèm tệp")
    assert "ghi là nộp muộn" in head.sees
    await head.taps("Nộp")
    assert "Ghi là nộp muộn" in head.sees
    (kept,) = await town.rows(Submission)
    assert kept.late
    assert kept.confirmed_at is not None


async def test_more_time_is_asked_for_and_granted(town: Town) -> None:
    """Xin gia hạn có lý do; văn phòng trả lời theo văn bản; hai bên đều được báo."""
    await dated(town)
    head, lan, van = await a_unit(town)
    await lan.says("/nop")
    await lan.taps("Báo cáo ·")
    await lan.taps("Xin gia hạn")
    await lan.says("30/11/2026")
    assert "phải sau hạn hiện nay" in lan.sees
    await lan.says("04/12/2026")
    await lan.says("Khoa vừa chuyển trụ sở, số liệu chưa đủ.")
    assert "Xin nộp đến hết thứ Sáu 04/12/2026." in lan.sees
    await lan.taps("Gửi đề nghị")
    assert "Đã gửi đề nghị gia hạn" in lan.sees
    assert "Trần Thị Lan xin nộp đến hết" in van.sees

    await van.taps("Trả lời đề nghị này")
    await van.taps("Cho gia hạn")
    await van.says("Công văn số 20/SYT-VP ngày 23/11/2026")
    assert "Đã cho gia hạn" in van.sees
    for chat in (lan, head):
        assert "Được gia hạn đến hết" in chat.sees
        assert "04/12/2026" in chat.sees
    await lan.taps("Mở việc cần nộp")
    await lan.taps("Báo cáo ·")
    assert "theo Công văn số 20/SYT-VP" in lan.sees


async def test_a_day_of_the_units_own(town: Town) -> None:
    """Thủ trưởng đặt hạn nội bộ trước hạn của kế hoạch; hạn sau ngày làm việc cuối thì không nhận."""
    await dated(town)
    head, lan, _van = await a_unit(town)
    await head.says("/nop")
    await head.taps("Báo cáo ·")
    await head.taps("Đặt hạn nội bộ")
    await head.says("30/11/2026")
    assert "Hạn nội bộ phải từ" in head.sees
    await head.says("27/11/2026")
    assert "Đã đặt hạn nội bộ" in head.sees
    assert "Hạn nội bộ của đơn vị: thứ Sáu 27/11/2026, còn 3 ngày làm việc." in head.sees
    await lan.says("/nop")
    await lan.taps("Báo cáo ·")
    assert "27/11/2026" in lan.sees
    assert "Đặt hạn nội bộ" not in lan.sees

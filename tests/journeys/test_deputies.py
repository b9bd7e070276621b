"""Naming a stand-in: both are told, it holds for its days alone, and both names stay on record."""

from core.roles import Role
from db.models import Absence, Submission
from tests.chat import Chat, Town
from tests.journeys.test_submissions import dated, hands_in


async def a_unit(town: Town) -> tuple[Chat, Chat, Chat]:
    """A head, one of their people without a part in it, and the coordinator."""
    head = await town.joined("Nguyễn Văn Trưởng", "KM001", (Role.STAFF, Role.HEAD))
    binh = await town.joined("Lê Thị Bình", "KM002")
    lan = await town.joined("Trần Thị Lan", "KM003", (Role.STAFF, Role.COORDINATOR))
    return head, binh, lan


async def names(head: Chat, deputy: str, starts: str, ends: str) -> None:
    await head.says("menu")
    await head.taps("Người thay")
    await head.taps("Cử người thay")
    await head.taps("Tôi (")
    await head.taps(deputy)
    await head.says(starts)
    await head.says(ends)


async def test_a_stand_in_confirms_for_the_days_they_are_named(town: Town) -> None:
    """Thủ trưởng cử người thay; người thay xác nhận trong kỳ, tên cả hai được ghi; hết kỳ thì thôi."""
    await dated(town)
    head, binh, lan = await a_unit(town)
    await names(head, "Lê Thị Bình", "hôm nay", "24/11/2026")
    assert "Người thay: Lê Thị Bình" in head.sees
    assert "đến hết thứ Ba 24/11/2026" in head.sees
    await head.taps("Cử người thay")
    assert "Đã cử người thay" in head.sees
    assert "Lê Thị Bình thay Nguyễn Văn Trưởng từ thứ Hai 23/11/2026 đến hết thứ Ba 24/11/2026" in binh.sees
    (kept,) = await town.rows(Absence)
    assert kept.named_by == kept.person_id

    await hands_in(lan)
    await lan.taps("Nộp không kèm tệp")
    await lan.taps("Nộp")
    assert "Trần Thị Lan đã nộp báo cáo" in binh.sees
    assert "Trần Thị Lan đã nộp báo cáo" not in head.sees
    await binh.taps("Xem và xác nhận")
    assert "Lê Thị Bình thay Nguyễn Văn Trưởng từ" in binh.sees
    await binh.taps("Xác nhận")
    assert "Lê Thị Bình (thay Nguyễn Văn Trưởng) đã xác nhận" in binh.sees
    assert "Lê Thị Bình (thay Nguyễn Văn Trưởng) đã xác nhận" in lan.sees
    assert "Lê Thị Bình (thay Nguyễn Văn Trưởng) đã xác nhận." in head.sees
    assert "không cần làm gì thêm" in head.sees
    (done,) = await town.rows(Submission)
    assert (done.confirmed_by, done.confirmed_for) == (kept.deputy_id, kept.person_id)

    town.clock.move(days=2)
    await binh.says("menu")
    assert "Kế hoạch, báo cáo của đơn vị" not in binh.sees
    await lan.says("/nop")
    await lan.taps("Báo cáo ·")
    assert "Lê Thị Bình (thay Nguyễn Văn Trưởng) đã xác nhận" in lan.sees


async def test_a_period_that_is_ended_early(town: Town) -> None:
    """Kết thúc sớm: cả hai được báo, quyền hết ngay; ngày sai, trùng, đã qua thì không nhận."""
    head, binh, _lan = await a_unit(town)
    await names(head, "Lê Thị Bình", "22/11/2026", "21/11/2026")
    assert "đã qua" in head.sees
    await head.taps("Từ hôm nay")
    await head.says("30/02/2027")
    assert "không có" in head.sees.lower()
    await head.says("22/11/2026")
    assert "đứng trước ngày đầu" in head.sees
    await head.says("1/1/2029")
    assert "tối đa 366 ngày" in head.sees
    await head.says("27/11/2026")
    await head.taps("Cử người thay")
    await binh.says("menu")
    assert "Kế hoạch, báo cáo của đơn vị" in binh.sees

    await names(head, "Lê Thị Bình", "25/11/2026", "30/11/2026")
    await head.taps("Cử người thay")
    assert "đã có Lê Thị Bình thay từ" in head.sees
    assert len(await town.rows(Absence)) == 1

    await head.says("menu")
    await head.taps("Người thay")
    await head.taps("Lê Thị Bình thay")
    await head.taps("Kết thúc việc thay")
    assert "Lê Thị Bình thôi thay Nguyễn Văn Trưởng" in binh.sees
    await binh.says("menu")
    assert "Kế hoạch, báo cáo của đơn vị" not in binh.sees
    (kept,) = await town.rows(Absence)
    assert kept.ended_at is not None

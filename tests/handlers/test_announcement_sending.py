"""Aiming and sending an announcement as the office does it: what is seen, who gets it, when it leaves."""

from core.announcements import Content, State
from core.roles import Role
from db.models import Announcement
from services import announcements
from tests import builders
from tests.chat import Chat, Town

NOTICE = Content("Họp triển khai", "Đúng 08:00 thứ Ba tại hội trường.")


async def _office(town: Town, name: str = "Trần Văn Phòng", role: Role = Role.OFFICE) -> Chat:
    return await town.joined(name, roles=(Role.STAFF, role))


async def _drafted(town: Town, author: Chat, content: Content = NOTICE) -> int:
    """A draft of theirs, whose card they look at."""
    async with town.office() as session:
        actor = await town.actor(session, author)
        number = await announcements.begin(session, actor, content, town.clock.now())
    await author.says(f"TB {number}")
    return number


async def _state(town: Town, number: int) -> State:
    (row,) = [one for one in await town.rows(Announcement) if one.id == number]
    return State(row.state)


async def test_to_one_unit_sent_now_called_back_and_sent_again(town: Town) -> None:
    office, lan = await _office(town), await town.joined("Lê Thị Lan")
    async with town.office() as session:
        other = await builders.a_unit(session, "Trạm Y tế Hoài Xuân", "TYT-HX")
    mai = await town.joined("Phạm Thị Mai", unit=other)
    number = await _drafted(town, office)
    assert "Gửi cho: mọi người." in office.sees
    await office.taps("Người nhận")
    assert "Lúc này có 3 người: 3 người nhận được." in office.sees
    assert "Phạm Thị Mai" in office.sees
    await office.taps("Đơn vị")
    await office.says("hoài xuân")
    await office.taps("Trạm Y tế Hoài Xuân")
    assert "Đã chọn 1 đơn vị" in office.sees
    await office.says("quay lại")
    await office.says("quay lại")
    assert "• Đơn vị: Trạm Y tế Hoài Xuân (kể cả đơn vị bên dưới)" in office.sees
    assert "Lúc này có 1 người" in office.sees
    await office.says("quay lại")
    await office.taps("Gửi…")
    assert "Bấm gửi rồi vẫn còn 1 phút để gọi lại." in office.sees
    await office.taps("Gửi cho 1 người")
    assert await _state(town, number) is State.SCHEDULED
    await office.taps("Gọi lại")
    assert await _state(town, number) is State.DRAFT
    await town.time_passes(minutes=2)
    assert mai.sees == ""
    await office.taps("Gửi…")
    await office.taps("Gửi cho 1 người")
    await town.time_passes(seconds=62)
    assert "Đúng 08:00 thứ Ba" in mai.sees
    assert lan.sees == ""

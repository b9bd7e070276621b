"""A unit reviews its people: compared and sent back, shown to everybody, voted on by its own council."""

from db.models import Nomination, Objection, UnitMeeting
from services.veil import Veil
from tests.chat import Chat, Town
from tests.services.reviewing import a_ward

COMMENT = "Số liệu lấy từ phần mềm nào, chị ghi rõ giúp."
WORDS = "Buổi tập huấn thứ 12 do cả tổ cùng làm."
ANSWER = "Đã kiểm tra sổ phân công: chị Mai chủ trì."


async def opens(chat: Chat) -> None:
    """From anywhere to the review of the year."""
    await chat.says("menu")
    await chat.taps("Bình xét của đơn vị")
    await chat.taps("Năm 2026")


async def votes(chat: Chat) -> None:
    """For Lan, against Mai."""
    await chat.taps("Bỏ phiếu (còn 2)")
    await chat.taps("Đồng ý")
    await chat.taps("Không đồng ý")


async def sets_rules(head: Chat) -> None:
    """More than half are enough."""
    await head.taps("Quy tắc bỏ phiếu")
    await head.taps("Đồng ý quá nửa")
    assert "đạt khi có quá nửa phiếu đồng ý" in head.sees
    await head.taps("Quay lại")


async def test_candidates_side_by_side(town: Town) -> None:
    """Thủ trưởng so sánh hai bản đã ký theo từng tiêu chí, trả lại một mục; người khai xem lại rồi ký lại."""
    ward = await a_ward(town)
    await opens(ward.head)
    assert "Đã ký: 2 bản. Đã đề nghị: 2." in ward.head.sees
    await ward.head.taps("So sánh các bản đã ký")
    await ward.head.taps("Trần Thị Lan")
    await ward.head.taps("Nguyễn Thị Mai")
    await ward.head.taps("So sánh 2 bản đã chọn")
    assert "A. Trần Thị Lan: được xét (đã đề nghị)" in ward.head.sees
    assert "✅ Đạt" in ward.head.sees
    await ward.head.taps("Xem 009-T1")
    await ward.head.taps("Trả lại cho Trần Thị Lan")
    await ward.head.says("Rõ?")
    assert "quá ngắn" in ward.head.sees
    await ward.head.says(COMMENT)
    assert "Đã trả lại; người khai được báo." in ward.head.sees
    assert COMMENT in ward.lan.sees
    await ward.lan.taps("Xem lại tiêu chí")
    await ward.lan.taps("Mở tiêu chí này")
    assert "009-T1" in ward.lan.sees
    await ward.lan.says("menu")
    assert [one.state for one in await town.rows(Nomination)] == ["withdrawn", "proposed"]


async def test_the_list_is_shown(town: Town) -> None:
    """Danh sách được công khai cho cả đơn vị; một người có ý kiến không nêu tên, thủ trưởng trả lời."""
    ward = await a_ward(town)
    await opens(ward.head)
    await ward.head.taps("Công khai danh sách")
    await ward.head.taps("Công khai…")
    await ward.head.taps("3 ngày làm việc")
    assert "Đã công khai; mọi người trong đơn vị được báo." in ward.head.sees
    assert "2 đề nghị khen thưởng được công khai" in ward.hoa.sees
    await ward.hoa.taps("Xem danh sách")
    await ward.hoa.taps("Nguyễn Thị Mai")
    assert "Theo tiêu chí:" in ward.hoa.sees
    await ward.hoa.taps("Có ý kiến")
    await ward.hoa.taps("Không nêu tên")
    await ward.hoa.says(WORDS)
    assert "Đã ghi ý kiến" in ward.hoa.sees
    assert "không nêu tên" in ward.head.sees
    assert "Hoa" not in ward.head.sees
    await ward.head.says("/hoso")
    await ward.head.taps("Năm 2026")
    await ward.head.taps("Khám hồ sơ")
    assert "⚠️ Nguyễn Thị Mai: còn 1 ý kiến khi công khai danh sách chưa được trả lời." in ward.head.sees
    assert "⚠️ Danh sách còn công khai đến hết" in ward.head.sees
    await ward.head.taps("Ý kiến về danh sách công khai")
    await ward.head.taps("Nguyễn Thị Mai")
    await ward.head.taps("Trả lời")
    await ward.head.says(ANSWER)
    assert "Đã trả lời" in ward.head.sees
    assert ANSWER in ward.hoa.sees
    (said,) = await town.rows(Objection)
    assert said.person_id is None


async def test_the_units_council_meets(town: Town) -> None:
    """Họp bình xét tại đây: mời thành viên, bỏ phiếu kín, kiểm phiếu, kết luận, báo người được đề nghị."""
    town.veil = Veil(secret=b"so that the transcript stays as it was read")
    ward = await a_ward(town)
    head = ward.head
    await opens(head)
    await head.taps("Họp bình xét")
    await head.taps("Họp và bỏ phiếu tại đây")
    assert "Còn thiếu: chưa đủ ba thành viên" in head.sees
    await sets_rules(head)
    await head.taps("Thành viên")
    for name in ("Phạm Văn Trưởng", "Lê Thị Hoa", "Đỗ Văn Nam"):
        await head.taps(name)
    await head.taps("Quay lại")
    await head.taps("Chủ trì")
    await head.taps("Phạm Văn Trưởng")
    await head.taps("Thư ký")
    await head.taps("Lê Thị Hoa")
    await head.taps("Địa điểm")
    await head.says("Phòng giao ban khoa")
    await head.taps("Thời gian")
    await head.says("9 giờ 25/11/2026")
    assert "Còn thiếu" not in head.sees
    await head.taps("Báo các thành viên")
    assert "Thời gian: 09:00 thứ Tư 25/11/2026" in ward.nam.sees
    await head.taps("Mở bỏ phiếu")
    await head.taps("4 giờ")
    assert "chưa đến giờ họp đã ghi" in head.sees
    await town.time_passes(days=2, hours=1)
    await opens(head)
    await head.taps("Họp bình xét")
    await head.taps("Mở bỏ phiếu")
    await head.taps("4 giờ")
    assert "Đã mở bỏ phiếu" in head.sees
    for chat in (ward.hoa, ward.nam):
        await chat.taps("Bỏ phiếu")
        await votes(chat)
    await head.says("menu")
    await head.taps("Bỏ phiếu kín")
    await votes(head)
    await opens(head)
    await head.taps("Họp bình xét")
    assert "Đã bỏ phiếu: 3/3." in head.sees
    await head.taps("Kết thúc và kiểm phiếu")
    assert "Trần Thị Lan: 3/3 phiếu đồng ý" in head.sees
    await head.taps("Ghi kết luận")
    await head.says("Nhất trí đề nghị khen thưởng chị Trần Thị Lan.")
    assert "Cuộc họp đủ số phiếu đồng ý" in ward.lan.sees
    assert "không đủ số phiếu đồng ý" in ward.mai.sees
    (held,) = await town.rows(UnitMeeting)
    assert held.state == "held"
    assert [one.state for one in await town.rows(Nomination)] == ["proposed", "withdrawn"]


async def test_a_meeting_that_was_held_on_paper(files_town: Town) -> None:
    """Ghi lại cuộc họp giấy: số phiếu từng người, người vắng và ảnh biên bản đã ký, rồi kết luận."""
    ward = await a_ward(files_town)
    head = ward.head
    await opens(head)
    await head.taps("Họp bình xét")
    await head.taps("Ghi lại cuộc họp giấy")
    await head.taps("Thành viên")
    for name in ("Phạm Văn Trưởng", "Lê Thị Hoa", "Đỗ Văn Nam"):
        await head.taps(name)
    await head.taps("Quay lại")
    await head.taps("Vắng mặt")
    await head.taps("Đỗ Văn Nam")
    await head.says("Đi công tác")
    for post, name in (("Chủ trì", "Phạm Văn Trưởng"), ("Thư ký", "Lê Thị Hoa")):
        await head.taps(post)
        await head.taps(name)
    await head.taps("Địa điểm")
    await head.says("Hội trường")
    await head.taps("Thời gian")
    await head.says("14:00 20/11/2026")
    await head.taps("Nhập số phiếu")
    await head.taps("Trần Thị Lan")
    await head.says("hai phiếu")
    assert "Chưa đọc được ba số" in head.sees
    await head.says("5 0 0")
    assert "nhiều hơn 2 người" in head.sees
    await head.says("2 0 0")
    await head.says("2 0 0")
    assert "chưa có ảnh hoặc bản quét biên bản đã ký" in head.sees
    await head.taps("Biên bản đã ký")
    await head.sends_photo(caption="Biên bản")
    await head.taps("Quay lại")
    await head.taps("Ghi kết luận")
    await head.says("Hội đồng nhất trí đề nghị cả hai chị.")
    assert "Đã ghi kết luận" in head.sees
    (held,) = await files_town.rows(UnitMeeting)
    assert (held.state, held.on_paper, held.proof_id is not None) == ("held", True, True)

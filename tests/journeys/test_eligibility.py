"""Before the effort and before the commendation: what stands in the way, and who is proposed."""

from core.roles import Role
from db.models import Hindrance, Nomination, Waiver
from services import signing
from tests.chat import Chat, Town
from tests.services.considering import GOOD, NONE_LATE, SOME_LATE, entered, in_force, share, unit_entered
from tests.services.gated_plan import real

REASON = "Hai chị cùng chủ trì một giải pháp."


async def opens(chat: Chat, *labels: str) -> None:
    """From anywhere to something on the first screen, or behind «Mục khác»."""
    await chat.says("menu")
    for label in labels:
        await chat.taps(label)


async def proposes(head: Chat, name: str, achievement: str, *, beyond: bool) -> None:
    """Somebody; beyond the quota for a reason."""
    await head.taps(name)
    await head.taps("Đề nghị khen thưởng")
    await head.says(achievement)
    if beyond:
        assert "Cá nhân: 2/1, không quá 1, vượt 1" in head.sees
        await head.says(REASON)


async def test_the_conditions_come_first(town: Town) -> None:
    """Điều kiện xét: xem trước khi làm, trả lời điều kiện trước, thấy ngay mình đang đứng ở đâu."""
    await in_force(town)
    lan = await town.joined("Trần Thị Lan")
    await opens(lan, "Điều kiện xét khen thưởng")
    await lan.taps("Năm 2026")
    assert "009-N1 (phải có): Xếp loại. Chưa trả lời." in lan.sees
    assert "Chưa đủ thông tin:" in lan.sees
    assert "Còn 1 điều kiện và 1 tiêu chuẩn khen thưởng chưa trả lời." in lan.sees
    assert "009-X1" not in lan.sees

    await lan.taps("Trả lời 009-N1")
    assert "Mức xếp loại năm nay?" in lan.sees
    await lan.taps("Đang chờ xếp loại")
    await lan.taps("Quay lại")
    await lan.taps("Điều kiện xét khen thưởng")
    assert "009-N1 (phải có): Xếp loại. Đang chờ kết quả." in lan.sees

    await lan.taps("Xem 009-N1")
    await lan.taps("Trả lời lại")
    await lan.taps("Hoàn thành")
    assert "không đạt «Hoàn thành tốt trở lên»" in lan.sees
    await lan.taps("Tiếp theo")
    await lan.says("0 hồ sơ")
    await opens(lan, "Điều kiện xét khen thưởng")
    await lan.taps("Năm 2026")
    assert "Chưa được xét vì:" in lan.sees
    assert "009-N1 «Được xếp loại Hoàn thành tốt nhiệm vụ trở lên.»" in lan.sees

    await lan.taps("Xem 009-N1")
    await lan.taps("Trả lời lại")
    await lan.taps("Hoàn thành xuất sắc")
    await opens(lan, "Điều kiện xét khen thưởng")
    await lan.taps("Năm 2026")
    assert "Được xét: chưa thấy điều gì cản trở. Ký bản tự đánh giá" in lan.sees
    await lan.taps("Mở bản tự đánh giá")
    assert "2/2" in lan.sees


async def test_two_people_set_it_aside(town: Town) -> None:
    """Bỏ qua một điều cản trở: người đề nghị nêu lý do, người khác quyết định, điều đó vẫn hiện."""
    await in_force(town)
    head = await town.joined("Phạm Văn Trưởng", roles=(Role.STAFF, Role.HEAD))
    van = await town.joined("Lê Thị Văn", roles=(Role.OFFICE,))
    tham = await town.joined("Đỗ Văn Thẩm", roles=(Role.APPRAISER,))
    async with town.office() as session:
        actor = await town.actor(session, head)
        await unit_entered(town, session, actor, share(12, 98), signed=True)

    await opens(van, "Vướng mắc khi xét")
    await van.taps("Năm 2026")
    assert "Khoa Mẫu 1: chưa được xét (009-X1)" in van.sees
    await van.taps("Khoa Mẫu 1")
    assert "12/98 ≈ 12,24 %" in van.sees
    await van.taps("Đề nghị bỏ qua: 009-X1")
    await van.says("vì thế")
    assert "quá ngắn" in van.sees
    await van.says("Số liệu gồm 4 người nghỉ thai sản, có công văn 12/SYT.")
    assert "Đã ghi đề nghị bỏ qua" in van.sees
    assert "Có đề nghị bỏ qua vướng mắc".casefold() in tham.sees.casefold()
    assert "Đang có đề nghị bỏ qua của Lê Thị Văn, chờ quyết định" in van.sees
    assert "Quyết định: 009-X1" not in van.sees
    await van.taps("Quay lại")
    assert "(009-X1); có đề nghị bỏ qua chờ quyết định" in van.sees

    if town.surface.capabilities.buttons:
        await tham.taps("Xem và quyết định")
    else:
        await tham.says("BQ 1")
    assert "Lý do: Số liệu gồm 4 người nghỉ thai sản" in tham.sees
    await tham.taps("Đồng ý bỏ qua")
    assert "Đã đồng ý bỏ qua" in tham.sees
    assert "người đề nghị: Lê Thị Văn; người quyết định: Đỗ Văn Thẩm" in tham.sees
    assert "Đề nghị bỏ qua được đồng ý".casefold() in van.sees.casefold()
    assert [one.state for one in await town.rows(Waiver)] == ["granted"]

    await opens(head, "Đề nghị khen thưởng")
    await head.taps("Năm 2026")
    await head.taps("Khoa Mẫu 1")
    assert "Đã được bỏ qua, lý do «Số liệu gồm 4 người nghỉ thai sản" in head.sees
    await head.taps("Đề nghị khen thưởng")
    await head.says("Rút ngắn thời gian chờ khám còn 25 phút.")
    assert "Đã ghi đề nghị khen thưởng" in head.sees


async def test_under_discipline_until_a_date(town: Town) -> None:
    """Kỷ luật, khiếu nại: văn phòng ghi theo văn bản, có ngày bắt đầu và kết thúc, rồi gỡ."""
    await in_force(town)
    lan = await town.joined("Trần Thị Lan")
    van = await town.joined("Lê Thị Văn", roles=(Role.OFFICE,))
    async with town.office() as session:
        await entered(town, session, await town.actor(session, lan))

    await opens(van, "Mục khác", "Kỷ luật, khiếu nại")
    assert "Hiện không có ai" in van.sees
    await van.taps("Ghi mục mới")
    await van.says("không ai như vậy")
    assert "Không tìm thấy ai" in van.sees
    await van.says("tran thi lan")
    await van.taps("Trần Thị Lan")
    await van.taps("Đang trong thời gian bị kỷ luật")
    await van.says("số")
    assert "thiếu văn bản làm căn cứ" in van.sees
    assert await town.rows(Hindrance) == []
    await van.says("Quyết định số 15/QĐ-TTYT ngày 20/11/2026")
    assert "Đến hết ngày: chưa rõ ngày kết thúc" in van.sees
    await van.taps("Sửa ngày kết thúc")
    await van.says("ngày mai")
    assert "Không đọc được «ngày mai»" in van.sees
    await van.says("01/01/2020")
    assert "đứng trước ngày bắt đầu" in van.sees
    await van.says("24/11/2026")
    assert "Đến hết ngày: thứ Ba 24/11/2026" in van.sees

    await lan.says("/dieukien")
    await lan.taps("Năm 2026")
    assert "Chưa được xét vì:" in lan.sees
    assert "kỷ luật, đến hết thứ Ba 24/11/2026 (Quyết định số 15/QĐ-TTYT ngày 20/11/2026)" in lan.sees
    await town.time_passes(hours=48)
    await lan.says("/dieukien")
    await lan.taps("Năm 2026")
    assert "Được xét: chưa thấy điều gì cản trở" in lan.sees
    await van.says("/kyluat")
    assert "Hiện không có ai" in van.sees


async def commends(van: Chat, number: str) -> None:
    """The office enters the signed decision, and slips with its day first."""
    await van.taps("Ghi là đã khen")
    await van.says(number)
    await van.says("31/12/2030")
    assert "31/12/2030 chưa đến" in van.sees
    await van.says("hôm nay")
    await van.taps("Ghi là đã khen")


async def test_more_than_the_quota(town: Town) -> None:
    """Đề nghị và chỉ tiêu: trưởng đơn vị đề nghị, văn phòng thấy vượt, chỉ ghi khen trong chỉ tiêu."""
    await in_force(town)
    head = await town.joined("Phạm Văn Trưởng", roles=(Role.STAFF, Role.HEAD))
    van = await town.joined("Lê Thị Văn", roles=(Role.OFFICE,))
    lan, hoa = await town.joined("Trần Thị Lan"), await town.joined("Lê Thị Hoa")
    minh = await town.joined("Vũ Văn Minh")
    async with town.office() as session:
        now = town.clock.now()
        for chat, late in ((lan, NONE_LATE), (hoa, NONE_LATE), (minh, SOME_LATE)):
            actor = await town.actor(session, chat)
            sheet = await entered(town, session, actor, GOOD, late)
            await signing.sign(session, actor, sheet, now)
    await town.settle()

    await opens(head, "Đề nghị khen thưởng")
    await head.taps("Năm 2026")
    assert "✅ Trần Thị Lan (Khoa Mẫu 1): được xét" in head.sees
    assert "❌ Vũ Văn Minh (Khoa Mẫu 1): chưa được xét" in head.sees
    await head.taps("Vũ Văn Minh")
    assert "3 hồ sơ không đạt «đúng 0 hồ sơ»" in head.sees
    assert "Đề nghị khen thưởng" not in head.sees.partition("\n")[2]
    await head.taps("Quay lại")
    for name, achievement in (
        ("Trần Thị Lan", "Số hóa toàn bộ hồ sơ bệnh án của khoa."),
        ("Lê Thị Hoa", "Rút ngắn thời gian chờ khám còn 25 phút."),
    ):
        beyond = name == "Lê Thị Hoa"
        await proposes(head, name, achievement, beyond=beyond)
        assert (REASON in van.sees) is beyond
        assert "Đã ghi đề nghị khen thưởng" in head.sees
        assert ("vượt chỉ tiêu 1" in head.sees) is beyond
        assert ("2/1, không quá 1, vượt 1" in van.sees) is beyond
        await head.taps("Quay lại")

    if town.surface.capabilities.buttons:
        await van.taps("Xem chỉ tiêu")
    else:
        await opens(van, "Mục khác", "Chỉ tiêu khen thưởng")
        await van.taps("Năm 2026")
    await van.taps("Lê Thị Hoa")
    await commends(van, "125/QĐ-SYT")
    assert "Đã ghi là được khen" in van.sees
    assert "Anh/chị được khen thưởng".casefold() in hoa.sees.casefold()
    assert "Quyết định số 125/QĐ-SYT" in hoa.sees
    assert "Cá nhân: 2/1, không quá 1, vượt 1 (009-A2); đã khen 1" in van.sees
    await van.taps("Trần Thị Lan")
    await commends(van, "126/QĐ-SYT")
    assert "Đã khen đủ 1 theo chỉ tiêu" in van.sees

    await head.taps("Trần Thị Lan")
    await head.taps("Rút đề nghị")
    assert "Đã rút đề nghị" in head.sees
    await van.says("/chitieu")
    assert "Cá nhân: 1/1, không quá 1 (009-A2); đã khen 1" in van.sees
    assert "Cá nhân: đã chọn 0, cần đúng 3, còn thiếu 3 (009-A3)" in van.sees
    assert [one.state for one in await town.rows(Nomination)] == ["withdrawn", "commended"]


async def test_the_ten_percent_of_a_unit(town: Town) -> None:
    """Kế hoạch thật: tập thể có 12/98 người vi phạm giờ giấc thì không được xét; chỉ tiêu từng năm, cả kỳ."""
    async with town.office() as session:
        await real(session, town.clock.now(), "ninh-thuan-2024", "binh-dinh-2021-2025")
    head = await town.joined("Phạm Văn Trưởng", roles=(Role.HEAD, Role.STAFF))
    van = await town.joined("Lê Thị Văn", roles=(Role.OFFICE,))
    await opens(head, "Điều kiện xét khen thưởng")
    await head.taps("Năm 2024 · Khoa Mẫu 1 · CCHC Ninh Thuận")
    for gate in ("001-T1 (phải có)", "001-X1 (không xét nếu)", "001-X2 (không xét nếu)", "001-X3"):
        assert gate in head.sees
    assert "001-N1" not in head.sees
    await head.taps("Trả lời 001-X1")
    await head.says("12/98")
    assert "12/98 ≈ 12,24 %, trên 10 %: không được xét" in head.sees
    await head.taps("Quay lại")
    await head.taps("Điều kiện xét khen thưởng")
    assert "Chưa được xét vì:" in head.sees
    assert "001-X1 «" in head.sees
    assert "12/98 ≈ 12,24 %, trên 10 %: không được xét." in head.sees
    assert "Chưa có thông tin:" in head.sees
    await head.taps("Xem 001-X1")
    await head.taps("Trả lời lại")
    await head.says("9/98")
    await opens(head, "Điều kiện xét khen thưởng")
    await head.taps("Năm 2024 · Khoa Mẫu 1 · CCHC Ninh Thuận")
    assert "001-X1 (không xét nếu): Trên 10% vi phạm giờ giấc. Không vi phạm." in head.sees
    assert "Chưa đủ thông tin:" in head.sees

    await opens(van, "Mục khác", "Chỉ tiêu khen thưởng")
    assert "Tập thể: 0/5, không quá 5 (000-A2)" in van.sees
    assert "Cá nhân: 0/10, không quá 10 (000-A2)" in van.sees
    assert "Tập thể: 0/10, không quá 10 (000-A3)" in van.sees
    assert "Cá nhân: 0/20, không quá 20 (000-A3)" in van.sees
    assert "Tập thể: đã chọn 0, chỉ tiêu chưa quy định" in van.sees

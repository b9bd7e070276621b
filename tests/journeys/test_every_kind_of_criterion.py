"""Every kind of criterion, asked and told: what is typed, what it comes to, and by which way."""

from tests import every_kind
from tests.chat import Chat, Town

NOT_MINE = "Không áp dụng với tôi"


async def begins(town: Town) -> Chat:
    """Somebody in front of the first card of a plan that has every kind."""
    async with town.office() as session:
        await every_kind.load(session, town.clock.now())
    lan = await town.joined("Trần Thị Lan")
    await lan.says("/tudanhgia")
    await lan.taps(every_kind.LABEL)
    await lan.taps("Bắt đầu: 009-a1")
    return lan


async def goes_to(lan: Chat, group: str, code: str) -> None:
    """From a card to another one."""
    await lan.taps("Quay lại")
    await lan.taps(f"{group})")
    await lan.taps(code)


async def test_figures_and_ranges(town: Town) -> None:
    """Con số: tử số trên mẫu số, và một khoảng kể cả hai đầu."""
    lan = await begins(town)
    await lan.says("90/100")
    assert "90/100 = 90 % không đạt «trên 90 %» (cần lớn hơn 90 %, bằng 90 % chưa đủ)." in lan.sees
    await lan.taps("Trả lời lại")
    await lan.says("90,1")
    assert "Kết quả: Đạt\n" in lan.sees
    assert "90,1 % đạt «trên 90 %»." in lan.sees

    await lan.taps("Tiếp theo")
    assert "Cách đối chiếu: cần từ 20 đến 30 phút, kể cả hai mức này." in lan.sees
    await lan.says("30,5")
    assert "30,5 phút không đạt «từ 20 đến 30 phút»" in lan.sees
    for border in ("20", "30 phút"):
        await lan.taps("Trả lời lại")
        await lan.says(border)
        assert "Kết quả: Đạt\n" in lan.sees


async def test_a_rating_that_is_not_out_yet(town: Town) -> None:
    """Xếp loại chưa có: ghi là đang chờ, có kết quả thì quay lại chọn mức."""
    lan = await begins(town)
    await goes_to(lan, "a", "009-a3")
    await lan.taps("Đang chờ xếp loại")
    assert "Kết quả: Đang chờ kết quả" in lan.sees
    assert "1/14" in lan.sees
    await lan.taps("Quay lại")
    await lan.taps("a)")
    assert "⏳ 009-a3" in lan.sees
    await town.time_passes(hours=20)
    await lan.says("009-a3")
    await lan.taps("Hoàn thành tốt")
    assert "Mức Hoàn thành tốt đạt «Hoàn thành tốt trở lên»." in lan.sees
    assert "Đang chờ" not in lan.sees


async def test_beside_last_year(town: Town) -> None:
    """So với năm trước: theo điểm, theo thứ hạng; nhắn cả hai năm hoặc từng năm."""
    lan = await begins(town)
    await goes_to(lan, "a", "009-a4")
    await lan.says("70,5")
    assert "Năm trước: 70,5 điểm. Còn số của năm nay." in lan.sees
    await lan.says("70,5")
    assert "Năm trước 70,5 điểm, năm nay 70,5 điểm: không đổi, không đạt «tăng điểm" in lan.sees
    await lan.taps("Trả lời lại")
    await lan.says("70,5 → 72")
    assert "Năm trước 70,5 điểm, năm nay 72 điểm: tăng 1,5 điểm, đạt «tăng điểm" in lan.sees

    await lan.taps("Tiếp theo")
    await lan.says("9 lên 6,5")
    assert "Thứ hạng phải là số nguyên từ 1" in lan.sees
    await lan.says("6 hoặc 9")
    assert "Chưa đọc được số của năm trước và năm nay" in lan.sees
    await lan.says("9 8 6")
    assert "có nhiều hơn hai con số" in lan.sees
    await lan.says("năm nay hạng 6, năm trước hạng 9")
    assert "Năm trước hạng 9, năm nay hạng 6: tăng 3 bậc, đạt «tăng bậc so với năm trước»." in lan.sees


async def test_six_things_to_name(town: Town) -> None:
    """Sáu rõ: nêu từng mục, vài mục một lần, sửa một mục đã nêu."""
    lan = await begins(town)
    await goes_to(lan, "a", "009-a6")
    assert "1/6 Rõ người: anh/chị nêu cụ thể." in lan.sees
    await lan.says("Điều dưỡng Lan")
    assert "✔ Rõ người: Điều dưỡng Lan" in lan.sees
    assert "2/6 Rõ việc" in lan.sees
    await lan.says("x" * 301)
    assert "Mục «Rõ việc» dài 301 ký tự, tối đa 300 nên tin này chưa được ghi." in lan.sees
    await lan.says(
        "rõ sản phẩm: quy trình mới\nro viec: rà soát thủ tục\nra viện\nRõ người: Điều dưỡng trưởng Lan"
    )
    assert "✔ Rõ người: Điều dưỡng trưởng Lan" in lan.sees
    assert "3/6 Rõ thời gian" in lan.sees
    await lan.says("trước ngày 30/11")
    await lan.says("trưởng khoa")
    assert "6/6 Rõ thẩm quyền" in lan.sees
    assert "Kết quả" not in lan.sees
    await lan.says("Giám đốc")
    assert "Kết quả: Chờ xem xét" in lan.sees
    assert "Đã nêu đủ 6 mục" in lan.sees


async def test_files_and_words(town: Town) -> None:
    """Văn bản phải có, tự xác nhận, và kể lại."""
    lan = await begins(town)
    await goes_to(lan, "a", "009-a7")
    await lan.says("Có kế hoạch rồi")
    assert "Câu này cần một tệp minh chứng" in lan.sees
    if town.surface.capabilities.files_in:
        await lan.sends_photo()
        assert "Đã có 1 tệp minh chứng." in lan.sees
    else:
        await lan.taps(NOT_MINE)
        assert "Không áp dụng. Lý do" in lan.sees
    await lan.taps("Tiếp theo")
    await goes_to(lan, "a", "009-a8")
    await lan.taps("Có")
    await lan.says("Không có vi phạm nào.")
    assert "Tự xác nhận là có." in lan.sees
    await lan.taps("Tiếp theo")
    await lan.says("Đã tham mưu kế hoạch cải cách hành chính của khoa.")
    assert "Kết quả: Chờ xem xét" in lan.sees


async def test_one_way_or_another(town: Town) -> None:
    """Nhiều cách đạt: chọn cách, chưa đạt thì sang cách khác, kết quả nói rõ theo cách nào."""
    lan = await begins(town)
    await goes_to(lan, "b", "009-b1")
    assert "Đạt một trong các cách:\n1) Tăng điểm\n2) Tăng bậc" in lan.sees
    await lan.taps("Cách 1: tăng điểm")
    await lan.says("72 70")
    assert "Chưa đạt theo cách 1: tăng điểm." in lan.sees
    assert "1/14" in lan.sees
    await lan.taps("Sang cách 2: tăng bậc")
    assert "Đang trả lời theo cách 2: tăng bậc." in lan.sees
    await lan.says("9 6")
    assert "Kết quả: Đạt\nĐạt theo cách 2: tăng bậc." in lan.sees
    assert "Sang cách" not in lan.sees

    await lan.taps("Tiếp theo")
    await goes_to(lan, "b", "009-b2")
    assert "2) Sáng kiến được áp dụng: quyết định công nhận và số đơn vị áp dụng" in lan.sees
    await lan.taps("Cách 2")
    assert "Gửi quyết định công nhận sáng kiến." in lan.sees
    if town.surface.capabilities.files_in:
        await lan.sends_photo()
        assert "Sáng kiến được áp dụng ở bao nhiêu đơn vị?" in lan.sees
        await lan.says("1")
        assert "Chưa đạt theo cách 2: sáng kiến được áp dụng." in lan.sees
    await lan.taps("Sang cách 1: thành tích")
    await lan.says("Rút ngắn thời gian ra viện còn 30 phút.")
    assert "Xét theo cách 1: thành tích." in lan.sees
    await lan.taps("Quay lại")
    await lan.taps("Xem lại")
    assert "009-b1 Chỉ số DDCI: Đạt (theo cách 2: tăng bậc; năm trước hạng 9, năm nay" in lan.sees
    assert "009-b2 Thành tích hoặc sáng kiến: Chờ xem xét (theo cách 1: thành tích; Rút ngắn" in lan.sees


async def test_what_decides_before_all_else(town: Town) -> None:
    """Điều kiện tiên quyết và trường hợp không xét: nói trước, và nói rõ vì sao."""
    lan = await begins(town)
    await goes_to(lan, "c", "009-c1")
    assert "Điều kiện tiên quyết: chưa đạt thì chưa được xét khen thưởng." in lan.sees
    await lan.taps("Hoàn thành")
    assert "Kết quả: Chưa đạt điều kiện tiên quyết" in lan.sees
    await lan.taps("Trả lời lại")
    await lan.taps("Hoàn thành xuất sắc")
    assert "Kết quả: Đạt điều kiện tiên quyết" in lan.sees

    await lan.taps("Tiếp theo")
    assert "Không xét nếu trên 10 %." in lan.sees
    await lan.says("12/98")
    assert "Kết quả: Thuộc trường hợp không xét khen thưởng" in lan.sees
    assert "12/98 ≈ 12,24 %, trên 10 %: không được xét." in lan.sees
    await lan.taps("Trả lời lại")
    await lan.says("10")
    assert "Kết quả: Không thuộc trường hợp loại trừ" in lan.sees
    assert "10 %, không quá 10 %: không bị loại trừ." in lan.sees

    await lan.taps("Tiếp theo")
    await lan.taps("Có")
    await lan.says("Một văn bản trễ hai ngày.")
    assert "Tự xác nhận là có: không được xét." in lan.sees
    await lan.taps("Trả lời lại")
    await lan.taps("Không")
    await lan.taps("Bỏ qua")
    assert "Tự xác nhận là không: không bị loại trừ." in lan.sees

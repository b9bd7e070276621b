"""The plan at hand: key points, parts, one clause, and what typed words find."""

from tests.chat import Town


async def test_reading_the_plan(town: Town) -> None:
    """Xem kế hoạch: điểm chính, từng phần, mở một điều khoản, sang điều khoản bên cạnh."""
    lan = await town.joined("Trần Thị Lan")
    await lan.says("/kehoach")
    assert "Thi đua CCHC 2026 - 2030".casefold() in lan.sees.casefold()
    for told in (
        "Mục tiêu:",
        "Đối tượng:",
        "Thời hạn:",
        "chưa quy định",
        "Số lượng khen:",
        "Hồ sơ:",
        "Nơi hỏi:",
    ):
        assert told in lan.sees, told

    await lan.taps("Nội dung thi đua")
    assert "Thủ tục hành chính: 4 mục" in lan.sees
    await lan.taps("c) Thủ tục hành chính")
    assert "004-c3 Hài lòng của người dân" in lan.sees
    await lan.taps("004-c3")
    assert "đạt trên 90%.»" in lan.sees
    assert "Tỷ lệ hài lòng của người dân" in lan.sees
    assert "trên 90" in lan.sees
    await lan.taps("Mục sau")
    assert "Dùng lại dữ liệu đã có".casefold() in lan.sees.casefold()
    await lan.says("quay lại")
    assert "004-c1 Công khai và đúng hạn" in lan.sees
    await lan.says("quay lại")
    await lan.says("quay lại")
    await lan.taps("Tổ chức thực hiện")
    assert "004-V.1" in lan.sees
    await lan.taps("Trang sau")
    await lan.taps("004-V.4.2")
    assert "chấn chỉnh những tồn tại, hạn chế" in lan.sees
    assert "Ai thực hiện: chưa quy định" in lan.sees
    await lan.says("menu")
    assert "Việc của tôi".casefold() in lan.sees.casefold()


async def test_looking_for_words(town: Town) -> None:
    """Tìm trong kế hoạch: không dấu, viết tắt, mã điều khoản; mở một chỗ rồi quay lại danh sách."""
    lan = await town.joined("Trần Thị Lan")
    await lan.says("/kehoach")
    await lan.says("ty le hai long")
    assert "004-h2" in lan.sees
    assert "[Tỷ lệ hài lòng] của người dân" in lan.sees
    await lan.taps("004-c3")
    assert "Nâng cao mức độ hài lòng của người dân" in lan.sees
    await lan.says("quay lai")
    assert "004-h2 · Hài lòng của người bệnh" in lan.sees

    await lan.says("DVCTT")
    assert "dịch vụ công trực tuyến" in lan.sees
    await lan.says("004-c3")
    assert "004-c3 · Hài lòng của người dân" in lan.sees
    await lan.says("nop ho so khi nao")
    assert "Hạn [nộp hồ sơ] đề nghị khen thưởng: chưa quy định" in lan.sees
    await lan.says("thi dua")
    first = lan.sees
    await lan.taps("Trang sau")
    assert "Trang trước" in lan.sees
    await lan.taps("Trang trước")
    assert lan.sees == first


async def test_from_a_card_to_its_clause(town: Town) -> None:
    """Đang tự đánh giá, mở điều khoản đứng sau câu hỏi, rồi quay lại đúng thẻ đang làm."""
    lan = await town.joined("Trần Thị Lan")
    await town.answers(lan, but=["004-c3"])
    await lan.says("/tudanhgia")
    await lan.taps("Tiếp tục: 004-c3")
    await lan.taps("Điều khoản")
    assert "Nâng cao mức độ hài lòng của người dân" in lan.sees
    assert "Đây là nội dung thi đua." in lan.sees
    await lan.says("quay lại")
    assert "Tiêu chí 9/32".casefold() in lan.sees.casefold()
    await lan.says("95,5")
    assert "Đạt" in lan.sees

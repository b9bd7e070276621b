"""Questions to the office: asked where the plan is silent, answered once, told to whoever asked."""

from core.roles import Role
from db.models import Question
from tests.chat import Town


async def test_a_question_that_the_plan_does_not_answer(town: Town) -> None:
    """Tìm không thấy thì hỏi bộ phận phụ trách; văn phòng trả lời, người hỏi nhận được kèm câu hỏi."""
    lan = await town.joined("Trần Thị Lan")
    van = await town.joined("Phạm Thị Vân", "VP001", (Role.OFFICE,))
    await lan.says("/kehoach")
    await lan.says("xe dua don hoi nghi tong ket")
    assert "Không tìm thấy".casefold() in lan.sees.casefold()
    await lan.taps("Hỏi bộ phận phụ trách")
    await lan.says("Hội nghị tổng kết có xe đưa đón các trạm y tế không?")
    assert "Đã gửi câu hỏi cho bộ phận phụ trách" in lan.sees
    assert "Trần Thị Lan, Khoa Mẫu 1 hỏi" in van.sees
    assert "có xe đưa đón các trạm y tế không?" in van.sees

    await van.says("menu")
    assert "Câu hỏi gửi về (1)" in van.sees
    await van.taps("Câu hỏi gửi về (1)")
    await van.taps("Câu 1")
    await van.says("Có. Xe đón tại trạm y tế lúc 6 giờ 30, theo giấy mời.")
    assert "Đã gửi câu trả lời" in van.sees
    assert "không có câu hỏi nào chờ" in van.sees
    assert "Anh/chị hỏi: «Hội nghị tổng kết có xe đưa đón" in lan.sees
    assert "Xe đón tại trạm y tế lúc 6 giờ 30" in lan.sees

    await lan.taps("Mở câu hỏi")
    assert "Trả lời lúc" in lan.sees
    await lan.says("quay lại")
    assert "đã trả lời" in lan.sees
    (kept,) = await town.rows(Question)
    assert (kept.campaign, kept.clause, bool(kept.answered_at)) == ("004", "", True)


async def test_asking_about_a_clause(town: Town) -> None:
    """Hỏi về một điều khoản đang đọc; câu hỏi đi kèm mã điều khoản."""
    lan = await town.joined("Trần Thị Lan")
    van = await town.joined("Phạm Thị Vân", "VP001", (Role.OFFICE,))
    await lan.says("/kehoach")
    await lan.says("004-c3")
    await lan.taps("004-c3")
    await lan.taps("Hỏi về điều khoản này")
    assert "Điều khoản 004-c3" in lan.sees
    await lan.says("Tỷ lệ này tính trên số phiếu phát ra hay số phiếu thu về?")
    assert "Đã gửi câu hỏi" in lan.sees
    assert "điều khoản 004-c3" in van.sees
    await van.taps("Trả lời câu hỏi này")
    assert "Người hỏi: Trần Thị Lan" in van.sees


async def test_two_officers_answer_the_same_question(town: Town) -> None:
    """Hai người cùng trả lời một câu: người sau được báo là đã có người trả lời, chưa gửi gì."""
    lan = await town.joined("Trần Thị Lan")
    van = await town.joined("Phạm Thị Vân", "VP001", (Role.OFFICE,))
    tam = await town.joined("Đỗ Minh Tâm", "VP002", (Role.OFFICE,))
    await lan.says("/kehoach")
    await lan.taps("Hỏi bộ phận phụ trách")
    await lan.says("Bao giờ có hướng dẫn bình xét năm nay?")
    await van.taps("Trả lời câu hỏi này")
    await tam.taps("Trả lời câu hỏi này")
    await van.says("Hướng dẫn ra trong tháng 12, sẽ gửi đến từng khoa, phòng.")
    assert "Hướng dẫn ra trong tháng 12" in lan.sees
    await tam.says("Chưa có lịch, anh chị chờ thêm.")
    assert "vừa được Phạm Thị Vân trả lời" in tam.sees
    assert "Hướng dẫn ra trong tháng 12" in tam.sees
    assert lan.sees == ""

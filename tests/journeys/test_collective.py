"""A unit's self-assessment: shared among colleagues, answered by each, sent back, signed by the head."""

from core.roles import Role
from db.models import Answer, Assessment, Share, Signature
from tests.chat import Chat, Town

TOLD = "Đã thực hiện đầy đủ các nhiệm vụ được giao, có báo cáo kèm theo."
UNIT = "Tập thể Khoa Mẫu 1"


async def opens(chat: Chat) -> None:
    """From anywhere to the unit's self-assessment."""
    await chat.says("menu")
    await chat.taps(UNIT)


async def gives(chat: Chat, to: str, *codes: str) -> None:
    """Some criteria to a colleague, from anywhere."""
    await opens(chat)
    await chat.taps("Phân công")
    await chat.taps("Giao phần")
    await chat.taps(to)
    for code in codes:
        await chat.taps(f"{code[4]})")
        await chat.taps(code)
        await chat.taps("Nhóm khác")
    await chat.taps(f"Giao {len(codes)} tiêu chí")
    await chat.taps("Giao")


async def the_rest_does_not_apply(chat: Chat) -> None:
    """Everything that is still open is not for this unit."""
    await opens(chat)
    await chat.taps("Còn thiếu")
    await chat.taps("Các mục còn lại")
    await chat.taps("Ghi không áp dụng")


async def test_nobody_has_joined_yet(town: Town) -> None:
    """Trưởng đơn vị mở phân công khi chưa đồng nghiệp nào có tài khoản: nói ai nhận được phần việc."""
    lan = await town.joined("Trần Thị Lan", roles=(Role.STAFF, Role.COORDINATOR))
    await lan.says("menu")
    await lan.taps(UNIT)
    await lan.taps("Phân công")
    await lan.taps("Giao phần")
    assert "Chưa có ai để giao" in lan.sees
    assert "Không có ai tên như vậy" not in lan.sees


async def test_sharing_a_units_sheet(town: Town) -> None:
    """Tự đánh giá tập thể: đầu mối chia phần theo tên, xem lại rồi giao; đồng nghiệp trả lời; thu lại."""
    lan = await town.joined("Trần Thị Lan", roles=(Role.STAFF, Role.COORDINATOR))
    hoa = await town.joined("Lê Thị Hoa")
    await lan.says("menu")
    assert "Tự đánh giá năm 2026 · Tập thể Khoa Mẫu 1: chưa bắt đầu (32 tiêu chí)" in lan.sees
    await lan.taps(UNIT)
    assert "👥 Tập thể Khoa Mẫu 1" in lan.sees
    await lan.taps("Phân công")
    await lan.taps("Giao phần")
    await lan.says("hung")
    assert "Không có ai tên như vậy" in lan.sees
    await lan.says("hoa")
    await lan.taps("Lê Thị Hoa")
    await lan.taps("c)")
    await lan.taps("Chọn cả nhóm")
    await lan.taps("Nhóm khác")
    await lan.taps("a)")
    await lan.taps("004-a1")
    await lan.taps("Giao 5 tiêu chí")
    assert "Người nhận: Lê Thị Hoa, Điều dưỡng, Khoa Mẫu 1." in lan.sees
    await lan.taps("Giao")
    assert "Đã giao 5 tiêu chí cho Lê Thị Hoa" in lan.sees
    assert hoa.bubbles_seen == 1
    assert "Trần Thị Lan giao anh/chị trả lời 5 tiêu chí của tập thể Khoa Mẫu 1" in hoa.sees

    await hoa.taps("Mở phần được giao")
    assert "👥 Phần được giao của tập thể Khoa Mẫu 1" in hoa.sees
    assert "0/5" in hoa.sees
    assert "Cải cách thể chế" not in hoa.sees
    await hoa.taps("Bắt đầu")
    await hoa.says(TOLD)
    await hoa.says("menu")
    assert "Phần được giao của Khoa Mẫu 1: 1/5 tiêu chí" in hoa.sees

    await opens(lan)
    await lan.taps("Phân công")
    assert "👤 Lê Thị Hoa: 1/5 tiêu chí" in lan.sees
    await lan.taps("Lê Thị Hoa")
    await lan.taps("004-c4")
    await lan.taps("Thu lại")
    assert "Đã thu lại" in lan.sees
    assert "1 tiêu chí của tập thể Khoa Mẫu 1 đã giao cho anh/chị nay được thu lại" in hoa.sees
    kept = [share.criterion for share in await town.rows(Share)]
    assert kept == ["004-a1", "004-c1", "004-c2", "004-c3"]


async def test_a_unit_signed_by_its_head(town: Town) -> None:
    """Trưởng khoa xem toàn bộ, trả lại một mục kèm lời nhắn, đồng nghiệp bổ sung, trưởng khoa ký."""
    dung = await town.joined("Phạm Văn Dũng", roles=(Role.STAFF, Role.HEAD))
    lan = await town.joined("Trần Thị Lan", roles=(Role.STAFF, Role.COORDINATOR))
    hoa = await town.joined("Lê Thị Hoa")
    await gives(lan, "Lê Thị Hoa", "004-a1", "004-c3")
    await hoa.taps("Mở phần được giao")
    await hoa.taps("Bắt đầu: 004-a1")
    await hoa.says(TOLD)
    await hoa.taps("Tiếp theo")
    await hoa.says("95")
    await hoa.taps("Xem lại")
    assert "Anh/chị đã trả lời hết phần được giao" in hoa.sees
    assert "Ký xác nhận" not in hoa.sees
    await the_rest_does_not_apply(lan)
    await lan.taps("Xem lại")
    assert "Trưởng đơn vị xem lại toàn bộ và ký" in lan.sees
    assert "Ký xác nhận" not in lan.sees

    await dung.says("menu")
    assert "đủ 32 tiêu chí, chờ trưởng đơn vị ký" in dung.sees
    await dung.taps(UNIT)
    await dung.taps("a)")
    await dung.taps("004-a1")
    await dung.taps("Giao cho đồng nghiệp")
    assert "Người được giao: Lê Thị Hoa." in dung.sees
    await dung.taps("Trả lại để bổ sung")
    await dung.says("Bổ sung số văn bản phân công.")
    assert "Đã trả lại tiêu chí" in dung.sees
    assert "Phạm Văn Dũng ghi: «Bổ sung số văn bản phân công.»" in hoa.sees
    assert hoa.bubbles_seen == 1

    await hoa.taps("Mở phần được giao")
    await hoa.taps("Tiếp tục: 004-a1")
    assert TOLD in hoa.sees
    assert "Ghi chú: Trả lại ngày 23/11/2026: Bổ sung số văn bản phân công." in hoa.sees
    await hoa.taps("Trả lời lại từ đầu")
    await hoa.says("Phân công theo Quyết định số 15/QĐ-TTYT ngày 05/01/2026.")

    await opens(dung)
    await dung.taps("Xem lại và ký")
    await dung.taps("Ký xác nhận")
    await dung.taps("Ký xác nhận")
    assert "Người ký: Phạm Văn Dũng, trưởng đơn vị, thay mặt tập thể Khoa Mẫu 1." in dung.sees
    if town.surface.capabilities.files_out:
        assert [name for name, _content in dung.files] == ["tu-danh-gia-TDG-00001-1.docx"]
    await hoa.says("menu")
    assert "đã ký" in hoa.sees

    (sheet,) = await town.rows(Assessment)
    assert (sheet.track, sheet.state, sheet.person_id) == ("collective", "signed", 2)
    assert [one.signed_by for one in await town.rows(Signature)] == [1]
    assert len(await town.rows(Answer)) == 32


async def test_a_file_for_the_whole(files_town: Town) -> None:
    """Minh chứng của phần được giao: đồng nghiệp gửi ảnh, đầu mối mở xem và tải; chỉ người gửi gỡ được."""
    lan = await files_town.joined("Trần Thị Lan", roles=(Role.STAFF, Role.COORDINATOR))
    hoa = await files_town.joined("Lê Thị Hoa")
    await gives(lan, "Lê Thị Hoa", "004-a1")
    await hoa.taps("Mở phần được giao")
    await hoa.taps("Bắt đầu: 004-a1")
    await hoa.says(TOLD)
    await hoa.sends_photo()
    await opens(lan)
    await lan.taps("a)")
    await lan.taps("004-a1")
    assert f"Đã viết: «{TOLD}»" in lan.sees
    await lan.taps("Minh chứng (1)")
    await lan.taps("MC-")
    assert "Người gửi: Lê Thị Hoa." in lan.sees
    assert "Gỡ tệp" not in lan.sees
    await lan.taps("Tải bản xem")
    assert len(lan.files) == 1

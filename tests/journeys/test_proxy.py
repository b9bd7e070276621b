"""Filling in for a colleague without an account, on the ground of a sheet signed on paper."""

from core.roles import Role
from db.models import Assessment, Evidence, Signature
from tests.chat import Chat, Town

BANNER = "🖊 Đang khai thay: Nguyễn Văn Bảy"


async def begins(chat: Chat) -> None:
    """From the menu to the self-assessment filled for Bảy."""
    await chat.says("menu")
    await chat.taps("Khai thay đồng nghiệp")
    await chat.says("bay")
    await chat.taps("Nguyễn Văn Bảy")
    await chat.taps("Năm 2026")


async def answers(chat: Chat) -> None:
    """One answer in words, and nothing else concerns Bảy."""
    await chat.taps("Bắt đầu: 004-a1")
    assert BANNER in chat.sees
    assert "Không áp dụng với người này" in chat.sees
    await chat.says("Đã thực hiện đầy đủ các nhiệm vụ được giao.")
    assert BANNER in chat.sees
    await chat.taps("Quay lại")
    await chat.taps("Còn thiếu (31)")
    await chat.taps("Các mục còn lại")
    await chat.taps("Ghi không áp dụng")


async def test_filling_in_for_a_colleague(files_town: Town) -> None:
    """Đầu mối khai thay người chưa có tài khoản, gửi ảnh phiếu đã ký; người đó vào sau, xem và rút lại."""
    town = files_town
    lan = await town.joined("Trần Thị Lan", roles=(Role.STAFF, Role.COORDINATOR))
    await town.issue("Nguyễn Văn Bảy")
    await town.joined("Lê Thị Hoa")
    await lan.says("menu")
    await lan.taps("Khai thay đồng nghiệp")
    assert "Nguyễn Văn Bảy" in lan.sees
    assert "Lê Thị Hoa" not in lan.sees
    await begins(lan)
    assert BANNER in lan.sees
    await answers(lan)
    await lan.taps("Xem lại và ký")
    await lan.taps("Ký xác nhận")
    assert "Cần căn cứ trước khi ký thay cho Nguyễn Văn Bảy." in lan.sees
    await lan.sends_photo(caption="Phiếu có chữ ký")
    await lan.taps("Kiểm tra lại")
    await lan.taps("Dùng tệp này và ký thay")
    assert BANNER in lan.sees
    await lan.taps("Ký thay")
    assert "Đã ký thay. Số biên nhận: TDG-00001-1." in lan.sees
    (proof,) = await town.rows(Evidence)
    await lan.taps("Xem biên nhận")
    assert f"Người khai thay: Trần Thị Lan. Căn cứ: phiếu giấy đã ký, minh chứng {proof.code}." in lan.sees
    assert [name for name, _content in lan.files] == ["tu-danh-gia-TDG-00001-1.docx"]

    bay = await town.joined("Nguyễn Văn Bảy")
    await bay.says("menu")
    assert "✅ Tự đánh giá năm 2026: đã ký." in bay.sees
    await bay.taps("Xem bản đã ký")
    assert BANNER not in bay.sees
    await bay.taps("Xem biên nhận")
    assert "Người khai thay: Trần Thị Lan" in bay.sees
    await bay.taps("Rút lại")
    await bay.taps("Rút lại")
    assert "Đã rút lại bản đã ký" in bay.sees
    await lan.taps("Xem các câu trả lời")
    assert "Người này đã có tài khoản" in lan.sees

    (sheet,) = await town.rows(Assessment)
    assert (sheet.filled_by, sheet.person_id, sheet.state) == (1, 2, "draft")
    (signature,) = await town.rows(Signature)
    assert (signature.signed_by, signature.proof_id) == (1, proof.id)
    assert signature.withdrawn_at is not None


async def test_no_signature_without_paper(numbers_town: Town) -> None:
    """Kênh chỉ có chữ và ảnh: khai thay được, nhưng chưa có ảnh phiếu giấy đã ký thì chưa ký thay được."""
    lan = await numbers_town.joined("Trần Thị Lan", roles=(Role.STAFF, Role.COORDINATOR))
    await numbers_town.issue("Nguyễn Văn Bảy")
    await begins(lan)
    await answers(lan)
    await lan.taps("Xem lại và ký")
    await lan.taps("Ký xác nhận")
    assert "Gửi ảnh ngay tại đây" in lan.sees
    await lan.says("ky thay")
    assert "Anh/chị gửi ảnh hoặc tệp phiếu giấy" in lan.sees
    assert await numbers_town.rows(Signature) == []

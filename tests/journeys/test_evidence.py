"""Evidence: sent from a card or before, in one go or singly, checked, replaced, removed, refused, lost."""

from core.evidence import Allowance
from db.models import Evidence, EvidenceUse
from tests.bot.benign_files import scanned
from tests.bot.hostile_office import OLE, with_part
from tests.bot.office_files import docx
from tests.chat import Chat, Town, a_photo

JPEG, PDF = "image/jpeg", "application/pdf"
TOLD = "Đã tập huấn kỹ năng số cho cả khoa."


async def opens(chat: Chat, group: str, code: str) -> None:
    """From anywhere to the card of a criterion."""
    await chat.says("menu")
    await chat.taps("năm 2026")
    await chat.taps(f"{group})")
    await chat.taps(code)


async def places(chat: Chat, group: str, code: str) -> None:
    """From the question for a group to the criterion that files shall serve."""
    await chat.taps(f"{group})")
    await chat.taps(code)


async def test_photos_from_a_card(files_town: Town) -> None:
    """Gửi minh chứng ngay tại tiêu chí: một ảnh, rồi một loạt ảnh; mỗi lần một biên nhận."""
    lan = await files_town.joined("Trần Thị Lan")
    await opens(lan, "đ", "004-đ4")
    await lan.sends_photo(a_photo(7))
    assert "Đã nhận 1 tệp." in lan.sees
    assert "Minh chứng (1)" in lan.sees
    assert "1 KB · 08:0" in lan.sees
    assert "23/11 · MC-" in lan.sees

    await lan.sends_album(4)
    assert lan.sees.count("Đã nhận 4 tệp.") == 1
    assert "Minh chứng (5)" in lan.sees
    assert lan.bubbles_seen == 1

    await lan.says(TOLD)
    assert "đang kiểm tra" not in lan.sees
    assert [one.state for one in await files_town.rows(Evidence)] == ["clean"] * 5


async def test_files_before_there_is_a_place_for_them(files_town: Town) -> None:
    """Gửi tệp trước, chọn tiêu chí sau; một tệp dùng cho hai tiêu chí; lấy tệp đã gửi từ trang tiêu chí."""
    lan = await files_town.joined("Trần Thị Lan")
    await lan.says("menu")
    await lan.sends_document("Kế hoạch khoa.pdf", scanned(), PDF)
    assert "Đã nhận 1 tệp." in lan.sees
    assert "Chưa gắn vào tiêu chí nào" in lan.sees
    assert "Kế hoạch khoa.pdf" in lan.sees
    await lan.says("menu")
    assert "1 tệp minh chứng chưa gắn vào tiêu chí nào" in lan.sees

    await lan.taps("Minh chứng của tôi")
    await lan.taps("Chọn tiêu chí cho 1 tệp")
    await places(lan, "a", "004-a1")
    assert "Đã gắn tệp vào tiêu chí." in lan.sees
    assert "Chưa gắn" not in lan.sees

    await lan.taps("Kế hoạch khoa.pdf")
    assert "004-a1 Trách nhiệm người đứng đầu" in lan.sees
    await lan.taps("Dùng cho tiêu chí khác")
    await places(lan, "b", "004-b2")
    assert "• 004-a1" in lan.sees
    assert "• 004-b2" in lan.sees
    await lan.taps("Tải bản xem")
    assert [name for name, _content in lan.files] == ["Kế hoạch khoa.pdf"]

    await lan.says("menu")
    await lan.sends_photo()
    await opens(lan, "b", "004-b2")
    await lan.taps("Minh chứng (1)")
    await lan.taps("Dùng 1 tệp đã gửi trước")
    assert "Đã gắn tệp vào tiêu chí." in lan.sees
    uses = [(one.evidence_id, one.criterion) for one in await files_town.rows(EvidenceUse)]
    assert uses == [(1, "004-a1"), (1, "004-b2"), (2, "004-b2")]


async def test_replacing_and_removing(files_town: Town) -> None:
    """Thay bằng bản mới, gỡ bỏ: bản cũ vẫn lưu; ký rồi thì không thay, không gỡ được."""
    lan = await files_town.joined("Trần Thị Lan")
    await files_town.answers(lan, but=["004-đ4"])
    await opens(lan, "đ", "004-đ4")
    await lan.says(TOLD)
    await lan.sends_document("Chứng chỉ.docx", docx())
    await lan.taps("Minh chứng (1)")
    await lan.taps("Chứng chỉ.docx")
    await lan.taps("Thay bằng bản mới")
    assert "Gửi bản mới của tệp" in lan.sees
    await lan.says("đây")
    assert "Chưa hiểu" in lan.sees
    await lan.sends_document("Chứng chỉ (bản đóng dấu).pdf", scanned(), PDF)
    assert "Bản cũ vẫn được dùng cho đến khi bản mới kiểm tra xong" in lan.sees
    old, new = await files_town.rows(Evidence)
    assert (new.replaces_id, old.removed_at is None, old.state) == (old.id, False, "clean")

    await lan.taps("Quay lại")
    await lan.taps("bản đóng dấu")
    assert "Là bản thay cho một tệp gửi trước" in lan.sees
    assert "• 004-đ4" in lan.sees
    await lan.taps("Quay lại")
    await lan.sends_photo()
    await lan.taps("anh-")
    await lan.taps("Gỡ tệp này")
    assert "Không lấy lại được: muốn dùng lại thì gửi lại tệp" in lan.sees
    await lan.taps("Gỡ tệp")
    assert "Đã gỡ tệp." in lan.sees
    assert "bản đóng dấu" in lan.sees
    assert "anh-" not in lan.sees

    await lan.taps("Quay lại")
    await lan.taps("Xem lại và ký")
    await lan.taps("Ký xác nhận")
    assert "1 tệp minh chứng" in lan.sees
    await lan.taps("Ký xác nhận")
    assert "TDG-00001-1" in lan.sees
    await lan.says("menu")
    await lan.taps("Minh chứng của tôi")
    await lan.taps("bản đóng dấu")
    assert "Tải bản xem" in lan.sees
    assert "thuộc bản đã ký" in lan.sees
    assert "Gỡ tệp này" not in lan.sees
    assert "Thay bằng bản mới" not in lan.sees
    await lan.says("menu")
    await lan.sends_photo(a_photo(9))
    await lan.taps("Chọn tiêu chí cho 1 tệp")
    assert "đã ký nên không sửa được" in lan.sees


async def test_files_that_are_turned_down(files_town: Town) -> None:
    """Tệp không nhận được: quá lớn, khác loại, có macro; biết vì sao, cách sửa, và còn lại những gì."""
    lan = await files_town.joined("Trần Thị Lan")
    await opens(lan, "đ", "004-đ4")
    await lan.says(TOLD)
    await lan.sends_document("phim.pdf", bytes(21 * 1024 * 1024), PDF)
    assert "Tệp «phim.pdf» 21 MB, giới hạn 20 MB; tệp này chưa được nhận" in lan.sees
    assert "Minh chứng (" not in lan.sees

    await lan.sends_document("Kế hoạch.docx", with_part("word/vbaProject.bin", OLE + bytes(64)))
    assert "Đã nhận 1 tệp." in lan.sees
    assert "Tệp không dùng được".casefold() in lan.sees.casefold()
    assert "Minh chứng (1)" in lan.sees
    assert "Tệp có chứa macro" in lan.sees
    assert "Các câu trả lời và tệp khác vẫn được giữ" in lan.sees
    await lan.sends_document("anh.pdf", a_photo(), PDF)
    assert "Theo tên thì đây là tệp PDF nhưng nội dung không phải loại đó" in lan.sees
    await lan.sends_document("phan-mem.exe", b"MZ" + bytes(64))
    assert "Loại tệp này chưa dùng làm minh chứng được" in lan.sees
    await lan.says("trợ giúp")
    assert "Minh chứng (0)" in lan.sees

    await lan.taps("Mở minh chứng của tôi")
    assert "Kế hoạch.docx" in lan.sees
    assert "Cần thay hoặc gửi lại" in lan.sees
    await lan.taps("Kế hoạch.docx")
    assert "Dùng cho tiêu chí khác" not in lan.sees
    await lan.taps("Thay bằng bản mới")
    await lan.sends_document("Kế hoạch (không macro).docx", docx())
    assert "Đã thay tệp" in lan.sees
    assert [one.state for one in await files_town.rows(Evidence)] == [
        "refused",
        "refused",
        "refused",
        "clean",
    ]


async def test_a_file_the_platform_lost(files_town: Town) -> None:
    """Ứng dụng trò chuyện không còn giữ tệp: được nhắc gửi lại, câu trả lời vẫn còn."""
    lan = await files_town.joined("Trần Thị Lan")
    await opens(lan, "đ", "004-đ4")
    await lan.says(TOLD)
    await lan.sends_photo(lost=True)
    assert "Cần gửi lại một tệp".casefold() in lan.sees.casefold()
    assert "Câu trả lời vẫn còn" in lan.sees

    await lan.sends_photo(a_photo(1))
    assert "Đã nhận 1 tệp." in lan.sees
    assert [one.state for one in await files_town.rows(Evidence)] == ["lost", "clean"]


async def test_as_much_as_a_day_allows(files_town: Town) -> None:
    """Hạn mức trong ngày: đủ thì hôm sau gửi tiếp."""
    files_town.allowance = Allowance(files_a_day=2)
    lan = await files_town.joined("Trần Thị Lan")
    await lan.says("menu")
    await lan.sends_photo(a_photo(1))
    await lan.sends_photo(a_photo(2))
    await lan.sends_photo(a_photo(3))
    assert "đã gửi đủ 2 tệp" in lan.sees
    assert len(await files_town.rows(Evidence)) == 2
    await files_town.time_passes(hours=24)
    await lan.sends_photo(a_photo(3))
    assert "Đã nhận 1 tệp." in lan.sees


async def test_the_same_file_twice(files_town: Town) -> None:
    """Cùng một tệp do hai người gửi: vẫn nhận, ghi nhận cho người thẩm định."""
    lan = await files_town.joined("Trần Thị Lan", "NV001")
    hoa = await files_town.joined("Lê Thị Hoa", "NV002")
    certificate = scanned()
    await lan.says("menu")
    await lan.sends_document("Chứng chỉ.pdf", certificate, PDF)
    await hoa.says("menu")
    await hoa.sends_document("Chứng chỉ của tôi.pdf", certificate, PDF)
    assert "Đã nhận 1 tệp." in hoa.sees
    assert [one.seen_elsewhere for one in await files_town.rows(Evidence)] == [False, True]


async def test_a_notice_does_not_steal_the_number(files_town: Town) -> None:
    """Đang trả lời thì có thông báo xen vào: con số gõ tiếp vẫn thuộc câu hỏi đang mở."""
    lan = await files_town.joined("Trần Thị Lan")
    await opens(lan, "c", "004-c3")
    await lan.sends_document("Kế hoạch.docx", with_part("word/vbaProject.bin", OLE + bytes(64)))
    assert "Tệp có chứa macro" in lan.sees
    await lan.says("95")
    assert "95 % đạt «trên 90 %»" in lan.sees

    await opens(lan, "h", "004-h1")
    await lan.sends_document("phan-mem.exe", b"MZ" + bytes(64))
    await lan.says("4")
    assert "PAR INDEX: mức Tốt" in lan.sees


async def test_where_only_photos_are_taken(numbers_town: Town) -> None:
    """Zalo không chuyển tệp, chưa có trang web: được chỉ chỗ gửi; ảnh thì nhận ngay."""
    lan = await numbers_town.joined("Trần Thị Lan")
    await opens(lan, "đ", "004-đ4")
    await lan.sends_document("chung-chi.pdf", b"%PDF-1.4", "application/pdf")
    assert "hệ thống chưa nhận được gì" in lan.sees
    assert "hoặc gửi ảnh chụp" in lan.sees
    await lan.says("trợ giúp")
    assert "Gửi ảnh ngay tại đây. Kênh này chưa nhận PDF, Word, Excel" in lan.sees
    assert await numbers_town.rows(Evidence) == []

    await lan.sends_photo()
    assert "Đã nhận 1 tệp." in lan.sees
    assert "Minh chứng (1)" in lan.sees
    (kept,) = await numbers_town.rows(Evidence)
    assert kept.sha256
    await lan.says("menu")
    await lan.taps("Minh chứng của tôi")
    assert "Gửi ảnh ngay tại đây" in lan.sees

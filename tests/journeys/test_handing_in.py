"""Documents of a unit handed in from the phone: with a file, with a bad one, taken back, mended."""

from pathlib import Path

from core.roles import Role
from db.models import Evidence, Submission
from services import campaigns
from services.actor import console
from tests.bot.benign_files import scanned
from tests.bot.hostile_office import OLE, with_part
from tests.bot.office_files import docx
from tests.chat import Chat, Town, a_photo

PDF = "application/pdf"
DOCUMENT = "Công văn số 12/SYT-VP ngày 03/11/2026"
PLAN_OF_2025 = Path(__file__).parents[2] / "campaigns" / "binh-dinh-2025.toml"


async def dated(town: Town, campaign: str = "004", code: str = "004-D2", day: str = "30/11/2026") -> None:
    """The office has entered a day that the plan leaves unsaid."""
    async with town.office() as session:
        now = town.clock.now()
        actor = console(now.date())
        await campaigns.enter_date(session, actor, campaign, f"deadline:{code}", day, DOCUMENT, now)


async def a_unit(town: Town) -> tuple[Chat, Chat, Chat]:
    """A head, a coordinator and the office."""
    head = await town.joined("Nguyễn Văn Trưởng", "KM001", (Role.STAFF, Role.HEAD))
    lan = await town.joined("Trần Thị Lan", "KM002", (Role.STAFF, Role.COORDINATOR))
    van = await town.joined("Phạm Thị Vân", "VP001", (Role.STAFF, Role.OFFICE))
    return head, lan, van


async def reports(chat: Chat, number: str = "15/BC-KM1") -> None:
    """As far as the file of a report."""
    await chat.says("/nop")
    await chat.taps("Báo cáo ·")
    await chat.taps("Nộp báo cáo")
    await chat.says(number)
    await chat.says("20/11")
    await chat.says("Đã số hóa 80% hồ sơ; còn thiếu máy quét; đề nghị bổ sung.")


async def test_a_plan_of_the_unit_with_its_document(files_town: Town) -> None:
    """Đầu mối nộp kế hoạch: số, ngày, tệp PDF; thủ trưởng xác nhận; văn phòng mở được đúng tệp ấy."""
    town = files_town
    async with town.office() as session:
        now = town.clock.now()
        plan = PLAN_OF_2025.read_text("utf-8")
        await campaigns.load(session, console(now.date()), plan, PLAN_OF_2025.name, now)
    await dated(town, "003", "003-D1", "15/12/2026")
    head, lan, van = await a_unit(town)
    await lan.says("/nop")
    await lan.taps("kế hoạch")
    assert "Hạn theo văn bản: hết thứ Ba 15/12/2026" in lan.sees
    await lan.taps("Nộp kế hoạch")
    await lan.says("12/KH-KM1")
    await lan.says("20/11")
    await lan.sends_document("Kế hoạch khoa.pdf", scanned(), PDF)
    assert "Văn bản số 12/KH-KM1, ngày thứ Sáu 20/11/2026." in lan.sees
    assert "Tệp: Kế hoạch khoa.pdf" in lan.sees
    await lan.taps("Nộp")
    assert "Biên nhận: KH-" in lan.sees

    await head.taps("Xem và xác nhận")
    assert "Kế hoạch khoa.pdf" in head.sees
    await head.taps("Xác nhận")
    await van.says("menu")
    await van.taps("Tình hình nộp")
    await van.taps("kế hoạch")
    await van.taps("Khoa Mẫu 1")
    assert "Nguyễn Văn Trưởng đã xác nhận" in van.sees
    await van.taps("Lấy tệp")
    assert [name for name, _content in van.files] == ["Kế hoạch khoa.pdf"]
    (kept,) = await town.rows(Submission)
    assert (kept.kind, kept.number, kept.late) == ("plan", "12/KH-KM1", False)


async def test_a_file_of_a_report_that_cannot_be_used(files_town: Town) -> None:
    """Tệp Word có macro bị từ chối: nói rõ vì sao, biên nhận vẫn còn; gửi lại tệp khác là đủ."""
    await dated(files_town)
    head, lan, van = await a_unit(files_town)
    await reports(lan)
    await lan.sends_document("Báo cáo.docx", with_part("word/vbaProject.bin", OLE + bytes(64)))
    await lan.taps("Nộp")
    assert "Tệp không dùng được" in lan.sees or "không dùng được" in lan.screen
    (kept,) = await files_town.rows(Submission)

    await lan.says("/nop")
    await lan.taps("Báo cáo ·")
    assert "Báo cáo.docx (không dùng được; cần gửi lại tệp)" in lan.sees
    await lan.taps("Gửi lại tệp")
    await lan.says("tôi gửi sau được không")
    assert kept.receipt in lan.sees
    await lan.sends_document("Báo cáo (không macro).docx", docx())
    assert "số biên nhận giữ nguyên" in lan.sees
    assert kept.receipt in lan.sees
    await head.taps("Xem và xác nhận")
    await head.taps("Xác nhận")
    await van.says("menu")
    await van.taps("Tình hình nộp")
    await van.taps("Báo cáo ·")
    await van.taps("Khoa Mẫu 1")
    await van.taps("Lấy tệp")
    assert [name for name, _content in van.files] == ["Báo cáo (không macro).docx"]
    (mended,) = await files_town.rows(Submission)
    assert (mended.receipt, mended.number, mended.made_at) == (kept.receipt, kept.number, kept.made_at)


async def test_a_file_refused_after_it_was_handed_in(files_town: Town) -> None:
    """Nộp xong mới biết tệp hỏng: lời báo nói bản đã nộp vẫn được tính và mở đúng chỗ để gửi lại."""
    await dated(files_town)
    _head, lan, _van = await a_unit(files_town)
    await reports(lan)
    await lan.taps("Nộp không kèm tệp")
    await lan.taps("Nộp")
    await lan.taps("Gửi tệp")
    await lan.sends_document("Báo cáo.docx", with_part("word/vbaProject.bin", OLE + bytes(64)))
    (kept,) = await files_town.rows(Submission)
    assert f"Bản đã nộp (biên nhận {kept.receipt}) vẫn được tính, chỉ cần gửi lại tệp." in lan.sees
    await lan.taps("Mở bản đã nộp")
    assert "không dùng được; cần gửi lại tệp" in lan.sees
    await lan.taps("Gửi lại tệp")
    await lan.sends_photo(a_photo(3))
    assert "số biên nhận giữ nguyên" in lan.sees
    await lan.says("/nop")
    await lan.taps("Báo cáo ·")
    assert "Gửi lại tệp" not in lan.screen


async def test_one_file_at_a_time(files_town: Town) -> None:
    """Gửi cả loạt ảnh hay gõ chữ thì được nhắc gửi một tệp; một ảnh chụp thay văn bản thì được nhận."""
    await dated(files_town)
    head, _lan, _van = await a_unit(files_town)
    await reports(head)
    await head.sends_album(3)
    assert head.sees.count("Ở đây chỉ nhận một tệp") == 1
    await head.says("tệp ở trên")
    assert await files_town.rows(Submission) == []
    await head.sends_photo(a_photo(5))
    await head.taps("Nộp")
    assert "Biên nhận: BC-" in head.sees
    (kept,) = await files_town.rows(Submission)
    (photo,) = await files_town.rows(Evidence)
    assert (kept.evidence_id, photo.state) == (photo.id, "clean")


async def test_taken_back_and_handed_in_again(files_town: Town) -> None:
    """Thủ trưởng rút bản đầu mối nộp; đầu mối được báo, nộp bản khác; bản cũ vẫn nằm trong hồ sơ."""
    await dated(files_town)
    head, lan, _van = await a_unit(files_town)
    await reports(lan)
    await lan.taps("Nộp không kèm tệp")
    await lan.taps("Nộp")
    await head.taps("Xem và xác nhận")
    await head.taps("Rút lại")
    assert "Bản cũ vẫn nằm trong hồ sơ" in head.sees
    assert "Nguyễn Văn Trưởng đã rút lại báo cáo" in lan.sees
    await lan.taps("Mở việc này")
    await lan.taps("Nộp báo cáo")
    await lan.says("16/BC-KM1")
    await lan.says("hôm nay")
    await lan.says("Đã số hóa 85% hồ sơ.")
    await lan.sends_document("Báo cáo 16.docx", docx())
    await lan.taps("Nộp")
    await head.taps("Xem và xác nhận")
    await head.taps("Xác nhận")
    rows = await files_town.rows(Submission)
    told = [(row.number, row.withdrawn_at is None, row.confirmed_at is None) for row in rows]
    assert told == [("15/BC-KM1", False, True), ("16/BC-KM1", True, False)]


async def test_the_head_does_not_confirm_unread(telegram_town: Town) -> None:
    """Thủ trưởng đang xem bản cũ thì đầu mối thay bản khác: bấm xác nhận không xác nhận nhầm bản mới."""
    await dated(telegram_town)
    head, lan, _van = await a_unit(telegram_town)
    await reports(lan)
    await lan.taps("Nộp không kèm tệp")
    await lan.taps("Nộp")
    await head.taps("Xem và xác nhận")
    await lan.taps("Rút lại")
    await reports(lan, "99/BC-KM1")
    await lan.taps("Nộp không kèm tệp")
    await lan.says("Nộp")
    await head.says("Xác nhận")
    assert "đã được thay bằng bản khác" in head.sees
    assert "99/BC-KM1" in head.sees
    assert [row.confirmed_at for row in await telegram_town.rows(Submission)] == [None, None]


async def test_more_time_is_denied(town: Town) -> None:
    """Văn phòng không gia hạn, nêu lý do; đơn vị đọc đúng lời ấy, hạn giữ nguyên, được xin lại."""
    await dated(town)
    head, lan, van = await a_unit(town)
    await lan.says("/nop")
    await lan.taps("Báo cáo ·")
    await lan.taps("Xin gia hạn")
    await lan.says("04/12/2026")
    await lan.says("Khoa vừa chuyển trụ sở, số liệu chưa đủ.")
    assert "Xin nộp đến hết thứ Sáu 04/12/2026." in lan.sees
    await lan.taps("Gửi đề nghị")
    assert "Xin gia hạn" not in lan.screen.splitlines()[-1]
    await van.taps("Trả lời đề nghị này")
    await van.taps("Không gia hạn")
    await van.says("Các đơn vị đã được gia hạn chung một lần.")
    for chat in (lan, head):
        assert "Không được gia hạn: Các đơn vị đã được gia hạn chung một lần." in chat.sees
    await lan.taps("Mở việc cần nộp")
    await lan.taps("Báo cáo ·")
    assert "Hạn theo văn bản: hết thứ Hai 30/11/2026" in lan.sees
    assert "Xin gia hạn" in lan.screen

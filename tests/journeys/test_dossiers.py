"""A unit's dossier from the reminder to the receipt, taken back and handed in again."""

import io
import zipfile
from datetime import date, timedelta

from db.models import DossierSubmission, PublicWindow
from services import absences
from tests.bot.benign_files import scanned
from tests.chat import Chat, Town
from tests.scheduler.test_reminders import at, rings
from tests.services.dossier_handing_in import REASON, proposed


async def at_the_dossier(chat: Chat) -> None:
    """From the menu to the dossier of the year."""
    await chat.says("/hoso")
    await chat.taps("Năm 2026")


async def test_the_list_of_a_dossier(town: Town) -> None:
    """Thủ trưởng sắp xếp danh sách, đưa một người ra với lý do rồi đưa lại."""
    _lan, _binh, head, _appraiser = await proposed(town)
    await at_the_dossier(head)
    assert "Được đề nghị: 2." in head.sees
    assert "Số bộ giấy: 02" in head.sees
    assert "hết thứ Năm 10/12/2026" in head.sees
    await head.taps("Danh sách đề nghị")
    await head.taps("Nguyễn Văn Bình")
    await head.taps("Lên trên")
    assert "Thứ tự trong hồ sơ: 1/2." in head.sees
    await head.taps("Đưa ra khỏi hồ sơ")
    await head.says("ít")
    assert "quá ngắn" in head.sees
    await head.says("Đơn vị thống nhất để năm sau xét.")
    await head.taps("Đưa ra khỏi hồ sơ")
    assert "Đã đưa ra khỏi hồ sơ:" in head.sees
    await head.taps("Đưa lại: Nguyễn Văn Bình")
    assert "• Nguyễn Văn Bình" in head.sees


async def test_a_dossier_handed_in_with_a_reason_and_taken_back(town: Town) -> None:
    """Thủ trưởng lập giấy tờ, khám hồ sơ, nộp khi còn lỗi với lý do, rút về rồi nộp lại."""
    _lan, _binh, head, appraiser = await proposed(town)
    await at_the_dossier(head)
    await head.taps("Giấy tờ")
    assert "Bản xác nhận của công đoàn cơ sở (009-H4): chưa có" in head.sees
    await head.taps("Lập giấy tờ")
    await at_the_dossier(head)
    await head.taps("Khám hồ sơ")
    assert "Còn thiếu: Bản xác nhận của công đoàn cơ sở." in head.sees
    await at_the_dossier(head)
    await head.taps("Nộp hồ sơ")
    assert "Hồ sơ còn 2 lỗi" in head.sees
    await head.says(REASON)
    assert "nộp với lý do" in head.sees
    await head.taps("Nộp hồ sơ")
    (kept,) = await town.rows(DossierSubmission)
    assert kept.overridden_for == REASON
    assert kept.receipt in appraiser.sees
    assert REASON in appraiser.sees

    await head.says("/nop")
    assert "đã nộp lúc" in head.sees
    await at_the_dossier(head)
    await head.taps("Rút hồ sơ")
    await head.says("Bổ sung một người nữa vào danh sách.")
    await head.taps("Rút hồ sơ")
    assert "Đã rút hồ sơ." in head.sees
    assert "bản thứ 2" in head.sees
    assert f"biên nhận {kept.receipt}.\nLý do:" in appraiser.sees
    await head.says("/nop")
    assert "đã nộp lúc" not in head.sees
    await head.taps("Hồ sơ")
    await head.taps("Mở hồ sơ")
    await head.taps("Nộp hồ sơ")
    await head.says(REASON)
    await head.taps("Nộp hồ sơ")
    await at_the_dossier(head)
    await head.taps("Các bản đã nộp")
    assert "• Bản 2: HS-" in head.sees
    await head.taps(f"Bản 1 · {kept.receipt}")
    assert "• Trần Thị Lan" in head.sees
    await at_the_dossier(head)
    await head.taps("Quá trình")
    assert "Rút hồ sơ (bản 1)" in head.sees


async def test_a_stand_in_is_reminded_and_prepares_the_dossier(town: Town) -> None:
    """Thủ trưởng đi vắng: người thay được nhắc, bấm «Mở» tới hồ sơ, công khai danh sách và nộp thay."""
    _lan, _binh, head, _appraiser = await proposed(town)
    hoa = await town.joined("Lê Thị Hoa")
    async with town.office() as session:
        now, chief = town.clock.now(), await town.actor(session, head)
        deputy, until = (await town.actor(session, hoa)).person_id, chief.today + timedelta(days=30)
        await absences.name(session, chief, chief.person_id, deputy, chief.today, until, now)
    await rings(town, at(date(2026, 11, 25)))
    assert "hồ sơ đề nghị khen thưởng" in hoa.sees
    if town.surface.capabilities.buttons:
        await hoa.taps("Mở")
    else:
        await hoa.says("NHAC 1")
    assert "Được đề nghị: 2." in hoa.sees
    await hoa.taps("Danh sách đề nghị")
    await hoa.taps("Nguyễn Văn Bình")
    await hoa.taps("Lên trên")
    await hoa.says("/binhxet")
    await hoa.taps("Năm 2026")
    await hoa.taps("Công khai danh sách")
    await hoa.taps("Công khai…")
    await hoa.taps("3 ngày làm việc")
    assert "Đã công khai" in hoa.sees
    await at_the_dossier(hoa)
    await hoa.taps("Nộp hồ sơ")
    await hoa.says(REASON)
    await hoa.taps("Nộp hồ sơ")
    assert "Lê Thị Hoa đã nộp thay anh/chị hồ sơ" in head.sees
    (window,) = await town.rows(PublicWindow)
    (kept,) = await town.rows(DossierSubmission)
    assert window.opened_for == kept.made_for == chief.person_id


async def test_the_units_own_paper_and_the_archive(files_town: Town) -> None:
    """Đơn vị gửi bản chụp biên bản và giấy xác nhận; gói hồ sơ chứa đúng các tệp ấy."""
    town = files_town
    _lan, _binh, head, _appraiser = await proposed(town)
    await at_the_dossier(head)
    await head.taps("Giấy tờ")
    await head.taps("Lập giấy tờ")
    for part in ("Biên bản họp", "Bản xác nhận"):
        await at_the_dossier(head)
        await head.taps("Giấy tờ")
        await head.taps(part)
        await head.taps("Gửi bản của đơn vị")
        await head.sends_document(f"{part}.pdf", scanned(), "application/pdf")
        assert "Đã nhận tệp" in head.sees
    await at_the_dossier(head)
    await head.taps("Khám hồ sơ")
    assert "❌" not in head.sees
    await at_the_dossier(head)
    await head.taps("Nộp hồ sơ")
    await head.taps("Nộp hồ sơ")
    await head.taps("Mở hồ sơ")
    await head.taps("Các bản đã nộp")
    await head.taps("Bản 1")
    await head.taps("Tải gói hồ sơ")
    name, content = head.files[-1]
    assert name.endswith(".zip")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "06-giay-to-khac/01-chung.pdf" in archive.namelist()
        assert archive.testzip() is None

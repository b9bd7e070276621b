"""Files where they find no place, new versions under check, and files that serve several criteria."""

from datetime import timedelta

import pytest

from core.evidence import Allowance
from core.messages import FileRef
from core.refusals import Code, Refusal
from core.roles import Role
from db.models import Evidence, EvidenceUse
from services import assessment, evidence, signing
from tests import builders
from tests.bot.benign_files import scanned
from tests.bot.hostile_office import OLE, with_part
from tests.chat import Chat, Town, a_photo
from tests.services.plan_books import a_book

MACRO = with_part("word/vbaProject.bin", OLE + bytes(64))
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NEW_VERSION = FileRef("later", "later", "Bản mới.pdf", 1000, PDF)


async def opens(chat: Chat, group: str, code: str) -> None:
    """From anywhere to the card of a criterion."""
    await chat.says("menu")
    await chat.taps("năm 2026")
    await chat.taps(f"{group})")
    await chat.taps(code)


async def uses(town: Town) -> list[tuple[int, str]]:
    """Which file serves which criterion now."""
    return [(one.evidence_id, one.criterion) for one in await town.rows(EvidenceUse) if not one.removed_at]


async def test_a_file_for_a_full_criterion_is_kept_in_the_tray(telegram_town: Town) -> None:
    telegram_town.allowance = Allowance(files_a_criterion=1)
    lan = await telegram_town.joined("Trần Thị Lan")
    await opens(lan, "đ", "004-đ4")
    await lan.sends_photo(a_photo(1))
    await lan.sends_photo(a_photo(2))
    assert "Đã nhận 1 tệp. Tiêu chí này đã đủ số tệp" in lan.sees
    assert [one.state for one in await telegram_town.rows(Evidence)] == ["clean", "clean"]
    assert await uses(telegram_town) == [(1, "004-đ4")]
    await lan.says("menu")
    assert "1 tệp minh chứng chưa gắn" in lan.sees


async def test_a_file_for_a_closed_round_is_kept_in_the_tray(telegram_town: Town) -> None:
    lan = await telegram_town.joined("Trần Thị Lan")
    await opens(lan, "đ", "004-đ4")
    async with telegram_town.office() as session:
        await builders.closes(session, telegram_town.clock.now() + timedelta(seconds=1))
    await lan.sends_photo()
    assert "Đã nhận 1 tệp, chưa gắn vào tiêu chí vì đợt đã khóa" in lan.sees
    assert [one.state for one in await telegram_town.rows(Evidence)] == ["clean"]


async def test_a_file_for_a_signed_sheet_is_kept_in_the_tray(telegram_town: Town) -> None:
    lan = await telegram_town.joined("Trần Thị Lan")
    await telegram_town.answers(lan)
    await lan.says("menu")
    await lan.taps("năm 2026")
    await lan.taps("Xem lại và ký")
    await lan.taps("Ký xác nhận")
    await lan.taps("Ký xác nhận")
    await opens(lan, "đ", "004-đ4")
    await lan.sends_photo()
    assert "chưa gắn vào tiêu chí vì bản tự đánh giá đã ký" in lan.sees
    assert len(await telegram_town.rows(Evidence)) == 1
    assert await uses(telegram_town) == []


async def test_the_old_version_serves_until_the_new_one_is_clean(files_town: Town) -> None:
    files_town.allowance = Allowance(files_a_criterion=1)
    lan = await files_town.joined("Trần Thị Lan")
    await opens(lan, "đ", "004-đ4")
    await lan.sends_document("Kế hoạch.pdf", scanned(), PDF)
    await lan.taps("Minh chứng (1)")
    await lan.taps("Kế hoạch.pdf")
    await lan.taps("Thay bằng bản mới")
    await lan.sends_document("Kế hoạch.docx", MACRO)
    assert "Tệp có chứa macro" in lan.sees
    assert "Bản gửi trước vẫn đang được dùng." in lan.sees
    assert await uses(files_town) == [(1, "004-đ4")]

    await lan.taps("Thay bằng bản mới")
    await lan.sends_photo()
    assert "Bản cũ vẫn được dùng cho đến khi bản mới kiểm tra xong" in lan.sees
    assert await uses(files_town) == [(3, "004-đ4")]
    assert [bool(one.removed_at) for one in await files_town.rows(Evidence)] == [True, True, False]


async def test_nothing_is_signed_while_a_new_version_is_under_check(telegram_town: Town) -> None:
    lan = await telegram_town.joined("Trần Thị Lan")
    sheet = await telegram_town.answers(lan)
    await opens(lan, "đ", "004-đ4")
    await lan.sends_photo(a_photo(1))
    async with telegram_town.office() as session:
        actor = await telegram_town.actor(session, lan)
        now = telegram_town.clock.now()
        file = (await evidence.mine(session, actor))[0]
        fresh = await evidence.replace(session, actor, file.id, NEW_VERSION, now)
        assert (await evidence.unused(session, actor)) == []
        whole = await assessment.sheet(session, actor, sheet)
        assert [one.id for entry in whole.entries for one in entry.files] == [file.id]
        with pytest.raises(Refusal) as refusal:
            await signing.sign(session, actor, sheet, now)
        assert refusal.value.code is Code.EVIDENCE_CHECKING
        again = await evidence.replace(session, actor, fresh.id, NEW_VERSION, now)
        assert again.replaces_id == file.id
        assert fresh.id not in {one.id for one in await evidence.mine(session, actor)}


async def test_a_file_is_taken_off_one_of_its_criteria(files_town: Town) -> None:
    lan = await files_town.joined("Trần Thị Lan")
    await opens(lan, "đ", "004-đ4")
    await lan.sends_document("Kế hoạch.pdf", scanned(), PDF)
    await lan.taps("Minh chứng (1)")
    await lan.taps("Kế hoạch.pdf")
    await lan.taps("Dùng cho tiêu chí khác")
    assert "Chọn nhóm, sau đó chọn tiêu chí cho 1 tệp" in lan.sees
    await lan.taps("a)")
    await lan.taps("004-a1")
    await lan.taps("Bỏ khỏi 004-a1")
    assert "tệp vẫn nằm trong" in lan.sees
    assert await uses(files_town) == [(1, "004-đ4")]


async def test_a_number_typed_for_a_note_is_a_note(numbers_town: Town) -> None:
    lan = await numbers_town.joined("Trần Thị Lan")
    await numbers_town.answers(lan)
    await opens(lan, "đ", "004-đ4")
    await lan.taps("Ghi chú")
    await lan.says("Theo báo cáo năm")
    await lan.taps("Ghi chú")
    await lan.says("1")
    assert "Ghi chú: 1" in lan.sees


async def test_files_that_serve_nothing_are_mentioned_before_signing(telegram_town: Town) -> None:
    lan = await telegram_town.joined("Trần Thị Lan")
    await telegram_town.answers(lan)
    await lan.says("menu")
    await lan.sends_photo()
    await lan.says("menu")
    await lan.taps("Xem lại và ký")
    await lan.taps("Xem lại và ký")
    assert "1 tệp minh chứng chưa gắn vào tiêu chí nào; gắn ở «Minh chứng của tôi» trước khi ký" in lan.sees
    await lan.taps("Ký xác nhận")
    assert "1 tệp minh chứng chưa gắn vào tiêu chí nào" in lan.sees


async def test_a_file_is_taken_out_of_sight_only_when_confirmed(files_town: Town) -> None:
    lan = await files_town.joined("Trần Thị Lan")
    await lan.sends_photo()
    await lan.taps("MC-")
    await lan.taps("Gỡ tệp này")
    assert "Không lấy lại được" in lan.sees
    await lan.taps("Quay lại")
    assert [one.removed_at for one in await files_town.rows(Evidence)] == [None]
    await lan.taps("Gỡ tệp này")
    await lan.taps("Gỡ tệp")
    assert "Đã gỡ tệp. Muốn dùng lại, anh/chị gửi lại tệp" in lan.sees


async def test_a_workbook_sent_by_the_office_may_be_a_plan(files_town: Town) -> None:
    van = await files_town.joined("Phạm Thị Văn", roles=(Role.STAFF, Role.OFFICE))
    await van.says("menu")
    await van.sends_document("Ke hoach 2027.XLSX", a_book(), XLSX)
    assert "chưa được đọc như kế hoạch" in van.sees
    await van.taps("Mở «Phong trào» để gửi kế hoạch")
    assert "Tải mẫu Excel" in van.sees
    assert len(await files_town.rows(Evidence)) == 1


async def test_a_workbook_of_anybody_else_is_evidence(files_town: Town) -> None:
    lan = await files_town.joined("Trần Thị Lan")
    await lan.says("menu")
    await lan.sends_document("so lieu.xlsx", a_book(), XLSX)
    assert "Đã nhận 1 tệp." in lan.sees
    assert "kế hoạch" not in lan.sees

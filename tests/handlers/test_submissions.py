"""What people type and send by mistake, or on purpose, while they hand something in: nothing is lost."""

from core.roles import Role
from db.models import CutOff, Extension, OutboxRow, Submission
from services import campaigns
from services.actor import console
from services.people_leaving import leave
from tests.bot.benign_files import scanned
from tests.chat import Chat, Town

LONG = "dài " * 1250
CONTROLS = "\x00\x07\x1b\u202e\u200b"
EMOJI = "🙂🙂🙂"
MARKUP = "<b>1/BC</b> & *đậm* _nghiêng_ `mã`"


async def opened(town: Town, *roles: Role) -> Chat:
    """Somebody at the report that their unit owes."""
    async with town.office() as session:
        now = town.clock.now()
        actor, ground = console(now.date()), "Công văn số 12/SYT-VP ngày 03/11/2026"
        await campaigns.enter_date(session, actor, "004", "deadline:004-D2", "30/11/2026", ground, now)
    chat = await town.joined("Nguyễn Văn Trưởng", "KM001", (Role.STAFF, *(roles or (Role.HEAD,))))
    await chat.says("/nop")
    await chat.taps("Báo cáo ·")
    return chat


async def answered(chat: Chat, typed: str, *sentences: str) -> None:
    """The same step again, headed by a sentence that says what is wrong."""
    await chat.says(typed)
    assert any(one in chat.sees for one in sentences), chat.sees


async def test_hostile_input_at_every_typed_step(telegram_town: Town) -> None:
    town = telegram_town
    head = await opened(town)
    await head.taps("Nộp báo cáo")
    for typed in (EMOJI, CONTROLS, "không có số", "7"):
        await answered(head, typed, "Chưa thấy số văn bản")
    await answered(head, "9" * 4000, "quá giới hạn 60 ký tự")
    await head.says(MARKUP)
    assert MARKUP in head.sees
    for typed in ("30/2", "99/99/2026", "0/0/0000", EMOJI, CONTROLS, LONG, "<script>", "31/11", "ngày xưa"):
        await answered(head, typed, "chưa ghi gì", "chưa được ghi", "Chưa ghi gì")
    await answered(head, "24/11/2026", "chưa đến nên chưa ghi gì")
    await head.says("20/11")
    assert "ngày thứ Sáu 20/11/2026" in head.sees
    for typed in (EMOJI, CONTROLS):
        await answered(head, typed, "Nội dung quá ngắn")
    await answered(head, LONG, "quá giới hạn 1.500 ký tự", "quá giới hạn 1500 ký tự")
    await head.says(MARKUP)
    await answered(head, LONG, "Ở bước này anh/chị gửi tệp")
    await head.taps("Nộp không kèm tệp")
    assert MARKUP in head.sees
    await head.taps("Nộp")
    (kept,) = await town.rows(Submission)
    assert (kept.number, kept.words) == (MARKUP, MARKUP)


async def test_hostile_input_about_more_time_and_the_units_own_day(telegram_town: Town) -> None:
    town = telegram_town
    head = await opened(town)
    await head.taps("Xin gia hạn")
    for typed in ("30/2", "99/99/2026", EMOJI, CONTROLS, LONG, "<b>4/12</b>"):
        await answered(head, typed, "chưa ghi gì", "chưa được ghi", "Chưa ghi gì")
    await answered(head, "30/11/2026", "phải sau hạn hiện nay")
    await head.says("4/12")
    for typed in (EMOJI, CONTROLS, "vì"):
        await answered(head, typed, "Nội dung quá ngắn")
    await answered(head, LONG, "quá giới hạn 500 ký tự")
    await head.says(f"{MARKUP} chưa đủ số liệu")
    assert f"«{MARKUP} chưa đủ số liệu»" in head.sees
    assert await town.rows(Extension) == []
    await head.taps("Gửi đề nghị")
    (asked,) = await town.rows(Extension)
    assert asked.reason == f"{MARKUP} chưa đủ số liệu"
    await head.taps("Đặt hạn nội bộ")
    for typed in ("30/2", EMOJI, CONTROLS, LONG):
        await answered(head, typed, "chưa ghi gì", "chưa được ghi", "Chưa ghi gì")
    await answered(head, "30/11/2026", "Hạn nội bộ phải từ")
    assert await town.rows(CutOff) == []


async def test_a_door_typed_with_a_made_up_number(numbers_town: Town) -> None:
    """Text alone: «NOP 12» opens what it names, and nothing of another's."""
    head = await opened(numbers_town)
    for typed in ("NOP 424242", "NOP 999999999999999", "NOP 0"):
        await head.says(typed)
        assert "Không tìm thấy" in head.sees
    await head.says("NOP 99999999999999999999")
    assert "Không tìm thấy" not in head.sees


async def test_pressed_twice_it_is_handed_in_once(telegram_town: Town) -> None:
    head = await opened(telegram_town)
    await head.taps("Nộp báo cáo")
    await head.says("15/BC-KM1")
    await head.says("20/11/2026")
    await head.says("Đã số hóa 80% hồ sơ.")
    await head.sends_document("Báo cáo.pdf", scanned(), "application/pdf")
    await head.taps_twice("Nộp")
    (kept,) = await telegram_town.rows(Submission)
    receipts = [row for row in await telegram_town.rows(OutboxRow) if kept.receipt in row.payload]
    assert len(receipts) == 1


async def test_somebody_who_left_is_a_stranger(telegram_town: Town) -> None:
    """In the middle of handing in, the person leaves: what they send then hands in nothing."""
    head = await opened(telegram_town)
    await head.taps("Nộp báo cáo")
    await head.says("15/BC-KM1")
    await head.says("20/11/2026")
    await head.says("Đã số hóa 80% hồ sơ.")
    await head.taps("Nộp không kèm tệp")
    async with telegram_town.office() as session:
        now = telegram_town.clock.now()
        await leave(session, console(now.date()), ["KM001"], now)
    await head.taps("Nộp")
    assert await telegram_town.rows(Submission) == []
    assert "mã" in head.sees


async def test_staff_have_nothing_to_hand_in(telegram_town: Town) -> None:
    staff = await opened_by_staff(telegram_town)
    assert "Kế hoạch, báo cáo của đơn vị" not in staff.screen
    await staff.says("/nop")
    assert "Không tìm thấy" in staff.sees


async def opened_by_staff(town: Town) -> Chat:
    staff = await town.joined("Lê Văn Viên", "KM009")
    await staff.says("menu")
    return staff

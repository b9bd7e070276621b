"""Announcements as those who get them have them: read, confirmed, answered, corrected, looked up again."""

from core.announcement_content import Content, Question
from core.announcements import Audience
from core.messages import FileOut
from core.roles import Role
from db.models import AnnouncementRecipient
from services import announcement_delivery, announcements
from tests.chat import Chat, Town

MEETING = Content(
    "Họp triển khai kế hoạch",
    "Đúng 08:00 thứ Ba 24/11/2026 tại hội trường tầng 3.\nThành phần: toàn thể viên chức.",
    wants_reading=True,
)
QUESTION = Content(
    "Hạn nộp báo cáo",
    "Báo cáo nộp trước ngày 15/12, tức là chậm nhất ngày 14/12.",
    question=Question("Ngày nộp chậm nhất là ngày nào?", ("14/12", "15/12", "16/12"), 0),
)


async def announced(town: Town, office: Chat, content: Content) -> int:
    """The office sends it to the staff, and it arrives."""
    async with town.office() as session:
        actor = await town.actor(session, office)
        audience = Audience(roles=frozenset({Role.STAFF}))
        now = town.clock.now()
        number = await announcements.begin(session, actor, content, now, audience)
        await announcements.send(session, actor, number, now)
    await town.time_passes(seconds=61)
    await town.time_passes(seconds=5)
    return number


async def an_office(town: Town) -> Chat:
    """Whoever announces; no reader themselves."""
    return await town.joined("Phạm Thị Vân", "VP001", (Role.OFFICE,))


async def readings(town: Town) -> list[int | None]:
    """Which wording each recipient has confirmed."""
    return [one.read_version for one in await town.rows(AnnouncementRecipient)]


async def test_from_the_first_word_to_the_last_reader(town: Town) -> None:
    """Văn phòng soạn, chọn người nhận, gửi; xem ai chưa đọc và nhắc đúng những người đó."""
    van = await an_office(town)
    lan, binh = await town.joined("Trần Thị Lan"), await town.joined("Võ Văn Bình")
    await town.issue("Ngô Chưa Vào")
    await van.says("/thongbao")
    await van.taps("Soạn thông báo")
    await van.says(MEETING.title)
    await van.says(MEETING.body)
    await van.taps("Xác nhận, câu hỏi")
    await van.taps("Cần xác nhận đã đọc")
    await van.says("quay lại")
    await van.taps("Người nhận")
    await van.taps("Vai trò")
    await van.taps("Viên chức")
    await van.says("quay lại")
    await van.says("quay lại")
    await van.taps("Gửi…")
    assert "Lúc này có 3 người: 2 người nhận được, 1 người không gửi được" in van.sees
    await van.taps("Gửi cho 2 người")
    assert "Gọi lại" in van.sees
    await town.time_passes(seconds=61)
    assert "Đúng 08:00 thứ Ba" in lan.sees
    await lan.taps("Đã đọc")
    await town.time_passes(seconds=5)
    await van.taps("Xem kết quả")
    assert "Đã xác nhận đọc: 1 người" in van.sees
    await van.taps("Danh sách cần gọi")
    assert "Ngô Chưa Vào" in van.sees
    await van.says("quay lại")
    await van.taps("Nhắc 1 người chưa đọc")
    await van.taps("Gửi…")
    await van.taps("Gửi cho 1 người")
    await town.time_passes(seconds=61)
    assert "nhắc đọc" in binh.sees.casefold()
    assert lan.sees == ""
    await binh.taps("Đã đọc")
    assert "Anh/chị đã xác nhận lúc" in binh.sees
    await binh.taps("Xem lại nội dung")
    assert "hội trường tầng 3" in binh.sees
    assert sorted(await readings(town), key=str) == [1, 1, None, None]


async def test_an_announcement_read_and_confirmed(town: Town) -> None:
    """Nhận thông báo giữa lúc đang làm việc khác: xác nhận đã đọc rồi quay lại đúng chỗ đang làm."""
    office, lan = await an_office(town), await town.joined("Trần Thị Lan")
    await lan.says("menu")
    assert "Thông báo của tôi" not in lan.sees
    await lan.says("/kehoach")
    await announced(town, office, MEETING)
    assert "Đúng 08:00 thứ Ba" in lan.screen
    await lan.says("menu")
    assert "Thông báo của tôi (1)" in lan.sees
    await lan.says("/kehoach")
    await lan.taps("Đã đọc")
    assert "đã ghi nhận" in lan.sees.casefold()
    assert "Anh/chị đã xác nhận lúc" in lan.sees
    assert await readings(town) == [1]
    await lan.taps("Xem lại nội dung")
    assert "hội trường tầng 3" in lan.sees
    await lan.says("quay lại")
    assert "kế hoạch" in lan.sees.casefold()
    await lan.says("menu")
    assert "Thông báo của tôi" in lan.sees
    assert "Thông báo của tôi (" not in lan.sees
    await lan.taps("Thông báo của tôi")
    assert "Họp triển khai kế hoạch · 23/11 · đã xác nhận" in lan.sees


async def test_a_question_about_what_was_read(town: Town) -> None:
    """Thông báo có câu hỏi: trả lời sai được chỉ lại ngay, lần trả lời đầu tiên được tính."""
    office = await an_office(town)
    lan, binh = await town.joined("Trần Thị Lan"), await town.joined("Võ Văn Bình")
    await announced(town, office, QUESTION)
    assert "Câu hỏi: Ngày nộp chậm nhất" in lan.screen
    await lan.taps("15/12")
    assert "Chưa đúng: anh/chị chọn «15/12», đáp án đúng là «14/12»" in lan.sees
    await lan.taps("Xem lại nội dung")
    assert "tức là chậm nhất ngày 14/12" in lan.sees
    await binh.says("menu")
    await binh.taps("Thông báo của tôi (1)")
    await binh.taps("Hạn nộp báo cáo")
    await binh.taps("14/12")
    assert "Đúng: «14/12»" in binh.sees
    assert [one.answer for one in await town.rows(AnnouncementRecipient)] == [1, 0]
    assert await readings(town) == [1, 1]


async def test_the_old_wording_is_confirmed_too_late(town: Town) -> None:
    """Bấm «Đã đọc» trên bản đã đính chính: chưa ghi gì, bản mới hiện ra để đọc và xác nhận."""
    office, lan = await an_office(town), await town.joined("Trần Thị Lan")
    number = await announced(town, office, MEETING)
    shown = lan.screen
    async with town.office() as session:
        actor = await town.actor(session, office)
        right = Content(MEETING.title, MEETING.body.replace("08:00", "14:00"), wants_reading=True)
        now = town.clock.now()
        await announcement_delivery.correct(session, actor, number, right, "nhầm giờ", now)
    assert lan.screen == shown
    await lan.taps("Đã đọc")
    assert "đã được đính chính nên chưa ghi gì" in lan.sees
    assert "14:00" in lan.sees
    assert await readings(town) == [None]
    await lan.taps("Đã đọc")
    assert "đã ghi nhận" in lan.sees.casefold()
    assert await readings(town) == [2]


async def test_an_announcement_that_was_taken_back(town: Town) -> None:
    """Thông báo bị thu hồi: không còn phải xác nhận, danh sách ghi rõ đã thu hồi."""
    office, lan = await an_office(town), await town.joined("Trần Thị Lan")
    number = await announced(town, office, MEETING)
    async with town.office() as session:
        actor = await town.actor(session, office)
        await announcement_delivery.take_back(session, actor, number, "gửi nhầm", town.clock.now())
    await lan.taps("Đã đọc")
    assert "đã được thu hồi; anh/chị không phải xác nhận nữa" in lan.sees
    assert await readings(town) == [None]
    await town.time_passes(seconds=5)
    await lan.says("menu")
    await lan.taps("Thông báo của tôi")
    assert "đã thu hồi" in lan.sees
    assert "cần xác nhận" not in lan.sees


async def test_the_list_of_ones_announcements(town: Town) -> None:
    """Nhiều thông báo: cái cần xác nhận đứng trước, lật trang, quá 90 ngày thì không liệt kê nữa."""
    office, lan = await an_office(town), await town.joined("Trần Thị Lan")
    await announced(town, office, MEETING)
    for day in range(1, 8):
        town.clock.move(days=1)
        await announced(town, office, Content(f"Tin ngày {day}", "Để biết."))
    await lan.says("menu")
    await lan.taps("Thông báo của tôi (1)")
    assert "cần xác nhận" in lan.sees
    assert lan.sees.casefold().index("họp triển khai kế hoạch · 23/11") < lan.sees.casefold().index(
        "tin ngày 7"
    )
    assert "Tin ngày 2" not in lan.sees
    await lan.taps("Trang sau")
    assert "Tin ngày 2" in lan.sees
    await lan.taps("Tin ngày 2")
    assert "Để biết." in lan.sees
    await lan.says("quay lại")
    await lan.taps("Họp triển khai kế hoạch")
    await lan.taps("Đã đọc")
    await lan.says("quay lại")
    assert "cần xác nhận" not in lan.sees
    town.clock.move(days=84)
    await lan.says("menu")
    await lan.taps("Thông báo của tôi")
    assert "Tin ngày 7" in lan.sees
    assert "Họp triển khai" not in lan.sees


async def test_its_files_once_more(files_town: Town) -> None:
    """Nhận lại tệp của một thông báo bất cứ lúc nào từ «Thông báo của tôi»."""
    town = files_town
    office, lan = await an_office(town), await town.joined("Trần Thị Lan")
    async with town.house() as house:
        kept = await house.store.put_served(b"So do cho ngoi")
    file = FileOut(kept, "so-do-cho-ngoi.txt", "text/plain")
    await announced(town, office, Content("Họp", "Sơ đồ chỗ ngồi kèm theo.", (file,)))
    assert lan.files == [(file.name, b"So do cho ngoi")]
    await lan.says("menu")
    await lan.taps("Thông báo của tôi")
    await lan.taps("Họp")
    await lan.taps("Gửi lại 1 tệp")
    assert "Đã gửi lại 1 tệp" in lan.sees
    assert lan.files == [(file.name, b"So do cho ngoi")] * 2

"""The council sits, votes in secret and concludes; the director approves, the office enters the decision."""

from db.models import Award, Nomination
from tests.chat import Chat, Town
from tests.handlers.test_ballots import votes
from tests.services.sitting import Chamber, chamber


async def opens(chat: Chat, label: str) -> None:
    """From anywhere to something on the first screen."""
    await chat.says("menu")
    await chat.taps(label)


async def calls(here: Chamber) -> None:
    """The office calls a sitting by chat."""
    office = here.office
    await opens(office, "Phiên họp Hội đồng")
    await office.taps("Triệu tập phiên họp")
    await office.taps("Năm 2026")
    await office.says("14:00 24/11/2026")
    await office.taps("Họp qua tin nhắn")
    await office.taps("Xong, chọn người chủ trì")
    await office.taps("Ủy Viên An")
    await office.taps("Triệu tập và báo thành viên")


async def sits(chat: Chat) -> None:
    """To the sitting."""
    await opens(chat, "Phiên họp Hội đồng")
    await chat.taps("Phiên 1")


async def test_the_council_decides(town: Town) -> None:
    """Hội đồng: triệu tập, hỏi đơn vị, bỏ phiếu kín, kết luận, giám đốc duyệt, văn phòng nhập Quyết định."""
    here = await chamber(town)
    an, ba, _cu, _dau = here.members
    office = here.office
    await calls(here)
    assert "Đã triệu tập phiên họp" in office.sees
    assert "Trần Thị Lan" in an.sees
    await ba.taps("Mở phiên họp")
    await ba.taps("Xem: Trần Thị Lan")
    assert "Rút ngắn thời gian chờ khám" in ba.sees
    await ba.taps("Hỏi đơn vị")
    await ba.says("Số liệu chờ khám đo thế nào?")
    assert "Câu hỏi của Hội đồng".casefold() in here.head.sees.casefold()
    await here.head.taps("Trả lời")
    await here.head.says("Đo bằng phần mềm lấy số, có xuất báo cáo tháng.")
    assert "Đơn vị trả lời" in ba.sees

    await votes_and_concludes(here)
    await decides(here)
    assert [row.state for row in await town.rows(Nomination)] == ["commended", "not_chosen"]
    await looks(here)
    await announces(here)


async def votes_and_concludes(here: Chamber) -> None:
    """Lan is chosen, Minh is not."""
    an, ba, cu, dau = here.members
    await sits(an)
    await an.taps("Quy tắc bỏ phiếu")
    await an.taps("Tham gia từ 3/4")
    assert "khi từ 3/4 số thành viên được bỏ phiếu tham gia" in an.sees
    await an.taps("Quay lại")
    await an.taps("Mở bỏ phiếu kín")
    await an.says("16:30 24/11/2026")
    assert "Đã mở bỏ phiếu kín" in an.sees
    assert "từ 3/4 số thành viên" in ba.sees
    assert "xét lần lượt (1) đạt nhiều tiêu chí hơn" in ba.sees
    for chat, labels in (
        (ba, ("Đồng ý", "Đồng ý")),
        (cu, ("Đồng ý", "Không đồng ý")),
        (dau, ("Đồng ý", "Phiếu trắng")),
    ):
        await opens(chat, "Bỏ phiếu kín (1)")
        await chat.taps("Bỏ phiếu (còn 2)")
        for label in labels:
            await votes(chat, label)
    await sits(an)
    assert "Chưa: Ủy Viên An" in an.sees
    assert "đồng ý," not in an.sees
    await an.taps("Bỏ phiếu kín")
    await an.taps("Bỏ phiếu (còn 2)")
    await votes(an, "Đồng ý")
    await votes(an, "Không đồng ý")
    await sits(an)
    await an.taps("Kết thúc, kiểm phiếu")
    assert "Trần Thị Lan. Được chọn: 4 đồng ý" in an.sees
    assert "Bùi Văn Minh. Không đạt 2/3" in an.sees
    await an.taps("Kết luận phiên họp")
    await an.says("Thống nhất đề nghị tặng Giấy khen theo kết quả bỏ phiếu.")
    assert "Đã ghi kết luận" in an.sees
    assert "Được chọn: 4 đồng ý" in cu.sees
    if here.town.surface.capabilities.files_out:
        assert [name for name, _content in here.office.files][-2:] == [
            "bien-ban-hop-hoi-dong-1.docx",
            "du-thao-quyet-dinh-1.docx",
        ]


async def decides(here: Chamber) -> None:
    """The director reads back, the office enters what was signed."""
    office, director = here.office, here.director
    await director.taps("Mở phiên họp")
    await director.taps("Phê duyệt danh sách")
    assert "• Trần Thị Lan" in director.sees
    assert "Bùi Văn Minh" not in director.sees
    await director.says("2")
    assert "chưa phê duyệt" in director.sees
    await director.says("1")
    assert "Đã phê duyệt danh sách" in director.sees

    await sits(office)
    await office.taps("Nhập Quyết định đã ký")
    await office.says("125/QĐ-SYT")
    await office.says("23/11/2026")
    await office.sends_photo()
    assert "Hình thức: Giấy khen" in office.sees
    await office.says("Bằng khen của Giám đốc Sở Y tế")
    await office.taps("Ghi Quyết định")
    assert {(one.title, one.authority) for one in await office.town.rows(Award)} == {
        ("Bằng khen", "Giám đốc Sở Y tế")
    }
    assert "Đã nhập Quyết định" in office.sees
    assert "Quyết định 125/QĐ-SYT" in here.chair.sees
    lan, minh = here.nominees
    assert "Anh/chị được khen thưởng theo Quyết định số 125/QĐ-SYT" in lan.sees
    assert "Lý do: không đạt 2/3 thành viên được bỏ phiếu." in minh.sees
    assert "Lan" not in minh.sees.partition("Kết quả xét khen thưởng")[2]


async def looks(here: Chamber) -> None:
    """Whoever was not chosen reads why, and nothing of others; the head reads of everybody."""
    _lan, minh = here.nominees
    await minh.taps("Xem đề nghị của tôi")
    assert "Không được chọn khen thưởng lần này. Lý do: không đạt 2/3" in minh.sees
    assert "Lan" not in minh.sees
    await opens(here.head, "Khen thưởng của tôi")
    await here.head.taps("Khen thưởng của đơn vị")
    assert "• Trần Thị Lan: được khen" in here.head.sees
    assert "• Bùi Văn Minh: không được chọn. Lý do: không đạt 2/3" in here.head.sees


async def announces(here: Chamber) -> None:
    """The office has the announcement drafted; asked for twice, there is one."""
    office = here.office
    for told in ("Đã tạo bản nháp từ Quyết định", "đã có sẵn"):
        await sits(office)
        await office.taps("Soạn thông báo kết quả")
        assert told in office.sees
        assert "kết quả khen thưởng theo quyết định số 125/qđ-syt" in office.sees.casefold()
        assert "1. Trần Thị Lan, Khoa Mẫu 1" in office.sees
        assert "Bùi Văn Minh" not in office.sees.partition("Quyết định số 125/QĐ-SYT ngày")[2]


async def test_the_director_refers_it_back(town: Town) -> None:
    """Trả lại Hội đồng kèm ý kiến: Hội đồng bỏ phiếu lại."""
    here = await chamber(town, ("Trần Thị Lan",))
    an, *others = here.members
    await calls(here)
    await sits(an)
    await an.taps("Mở bỏ phiếu kín")
    await an.says("16:30 24/11/2026")
    for chat in here.members:
        await opens(chat, "Bỏ phiếu kín (1)")
        await chat.taps("Bỏ phiếu (còn 1)")
        await votes(chat, "Đồng ý")
    await sits(an)
    await an.taps("Kết thúc, kiểm phiếu")
    await an.taps("Kết luận phiên họp")
    await an.says("Thống nhất đề nghị tặng Giấy khen.")
    director = here.director
    await director.taps("Mở phiên họp")
    await director.taps("Trả lại Hội đồng")
    await director.says("Xem lại số liệu chờ khám của tháng 9.")
    assert "Đã trả lại Hội đồng" in director.sees
    assert "Xem lại số liệu chờ khám" in others[0].sees
    await sits(an)
    assert "Xem xét lại vì: Xem lại số liệu" in an.sees
    assert "Biên bản, dự thảo Quyết định" not in an.sees
    await an.taps("Mở bỏ phiếu kín")
    await an.says("16:30 24/11/2026")
    await an.taps("Kết thúc, kiểm phiếu")
    assert "4/4 thành viên chưa bỏ đủ phiếu" in an.sees
    assert "Kết thúc bỏ phiếu sớm".casefold() not in others[0].sees.casefold()
    await an.taps("Kết thúc, kiểm phiếu ngay")
    assert "Đã kết thúc bỏ phiếu và kiểm phiếu" in an.sees
    assert "Kết luận:" not in an.sees
    assert "Kết thúc bỏ phiếu sớm".casefold() in others[0].sees.casefold()


async def test_paper_ballots_and_a_tie(town: Town) -> None:
    """Phiếu giấy có ảnh, hai người bằng phiếu ở suất cuối: chủ trì xếp trước và nêu lý do."""
    here = await chamber(town)
    an, _ba, cu, dau = here.members
    await calls(here)
    await sits(dau)
    await dau.taps("Xem: Trần Thị Lan")
    await dau.taps("Tôi có liên quan")
    await dau.says("Là <b>anh họ</b> của người được đề nghị")
    assert "Ủy Viên Dậu không bỏ phiếu: Là <b>anh họ</b> của người được đề nghị." in dau.sees
    await sits(an)
    await an.taps("Mở bỏ phiếu kín")
    await an.says("16:30 24/11/2026")
    office = here.office
    await sits(office)
    await office.taps("Phiếu giấy")
    await office.taps("Bỏ phiếu giấy: Ủy Viên Cư")
    await office.taps("Nhập số phiếu giấy")
    await office.says("một phiếu")
    assert "Chưa đọc được số phiếu" in office.sees
    await office.says("5 0 0")
    assert "nhiều hơn 1 thành viên" in office.sees
    await office.says("1 0 0")
    assert "con số sẽ cho biết họ bỏ thế nào" in office.sees
    await sits(office)
    await office.taps("Phiếu giấy")
    for name in ("Ủy Viên An", "Ủy Viên Ba", "Ủy Viên Dậu"):
        await office.taps(f"Bỏ phiếu giấy: {name}")
    await office.taps("Nhập số phiếu giấy")
    await office.says("3 0 0")
    await office.says("4 0 0")
    await office.sends_photo()
    await office.taps("Ghi")
    assert "Bỏ phiếu giấy: Ủy Viên An, Ủy Viên Ba" in office.sees
    await cu.says("menu")
    assert "Bỏ phiếu kín" not in cu.sees
    await sits(an)
    await an.taps("Kết thúc, kiểm phiếu")
    assert "Bằng nhau ở suất cuối: 3 đồng ý" in an.sees
    await an.taps("Xếp trước: Bùi Văn Minh")
    await an.says("Trực tiếp phục vụ người bệnh nhiều hơn.")
    assert "Bùi Văn Minh được xếp trước: Trực tiếp phục vụ" in an.sees
    assert "Trần Thị Lan. Đạt phiếu nhưng hết suất theo chỉ tiêu" in an.sees

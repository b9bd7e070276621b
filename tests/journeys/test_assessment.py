"""Self-assessment: from the first criterion to the receipt, and what happens around it."""

from datetime import timedelta

from db.models import Answer, Assessment, Round
from tests import builders
from tests.chat import Chat, Town

TOLD = "Đã thực hiện đầy đủ các nhiệm vụ được giao, có báo cáo kèm theo."

CLEAR = """\
Rõ người: điều dưỡng trưởng
Rõ việc: rà soát thủ tục ra viện
Rõ thời gian: trước ngày 30/11
Rõ trách nhiệm: trưởng khoa
Rõ sản phẩm: quy trình ra viện mới
Rõ thẩm quyền: Giám đốc phê duyệt"""


async def opens(chat: Chat, group: str, code: str) -> None:
    """From anywhere to the card of a criterion."""
    await chat.says("menu")
    await chat.taps("năm 2026")
    await chat.taps(f"{group})")
    await chat.taps(code)


#: Every criterion of the plan in its order, each with what is done there: said or picked, and then seen.
TOLD_IN_WORDS = (("says", TOLD, "Kết quả: Chờ xem xét"),)
NOT_MINE = (("taps", "Không áp dụng với tôi", "Không áp dụng. Lý do: Không thuộc nhiệm vụ của tôi"),)
ANSWERS = {
    "004-a1": TOLD_IN_WORDS,
    "004-a2": (("says", CLEAR, "Đã nêu đủ 6 mục; người thẩm định sẽ xem xét."),),
    "004-a3": TOLD_IN_WORDS,
    "004-b1": (("says", "100", "100 % đạt «đúng 100 %»"),),
    **dict.fromkeys(("004-b2", "004-b3"), TOLD_IN_WORDS),
    "004-c1": (
        ("says", "100%", "Công bố, công khai: 100 % đạt «đúng 100 %»"),
        ("says", "98,9", "Đúng và trước hạn: 98,9 % không đạt «từ 99 % trở lên» (cần tối thiểu 99 %"),
    ),
    "004-c2": (
        ("says", "12/98", "12/98 ≈ 12,24 % không đạt «từ 30 % trở lên»"),
        ("taps", "Trả lời lại", "đã được cắt giảm bao nhiêu phần trăm"),
        ("says", "35", "35 % đạt «từ 30 % trở lên»"),
    ),
    "004-c3": (("says", "90,0", "90,0 % không đạt «trên 90 %» (cần lớn hơn 90 %, bằng 90 % chưa đủ)"),),
    "004-c4": TOLD_IN_WORDS,
    **dict.fromkeys(("004-d1", "004-d2", "004-d3"), NOT_MINE),
    **dict.fromkeys(("004-đ1", "004-đ2"), TOLD_IN_WORDS),
    "004-đ3": (
        ("taps", "Có", "Anh/chị giải thích ngắn"),
        ("says", "Không có vi phạm nào trong năm.", "Anh/chị đã viết: «Không có vi phạm nào trong năm.»"),
    ),
    **dict.fromkeys(("004-đ4", "004-e1"), TOLD_IN_WORDS),
    "004-e2": (
        ("taps", "Không", "Anh/chị giải thích ngắn"),
        ("taps", "Bỏ qua", "Tự xác nhận là không, chưa đạt."),
    ),
    "004-g1": TOLD_IN_WORDS,
    "004-g2": (("says", "90", "90 % đạt «từ 90 % trở lên»"),),
    **dict.fromkeys(("004-g3", "004-g4"), TOLD_IN_WORDS),
    "004-h1": (
        ("taps", "Tốt", "PAR INDEX: mức Tốt đạt «Tốt trở lên»"),
        ("taps", "Khá", "SIPAS: mức Khá không đạt «Tốt trở lên» (cần Tốt hoặc Xuất sắc)"),
    ),
    "004-h2": (("says", "91.5", "91,5 % đạt «từ 90 % trở lên»"),),
    "004-h3": TOLD_IN_WORDS,
    "004-i1": (("says", "2", "2 sáng kiến, giải pháp, đã ghi nhận"),),
    **dict.fromkeys(("004-i2", "004-i3", "004-k1", "004-k2", "004-k3"), TOLD_IN_WORDS),
}


async def test_the_whole_of_it(town: Town) -> None:
    """Tự đánh giá từ đầu đến cuối: từng tiêu chí, từng kiểu trả lời, xem lại, ký, nhận bản sao."""
    lan = await town.joined("Trần Thị Lan")
    await lan.says("menu")
    await lan.taps("Bắt đầu tự đánh giá năm 2026")
    assert "0/32" in lan.sees
    await lan.taps("Bắt đầu: 004-a1")

    for place, (code, story) in enumerate(ANSWERS.items(), 1):
        assert f"({code})" in lan.sees
        for how, what, seen in story:
            await (lan.says(what) if how == "says" else lan.taps(what))
            assert seen in lan.sees
        assert f"{place}/32" in lan.sees
        await lan.taps("Tiếp theo" if place < len(ANSWERS) else "Xem lại và ký")

    assert "Đã trả lời hết các tiêu chí" in lan.sees
    await lan.taps("Ký xác nhận")
    assert "32 tiêu chí · Đạt: 5 · Chưa đạt: 4 · Chờ xem xét: 20 · Không áp dụng: 3" in lan.sees
    await lan.taps("Ký xác nhận")
    assert "Số biên nhận: TDG-00001-1" in lan.sees
    if town.surface.capabilities.files_out:
        assert [name for name, _content in lan.files] == ["tu-danh-gia-TDG-00001-1.docx"]
    else:
        assert "kênh này không chuyển được tệp" in lan.sees
    assert len(await town.rows(Answer)) == 32


async def test_at_ones_own_pace(town: Town) -> None:
    """Làm dần: để sau, nhảy tới nhóm, xem còn thiếu, hôm sau quay lại đúng chỗ."""
    lan = await town.joined("Trần Thị Lan")
    await lan.says("menu")
    await lan.taps("Bắt đầu")
    await lan.taps("Bắt đầu")
    await lan.taps("Để sau")
    assert "Đã để sau" in lan.sees
    assert "Tiêu chí 2/32".casefold() in lan.sees.casefold()
    await lan.says(CLEAR)
    await lan.taps("Quay lại")
    assert "a) Lãnh đạo, điều hành: 1/3" in lan.sees

    await lan.taps("Còn thiếu (31)")
    assert "004-a1 Trách nhiệm người đứng đầu" in lan.sees
    assert "004-a2" not in lan.sees
    await lan.taps("004-c3")
    await lan.says("95")
    await lan.taps("Hủy")
    assert "Những gì đã trả lời vẫn được lưu" in lan.sees
    assert "2/32 tiêu chí" in lan.sees

    await town.time_passes(hours=20)
    await lan.says("menu")
    assert "thứ Ba 24/11/2026" in lan.sees
    await lan.taps("Làm tiếp năm 2026 (2/32)")
    await lan.taps("a)")
    assert "▫️ 004-a1" in lan.sees
    assert "📝 004-a2" in lan.sees
    await lan.taps("004-a2")
    assert "Rõ thẩm quyền: Giám đốc phê duyệt" in lan.sees


async def test_numbers_that_cannot_be_read(town: Town) -> None:
    """Con số gõ chưa đúng: biết vì sao, không mất gì, gõ lại là được."""
    lan = await town.joined("Trần Thị Lan")
    await opens(lan, "c", "004-c1")
    await lan.says("100")
    for typed, told in (
        ("chín mươi chín", "Chưa đọc được con số trong «chín mươi chín»"),
        ("99 hoặc 98", "có nhiều hơn một con số"),
        ("250", "nằm ngoài mức có thể có (từ 0 đến 100 %)"),
        ("-5", "nằm ngoài mức có thể có"),
        ("5/0", "Mẫu số trong «5/0» bằng 0"),
        ("?", "Chưa đọc được con số"),
    ):
        await lan.says(typed)
        assert told in lan.sees
        assert "Các câu đã trả lời vẫn còn nguyên" in lan.sees
        assert "Công bố, công khai: 100 % đạt" in lan.sees
    await lan.says("99,0 %")
    assert "99,0 % đạt «từ 99 % trở lên»" in lan.sees

    await opens(lan, "i", "004-i1")
    for typed, told in (
        ("1,5", "phải là số nguyên"),
        ("50%", "không hỏi phần trăm"),
        ("1/2", "không hỏi tỷ lệ"),
    ):
        await lan.says(typed)
        assert told in lan.sees
    await lan.says("3")
    assert "3 sáng kiến, giải pháp" in lan.sees


async def test_what_does_not_concern_me(town: Town) -> None:
    """Việc không thuộc nhiệm vụ: bỏ cả nhóm, rồi bỏ phần còn lại bằng cách gõ chữ xác nhận; mở lại được."""
    lan = await town.joined("Trần Thị Lan")
    await lan.says("menu")
    await lan.taps("Bắt đầu")
    await lan.taps("đ)")
    await lan.taps("004-đ4")
    await lan.says(TOLD)
    await lan.taps("Quay lại")
    await lan.taps("đ)")
    await lan.taps("Phần còn lại không áp dụng")
    assert "đ) Chế độ công vụ: 4/4" in lan.sees

    await lan.taps("Còn thiếu (28)")
    await lan.taps("Các mục còn lại không áp dụng")
    assert "Ghi 28 tiêu chí còn lại là «Không áp dụng»?".casefold() in lan.sees.casefold()
    await lan.says("1")
    assert "Chưa hiểu" in lan.sees
    await lan.says("không áp dụng")
    assert "Đã ghi các mục còn lại là không áp dụng" in lan.sees
    assert "32/32" in lan.sees

    await lan.taps("a)")
    await lan.taps("004-a1")
    await lan.taps("Trả lời lại")
    await lan.says(TOLD)
    assert "Chờ xem xét" in lan.sees
    await lan.taps("Quay lại")
    assert "Xem lại và ký" in lan.sees


async def test_notes_and_second_thoughts(town: Town) -> None:
    """Ghi chú và đổi ý: thêm, sửa, xóa ghi chú; trả lời lại; gõ nhầm vào mục đã trả lời."""
    lan = await town.joined("Trần Thị Lan")
    await opens(lan, "c", "004-c3")
    await lan.says("92")
    await lan.taps("Ghi chú")
    await lan.says("Theo báo cáo quý III")
    assert "Đã lưu ghi chú" in lan.sees
    assert "Ghi chú: Theo báo cáo quý III" in lan.sees
    await lan.taps("Ghi chú")
    assert "Hiện có: Theo báo cáo quý III" in lan.sees
    await lan.says("Theo báo cáo năm, số 15/BC-TTYT")
    assert "Ghi chú: Theo báo cáo năm, số 15/BC-TTYT" in lan.sees

    await lan.says("93")
    assert "đã có câu trả lời nên tin nhắn vừa rồi chưa được ghi" in lan.sees
    assert "92 % đạt" in lan.sees
    await lan.taps("Trả lời lại")
    assert "là bao nhiêu phần trăm?" in lan.sees
    assert "Ghi chú: Theo báo cáo năm" in lan.sees
    await lan.says("93")
    assert "93 % đạt" in lan.sees

    await lan.taps("Ghi chú")
    await lan.taps("Xóa ghi chú")
    assert "Đã xóa ghi chú" in lan.sees
    assert "Theo báo cáo năm" not in lan.sees


async def test_signing_and_taking_back(town: Town) -> None:
    """Ký, xem bản đã ký, rút lại, sửa, ký lần hai; chưa đủ thì chưa ký được."""
    lan = await town.joined("Trần Thị Lan")
    await town.answers(lan, but=["004-k3"])
    await lan.says("menu")
    await lan.taps("Làm tiếp năm 2026 (31/32)")
    await lan.taps("Xem lại")
    assert "Còn thiếu (1)" in lan.sees
    assert "Ký xác nhận" not in lan.sees
    await lan.taps("Còn thiếu")
    await lan.taps("004-k3")
    await lan.taps("Để sau")
    assert "Đã để sau" in lan.sees
    await lan.taps("Còn thiếu")
    await lan.taps("004-k3")
    await lan.says(TOLD)
    await lan.taps("Xem lại và ký")
    await lan.taps("Ký xác nhận")
    await lan.says("1")
    assert "Chưa hiểu" in lan.sees
    await lan.taps("Ký xác nhận")
    assert "TDG-00001-1" in lan.sees

    await lan.says("menu")
    assert "đã ký" in lan.sees
    await lan.taps("Xem bản đã ký năm 2026")
    await lan.taps("k)")
    await lan.taps("004-k3")
    assert "Bản này đã ký, chỉ xem" in lan.sees
    await lan.says("thêm một câu")
    assert "đã ký nên không sửa được" in lan.sees

    await lan.taps("Quay lại")
    await lan.taps("Xem biên nhận")
    await lan.taps("Rút lại để sửa")
    assert "không còn hiệu lực cho đến khi anh/chị ký lại" in lan.sees
    await lan.taps("Rút lại")
    assert "Đã rút lại bản đã ký" in lan.sees
    await lan.taps("k)")
    await lan.taps("004-k3")
    await lan.taps("Trả lời lại")
    await lan.says("Giới thiệu hai điển hình của khoa.")
    await lan.taps("Xem lại và ký")
    await lan.taps("Ký xác nhận")
    await lan.taps("Ký xác nhận")
    assert "TDG-00001-2" in lan.sees


async def test_after_the_round_has_closed(town: Town) -> None:
    """Đợt đã khóa: xem lại được, không đổi được nữa."""
    lan = await town.joined("Trần Thị Lan")
    await opens(lan, "c", "004-c3")
    await lan.says("92")
    async with town.office() as session:
        await builders.closes(session, town.clock.now() + timedelta(hours=9))

    await lan.says("menu")
    assert "đợt khóa lúc 17:0" in lan.sees
    assert "thứ Hai 23/11/2026" in lan.sees
    await opens(lan, "c", "004-c4")
    await town.time_passes(hours=10)
    await lan.says(TOLD)
    assert "Đợt này đã khóa nên không thay đổi được nữa" in lan.sees
    assert "Đợt đã khóa, chỉ xem" in lan.sees

    await lan.says("menu")
    assert "đợt đã khóa, chưa ký (1/32 tiêu chí)" in lan.sees
    await lan.taps("Xem câu trả lời năm 2026")
    assert "Đợt đã khóa lúc 17:0" in lan.sees
    await lan.taps("Xem các câu trả lời")
    assert "004-c3 Hài lòng của người dân: Đạt (92 %)" in lan.sees
    assert "Ký xác nhận" not in lan.sees
    assert [row.criterion for row in await town.rows(Answer)] == ["004-c3"]
    assert [row.state for row in await town.rows(Assessment)] == ["draft"]


async def test_a_new_version_of_the_plan(town: Town) -> None:
    """Kế hoạch có bản mới khi đang làm dở: người đang làm giữ bản cũ, người mới làm bản mới."""
    lan = await town.joined("Trần Thị Lan", "NV001")
    hoa = await town.joined("Lê Thị Hoa", "NV002")
    await opens(lan, "c", "004-c3")
    async with town.office() as session:
        await builders.the_plan(
            session,
            town.clock.now(),
            ("đạt trên 90%", "đạt trên 95%"),
            ('operator = ">"\ntarget = 90', 'operator = ">"\ntarget = 95'),
        )

    await lan.says("94")
    assert "94 % đạt «trên 90 %»" in lan.sees
    await opens(hoa, "c", "004-c3")
    await hoa.says("94")
    assert "94 % không đạt «trên 95 %»" in hoa.sees
    assert len(await town.rows(Round)) == 6

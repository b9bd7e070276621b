"""A dossier is appraised: marked, sent back for a supplement, given back, and finished."""

import io
import zipfile

from db.models import AppraisalMark, Dossier, SupplementItem
from tests.chat import Chat, Town
from tests.services.appraising import HandedIn, handed_in


async def door(town: Town, chat: Chat, label: str, words: str) -> None:
    """Through the door of a notice."""
    if town.surface.capabilities.buttons:
        await chat.taps(label)
    else:
        await chat.says(words)


async def marks(judge: Chat) -> None:
    """One criterion is unclear and asked for again, the rest are reached."""
    await judge.taps("009-N1")
    assert "«Được xếp loại Hoàn thành tốt nhiệm vụ trở lên.»" in judge.sees
    await judge.taps("Cần làm rõ")
    await judge.says("mờ")
    assert "quá ngắn" in judge.sees
    await judge.says("Chưa thấy phiếu xếp loại có dấu.")
    assert "Đã ghi: Cần làm rõ." in judge.sees
    await judge.taps("Yêu cầu bổ sung mục này")
    await judge.says("Gửi phiếu xếp loại năm 2026 có dấu của đơn vị.")
    await judge.taps("Quay lại")
    await judge.taps("Còn lại: Đạt")
    assert "Đã ghi: Đạt." in judge.sees


async def finishes(judge: Chat) -> None:
    """What was unclear is clear now; everything is marked."""
    await judge.taps("Xem phần đã bổ sung")
    assert "→ Đã đóng dấu, bản quét gửi kèm." in judge.sees
    await judge.taps("Quay lại")
    await judge.taps("Kết thúc thẩm định")
    assert "1 tiêu chí «Cần làm rõ»" in judge.sees
    await judge.taps("Quay lại")
    await judge.taps("Trần Thị Lan")
    await judge.taps("009-N1")
    await judge.taps("Đạt")
    await judge.taps("009-N1")
    assert "trước đó: Cần làm rõ (Đỗ Thị Nhận" in judge.sees
    await judge.taps("Quay lại")
    await judge.taps("Quay lại")
    assert "✅ Trần Thị Lan (Khoa Mẫu 1): đạt (2/2 đạt)" in judge.sees
    await judge.taps("Kết thúc thẩm định")
    await judge.taps("Kết thúc thẩm định")
    assert "Đã kết thúc thẩm định" in judge.sees


async def papers(judge: Chat) -> None:
    """The report comes, comes once more, and the whole dossier."""
    name, content = judge.files[-1]
    assert (name, content[:2]) == ("bao-cao-tham-dinh-khoa-mau-1.docx", b"PK")
    await judge.says("/thamdinh")
    await judge.taps("Hồ sơ đã thẩm định")
    await judge.taps("Khoa Mẫu 1")
    await judge.taps("Mở báo cáo gần nhất")
    assert judge.files[-1] == (name, content)
    await judge.taps("Tải toàn bộ hồ sơ (ZIP)")
    name, content = judge.files[-1]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "Đơn vị: Đã đóng dấu, bản quét gửi kèm." in archive.read("danh-muc.txt").decode()
    assert len(judge.files) == 3


async def test_standard_beside_achievement(town: Town) -> None:
    """Thẩm định: nhận, đối chiếu từng tiêu chí, trả để bổ sung, đơn vị bổ sung, kết thúc, lập báo cáo."""
    story: HandedIn = await handed_in(town)
    judge, head = story.judge, story.head
    await judge.says("/thamdinh")
    assert "Khoa Mẫu 1: 1 trường hợp, chờ nhận thẩm định, còn 10 ngày làm việc" in judge.sees
    await judge.taps("Khoa Mẫu 1")
    await judge.taps("Nhận thẩm định")
    assert "Đã nhận thẩm định" in judge.sees
    await judge.taps("Trần Thị Lan")
    assert "Tự đánh giá → thẩm định" in judge.sees
    assert "▫️ 009-N1 Xếp loại: đạt → chưa ghi" in judge.sees
    await marks(judge)
    await judge.taps("Quay lại")
    await judge.taps("Mục cần bổ sung")
    assert "Trần Thị Lan, 009-N1: Gửi phiếu xếp loại" in judge.sees
    await judge.says("27/11/2026")
    assert "Hạn bổ sung: hết thứ Sáu 27/11/2026." in judge.sees
    await judge.taps("Trả hồ sơ để bổ sung")
    assert "Đã trả hồ sơ và báo đơn vị" in judge.sees
    assert "chờ đơn vị bổ sung" in judge.sees
    assert "Hồ sơ được trả lại để bổ sung".casefold() in head.sees.casefold()
    assert "Mục 1. Trần Thị Lan, 009-N1: Gửi phiếu xếp loại năm 2026" in head.sees

    await town.time_passes(hours=48)
    await door(town, head, "Bổ sung", f"BS {story.dossier}")
    assert "Còn 1 mục chưa bổ sung." in head.sees
    await head.taps("Mục 1")
    await head.says("Đã đóng dấu, bản quét gửi kèm.")
    assert "Đã ghi nội dung bổ sung." in head.sees
    await head.taps("Nộp lại hồ sơ")
    assert "Trần Thị Lan: chưa có báo cáo thành tích." in head.sees
    await head.says("Lý do: Báo cáo đã gửi bản giấy, đơn vị nộp sau.")
    assert "Lý do nộp khi còn lỗi: Báo cáo đã gửi bản giấy" in head.sees
    await head.taps("Nộp lại hồ sơ")
    assert "Đã nộp lại hồ sơ. Biên nhận HS-" in head.sees
    assert "Hồ sơ được nộp lại khi còn lỗi".casefold() in judge.sees.casefold()

    await door(town, judge, "Mở hồ sơ", f"TD {story.dossier}")
    assert "lần 2" in judge.sees
    await finishes(judge)
    (row,) = await town.rows(Dossier)
    assert (row.state, row.version) == ("appraised", 2)
    assert len(await town.rows(AppraisalMark)) == 3
    assert [one.answer for one in await town.rows(SupplementItem)] == ["Đã đóng dấu, bản quét gửi kèm."]

    await judge.taps("Lập báo cáo thẩm định")
    assert "Báo cáo thẩm định".casefold() in judge.sees.casefold()
    if town.surface.capabilities.files_out:
        await papers(judge)

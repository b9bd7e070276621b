"""The demonstration: from the link to the decision on an award, and the files it makes."""

import zipfile
from pathlib import Path, PurePath

import pytest

from bot import demo
from bot.sandbox.ground import Ground
from bot.trouble import TroubleError
from core.texts import demo as texts
from core.texts import demo_awards as award_texts
from core.texts import evidence as evidence_texts
from tests.bot.restored import logging_restored
from tests.builders import PLAN_FILE

#: A version that came back for a supplement has all the first one had, and what was asked for.
PAPERS_PACKED = {"01-to-trinh", "02-bien-ban-hop", "03-bao-cao-thanh-tich", "07-minh-chung", "08-bo-sung"}
CHOSEN = "Anh/chị được khen thưởng theo Quyết định số 15/QĐ-TTYT"
NOT_CHOSEN = "lần này anh/chị không có trong danh sách khen thưởng"


def test_it_is_played_from_the_link_to_the_decision(tmp_path: Path) -> None:
    before = Ground(tmp_path)
    before.take()
    (before.fresh(texts.RESULTS) / "of-the-last-time.docx").touch()
    before.let_go()
    told: list[str] = []
    with logging_restored():
        demo.play(told.append, tmp_path, PLAN_FILE)
    said = "\n".join(told)
    first = (texts.JOINING, texts.ANSWERING, texts.EVIDENCE, texts.SIGNING)
    for scene in (
        *first,
        texts.ANNOUNCING,
        texts.READING,
        texts.DUE,
        texts.HANDING_IN,
        texts.MISSING_IT,
        texts.OFFICE,
    ):
        assert f"──── {scene} · " in said
    for line in (
        "Đã kết nối. Chào anh/chị Nguyễn Mẫu Lan.",
        "90,0 % không đạt «trên 90 %» (cần lớn hơn 90 %, bằng 90 % chưa đủ).",
        "SIPAS: mức Xuất sắc đạt «Tốt trở lên».",
        "113/120 ≈ 94,17 % đạt «từ 90 % trở lên».",
        "Minh chứng (2):",
        evidence_texts.refused_notice("", "", "", old_stays=False).title,
        "Tệp ở định dạng Office cũ",
        "Số biên nhận: TDG-00001-1",
        "Đã nộp: văn bản số 12/BC-KKB, ngày thứ Năm 24/12/2026.",
        "Tệp: bao-cao-khoa-kham-benh.pdf",
    ):
        assert line in said
    assert said.endswith("Không có gì được gửi ra ngoài.")
    assert len(said.splitlines()) <= 1250
    assert max(len(line) for line in said.splitlines()) <= 140

    made = sorted((tmp_path / texts.RESULTS).iterdir(), key=lambda path: path.suffix)
    papers, (one, other, proof, archive) = made[:-4], made[-4:]
    assert {path.suffix for path in papers} == {".docx"}
    assert {"bien-ban-hop-hoi-dong-1.docx", "du-thao-quyet-dinh-1.docx"} <= {path.name for path in papers}
    assert (one.suffix, other.suffix, archive.suffix) == (".jpg", ".jpg", ".zip")
    assert proof.name.endswith(texts.PDF_NAME)
    with zipfile.ZipFile(archive) as packed:
        assert {PurePath(name).parts[0] for name in packed.namelist()} >= PAPERS_PACKED
    for path in made:
        assert str(path) in said

    assert_it_is_decided(said)

    read = said[said.index(texts.ANNOUNCING) : said.index(texts.DUE)]
    assert_in_order(
        read,
        "→ Cúc   │ Họp giao ban về cải cách hành chính",
        "→ Hùng  │ Họp giao ban về cải cách hành chính",
        "Cúc     │ [Đã đọc]",
        "Đã xác nhận đọc: 1 người (50%); chưa: 1.",
        "• Đỗ Mẫu Quang, Phòng Tổ chức - Hành chính (mẫu): 0900000002 (chưa tham gia)",
        "[Nhắc 1 người chưa đọc]",
        "→ Hùng  │ Nhắc đọc: Họp giao ban về cải cách hành chính",
    )
    assert "→ Cúc   │ Nhắc đọc" not in said, "who has read is not reminded"

    met, missed = said[: said.index(award_texts.NOMINATING)].split(texts.MISSING_IT)
    assert "Biên nhận: BC-" in met
    assert "→ Cúc" not in missed, "who handed in is not reminded again"
    assert_in_order(
        missed,
        "Hùng  │ Nhắc việc: báo cáo",
        "Hùng  │ Nhắc việc: báo cáo",
        "Hùng  │ Nhắc việc: báo cáo",
        "Hùng  │ Nhắc việc: báo cáo",
        "Thảo  │ Việc quá hạn: báo cáo",
        "Người phụ trách đã được nhắc lúc 07:30 thứ Sáu 15/01/2027.",
        "Mai   │ Quá hạn: 3 việc của 3 đơn vị",
        "• Khoa Nội (mẫu): 🔴 đã quá hạn 2 ngày làm việc",
        "• Khoa Khám bệnh (mẫu): ✅ đã nộp lúc 07:32 thứ Sáu 25/12/2026",
    )


def assert_it_is_decided(said: str) -> None:
    """Lan is chosen, Thảo after a supplement, Tâm is not; each is told."""
    assert_in_order(
        said,
        award_texts.NOMINATING,
        "Đã ghi đề nghị khen thưởng.",
        award_texts.MEETING,
        "Hồ Mẫu Thảo: 3/3 phiếu đồng ý (100 %), 0 không đồng ý, 0 trắng",
        award_texts.DOSSIER,
        "❌ Nguyễn Mẫu Lan: chưa có báo cáo thành tích.",
        award_texts.SUBMITTING,
        "[Khám hồ sơ (không có lỗi)]",
        "Đã nhận hồ sơ. Biên nhận HS-",
        award_texts.APPRAISING,
        "Trả hồ sơ để bổ sung",
        "→ Thảo  │ Hồ sơ được trả lại để bổ sung",
        award_texts.SUPPLEMENTING,
        "→ Kèm bảng xếp hạng do Sở Y tế công bố; 1 tệp",
        "Đã kết thúc thẩm định hồ sơ này.",
        award_texts.CALLING,
        "→ Yến   │ Mời họp Hội đồng Thi đua - Khen thưởng",
        award_texts.VOTING,
        "Đã ghi phiếu về Hồ Mẫu Thảo.",
        award_texts.CONCLUDING,
        "Đã bỏ đủ phiếu: 3. Chưa: không còn ai.",
        "✅ Nguyễn Mẫu Lan. Được chọn: 3 đồng ý",
        "✅ Hồ Mẫu Thảo. Được chọn: 3 đồng ý",
        "❌ Phan Mẫu Tâm. Không đạt 2/3 thành viên được bỏ phiếu: 0 đồng ý, 2 không đồng ý, 1 phiếu trắng",
        award_texts.APPROVING,
        "Đã phê duyệt danh sách.",
        award_texts.DECIDED,
        "Đã nhập Quyết định; những người được chọn đã ghi là được khen.",
    )
    assert_in_order(
        said[said.index(award_texts.ON_RECORD) :],
        "→ Lan   │ Khen thưởng của tôi",
        "Quyết định số 15/QĐ-TTYT",
        "→ Tâm   │ Khen thưởng của tôi",
        "Không được chọn khen thưởng lần này.",
        "→ Mai   │ Đã tạo bản nháp từ Quyết định",
    )
    told = said[said.index(award_texts.DECIDED) :]
    for name, result in (("Lan ", CHOSEN), ("Thảo", CHOSEN), ("Tâm ", NOT_CHOSEN)):
        assert_in_order(told, f"→ {name}  │ Kết quả xét khen thưởng", result)


def assert_in_order(said: str, *lines: str) -> None:
    """Each of these is said, one after the other."""
    place = 0
    for line in lines:
        assert line in said[place:], line
        place = said.index(line, place) + len(line)


def test_a_folder_with_other_data_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_text("real")
    with pytest.raises(TroubleError, match="không phải của bản dùng thử"):
        demo.play(lambda _line: None, tmp_path, PLAN_FILE)
    assert [path.name for path in tmp_path.iterdir()] == ["bot.db"]


def test_without_the_plan_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(TroubleError, match="Không thấy kế hoạch"):
        demo.play(lambda _line: None, tmp_path / "demo", tmp_path / "plan.toml")
    assert list(tmp_path.iterdir()) == []

"""The demonstration: from the link to the signed copy, what is announced, a day met or missed, the files."""

import zipfile
from pathlib import Path

import pytest

from bot import demo
from bot.sandbox.ground import Ground
from bot.trouble import TroubleError
from core.texts import demo as texts
from core.texts import evidence as evidence_texts
from tests.bot.restored import logging_restored
from tests.builders import PLAN_FILE


def test_a_self_assessment_and_a_day_due_are_played(tmp_path: Path) -> None:
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
    assert len(said.splitlines()) <= 490
    assert max(len(line) for line in said.splitlines()) <= 140

    made = sorted((tmp_path / texts.RESULTS).iterdir(), key=lambda path: path.suffix)
    assert [path.suffix for path in made] == [".docx", ".jpg", ".jpg", ".pdf"]
    assert zipfile.is_zipfile(made[0])
    assert made[-1].name.endswith(texts.PDF_NAME)
    for path in made:
        assert str(path) in said

    read = said[said.index(texts.ANNOUNCING) : said.index(texts.DUE)]
    assert_in_order(
        read,
        "→ Cúc  │ Họp giao ban về cải cách hành chính",
        "→ Hùng │ Họp giao ban về cải cách hành chính",
        "Cúc    │ [Đã đọc]",
        "Đã xác nhận đọc: 1 người (50%); chưa: 1.",
        "• Đỗ Mẫu Quang, Phòng Tổ chức - Hành chính (mẫu): 0900000002 (chưa tham gia)",
        "[Nhắc 1 người chưa đọc]",
        "→ Hùng │ Nhắc đọc: Họp giao ban về cải cách hành chính",
    )
    assert "→ Cúc  │ Nhắc đọc" not in said, "who has read is not reminded"

    met, missed = said.split(texts.MISSING_IT)
    assert "Biên nhận: BC-" in met
    assert "→ Cúc" not in missed, "who handed in is not reminded again"
    assert_in_order(
        missed,
        "Hùng │ Nhắc việc: báo cáo",
        "Hùng │ Nhắc việc: báo cáo",
        "Hùng │ Nhắc việc: báo cáo",
        "Hùng │ Nhắc việc: báo cáo",
        "Thảo │ Việc quá hạn: báo cáo",
        "Người phụ trách đã được nhắc lúc 07:30 thứ Sáu 15/01/2027.",
        "Mai  │ Quá hạn: 3 việc của 3 đơn vị",
        "• Khoa Nội (mẫu): 🔴 đã quá hạn 2 ngày làm việc",
        "• Khoa Khám bệnh (mẫu): ✅ đã nộp lúc 07:32 thứ Sáu 25/12/2026",
    )


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

"""The demonstration: everything from the link to the signed copy, and the files to look at."""

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


def test_a_whole_self_assessment_is_played(tmp_path: Path) -> None:
    before = Ground(tmp_path)
    before.take()
    (before.fresh(texts.RESULTS) / "of-the-last-time.docx").touch()
    before.let_go()
    told: list[str] = []
    with logging_restored():
        demo.play(told.append, tmp_path, PLAN_FILE)
    said = "\n".join(told)
    for scene in (texts.JOINING, texts.ANSWERING, texts.EVIDENCE, texts.SIGNING):
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
    ):
        assert line in said
    assert said.endswith("Không có gì được gửi ra ngoài.")
    assert len(said.splitlines()) <= 225
    assert max(len(line) for line in said.splitlines()) <= 140

    made = sorted((tmp_path / texts.RESULTS).iterdir(), key=lambda path: path.suffix)
    assert [path.suffix for path in made] == [".docx", ".jpg", ".jpg", ".pdf"]
    assert zipfile.is_zipfile(made[0])
    assert made[-1].name.endswith(texts.PDF_NAME)
    for path in made:
        assert str(path) in said


def test_a_folder_with_other_data_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_text("real")
    with pytest.raises(TroubleError, match="không phải của bản dùng thử"):
        demo.play(lambda _line: None, tmp_path, PLAN_FILE)
    assert [path.name for path in tmp_path.iterdir()] == ["bot.db"]


def test_without_the_plan_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(TroubleError, match="Không thấy kế hoạch"):
        demo.play(lambda _line: None, tmp_path / "demo", tmp_path / "plan.toml")
    assert list(tmp_path.iterdir()) == []

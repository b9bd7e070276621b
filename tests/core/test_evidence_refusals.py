"""What a person reads about a file that was not taken."""

import pytest

from core.evidence import FileFacts, FileKind, FileLimits, RefusedFile, may_prove
from core.texts.evidence_refusals import KEPT, kind_name, refused_file

LIMITS = FileLimits()
MB = 1024 * 1024


@pytest.mark.parametrize("reason", RefusedFile)
@pytest.mark.parametrize("facts", [FileFacts(1), FileFacts(1, FileKind.PDF, 9000, 9000, 700, 3000, 500 * MB)])
def test_every_reason_says_what_happened_that_nothing_is_lost_and_what_to_do(
    reason: RefusedFile, facts: FileFacts
) -> None:
    happened, kept, remedy = refused_file(reason, facts, LIMITS).partition(f" {KEPT} ")
    assert happened.endswith(".")
    assert kept
    assert remedy.startswith("Anh/chị ")
    assert remedy.endswith(".")
    assert "!" not in happened + remedy
    assert len(happened + remedy) < 400


def test_no_two_reasons_read_alike() -> None:
    sentences = {refused_file(reason, FileFacts(1), LIMITS) for reason in RefusedFile}
    assert len(sentences) == len(RefusedFile)


@pytest.mark.parametrize(
    ("reason", "facts", "said"),
    [
        (RefusedFile.TOO_BIG, FileFacts(34 * MB), "Tệp 34 MB, giới hạn 20 MB."),
        (RefusedFile.TOO_BIG, FileFacts(0), "Tệp vượt giới hạn 20 MB."),
        (
            RefusedFile.TOO_BIG,
            FileFacts(20 * MB + 1),
            "Tệp 20.971.521 byte, giới hạn 20.971.520 byte (20 MB).",
        ),
        (RefusedFile.TOO_MANY_PAGES, FileFacts(1, pages=1612), "Tệp PDF có 1.612 trang, giới hạn 500 trang."),
        (
            RefusedFile.TOO_MANY_PIXELS,
            FileFacts(1, width=9000, height=8000),
            "Ảnh 9000×8000 điểm ảnh, giới hạn 50 megapixel.",
        ),
        (RefusedFile.TYPE_MISMATCH, FileFacts(1, FileKind.PDF), "Theo tên thì đây là tệp PDF"),
        (RefusedFile.HEIC_NOT_READ, FileFacts(1), "Anh/chị gửi dạng ảnh JPEG"),
        (RefusedFile.ENCRYPTED, FileFacts(1), "lưu một bản không có mật khẩu"),
    ],
)
def test_the_figures_are_in_the_sentence(reason: RefusedFile, facts: FileFacts, said: str) -> None:
    assert said in refused_file(reason, facts, LIMITS)


def test_kinds_have_names() -> None:
    assert {kind_name(kind) for kind in FileKind} >= {"ảnh JPEG", "tệp PDF", "tệp Word (.docx)"}


@pytest.mark.parametrize(
    ("name", "mime", "may"),
    [
        ("bien-ban.txt", "text/plain", False),
        ("bien-ban.docx", "", False),
        ("Biên bản.PDF", "application/octet-stream", True),
        ("IMG_1.HEIC", "", True),
        ("anh.jpg", "", True),
        ("", "image/jpeg", True),
        ("tep", "", True),
    ],
)
def test_what_may_be_a_photo_or_a_pdf(name: str, mime: str, may: bool) -> None:  # noqa: FBT001 - a row
    assert may_prove(name, mime) is may

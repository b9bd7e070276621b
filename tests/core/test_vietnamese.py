"""Vietnamese as it is typed on phones, compared, cleaned and written out."""

import unicodedata
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.vietnamese import (
    clean_line,
    clean_paragraphs,
    file_size,
    fold,
    inside_a_sentence,
    long_date,
    moment,
    official_date,
    official_moment,
    words_only,
    words_spelt,
)

MB = 1024 * 1024


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Đường", "duong"),
        ("  Nguyễn   Thị  Ánh ", "nguyen thi anh"),
        ("THỦ TƯỚNG", "thu tuong"),
        ("huỷ", "huy"),
        ("hủy", "huy"),
        (unicodedata.normalize("NFD", "Kế hoạch"), "ke hoach"),
        ("ﬁle", "file"),
    ],
)
def test_words_are_compared_without_diacritics(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert words_only(words_only(text)) == words_only(text)


@given(st.text(max_size=40))
def test_composed_or_not_is_the_same_to_the_reader(text: str) -> None:
    composed, apart = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert words_spelt(composed) == words_spelt(apart)
    assert fold(composed) == fold(apart)


def test_what_is_no_letter_and_no_digit_is_dropped() -> None:
    assert words_only("▶️ Tiếp tục: 004-a1") == "tiep tuc 004 a1"
    assert words_spelt("⬅️ Quay lại") == "quay lại"
    assert words_only("«?!»") == ""


@given(st.text(max_size=200), st.integers(1, 80))
def test_a_cleaned_line_is_one_printable_line(text: str, limit: int) -> None:
    line = clean_line(text, limit)
    assert len(line) <= limit
    assert line == line.lstrip()
    assert all(unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"} for letter in line)


def test_a_line_that_reads_otherwise_than_it_is_stored_is_put_right() -> None:
    assert clean_line("minh chung\u202efdp.exe", 80) == "minh chungfdp.exe"
    assert clean_line("a\u200bb\x00c\td\n e", 80) == "abc d e"


@given(st.text(max_size=300))
def test_paragraphs_stay_apart_and_empty_ones_go(text: str) -> None:
    told = clean_paragraphs(text, 100)
    assert len(told) <= 100
    assert "\n\n" not in told


def test_dates_and_moments_name_the_day_of_the_week() -> None:
    assert long_date(date(2026, 12, 14)) == "thứ Hai 14/12/2026"
    assert long_date(date(2026, 12, 20)) == "Chủ nhật 20/12/2026"
    late = datetime(2026, 12, 13, 17, 5, tzinfo=UTC)
    assert moment(late.astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))) == "00:05 thứ Hai 14/12/2026"


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0, "1 KB"),
        (1, "1 KB"),
        (87 * 1024, "87 KB"),
        (MB, "1,0 MB"),
        (int(1.24 * MB), "1,2 MB"),
        (20 * MB, "20 MB"),
        (34 * MB, "34 MB"),
    ],
)
def test_sizes_are_said_as_people_say_them(size: int, said: str) -> None:
    assert file_size(size) == said


def test_a_label_inside_a_sentence_begins_small_unless_it_is_an_abbreviation() -> None:
    assert inside_a_sentence("Năm 2026") == "năm 2026"
    assert inside_a_sentence("Đợt 1") == "đợt 1"
    assert inside_a_sentence("CCHC 2026") == "CCHC 2026"
    assert inside_a_sentence("") == ""


def test_days_of_papers_are_padded_as_decreed() -> None:
    assert official_date(date(2026, 3, 5)) == "ngày 05 tháng 3 năm 2026"
    assert official_moment(datetime(2027, 1, 20, 14, 0, tzinfo=UTC)) == "14 giờ 00, ngày 20 tháng 01 năm 2027"

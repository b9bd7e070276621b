"""Names as people give them, made safe to show."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.filenames import LONGEST, NAMELESS, clean_name, dashed, split_name


@pytest.mark.parametrize(
    ("given_name", "cleaned"),
    [
        ("Báo cáo quý I.docx", "Báo cáo quý I.docx"),
        ("13/12 họp giao ban.jpg", "13-12 họp giao ban.jpg"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Users\\Anh\\a.pdf", "C--Users-Anh-a.pdf"),
        ("anh\u202egpj.exe", "anhgpj.exe"),
        ("a.pdf\0.exe", "a.pdf.exe"),
        ("a\u0301nh.jpg", "ánh.jpg"),
        ("  nhiều   khoảng\ttrắng .pdf  ", "nhiều khoảng trắng.pdf"),
        ("hai\ndòng.pdf", "hai dòng.pdf"),
        ("một\u2044hai\uff0fba.pdf", "một-hai-ba.pdf"),
        (".htaccess", "htaccess"),
        ("a.pdf.", "a.pdf"),
        ("", NAMELESS),
        ("...", NAMELESS),
        ("\u200b\u202e", NAMELESS),
    ],
)
def test_a_name_is_cleaned(given_name: str, cleaned: str) -> None:
    assert clean_name(given_name) == cleaned


def test_a_long_name_keeps_its_extension() -> None:
    name = clean_name("rất dài " * 50 + ".docx")
    assert len(name) <= LONGEST
    assert name.startswith("rất dài rất dài")
    assert name.endswith(".docx")


def test_what_merely_looks_like_an_extension_is_none() -> None:
    assert split_name("bản cuối.đã ký và đóng dấu") == ("bản cuối.đã ký và đóng dấu", "")
    assert split_name("a.JPG") == ("a", ".JPG")


@given(st.text(max_size=300))
def test_any_text_becomes_a_safe_name(text: str) -> None:
    name = clean_name(text)
    assert 0 < len(name) <= LONGEST
    assert not set(name) & set('/\\:*?"<>|')
    assert name not in {".", ".."}
    assert unicodedata.is_normalized("NFC", name)
    assert all(unicodedata.category(letter) not in {"Cc", "Cf", "Cs"} for letter in name)
    assert clean_name(name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Khoa Nội (Mẫu)", "khoa-noi-mau"),
        ("Phòng Tổ chức – Hành chính/…", "phong-to-chuc-hanh-chinh"),
        ("Đội 3 «Cơ động» và hậu cần y tế", "doi-3-co-dong-va-hau-can"),
        ("…", ""),
    ],
)
def test_a_name_of_letters_and_digits(text: str, name: str) -> None:
    assert dashed(text, 24) == name

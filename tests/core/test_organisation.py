"""Units as facts: words, codes, kinds and the tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.organisation import (
    UnitKind,
    code_key,
    kind_of_name,
    loses_diacritics,
    made_code,
    on_a_loop,
    read_kind,
    unit_words,
    upwards,
)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Sở Y tế", UnitKind.DEPARTMENT),
        ("TTYT thị xã Hoài Nhơn", UnitKind.CENTRE),
        ("Trung tâm Kiểm soát bệnh tật", UnitKind.CENTRE),
        ("CDC", UnitKind.CENTRE),
        ("BVĐK tỉnh", UnitKind.HOSPITAL),
        ("Trạm Y tế phường Bồng Sơn", UnitKind.STATION),
        ("Chi cục Dân số", UnitKind.AGENCY),
        ("Khoa Nội", UnitKind.WARD),
        ("Văn phòng", UnitKind.OFFICE),
        ("Phòng Tổ chức - Hành chính", UnitKind.OFFICE),
        ("Bangladesh", UnitKind.OTHER),
        ("", UnitKind.OTHER),
    ],
)
def test_a_name_tells_the_kind(name: str, kind: UnitKind) -> None:
    assert kind_of_name(name) is kind


def test_a_kind_is_read_by_its_word_or_its_code() -> None:
    assert read_kind("Bệnh viện") is read_kind("hospital") is UnitKind.HOSPITAL
    assert read_kind("") is read_kind("siêu thị") is None


def test_names_are_compared_without_marks_case_or_abbreviation() -> None:
    assert unit_words("TTYT  TX. Hoài Nhơn") == unit_words("Trung tâm Y tế thị xã Hoài Nhơn")
    assert unit_words("Khoa Nội") != unit_words("Khoa Ngoại")


def test_lost_marks_are_no_new_spelling() -> None:
    assert loses_diacritics("Trung tam", "Trung tâm")
    assert not loses_diacritics("Trung tâm", "Trung tam")
    assert not loses_diacritics("Trung tam khac", "Trung tâm")


def test_a_made_code_is_its_own() -> None:
    assert made_code("Khoa Nội", []) == "KHOA-NOI"
    assert made_code("Khoa Nội", ["khoa-noi", "KHOA-NOI-2"]) == "KHOA-NOI-3"
    assert len(made_code("Rất dài " * 20, [])) <= 40
    assert code_key(" tt 01 ") == code_key("TT01")


@given(st.dictionaries(st.integers(1, 8), st.one_of(st.none(), st.integers(1, 8)), max_size=8))
def test_a_unit_is_on_a_loop_when_it_stands_above_itself(parents: dict[int, int | None]) -> None:
    def above_itself(unit: int) -> bool:
        return unit in upwards(parents.get(unit), parents)

    assert on_a_loop(parents) == {unit for unit in parents if above_itself(unit)}

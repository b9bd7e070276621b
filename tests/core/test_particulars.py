"""What is kept of a day of birth and a sex as people type them, and what is refused."""

from datetime import date

import pytest

from core.particulars import told_as
from core.refusals import Code, Refusal
from core.texts.particulars import SEXES

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("12/3/1988", "12/03/1988"),
        ("12-03-1988", "12/03/1988"),
        ("Ngày 12 tháng 3 năm 1988", "12/03/1988"),
        ("29/2/1988", "29/02/1988"),
        ("", ""),
    ],
)
def test_a_day_of_birth_is_kept_in_one_way(words: str, kept: str) -> None:
    assert told_as("born_on", words, TODAY, SEXES.values()) == kept


@pytest.mark.parametrize(
    "words",
    ["32/13/1988", "29/2/1987", "1988", "12/3", "12/3/88", "12/3/2026", "1/1/1900", "Nữ", "12/٣/1988"],
)
def test_what_is_no_day_of_birth_is_refused(words: str) -> None:
    with pytest.raises(Refusal) as refused:
        told_as("born_on", words, TODAY, SEXES.values())
    assert refused.value.code is Code.PARTICULARS_BORN


def test_a_sex_is_one_of_two_and_everything_else_is_kept_as_it_was_told() -> None:
    assert told_as("sex", "nữ", TODAY, SEXES.values()) == "Nữ"
    assert told_as("sex", " NAM ", TODAY, SEXES.values()) == "Nam"
    with pytest.raises(Refusal) as refused:
        told_as("sex", "12/3/1988", TODAY, SEXES.values())
    assert refused.value.code is Code.PARTICULARS_SEX
    assert told_as("home", "Xã Ví Dụ", TODAY, SEXES.values()) == "Xã Ví Dụ"

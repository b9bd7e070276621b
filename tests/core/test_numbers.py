"""Numbers as people type them."""

import contextlib
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.numbers import NumberProblem, format_number, format_percent, format_share, read_number
from core.refusals import Code, Refusal

decimals = st.decimals(
    min_value=-(10**12), max_value=10**12, allow_nan=False, allow_infinity=False, places=3
) | st.decimals(min_value=-1000, max_value=1000, allow_nan=False, allow_infinity=False, places=6)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("90", "90"),
        ("90,0", "90.0"),
        ("90.5", "90.5"),
        ("90,0 %", "90"),
        ("90%.", "90"),
        ("90 phần trăm", "90"),
        ("90 phan tram", "90"),
        ("90,5", "90.5"),
        ("\uff19\uff10\uff0c\uff15\uff05", "90.5"),  # full width
        ("90 , 5", "90.5"),
        ("\u00a090,5\u202f%", "90.5"),
        ("1.234", "1234"),
        ("1.234 %", "1.234"),
        ("1,234", "1.234"),
        ("0.123", "0.123"),
        ("1234.567", "1234.567"),
        ("1.234.567", "1234567"),
        ("1 234 567", "1234567"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("-5", "-5"),
        ("\u22125", "-5"),
        ("+5", "5"),
        ("007", "7"),
        ("891/990", "90"),
        ("1.200/1.200", "100"),
        ("12 / 96", "12.5"),
    ],
)
def test_what_is_typed_is_what_is_meant(typed: str, meant: str) -> None:
    assert read_number(typed).value == Decimal(meant)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", NumberProblem.EMPTY),
        ("   ", NumberProblem.EMPTY),
        ("%", NumberProblem.EMPTY),
        ("nhiều lắm", NumberProblem.NOT_A_NUMBER),
        ("khoảng 90", NumberProblem.NOT_A_NUMBER),
        ("> 90", NumberProblem.NOT_A_NUMBER),
        ("½", NumberProblem.NOT_A_NUMBER),
        ("90²", NumberProblem.NOT_A_NUMBER),
        ("٩٠", NumberProblem.NOT_A_NUMBER),
        ("1e9", NumberProblem.SEVERAL),
        ("NaN", NumberProblem.NOT_A_NUMBER),
        ("90-95", NumberProblem.SEVERAL),
        ("từ 90 đến 95", NumberProblem.SEVERAL),
        ("12 98", NumberProblem.SEVERAL),
        ("1/2/3", NumberProblem.SEVERAL),
        ("1,2,3", NumberProblem.SEPARATORS),
        ("1.23.456", NumberProblem.SEPARATORS),
        ("1,234,567", NumberProblem.SEPARATORS),
        ("1.2,3.4", NumberProblem.SEPARATORS),
        ("5/0", NumberProblem.ZERO_WHOLE),
        ("-5/10", NumberProblem.NEGATIVE_PART),
        ("/", NumberProblem.NOT_A_NUMBER),
        ("9" * 41, NumberProblem.TOO_LONG),
    ],
)
def test_nonsense_is_refused_by_a_closed_code(typed: str, problem: NumberProblem) -> None:
    with pytest.raises(Refusal) as refused:
        read_number(typed)
    assert refused.value.code is Code.NUMBER_UNREADABLE
    assert refused.value.facts["problem"] is problem


def test_a_fraction_keeps_its_parts() -> None:
    reading = read_number("1.200/1.250")
    assert (reading.part, reading.whole, reading.value) == (Decimal(1200), Decimal(1250), Decimal(96))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("1234567.5", "1.234.567,5"),
        ("90.0", "90,0"),
        ("-1234", "-1.234"),
        ("1E+3", "1.000"),
        ("0.001", "0,001"),
    ],
)
def test_written_the_vietnamese_way(value: str, written: str) -> None:
    assert format_number(Decimal(value)) == written


@given(decimals)
def test_what_is_written_is_read_back_the_same(value: Decimal) -> None:
    assert read_number(format_number(value)).value == value


@given(decimals)
def test_a_written_percentage_is_read_back_the_same(value: Decimal) -> None:
    assert read_number(format_percent(value), percent=True).value == value


@given(st.text(max_size=50) | st.text(alphabet="0123456789.,/ %-", max_size=20))
def test_any_text_is_a_finite_number_or_refused(text: str) -> None:
    with contextlib.suppress(Refusal):
        assert read_number(text).value.is_finite()


def test_a_share_of_votes_is_rounded_down() -> None:
    assert format_share(Fraction(2, 3)) == "66,6 %"
    assert format_share(Fraction(1)) == "100 %"

"""Telephone numbers as people and spreadsheets write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.phones import normal_phone


@pytest.mark.parametrize(
    ("typed", "number", "restored"),
    [
        ("0912345678", "0912345678", False),
        ("0912 345 678", "0912345678", False),
        ("0912.345.678", "0912345678", False),
        ("(0256) 3851-234", "02563851234", False),
        ("+84912345678", "0912345678", False),
        ("+84 0912345678", "0912345678", False),
        ("84912345678", "0912345678", False),
        ("0084912345678", "0912345678", False),
        ("+84 256 385 1234", "02563851234", False),
        ("912345678", "0912345678", True),
        ("2563851234", "02563851234", True),
        ("0281234567", None, False),
        ("01234567890", None, False),
        ("0612345678", None, False),
        ("091234567", None, False),
        ("09123456789", None, False),
        ("0912345678 / 0987654321", None, False),
        ("1900 1234", None, False),
        ("115", None, False),
        ("\uff19\uff11\uff12345678", None, False),
        ("9.12345678E8", None, False),
        ("", None, False),
    ],
)
def test_a_number_is_read(typed: str, number: str | None, restored: bool) -> None:  # noqa: FBT001 - a column of the table
    assert normal_phone(typed) == (None if number is None else (number, restored))


@given(st.text(max_size=20))
def test_whatever_is_read_reads_as_itself(typed: str) -> None:
    found = normal_phone(typed)
    if found is not None:
        assert normal_phone(found[0]) == (found[0], False)

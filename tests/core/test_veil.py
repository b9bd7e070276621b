"""What is picked behind a veil is understood by who holds the secret, and by nobody else."""

from hypothesis import given
from hypothesis import strategies as st

from core.veil import covered, marks, uncovered

KEYS = ("vote.for", "vote.against", "vote.blank", "next")
secrets = st.binary(min_size=32, max_size=32)


@given(secrets, st.integers(1, 10**6), st.sampled_from(KEYS))
def test_what_was_covered_is_found_again(secret: bytes, turn: int, key: str) -> None:
    assert uncovered(secret, "1001", turn, covered(secret, "1001", turn, key), KEYS) == key
    assert uncovered(secret, "1001", turn, marks(secret, "1001", turn, KEYS)[key], KEYS) == key


@given(secrets, st.integers(1, 10**6))
def test_marks_are_three_digits_and_all_different(secret: bytes, turn: int) -> None:
    found = marks(secret, "1001", turn, KEYS)
    assert len(set(found.values())) == len(KEYS)
    assert all(len(mark) == 3 and mark.isdecimal() and mark[0] != "0" for mark in found.values())


@given(secrets, secrets, st.sampled_from(KEYS))
def test_without_the_secret_it_means_nothing(secret: bytes, other: bytes, key: str) -> None:
    said = covered(secret, "1001", 7, key)
    assert key not in said
    if secret != other:
        assert uncovered(other, "1001", 7, said, KEYS) is None
    assert uncovered(secret, "1002", 7, said, KEYS) is None
    assert uncovered(secret, "1001", 8, said, KEYS) is None

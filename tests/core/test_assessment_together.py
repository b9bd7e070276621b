"""Several answers in one message: read as they were meant, or named back, and nothing made up."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.assessment_together import LETTERS, Asked, Part, read

#: Two with letters, a figure, words; the last two may also be said not to apply.
SCREEN = (Asked(3), Asked(2), Asked(1, figure=True), Asked(1, words=True), Asked(0, words=True))


@st.composite
def picks(draw: st.DrawFn) -> tuple[dict[int, int], str]:
    """Letters for some of five criteria, and one of the ways in which people write them down."""
    numbers = draw(st.lists(st.integers(1, 5), min_size=1, max_size=5, unique=True))
    chosen = {number: draw(st.integers(0, 3)) for number in numbers}
    between = draw(st.sampled_from(["", ":", ": ", " ", ".", ") ", " - ", "="]))
    apart = draw(st.sampled_from(["", " ", ", ", "; ", "\n", ",\n", "  "]))
    case = draw(st.sampled_from([str.upper, str.lower]))
    told = [f"{number}{between}{case(LETTERS[chosen[number]])}" for number in numbers]
    return chosen, draw(st.sampled_from(["", " "])) + apart.join(told) + draw(st.sampled_from(["", ".", " "]))


@given(picks())
def test_letters_are_read_however_they_are_set(told: tuple[dict[int, int], str]) -> None:
    chosen, text = told
    found = read(text, [Asked(4)] * 5)
    assert {part.number: part.letter for part in found.parts} == chosen
    assert found.strange == ()


@given(st.text(string.ascii_letters + string.digits + " :.,;=)-%/\nđĐừ", max_size=60))
def test_nothing_is_made_up(text: str) -> None:
    found = read(text, SCREEN)
    assert len({part.number for part in found.parts}) == len(found.parts)
    for part in found.parts:
        assert 1 <= part.number <= len(SCREEN)
        assert str(part.number) in text
        takes = SCREEN[part.number - 1]
        if part.letter is None:
            assert takes.figure or takes.words
            assert all(line in text for line in part.text.splitlines())
        else:
            assert part.letter < takes.letters
    if not found.parts and text.strip(" ,;.\n"):
        assert found.strange


@given(picks(), st.integers(1, 5), st.integers(4, 6))
def test_what_a_criterion_does_not_offer_is_named_back(
    told: tuple[dict[int, int], str], number: int, beyond: int
) -> None:
    wrong = f"{number}{LETTERS[beyond]}"
    found = read(f"{told[1]}\n{wrong}", [Asked(4)] * 5)
    assert wrong in found.strange
    assert {part.number for part in found.parts} == set(told[0])


@pytest.mark.parametrize(
    ("text", "parts", "strange"),
    [
        ("1A 2B", [Part(1, 0), Part(2, 1)], []),
        ("1a2b 3: 95%", [Part(1, 0), Part(2, 1), Part(3, text="95%")], []),
        ("3=12/98, 1c", [Part(1, 2), Part(3, text="12/98")], []),
        ("3: 95,5 %", [Part(3, text="95,5 %")], []),
        ("3a\n4: Đã mở 3 lớp, 5 buổi.", [Part(3, 0), Part(4, text="Đã mở 3 lớp, 5 buổi.")], []),
        ("4: Đầu\nsau\n5. Việc", [Part(4, text="Đầu\nsau"), Part(5, text="Việc")], []),
        ("4: 95%", [Part(4, text="95%")], []),
        ("4Z 1A", [Part(1, 0)], ["4Z"]),
        ("1A 1B 2A", [Part(2, 0)], ["1B", "1A"]),
        ("1A 1a", [Part(1, 0)], []),
        ("1: 95", [], ["1: 95"]),
        ("9A 0B", [], ["9A", "0B"]),
        ("4: Đầu\n5 tận tụy\nsau", [Part(4, text="Đầu")], ["5 tận tụy", "sau"]),
        ("4: Đầu\n3 lớp, 5 buổi", [Part(4, text="Đầu\n3 lớp, 5 buổi")], []),
        ("1A chắc vậy", [Part(1, 0)], ["chắc vậy"]),
        ("chín mươi, 1A chắc", [Part(1, 0)], ["chín mươi", "chắc"]),
        ("4: ok", [], ["4: ok"]),
        ("95", [], ["95"]),
        ("", [], []),
    ],
)  # fmt: skip
def test_what_people_type(text: str, parts: list[Part], strange: list[str]) -> None:
    found = read(text, SCREEN)
    assert (list(found.parts), list(found.strange)) == (parts, strange)

"""What people type for two years and for several things to name."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.criteria import DeltaGiven, SlotsGiven
from core.criteria_typed import SLOT_LIMIT, missing_slots, take_delta, take_slots
from core.measures import DeltaMeasure, Gain, Slot, SlotsMeasure
from core.numbers import NumberProblem, format_number
from core.refusals import Code, Refusal
from core.texts.refusals import sentence

SCORE = DeltaMeasure("1", "?", Gain.SCORE, "điểm", low=Decimal(0), high=Decimal(100))
RANK = DeltaMeasure("1", "?", Gain.RANK, "bậc", low=Decimal(1))
CLEAR = SlotsMeasure(
    "1",
    "?",
    (Slot("nguoi", "Rõ người"), Slot("viec", "Rõ việc"), Slot("thoi-gian", "Rõ thời gian")),
)
hundredths = st.decimals(min_value=0, max_value=100, places=2, allow_nan=False, allow_infinity=False)


Told = TypeVar("Told")


def attempt(taken: Callable[[], Told]) -> Told | Refusal:
    """What was understood, or why nothing was."""
    try:
        return taken()
    except Refusal as refused:
        return refused


@pytest.mark.parametrize(
    "typed",
    [
        "70,5 72",
        "70,5 → 72",
        "70,5 -> 72",
        "70,5-72",
        "70,5 – 72",
        "70,5; 72",
        "70,5, 72",
        "70.5 lên 72",
        "từ 70,5 điểm lên 72 điểm",
        "năm trước 70,5 năm nay 72",
        "Năm trước: 70,5 điểm\nNăm nay: 72 điểm",
        "năm ngoái được 70,5 còn năm nay 72",
        "năm nay 72, năm trước 70,5",
        "năm nay 72 năm ngoái 70,5",
        "72 năm nay, 70,5 năm trước",
        "70,5 năm trước, 72 năm nay",
        "72, năm trước 70,5",
        "70,5 năm nay 72",
        "năm 2024 70,5 năm 2025 72",
        "năm 2025: 72, năm 2024: 70,5",
    ],
)
def test_two_years_in_many_words(typed: str) -> None:
    assert take_delta(SCORE, typed) == DeltaGiven(Decimal("70.5"), Decimal(72))


@pytest.mark.parametrize(
    ("known", "typed", "given"),
    [
        (None, "9", DeltaGiven(Decimal(9))),
        (None, "hạng 9", DeltaGiven(Decimal(9))),
        (None, "năm nay hạng 6", DeltaGiven(None, Decimal(6))),
        (DeltaGiven(None, Decimal(6)), "9", DeltaGiven(Decimal(9), Decimal(6))),
        (DeltaGiven(Decimal(9)), "6", DeltaGiven(Decimal(9), Decimal(6))),
        (DeltaGiven(Decimal(9)), "thứ 6 năm nay", DeltaGiven(Decimal(9), Decimal(6))),
        (DeltaGiven(Decimal(8)), "năm trước 9", DeltaGiven(Decimal(9))),
        (DeltaGiven(Decimal(8)), "9 6", DeltaGiven(Decimal(9), Decimal(6))),
    ],
)
def test_one_year_at_a_time(known: DeltaGiven | None, typed: str, given: DeltaGiven) -> None:
    assert take_delta(RANK, typed, known) == given


@pytest.mark.parametrize(
    ("measure", "typed", "problem"),
    [
        (SCORE, "", NumberProblem.EMPTY),
        (SCORE, "tăng nhiều", NumberProblem.NOT_TWO),
        (SCORE, "70 hoặc 71", NumberProblem.NOT_TWO),
        (SCORE, "70 triệu 72 triệu", NumberProblem.NOT_TWO),
        (RANK, "9/63 6/63", NumberProblem.MORE_THAN_TWO),
        (RANK, "9/63", NumberProblem.NOT_TWO),
        (SCORE, "70 71 72", NumberProblem.MORE_THAN_TWO),
        (SCORE, "70% 72%", NumberProblem.PERCENT_UNWANTED),
        (SCORE, "70 101", NumberProblem.OUT_OF_RANGE),
        (SCORE, "-5 72", NumberProblem.OUT_OF_RANGE),
        (RANK, "9 6,5", NumberProblem.NOT_A_RANK),
        (RANK, "0 6", NumberProblem.NOT_A_RANK),
        (RANK, "9 -6", NumberProblem.NOT_A_RANK),
        (SCORE, "7" * 90, NumberProblem.TOO_LONG),
    ],
)
def test_two_years_that_cannot_be_read(measure: DeltaMeasure, typed: str, problem: NumberProblem) -> None:
    with pytest.raises(Refusal) as refused:
        take_delta(measure, typed)
    assert refused.value.facts["problem"] is problem
    assert sentence(refused.value).endswith("Các câu đã trả lời vẫn còn nguyên.")


@given(hundredths, hundredths, st.sampled_from([" ", " → ", " lên ", "; ", "\n", ", "]))
def test_any_two_figures_are_read_as_they_were_written(before: Decimal, now: Decimal, between: str) -> None:
    typed = f"{format_number(before)}{between}{format_number(now)}"
    assert take_delta(SCORE, typed) == DeltaGiven(before, now)
    assert take_delta(
        SCORE, f"năm nay {format_number(now)}, năm trước {format_number(before)}"
    ) == DeltaGiven(before, now)


@given(st.text(max_size=100))
def test_whatever_is_typed_is_two_years_or_refused(typed: str) -> None:
    told = attempt(lambda: take_delta(RANK, typed))
    if isinstance(told, DeltaGiven):
        assert all(one is None or (one >= 1 and one == int(one)) for one in (told.before, told.now))
    else:
        assert told.code is Code.NUMBER_UNREADABLE
        assert sentence(told)


@pytest.mark.parametrize(
    "typed",
    [
        "rõ người: Lan\nrõ việc: tiếp đón\nrõ thời gian: trước 30/11",
        "Rõ người – Lan\nViệc: tiếp đón\nthoi gian = trước 30/11",
        "- Rõ người: Lan\n- Rõ việc: tiếp đón\n- Rõ thời gian: trước 30/11",
        "1. Rõ người: Lan\n2. Rõ việc: tiếp đón\n3. Rõ thời gian: trước 30/11",
        "1. Lan\n2) tiếp đón\n3: trước 30/11",
        "Rõ thời gian: trước 30/11\n\nRõ việc:\ntiếp đón\nRõ người: Lan",
        "Tôi xin nêu như sau\nRõ người: Lan\nRõ việc: tiếp đón\nRõ thời gian: trước 30/11",
    ],
)
def test_all_at_once_by_name_or_number(typed: str) -> None:
    assert take_slots(CLEAR, typed).texts == {
        "nguoi": "Lan",
        "viec": "tiếp đón",
        "thoi-gian": "trước 30/11",
    }


def test_a_list_that_is_shorter_belongs_to_the_slot_that_is_asked() -> None:
    first = take_slots(CLEAR, "1. Lan\n2. Hoa")
    assert first.texts == {"nguoi": "1. Lan\n2. Hoa"}
    assert [slot.key for slot in missing_slots(CLEAR, first)] == ["viec", "thoi-gian"]


def test_what_was_named_can_be_named_anew_and_the_rest_stays() -> None:
    known = SlotsGiven({"nguoi": "Lan", "viec": "tiếp đón"})
    assert take_slots(CLEAR, "rõ người: Hoa", known).texts == {"nguoi": "Hoa", "viec": "tiếp đón"}
    assert known.texts == {"nguoi": "Lan", "viec": "tiếp đón"}


def test_a_name_with_a_colon_is_no_slot() -> None:
    assert take_slots(CLEAR, "Tổ trưởng: Lan").texts == {"nguoi": "Tổ trưởng: Lan"}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("x", Code.SLOT_TOO_SHORT),
        ("rõ việc:", Code.SLOT_TOO_SHORT),
        ("rõ người: Lan\nrõ việc: ", Code.SLOT_TOO_SHORT),
        ("á" * (SLOT_LIMIT + 1), Code.SLOT_TOO_LONG),
    ],
)
def test_too_little_or_too_much_is_refused_by_name(typed: str, code: Code) -> None:
    with pytest.raises(Refusal) as refused:
        take_slots(CLEAR, typed)
    assert refused.value.code is code
    assert "«Rõ " in sentence(refused.value)


def test_a_slot_holds_as_much_as_it_says() -> None:
    assert take_slots(CLEAR, "á" * SLOT_LIMIT).texts["nguoi"] == "á" * SLOT_LIMIT


@given(st.lists(st.text(max_size=60), max_size=8))
def test_nothing_that_was_named_is_ever_lost(texts: list[str]) -> None:
    known = SlotsGiven({"nguoi": "Lan"})
    for text in texts:
        told = attempt(partial(take_slots, CLEAR, text, known))
        if isinstance(told, SlotsGiven):
            assert known.texts.keys() <= told.texts.keys()
            known = told
        else:
            assert told.code in {Code.SLOT_TOO_SHORT, Code.SLOT_TOO_LONG}

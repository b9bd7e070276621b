"""Answers against typed criteria, and the sentences that tell what came of it."""

from dataclasses import replace
from decimal import Decimal
from typing import assert_never

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.criteria import (
    Answer,
    Criterion,
    DeclarationGiven,
    Given,
    LevelGiven,
    NotApplicable,
    NumberGiven,
    Outcome,
    TextGiven,
    compare,
)
from core.criteria_judged import judge
from core.criteria_typed import take_number
from core.measures import (
    DeclarationMeasure,
    DocumentMeasure,
    Level,
    Measure,
    NarrativeMeasure,
    NumberMeasure,
    Operator,
    OrdinalMeasure,
    Scale,
)
from core.numbers import NumberProblem, read_number
from core.refusals import Refusal
from core.texts import criteria as texts
from core.texts import criteria_typed, criteria_verdict

SCALE = Scale(
    "chi-so",
    (
        Level("yeu", "Yếu"),
        Level("trung-binh", "Trung bình"),
        Level("kha", "Khá"),
        Level("tot", "Tốt"),
        Level("xuat-sac", "Xuất sắc"),
    ),
)
COUNT = NumberMeasure("1", "Bao nhiêu sáng kiến?", "sáng kiến", whole=True, low=Decimal(0))
LEVEL = OrdinalMeasure("1", "Mức nào?", SCALE, "tot")
DECLARATION = DeclarationMeasure("1", "Có vi phạm không?")
DOCUMENT = DocumentMeasure("1", "Gửi kế hoạch đã ban hành.")
NARRATIVE = NarrativeMeasure("1", "Đã làm gì?")

hundredths = st.decimals(min_value=0, max_value=100, places=2, allow_nan=False, allow_infinity=False)


def percentage(operator: str, target: str, aim: str | None = None, code: str = "1") -> NumberMeasure:
    return NumberMeasure(
        code,
        "Bao nhiêu phần trăm?",
        "%",
        Operator(operator),
        Decimal(target),
        None if aim is None else Decimal(aim),
        low=Decimal(0),
        high=Decimal(100),
    )


def criterion(*measures: Measure) -> Criterion:
    return Criterion("004-c3", "c3", "Hài lòng", "Nâng cao mức độ hài lòng …", measures)


def outcome_of(measure: Measure, answer: Given) -> Outcome:
    return judge(criterion(measure), Answer({"1": answer})).outcome


def sentence_of(measure: NumberMeasure, typed: str) -> str:
    return criteria_verdict.compared(compare(measure, take_number(measure, typed)))


def test_exactly_90_fails_above_90_and_passes_from_90() -> None:
    assert sentence_of(percentage(">", "90"), "90,0 %") == (
        "90,0 % không đạt «trên 90 %» (cần lớn hơn 90 %, bằng 90 % chưa đủ)."
    )
    assert sentence_of(percentage(">=", "90"), "90,0 %") == "90,0 % đạt «từ 90 % trở lên»."


@given(
    st.sampled_from(Operator), hundredths, st.sampled_from([Decimal(0), Decimal("0.01"), Decimal("-0.01")])
)
def test_operators_at_their_borders(operator: Operator, target: Decimal, off: Decimal) -> None:
    measure = percentage(operator, str(target))
    met = outcome_of(measure, NumberGiven(target + off)) is Outcome.MET
    match operator:
        case Operator.EQUAL:
            assert met == (off == 0)
        case Operator.AT_LEAST:
            assert met == (off >= 0)
        case Operator.ABOVE:
            assert met == (off > 0)
        case Operator.AT_MOST:
            assert met == (off <= 0)
        case Operator.BELOW:
            assert met == (off < 0)
        case Operator.WITHIN:
            assert met == (off >= 0)
        case _:
            assert_never(operator)


@given(st.sampled_from(Operator), hundredths, st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_fraction_is_judged_exactly(operator: Operator, target: Decimal, part: int, whole: int) -> None:
    part = min(part, whole)
    measure = percentage(operator, str(target))
    passes = compare(measure, take_number(measure, f"{part}/{whole}")).passes
    assert passes == operator.holds(Decimal(part) * 100, target * whole)


@given(hundredths, st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_rounded_percentage_never_crosses_the_target(target: Decimal, part: int, whole: int) -> None:
    part = min(part, whole)
    measure = percentage(">=", str(target))
    answer = take_number(measure, f"{part}/{whole}")
    shown = read_number(criteria_verdict.given_number(measure, answer).split(" ", 2)[2], percent=True)
    assert shown.value.compare(target) == answer.value.compare(target)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("12/98", "12/98 ≈ 12,24 % không đạt «trên 90 %» (cần lớn hơn 90 %, bằng 90 % chưa đủ)."),
        ("891/990", "891/990 = 90 % không đạt «trên 90 %» (cần lớn hơn 90 %, bằng 90 % chưa đủ)."),
        ("90004/100003", "90.004/100.003 ≈ 90,001 % đạt «trên 90 %»."),
        ("99.125", "99,125 % đạt «trên 90 %»."),
        ("0", "0 % không đạt «trên 90 %» (cần lớn hơn 90 %, bằng 90 % chưa đủ)."),
    ],
)
def test_the_comparison_is_spelled_out(typed: str, said: str) -> None:
    assert sentence_of(percentage(">", "90"), typed) == said


def test_a_range_asks_for_its_lower_end_and_more_than_its_aim_still_passes() -> None:
    cut = percentage(">=", "30", "50")
    needed = "tối thiểu 30 %, bằng 30 % là đạt; 50 % là mức phấn đấu, cao hơn vẫn đạt"
    assert texts.need(cut) == needed
    assert sentence_of(cut, "29,9") == f"29,9 % không đạt «từ 30 % trở lên» (cần {needed})."
    for typed in ("30", "50", "50,1", "100"):
        assert outcome_of(cut, take_number(cut, typed)) is Outcome.MET


@pytest.mark.parametrize(
    ("operator", "target", "asked"),
    [
        ("=", "100", "đúng 100 %"),
        (">=", "99", "từ 99 % trở lên"),
        (">", "90", "trên 90 %"),
        ("<=", "10", "không quá 10 %"),
        ("<", "10", "dưới 10 %"),
    ],
)
def test_every_operator_has_its_words(operator: str, target: str, asked: str) -> None:
    measure = percentage(operator, target)
    assert texts.target(measure) == asked
    assert f"{target} %" in texts.need(measure)


def test_two_figures_must_both_be_met() -> None:
    both = criterion(
        percentage("=", "100", code="cong-khai"),
        percentage(">=", "99", code="dung-han"),
    )
    half = Answer({"cong-khai": NumberGiven(Decimal(100))})
    assert judge(both, half).outcome is Outcome.UNANSWERED
    full = {"cong-khai": NumberGiven(Decimal(100)), "dung-han": NumberGiven(Decimal("98.9"))}
    failed = judge(both, Answer(full))
    assert failed.outcome is Outcome.NOT_MET
    assert [one.passes for one in failed.comparisons] == [True, False]
    assert criteria_verdict.verdict(both, failed).splitlines() == [
        "100 % đạt «đúng 100 %».",
        "98,9 % không đạt «từ 99 % trở lên» (cần tối thiểu 99 %, bằng 99 % là đạt).",
    ]


@pytest.mark.parametrize(
    ("level", "outcome"),
    [
        ("yeu", Outcome.NOT_MET),
        ("kha", Outcome.NOT_MET),
        ("tot", Outcome.MET),
        ("xuat-sac", Outcome.MET),
    ],
)
def test_levels_pass_from_the_minimum_up(level: str, outcome: Outcome) -> None:
    assert outcome_of(LEVEL, LevelGiven(level)) is outcome


def test_a_level_that_fails_says_which_would_pass() -> None:
    said = criteria_verdict.compared(compare(LEVEL, LevelGiven("kha")))
    assert said == "Mức Khá không đạt «Tốt trở lên» (cần Tốt hoặc Xuất sắc)."


def test_nothing_is_above_the_highest_level() -> None:
    highest = replace(LEVEL, minimum="xuat-sac")
    said = criteria_verdict.compared(compare(highest, LevelGiven("kha")))
    assert said == "Mức Khá không đạt «Xuất sắc»."
    assert (
        criteria_verdict.compared(compare(highest, LevelGiven("xuat-sac"))) == "Mức Xuất sắc đạt «Xuất sắc»."
    )


def test_a_declaration_passes_on_yes() -> None:
    assert outcome_of(DECLARATION, DeclarationGiven(yes=True, explanation="Không có vi phạm")) is Outcome.MET
    assert outcome_of(DECLARATION, DeclarationGiven(yes=False)) is Outcome.NOT_MET


def test_a_document_is_there_or_not() -> None:
    assert judge(criterion(DOCUMENT), Answer()).outcome is Outcome.UNANSWERED
    there = judge(criterion(DOCUMENT), Answer(files=2))
    assert there.outcome is Outcome.MET
    assert criteria_verdict.verdict(criterion(DOCUMENT), there) == "Đã có 2 tệp minh chứng."


def test_people_judge_a_narrative_and_a_count_without_target() -> None:
    assert outcome_of(NARRATIVE, TextGiven("Đã rà soát 12 quy trình.")) is Outcome.NEEDS_REVIEW
    assert outcome_of(COUNT, NumberGiven(Decimal(3))) is Outcome.NEEDS_REVIEW
    assert criteria_verdict.compared(compare(COUNT, NumberGiven(Decimal(3)))) == (
        "3 sáng kiến, đã ghi nhận; kế hoạch không đặt mức, người thẩm định sẽ xem xét."
    )


def test_what_does_not_apply_is_said_with_its_reason() -> None:
    verdict = judge(criterion(LEVEL), NotApplicable("Khoa không tiếp nhận thủ tục"))
    assert verdict.outcome is Outcome.NOT_APPLICABLE
    assert (
        criteria_verdict.verdict(criterion(LEVEL), verdict)
        == "Không áp dụng. Lý do: Khoa không tiếp nhận thủ tục"
    )


def test_an_answer_of_another_kind_is_a_fault_of_the_program() -> None:
    with pytest.raises(TypeError):
        compare(LEVEL, TextGiven("Tốt"))


@pytest.mark.parametrize(
    ("measure", "typed", "problem"),
    [
        (COUNT, "3/4", NumberProblem.FRACTION_UNWANTED),
        (COUNT, "5 %", NumberProblem.PERCENT_UNWANTED),
        (COUNT, "2,5", NumberProblem.NOT_WHOLE),
        (COUNT, "-1", NumberProblem.OUT_OF_RANGE),
        (percentage(">", "90"), "101", NumberProblem.OUT_OF_RANGE),
        (percentage(">", "90"), "-1", NumberProblem.OUT_OF_RANGE),
        (percentage(">", "90"), "99/98", NumberProblem.OUT_OF_RANGE),
        (percentage(">", "90"), "nhiều", NumberProblem.NOT_A_NUMBER),
    ],
)
def test_a_number_that_cannot_be_the_figure_asked_for(
    measure: NumberMeasure, typed: str, problem: NumberProblem
) -> None:
    with pytest.raises(Refusal) as refused:
        take_number(measure, typed)
    assert refused.value.facts["problem"] is problem


def test_a_count_may_carry_its_unit() -> None:
    assert take_number(COUNT, "3 sáng kiến") == take_number(COUNT, "3 sang kien") == NumberGiven(Decimal(3))


@pytest.mark.parametrize("problem", NumberProblem)
def test_every_problem_has_a_sentence_that_keeps_what_was_answered(problem: NumberProblem) -> None:
    said = criteria_typed.unreadable(problem, "9x{0}", "sáng kiến", Decimal(0), Decimal(100))
    assert said.endswith("Các câu đã trả lời vẫn còn nguyên.")
    assert "{unit}" not in said
    assert "!" not in said


def test_out_of_range_names_the_range() -> None:
    said = criteria_typed.unreadable(NumberProblem.OUT_OF_RANGE, "101", "%", Decimal(0), Decimal(100))
    assert "từ 0 đến 100 %" in said


@pytest.mark.parametrize(
    "measure",
    [percentage(">", "90"), COUNT, LEVEL, DECLARATION, DOCUMENT, NARRATIVE],
    ids=lambda one: type(one).__name__,
)
def test_every_kind_says_how_it_is_answered_and_checked(measure: Measure) -> None:
    assert texts.how_checked(measure).endswith(".")
    assert texts.how_to_answer(measure).endswith(".")
    assert criteria_verdict.compared(compare(measure, None)) == "Chưa trả lời."


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_fits_a_button(outcome: Outcome) -> None:
    assert 0 < len(texts.outcome(outcome)) <= 24


@pytest.mark.parametrize(
    ("measure", "answer", "said"),
    [
        (percentage(">", "90"), NumberGiven(Decimal("90.5")), "90,5 %"),
        (LEVEL, LevelGiven("kha"), "Khá"),
        (DECLARATION, DeclarationGiven(yes=True, explanation="Không có vi phạm."), "Có. Không có vi phạm."),
        (DECLARATION, DeclarationGiven(yes=False), "Không"),
        (NARRATIVE, TextGiven("Đã rà soát."), "Đã rà soát."),
        (NARRATIVE, None, "Chưa trả lời"),
        (DOCUMENT, None, "Chưa trả lời"),
    ],
)
def test_an_answer_is_shown_as_it_was_given(measure: Measure, answer: Given | None, said: str) -> None:
    assert criteria_verdict.answered(compare(measure, answer)) == said


def test_the_sentence_of_a_named_measure_begins_with_its_name() -> None:
    sipas = OrdinalMeasure("sipas", "Mức nào?", SCALE, "tot", label="SIPAS")
    assert criteria_verdict.compared(compare(sipas, LevelGiven("tot"))) == "SIPAS: mức Tốt đạt «Tốt trở lên»."


@pytest.mark.parametrize(
    ("low", "high", "bounds"),
    [
        (Decimal(0), None, "(từ 0 sáng kiến trở lên)"),
        (None, Decimal(5), "(không quá 5 sáng kiến)"),
    ],
)
def test_bounds_in_words(low: Decimal | None, high: Decimal | None, bounds: str) -> None:
    assert bounds in criteria_typed.unreadable(NumberProblem.OUT_OF_RANGE, "9", "sáng kiến", low, high)


def test_a_level_that_is_not_on_the_scale_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        SCALE.level("gioi")

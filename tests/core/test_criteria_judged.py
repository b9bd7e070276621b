"""Alternatives, disqualifiers and what is not out yet: weighed, asked for, and told by which way."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.criteria import (
    Answer,
    AwaitedGiven,
    ClauseKind,
    Criterion,
    DeclarationGiven,
    DeltaGiven,
    Given,
    LevelGiven,
    NotApplicable,
    NumberGiven,
    Outcome,
    SlotsGiven,
    TextGiven,
    Way,
    WayGiven,
)
from core.criteria_judged import judge, to_ask
from core.measures import (
    DeclarationMeasure,
    DeltaMeasure,
    DocumentMeasure,
    Gain,
    Level,
    Measure,
    NarrativeMeasure,
    NumberMeasure,
    Operator,
    OrdinalMeasure,
    Scale,
    Slot,
    SlotsMeasure,
)
from core.texts import criteria as texts
from core.texts import criteria_verdict

SCALE = Scale("xl", (Level("kem", "Kém"), Level("kha", "Khá"), Level("tot", "Tốt")))
RATING = OrdinalMeasure("xep-loai", "Mức nào?", SCALE, "kha", awaited="Đang chờ xếp loại")
LATE = NumberMeasure(
    "1", "Bao nhiêu %?", "%", Operator.ABOVE, Decimal(10), low=Decimal(0), high=Decimal(100), fraction="a/b"
)
YES, NO = DeclarationGiven(yes=True), DeclarationGiven(yes=False)


def a_criterion(
    *measures: Measure, ways: tuple[Way, ...] = (), kind: ClauseKind = ClauseKind.STANDARD
) -> Criterion:
    return Criterion("001-T10", "t10", "DDCI", "DDCI tăng điểm hoặc tăng bậc.", measures, kind, ways=ways)


def declared(code: str) -> DeclarationMeasure:
    return DeclarationMeasure(code, f"{code}?", f"Có {code}")


def outcome(criterion: Criterion, files: int = 0, **answers: Given) -> Outcome:
    return judge(criterion, Answer(answers, files)).outcome


def alone(measure: Measure, given: Given) -> Outcome:
    """Where a criterion of this one measure stands."""
    return judge(a_criterion(measure), Answer({"1": given})).outcome


EITHER = a_criterion(declared("a"), declared("b"), ways=(Way("goc", "Gốc", True, ("a", "b")),))
#: A, or B together with C.
NESTED = a_criterion(
    declared("a"),
    DocumentMeasure("b", "Gửi b.", "Văn bản b"),
    declared("c"),
    ways=(Way("goc", "Gốc", True, ("a", "bc")), Way("bc", "Cả hai", False, ("b", "c"))),
)


def test_one_way_is_enough() -> None:
    assert outcome(EITHER, a=YES) is Outcome.MET
    assert outcome(EITHER, a=NO) is Outcome.UNANSWERED
    assert outcome(EITHER, a=NO, b=YES) is Outcome.MET
    assert outcome(EITHER, a=NO, b=NO) is Outcome.NOT_MET


def test_first_a_way_is_picked_and_then_only_its_part_is_asked() -> None:
    assert to_ask(EITHER, Answer()) is EITHER.ways[0]
    assert to_ask(EITHER, Answer({"goc": WayGiven("b")})) is EITHER.measures[1]
    done = judge(EITHER, Answer({"goc": WayGiven("b"), "b": NO}))
    assert done.outcome is Outcome.NOT_MET
    assert done.carried == {"goc": "b"}
    assert to_ask(EITHER, Answer({"goc": WayGiven("b"), "b": NO})) is None


def test_the_other_way_is_open_after_one_has_failed_and_the_better_one_counts() -> None:
    tried: dict[str, Given] = {"goc": WayGiven("a"), "a": NO, "b": YES}
    assert judge(EITHER, Answer(tried)).outcome is Outcome.MET
    assert judge(EITHER, Answer(tried)).carried == {"goc": "b"}
    gone_on = Answer({"goc": WayGiven("b"), "a": NO})
    assert judge(EITHER, gone_on).outcome is Outcome.UNANSWERED
    assert to_ask(EITHER, gone_on) is EITHER.measures[1]


def test_a_file_proves_a_document_only_on_the_way_that_was_taken() -> None:
    assert outcome(NESTED, files=1) is Outcome.UNANSWERED
    assert outcome(NESTED, files=1, goc=WayGiven("a"), a=NO, c=YES) is Outcome.NOT_MET
    assert outcome(NESTED, files=1, goc=WayGiven("bc"), c=YES) is Outcome.MET
    assert outcome(NESTED, files=0, goc=WayGiven("bc"), c=YES) is Outcome.UNANSWERED


def test_a_part_that_failed_leaves_nothing_more_to_ask_of_its_way() -> None:
    answer = Answer({"goc": WayGiven("bc"), "c": NO})
    assert judge(NESTED, answer).outcome is Outcome.NOT_MET
    assert to_ask(NESTED, answer) is None


def test_which_way_carried_it_is_told() -> None:
    verdict = judge(NESTED, Answer({"goc": WayGiven("bc"), "c": YES}, files=2))
    assert criteria_verdict.verdict(NESTED, verdict).splitlines() == [
        "Đạt theo cách 2: cả hai.",
        "Văn bản b: đã có 2 tệp minh chứng.",
        "Có c: tự xác nhận là có.",
    ]
    assert criteria_verdict.in_short(NESTED, verdict, 40) == "theo cách 2: cả hai; 2 tệp minh chứng; Có"
    assert texts.ways(NESTED, NESTED.ways[0]).splitlines() == [
        "Đạt một trong các cách:",
        "1) Có a",
        "2) Cả hai: văn bản b và có c",
    ]


def test_without_ways_every_figure_is_wanted_even_beside_one_that_failed() -> None:
    both = a_criterion(declared("a"), declared("b"))
    assert outcome(both, a=NO) is Outcome.UNANSWERED
    assert outcome(both, a=NO, b=YES) is Outcome.NOT_MET


def test_a_rating_that_is_not_out_keeps_what_rests_on_it_waiting() -> None:
    both = a_criterion(declared("a"), RATING)
    waiting = {"xep-loai": AwaitedGiven()}
    assert judge(both, Answer({"a": YES, **waiting})).outcome is Outcome.AWAITED
    assert judge(both, Answer({"a": NO, **waiting})).outcome is Outcome.NOT_MET
    assert judge(both, Answer(waiting)).outcome is Outcome.UNANSWERED
    assert judge(both, Answer({"a": YES, "xep-loai": LevelGiven("kha")})).outcome is Outcome.MET


@pytest.mark.parametrize(
    ("part", "whole", "result", "told"),
    [
        (12, 98, Outcome.NOT_MET, "12/98 ≈ 12,24 %, trên 10 %: không được xét."),
        (10, 100, Outcome.MET, "10/100 = 10 %, không quá 10 %: không bị loại trừ."),
        (0, 98, Outcome.MET, "0/98 = 0 %, không quá 10 %: không bị loại trừ."),
        (10001, 100000, Outcome.NOT_MET, "10.001/100.000 ≈ 10,001 %, trên 10 %: không được xét."),
    ],
)
def test_a_disqualifier_is_turned(part: int, whole: int, result: Outcome, told: str) -> None:
    clause = a_criterion(LATE, kind=ClauseKind.DISQUALIFIER)
    given = NumberGiven(Decimal(part) * 100 / whole, Decimal(part), Decimal(whole))
    verdict = judge(clause, Answer({"1": given}))
    assert verdict.outcome is result
    assert criteria_verdict.verdict(clause, verdict) == told.replace("≈ 10,001", "= 10,001")
    assert texts.how_checked(LATE, clause.kind) == "Không xét nếu trên 10 %."


def test_any_one_of_what_excludes_is_enough_and_all_of_it_is_asked() -> None:
    ways = (Way("goc", "Gốc", True, ("a", "b")),)
    clause = a_criterion(declared("a"), declared("b"), ways=ways, kind=ClauseKind.DISQUALIFIER)
    assert to_ask(clause, Answer()) is clause.measures[0]
    assert outcome(clause, a=NO) is Outcome.UNANSWERED
    assert outcome(clause, a=NO, b=NO) is Outcome.MET
    assert outcome(clause, a=NO, b=YES) is Outcome.NOT_MET
    assert to_ask(clause, Answer({"a": YES})) is None


def test_of_what_excludes_together_one_that_does_not_hold_saves() -> None:
    ways = (Way("goc", "Gốc", False, ("a", "b")),)
    clause = a_criterion(declared("a"), declared("b"), ways=ways, kind=ClauseKind.DISQUALIFIER)
    assert outcome(clause, a=NO) is Outcome.MET
    assert outcome(clause, a=YES, b=YES) is Outcome.NOT_MET


@pytest.mark.parametrize("kind", ClauseKind)
@pytest.mark.parametrize("value", Outcome)
def test_every_kind_has_a_word_for_every_outcome(kind: ClauseKind, value: Outcome) -> None:
    assert texts.result(kind, value)


def test_what_does_not_apply_is_asked_nothing() -> None:
    assert to_ask(EITHER, NotApplicable("Không thuộc")) is None


tenths = st.decimals(min_value=0, max_value=100, places=1, allow_nan=False, allow_infinity=False)


@given(tenths, tenths, st.sampled_from(Gain), st.sampled_from(list(Operator)[:5]), tenths)
def test_gains_at_their_borders(
    before: Decimal, now: Decimal, gain: Gain, operator: Operator, target: Decimal
) -> None:
    measure = DeltaMeasure("1", "?", gain, "điểm", operator, target)
    grown = now - before if gain is Gain.SCORE else before - now
    for moved in (target, target + Decimal("0.1"), target - Decimal("0.1"), grown):
        then = before + moved if gain is Gain.SCORE else before - moved
        met = alone(measure, DeltaGiven(before, then)) is Outcome.MET
        assert met == operator.holds(moved, target)


@given(tenths, tenths, tenths)
def test_a_range_holds_its_ends(low: Decimal, high: Decimal, value: Decimal) -> None:
    low, high = sorted((low, high))
    measure = NumberMeasure("1", "?", "phút", Operator.WITHIN, low, upper=high)
    for figure in (low, high, value):
        met = alone(measure, NumberGiven(figure)) is Outcome.MET
        assert met == (low <= figure <= high)
    for outside in (low - Decimal("0.1"), high + Decimal("0.1")):
        assert alone(measure, NumberGiven(outside)) is Outcome.NOT_MET


@st.composite
def trees(draw: st.DrawFn) -> Criterion:
    """A criterion of a handful of measures under ways within ways."""
    leaves = [
        draw(st.sampled_from(["declaration", "rating", "narrative"])) for _ in range(draw(st.integers(1, 5)))
    ]
    measures: list[Measure] = []
    for place, leaf in enumerate(leaves):
        code = f"m{place}"
        if leaf == "declaration":
            measures.append(declared(code))
        elif leaf == "rating":
            measures.append(OrdinalMeasure(code, "?", SCALE, "kha", awaited="Đang chờ"))
        else:
            measures.append(NarrativeMeasure(code, "?"))
    roots = [measure.code for measure in measures]
    ways: list[Way] = []
    while len(roots) > 1 or not ways:
        count = draw(st.integers(min(2, len(roots)), len(roots)))
        parts, roots = roots[:count], roots[count:]
        way = Way(f"w{len(ways)}", "Cách", draw(st.booleans()), tuple(parts))
        ways.insert(0, way)
        roots.append(way.code)
    kind = draw(st.sampled_from([ClauseKind.STANDARD, ClauseKind.DISQUALIFIER]))
    return a_criterion(*measures, ways=tuple(ways), kind=kind)


def _answers_to(measure: Measure) -> list[Given]:
    match measure:
        case DeclarationMeasure():
            return [YES, NO]
        case OrdinalMeasure():
            return [LevelGiven("kem"), LevelGiven("tot"), AwaitedGiven()]
        case _:
            return [TextGiven("Đã làm.")]


@given(trees(), st.data())
def test_answering_what_is_asked_comes_to_an_end(criterion: Criterion, data: st.DataObject) -> None:
    answers: dict[str, Given] = {}
    for _ in range(len(criterion.measures) + len(criterion.ways) + 1):
        asked = to_ask(criterion, Answer(answers))
        assert (asked is None) == (judge(criterion, Answer(answers)).outcome is not Outcome.UNANSWERED)
        if asked is None:
            break
        assert asked.code not in answers
        if isinstance(asked, Way):
            assert not criterion.excludes
            answers[asked.code] = WayGiven(data.draw(st.sampled_from(asked.parts)))
        else:
            answers[asked.code] = data.draw(st.sampled_from(_answers_to(asked)))
    verdict = judge(criterion, Answer(answers))
    assert verdict.outcome is not Outcome.UNANSWERED
    assert criteria_verdict.verdict(criterion, verdict)
    for code, part in verdict.carried.items():
        way = criterion.way(code)
        assert way is not None
        assert part in way.parts


def _holds(criterion: Criterion, code: str, truth: Mapping[str, bool]) -> bool:
    way = criterion.way(code)
    if way is None:
        return truth[code]
    return (any if way.any_of else all)(_holds(criterion, part, truth) for part in way.parts)


@given(trees(), st.data())
def test_what_is_known_of_every_part_is_weighed_as_the_words_say(
    criterion: Criterion, data: st.DataObject
) -> None:
    truth = {measure.code: data.draw(st.booleans()) for measure in criterion.measures}
    plain = a_criterion(*(declared(code) for code in truth), ways=criterion.ways, kind=criterion.kind)
    told: dict[str, Given] = {code: YES if one else NO for code, one in truth.items()}
    holds = _holds(plain, plain.ways[0].code, truth)
    met = judge(plain, Answer(told)).outcome is Outcome.MET
    assert met == (holds is not plain.excludes)
    known = {code: one for code, one in told.items() if data.draw(st.booleans())}
    early = judge(plain, Answer(known)).outcome
    if early is not Outcome.UNANSWERED:
        assert early is judge(plain, Answer(told)).outcome


def test_what_is_half_named_or_half_known_is_not_answered() -> None:
    slots = SlotsMeasure("1", "?", (Slot("nguoi", "Rõ người"), Slot("viec", "Rõ việc")))
    assert alone(slots, SlotsGiven({"nguoi": "Lan"})) is Outcome.UNANSWERED
    both = SlotsGiven({"nguoi": "Lan", "viec": "Tiếp đón"})
    assert alone(slots, both) is Outcome.NEEDS_REVIEW
    delta = DeltaMeasure("1", "?", Gain.SCORE, "điểm")
    assert alone(delta, DeltaGiven(Decimal(70))) is Outcome.UNANSWERED


def test_what_is_needed_together_is_told_before_its_ways() -> None:
    ways = (Way("goc", "Gốc", False, ("a", "ddci")), Way("ddci", "DDCI tăng", True, ("b", "c")))
    clause = a_criterion(declared("a"), declared("b"), declared("c"), ways=ways)
    assert texts.all_needed(clause) == "Cần đủ: có a và DDCI tăng."
    assert to_ask(clause, Answer()) is clause.measures[0]
    assert to_ask(clause, Answer({"a": YES})) is ways[1]
    assert texts.ways(clause, ways[1]).splitlines()[0] == "DDCI tăng: đạt một trong các cách:"
    assert texts.all_needed(EITHER) == ""
    three = a_criterion(
        declared("a"), declared("b"), declared("c"), ways=(Way("goc", "Gốc", False, ("a", "b", "c")),)
    )
    assert texts.all_needed(three) == "Cần đủ: có a, có b và có c."

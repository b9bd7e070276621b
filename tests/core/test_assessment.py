"""What is stored of an answer, and what a card is asked next."""

from hypothesis import given
from hypothesis import strategies as st

from core.assessment import Entry, given_from_json, given_to_json
from core.criteria import (
    Answer,
    AwaitedGiven,
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
from core.criteria_judged import judge
from core.measures import DeclarationMeasure, Level, OrdinalMeasure, Scale

figures = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9)
keys = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
answers = st.one_of(
    st.builds(NumberGiven, figures, st.none() | figures, st.none() | figures),
    st.builds(LevelGiven, keys),
    st.builds(AwaitedGiven),
    st.builds(DeltaGiven, st.none() | figures, st.none() | figures),
    st.builds(SlotsGiven, st.dictionaries(keys, words, max_size=6)),
    st.builds(DeclarationGiven, st.booleans(), words),
    st.builds(TextGiven, words),
    st.builds(WayGiven, keys),
)


@given(st.dictionaries(keys, answers, max_size=6), st.integers(0, 20))
def test_every_kind_of_answer_is_read_back_as_it_was_stored(given: dict[str, Given], files: int) -> None:
    answer = Answer(given, files)
    assert given_from_json(given_to_json(answer), files) == answer


@given(words)
def test_what_does_not_apply_is_read_back_with_its_reason(reason: str) -> None:
    assert given_from_json(given_to_json(NotApplicable(reason)), 3) == NotApplicable(reason)


def an_entry(criterion: Criterion, answer: Answer) -> Entry:
    return Entry(criterion, given_to_json(answer), judge(criterion, answer).outcome, "", ())


def test_a_card_asks_for_a_way_then_its_measure_then_nothing() -> None:
    measures = (DeclarationMeasure("a", "A?", "A"), DeclarationMeasure("b", "B?", "B"))
    criterion = Criterion("001-T1", "t1", "T", "A hoặc B.", measures, ways=(Way("g", "G", True, ("a", "b")),))
    fresh = an_entry(criterion, Answer())
    assert fresh.question is criterion.ways[0]
    assert fresh.next_measure() is None
    assert not fresh.begun
    picked = an_entry(criterion, Answer({"g": WayGiven("b")}))
    assert picked.begun
    assert picked.next_measure() is measures[1]
    told = an_entry(criterion, Answer({"g": WayGiven("b"), "b": DeclarationGiven(yes=True)}))
    assert told.answered
    assert told.question is None
    assert told.given_to("b") == DeclarationGiven(yes=True)
    assert told.given_to("a") is None


def test_what_is_awaited_stays_open_to_be_told() -> None:
    scale = Scale("s", (Level("kha", "Khá"), Level("tot", "Tốt")))
    rating = OrdinalMeasure("1", "Mức nào?", scale, "tot", awaited="Đang chờ xếp loại")
    criterion = Criterion("001-N1", "n1", "N", "Tốt.", (rating,))
    waiting = an_entry(criterion, Answer({"1": AwaitedGiven()}))
    assert waiting.outcome is Outcome.AWAITED
    assert waiting.answered
    assert waiting.awaited is rating
    assert an_entry(criterion, Answer({"1": LevelGiven("tot")})).awaited is None

"""Cards of every kind of criterion, at every moment of being answered, and the paper they end on."""

import re
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.assessment import Entry, Sheet, given_from_json, given_to_json
from core.campaigns import Campaign
from core.criteria import (
    Answer,
    AwaitedGiven,
    Criterion,
    DeclarationGiven,
    DeltaGiven,
    Given,
    LevelGiven,
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
    Measure,
    NumberMeasure,
    OrdinalMeasure,
    SlotsMeasure,
)
from core.messages import Capabilities
from core.texts import assessment_cards, criteria, papers
from core.texts.plain import screen
from services.papers.campaign_toml import read_file
from tests import every_kind

AT = datetime(2026, 12, 14, 1, 5, tzinfo=UTC)
LABEL_LIMIT, KEY_LIMIT = 40, 40
EVERYTHING = Capabilities(buttons=True, edits=True, files_in=True, files_out=True, text_limit=4096)


@pytest.fixture(scope="module")
def plan() -> Campaign:
    return read_file(every_kind.PLAN_FILE)


def an_answer(measure: Measure, draw: st.DataObject) -> Given | None:
    """One of the answers a measure can have; half of it where it is given in halves."""
    match measure:
        case NumberMeasure():
            part = Decimal(draw.draw(st.integers(0, 98)))
            return NumberGiven(part * 100 / 98, part, Decimal(98)) if measure.percent else NumberGiven(part)
        case OrdinalMeasure():
            levels: list[Given] = [LevelGiven(one.key) for one in measure.scale.levels]
            return draw.draw(st.sampled_from([*levels, AwaitedGiven()]))
        case DeltaMeasure():
            before, now = draw.draw(st.tuples(st.integers(1, 20), st.none() | st.integers(1, 20)))
            return DeltaGiven(Decimal(before), None if now is None else Decimal(now))
        case SlotsMeasure():
            count = draw.draw(st.integers(1, len(measure.slots)))
            return SlotsGiven({slot.key: "Điều dưỡng Lan" for slot in measure.slots[:count]})
        case DeclarationMeasure():
            return DeclarationGiven(yes=draw.draw(st.booleans()), explanation="Một văn bản trễ hai ngày.")
        case DocumentMeasure():
            return None
        case _:
            return TextGiven("Đã làm đủ việc được giao.")


def a_sheet(plan: Campaign, entry: Entry) -> Sheet:
    untouched = (Entry(one, "{}", Outcome.UNANSWERED, "", ()) for one in plan.criteria())
    entries = tuple(entry if one.criterion.code == entry.criterion.code else one for one in untouched)
    return Sheet(1, plan, "Năm 2026", None, signed=False, entries=entries)


def an_entry(criterion: Criterion, given: dict[str, Given]) -> Entry:
    answer = Answer(given)
    assert given_from_json(given_to_json(answer), 0) == answer
    return Entry(criterion, given_to_json(answer), judge(criterion, answer).outcome, "", ())


def is_fit_to_be_shown(plan: Campaign, entry: Entry) -> None:
    message = assessment_cards.card(a_sheet(plan, entry), entry, AT, EVERYTHING)
    text = screen(message)
    assert "None" not in text
    assert "{" not in text
    assert not re.search(r"\S {2,}\S|\(\)|«»", text)
    labels = [choice.label for choice in message.choices]
    assert len(set(labels)) == len(labels)
    for choice in message.choices:
        assert len(choice.label) <= LABEL_LIMIT
        assert len(choice.key) <= KEY_LIMIT
    if entry.answered:
        assert f"Kết quả: {criteria.result(entry.criterion.kind, entry.outcome)}" in text
        assert papers.answers(entry)
        assert papers.comparison(entry)
    else:
        assert "Kết quả" not in text


@given(st.data())
def test_a_card_can_be_shown_whatever_was_answered(plan: Campaign, data: st.DataObject) -> None:
    criterion = data.draw(st.sampled_from(list(plan.criteria())))
    given: dict[str, Given] = {}
    for _ in range(6):
        is_fit_to_be_shown(plan, an_entry(criterion, given))
        asked = to_ask(criterion, Answer(given))
        if asked is None:
            return
        told = (
            WayGiven(data.draw(st.sampled_from(asked.parts)))
            if isinstance(asked, Way)
            else an_answer(asked, data)
        )
        if told is None:
            return
        given[asked.code] = told

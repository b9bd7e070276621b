"""What was answered to a criterion and what came of it, with the sum it rests on."""

from decimal import Decimal
from typing import assert_never

from core.criteria import (
    AwaitedGiven,
    Comparison,
    Criterion,
    DeclarationGiven,
    DeltaGiven,
    LevelGiven,
    NumberGiven,
    Outcome,
    SlotsGiven,
    TextGiven,
    Verdict,
)
from core.measures import (
    DeclarationMeasure,
    DeltaMeasure,
    DocumentMeasure,
    Gain,
    NarrativeMeasure,
    NumberMeasure,
    Operator,
    OrdinalMeasure,
    SlotsMeasure,
)
from core.numbers import format_number
from core.texts.criteria import (
    NO,
    NOT_APPLICABLE,
    YES,
    amount,
    figures,
    gain_needed,
    levels_needed,
    need,
    outcome,
    target,
    way_number,
)
from core.vietnamese import inside_a_sentence, shortened

_FINEST = 12
_WORDY = TextGiven | DeclarationGiven | SlotsGiven
_JUDGED = "người thẩm định sẽ xem xét"
_IN, _OUT = "không được xét", "không bị loại trừ"


def given_number(measure: NumberMeasure, given: NumberGiven) -> str:
    """The figure as it was given; a fraction with the percentage it makes: «12/98 ≈ 12,24 %».

    A rounded percentage never lands on the other side of the target or upon it.
    """
    if given.part is None or given.whole is None:
        return amount(given.value, measure.unit)
    shown = _rounded(given.value, [one for one in (measure.target, measure.upper) if one is not None])
    about = "=" if shown == given.value else "≈"
    fraction = f"{format_number(given.part)}/{format_number(given.whole)}"
    return f"{fraction} {about} {amount(shown, measure.unit)}"


def given_year(measure: DeltaMeasure, value: Decimal) -> str:
    """One year's figure: «70,5 điểm», «hạng 9»."""
    if measure.gain is Gain.RANK:
        return f"hạng {format_number(value)}"
    return amount(value, measure.unit)


def answered(comparison: Comparison) -> str:
    """The answer itself, short, for a review page."""
    match comparison.measure, comparison.given:
        case NumberMeasure() as measure, NumberGiven() as given:
            return given_number(measure, given)
        case OrdinalMeasure() as measure, LevelGiven(level=level):
            return measure.scale.level(level).label
        case OrdinalMeasure() as measure, AwaitedGiven():
            return measure.awaited or outcome(Outcome.AWAITED)
        case DeltaMeasure() as measure, DeltaGiven() as given:
            return _years(measure, given)
        case SlotsMeasure() as measure, SlotsGiven(texts=texts) if texts:
            told = [f"{slot.label}: {texts[slot.key]}" for slot in measure.slots if texts.get(slot.key)]
            return "; ".join(told)
        case _, DeclarationGiven(yes=yes, explanation=explanation):
            word = YES if yes else NO
            return f"{word}. {explanation}" if explanation else word
        case _, TextGiven(text=text):
            return text
        case DocumentMeasure(), None if comparison.files:
            return f"{comparison.files} tệp minh chứng"
    return outcome(Outcome.UNANSWERED)


def in_short(criterion: Criterion, value: Verdict, glimpse: int) -> str:
    """Everything answered, for a review page: figures whole, of a person's own words a `glimpse`.

    Of several ways it tells the one that decided.
    """
    routes = [f"theo {way_number(criterion, way, part)}" for way, part in value.carried.items()]
    told = set(criterion.measures_of(list(value.carried.values())[-1])) if value.carried else None
    said = [
        shortened(answered(one), glimpse) if isinstance(one.given, _WORDY) else answered(one)
        for one in value.comparisons
        if one.answered and (told is None or one.measure.code in told)
    ]
    return "; ".join((*routes[-1:], *said))


def own_words(comparison: Comparison) -> str:
    """What a person wrote: a narrative, or the explanation beside a yes or no."""
    match comparison.given:
        case TextGiven(text=text):
            return text
        case DeclarationGiven(explanation=explanation):
            return explanation
        case _:
            return ""


def slots_so_far(measure: SlotsMeasure, given: SlotsGiven | None) -> list[str]:
    """Each slot with what is named in it: «✔ Rõ người: điều dưỡng Lan», «▫ Rõ việc: chưa nêu»."""
    texts = given.texts if given else {}
    return [
        f"✔ {slot.label}: {texts[slot.key]}" if texts.get(slot.key) else f"▫ {slot.label}: chưa nêu"
        for slot in measure.slots
    ]


def compared(comparison: Comparison) -> str:
    """One measure and its answer as a sentence, with the comparison spelled out."""
    sentence = _compared(comparison) if comparison.answered else "chưa trả lời."
    label = comparison.measure.label
    return f"{label}: {sentence}" if label else sentence[0].upper() + sentence[1:]


def verdict(criterion: Criterion, value: Verdict) -> str:
    """What the outcome rests on, a line each; what no longer matters is left out."""
    if value.outcome is Outcome.NOT_APPLICABLE:
        return f"{NOT_APPLICABLE}. Lý do: {value.reason}" if value.reason else f"{NOT_APPLICABLE}."
    settled = value.outcome is not Outcome.UNANSWERED
    lines = [compared(one) for one in value.comparisons if one.answered or not settled]
    return "\n".join((*carried(criterion, value), *lines))


def carried(criterion: Criterion, value: Verdict) -> list[str]:
    """By which way an answer stands where there are several: «Đạt theo cách 2: tăng bậc.»."""
    verb = {Outcome.MET: "Đạt", Outcome.NOT_MET: "Chưa đạt"}.get(value.outcome, "Xét")
    return [f"{verb} theo {way_number(criterion, way, part)}." for way, part in value.carried.items()]


def _compared(comparison: Comparison) -> str:
    said = answered(comparison)
    match comparison.measure:
        case NumberMeasure(operator=None):
            return f"{said}, đã ghi nhận; kế hoạch không đặt mức, {_JUDGED}."
        case NumberMeasure() as measure:
            if comparison.excludes:
                held = target(measure) if not comparison.passes else _not_target(measure)
                return _excluded(comparison, f"{said}, {held}")
            return _weighed(comparison, said, target(measure), need(measure))
        case OrdinalMeasure() as measure:
            if isinstance(comparison.given, AwaitedGiven):
                return f"{inside_a_sentence(said)}."
            if comparison.excludes:
                return _excluded(comparison, f"mức {said}")
            return _weighed(comparison, f"mức {said}", _from_level(measure), levels_needed(measure))
        case DeltaMeasure() as measure:
            if comparison.excludes:
                return _excluded(comparison, said)
            word = "đạt" if comparison.passes else "không đạt"
            return f"{said}, {word} «{gain_needed(measure)}»."
        case SlotsMeasure() as measure:
            return f"đã nêu đủ {len(measure.slots)} mục; {_JUDGED}."
        case DeclarationMeasure():
            return _declared(comparison)
        case DocumentMeasure():
            return _excluded(comparison, f"đã có {said}") if comparison.excludes else f"đã có {said}."
        case NarrativeMeasure():
            return f"đã có nội dung; {_JUDGED}."
        case _:
            assert_never(comparison.measure)


def _declared(comparison: Comparison) -> str:
    given = comparison.given
    word = inside_a_sentence(YES if isinstance(given, DeclarationGiven) and given.yes else NO)
    if comparison.excludes:
        return _excluded(comparison, f"tự xác nhận là {word}")
    return f"tự xác nhận là {word}{'' if comparison.passes else ', chưa đạt'}."


def _excluded(comparison: Comparison, said: str) -> str:
    return f"{said}: {_OUT if comparison.passes else _IN}."


_NOT_TARGETS = {
    Operator.EQUAL: "khác {figure}",
    Operator.AT_LEAST: "dưới {figure}",
    Operator.ABOVE: "không quá {figure}",
    Operator.AT_MOST: "trên {figure}",
    Operator.BELOW: "từ {figure} trở lên",
    Operator.WITHIN: "ngoài khoảng từ {figure} đến {upper}",
}


def _not_target(measure: NumberMeasure) -> str:
    """What holds where the target is not met: «không quá 10 %» for «trên 10 %»."""
    return _NOT_TARGETS[measure.operator].format(**figures(measure)) if measure.operator else ""


def _years(measure: DeltaMeasure, given: DeltaGiven) -> str:
    """«năm trước hạng 9, năm nay hạng 6: tăng 3 bậc»."""
    told = [
        f"{year} {given_year(measure, value)}"
        for year, value in (("năm trước", given.before), ("năm nay", given.now))
        if value is not None
    ]
    if given.before is None or given.now is None:
        return ", ".join(told) or outcome(Outcome.UNANSWERED)
    return f"{', '.join(told)}: {_gained(measure, measure.gain.of(given.before, given.now))}"


def _gained(measure: DeltaMeasure, gain: Decimal) -> str:
    if gain == 0:
        return "không đổi"
    return f"{'tăng' if gain > 0 else 'giảm'} {amount(abs(gain), measure.unit)}"


def _from_level(measure: OrdinalMeasure) -> str:
    """«Tốt trở lên»; nothing is above the highest level."""
    label = measure.scale.level(measure.minimum).label
    return label if measure.scale.levels[-1].key == measure.minimum else f"{label} trở lên"


def _weighed(comparison: Comparison, said: str, asked: str, needed: str) -> str:
    if comparison.passes:
        return f"{said} đạt «{asked}»."
    if asked == needed:
        return f"{said} không đạt «{asked}»."
    return f"{said} không đạt «{asked}» (cần {needed})."


def _rounded(value: Decimal, borders: list[Decimal]) -> Decimal:
    """To as few decimals as keep the figure on its side of every border."""
    for places in range(2, _FINEST + 1):
        rounded = value.quantize(Decimal(1).scaleb(-places))
        if all(rounded.compare(border) == value.compare(border) for border in borders):
            return _trimmed(rounded)
    return value


def _trimmed(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()

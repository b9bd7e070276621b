"""How a criterion is asked, how its answer is checked, and what came of it, in words."""

from decimal import Decimal
from typing import assert_never

from core.criteria import (
    AwaitedGiven,
    Comparison,
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
    Measure,
    NarrativeMeasure,
    NumberMeasure,
    Operator,
    OrdinalMeasure,
    SlotsMeasure,
)
from core.numbers import NumberProblem, format_number, format_percent
from core.vietnamese import clean_line

YES = "Có"
NO = "Không"
NOT_APPLICABLE = "Không áp dụng"
KEPT = "Các câu đã trả lời vẫn còn nguyên."
_FINEST = 12


def outcome(value: Outcome) -> str:
    """Where a criterion stands, in two or three words for a list."""
    match value:
        case Outcome.UNANSWERED:
            return "Chưa trả lời"
        case Outcome.MET:
            return "Đạt"
        case Outcome.NOT_MET:
            return "Chưa đạt"
        case Outcome.NEEDS_REVIEW:
            return "Chờ người xem xét"
        case Outcome.AWAITED:
            return "Đang chờ kết quả"
        case Outcome.NOT_APPLICABLE:
            return NOT_APPLICABLE
        case _:
            assert_never(value)


def amount(value: Decimal, unit: str) -> str:
    """A figure with its unit: «90,5 %», «3 sáng kiến»."""
    if unit == "%":
        return format_percent(value)
    return f"{format_number(value)} {unit}".rstrip()


def given_number(measure: NumberMeasure, given: NumberGiven) -> str:
    """The figure as it was given; a fraction with the percentage it makes: «12/98 = 12,24 %».

    A rounded percentage never lands on the other side of the target or upon it.
    """
    if given.part is None or given.whole is None:
        return amount(given.value, measure.unit)
    shown = _rounded(given.value, measure.target)
    about = "=" if shown == given.value else "≈"
    fraction = f"{format_number(given.part)}/{format_number(given.whole)}"
    return f"{fraction} {about} {amount(shown, measure.unit)}"


_TARGET = {
    Operator.EQUAL: "đúng {figure}",
    Operator.AT_LEAST: "từ {figure} trở lên",
    Operator.ABOVE: "trên {figure}",
    Operator.AT_MOST: "không quá {figure}",
    Operator.BELOW: "dưới {figure}",
    Operator.WITHIN: "từ {figure} đến {upper}",
}
_NEED = {
    Operator.EQUAL: "đúng bằng {figure}",
    Operator.AT_LEAST: "tối thiểu {figure}, bằng {figure} là đạt",
    Operator.ABOVE: "lớn hơn {figure}, bằng {figure} chưa đủ",
    Operator.AT_MOST: "tối đa {figure}, bằng {figure} là đạt",
    Operator.BELOW: "nhỏ hơn {figure}, bằng {figure} chưa đạt",
    Operator.WITHIN: "từ {figure} đến {upper}, kể cả hai mức này",
}


def target(measure: NumberMeasure) -> str:
    """What the plan asks for: «trên 90 %», or nothing where it sets no figure."""
    if measure.operator is None or measure.target is None:
        return ""
    return _TARGET[measure.operator].format(**_figures(measure.target, measure))


def need(measure: NumberMeasure) -> str:
    """What passes, with the border spelled out: «lớn hơn 90 %, bằng 90 % chưa đủ»."""
    if measure.operator is None or measure.target is None:
        return ""
    words = _NEED[measure.operator].format(**_figures(measure.target, measure))
    if measure.aim is None:
        return words
    return f"{words}; {amount(measure.aim, measure.unit)} là mức phấn đấu, cao hơn vẫn đạt"


def _figures(asked: Decimal, measure: NumberMeasure) -> dict[str, str]:
    upper = "" if measure.upper is None else amount(measure.upper, measure.unit)
    return {"figure": amount(asked, measure.unit), "upper": upper}


def levels_needed(measure: OrdinalMeasure) -> str:
    """Every level that passes: «Tốt hoặc Xuất sắc»."""
    passing = [one.label for one in measure.scale.levels if measure.scale.reaches(one.key, measure.minimum)]
    return " hoặc ".join(passing)


_GAINS = {Gain.SCORE: "tăng điểm", Gain.RANK: "tăng bậc"}


def gain_needed(measure: DeltaMeasure) -> str:
    """What passes against the year before: «tăng điểm so với năm trước»."""
    if measure.target == 0 and measure.operator is Operator.ABOVE:
        return f"{_GAINS[measure.gain]} so với năm trước"
    asked = _NEED[measure.operator].format(figure=amount(measure.target, measure.unit))
    return f"{_GAINS[measure.gain]} so với năm trước, mức tăng {asked}"


def how_checked(measure: Measure) -> str:
    """How the answer will be checked, said before it is given."""
    match measure:
        case NumberMeasure(operator=None):
            return "Kế hoạch không đặt mức cụ thể; người thẩm định sẽ xem xét."
        case NumberMeasure():
            return f"Cách đối chiếu: cần {need(measure)}."
        case OrdinalMeasure():
            return f"Cách đối chiếu: cần {levels_needed(measure)}."
        case DeltaMeasure():
            return f"Cách đối chiếu: cần {gain_needed(measure)}."
        case SlotsMeasure():
            return f"Cần nêu đủ {len(measure.slots)} mục; người thẩm định xem nội dung."
        case DeclarationMeasure():
            return "Anh/chị tự xác nhận và giải thích ngắn; người thẩm định xem lại."
        case DocumentMeasure():
            return "Cần ít nhất một tệp minh chứng; người thẩm định xem nội dung."
        case NarrativeMeasure():
            return "Không có mức số; người thẩm định đọc và đánh giá."
        case _:
            assert_never(measure)


def how_to_answer(measure: Measure) -> str:
    """What to type or choose, as a hint under the question."""
    match measure:
        case NumberMeasure():
            example = "Nhắn một con số, ví dụ 95,5." if measure.percent else "Nhắn một con số, ví dụ 3."
            if not measure.fraction:
                return example
            return f"{example} Cũng có thể nhắn 98/100 ({measure.fraction})."
        case OrdinalMeasure():
            return "Chọn một mức."
        case DeltaMeasure():
            return "Nhắn hai con số: năm trước rồi năm nay, ví dụ 70,5 72."
        case SlotsMeasure():
            return "Nhắn lần lượt từng mục."
        case DeclarationMeasure():
            return "Chọn Có hoặc Không, sau đó giải thích ngắn."
        case DocumentMeasure():
            return "Gửi ảnh hoặc tệp minh chứng."
        case NarrativeMeasure():
            return "Nhắn vài câu: đã làm gì, kết quả ra sao."
        case _:
            assert_never(measure)


def answered(comparison: Comparison) -> str:
    """The answer itself, short, for a review page."""
    match comparison.measure, comparison.given:
        case NumberMeasure() as measure, NumberGiven() as given:
            return given_number(measure, given)
        case OrdinalMeasure() as measure, LevelGiven(level=level):
            return measure.scale.level(level).label
        case OrdinalMeasure() as measure, AwaitedGiven():
            return measure.awaited
        case DeltaMeasure() as measure, DeltaGiven(before=Decimal() as before, now=Decimal() as now):
            return f"năm trước {amount(before, measure.unit)}, năm nay {amount(now, measure.unit)}"
        case SlotsMeasure() as measure, SlotsGiven(texts=texts) if texts:
            return "; ".join(
                f"{slot.label}: {texts[slot.key]}" for slot in measure.slots if texts.get(slot.key)
            )
        case _, DeclarationGiven(yes=yes, explanation=explanation):
            word = YES if yes else NO
            return f"{word}. {explanation}" if explanation else word
        case _, TextGiven(text=text):
            return text
        case DocumentMeasure(), None if comparison.files:
            return f"{comparison.files} tệp minh chứng"
    return outcome(Outcome.UNANSWERED)


def own_words(comparison: Comparison) -> str:
    """What a person wrote: a narrative, or the explanation beside a yes or no."""
    match comparison.given:
        case TextGiven(text=text):
            return text
        case DeclarationGiven(explanation=explanation):
            return explanation
        case _:
            return ""


def compared(comparison: Comparison) -> str:
    """One measure and its answer as a sentence, with the comparison spelled out."""
    sentence = _compared(comparison) if comparison.answered else "chưa trả lời."
    label = comparison.measure.label
    return f"{label}: {sentence}" if label else sentence[0].upper() + sentence[1:]


def verdict(value: Verdict) -> str:
    """The outcome and what it rests on, a line each."""
    if value.outcome is Outcome.NOT_APPLICABLE:
        return f"{NOT_APPLICABLE}. Lý do: {value.reason}" if value.reason else f"{NOT_APPLICABLE}."
    return "\n".join(compared(comparison) for comparison in value.comparisons)


_UNREADABLE = {
    NumberProblem.EMPTY: "Tin nhắn chưa có con số nào. Anh/chị nhắn một con số, ví dụ 95,5.",
    NumberProblem.TOO_LONG: "Tin nhắn dài hơn một con số. Anh/chị chỉ nhắn con số, ví dụ 95,5.",
    NumberProblem.NOT_A_NUMBER: "Chưa đọc được con số trong «{given}». Anh/chị nhắn một con số, ví dụ 95,5.",
    NumberProblem.SEVERAL: "«{given}» có nhiều hơn một con số. Anh/chị chỉ nhắn một con số, ví dụ 95,5.",
    NumberProblem.SEPARATORS: "Dấu chấm, dấu phẩy trong «{given}» chưa rõ. Anh/chị viết như 95,5 hoặc 1.234.",
    NumberProblem.ZERO_WHOLE: "Mẫu số trong «{given}» bằng 0. Anh/chị kiểm tra lại tổng số.",
    NumberProblem.NEGATIVE_PART: "«{given}» có số âm. Tử số và mẫu số phải từ 0 trở lên.",
    NumberProblem.FRACTION_UNWANTED: "Câu này hỏi số {unit}, không hỏi tỷ lệ. Anh/chị nhắn như 3.",
    NumberProblem.PERCENT_UNWANTED: "Câu này hỏi số {unit}, không hỏi phần trăm. Anh/chị nhắn như 3.",
    NumberProblem.NOT_WHOLE: "Số {unit} phải là số nguyên. Anh/chị nhắn lại, ví dụ 3.",
    NumberProblem.OUT_OF_RANGE: "«{given}» nằm ngoài mức có thể có ({bounds}). Anh/chị kiểm tra lại.",
}


def unreadable(
    problem: NumberProblem,
    given: str,
    unit: str = "",
    low: Decimal | None = None,
    high: Decimal | None = None,
) -> str:
    """Why what was typed is not the number asked for, and what to type instead.

    The parameters are the facts of a `Refusal(NUMBER_UNREADABLE)`.
    """
    said = clean_line(given, 40)
    sentence = _UNREADABLE[problem].format(given=said, unit=unit, bounds=_bounds(unit, low, high))
    return f"{sentence} {KEPT}"


def _compared(comparison: Comparison) -> str:
    said = answered(comparison)
    match comparison.measure:
        case NumberMeasure(operator=None):
            return f"{said}, đã ghi nhận; kế hoạch không đặt mức, người thẩm định sẽ xem xét."
        case NumberMeasure() as measure:
            return _weighed(comparison, said, target(measure), need(measure))
        case OrdinalMeasure() as measure:
            minimum = measure.scale.level(measure.minimum).label
            if isinstance(comparison.given, AwaitedGiven):
                return f"{said}; khi có kết quả, anh/chị chọn lại mức."
            return _weighed(comparison, f"mức {said}", f"{minimum} trở lên", levels_needed(measure))
        case DeltaMeasure() as measure:
            asked = gain_needed(measure)
            return _weighed(comparison, said, asked, asked)
        case SlotsMeasure() as measure:
            return f"đã nêu đủ {len(measure.slots)} mục; người thẩm định sẽ xem xét."
        case DeclarationMeasure():
            return "tự xác nhận là có." if comparison.passes else "tự xác nhận là không, chưa đạt."
        case DocumentMeasure():
            return f"đã có {said}."
        case NarrativeMeasure():
            return "đã có nội dung; người thẩm định sẽ xem xét."
        case _:
            assert_never(comparison.measure)


def _weighed(comparison: Comparison, said: str, asked: str, needed: str) -> str:
    if comparison.passes:
        return f"{said} đạt «{asked}»."
    return f"{said} không đạt «{asked}» (cần {needed})."


def _rounded(value: Decimal, border: Decimal | None) -> Decimal:
    for places in range(2, _FINEST + 1):
        rounded = value.quantize(Decimal(1).scaleb(-places))
        if border is None or rounded.compare(border) == value.compare(border):
            return _trimmed(rounded)
    return value


def _trimmed(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _bounds(unit: str, low: Decimal | None, high: Decimal | None) -> str:
    match low, high:
        case Decimal(), Decimal():
            return f"từ {format_number(low)} đến {amount(high, unit)}"
        case Decimal(), None:
            return f"từ {amount(low, unit)} trở lên"
        case None, Decimal():
            return f"không quá {amount(high, unit)}"
    return ""

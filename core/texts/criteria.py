"""How a criterion is asked and what it needs, in words."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import assert_never

from core.criteria import ClauseKind, Criterion, Outcome, Way
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
from core.numbers import format_number, format_percent
from core.vietnamese import inside_a_sentence

YES = "Có"
NO = "Không"
NOT_APPLICABLE = "Không áp dụng"

GATES = {
    ClauseKind.PREREQUISITE: "Điều kiện tiên quyết: chưa đạt thì chưa được xét khen thưởng.",
    ClauseKind.DISQUALIFIER: "Điều kiện loại trừ: thuộc trường hợp này thì không được xét khen thưởng.",
}
"""What is said above a clause that decides whether anything else counts."""


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
            return "Chờ xem xét"
        case Outcome.AWAITED:
            return "Đang chờ kết quả"
        case Outcome.NOT_APPLICABLE:
            return NOT_APPLICABLE
        case _:
            assert_never(value)


_RESULTS = {
    (ClauseKind.PREREQUISITE, Outcome.MET): "Đạt điều kiện tiên quyết",
    (ClauseKind.PREREQUISITE, Outcome.NOT_MET): "Chưa đạt điều kiện tiên quyết",
    (ClauseKind.DISQUALIFIER, Outcome.MET): "Không thuộc trường hợp loại trừ",
    (ClauseKind.DISQUALIFIER, Outcome.NOT_MET): "Thuộc trường hợp không xét khen thưởng",
}


def result(kind: ClauseKind, value: Outcome) -> str:
    """What an outcome means for a clause of this kind."""
    return _RESULTS.get((kind, value)) or outcome(value)


def amount(value: Decimal, unit: str) -> str:
    """A figure with its unit: «90,5 %», «3 sáng kiến»."""
    if unit == "%":
        return format_percent(value)
    return f"{format_number(value)} {unit}".rstrip()


TARGETS = {
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
    return TARGETS[measure.operator].format(**figures(measure))


def need(measure: NumberMeasure) -> str:
    """What passes, with the border spelled out: «lớn hơn 90 %, bằng 90 % chưa đủ»."""
    if measure.operator is None or measure.target is None:
        return ""
    words = _NEED[measure.operator].format(**figures(measure))
    if measure.aim is None:
        return words
    return f"{words}; {amount(measure.aim, measure.unit)} là mức phấn đấu, cao hơn vẫn đạt"


def figures(measure: NumberMeasure) -> dict[str, str]:
    """The figures a sentence about the target may use."""
    asked = measure.target or Decimal(0)
    if measure.operator is Operator.WITHIN and measure.upper is not None:
        return {
            "figure": format_number(asked, group=not measure.percent),
            "upper": amount(measure.upper, measure.unit),
        }
    return {"figure": amount(asked, measure.unit), "upper": "…"}


def levels_needed(measure: OrdinalMeasure) -> str:
    """Every level that passes: «Tốt hoặc Xuất sắc»."""
    passing = [one.label for one in measure.scale.levels if measure.scale.reaches(one.key, measure.minimum)]
    return " hoặc ".join(passing)


_GAINS = {Gain.SCORE: "tăng điểm", Gain.RANK: "tăng bậc"}
_GAIN_OF = {
    Operator.EQUAL: "tăng đúng {figure} so với năm trước",
    Operator.AT_LEAST: "tăng từ {figure} trở lên so với năm trước",
    Operator.ABOVE: "tăng trên {figure} so với năm trước",
    Operator.AT_MOST: "tăng không quá {figure} so với năm trước",
    Operator.BELOW: "tăng dưới {figure} so với năm trước",
    Operator.WITHIN: "tăng từ {figure} trở lên so với năm trước",
}


def gain_needed(measure: DeltaMeasure) -> str:
    """What passes against the year before: «tăng điểm so với năm trước»."""
    if measure.target == 0 and measure.operator is Operator.ABOVE:
        return f"{_GAINS[measure.gain]} so với năm trước"
    if measure.target == 0 and measure.operator is Operator.AT_LEAST:
        return "không giảm so với năm trước"
    return _GAIN_OF[measure.operator].format(figure=amount(measure.target, measure.unit))


def what_is_met(measure: Measure) -> str:
    """What holds where a measure holds, inside a sentence: «trên 10 %», «có»; empty where people judge."""
    match measure:
        case NumberMeasure():
            return target(measure)
        case OrdinalMeasure():
            return levels_needed(measure)
        case DeltaMeasure():
            return gain_needed(measure)
        case DeclarationMeasure():
            return "có"
        case DocumentMeasure():
            return "có văn bản này"
        case SlotsMeasure() | NarrativeMeasure():
            return ""
        case _:
            assert_never(measure)


def how_checked(measure: Measure, kind: ClauseKind = ClauseKind.CONTENT) -> str:
    """How the answer will be checked, said before it is given."""
    if kind is ClauseKind.DISQUALIFIER and (met := what_is_met(measure)):
        return f"Không xét nếu {met}."
    match measure:
        case NumberMeasure(operator=None):
            return "Kế hoạch không đặt mức cụ thể; người thẩm định sẽ xem xét."
        case NumberMeasure():
            return f"Cách đối chiếu: cần {need(measure)}."
        case OrdinalMeasure():
            return f"Cách đối chiếu: cần {levels_needed(measure)}."
        case DeltaMeasure():
            return f"Cách đối chiếu: cần {gain_needed(measure)}{_even(measure)}."
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


def _even(measure: DeltaMeasure) -> str:
    """That standing still is not a gain, where any gain is enough."""
    return ", bằng năm trước chưa đủ" if measure.target == 0 and measure.operator is Operator.ABOVE else ""


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
        case DeltaMeasure(gain=Gain.RANK):
            return "Nhắn hai thứ hạng, năm trước rồi năm nay, ví dụ 9 6; hoặc nhắn từng năm."
        case DeltaMeasure():
            return "Nhắn hai con số, năm trước rồi năm nay, ví dụ 70,5 72; hoặc nhắn từng năm."
        case SlotsMeasure():
            first = inside_a_sentence(measure.slots[0].label)
            return f"Nhắn lần lượt từng mục, hoặc mỗi mục một dòng như «{first}: …»."
        case DeclarationMeasure():
            return "Chọn Có hoặc Không, sau đó giải thích ngắn."
        case DocumentMeasure():
            return "Gửi ảnh hoặc tệp minh chứng."
        case NarrativeMeasure():
            return "Nhắn vài câu: đã làm gì, kết quả ra sao."
        case _:
            assert_never(measure)


PICK_A_WAY = "Chọn cách để trả lời; đổi sang cách khác được bất cứ lúc nào."


def ways(criterion: Criterion, way: Way) -> str:
    """The ways to meet a clause, one a line: «1) …», «2) … và …»."""
    lines = [f"{place}) {part_in_full(criterion, part)}" for place, part in enumerate(way.parts, 1)]
    head = "Đạt một trong các cách:"
    if criterion.ways[0] is not way:
        head = f"{way.label}: đạt một trong các cách:"
    return "\n".join((head, *lines))


def way_number(criterion: Criterion, way_code: str, part: str) -> str:
    """«cách 2: tăng bậc»."""
    way = criterion.way(way_code)
    place = 1 + way.parts.index(part) if way else 0
    return f"cách {place}: {inside_a_sentence(part_name(criterion, part))}"


def part_name(criterion: Criterion, code: str) -> str:
    """What a way or a measure is called."""
    way = criterion.way(code)
    if way is not None:
        return way.label
    measure = criterion.measure(code)
    return measure.label or measure.question


def part_in_full(criterion: Criterion, code: str) -> str:
    """A way with everything it takes: «Sáng kiến: quyết định công nhận và hiệu quả áp dụng»."""
    way = criterion.way(code)
    if way is None:
        return part_name(criterion, code)
    return f"{way.label}: {_parts(criterion, way)}"


def all_needed(criterion: Criterion) -> str:
    """What a clause needs together, where it asks for several things of which some have ways of their own."""
    root = criterion.ways[0] if criterion.ways else None
    if root is None or root.any_of or criterion.excludes:
        return ""
    return f"Cần đủ: {_parts(criterion, root)}."


def _parts(criterion: Criterion, way: Way) -> str:
    """«a, b và c», «a hoặc b»."""
    return strung([part_name(criterion, part) for part in way.parts], "hoặc" if way.any_of else "và")


_RUNS_ON = re.compile(r"[,;]| (?:và|hoặc) ")


def strung(names: Sequence[str], word: str) -> str:
    """«a, b và c»; «a và b; và c, d» where the names have such marks or words of their own."""
    *first, last = map(inside_a_sentence, names)
    if not first:
        return last
    if any(map(_RUNS_ON.search, names)):
        return f"{'; '.join(first)}; {word} {last}"
    return f"{', '.join(first)} {word} {last}"

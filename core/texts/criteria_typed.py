"""Why what was typed is not the answer asked for, and what to type instead."""

from decimal import Decimal

from core.numbers import NumberProblem, format_number
from core.texts.criteria import amount
from core.vietnamese import clean_line

KEPT = "Các câu đã trả lời vẫn còn nguyên."

_UNREADABLE = {
    NumberProblem.EMPTY: "Tin nhắn chưa có con số nào. Anh/chị nhắn một con số.",
    NumberProblem.TOO_LONG: "Tin nhắn dài hơn một con số. Anh/chị chỉ nhắn con số.",
    NumberProblem.NOT_A_NUMBER: (
        "Chưa đọc được con số trong «{given}». Anh/chị chỉ nhắn con số, không kèm chữ hay dấu khác."
    ),
    NumberProblem.SEVERAL: "«{given}» có nhiều hơn một con số. Anh/chị chỉ nhắn một con số.",
    NumberProblem.SEPARATORS: (
        "Dấu chấm, dấu phẩy trong «{given}» chưa rõ. "
        "Anh/chị viết số lẻ với dấu phẩy, như 95,5; hàng nghìn viết liền, như 1234."
    ),
    NumberProblem.ZERO_WHOLE: "Mẫu số trong «{given}» bằng 0. Anh/chị kiểm tra lại tổng số.",
    NumberProblem.NEGATIVE_PART: "«{given}» có số âm. Tử số và mẫu số phải từ 0 trở lên.",
    NumberProblem.FRACTION_UNWANTED: "Câu này hỏi số {unit}, không hỏi tỷ lệ. Anh/chị nhắn như 3.",
    NumberProblem.PERCENT_UNWANTED: "Câu này hỏi số {unit}, không hỏi phần trăm. Anh/chị nhắn như 3.",
    NumberProblem.NOT_WHOLE: "Số {unit} phải là số nguyên. Anh/chị nhắn lại, ví dụ 3.",
    NumberProblem.OUT_OF_RANGE: "«{given}» nằm ngoài mức có thể có ({bounds}). Anh/chị kiểm tra lại.",
    NumberProblem.NOT_TWO: (
        "Chưa đọc được số của năm trước và năm nay trong «{given}». "
        "Anh/chị nhắn hai con số, năm trước rồi năm nay, ví dụ 9 6."
    ),
    NumberProblem.MORE_THAN_TWO: (
        "«{given}» có nhiều hơn hai con số. Anh/chị chỉ nhắn hai con số, năm trước rồi năm nay, ví dụ 9 6."
    ),
    NumberProblem.NOT_A_RANK: (
        "Thứ hạng phải là số nguyên từ 1, «{given}» chưa phải. "
        "Anh/chị nhắn hạng năm trước rồi năm nay, ví dụ 9 6."
    ),
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


def slot_too_short(slot: str) -> str:
    """A slot was left with nothing, or a single letter, in it."""
    return f"Mục «{slot}» chưa có nội dung nên tin này chưa được ghi. Anh/chị nêu cụ thể hơn. {KEPT}"


def slot_too_long(slot: str, length: int, limit: int) -> str:
    """More was written than one slot holds."""
    return (
        f"Mục «{slot}» dài {length} ký tự, tối đa {limit} nên tin này chưa được ghi. "
        f"Anh/chị viết gọn lại, chi tiết có thể gửi tệp minh chứng. {KEPT}"
    )


def _bounds(unit: str, low: Decimal | None, high: Decimal | None) -> str:
    match low, high:
        case Decimal(), Decimal():
            return f"từ {format_number(low)} đến {amount(high, unit)}"
        case Decimal(), None:
            return f"từ {amount(low, unit)} trở lên"
        case None, Decimal():
            return f"không quá {amount(high, unit)}"
    return ""

"""Why something cannot be done while a dossier is appraised."""

from collections.abc import Mapping

from core.refusals import Code, Refusal

PLAIN: Mapping[Code, str] = {
    Code.APPRAISAL_CONFLICT: "Hồ sơ này liên quan đến chính anh/chị, đơn vị của anh/chị, hoặc anh/chị "
    "đã khai có liên quan, nên do người khác thẩm định. Không có gì thay đổi.",
    Code.SUPPLEMENT_EMPTY: "Chưa ghi mục nào cần bổ sung nên hồ sơ chưa được trả lại. "
    "Anh/chị ghi từng mục còn thiếu trước, rồi trả lại.",
    Code.SUPPLEMENT_PAST: "Hạn bổ sung phải sau hôm nay nên hồ sơ chưa được trả lại. "
    "Các mục đã ghi vẫn còn; anh/chị nhập ngày khác.",
}


def sentence(refusal: Refusal) -> str:
    """One with facts in it."""
    facts = refusal.facts
    match refusal.code:
        case Code.APPRAISAL_ELSEWHERE:
            return (
                f"Hồ sơ này đang do {facts['name'] or 'người khác'} thẩm định nên anh/chị chưa ghi được. "
                "Không có gì thay đổi; cần thì nhờ người đó chuyển lại."
            )
        case Code.APPRAISAL_UNFINISHED:
            parts = [
                f"{facts[name]} tiêu chí {words}"
                for name, words in (("unmarked", "chưa có kết quả"), ("unclear", "còn «Cần làm rõ»"))
                if facts[name]
            ]
            return (
                f"Chưa kết thúc thẩm định được: {' và '.join(parts)}. Các kết quả đã ghi vẫn còn; "
                "anh/chị ghi nốt, hoặc nêu lý do kết thúc khi còn như vậy."
            )
        case Code.APPRAISAL_DAYS_OUTSIDE:
            return f"Số ngày làm việc phải từ 1 đến {facts['most']} nên số cũ vẫn giữ nguyên."
        case Code.SUPPLEMENT_FULL:
            return (
                f"Một lần trả lại có nhiều nhất {facts['most']} mục nên mục này chưa được ghi. "
                "Anh/chị gộp vào mục đã có hoặc bỏ bớt mục."
            )
        case Code.SUPPLEMENT_OPEN:
            return (
                f"Còn {facts['left']} mục chưa có nội dung hay tệp bổ sung nên hồ sơ chưa được nộp lại. "
                "Những mục đã bổ sung vẫn còn; anh/chị làm nốt rồi nộp."
            )
        case _:
            return (
                f"Vị trí phải từ 1 đến {facts['most']} nên danh sách vẫn giữ nguyên. "
                "Anh/chị nhập lại vị trí và lý do."
            )

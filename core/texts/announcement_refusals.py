"""Why an announcement cannot be as its author wants it."""

from collections.abc import Mapping
from datetime import datetime

from core.refusals import Code, Refusal
from core.vietnamese import moment

PLAIN: Mapping[Code, str] = {
    Code.ANNOUNCEMENT_MOVED_ON: "Thông báo này đã sang bước khác nên việc vừa chọn không còn làm được. "
    "Không có gì bị mất; màn hình dưới đây là tình trạng hiện tại.",
    Code.ANNOUNCEMENT_EMPTY: "Thông báo cần tiêu đề và nội dung (hoặc tệp) thì mới gửi được. "
    "Bản nháp vẫn còn nguyên; anh/chị bổ sung rồi gửi.",
    Code.ANNOUNCEMENT_FOR_NOBODY: "Lúc này không có ai nhận được thông báo. Bản nháp vẫn còn nguyên; "
    "anh/chị xem lại người nhận.",
}


def sentence(refusal: Refusal) -> str:
    """The sentence for a refusal that names something."""
    match refusal.code:
        case Code.ANNOUNCEMENT_QUESTION:
            return (
                f"Câu hỏi cần từ 2 đến {refusal.facts['limit']} phương án và một phương án đúng. "
                "Phần đã soạn vẫn còn; anh/chị nhập lại các phương án."
            )
        case Code.ANNOUNCEMENT_TIME_PAST:
            at = refusal.facts["at"]
            assert isinstance(at, datetime)
            return f"{moment(at)} đã qua nên chưa hẹn giờ gửi. Bản nháp vẫn còn; anh/chị chọn giờ khác."
        case _:
            return (
                f"Hôm nay anh/chị đã gửi {refusal.facts['limit']} thông báo, đủ mức của một ngày. "
                "Bản nháp vẫn còn; anh/chị hẹn gửi vào ngày khác."
            )

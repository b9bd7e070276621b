"""Why an announcement cannot be as its author wants it."""

from collections.abc import Mapping
from datetime import date, datetime

from core.refusals import Code, Refusal
from core.vietnamese import at_the_start, long_date, moment

PLAIN: Mapping[Code, str] = {
    Code.ANNOUNCEMENT_REASON: "Cần một câu lý do để người nhận hiểu vì sao có thay đổi. "
    "Chưa có gì được gửi đi; anh/chị gõ lý do rồi gửi lại.",
    Code.ANNOUNCEMENT_MOVED_ON: "Thông báo này đã sang bước khác nên việc vừa chọn không còn làm được. "
    "Không có gì bị mất; màn hình dưới đây là tình trạng hiện tại.",
    Code.ANNOUNCEMENT_LEAVING: "Thông báo đang được xếp vào hàng gửi nên chưa sửa hay thu hồi được. "
    "Lời văn vừa soạn vẫn còn; việc xếp hàng chỉ mất ít giây, anh/chị chờ rồi chọn lại, hoặc bấm «Dừng hẳn».",
    Code.ANNOUNCEMENT_EMPTY: "Thông báo cần tiêu đề và nội dung (hoặc tệp) thì mới gửi được. "
    "Bản nháp vẫn còn nguyên; anh/chị bổ sung rồi gửi.",
    Code.ANNOUNCEMENT_FOR_NOBODY: "Lúc này không có ai nhận được thông báo. Bản nháp vẫn còn nguyên; "
    "anh/chị xem lại người nhận.",
    Code.ANNOUNCEMENT_NOBODY_ELSE: "Việc này cần người thứ hai duyệt, nhưng ngoài anh/chị chưa ai "
    "có quyền duyệt thông báo nên chưa gửi được. Không có gì bị mất; anh/chị nhờ quản trị giao "
    "vai trò văn phòng cho một người nữa.",
    Code.ANNOUNCEMENT_BLANKS: "Thông báo còn chỗ «[điền …]» chưa viết nên chưa gửi được. "
    "Bản nháp vẫn còn nguyên; anh/chị sửa tiêu đề hoặc nội dung rồi gửi.",
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
        case Code.ANNOUNCEMENT_FILES:
            return (
                f"Mỗi thông báo kèm tối đa {refusal.facts['limit']} tệp nên tệp vừa gửi chưa được nhận. "
                "Bản nháp và các tệp trước vẫn còn; anh/chị bỏ bớt một tệp rồi gửi lại."
            )
        case Code.ANNOUNCEMENT_FILES_WAITING:
            return (
                f"Còn {refusal.facts['count']} tệp đang được kiểm tra nên chưa gửi được. "
                "Bản nháp vẫn còn nguyên; anh/chị chờ vài giây rồi chọn lại, hoặc bỏ tệp đó ở «Tệp kèm»."
            )
        case _:
            day = refusal.facts["day"]
            assert isinstance(day, date)
            return (
                f"{at_the_start(long_date(day))} đã có {refusal.facts['limit']} thông báo của anh/chị, "
                "đủ mức của một ngày. Bản nháp vẫn còn nguyên; anh/chị hẹn gửi vào ngày khác."
            )

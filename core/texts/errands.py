"""Sentences about slow work that could not be done."""

from typing import assert_never

from core.errands import ErrandKind
from core.messages import Message


def given_up(kind: ErrandKind, error: str) -> Message:
    """To administrators: a piece of work was tried for a day and given up."""
    return Message(
        title="Có việc hệ thống không làm được",
        body=f"{_told(kind)} Đã thử lại nhiều lần trong hơn 24 giờ (lỗi {error}).",
        hint="Xem nhật ký máy chủ, hoặc chạy «python3 run.py doctor» để tìm nguyên nhân.",
    )


def waits_for_scanner(minutes: int) -> Message:
    """To administrators: files wait because the virus scanner does not answer."""
    return Message(
        title="Bộ quét vi-rút không trả lời",
        body=f"Có tệp minh chứng đã chờ quét hơn {minutes} phút. Tệp vẫn được giữ và sẽ được kiểm tra khi "
        "bộ quét chạy lại; người gửi thấy «đang kiểm tra» và chưa ký được.",
        hint="Kiểm tra dịch vụ clamd, hoặc chạy «python3 run.py doctor».",
    )


def _told(kind: ErrandKind) -> str:
    match kind:
        case ErrandKind.FETCH_EVIDENCE:
            return "Có tệp minh chứng không lấy về được; người gửi đã được báo gửi lại, câu trả lời vẫn còn."
        case ErrandKind.SIGNED_COPY:
            return (
                "Có bản sao tự đánh giá không tạo được; bản đã ký vẫn nguyên, "
                "người ký yêu cầu tạo lại được ở màn hình biên nhận."
            )
        case ErrandKind.READ_PLAN:
            return "Có tệp kế hoạch không lấy về được; người gửi đã được báo gửi lại, chưa có gì thay đổi."
        case ErrandKind.WRITE_PLAN:
            return "Có tệp Excel của kế hoạch không tạo được; người yêu cầu đã được báo, kế hoạch vẫn nguyên."
        case ErrandKind.COMMANDS:
            return "Có cuộc trò chuyện chưa đặt được danh sách lệnh; mọi việc khác vẫn dùng được."
        case ErrandKind.ANNOUNCE:
            return "Có thông báo đến giờ mà chưa gửi đi được; nội dung và người nhận vẫn nguyên."
        case ErrandKind.FETCH_ANNOUNCEMENT_FILE:
            return "Có tệp của thông báo không lấy về được; người soạn đã được báo gửi lại, bản nháp vẫn còn."
        case ErrandKind.ANNOUNCEMENT_SHEET:
            return "Có bảng kết quả thông báo không lập được; người yêu cầu đã được báo, kết quả vẫn nguyên."
        case ErrandKind.DOSSIER_ARCHIVE:
            return "Có gói hồ sơ khen thưởng không đóng được; người nộp đã được báo, hồ sơ vẫn có hiệu lực."
        case ErrandKind.ROUND_ARCHIVE:
            return "Có bản lưu trữ đợt thi đua không đóng được; người yêu cầu đã được báo."
        case ErrandKind.CODE_SHEET:
            return "Có phiếu mã tham gia không lập được; người yêu cầu đã được báo để cấp lại."
        case ErrandKind.FORGET_CODE_SHEET:
            return "Có tệp phiếu mã tham gia chưa xóa được; các mã trong đó vẫn hết hạn sau 72 giờ."
        case ErrandKind.ANNOUNCEMENT_PROGRESS:
            return "Có thông báo chưa đếm được kết quả gửi; việc gửi không bị ảnh hưởng."
        case ErrandKind.COUNCIL_PAPERS:
            return "Có biên bản, dự thảo Quyết định của Hội đồng không lập được; kết quả bỏ phiếu vẫn nguyên."
        case ErrandKind.DOSSIER_PAPERS:
            return "Có giấy tờ của hồ sơ khen thưởng không lập được; người yêu cầu đã được báo."
        case ErrandKind.READ_TEMPLATE:
            return "Có mẫu văn bản không đọc được; người gửi đã được báo gửi lại, mẫu đang dùng vẫn nguyên."
        case ErrandKind.GIVE_TEMPLATES:
            return "Có bộ mẫu văn bản không gửi được; người yêu cầu chọn tải lại được."
        case ErrandKind.READ_AWARDS:
            return "Có bảng khen thưởng không đọc được; người gửi đã được báo gửi lại, chưa ghi gì."
        case ErrandKind.GIVE_AWARD_TEMPLATE:
            return "Có mẫu bảng khen thưởng không gửi được; người yêu cầu chọn lấy lại được."
        case ErrandKind.APPRAISAL_LIKENESS:
            return "Có hồ sơ chưa tìm được minh chứng trùng; việc thẩm định vẫn làm được, kết quả vẫn nguyên."
        case ErrandKind.APPRAISAL_REPORT:
            return "Có báo cáo thẩm định không lập được; người yêu cầu đã được báo, các kết quả vẫn nguyên."
        case _:
            assert_never(kind)

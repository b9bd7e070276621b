"""Why something cannot be done with a dossier."""

from collections.abc import Mapping

from core.refusals import Code

PLAIN: Mapping[Code, str] = {
    Code.DOSSIER_SUPPLEMENTED: (
        "Hồ sơ đang được bổ sung nên chỉ bổ sung những mục được yêu cầu, không thêm người. Muốn thêm người, "
        "anh/chị rút hồ sơ về rồi nộp lại."
    ),
    Code.DOSSIER_MOVED_ON: "Hồ sơ này đã sang bước khác nên việc vừa chọn không còn làm được. "
    "Không có gì bị mất; màn hình dưới đây là tình trạng hiện tại.",
    Code.DOSSIER_NOT_OPEN: "Hồ sơ đã nộp nên đơn vị không sửa được lúc này. Nội dung vẫn còn nguyên; "
    "nếu cần sửa, thủ trưởng đơn vị rút hồ sơ về, sửa rồi nộp lại.",
    Code.DOSSIER_WITHDRAWN: "Đơn vị đã rút hồ sơ này để sửa. Những gì đã ghi vẫn còn; khi đơn vị nộp lại, "
    "anh/chị được báo.",
    Code.DOSSIER_HAS_ERRORS: "Hồ sơ vừa có thêm lỗi nên chưa nộp. Nội dung vẫn còn nguyên; anh/chị xem "
    "«Khám hồ sơ» rồi sửa, hoặc nộp lại kèm lý do.",
    Code.DOSSIER_NOBODY: "Hồ sơ chưa có ai nên chưa lập giấy tờ và chưa nộp được. Anh/chị đề nghị "
    "khen thưởng cho người đã ký bản tự đánh giá, rồi mở lại hồ sơ.",
    Code.TEMPLATE_NOT_WORD: "Mẫu văn bản là tệp Word có đuôi .docx. Chưa có gì thay đổi; anh/chị lưu lại "
    "dạng .docx rồi gửi.",
    Code.TEMPLATE_NOT_READY: "Mẫu này chưa dùng được: chưa thử xong hoặc còn lỗi. Mẫu đang dùng vẫn nguyên.",
    Code.TEMPLATE_DAY_PAST: "Ngày bắt đầu dùng không được ở trong quá khứ. Mẫu đang dùng vẫn nguyên; "
    "anh/chị gõ lại ngày, ví dụ 15/12/2026.",
    Code.PARTICULARS_BORN: (
        "Chưa ghi, vì không đọc được thành ngày sinh. Anh/chị gõ đủ ngày, tháng, năm, ví dụ «12/3/1988»; "
        "không muốn ghi thì chọn «Bỏ qua mục này»."
    ),
    Code.PARTICULARS_SEX: (
        "Chưa ghi. Anh/chị chọn «Nam» hoặc «Nữ»; không muốn ghi thì chọn «Bỏ qua mục này»."
    ),
    Code.PARTICULARS_LONG: "Nội dung dài quá 1.000 ký tự nên chưa ghi. Anh/chị viết gọn lại rồi gửi.",
}

"""Sentences of the front desk: ways out, what was not understood, what went wrong."""

from core.messages import Choice

BACK = Choice(".back", "⬅️ Quay lại")
CANCEL = Choice(".cancel", "✖️ Hủy")
MENU = Choice(".menu", "🏠 Menu")
HELP = Choice(".help", "❔ Trợ giúp")
NAV = (BACK, CANCEL, MENU, HELP)

#: Words (folded) understood everywhere, for each way out.
NAV_WORDS = {
    ".back": ("quay lai", "tro lai", "lui"),
    ".cancel": ("huy", "huy bo", "thoi"),
    ".menu": ("menu", "viec", "viec cua toi", "bat dau"),
    ".help": ("tro giup", "giup", "huong dan", "help"),
}

NAV_LINE = "Gõ: quay lại · hủy · menu · trợ giúp"

STALE = "Nút vừa bấm đã cũ. Đây là màn hình hiện tại; câu trả lời đã lưu vẫn được giữ."
NOT_UNDERSTOOD = "Chưa hiểu tin nhắn vừa rồi. Anh/chị chọn một mục bên dưới hoặc gõ «trợ giúp»."
NOT_A_CHOICE = "Chưa rõ anh/chị chọn mục nào. Bấm một nút, hoặc gõ số của mục đó."
NO_FILES_HERE = "Tệp vừa gửi chưa được nhận ở bước này."
UNSUPPORTED = (
    "Hệ thống chưa đọc được loại tin này (nhãn dán, ghi âm, vị trí…). "
    "Anh/chị gõ chữ, hoặc gửi ảnh, PDF, Word, Excel."
)
EDITED = (
    "Tin nhắn anh/chị vừa sửa không làm đổi câu trả lời đã ghi. "
    "Muốn đổi, anh/chị mở lại mục đó và trả lời lại."
)
CANCELLED = "Đã dừng. Những gì đã trả lời vẫn được lưu."
MOVED_ON = "Phần đang làm dở không mở lại được sau khi hệ thống cập nhật. Câu trả lời đã lưu vẫn còn."
CONTINUE_TYPED = "Đã đủ dài, phần cuối bị cắt."


def could_not_handle(case_code: str) -> str:
    """An apology when a message had to be given up."""
    return (
        f"Xin lỗi anh/chị, hệ thống chưa xử lý được một tin nhắn (mã sự cố {case_code}). "
        "Các câu trả lời trước đó vẫn còn. Anh/chị gõ «menu» để làm tiếp; "
        "nếu lặp lại, báo mã này cho bộ phận phụ trách."
    )


def case_opened(case_code: str) -> str:
    """To administrators: a message was given up."""
    return f"Sự cố {case_code}: một tin nhắn không xử lý được và đã được cất lại. Xem nhật ký máy chủ."


def grave_word(word: str, label: str) -> str:
    """How a grave choice is made where there are no buttons."""
    return f"Gõ «{word}» để: {label}"


ON_TRIAL = (
    "Hệ thống đang chạy thử, hiện chỉ phục vụ quản trị viên. "
    "Khi chính thức hoạt động, anh/chị mở lại đường dẫn của mình."
)

HELP_COMMAND = "Trợ giúp"
COMMAND_HINTS = {
    "viec": "Việc của tôi",
    "tudanhgia": "Tự đánh giá",
    "minhchung": "Minh chứng của tôi",
    "taikhoan": "Tài khoản và dữ liệu",
    "help": HELP_COMMAND,
}

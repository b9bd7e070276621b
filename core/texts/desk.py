"""Sentences of the front desk: ways out, what was not understood, what went wrong."""

from datetime import datetime

from core.messages import Capabilities, Choice
from core.roles import Permission
from core.texts.uploads import ASK_OTHERS
from core.vietnamese import clean_line

BACK = Choice(".back", "⬅️ Quay lại")
CANCEL = Choice(".cancel", "✖️ Hủy")
MENU = Choice(".menu", "🏠 Menu")
HELP = Choice(".help", "❔ Trợ giúp")
NAV = (BACK, CANCEL, MENU, HELP)

#: Words (folded) understood everywhere, for each way out.
NAV_WORDS = {
    ".back": ("quay lai", "tro lai", "lui"),
    ".cancel": ("huy", "huy bo", "thoi", "thoat"),
    ".menu": ("menu", "viec", "viec cua toi", "bat dau"),
    ".help": ("tro giup", "giup", "huong dan", "help"),
}

STALE = "Nút vừa bấm đã cũ. Đây là màn hình hiện tại; câu trả lời đã lưu vẫn được giữ."
VEIL_RENEWED = (
    "Chưa ghi gì từ tin vừa rồi: màn hình bỏ phiếu chỉ nhận lựa chọn trên màn hình mới nhất, ở dưới đây. "
    "Anh/chị chọn lại."
)
NOT_UNDERSTOOD = "Chưa hiểu tin nhắn vừa rồi. Anh/chị chọn một mục bên dưới hoặc gõ «trợ giúp»."
#: Characters of what somebody typed that are said back to them.
_SHOWN = 40
MARKS_OLD = "Các số trên tin cũ không còn dùng; đây là màn hình hiện tại."
AS_ABOVE = "Màn hình trước vẫn như cũ; các lựa chọn vẫn là:"
NOT_A_CHOICE = "Anh/chị chọn một mục bên dưới."
NO_FILES_HERE = "Tệp vừa gửi chưa được nhận: ở bước này không có việc nào cần tệp."
UNSUPPORTED = (
    "Hệ thống chưa đọc được loại tin này (nhãn dán, ghi âm, vị trí…). "
    "Anh/chị gõ chữ, hoặc gửi ảnh, PDF, Word, Excel."
)
ONLY_PHOTOS = (
    "Ứng dụng này không chuyển được loại tin vừa gửi (tệp, ghi âm, nhãn dán…) nên hệ thống chưa nhận được "
    f"gì. Anh/chị gõ chữ, hoặc gửi ảnh chụp. Tệp PDF, Word, Excel thì {ASK_OTHERS}."
)
ZERO = (
    "Chưa ghi gì, vì «0» ở đây có thể là số 0 hoặc là quay lại. "
    "Muốn ghi số 0, anh/chị nhắn «0,0»; muốn quay lại, gõ «quay lại»."
)
EDITED = (
    "Tin nhắn anh/chị vừa sửa không làm đổi câu trả lời đã ghi. "
    "Muốn đổi, anh/chị mở lại mục đó và trả lời lại."
)
CANCELLED = "Đã dừng. Những gì đã trả lời vẫn được lưu."
MOVED_ON = (
    "Phần đang mở không dùng tiếp được nữa: hệ thống vừa cập nhật, hoặc vai trò của anh/chị đã thay đổi. "
    "Câu trả lời đã lưu vẫn còn."
)


def marks_earlier(text: str) -> str:
    """A number was sent before the screen it would be taken for had arrived."""
    return (
        f"Chưa làm gì với «{clean_line(text, _SHOWN)}»: tin này được gửi trước khi màn hình dưới đây tới. "
        "Anh/chị chọn lại theo màn hình này."
    )


def wait_until(at: datetime) -> str:
    """To a chat that sends too much: from which message on nothing is taken, and until when."""
    return (
        "Anh/chị gửi nhanh quá nên hệ thống tạm ngừng nhận tin. Những tin trước đã được xử lý; tin vừa rồi "
        f"và các tin gửi trước {at:%H:%M:%S} sẽ không được xử lý. "
        "Sau lúc đó, anh/chị gửi lại những tin còn thiếu."
    )


def dropped(count: int) -> str:
    """With the first answer after that."""
    return f"Trong lúc tạm ngừng, có {count} tin chưa được xử lý. Cần tin nào, anh/chị gửi lại tin đó."


def unsupported(can: Capabilities) -> str:
    """Something came that no step can use."""
    return UNSUPPORTED if can.files_in else ONLY_PHOTOS


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


ON_TRIAL = (
    "Hệ thống đang chạy thử, hiện chỉ phục vụ quản trị viên. "
    "Khi chính thức hoạt động, anh/chị gõ «menu» để bắt đầu."
)

#: Commands with their hints, and the permission without which they are not offered.
COMMANDS: dict[str, tuple[str, Permission | None]] = {
    "viec": ("Việc của tôi", None),
    "tudanhgia": ("Tự đánh giá", Permission.ASSESS_SELF),
    "minhchung": ("Minh chứng của tôi", Permission.ASSESS_SELF),
    "kehoach": ("Kế hoạch", Permission.READ_PLAN),
    "taikhoan": ("Tài khoản và dữ liệu", Permission.MANAGE_ACCOUNT),
    "help": ("Trợ giúp", None),
}

#: What everybody is offered before joining.
COMMANDS_FOR_STRANGERS = (("start", "Bắt đầu"), ("help", "Trợ giúp"))

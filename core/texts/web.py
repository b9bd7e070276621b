"""What the pages of ours say: sending files, fetching one, and why neither can be done."""

from collections.abc import Sequence
from datetime import datetime

from core.texts.evidence_refusals import ACCEPTED
from core.vietnamese import file_size

TITLE = "Gửi tệp"
PICK = "Chọn ảnh hoặc tệp"
SEND = "Gửi"
REMOVE = "Bỏ tệp này"
AGAIN = "Thử lại"
FILES = "Các tệp đã chọn"
SENDING = "Đang tải lên"
ARRIVED = "Đã tải lên, chờ gửi"
FINISHING = "Đang gửi…"
NOTHING_YET = "Chưa có tệp nào. Anh/chị chọn ít nhất một tệp rồi bấm «Gửi»."
STILL_COMING = "Còn tệp đang tải lên, anh/chị chờ một chút rồi bấm «Gửi»."
LINE_LOST = "Mất kết nối khi đang tải tệp này. Anh/chị kiểm tra mạng rồi bấm «Thử lại»."
TOO_LARGE = "Tệp lớn hơn mức máy chủ cho phép nên chưa được nhận. Anh/chị giảm dung lượng rồi chọn lại tệp."
REMOVED = "Đã bỏ tệp."
TOO_OFTEN = "Có quá nhiều yêu cầu trong thời gian ngắn. Anh/chị chờ một phút rồi thử lại."
BUSY = "Máy chủ đang bận, tệp chưa được nhận. Anh/chị chờ một chút rồi thử lại."
CUT_OFF = "Tệp chưa tải lên hết vì mạng ngắt giữa chừng. Anh/chị thử lại."
TOO_MUCH_AT_ONCE = (
    "Các tệp chọn cùng lúc quá lớn nên chưa nhận được tệp nào. Anh/chị quay lại và gửi từng tệp."
)
UNREADABLE = "Không đọc được các tệp vừa gửi. Anh/chị mở lại trang và chọn tệp lần nữa."
GONE_ALREADY = "Tệp này không còn trên trang. Anh/chị tải lại trang để xem những tệp đang có."
TOO_LATE = (
    "Trang này đã gửi xong trước khi tệp này tải lên hết. Anh/chị xin bot một trang mới để gửi tệp này."
)
BACK = "Anh/chị quay lại cuộc trò chuyện với bot để xem tiếp."
ASK_AGAIN = (
    "Mỗi trang chỉ gửi một lần. Cần gửi thêm, anh/chị quay lại cuộc trò chuyện và xin bot một trang mới."
)
ONE_USE = "Bấm «Gửi» xong thì trang này đóng lại, nên anh/chị chọn đủ tệp trước khi gửi."
NOT_YOURS = "Nếu đây không phải là việc của anh/chị, xin đóng trang này và không gửi gì."

CHECKED = "Bot đang kiểm tra tệp và sẽ trả lời trong cuộc trò chuyện. Anh/chị quay lại đó để xem."
USED = "Trang này đã dùng xong."
SENT_TITLE = "Đã gửi xong"
USED_TITLE = "Trang này đã dùng"
EXPIRED_TITLE = "Trang này đã hết hạn"
EXPIRED = "Chưa có tệp nào được gửi từ lần mở này."
FORGED_TITLE = "Địa chỉ không đúng"
FORGED = "Đường dẫn bị thiếu hoặc sai vài chữ. Anh/chị mở lại đúng đường dẫn mà bot đã gửi."
VOID_TITLE = "Trang này không còn dùng được"
VOID = "Cuộc trò chuyện đã xin trang này không còn kết nối với người gửi. Chưa có tệp nào được gửi."
BUSY_TITLE = "Tạm thời chưa mở được"
BUSY_PAGE = "Máy chủ đang bận. Các tệp đã tải lên vẫn được giữ. Anh/chị chờ một chút rồi tải lại trang."
TOO_OFTEN_TITLE = "Xin chờ một chút"
FILE_GONE_TITLE = "Không mở được tệp"
FILE_EXPIRED = "Đường dẫn tải tệp đã hết hạn. Anh/chị quay lại cuộc trò chuyện và xin bot gửi lại tệp."
FILE_GONE = "Tệp này không còn được lưu. Anh/chị quay lại cuộc trò chuyện và xin bot gửi lại tệp."


def for_whom(given_name: str) -> str:
    """Whose page this is."""
    return f"Người gửi: anh/chị {given_name}"


def for_what(what: str) -> str:
    """Where the files go."""
    return f"Gửi cho: {what}"


def limits(most: int, file_bytes: int) -> str:
    """What can be sent."""
    how_many = "1 tệp" if most == 1 else f"tối đa {most} tệp"
    return f"Nhận {how_many}, mỗi tệp không quá {file_size(file_bytes)}: {ACCEPTED}."


def until(moment: datetime) -> str:
    """How long the page stays open, in the office's own time."""
    return f"Trang dùng được đến {moment:%H:%M} ngày {moment:%d/%m}."


def too_many(most: int) -> str:
    """One file more than the page takes."""
    if most == 1:
        return "Trang này chỉ nhận 1 tệp. Muốn gửi tệp khác, anh/chị bỏ tệp đã chọn trước."
    return f"Trang này chỉ nhận {most} tệp. Tệp này chưa được nhận; các tệp đã chọn vẫn giữ."


def too_much(total: int) -> str:
    """More bytes together than the page takes."""
    return f"Tổng dung lượng vượt quá {file_size(total)}. Tệp này chưa được nhận; các tệp đã chọn vẫn giữ."


def arrived(names: Sequence[str]) -> str:
    """What heads the list of what was sent."""
    return f"Bot đã nhận {len(names)} tệp:"


def ready(count: int) -> str:
    """How many files wait for «Gửi»."""
    return f"{count} tệp sẵn sàng. Bấm «Gửi» để chuyển cho bot."


#: Words of the page's script, by name. «{}» stands for a figure or a name.
SCRIPT = {
    "remove": REMOVE,
    "again": AGAIN,
    "sending": SENDING,
    "arrived": ARRIVED,
    "finishing": FINISHING,
    "nothing": NOTHING_YET,
    "coming": STILL_COMING,
    "lost": LINE_LOST,
    "removed": REMOVED,
    "large": TOO_LARGE,
    "refused": "«{}» chưa được nhận, lý do ghi trong danh sách.",
    "ready": "{} tệp sẵn sàng. Bấm «Gửi» để chuyển cho bot.",
}

PORT_TAKEN = "cổng đang có chương trình khác dùng"
NO_SUCH_HOST = "máy này không có địa chỉ đó"


def opened(address: str, host: str, port: int) -> str:
    """Where the pages are, and where a proxy has to hand requests on to."""
    return f"Trang web: {address}, máy chủ web chuyển yêu cầu tới {host}:{port}."


def cannot_listen(host: str, port: int, why: str) -> str:
    """The port of the pages cannot be had."""
    return (
        f"Không mở được cổng {port} tại {host} cho các trang web: {why}. Bot chưa chạy, dữ liệu còn nguyên. "
        "Anh/chị tắt chương trình đang dùng cổng đó, hoặc đổi port trong nhóm [web] của config.toml."
    )

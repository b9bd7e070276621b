"""What is read in the sandbox: the page, its people, its tour, and the lines at the machine."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from core.deadlines import Obligation
from core.texts.reminders import what
from core.vietnamese import inside_a_sentence, moment

BOT_NAME = "Thi đua CCHC (mẫu)"

HELP = "Mở bản dùng thử trên máy này: một trang có nhiều điện thoại, dữ liệu mẫu, không gửi gì ra ngoài."
HELP_PORT = "Cổng trên máy này; cổng đang bận thì dùng cổng trống kế tiếp."
HELP_FOLDER = "Thư mục dữ liệu mẫu; được làm mới mỗi lần mở."
HELP_NO_BROWSER = "Không tự mở trình duyệt."
PORT_WORD = "CỔNG"
FOLDER_WORD = "THƯ_MỤC"

#: What each person is there to try, by their key.
HINTS: Mapping[str, str] = {
    "lan": "Chưa tham gia. Bắt đầu từ đây.",
    "hung": "Trưởng khoa, đầu mối: đề nghị khen thưởng, nộp hồ sơ.",
    "binh": "Đang tự đánh giá dở.",
    "thao": "Cấp phó của khoa: được báo khi khoa quá hạn.",
    "mai": "Văn phòng và quản trị: triệu tập Hội đồng, nhập Quyết định.",
    "thu": "Quản trị: người thứ hai duyệt thông báo.",
    "khanh": "Thẩm định hồ sơ, không thuộc khoa.",
    "phong": "Chủ trì Hội đồng.",
    "yen": "Thành viên Hội đồng.",
    "sang": "Thành viên Hội đồng.",
    "duc": "Giám đốc: phê duyệt danh sách.",
}

#: Telephones that are shown together, by the key of the group.
GROUPS: Mapping[str, str] = {
    "ward": "Khoa",
    "office": "Văn phòng, thẩm định",
    "council": "Hội đồng",
}

#: What Bình has already answered, by the code of the criterion.
ANSWERED: Mapping[str, str] = {
    "004-b3": "Đã phổ biến hai thông tư mới về khám bệnh, chữa bệnh trong buổi giao ban khoa, có biên bản.",
    "004-c3": "90,0",
    "004-đ1": "Tham gia đủ các buổi trực, được người bệnh ghi nhận ở hòm thư góp ý.",
    "004-đ2": "Đã ký cam kết quy tắc ứng xử, không có ý kiến phàn nàn về thái độ phục vụ.",
    "004-g4": "Dùng phần mềm đặt lịch hẹn khám, hướng dẫn người bệnh tra kết quả trên điện thoại.",
    "004-h2": "94,5",
    "004-i1": "1",
}

#: What the day rests on by which units hand in.
RESTS_ON = "Công văn 15/CV-TTYT ngày 11/12/2026 (mẫu)"

TOUR = (
    "Lan nối tài khoản: bấm «Mở đường dẫn tham gia», «Đúng là tôi», «Tôi đồng ý».",
    "Lan tự đánh giá: nhóm c, tiêu chí c3, gõ 90 (cần trên 90%); thả ảnh, PDF, Word vào; «Còn thiếu», ký.",
    "Hùng gõ /denghi, đề nghị khen Lan; gõ /hoso: «Khám hồ sơ», «Giấy tờ», «Lập giấy tờ», rồi «Nộp hồ sơ».",
    "Chọn «Văn phòng, thẩm định»: Khánh «Mở hồ sơ», «Nhận thẩm định», mở Lan, ghi Đạt, quay lại, kết thúc.",
    "Mai gõ /hoidong, triệu tập phiên họp, chọn Phong chủ trì.",
    "Chọn «Hội đồng»: Phong mở bỏ phiếu kín; Phong, Yến, Sang bỏ phiếu; Phong gõ /hoidong, kết luận.",
    "Đức phê duyệt. Mai nhập số, ngày, bản chụp Quyết định (ảnh bất kỳ). Lan được báo.",
    "Hạn nộp: bấm «Tới việc kế tiếp» tới khi Hùng được nhắc. Hùng gõ /nop; Mai xem «Tình hình nộp».",
    "Thử tiếp: Mai gõ /thongbao, gửi mọi người; Thu duyệt; một phút sau Bình đọc. Đổi sang Zalo; gây sự cố.",
)

#: The page's own words, by the names its template and script call them.
PAGE: Mapping[str, str] = {
    "title": "Bản dùng thử",
    "subtitle": "Bot thi đua cải cách hành chính",
    "banner": "DỮ LIỆU MẪU – không gửi ra ngoài",
    "banner_more": "Người và đơn vị là giả định; kế hoạch là bản thật của Trung tâm Y tế Hoài Nhơn.",
    "people": "Chọn điện thoại",
    "phones": "Các điện thoại",
    "controls": "Điều khiển",
    "telegram": "Telegram",
    "zalo": "Zalo (chữ và số)",
    "skin": "Kênh trò chuyện",
    "zalo_only_text": "Không nút bấm: gõ số hoặc chữ. Gửi thẳng được ảnh; PDF, Word, Excel: gõ GUITEP.",
    "chat_of": "Cuộc trò chuyện của",
    "more": "Thêm",
    "commands": "Lệnh",
    "block": "Chặn bot",
    "unblock": "Bỏ chặn bot",
    "blocked": "đang chặn bot: tin không đến được.",
    "transcript": "Tải bản ghi hội thoại",
    "join_title": "chưa tham gia trên kênh này.",
    "join_link": "Mở đường dẫn tham gia",
    "join_code": "Gõ mã tham gia",
    "join_hint": "Đơn vị cấp cho mỗi người một đường dẫn, một mã dùng một lần.",
    "say": "Nhắn tin…",
    "say_label": "Tin nhắn của",
    "send": "Gửi",
    "attach": "Đính kèm ảnh hoặc tệp",
    "remove": "Bỏ tệp",
    "as_files": "Gửi ảnh dạng tệp",
    "drop": "Thả tệp vào đây",
    "edited": "đã sửa",
    "typing": "đang soạn tin…",
    "download": "Tải về",
    "time": "Thời gian",
    "hour": "+1 giờ",
    "day": "+1 ngày",
    "next": "Tới việc kế tiếp",
    "go_date": "Tới ngày",
    "go": "Đi",
    "reset": "Đặt lại dữ liệu mẫu",
    "reset_sure": "Xóa mọi thứ vừa thử và bắt đầu lại từ đầu?",
    "time_note": "«Tới việc kế tiếp»: tới lúc một người trên trang được nhắc. Hạn, giờ khóa theo giờ này.",
    "faults": "Sự cố",
    "outage": "Mất mạng 8 giây",
    "outage_on": "đang mất mạng, tin sẽ tự gửi lại",
    "throttle": "Bị giới hạn (429, 3 giây)",
    "throttle_on": "tin kế tiếp sẽ bị Telegram bắt chờ 3 giây",
    "twice": "Bấm hai lần",
    "twice_on": "lần bấm nút kế tiếp được gửi hai lần",
    "spent": "Zalo hết lượt tin của tháng",
    "spent_on": "Zalo không nhận tin của bot tới hết tháng; ai có Telegram thì nhận ở đó",
    "faults_note": "Giới hạn và bấm hai lần: chỉ ở Telegram. Chặn bot: nút «⋮» của từng điện thoại.",
    "tour": "Chín bước làm quen",
    "outbox": "Hàng đợi gửi đi",
    "journal": "Nhật ký",
    "nothing": "Chưa có gì.",
    "lost": "Mất kết nối với bản dùng thử. Trang tự nối lại khi chương trình chạy.",
    "failed": "Chưa làm được.",
    "too_big": "Tệp quá lớn cho một lần gửi (tối đa 48 MB). Chưa có gì được gửi.",
}

NO_KEY = "Trang này thiếu khóa. Mở lại địa chỉ in trong cửa sổ lệnh."
FOREIGN = "Bản dùng thử chỉ trả lời trang của chính nó trên máy này."
TOO_BIG = "Nội dung gửi lên quá lớn (tối đa 48 MB). Chưa có gì được gửi."
RESETTING = "Đang đặt lại dữ liệu mẫu, chờ một chút."
NOT_THERE = "Không còn mục này; màn hình có thể đã đổi."
TOO_FAR = "Mỗi lần tua tối đa 400 ngày, chỉ đi tới, không lùi. Muốn quay lại thì đặt lại dữ liệu mẫu."
IS_BLOCKED = "Người này đang chặn bot. Bỏ chặn rồi gửi lại."
NOTHING_TO_SAY = "Chưa có nội dung để gửi."
NOTHING_OWED = "Trong 400 ngày tới không ai trên trang có việc phải nhắc."
NO_SUCH_DAY = "Chưa đọc được ngày. Gõ dạng 15/1/2027 hoặc 15/1."
BAD_REQUEST = "Yêu cầu không đọc được."

STATES: Mapping[str, str] = {
    "queued": "chờ gửi",
    "sending": "đang gửi",
    "sent": "đã gửi",
    "dead": "không gửi được",
    "expired": "quá hạn, bỏ",
    "cancelled": "đã hủy",
    "paused": "tạm dừng",
}
LANES: Mapping[int, str] = {0: "trả lời", 1: "thông báo", 2: "hàng loạt"}
FILE_OUT = "tệp"


def opened(address: str, folder: str) -> str:
    """At the machine, once the page can be opened."""
    return (
        f"Bản dùng thử: {address}\n"
        f"Dữ liệu mẫu trong {folder}, làm mới mỗi lần mở; không gửi gì ra ngoài. Đóng bằng Ctrl+C."
    )


def other_port(port: int) -> str:
    """The wanted port is taken."""
    return f"Cổng {port} đang bận nên dùng cổng khác."


CLOSED = "Đã đóng bản dùng thử."
ALREADY_OPEN = "Bản dùng thử của thư mục này đang mở ở cửa sổ khác. Dùng cửa sổ đó, hoặc đóng nó rồi mở lại."
NO_PORT = "Không còn cổng trống trên máy này. Đóng bớt chương trình rồi mở lại."


def not_a_sandbox(folder: str) -> str:
    """The folder holds something else."""
    return (
        f"Thư mục {folder} có dữ liệu không phải của bản dùng thử, nên không mở; chưa có gì bị thay đổi. "
        "Chọn thư mục khác hoặc thư mục trống."
    )


def no_plan(path: str) -> str:
    """The plan's file is missing."""
    return f"Không thấy kế hoạch {path}. Chạy lại lệnh này từ thư mục của phần mềm."


# ------------------------------------------------------------------------------------------- transcript


def transcript_title(name: str, channel: str) -> str:
    """The first line of a conversation written down."""
    return f"Hội thoại của {name} trên {channel} (dữ liệu mẫu)"


SKIN_NAMES: Mapping[str, str] = {"telegram": "Telegram", "zalo": "Zalo (chữ và số)"}
HOUSE_SAYS = "Bot"
SCREEN_CHANGED = "màn hình đổi thành"
FILE_SENT = "tệp"
PHOTO_SENT = "ảnh"
LINK_OPENED = "(mở đường dẫn tham gia)"


def pressed(name: str, label: str) -> str:
    """A button was pressed."""
    return f"{name} bấm [{label}]"


# ------------------------------------------------------------------------------------------------ time


def arrived(at: datetime, told: Sequence[tuple[str, str]]) -> str:
    """Where the clock stopped, and who was reminded of what on the way there."""
    by_name: dict[str, list[str]] = {}
    for name, about in told:
        by_name.setdefault(name, []).append(about)
    said = "; ".join(f"{name}: {_few(several)}" for name, several in by_name.items())
    return f"Đã tới {moment(at)}. Được nhắc: {said}."


def _few(told: Sequence[str]) -> str:
    more = len(told) - 1
    return f"{told[0]} và {more} việc khác" if more else told[0]


def reminded_of(one: Obligation | None) -> str:
    """What somebody was reminded of."""
    if one is None:
        return "các việc trong tuần"
    return f"{inside_a_sentence(what(one)).removesuffix(' của đơn vị')} của {one.unit}"

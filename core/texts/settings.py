"""What the operator reads when a setting cannot be used."""

from __future__ import annotations

from collections.abc import Callable, Sequence

MISSING = "thiếu giá trị bắt buộc"
NOT_WHOLE = "cần một số nguyên, không có dấu nháy"
NOT_NUMBER = "cần một số"
RESERVE_TOO_LARGE = "reserve phải nhỏ hơn monthly_messages, nếu không bot không trả lời được ai"
NOT_TEXT = "cần một chuỗi đặt trong dấu nháy"
NOT_SECTION = "cần một nhóm mục, viết dưới dạng [nhóm]"
NOT_ADDRESS = "cần một địa chỉ bắt đầu bằng http:// hoặc https:// và kết thúc bằng /bot"
NOT_PROXY = "cần một địa chỉ bắt đầu bằng http:// hoặc https://"
NOT_PUBLIC = "cần địa chỉ công khai bắt đầu bằng https://, không có dấu ? và #; không có thì để trống"
NO_PUBLIC = "muốn nhận tin qua webhook thì phải điền address trong nhóm [web]"
NOT_ZONE = "không có múi giờ này; ví dụ đúng: Asia/Ho_Chi_Minh"
NOT_DATABASE = "cần một địa chỉ bắt đầu bằng sqlite+aiosqlite:// hoặc postgresql+asyncpg://"
NOT_USABLE = "giá trị này không dùng được"
TWO_TOKENS = "chỉ điền một trong hai mục token và token_file"
SECTION_VARIABLE = "biến này phải trỏ tới một mục cụ thể, ví dụ BOT__LOG__LEVEL"
ENVIRONMENT = "biến môi trường"

HEADING = "Cấu hình có lỗi, chương trình chưa chạy. Chưa có gì bị thay đổi."
ADVICE = "Sửa các mục trên rồi chạy lại. Mọi mục được giải thích trong config.example.toml."


def unknown_key(suggestion: str | None) -> str:
    """A key nobody reads; `suggestion` is the nearest key that exists."""
    if suggestion is None:
        return "không có mục này"
    return f"không có mục này; có phải anh/chị muốn viết «{suggestion}»"


def one_of(allowed: str) -> str:
    """The value must be one of `allowed`, already listed as text."""
    return f"chỉ nhận một trong các giá trị: {allowed}"


def at_least(bound: str) -> str:
    """The number is too small."""
    return f"phải từ {bound} trở lên"


def more_than(bound: str) -> str:
    """The number is not greater than the bound."""
    return f"phải lớn hơn {bound}"


def at_most(bound: str) -> str:
    """The number is too large."""
    return f"không được quá {bound}"


def not_toml(line: int | None) -> str:
    """The file is not TOML at all from this line on."""
    where = "" if line is None else f" ở dòng {line}"
    return f"không đọc được theo định dạng TOML{where}; hãy xem lại dấu nháy, dấu bằng và dấu ngoặc"


def no_file(path: str) -> str:
    """The named file does not exist or may not be read."""
    return f"không mở được tệp {path}; hãy kiểm tra đường dẫn và quyền đọc"


def empty_file(path: str) -> str:
    """A file that should hold a secret holds nothing."""
    return f"tệp {path} đang trống"


def not_text(path: str) -> str:
    """The file is not UTF-8."""
    return f"tệp {path} không phải văn bản UTF-8; hãy lưu lại với mã UTF-8"


def finding(source: str, line: int | None, key: str, problem: str) -> str:
    """One line of the list: where, which key, what is wrong."""
    place = source if line is None else f"{source}, dòng {line}"
    return f"{place}: {key}: {problem}." if key else f"{place}: {problem}."


# ------------------------------------------------------------------------------- a new installation

ORGANISATION_HELP = "Tên đơn vị, in trên tin nhắn và hồ sơ."
ACCESS_HELP = "Mã truy cập bot Telegram. Gõ trên dòng lệnh sẽ lưu trong lịch sử lệnh; nên để được hỏi."
ZALO_ACCESS_HELP = "Mã truy cập bot Zalo; nêu một trong hai mã ở đây thì không hỏi mã còn lại."
NAME_HELP = "Họ tên quản trị viên đầu tiên."
STAFF_CODE_HELP = "Mã nhân viên của quản trị viên."
PHONE_HELP = "Số điện thoại của quản trị viên."
OFFLINE_HELP = "Không kiểm tra mạng."
ANSWER_WORD = "CHỮ"

WELCOME = (
    "Cài đặt lần đầu: bốn câu hỏi. Bấm Enter để nhận giá trị trong ngoặc vuông, Ctrl-C để dừng.\n"
    "Chưa có gì được ghi cho tới khi trả lời xong."
)
ASK_ORGANISATION = "1. Tên đơn vị"
#: By channel. An office may have one of them or both.
ASK_ACCESS = {
    "telegram": "2. Mã truy cập Telegram (token) do @BotFather cấp, không hiện khi gõ; Enter nếu không dùng",
    "zalo": "3. Mã truy cập Zalo do Zalo Bot Manager gửi, không hiện khi gõ; Enter nếu không dùng",
}
ASK_NAME = "4. Quản trị viên đầu tiên: họ tên; Enter để điền sau"
ASK_STAFF_CODE = "   Mã nhân viên"
ASK_PHONE = "   Số điện thoại"

BAD_ORGANISATION = "Cần tên đơn vị, dài nhất 200 chữ."
BAD_ACCESS = {
    "telegram": (
        "Mã truy cập có dạng 123456789:AbC… (số, dấu hai chấm, rồi chữ và số). Hãy chép lại từ @BotFather."
    ),
    "zalo": "Mã truy cập Zalo có dạng 123456789:AbC… Hãy chép lại cả dòng từ tin nhắn Zalo gửi khi tạo bot.",
}
BAD_NAME = "Cần họ tên, không có chữ số."
BAD_STAFF_CODE = "Cần mã nhân viên, dài nhất 40 chữ."
BAD_PHONE = "Số điện thoại chưa đúng; ví dụ đúng: 0912345678."
NAME_TOO = "Để tạo quản trị viên cần cả họ tên, mã nhân viên và số điện thoại."

JOIN_LATER = (
    "Chưa tạo quản trị viên. Khi có người, chạy lại lệnh init và trả lời câu số 4; "
    "các mục khác giữ nguyên bằng cách bấm Enter."
)
TRIAL = (
    "Bot bắt đầu ở chế độ chạy thử: chỉ quản trị viên nhận được tin. "
    "Quản trị viên chuyển sang chính thức trong trò chuyện."
)


def again(path: str) -> str:
    """There is a configuration already."""
    return f"Đã có {path}. Các mục không hỏi ở đây và mọi chú thích được giữ nguyên."


def access_from(variable: str) -> str:
    """A token comes with the environment, so it is not asked for."""
    return f"Mã truy cập lấy từ biến môi trường {variable}."


def written(path: str, token_files: Sequence[str]) -> str:
    """The files are on disk."""
    if not token_files:
        return f"Đã ghi {path}."
    return f"Đã ghi {path}; mã truy cập nằm riêng ở {' và '.join(token_files)}, chỉ chủ sở hữu đọc được."


def edit_by_hand(keys: str) -> str:
    """The file is written in a way that cannot be edited safely."""
    return (
        f"Không tự sửa được config.toml vì cách viết khác thường. Chưa có gì bị thay đổi. "
        f"Hãy tự điền các mục: {keys}."
    )


def joining(name: str, link: str | None, code: str, until: str, *, drawn: bool) -> str:
    """How the first administrator gets in; `drawn` when the link follows as a picture."""
    first = f"Quản trị viên {name} vào lần đầu bằng một trong các cách sau, đến {until}:"
    picture = ", hoặc quét mã dưới đây" if drawn else ""
    ways = [f"- mở {link}{picture}"] if link else []
    ways.append(f"- nhắn cho bot mã: {code}")
    return "\n".join(
        [first, *ways, "Ai có mã này đều vào được với quyền quản trị; đừng chuyển cho người khác."]
    )


def known_already(name: str) -> str:
    """The person is in the database already, so no new code is handed out here."""
    return f"{name} đã có trong danh sách, không tạo lại."


def next_steps(command: Callable[[str], str], *, token: bool) -> str:
    """The last lines: what an office does before its people can begin, each with its command."""
    steps = (
        "" if token else f"Lấy mã truy cập Telegram hoặc Zalo, rồi chạy lại: {command('init')}",
        f"Nạp kế hoạch thi đua: {command('campaign load campaigns/TÊN_TỆP.toml')}",
        f"Lấy danh sách để điền nhân sự: {command('people export nhan-su.xlsx')}",
        f"Nhập danh sách đã điền: {command('people import nhan-su.xlsx')}",
        f"Kiểm tra lại: {command('doctor')}",
        f"Chạy bot, rồi quản trị viên mở bot và nhắn mã: {command('run')}",
    )
    told = [step for step in steps if step]
    return "\n".join(["Việc tiếp theo:", *(f"{place}. {step}" for place, step in enumerate(told, 1))])

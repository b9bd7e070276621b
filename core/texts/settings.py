"""What the operator reads when a setting cannot be used."""

from __future__ import annotations

MISSING = "thiếu giá trị bắt buộc"
NOT_WHOLE = "cần một số nguyên, không có dấu nháy"
NOT_NUMBER = "cần một số"
NOT_TEXT = "cần một chuỗi đặt trong dấu nháy"
NOT_SECTION = "cần một nhóm mục, viết dưới dạng [nhóm]"
NOT_ADDRESS = "cần một địa chỉ bắt đầu bằng http:// hoặc https:// và kết thúc bằng /bot"
NOT_PROXY = "cần một địa chỉ bắt đầu bằng http:// hoặc https://"
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

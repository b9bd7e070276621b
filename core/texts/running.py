"""Sentences for whoever starts the house."""

ALREADY_RUNNING = (
    "Một tiến trình khác đang dùng dữ liệu này, nên lần chạy này dừng lại; không có gì bị thay đổi. "
    "Tắt tiến trình kia rồi chạy lại."
)
SCHEMA_BEHIND = (
    "Cơ sở dữ liệu chưa đúng phiên bản, chưa có gì bị thay đổi. Chạy «python3 run.py backup» rồi "
    "«python3 run.py migrate», sau đó khởi động lại."
)
SCHEMA_FOREIGN = (
    "Tệp cơ sở dữ liệu này không phải do phiên bản này tạo ra, nên chưa mở; không có gì bị thay đổi. "
    "Kiểm tra [data] dir và [database] url trong config.toml."
)


NO_CHANNEL = (
    "Chưa có kênh nào để chạy: config.toml chưa có mã của bot Telegram ([telegram] token hoặc token_file) "
    "hay bot Zalo ([zalo] token hoặc token_file). "
    "Chạy «python3 run.py init», hoặc mở bản chạy thử bằng «python3 run.py»."
)
STARTED = "Đang chạy. Dừng bằng Ctrl+C."
STOPPED = "Đã dừng."
ON_TRIAL = (
    "Đang ở chế độ chạy thử: chỉ quản trị viên nhận được tin. "
    "Quản trị viên chuyển chính thức trong «Việc của tôi»."
)
#: What the channels are called, and who hands out the codes of their bots.
_NAMES = {"telegram": "Telegram", "zalo": "Zalo"}
_ISSUERS = {"telegram": "@BotFather", "zalo": "ứng dụng tạo bot của Zalo"}


def unreachable(channel: str) -> str:
    """A platform does not answer."""
    return (
        f"Chưa liên lạc được với {_NAMES[channel]}; sẽ tự thử lại, không mất tin nào đang chờ gửi. "
        "Nếu kéo dài, chạy «python3 run.py doctor» để biết nguyên nhân."
    )


def bot_refused(channel: str, *, others: bool = False) -> str:
    """A platform does not know the token; `others` are still served."""
    then = "kênh này tắt, các kênh khác vẫn chạy" if others else "bot dừng"
    return (
        f"{_NAMES[channel]} không nhận mã của bot ([{channel}] token hoặc token_file), nên {then}; "
        f"không có gì bị mất. Lấy mã mới từ {_ISSUERS[channel]}, sửa lại rồi chạy lại."
    )


def calendar_faulty(findings: str) -> str:
    """The installation's own calendar cannot be taken."""
    return (
        f"Lịch làm việc riêng trong thư mục dữ liệu có chỗ sai nên chưa chạy; không có gì bị thay đổi.\n"
        f"{findings}\n"
        "Sửa các dòng trên, hoặc chuyển tệp ra khỏi thư mục dữ liệu để dùng lịch kèm theo chương trình."
    )


def known_as(channel: str, name: str) -> str:
    """A platform answered."""
    return f"Đã nối với {_NAMES[channel]}: {'@' if channel == 'telegram' else ''}{name}."


def journal_key_damaged(name: str) -> str:
    """The key of the journal's digests is not one."""
    return (
        f"Tệp {name} trong thư mục dữ liệu bị hỏng (không đúng 32 byte) nên chưa mở được nhật ký. "
        "Dữ liệu vẫn còn nguyên. Anh/chị lấy lại tệp này từ bản sao lưu rồi chạy lại."
    )


def links_key_damaged(name: str) -> str:
    """The key of the addresses of pages is not one."""
    return (
        f"Tệp {name} trong thư mục dữ liệu bị hỏng (không đúng 32 byte) nên chưa tạo được đường dẫn. "
        "Dữ liệu vẫn còn nguyên. Anh/chị lấy lại tệp này từ bản sao lưu, hoặc xóa tệp rồi chạy lại; "
        "các đường dẫn đã gửi trước đó sẽ hết dùng được."
    )

"""What the operator reads when the installation is examined."""

from __future__ import annotations

from core.vietnamese import file_size

LEVELS = {"ok": "OK", "warning": "CẢNH BÁO", "error": "LỖI"}

TITLES = {
    "python": "Python",
    "packages": "Thư viện",
    "own_packages": "Mã nguồn",
    "config": "Cấu hình",
    "secrets": "Tệp bí mật",
    "data": "Thư mục dữ liệu",
    "sqlite": "SQLite",
    "database": "Cơ sở dữ liệu",
    "clock": "Đồng hồ",
    "calendar": "Lịch nghỉ lễ",
    "campaigns": "Tệp phong trào",
    "backup": "Sao lưu",
    "scanner": "Quét vi-rút",
    "telegram": "Telegram",
    "webhook": "Webhook",
    "web": "Cổng web",
    "zalo": "Zalo",
    "quota_meter": "Lượt tin",
}


def line(level: str, title: str, said: str) -> str:
    """One examined thing."""
    return f"{level:<9} {title}: {said}"


def next_step(step: str) -> str:
    """What to do about the line above."""
    return f"{'':<9}   → {step}"


def summary(good: int, warnings: int, errors: int) -> str:
    """The last line."""
    return f"Kết quả: {good} mục tốt, {warnings} cảnh báo, {errors} lỗi."


def failed(kind: str) -> str:
    """A check itself went wrong; `kind` is the name of the exception."""
    return f"không kiểm tra được ({kind})"


SEE_CHANNELS = "quản trị mở «Kênh và lượt tin» trong menu; xem docs/guide/luot-tin.md"
REPORT_THIS = "gửi toàn bộ kết quả này cho người phát triển; trong đó không có mã bí mật"

# ---------------------------------------------------------------------------------------- the machine


def python_found(version: str) -> str:
    """The interpreter is new enough."""
    return version


def python_old(version: str, needed: str) -> str:
    """The interpreter is too old."""
    return f"đang là {version}, cần từ {needed}"


INSTALL_PYTHON = "cài Python 3.11 trở lên từ python.org hoặc kho phần mềm của hệ điều hành"


def packages_match(count: int) -> str:
    """Every library has the version it was tested with."""
    return f"{count} thư viện đúng phiên bản đã khóa"


def packages_differ(names: str) -> str:
    """Some libraries have another version."""
    return f"khác phiên bản đã khóa: {names}"


def packages_missing(names: str) -> str:
    """Some libraries are absent."""
    return f"thiếu: {names}"


NO_LOCK = "không thấy requirements.txt nên chưa so được phiên bản"


def reinstall(program: str) -> str:
    """Make the environment anew."""
    return f"xóa thư mục .venv rồi chạy {program} doctor để cài lại"


def own_packages_found(folder: str) -> str:
    """Our packages come from our folder."""
    return f"chạy từ {folder}"


def shadowed(names: str) -> str:
    """Another package of the same name stands in front of ours."""
    return f"có thư viện khác trùng tên che mất: {names}"


USE_OWN_ENVIRONMENT = "dùng môi trường riêng, đừng cài chung với phần mềm khác"


def clock_found(now: str, zone: str) -> str:
    """Time and zone make sense."""
    return f"{now}, múi giờ {zone}"


def clock_behind(now: str, newest: str) -> str:
    """Data on disk is younger than now."""
    return f"đang là {now} nhưng dữ liệu đã ghi lúc {newest}; đồng hồ máy chạy lùi"


def clock_off(seconds: int) -> str:
    """The clock differs from a server's."""
    return f"lệch {seconds} giây so với máy chủ Telegram"


SET_CLOCK = "bật tự chỉnh giờ (timedatectl set-ntp true; Windows: Đặt giờ tự động)"


def campaigns_good(count: int) -> str:
    """No faults in any plan."""
    return f"{count} tệp đều đúng"


def campaigns_bad(faults: int, files: str) -> str:
    """Some plans have faults."""
    return f"{faults} lỗi trong {files}"


# --------------------------------------------------------------------------------------- the settings


def config_found(path: str) -> str:
    """The file was read."""
    return f"đọc được {path}"


CONFIG_DEFAULTS = "chưa có config.toml, đang dùng giá trị mặc định"
FIX_CONFIG = "sửa mục này; giải thích từng mục ở config.example.toml"


def readable_by_others(path: str) -> str:
    """Somebody else on the machine can read a secret."""
    return f"người khác trên máy đọc được {path}"


SECRETS_CLOSED = "chỉ chủ sở hữu đọc được"

# ---------------------------------------------------------------------------------------- the storage


def data_found(folder: str, free: int) -> str:
    """The data folder can be used."""
    return f"{folder} ghi được, ổ đĩa còn {file_size(free)}"


def data_to_make(folder: str) -> str:
    """There is no data folder yet, and it can be made."""
    return f"{folder} chưa có, sẽ được tạo khi cần"


def data_refused(folder: str, reason: str) -> str:
    """Nothing can be written there."""
    return f"không ghi được vào {folder} ({reason})"


def data_remote(folder: str, kind: str) -> str:
    """SQLite on a network drive corrupts."""
    return f"{folder} nằm trên ổ đĩa mạng ({kind}), dữ liệu có thể hỏng"


def disk_low(free: int) -> str:
    """Little room is left; uploads are refused."""
    return f"ổ đĩa chỉ còn {file_size(free)}, tệp minh chứng mới sẽ bị từ chối"


def disk_full(free: int) -> str:
    """Almost no room is left."""
    return f"ổ đĩa chỉ còn {file_size(free)}, bot sắp không lưu được gì"


CHOOSE_DATA = "sửa quyền thư mục, hoặc đặt lại [data] dir trong config.toml"
CHOOSE_LOCAL = "đặt [data] dir trong config.toml vào ổ đĩa của chính máy này"
FREE_DISK = "dọn ổ đĩa hoặc chuyển [data] dir sang ổ đĩa lớn hơn"


def sqlite_found(version: str) -> str:
    """The SQLite inside Python."""
    return f"phiên bản {version}; bot chỉ dùng một luồng ghi nên phiên bản này an toàn"


def sqlite_old(version: str, needed: str) -> str:
    """A SQLite without what we lean on."""
    return f"phiên bản {version}, cần từ {needed}"


NO_DATABASE = "chưa có cơ sở dữ liệu"
DATABASE_EMPTY = "cơ sở dữ liệu còn trống"
DATABASE_BEHIND = "cấu trúc cũ hơn chương trình, cần nâng cấp trước khi chạy"
DATABASE_NEWER = "cấu trúc mới hơn chương trình; chương trình đang dùng là bản cũ"
DATABASE_FOREIGN = "cơ sở dữ liệu này không phải của chương trình"
INSTALL_NEWER = "cài phiên bản chương trình mới hơn, hoặc khôi phục bản sao lưu cũ"
CHOOSE_DATABASE = "đặt lại [database] url trong config.toml"


def database_found(kind: str, revision: str) -> str:
    """The database opens and has the right schema."""
    return f"{kind} mở được, cấu trúc số {revision}"


def database_unreachable(kind: str, reason: str) -> str:
    """It does not open; `reason` is the name of the error."""
    return f"không mở được {kind} ({reason})"


def database_damaged(problem: str) -> str:
    """SQLite's own check fails."""
    return f"cơ sở dữ liệu bị hỏng ({problem})"


CHECK_SERVER = "kiểm tra máy chủ cơ sở dữ liệu và [database] url trong config.toml"


def restore_latest(command: str) -> str:
    """Bring back the newest backup."""
    return f"dừng bot, giữ nguyên các tệp, rồi chạy: {command}"


def backup_found(when: str) -> str:
    """The newest backup is fresh."""
    return f"bản gần nhất lúc {when}"


def backup_old(when: str) -> str:
    """The newest backup is more than a day old."""
    return f"bản gần nhất đã cũ, lúc {when}"


NO_BACKUP = "chưa có bản sao lưu nào"
BACKUP_BY_OTHERS = "PostgreSQL được sao lưu bằng công cụ của nó (pg_dump)"

# ---------------------------------------------------------------------------------------- the outside

SCANNER_OFF = "không cấu hình, tệp minh chứng không được quét vi-rút"
SCANNER_FOUND = "clamd trả lời"


def scanner_down(reason: str, *, waits: bool) -> str:
    """The scanner does not answer; `waits` when files wait for it."""
    effect = "tệp minh chứng sẽ chờ" if waits else "tệp minh chứng được nhận mà không quét"
    return f"clamd không trả lời ({reason}), {effect}"


START_SCANNER = "sudo systemctl start clamav-daemon"
TELEGRAM_OFF = "chưa có mã truy cập, kênh Telegram tắt"
ACCESS_MISTYPED = "mã truy cập không đúng dạng số:chuỗi"
TELEGRAM_REFUSED = "Telegram trả lời nhưng không nhận mã truy cập này"


def renew_token(command: str) -> str:
    """Get the right token and enter it."""
    return f"lấy lại mã từ @BotFather (gõ /token) rồi chạy: {command}"


def telegram_found(name: str, milliseconds: int) -> str:
    """The token is good; `name` is the bot's own."""
    return f"kết nối được, bot là @{name}, {milliseconds} ms"


def by_way_of(said: str, server: str | None, *, proxy: bool) -> str:
    """Add what is unusual about the way there."""
    ways = [f"máy chủ riêng {server}"] if server else []
    ways += ["qua proxy"] if proxy else []
    return f"{said} ({', '.join(ways)})" if ways else said


def no_name(host: str) -> str:
    """The name does not resolve."""
    return f"không tìm được địa chỉ của {host} (bước tên miền)"


def no_connection(host: str, reason: str) -> str:
    """Nothing answers at the address."""
    return f"không nối được tới {host} (bước TCP: {reason})"


def no_proxy(reason: str) -> str:
    """The proxy refuses to pass on."""
    return f"proxy không cho đi tiếp ({reason})"


def no_encryption(host: str, reason: str) -> str:
    """The connection is cut while it is being encrypted."""
    return f"kết nối tới {host} bị ngắt khi bắt đầu mã hóa (bước TLS: {reason})"


def false_certificate(host: str) -> str:
    """Somebody else answers in the server's name, or the clock is wrong."""
    return (
        f"chứng thư của {host} không hợp lệ (bước TLS): mạng có thể đang chen vào giữa, hoặc đồng hồ máy sai"
    )


def strange_answer(status: int) -> str:
    """Something answers, but not as the Bot API does."""
    return f"máy chủ trả lời không như Bot API (mã {status})"


def no_answer(reason: str) -> str:
    """The connection stands and nothing comes."""
    return f"đã nối được nhưng không nhận được trả lời ({reason})"


NETWORK_BLOCKED = (
    "mạng này có thể đang chặn Telegram, mã truy cập chưa chắc sai; "
    "thử mạng khác hoặc đặt [telegram] proxy trong config.toml"
)
CHECK_PROXY = "kiểm tra [telegram] proxy trong config.toml"
CHECK_BASE_URL = "kiểm tra [telegram] base_url trong config.toml"
CHECK_LATER = "thử lại sau vài phút"


ZALO_OFF = "chưa có mã truy cập, kênh Zalo tắt"
ZALO_REFUSED = "Zalo trả lời nhưng không nhận mã truy cập này"
ZALO_BLOCKED = "kiểm tra mạng của máy này tới Zalo; mã truy cập chưa chắc sai"
CHECK_ZALO_URL = "kiểm tra [zalo] base_url trong config.toml"
RENEW_ZALO = "lấy lại mã trong ứng dụng tạo bot của Zalo, chạy lại lệnh init và dán mã mới"


def zalo_found(name: str, milliseconds: int) -> str:
    """The token is good; `name` is the bot's own."""
    return f"kết nối được, bot là {name}, {milliseconds} ms"


# --------------------------------------------------------------------------------------- the calendar


def calendar_confirmed(years: list[int], own_days: int) -> str:
    """Somebody has confirmed every year that is needed now; the installation's own file has so many days."""
    own = f"; tệp riêng trong thư mục dữ liệu ghi {own_days} ngày" if own_days else ""
    return f"lịch năm {', '.join(map(str, years))} đã được xác nhận{own}"


def calendar_faults(findings: list[str]) -> str:
    """What is wrong in a calendar file: the first fault, and how many more there are."""
    more = f" (và {len(findings) - 1} chỗ nữa)" if len(findings) > 1 else ""
    return f"{findings[0].rstrip('.')}{more}"


def calendar_unconfirmed(years: list[int]) -> str:
    """Deadlines in these years rest on an estimate."""
    told = ", ".join(map(str, years))
    return f"lịch năm {told} chưa được xác nhận; ngày nghỉ lễ, Tết và hoán đổi mới là dự kiến"


def confirm_calendar(year: int) -> str:
    """What to do about it."""
    return f"quản trị viên mở «Lịch làm việc» trong bot, chọn cả năm {year} rồi xác nhận theo văn bản"


FIX_CALENDAR = "sửa tệp lịch theo dòng đã nêu; tệp kèm theo chương trình hỏng thì cài lại"

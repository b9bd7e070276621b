"""What is read at the command line: help, results, expected failures."""

from __future__ import annotations

from collections.abc import Iterable

PRODUCT = "Bot thi đua, khen thưởng"

# Typer writes these itself, in English.
TYPER = {
    "Usage:": "Cách dùng:",
    "[OPTIONS]": "[TÙY CHỌN]",
    "COMMAND [ARGS]...": "LỆNH [...]",
    "Arguments:": "Tham số:",
    "Options:": "Tùy chọn:",
    "Commands:": "Lệnh:",
    "Show this message and exit.": "Hiện hướng dẫn này.",
    "[default:": "[mặc định:",
    "[required]": "[bắt buộc]",
    "; required]": "; bắt buộc]",
    "[env var:": "[biến môi trường:",
    " <path>": "",
    " <list[Path]>": "",
}

APP_HELP = (
    "Bot thi đua, khen thưởng cho ngành y tế. Bắt đầu: lệnh init để cài đặt, doctor để kiểm tra, run để chạy."
)
APP_EPILOG = (
    "Mã kết thúc: 0 tốt; 1 có lỗi đã nêu; 2 gõ sai lệnh hoặc cấu hình sai; "
    "3 cần làm việc khác trước (ví dụ nâng cấp cơ sở dữ liệu); 130 bị dừng bằng Ctrl-C."
)
CONFIG_HELP = "Tệp cấu hình; không có thì dùng config.toml ở thư mục hiện tại."
VERSION_HELP = "Hiện phiên bản."

DOCTOR_HELP = (
    "Kiểm tra máy và cài đặt, nêu việc cần làm. Kết quả không có mã bí mật, có thể gửi cho người khác."
)
DOCTOR_JSON = "In kết quả dạng JSON."
DOCTOR_QUICK = "Bỏ các kiểm tra lâu và kiểm tra mạng."
DOCTOR_TIMEOUT = "Số giây chờ mỗi bước mạng."

MIGRATE_HELP = "Tạo hoặc nâng cấp cơ sở dữ liệu. Trước khi nâng cấp thì tự sao lưu."
MIGRATE_CHECK = "Chỉ xem có cần nâng cấp không; cần thì kết thúc với mã 3."

MAP_HELP = "Vẽ sơ đồ các cuộc đối thoại (dạng Mermaid)."
BACKUP_HELP = "Sao lưu toàn bộ vào một tệp. Gồm cơ sở dữ liệu, tệp minh chứng, cấu hình không có mã bí mật."
BACKUP_VERIFY = "Đọc lại toàn bộ bản vừa sao lưu để chắc chắn nguyên vẹn."
RESTORE_HELP = "Khôi phục từ một bản sao lưu. Dừng bot trước khi khôi phục."
RESTORE_FILE = "Tệp sao lưu."
RESTORE_DRY = "Chỉ kiểm tra bản sao lưu, không thay đổi gì."
RESTORE_FORCE = "Cho phép thay dữ liệu đang có; dữ liệu cũ được chuyển sang chỗ khác, không bị xóa."

INIT_HELP = "Cài đặt lần đầu. Hỏi bốn câu, ghi cấu hình, tạo cơ sở dữ liệu, cấp mã cho quản trị viên."
DEMO_SHORT = "Diễn thử một lượt tự đánh giá và hạn nộp bằng dữ liệu mẫu."
SANDBOX_SHORT = "Bản dùng thử trên dữ liệu mẫu."
RUN_HELP = "Chạy bot. Dừng bằng Ctrl-C."

PEOPLE_HELP = "Danh sách nhân sự bằng Excel."
PEOPLE_TEMPLATE_HELP = "Ghi mẫu danh sách nhân sự để điền."
PEOPLE_IMPORT_HELP = "Nhập danh sách nhân sự. Dòng đúng được nhập, dòng sai được nêu từng lỗi."
PEOPLE_EXPORT_HELP = "Xuất danh sách nhân sự hiện có."
PEOPLE_CODES_HELP = (
    "Cấp mã tham gia mới. Không nêu ai: cấp cho mọi người chưa kết nối. Mã cũ chưa dùng sẽ hết hiệu lực."
)
PEOPLE_WHO = "Mã nhân viên của người cần mã mới, kể cả người đã kết nối (đổi điện thoại)."
STAFF_CODE_WORD = "MÃ_NHÂN_VIÊN"
PEOPLE_LEAVE_HELP = "Ghi nhận người thôi việc. Tài khoản bị khóa ngay, vai trò kết thúc; hồ sơ đã có vẫn giữ."
PEOPLE_RETURN_HELP = "Nhận lại người đã thôi việc. Sau đó cấp mã tham gia mới cho họ."
PEOPLE_LEAVING = "Mã nhân viên của người thôi việc."
PEOPLE_RETURNING = "Mã nhân viên của người được nhận lại."
LAST_ADMINISTRATOR = (
    "Đây là người quản trị cuối cùng nên chưa ghi nhận thôi việc; chưa có gì bị thay đổi. "
    "Hãy giao vai trò quản trị cho người khác trước (lệnh people import)."
)
NOBODY_WAITS = "Mọi người trong danh sách đều đã kết nối, không cần cấp mã."
OUT_FILE = "Tệp sẽ ghi (.xlsx)."
PEOPLE_FILE = "Danh sách nhân sự (.xlsx hoặc .csv)."
PEOPLE_DRY = "Chỉ xem sẽ nhập gì, không thay đổi gì."
PEOPLE_ERRORS = "Ghi lại danh sách kèm lỗi của từng dòng vào tệp này."
PEOPLE_CODES = "Cấp mã tham gia cho người mới và ghi vào tệp này."
DRY_RUN = "Đây là chạy thử, chưa có gì bị thay đổi."

AUDIT_HELP = "Nhật ký hệ thống."
AUDIT_VERIFY_HELP = "Chứng minh nhật ký chưa bị sửa hay bị cắt bớt."
AUDIT_HEAD = "Dấu của mục cuối đã ghi lại ở nơi khác; không nêu thì lấy từ bản sao lưu gần nhất."
HEAD_WORD = "DẤU"
HEAD_UNREADABLE = (
    "Dấu của nhật ký gồm 64 ký tự 0–9, a–f; dấu vừa nêu không đúng dạng nên chưa so với nhật ký. "
    "Hãy chép lại đủ dấu đã ghi."
)

CAMPAIGN_HELP = "Kiểm tra, xem lại, áp dụng tệp phong trào thi đua."
CAMPAIGN_LOAD_HELP = "Duyệt và công bố ngay một tệp phong trào. Nội dung không đổi thì không làm gì."
CAMPAIGN_CHECK_HELP = "Tìm lỗi trong các tệp phong trào."
CAMPAIGN_FILES = "Các tệp cần kiểm tra; không nêu thì kiểm tra cả thư mục campaigns."
CAMPAIGN_SHOW_HELP = "Đọc lại một tệp phong trào bằng lời, để so với văn bản."
CAMPAIGN_FILE = "Tệp phong trào (.toml)."

FILE_WORD = "TỆP"
SECONDS_WORD = "GIÂY"


def version(number: str) -> str:
    """The answer to --version."""
    return f"{PRODUCT} {number}"


# ----------------------------------------------------------------------------------- failures, expected

STOPPED = "Đã dừng. Những gì đã lưu vẫn còn."
NO_INPUT = "Chưa nhận được câu trả lời nên chưa làm gì. Hãy chạy lại, hoặc điền các tùy chọn trên dòng lệnh."


def no_command(name: str, nearest: str | None) -> str:
    """A command that does not exist."""
    hint = f" Có phải anh/chị muốn gõ «{nearest}»." if nearest else ""
    return f"Không có lệnh «{name}».{hint}"


def no_option(name: str, nearest: Iterable[str]) -> str:
    """An option that does not exist."""
    near = ", ".join(f"«{one}»" for one in nearest)
    hint = f" Có phải anh/chị muốn gõ {near}." if near else ""
    return f"Không có tùy chọn «{name}».{hint}"


def missing_parameter(name: str) -> str:
    """Something that must be given is not."""
    return f"Còn thiếu {name}."


def bad_parameter(name: str) -> str:
    """A value cannot be used."""
    return f"Giá trị của {name} không dùng được."


NOT_UNDERSTOOD = "Không hiểu dòng lệnh này."


def see_help(command: str) -> str:
    """Where to read on."""
    return f"Xem cách dùng: {command} --help"


def incident(code: str, log: str) -> str:
    """Something unexpected happened."""
    return (
        f"Có lỗi ngoài dự kiến, mã sự cố {code}. Dữ liệu đã lưu không bị ảnh hưởng. "
        f"Chi tiết nằm trong {log}; hãy gửi tệp đó cùng mã sự cố cho người phụ trách kỹ thuật."
    )


def incident_unlogged(code: str) -> str:
    """Something unexpected happened and even the log cannot be written; the trace follows."""
    return (
        f"Có lỗi ngoài dự kiến, mã sự cố {code}. Dữ liệu đã lưu không bị ảnh hưởng. "
        "Không ghi được nhật ký nên chi tiết in dưới đây; hãy gửi cho người phụ trách kỹ thuật."
    )


# --------------------------------------------------------------------------------------------- results

MIGRATED_EMPTY = "Đã tạo cơ sở dữ liệu."
MIGRATE_NOTHING = "Cơ sở dữ liệu đã đúng cấu trúc, không cần làm gì."


def migrated(revision: str) -> str:
    """The schema was brought up."""
    return f"Đã nâng cấp cơ sở dữ liệu lên cấu trúc số {revision}."


def must_migrate(command: str) -> str:
    """The schema is older than the program."""
    return f"Cơ sở dữ liệu có cấu trúc cũ, cần nâng cấp trước. Chưa có gì bị thay đổi. Hãy chạy: {command}"


def must_create(command: str) -> str:
    """There is no schema yet."""
    return f"Chưa có cơ sở dữ liệu. Hãy chạy: {command}"


MIGRATE_NEWER = (
    "Cơ sở dữ liệu do phiên bản mới hơn của chương trình tạo ra. Chưa có gì bị thay đổi. "
    "Hãy cài phiên bản chương trình mới hơn, hoặc khôi phục bản sao lưu cũ."
)
MIGRATE_FOREIGN = (
    "Cơ sở dữ liệu này không phải của chương trình. Chưa có gì bị thay đổi. "
    "Hãy đặt lại [database] url trong config.toml."
)


def campaigns_good(count: int) -> str:
    """No faults in any file."""
    return f"{count} tệp phong trào đều đúng."


def campaigns_bad(faults: int) -> str:
    """Faults were listed above."""
    return f"Có {faults} lỗi. Sửa các dòng trên rồi chạy lại; chưa có gì được đưa vào áp dụng."


def campaign_loaded(code: str, label: str) -> str:
    """A new version is in force."""
    return f"Đã áp dụng kế hoạch {code} ({label}). Câu trả lời đã có vẫn giữ theo bản kế hoạch lúc trả lời."


def campaign_same(code: str) -> str:
    """The same content is in force already."""
    return f"Kế hoạch {code} với nội dung này đang được áp dụng rồi, không có gì thay đổi."


def audit_whole(entries: int, head: str, *, compared: bool) -> str:
    """The chain holds; `compared` when an earlier head was looked for."""
    told = f"Nhật ký nguyên vẹn: {entries} mục, dấu cuối {head or 'chưa có'}."
    if compared:
        return told
    return f"{told} Chưa có dấu cũ để so, nên chưa biết nhật ký có bị cắt bớt ở cuối hay không."


def audit_broken(entry: int, good: int) -> str:
    """The chain breaks at an entry."""
    return (
        f"Nhật ký không còn nguyên vẹn: {good} mục đầu đúng, sai từ mục số {entry} "
        "(bị sửa, bị cắt bớt, hoặc dữ liệu đã được khôi phục từ bản sao lưu cũ hơn). "
        "Hãy giữ nguyên các tệp và báo người phụ trách an toàn thông tin."
    )


def join_link(bot: str, code: str) -> str:
    """The link that opens the bot with a one-time code."""
    return f"https://t.me/{bot}?start={code}"


def codes_issued(count: int, replaced: int = 0) -> str:
    """Joining codes were made; so many of these people had one that was still good."""
    told = f"Đã cấp {count} mã tham gia, mỗi mã dùng một lần trong 72 giờ."
    if not replaced:
        return told
    return (
        f"{told} Trong đó {replaced} người đang có mã chưa dùng (kể cả mã do init in ra): "
        "mã trước hết hiệu lực, chỉ giao mã mới."
    )


def nobody_has(staff_codes: Iterable[str]) -> str:
    """Staff codes that are on no list."""
    return (
        f"Không có ai mang mã nhân viên {', '.join(staff_codes)}. Chưa cấp mã nào; "
        "hãy xem lại mã trong danh sách (lệnh people export)."
    )


def nobody_works_as(staff_codes: Iterable[str]) -> str:
    """Staff codes of nobody who works here."""
    return (
        f"Không có ai đang làm việc mang mã nhân viên {', '.join(staff_codes)}. Chưa có gì bị thay đổi; "
        "hãy xem lại mã trong danh sách (lệnh people export)."
    )


def nobody_left_as(staff_codes: Iterable[str]) -> str:
    """Staff codes of nobody who left."""
    return (
        f"Không có ai đã thôi việc mang mã nhân viên {', '.join(staff_codes)}. Chưa có gì bị thay đổi; "
        "hãy xem lại mã."
    )


def have_left(names: Iterable[str]) -> str:
    """Who was locked out."""
    return f"Đã ghi nhận thôi việc và khóa tài khoản: {', '.join(names)}."


def are_back(names: Iterable[str]) -> str:
    """Who is on the list again."""
    return f"Đã nhận lại: {', '.join(names)}. Việc tiếp theo: cấp mã tham gia (lệnh people codes)."


def saved(path: str) -> str:
    """A file was written."""
    return f"Đã ghi {path}."


def cannot_save(path: str) -> str:
    """A file could not be written."""
    return f"Không ghi được {path}; hãy xem lại thư mục và quyền ghi."


def cannot_open(path: str) -> str:
    """A file could not be read."""
    return f"Không mở được {path}. Chưa có gì bị thay đổi; hãy xem lại tên tệp và quyền đọc."


def exists_already(path: str) -> str:
    """A file of this name is there."""
    return f"Đã có tệp {path} nên không ghi đè. Chưa có gì bị thay đổi; hãy chọn tên khác."


NO_CAMPAIGNS = "Không thấy tệp phong trào nào (.toml). Hãy nêu tên tệp, hoặc đặt tệp vào thư mục campaigns."

"""What the operator reads about backups and their restoring."""

from __future__ import annotations

from core.vietnamese import file_size

NOTHING_DONE = "Chưa có gì bị thay đổi."


def made(path: str, size: int, files: int, rows: int) -> str:
    """A backup is complete."""
    return f"Đã sao lưu vào {path}: {rows} dòng dữ liệu, {files} tệp, {file_size(size)}."


def verified(files: int, rows: int) -> str:
    """A backup was read back in full."""
    return f"Bản sao lưu nguyên vẹn: {rows} dòng dữ liệu và {files} tệp đều khớp."


def journal_broken(entry: int) -> str:
    """Somebody changed the journal; the backup was made all the same."""
    return (
        f"Nhật ký hệ thống không còn nguyên vẹn từ mục số {entry}. Bản sao lưu vẫn được tạo và các bản cũ "
        "được giữ lại hết để đối chiếu. Hãy báo người phụ trách an toàn thông tin."
    )


def removed(count: int, keep: int) -> str:
    """Old backups were deleted."""
    return f"Đã xóa {count} bản cũ, giữ lại {keep} bản gần nhất."


def restored(folder: str, rows: int, files: int) -> str:
    """The data folder now holds what the backup held."""
    return f"Đã khôi phục {rows} dòng dữ liệu và {files} tệp vào {folder}."


def set_aside(folder: str) -> str:
    """What was there before still exists."""
    return f"Dữ liệu cũ không bị xóa, được chuyển vào {folder}."


def would_restore(made: str, rows: int, files: int) -> str:
    """A dry run found nothing wrong."""
    return (
        f"Bản sao lưu lúc {made} nguyên vẹn: {rows} dòng dữ liệu, {files} tệp. "
        f"Có thể khôi phục. {NOTHING_DONE}"
    )


CONFIG_NOT_RESTORED = (
    "Cấu hình trong bản sao lưu không có mã truy cập nên không ghi đè config.toml; "
    "cần xem thì mở tệp config.toml trong bản sao lưu."
)
NEXT_AFTER_RESTORE = "Việc tiếp theo: chạy lệnh doctor để kiểm tra, rồi chạy lại bot."


def no_database(path: str) -> str:
    """There is nothing to back up yet."""
    return f"Chưa có cơ sở dữ liệu ở {path} nên chưa có gì để sao lưu. Hãy chạy lệnh init trước."


NOT_SQLITE = (
    f"Cơ sở dữ liệu là PostgreSQL nên lệnh này không sao lưu được. {NOTHING_DONE} "
    "Hãy dùng pg_dump và pg_restore của PostgreSQL, và chép riêng thư mục dữ liệu."
)


def damaged_database(path: str, problem: str) -> str:
    """The live database, or the copy of it, fails its own check."""
    return (
        f"Cơ sở dữ liệu {path} bị hỏng ({problem}). "
        "Không tạo bản sao lưu từ dữ liệu hỏng; các bản cũ được giữ nguyên. "
        "Hãy dừng bot, giữ nguyên các tệp và khôi phục từ bản sao lưu gần nhất."
    )


def cannot_write(path: str, reason: str) -> str:
    """The disk said no."""
    return f"Không ghi được {path} ({reason}). Các bản sao lưu cũ vẫn còn. Hãy xem lại ổ đĩa và quyền ghi."


def cannot_read(path: str) -> str:
    """The file is absent, unreadable or not a ZIP."""
    return f"Không đọc được {path}: không có tệp này hoặc tệp không phải bản sao lưu. {NOTHING_DONE}"


def not_a_backup(path: str, reason: str) -> str:
    """The file is a ZIP but not a backup as we write them."""
    return f"{path} không phải bản sao lưu hợp lệ: {reason}. {NOTHING_DONE} Hãy dùng một bản sao lưu khác."


def damaged(path: str, reason: str) -> str:
    """The backup no longer holds what it was written with."""
    return f"Bản sao lưu {path} đã hỏng: {reason}. {NOTHING_DONE} Hãy dùng một bản sao lưu khác."


NO_MANIFEST = "thiếu danh mục manifest.json"
BAD_MANIFEST = "danh mục manifest.json không đọc được"
BAD_END = "tệp bị cắt cụt hoặc bị sửa"


def newer_format(found: int, known: int) -> str:
    """The backup was written by a later version of the program."""
    return f"định dạng số {found}, chương trình này chỉ biết tới số {known}; hãy nâng cấp chương trình"


def bad_name(name: str) -> str:
    """A member would land outside its folder."""
    return f"tên tệp không an toàn «{name}»"


def twice(name: str) -> str:
    """A member occurs twice."""
    return f"tên tệp «{name}» bị lặp"


def missing(name: str) -> str:
    """The manifest speaks of a file that is not there."""
    return f"thiếu tệp «{name}»"


def unexpected(name: str) -> str:
    """A file the manifest does not speak of."""
    return f"thừa tệp «{name}»"


def changed(name: str) -> str:
    """A file differs from what was written."""
    return f"nội dung tệp «{name}» không khớp"


def bad_database(problem: str) -> str:
    """The database inside fails its check."""
    return f"cơ sở dữ liệu bên trong không toàn vẹn ({problem})"


ROWS_DIFFER = "số dòng dữ liệu không khớp"


def not_empty(folder: str) -> str:
    """There is data that restoring would replace."""
    return (
        f"Thư mục dữ liệu {folder} đang có dữ liệu. {NOTHING_DONE} "
        "Nếu chắc chắn muốn thay, chạy lại với --force: "
        "dữ liệu cũ sẽ được chuyển sang chỗ khác, không bị xóa."
    )


def no_room(needed: int, free: int) -> str:
    """The disk cannot hold what the backup holds."""
    return f"Không đủ chỗ: cần {file_size(needed)}, ổ đĩa còn {file_size(free)}. {NOTHING_DONE}"

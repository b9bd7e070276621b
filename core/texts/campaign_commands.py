"""The commands about campaigns at the machine."""

from collections.abc import Iterable

COMPARE_HELP = "Cho biết bản kế hoạch sau khác bản trước ở đâu."
BEFORE_FILE = "Tệp phong trào trước (.toml)."
AFTER_FILE = "Tệp phong trào sau (.toml)."
DATES_HELP = "Các ngày đã nhập và còn trống của một kế hoạch."
ENTER_HELP = "Nhập hoặc đổi một ngày, kèm văn bản làm căn cứ."
WITHDRAW_HELP = "Rút một ngày đã nhập; ngày đã rút vẫn được lưu."
COPY_HELP = "Chép kế hoạch cũ để soạn kế hoạch năm mới."
CODE = "Mã kế hoạch, ví dụ 004."
CODE_WORD = "MÃ"
SUBJECT = "Tên của ngày, như lệnh campaign dates đã in, ví dụ issued_on."
SUBJECT_WORD = "TÊN_NGÀY"
VALUE = "Ngày, ví dụ 15/12/2026; lúc mở, lúc khóa kỳ thì thêm giờ: 17:00 04/12/2026."
VALUE_WORD = "NGÀY"
DOCUMENT = "Văn bản làm căn cứ: số, ký hiệu, ngày."
DOCUMENT_WORD = "VĂN_BẢN"
REASON = "Lý do, gửi kèm cho các đơn vị đang nợ việc có hạn này; bắt buộc khi có đơn vị như vậy."
REASON_WORD = "LÝ_DO"
YEAR = "Năm của kế hoạch mới."
YEAR_WORD = "NĂM"
COPY_FILE = "Tệp sẽ ghi (.toml)."

ENTERED = "ĐÃ NHẬP"
UNSAID = "CÒN ĐỂ TRỐNG"


def registry(file: str) -> str:
    """A file among those to be checked is the registry of laws."""
    return f"{file}: đây là sổ văn bản pháp luật, không phải kế hoạch; đã bỏ qua."


def no_such_date(name: str, names: Iterable[str], code: str) -> str:
    """A date that the plan does not have by that name."""
    listed = "\n".join(f"  {one}" for one in names)
    return (
        f"Kế hoạch {code} không có ngày nào tên «{name}». Chưa ghi gì. Các tên dùng được:\n{listed}\n"
        f"Xem ngày đã nhập và ngày còn trống: campaign dates {code}."
    )


def nothing_to_withdraw(name: str, names: Iterable[str], code: str) -> str:
    """A date that was not entered, or was taken back already."""
    listed = "\n".join(f"  {one}" for one in names) or "  (không có)"
    return f"Kế hoạch {code} không có ngày đã nhập nào tên «{name}». Chưa rút gì. Các ngày đã nhập:\n{listed}"


def noted(file: str, sentence: str) -> str:
    """A finding of one file: nothing is wrong with the file, something is odd about the plan."""
    return f"{file}: lưu ý: {sentence}"


def findings(count: int) -> str:
    """How many findings were listed."""
    return f"Có {count} điều lưu ý về văn bản; đây không phải lỗi của tệp."


def waits(code: str, label: str) -> str:
    """A plan that was taken in and approved but cannot be published yet."""
    return f"Đã lưu bản nháp kế hoạch {code} ({label})."


def entered(line: str, units: int) -> str:
    """A date is on record; `units` owe something by it and are told."""
    return f"Đã ghi. {line}{told(units)}"


def told(units: int) -> str:
    """That those of so many units who can be written to will be told."""
    return (
        f"\nCó {units} đơn vị đang nợ việc này; người phụ trách được báo khi hệ thống chạy." if units else ""
    )

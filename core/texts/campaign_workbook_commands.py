"""The commands about plans as workbooks at the machine."""

TEMPLATE_HELP = "Ghi mẫu Excel để soạn một kế hoạch."
EXPORT_HELP = "Ghi một kế hoạch ra Excel để sửa."
CONVERT_HELP = "Kiểm tra tệp Excel theo mẫu, đổi thành tệp .toml."
OUT_FILE = "Tệp Excel sẽ ghi (.xlsx)."
WHICH = "Mã kế hoạch đã nạp, hoặc tệp phong trào (.toml)."
WHICH_WORD = "MÃ"
WORKBOOK = "Tệp Excel theo mẫu (.xlsx)."
PLAN_OUT = "Tệp phong trào sẽ ghi (.toml); không nêu thì chỉ kiểm tra."
ERRORS = "Ghi tệp Excel đã đánh dấu lỗi vào đây."
GOOD = "Tệp Excel không có lỗi. Chưa nạp gì; dùng «campaign load» để đưa vào áp dụng."


def not_a_workbook(file: str) -> str:
    """The name of a workbook to be written does not end as workbooks do."""
    return f"«{file}»: tên tệp Excel phải có đuôi .xlsx. Chưa ghi gì; anh/chị đặt tên khác."


def bad(faults: int) -> str:
    """The end of a list of faults."""
    return f"Có {faults} chỗ cần sửa; chưa ghi gì."

"""What stands above a plan that was copied from last year's."""


def head(code: str, label: str, year: int) -> str:
    """A comment for whoever edits the file."""
    return (
        f"# Bản nháp cho năm {year}, chép từ kế hoạch {code} ({label}).\n"
        "# Số, ngày ban hành, người ký và ghi nhận về văn bản đã bỏ ra; năm của thời gian, thời hạn, các kỳ\n"
        "# đã chuyển. Lời của từng điều khoản còn nguyên: thay bằng lời của văn bản mới.\n"
    )

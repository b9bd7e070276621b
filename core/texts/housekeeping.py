"""Sentences about what the house does at night."""

from core.messages import Message


def backup_failed(trouble: str) -> Message:
    """To administrators: last night's backup did not work."""
    return Message(
        title="Sao lưu đêm qua chưa thành công",
        body=f"{trouble}\n\nBản sao lưu cũ vẫn còn. Kiểm tra rồi chạy «python3 run.py backup».",
    )

"""Sentences about what a channel cannot carry."""


def file_cannot_be_sent(name: str) -> str:
    """In place of a document, on a channel that carries none."""
    return (
        f"Tệp «{name}» đã được lưu. Kênh trò chuyện này không gửi được tệp; "
        "anh/chị nhận tệp trên Telegram hoặc hỏi đầu mối của đơn vị."
    )

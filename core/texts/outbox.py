"""Sentences about what a channel cannot carry."""


def file_cannot_be_sent(name: str) -> str:
    """In place of a document, on a channel that carries none."""
    return (
        f"Kèm tệp «{name}»: kênh này không chuyển được tệp; "
        "anh/chị xem trên Telegram, hoặc hỏi nơi gửi hay đầu mối của đơn vị."
    )

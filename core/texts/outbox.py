"""Sentences about what a channel cannot carry."""

from core.texts import uploads


def file_cannot_be_sent(name: str) -> str:
    """In place of a document, on a channel that carries none."""
    return f"Kèm tệp «{name}»: kênh này không chuyển được tệp; anh/chị {uploads.FETCH_ELSEWHERE}."

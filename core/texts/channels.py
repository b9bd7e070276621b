"""Sentences about the channels a person uses: what they are called, and what goes another way."""

from core.messages import Message

_NAMES = {"telegram": "Telegram", "zalo": "Zalo", "console": "cửa sổ thử", "numbers": "tin nhắn chữ"}


def name(channel: str) -> str:
    """What people call a channel."""
    return _NAMES.get(channel, channel)


def moved(channel: str) -> str:
    """Heads a message that was to go elsewhere."""
    return f"Gửi ở đây vì {name(channel)} của anh/chị hiện không nhận được tin."


def answers_wait(channel: str) -> Message:
    """To somebody who waits for an answer on a channel that carries nothing."""
    return Message(
        body=(
            f"{name(channel)} đang gián đoạn nên câu trả lời cho anh/chị ở đó chưa gửi được. Những gì "
            "anh/chị đã gửi vẫn còn nguyên. Anh/chị gõ «menu» để làm tiếp ở đây."
        )
    )

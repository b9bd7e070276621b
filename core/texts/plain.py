"""How a screen is written out where there are no buttons."""

from core.messages import Door, Message, Numbering, numbered

_RULE = "─" * 12
_WAYS_OUT = "0. Quay lại\nGõ: hủy · menu · trợ giúp"
_WAYS_OUT_WORDS = "Gõ: quay lại · hủy · menu · trợ giúp"


def screen(message: Message) -> str:
    """The whole message as text: numbered choices, words for grave ones, ways out last."""
    parts = [
        message.note,
        f"{message.title.upper()}\n{_RULE}" if message.title else "",
        message.body,
        message.hint,
        "\n".join(_choices(message)),
        "\n".join(door(one) for one in message.doors),
        _ways_out(message),
    ]
    return "\n\n".join(part for part in parts if part)


def door(one: Door) -> str:
    """The keyword that opens a notice: «Soạn MC 12: …»."""
    return f"Soạn {one.word} {one.subject}".rstrip() + f": {one.label}"


def _choices(message: Message) -> list[str]:
    lines = [f"{mark}. {choice.label}" for choice, mark in numbered(message)]
    lines += [f"Gõ «{choice.word}» để: {choice.label}" for choice in message.choices if choice.grave]
    return lines


def _ways_out(message: Message) -> str:
    if not message.nav:
        return ""
    return _WAYS_OUT if message.numbering is Numbering.DIGITS else _WAYS_OUT_WORDS

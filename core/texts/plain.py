"""How a screen is written out where there are no buttons."""

from core.messages import LABEL_LENGTH, Choice, Door, Message, Numbering, numbered
from core.texts.desk import BACK
from core.vietnamese import words_spelt

_RULE = "─" * 12


#: What is sent where there is nothing to see: platforms refuse a blank message.
NOTHING = "…"


def screen(message: Message, address: str = "") -> str:
    """The whole message as text: numbered choices, words for grave ones, ways out last.

    Below stands the `address` of a page the message speaks of.
    """
    body, choices = _woven(message)
    parts = [
        message.note,
        f"{message.title.upper()}\n{_RULE}" if message.title else "",
        body,
        message.hint,
        "\n".join(choices),
        "\n".join(door(one) for one in message.doors),
        _ways_out(message),
        page_at(address) if address else "",
    ]
    told = "\n\n".join(part for part in parts if part)
    return told if any(letter.isprintable() and not letter.isspace() for letter in told) else NOTHING


def page_at(address: str) -> str:
    """Where to open the page that a message speaks of."""
    return f"Mở trang này: {address}"


def file_at(name: str, address: str) -> str:
    """A file where none can be sent: where to fetch it from."""
    return f"Tệp «{name}», tải về tại: {address}"


def door(one: Door) -> str:
    """The keyword that opens a notice: «Soạn MC 12: …»."""
    return f"Soạn {one.word} {one.subject}".rstrip() + f": {one.label}"


def _woven(message: Message) -> tuple[str, list[str]]:
    """The body and the choices; a line of the body that only tells a choice in full is told with it."""
    lines = message.body.split("\n")
    choices: list[str] = []
    for choice, mark in numbered(message):
        told = next((one for one in lines if _tells(one, choice)), "")
        if told:
            lines.remove(told)
        choices.append(f"{mark}. {told or choice.label}")
    choices += [f"Gõ «{choice.word}» để: {choice.label}" for choice in message.choices if choice.grave]
    return "\n".join(lines).strip("\n"), choices


def _tells(line: str, choice: Choice) -> bool:
    """Whether a line is a choice told in full; a short label in «…» was not cut: it says what comes next."""
    cut = choice.label.endswith("…") and len(choice.label) > LABEL_LENGTH // 2
    said = choice.label.removesuffix("…") if cut else choice.label
    return line == said or line.startswith(f"{said} ")


def _ways_out(message: Message) -> str:
    """«0» goes back, unless the screen asks for a number; the others have their words."""
    words = {choice.key: words_spelt(choice.label) for choice in message.nav}
    back = words.pop(BACK.key, "") if message.numbering is Numbering.DIGITS else ""
    lines = (f"0. {back.capitalize()}" if back else "", f"Gõ: {' · '.join(words.values())}" if words else "")
    return "\n".join(line for line in lines if line)

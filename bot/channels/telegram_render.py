"""A neutral message as Telegram shows it: bold title, italic hint, inline buttons."""

import json
from html import escape

from core.messages import Choice, Message
from core.texts import plain

NOTHING = "…"
"""What is sent where there is nothing to see: Telegram refuses a blank message."""


def text_of(message: Message, address: str = "") -> str:
    """The HTML of a message; everything people wrote is escaped here and nowhere else.

    Below stands the `address` of a page the message speaks of.
    """
    told = f"{message.note}{message.title}{message.body}{message.hint}{address}"
    if not any(letter.isprintable() and not letter.isspace() for letter in told):
        return NOTHING
    parts = (
        escape(message.note, quote=False),
        f"<b>{escape(message.title, quote=False)}</b>" if message.title else "",
        escape(message.body, quote=False),
        f"<i>{escape(message.hint, quote=False)}</i>" if message.hint else "",
        escape(plain.page_at(address), quote=False) if address else "",
    )
    return "\n\n".join(part for part in parts if part)


def keyboard_of(message: Message, turn: int) -> str:
    """The inline keyboard as JSON, empty when there is nothing to press.

    A press carries `turn:key`, a door `door:dialogue:subject`: short, since 64 bytes is the limit.
    """
    rows = [[_button(choice, turn) for choice in row] for row in message.rows]
    nav = [_button(choice, turn) for choice in message.nav]
    rows += [nav[place : place + 2] for place in range(0, len(nav), 2)]
    rows += [
        [{"text": door.label, "callback_data": f"door:{door.dialogue}:{door.subject}"}]
        for door in message.doors
    ]
    if not rows:
        return ""
    return json.dumps({"inline_keyboard": rows}, ensure_ascii=False, separators=(",", ":"))


def _button(choice: Choice, turn: int) -> dict[str, str]:
    return {"text": choice.label, "callback_data": f"{turn}:{choice.key}"}

"""What is not said twice: the same thing heard again, and on a metered channel the same screen."""

import hashlib
from dataclasses import replace

from core.messages import Capabilities, Incoming, Message, split_message
from core.texts import desk as texts
from core.vietnamese import fold
from handlers.dialogue import Turn
from services.conversations import Marks, Standing
from services.outbox import ANSWER_LIFE

_FILES = "files"


def key_of(incoming: Incoming) -> str:
    """What tells whether the same thing is heard again; of a text its digest, for words are not kept here."""
    if incoming.tap is not None:
        return f"{incoming.tap.turn}:{incoming.tap.key}"
    if incoming.unsupported:
        return "unsupported"
    if incoming.files:
        return _FILES
    return f"said:{_digest(fold(incoming.text))}" if incoming.text else ""


def repeats(incoming: Incoming, standing: Standing, can: Capabilities) -> bool:
    """Whether this is what was answered last: the same press, or where messages count the same text.

    A text is only taken so while its answer is still on the way; later it is meant, also where that answer
    came to nothing.
    """
    if not standing.last_tap or incoming.files or key_of(incoming) != standing.last_tap:
        return False
    if incoming.tap is not None:
        return True
    at = incoming.received_at or incoming.sent_at
    waits = standing.kept_at is not None and at - standing.kept_at < ANSWER_LIFE
    return can.metered and waits and standing.marks_for(incoming) is Marks.EARLIER


def marks_of(incoming: Incoming, standing: Standing, can: Capabilities) -> Marks:
    """Whether this is meant for the screen last drawn; files that follow files are where those are.

    Where there are buttons no screen draws numbers, so one that is typed is an answer.
    """
    if can.buttons or (incoming.files and standing.last_tap == _FILES):
        return Marks.CURRENT
    return standing.marks_for(incoming)


def face_of(screen: Message) -> str:
    """The same for two screens that read alike, whatever heads them."""
    return _digest(replace(screen, note="").to_json())


def once_more(screen: Message, standing: Standing, turn: Turn) -> Message:
    """What is sent of a screen: where each message counts, a long one that stands there already is not.

    One that fits a message costs no more than its note alone, so it comes whole: nobody has to look it up.
    """
    if not turn.can.metered or not screen.note or face_of(screen) != standing.face or screen.files:
        return screen
    if turn.marks is Marks.OLD or len(split_message(screen, turn.can.text_limit)) == 1:
        return screen
    return replace(screen, body=texts.AS_ABOVE, hint="")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]

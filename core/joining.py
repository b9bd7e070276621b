"""Codes by which chats are linked to people: how they are made up, typed, and told apart from other words."""

import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from core.messages import Message
from core.vietnamese import fold

#: Crockford's digits: no I, L, O, U, so that a code survives being read out.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
_SHORTEST = 8
#: What people put before a code: «lienket K7QM4-T2X9B».
_WORDS = ("lienket", "lien ket", "ma")
#: Stand in a message for the code it gives away, to be typed and to be part of a link.
CODE, CODE_IN_LINK = "[[code]]", "[[link-code]]"


@dataclass(frozen=True, slots=True)
class Entrance:
    """Where people find the bot on a channel: what it is called there, and an address that opens it.

    The address holds `CODE_IN_LINK` where the platform hands a code over.
    """

    name: str = ""
    address: str = ""


def grouped(code: str) -> str:
    """A code as it is shown."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def secret_in(text: str) -> str:
    """What was typed, or what a pasted link carries («https://t.me/…?start=…»)."""
    said = text.rpartition("start=")[2].strip()
    words = said.split()
    for before in _WORDS:
        many = len(before.split())
        if len(words) > many and fold(" ".join(words[:many])).strip(":") == before:
            return " ".join(words[many:])
    return said


def may_be_code(text: str) -> bool:
    """Whether somebody may have meant this as a code or a link; «xin chào» is neither, and no wrong guess."""
    words = ["".join(letter for letter in word if letter.isalnum()) for word in secret_in(text).split()]
    bare = "".join(words)
    whole = len(words) == 1 or [len(word) for word in words] == [LENGTH // 2] * 2
    return len(bare) >= _SHORTEST and bare.isascii() and (whole or not bare.isalpha())


def normal(secret: str) -> str:
    """A typed code without its dashes, with the letters people confuse put right."""
    typed = "".join(letter for letter in secret_in(secret).upper() if letter.isalnum())
    return typed.translate(str.maketrans("OIL", "011"))


def digest(secret: str) -> str:
    """What is stored of a code."""
    return hashlib.sha256(secret.encode()).hexdigest()


def way_in(number: int, issued_at: datetime) -> str:
    """Names an invitation in a message, without giving its code away."""
    return f"{number}.{int(issued_at.timestamp() * 1_000_000)}"


def code_of(key: bytes, way: str) -> str:
    """The code of such an invitation: known to whoever has the house's key, and stored nowhere.

    It has a digit in it: letters alone, typed small and apart, would read like two words.
    """
    code = ""
    for attempt in count():
        drawn = hmac.digest(key, f"further:{way}:{attempt}".encode(), "sha256")[:LENGTH]
        code = "".join(LETTERS[byte % len(LETTERS)] for byte in drawn)
        if not code.isalpha():
            break
    return code


def written(message: Message, key: bytes) -> Message:
    """A message with the code it gives away, as it leaves."""
    if not message.way_in:
        return message
    code = code_of(key, message.way_in)
    body = message.body.replace(CODE_IN_LINK, code).replace(CODE, grouped(code))
    return replace(message, body=body, way_in="")

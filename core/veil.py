"""A veil over what somebody picks on a ballot: on the way, and in what is kept of the way, it means nothing.

A veiled screen is kept as it was offered to everybody. What leaves for one chat carries other keys, and where
there are no buttons other marks, made from a secret that lives in the memory of one process and nowhere else.
What comes back is understood by that process alone; after a restart the screen is shown anew.
"""

import hmac
from collections.abc import Mapping, Sequence
from hashlib import sha256

_LENGTH = 12
_MARK_DIGITS = 3


def covered(secret: bytes, chat: str, turn: int, key: str) -> str:
    """What a choice is called on the way to one chat: short ASCII, another for every chat and turn."""
    return hmac.new(secret, f"{chat}|{turn}|{key}".encode(), sha256).hexdigest()[:_LENGTH]


def marks(secret: bytes, chat: str, turn: int, keys: Sequence[str]) -> dict[str, str]:
    """The mark to type for each choice, of three digits, all different, in no order that tells anything."""
    found: dict[str, str] = {}
    taken: set[int] = set()
    for key in keys:
        digest = hmac.new(secret, f"{chat}|{turn}|{key}|mark".encode(), sha256).digest()
        number = int.from_bytes(digest[:8], "big")
        while (mark := 100 + number % 900) in taken:
            number += 1
        taken.add(mark)
        found[key] = f"{mark:0{_MARK_DIGITS}}"
    return found


def uncovered(secret: bytes, chat: str, turn: int, said: str, keys: Sequence[str]) -> str | None:
    """Which of these choices came back as `said`, the covered key or the mark; None where it is none."""
    known: Mapping[str, str] = {
        **{covered(secret, chat, turn, key): key for key in keys},
        **{mark: key for key, mark in marks(secret, chat, turn, keys).items()},
    }
    return known.get(said)

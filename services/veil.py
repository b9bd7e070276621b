"""The veil of this process: what a voting screen says on its way to one chat, and what comes back of it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from core import veil
from core.messages import Address, Choice, Message, Row
from db.transaction import Session

_SECRET_BYTES = 32


@dataclass(slots=True)
class Veil:
    """A secret that ends with the process, and which screen was last drawn with it in each chat.

    A mark of three digits that another process drew could mean something else here: where this one has not
    drawn the screen, nothing that comes back means anything.
    """

    secret: bytes = field(default_factory=lambda: secrets.token_bytes(_SECRET_BYTES), repr=False)
    drawn: dict[Address, int] = field(default_factory=dict)

    def over(self, message: Message, to: Address, turn: int, *, buttons: bool) -> Message:
        """A screen as it leaves for one chat: its choices carry covered keys, or are marks to type."""
        if not message.veiled:
            return message
        self.drawn[to] = turn
        keys, chat = _keys(message), to.chat
        called = (
            {key: veil.covered(self.secret, chat, turn, key) for key in keys}
            if buttons
            else veil.marks(self.secret, chat, turn, keys)
        )
        return replace(message, rows=_renamed(message.rows, called))

    def lift(self, said: str, at: Address, turn: int, offered: Message) -> str | None:
        """Which choice of the screen came back; None where this process did not draw it, or it is none."""
        if self.drawn.get(at) != turn:
            return None
        return veil.uncovered(self.secret, at.chat, turn, said, _keys(offered))


def lifted(session: Session, said: str, at: Address, turn: int, offered: Message) -> str | None:
    """Which choice of a veiled screen came back, by the veil of this process."""
    of_process = session.info["veil"]
    assert isinstance(of_process, Veil)
    return of_process.lift(said, at, turn, offered)


def _keys(message: Message) -> list[str]:
    return [choice.key for choice in message.choices]


def _renamed(rows: Sequence[Row], called: dict[str, str]) -> tuple[Row, ...]:
    return tuple(tuple(Choice(called[one.key], one.label) for one in row) for row in rows)

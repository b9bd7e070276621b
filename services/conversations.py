"""Where each chat stands, kept between two messages."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from core.flooding import Tally
from core.messages import Address, Incoming, Message
from db.queries import conversations as queries
from db.transaction import Session

__all__ = ["Frame", "Marks", "Standing", "keep", "resume", "resume_all"]

#: How long the numbers of a screen count (the life of a menu in the study of Zalo, section 10).
MARKS_LIFE = timedelta(hours=12)
#: A message on its way for longer says more about a clock than about what its sender was looking at.
_LONGEST_WAY = timedelta(seconds=30)


class Marks(StrEnum):
    """Whether a number or letter can be one of the screen last drawn.

    `EARLIER`: it was sent before that screen arrived, so it answers another. `OLD`: the screen stood there
    for too long.
    """

    CURRENT = "current"
    EARLIER = "earlier"
    OLD = "old"


@dataclass(frozen=True, slots=True)
class Frame:
    """One open dialogue: its step, and where in it the person is (never what they answered)."""

    dialogue: str
    step: str
    place: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """A chat's open dialogues, what was last offered, and the number of that turn.

    The message `screen` shows the turn `shown_turn`, since `shown_at`. `face` is the same for two screens
    that read alike. All of it was kept at `kept_at`.
    """

    stack: tuple[Frame, ...] = ()
    offered: Message = field(default_factory=Message)
    turn: int = 0
    last_tap: str = ""
    screen: str = ""
    tally: Tally = field(default_factory=Tally)
    shown_turn: int = 0
    shown_at: datetime | None = None
    face: str = ""
    kept_at: datetime | None = None

    def marks_for(self, incoming: Incoming) -> Marks:
        """Whether a number in this message can mean the screen last drawn.

        Compared in whole seconds, as one platform tells the time, and by our own clock where the platform's
        is far from it.
        """
        if not self.turn:
            return Marks.CURRENT
        if self.shown_at is None or self.shown_turn < self.turn:
            return Marks.EARLIER
        received = incoming.received_at or incoming.sent_at
        sent = incoming.sent_at if received - incoming.sent_at <= _LONGEST_WAY else received
        if min(sent, received) < self.shown_at.replace(microsecond=0):
            return Marks.EARLIER
        told = min(incoming.sent_at, received)
        return Marks.OLD if told - self.shown_at > MARKS_LIFE else Marks.CURRENT


async def resume(session: Session, address: Address) -> Standing:
    """Where this chat stands; nowhere, if it is new."""
    return (await resume_all(session, [address])).get(address, Standing())


async def resume_all(session: Session, addresses: Sequence[Address]) -> dict[Address, Standing]:
    """Where several chats stand."""
    rows = await queries.of_chats(session, addresses)
    return {
        address: Standing(
            stack=tuple(Frame(one["d"], one["s"], one["p"]) for one in json.loads(row.stack)),
            offered=Message.from_json(row.offered or "{}"),
            turn=row.turn,
            last_tap=row.last_tap,
            screen=row.screen,
            shown_turn=row.screen_turn,
            shown_at=row.shown_at,
            face=row.face,
            tally=Tally.from_json(row.tally),
            kept_at=row.updated_at,
        )
        for address, row in rows.items()
    }


def keep(session: Session, address: Address, standing: Standing, now: datetime) -> None:
    """Remember where this chat stands."""
    offered = Message(
        rows=standing.offered.rows,
        nav=standing.offered.nav,
        numbering=standing.offered.numbering,
        veiled=standing.offered.veiled,
    )
    queries.keep(
        session,
        {
            "channel": address.channel,
            "bot": address.bot,
            "chat": address.chat,
            "stack": json.dumps(
                [{"d": one.dialogue, "s": one.step, "p": one.place} for one in standing.stack],
                ensure_ascii=False,
                separators=(",", ":"),
            ),
            "offered": offered.to_json(),
            "turn": standing.turn,
            "last_tap": standing.last_tap,
            "screen": standing.screen,
            "screen_turn": 0,
            "face": standing.face,
            "tally": standing.tally.to_json(),
            "updated_at": now,
        },
    )

"""Where each chat stands, kept between two messages."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.flooding import Tally
from core.messages import Address, Message
from db.queries import conversations as queries
from db.transaction import Session

__all__ = ["Frame", "Standing", "keep", "resume", "resume_all"]


@dataclass(frozen=True, slots=True)
class Frame:
    """One open dialogue: its step, and where in it the person is (never what they answered)."""

    dialogue: str
    step: str
    place: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """A chat's open dialogues, what was last offered, and the number of that turn."""

    stack: tuple[Frame, ...] = ()
    offered: Message = field(default_factory=Message)
    turn: int = 0
    last_tap: str = ""
    screen: str = ""
    tally: Tally = field(default_factory=Tally)


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
            tally=Tally.from_json(row.tally),
        )
        for address, row in rows.items()
    }


def keep(session: Session, address: Address, standing: Standing, now: datetime) -> None:
    """Remember where this chat stands."""
    offered = Message(
        rows=standing.offered.rows, nav=standing.offered.nav, numbering=standing.offered.numbering
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
            "tally": standing.tally.to_json(),
            "updated_at": now,
        },
    )

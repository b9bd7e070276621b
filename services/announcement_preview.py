"""How an announcement will look: the very messages that would leave, on each channel served here."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.messages import Capabilities, Message
from core.roles import Permission
from core.texts import announcements as texts
from db.transaction import Session
from services import announcements, outbox
from services.actor import Actor


@dataclass(frozen=True, slots=True)
class Seen:
    """What one person gets on a channel, a part for each call to the platform."""

    can: Capabilities
    parts: tuple[Message, ...]


async def on_channels(session: Session, actor: Actor, number: int) -> Mapping[str, Seen]:
    """An announcement as it would arrive, by channel."""
    actor.require(Permission.ANNOUNCE)
    found = await announcements.facts(session, actor, number)
    message = texts.message(found.content, number, found.version)
    return {
        channel: Seen(can, tuple(map(Message.from_json, outbox.payloads(session, channel, message))))
        for channel, can in outbox.channels(session).items()
    }

"""The channels a person uses: one more by a code of their own, where notices go, and one no longer."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from core import joining
from core.errands import ErrandKind
from core.joining import Entrance
from core.messages import Address, Message
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import channels as texts
from core.texts import joining as joining_texts
from db.models import Account, Invitation
from db.queries import people as queries
from db.queries import rerouting as outage_queries
from db.transaction import Session
from services import errands, journal, outbox, rerouting
from services.actor import Actor

#: So long a code for one more channel can be used.
CODE_LIFE = timedelta(minutes=15)
_KEY = "journal_key"


@dataclass(frozen=True, slots=True)
class Linked:
    """A channel somebody uses. `first` says that notices go there now."""

    account_id: int
    channel: str
    linked_at: datetime
    served: bool
    unreachable_since: datetime | None
    down_since: datetime | None
    first: bool
    here: bool


@dataclass(frozen=True, slots=True)
class WayIn:
    """A code for one more channel, by its name; where to type it, on each channel that can still be added."""

    name: str
    expires_at: datetime
    entrances: Mapping[str, Entrance]


async def linked(session: Session, actor: Actor) -> list[Linked]:
    """The channels of the actor, the oldest first."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    down = {(one.channel, one.bot): one.since for one in await outage_queries.outages(session)}
    first = (await outbox.addresses(session, [actor.person_id])).get(actor.person_id)
    return [
        Linked(
            one.id or 0,
            one.channel,
            one.linked_at,
            outbox.served(session, one.channel),
            None if one.reachable else one.unreachable_since,
            down.get((one.channel, one.bot)),
            first=_address(one) == first,
            here=_address(one) == actor.address,
        )
        for one in await _active(session, actor.person_id)
    ]


async def addable(session: Session, actor: Actor) -> list[str]:
    """The channels the actor could use as well."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    used = {one.channel for one in await _active(session, actor.person_id)}
    return [channel for channel in outbox.channels(session) if channel not in used]


async def prefer(session: Session, actor: Actor, account_id: int, now: datetime) -> str:
    """Have notices go to one of the actor's channels; which it is."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    chosen = await _own(session, actor, account_id)
    await queries.prefer(session, actor.person_id, chosen.channel)
    await journal.note(
        session, actor.label, "preferred_channel", f"person:{actor.person_id}", now, channel=chosen.channel
    )
    return chosen.channel


async def add_one(session: Session, actor: Actor, now: datetime) -> int:
    """A code for one more channel; earlier ones of the actor's own become worthless. Its invitation."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    if not await addable(session, actor):
        raise Refusal(Code.NOT_FOUND)
    await queries.void_invitations(session, actor.person_id, now, further=True)
    invitation = Invitation(
        person_id=actor.person_id,
        token_hash=joining.digest(secrets.token_urlsafe(16)),
        code_hash=joining.digest(secrets.token_urlsafe(16)),
        issued_at=now,
        issued_by=actor.person_id,
        further=True,
        expires_at=now + CODE_LIFE,
    )
    queries.add(session, invitation)
    await session.flush()
    code = joining.code_of(_key(session), joining.way_in(invitation.id or 0, now))
    invitation.code_hash = joining.digest(code)
    await session.flush()
    await journal.note(session, actor.label, "made_way_in", f"person:{actor.person_id}", now)
    return invitation.id or 0


async def way_in(session: Session, actor: Actor, invitation_id: int, now: datetime) -> WayIn | None:
    """A code the actor made; None once it is used or too old, and for anybody else's."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    found = await queries.invitation(session, invitation_id)
    own = found is not None and found.further and found.person_id == actor.person_id
    if found is None or not own or found.used_at or found.void_at or found.expires_at <= now:
        return None
    entrances = entrances_of(session)
    return WayIn(
        joining.way_in(invitation_id, found.issued_at),
        found.expires_at,
        {channel: entrances.get(channel, Entrance()) for channel in await addable(session, actor)},
    )


async def drop(session: Session, actor: Actor, account_id: int, now: datetime) -> str:
    """The actor uses a channel no longer: what waits there follows them to another; which it was."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    account = await _own(session, actor, account_id)
    address = _address(account)
    await queries.freeze(session, account_id, now, "unlinked")
    await queries.void_invitations(session, actor.person_id, now, further=True)
    await errands.add(session, ErrandKind.COMMANDS, account_id, now)
    await rerouting.leave_chat(session, address, actor.person_id, now)
    await journal.note(
        session, actor.label, "unlinked", f"account:{account_id}", now, channel=account.channel
    )
    if await outbox.may_be_told(session, [actor.person_id], now):
        for one in await _active(session, actor.person_id):
            if _address(one) != actor.address:
                await _tell(session, _address(one), texts.dropped(account.channel), now)
        if address != actor.address:
            await _tell(session, address, joining_texts.unlinked(), now)
    return account.channel


async def tell_of_added(session: Session, person_id: int, added: Address, now: datetime) -> None:
    """Whoever added a channel is told on those they had, and there what to do with them."""
    others = [one for one in await _active(session, person_id) if one.channel != added.channel]
    if not others or not await outbox.may_be_told(session, [person_id], now):
        return
    for one in others:
        await _tell(session, _address(one), texts.added(added.channel), now)
    await _tell(session, added, texts.also_here([one.channel for one in others]), now)


def entrances_of(session: Session) -> Mapping[str, Entrance]:
    """Where people find the bot, channel by channel, as far as that is known."""
    ask = session.info.get("entrances")
    found = ask() if callable(ask) else {}
    assert isinstance(found, Mapping)
    return found


def written(session: Session, message: Message) -> Message:
    """A message as it leaves, with the code it gives away, if any."""
    return joining.written(message, _key(session)) if message.way_in else message


async def _tell(session: Session, to: Address, message: Message, now: datetime) -> None:
    if outbox.served(session, to.channel):
        await outbox.post(session, to, message, outbox.Lane.NOTICE, now)


async def _active(session: Session, person_id: int) -> list[Account]:
    return sorted(await queries.active_accounts(session, [person_id]), key=lambda one: one.id or 0)


async def _own(session: Session, actor: Actor, account_id: int) -> Account:
    for one in await _active(session, actor.person_id):
        if one.id == account_id:
            return one
    raise Refusal(Code.NOT_FOUND)


def _address(account: Account) -> Address:
    return Address(account.channel, account.bot, account.chat)


def _key(session: Session) -> bytes:
    key = session.info[_KEY]
    assert isinstance(key, bytes)
    return key

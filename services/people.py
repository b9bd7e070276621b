"""People and their accounts: who is writing, how they join, what they agreed to."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core import joining
from core.errands import ErrandKind
from core.messages import Address
from core.refusals import Code, Refusal
from core.roles import Permission, Role, Target
from core.texts import desk as desk_texts
from core.texts import joining as texts
from db.models import Account, Consent, Invitation
from db.queries import people as queries
from db.transaction import Session
from services import channels, errands, journal, outbox, people_grants, quota_meter
from services.actor import Actor, today

CODE_LIFE = timedelta(hours=72)
WRONG_ALLOWED = 5
LOCK = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Candidate:
    """The person an unused code belongs to, as shown for «Đúng là tôi»."""

    invitation_id: int
    person_id: int
    name: str
    post: str
    unit: str


@dataclass(frozen=True, slots=True)
class Issued:
    """A freshly made way in. Shown once; only digests stay.

    `replaces` says that an earlier code, which could still have been used, is worthless now.
    """

    person_id: int
    name: str
    staff_code: str
    unit: str
    token: str
    code: str
    expires_at: datetime
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What a person can see about their own account."""

    name: str
    staff_code: str
    post: str
    unit: str
    phone: str
    roles: tuple[Role, ...]
    consents: tuple[tuple[str, datetime], ...]


async def identify(session: Session, addresses: Sequence[Address], now: datetime) -> dict[Address, Actor]:
    """The actors behind these addresses, with the roles in force today; strangers are left out."""
    known = await queries.known_at(session, addresses)
    if not known:
        return {}
    day = today(session, now)
    grants = await people_grants.held(session, sorted({one.person_id for one in known.values()}), day)
    return {
        address: Actor(
            person_id=one.person_id,
            name=one.name,
            unit_id=one.unit_id,
            today=day,
            grants=grants[one.person_id],
            post=one.post,
            address=address,
            reachable=one.reachable,
        )
        for address, one in known.items()
    }


async def issue_code(session: Session, actor: Actor, person_id: int, now: datetime) -> Issued:
    """A new one-time way in for a person; earlier unused ones become worthless."""
    actor.require(Permission.ISSUE_CODES)
    person = await queries.person(session, person_id)
    unit_id = person.unit_id if person else 0
    above = await queries.units_above(session, unit_id, today(session, now))
    actor.require(Permission.ISSUE_CODES, Target(person_id=person_id, units=above))
    if person is None:
        raise Refusal(Code.NOT_FOUND)
    replaces = await queries.void_invitations(session, person_id, now)
    token = secrets.token_urlsafe(16)
    code = _new_code()
    queries.add(
        session,
        Invitation(
            person_id=person_id,
            token_hash=joining.digest(token),
            code_hash=joining.digest(code),
            issued_at=now,
            issued_by=actor.person_id or None,
            expires_at=now + CODE_LIFE,
        ),
    )
    await session.flush()
    await journal.note(session, actor.label, "issued_code", f"person:{person_id}", now)
    unit = await unit_name(session, person.unit_id, today(session, now))
    return Issued(
        person_id,
        person.name,
        person.staff_code,
        unit,
        token,
        joining.grouped(code),
        now + CODE_LIFE,
        replaces=replaces,
    )


async def find_candidate(session: Session, address: Address, secret: str, now: datetime) -> Candidate | None:
    """The person a code belongs to, or nobody: wrong, used, void and expired codes look alike.

    Raises `Refusal(CODE_LOCKED)` for a chat that has tried too many wrong ones.
    """
    limit = await queries.guess_limit(session, address)
    if limit and limit.locked_until and limit.locked_until > now:
        raise Refusal(Code.CODE_LOCKED)
    found = await queries.invitation_by_digest(session, joining.digest(joining.normal(secret)))
    if found is None:
        found = await queries.invitation_by_digest(session, joining.digest(joining.secret_in(secret)))
    usable = found is not None and _usable(found[0], now) and found[1].active
    if found is None or not usable or not await _fits(session, address, found[0]):
        return None
    invitation, person = found
    await quota_meter.require_room_for_one(session, address, invitation.person_id)
    return Candidate(
        invitation.id or 0,
        person.id or 0,
        person.name,
        person.post,
        await unit_name(session, person.unit_id, today(session, now)),
    )


async def count_wrong_code(session: Session, address: Address, now: datetime) -> None:
    """Count a wrong code against the chat it came from."""
    limit = await queries.guess_limit(session, address)
    fresh = limit is None or now - limit.window_start > LOCK
    wrong = 1 if limit is None or fresh else limit.wrong + 1
    await queries.keep_guess_limit(
        session,
        {
            "channel": address.channel,
            "bot": address.bot,
            "chat": address.chat,
            "wrong": wrong,
            "window_start": now if limit is None or fresh else limit.window_start,
            "locked_until": now + LOCK if wrong >= WRONG_ALLOWED else None,
        },
    )


async def candidate(session: Session, invitation_id: int, now: datetime) -> Candidate:
    """The person of an invitation that is still usable."""
    invitation = await queries.invitation(session, invitation_id)
    if invitation is None or not _usable(invitation, now):
        raise Refusal(Code.CODE_UNUSABLE)
    person = await queries.person(session, invitation.person_id)
    if person is None or not person.active:
        raise Refusal(Code.CODE_UNUSABLE)
    unit = await unit_name(session, person.unit_id, today(session, now))
    return Candidate(invitation_id, person.id or 0, person.name, person.post, unit)


async def accept(
    session: Session, address: Address, invitation_id: int, message_id: str, now: datetime
) -> Candidate:
    """Link this chat to the person of the invitation, who has agreed to the notice as it reads now.

    `message_id` is the message that showed it. An account the person had on this channel, or another
    person's at this chat, is frozen; whoever that touches is told.
    """
    found = await candidate(session, invitation_id, now)
    invitation = await queries.invitation(session, invitation_id)
    fits = invitation is not None and await _fits(session, address, invitation)
    if not fits or not await queries.use_invitation(session, invitation_id, now):
        raise Refusal(Code.CODE_UNUSABLE)
    await quota_meter.require_room_for_one(session, address, found.person_id)
    await _freeze_others(session, address, found, now)
    queries.add(
        session,
        Account(
            person_id=found.person_id,
            channel=address.channel,
            bot=address.bot,
            chat=address.chat,
            linked_at=now,
        ),
        Consent(
            person_id=found.person_id,
            purpose="account",
            ground="consent",
            notice_version=texts.NOTICE_VERSION,
            notice_sha256=hashlib.sha256(texts.NOTICE.encode()).hexdigest(),
            channel=address.channel,
            bot=address.bot,
            chat=address.chat,
            message_id=message_id,
            given_at=now,
        ),
    )
    await session.flush()
    account = await queries.account_at(session, address)
    if account is not None and account.id is not None:
        await errands.add(session, ErrandKind.COMMANDS, account.id, now)
        await channels.tell_of_added(session, found.person_id, address, now)
    await journal.note(
        session,
        f"person:{found.person_id}",
        "joined",
        f"person:{found.person_id}",
        now,
        channel=address.channel,
    )
    return found


async def disown(session: Session, invitation_id: int, now: datetime) -> None:
    """«Không phải tôi» before joining: the code is worthless at once, and the office is told."""
    found = await candidate(session, invitation_id, now)
    await queries.void_invitations(session, found.person_id, now)
    await journal.note(session, "stranger", "disowned_code", f"person:{found.person_id}", now)
    await outbox.notify_administrators(session, texts.code_disowned(found.name), now)


async def report_wrong_account(session: Session, actor: Actor, now: datetime) -> None:
    """«Không phải tôi» after joining: the account is frozen at once, and the office is told."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    if actor.address is None:
        raise Refusal(Code.NOT_FOUND)
    account = await queries.account_at(session, actor.address)
    if account is None or account.id is None:
        raise Refusal(Code.NOT_FOUND)
    await queries.freeze(session, account.id, now, "disowned")
    await errands.add(session, ErrandKind.COMMANDS, account.id, now)
    await queries.void_invitations(session, actor.person_id, now)
    await journal.note(session, actor.label, "disowned_account", f"account:{account.id}", now)
    await outbox.notify_administrators(session, texts.account_disowned(actor.name), now)


async def set_reachable(session: Session, address: Address, *, reachable: bool, now: datetime) -> None:
    """The person blocked the bot, or came back."""
    if await queries.set_reachable(session, address, reachable=reachable, now=now):
        verb = "reachable" if reachable else "unreachable"
        await journal.note(session, "house", verb, f"chat:{address.channel}", now)


async def account_facts(session: Session, actor: Actor, now: datetime) -> AccountFacts:
    """What is kept about the actor."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    person = await queries.person(session, actor.person_id)
    if person is None:
        raise Refusal(Code.NOT_FOUND)
    consents = await queries.consents_of(session, actor.person_id)
    return AccountFacts(
        name=person.name,
        staff_code=person.staff_code,
        post=person.post,
        unit=await unit_name(session, person.unit_id, today(session, now)),
        phone=person.phone,
        roles=tuple(sorted({grant.role for grant in actor.grants if grant.instead_of is None})),
        consents=tuple((consent.notice_version, consent.given_at) for consent in consents),
    )


async def commands_of(
    session: Session, account_id: int, now: datetime
) -> tuple[Address, list[tuple[str, str]]] | None:
    """The commands to offer in an account's chat, by the roles of whoever has it now.

    They are hints only: every right is checked again at the act.
    """
    account = await queries.account(session, account_id)
    if account is None:
        return None
    address = Address(account.channel, account.bot, account.chat)
    actor = (await identify(session, [address], now)).get(address)
    if actor is None:
        return address, list(desk_texts.COMMANDS_FOR_STRANGERS)
    return address, [
        (command, hint)
        for command, (hint, permission) in desk_texts.COMMANDS.items()
        if permission is None or actor.may(permission)
    ]


async def unit_name(session: Session, unit_id: int, day: date) -> str:
    """What a unit is called on that day."""
    row = await queries.unit_name_on(session, unit_id, day)
    return row.name if row else ""


async def go_live(session: Session, actor: Actor, now: datetime) -> None:
    """End trial mode: from now on everybody can be written to."""
    actor.require(Permission.GO_LIVE)
    await outbox.set_live(session)
    await journal.note(session, actor.label, "went_live", "house", now)


async def _freeze_others(session: Session, address: Address, joining: Candidate, now: datetime) -> None:
    """One chat a person on a channel, one person a chat."""
    for account in await queries.accounts_of(session, joining.person_id):
        if account.state != "active" or account.channel != address.channel:
            continue
        await _freeze(session, account, joining, "moved", now)
        old = Address(account.channel, account.bot, account.chat)
        if old != address and await outbox.may_be_told(session, [joining.person_id], now):
            await outbox.post(session, old, texts.moved_away(), outbox.Lane.NOTICE, now)
            await outbox.post(session, address, texts.moved_here(), outbox.Lane.NOTICE, now)
    other = await queries.account_at(session, address)
    if other is not None and other.person_id != joining.person_id:
        await _freeze(session, other, joining, "chat_taken", now)
        if not await outbox.notify(session, [other.person_id], texts.chat_taken(), now):
            loser = await queries.person(session, other.person_id)
            message = texts.lost_chat(loser.name if loser else "", joining.name)
            await outbox.notify_administrators(session, message, now)


async def _freeze(session: Session, account: Account, joining: Candidate, why: str, now: datetime) -> None:
    await queries.freeze(session, account.id or 0, now, why)
    await errands.add(session, ErrandKind.COMMANDS, account.id or 0, now)
    by, subject = f"person:{joining.person_id}", f"account:{account.id}"
    await journal.note(session, by, "froze_account", subject, now, why=why)


async def _fits(session: Session, address: Address, invitation: Invitation) -> bool:
    """Whether an invitation may be used at this chat: one's own adds a channel, and takes nobody's place."""
    if not invitation.further:
        return True
    own = {one.channel for one in await queries.active_accounts(session, [invitation.person_id])}
    return bool(own) and address.channel not in own and await queries.account_at(session, address) is None


def _usable(invitation: Invitation, now: datetime) -> bool:
    return invitation.used_at is None and invitation.void_at is None and invitation.expires_at > now


def _new_code() -> str:
    """A code with a digit in it: letters alone, typed small and apart, would read like two words."""
    code = ""
    while code.isalpha() or not code:
        code = "".join(secrets.choice(joining.LETTERS) for _ in range(joining.LENGTH))
    return code

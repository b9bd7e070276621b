"""People, units, accounts, roles and codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, and_, bindparam, or_, true, update
from sqlalchemy import select as select_columns
from sqlalchemy.orm import Mapped
from sqlmodel import col, select

from core.messages import Address
from db.engine import dialect_of, key_of, upsert
from db.models import (
    Account,
    Consent,
    GuessLimit,
    Invitation,
    Leadership,
    Person,
    RoleGrant,
    Unit,
    UnitName,
)
from db.queries.conversations import by_bot
from db.transaction import Session, connection_of


@dataclass(frozen=True, slots=True)
class Known:
    """A linked person as the desk needs them."""

    address: Address
    person_id: int
    name: str
    post: str
    unit_id: int
    reachable: bool


_KNOWN = (
    select_columns(
        col(Account.channel),
        col(Account.bot),
        col(Account.chat),
        key_of(Person.id),
        col(Person.name),
        col(Person.post),
        col(Person.unit_id),
        col(Account.reachable),
    )
    .join(Person, col(Person.id) == col(Account.person_id))
    .where(
        col(Account.channel) == bindparam("channel"),
        col(Account.bot) == bindparam("bot"),
        col(Account.chat).in_(bindparam("chats", expanding=True)),
        col(Account.state) == "active",
        col(Person.active).is_(True),
    )
)
_ACTIVE_AT = select(Account).where(
    col(Account.channel) == bindparam("channel"),
    col(Account.bot) == bindparam("bot"),
    col(Account.chat) == bindparam("chat"),
    col(Account.state) == "active",
)
_INVITED = (
    select(Invitation, Person)
    .join(Person, col(Person.id) == col(Invitation.person_id))
    .where(
        or_(
            col(Invitation.token_hash) == bindparam("digest"),
            col(Invitation.code_hash) == bindparam("digest"),
        )
    )
)
_ACCOUNTS = select(Account).where(col(Account.person_id) == bindparam("person")).order_by(col(Account.id))
_ACTIVE = select(Account).where(
    col(Account.person_id).in_(bindparam("people", expanding=True)), col(Account.state) == "active"
)
_GRANTS = select_columns(
    col(RoleGrant.person_id),
    col(RoleGrant.role),
    col(RoleGrant.unit_id),
    col(RoleGrant.since),
    col(RoleGrant.until),
).where(col(RoleGrant.person_id).in_(bindparam("people", expanding=True)))
_ON_DAY = (
    col(UnitName.since) <= bindparam("day"),
    or_(col(UnitName.until).is_(None), col(UnitName.until) >= bindparam("day")),
)
_NAMED = select(UnitName).where(col(UnitName.unit_id) == bindparam("unit"), *_ON_DAY)


def _one_way(here: Mapped[int | None], there: Mapped[int | None]) -> Select[int]:
    """Follow `parent_id` one way; a loop in the data ends where it began, since rows are distinct."""
    begun: Select[int] = select_columns(key_of(Unit.id).label("id")).where(
        key_of(Unit.id) == bindparam("unit")
    )
    line = begun.cte("line", recursive=True)
    line = line.union(select(there).where(here == line.c.id, there.is_not(None), *_ON_DAY))
    return select_columns(line.c.id)


_UP = _one_way(col(UnitName.unit_id), col(UnitName.parent_id))
_DOWN = _one_way(col(UnitName.parent_id), col(UnitName.unit_id))


async def known_at(session: Session, addresses: Sequence[Address]) -> dict[Address, Known]:
    """The people behind active accounts at these addresses."""
    found: dict[Address, Known] = {}
    for (channel, bot), chats in by_bot(addresses).items():
        asked = {"channel": channel, "bot": bot, "chats": chats}
        for row in await connection_of(session).execute(_KNOWN, asked):
            address = Address(*row[:3])
            found[address] = Known(address, *row[3:])
    return found


async def grants_of(
    session: Session, person_ids: Sequence[int]
) -> list[tuple[int, str, int | None, date, date | None]]:
    """Person, role, unit and period of every role these people hold or held."""
    rows = await connection_of(session).execute(_GRANTS, {"people": list(person_ids)})
    return [(row[0], row[1], row[2], row[3], row[4]) for row in rows]


async def holders(session: Session, role: str, day: date) -> list[RoleGrant]:
    """Who holds a role on that day."""
    query = select(RoleGrant).where(
        col(RoleGrant.role) == role,
        col(RoleGrant.since) <= day,
        or_(col(RoleGrant.until).is_(None), col(RoleGrant.until) >= day),
    )
    return list((await session.exec(query)).all())


async def person(session: Session, person_id: int) -> Person | None:
    """One person."""
    return await session.get(Person, person_id)


async def everyone(session: Session) -> list[Person]:
    """All people, in the order they were entered."""
    return list((await session.exec(select(Person).order_by(col(Person.id)))).all())


async def linked_people(session: Session) -> frozenset[int]:
    """Who has an active account, on whatever channel."""
    query = select(col(Account.person_id)).where(col(Account.state) == "active")
    return frozenset((await session.exec(query)).all())


async def units(session: Session) -> list[Unit]:
    """All units."""
    return list((await session.exec(select(Unit).order_by(col(Unit.id)))).all())


async def unit_name_on(session: Session, unit_id: int, day: date) -> UnitName | None:
    """What a unit is called on that day."""
    return (await session.exec(_NAMED, params={"unit": unit_id, "day": day})).first()


async def units_above(session: Session, unit_id: int, day: date) -> frozenset[int]:
    """A unit and the line of units above it on that day."""
    return await _line(session, unit_id, day, down=False)


async def codes_above(session: Session, unit_id: int, day: date) -> frozenset[str]:
    """The codes of a unit and of the line of units above it on that day."""
    line = await units_above(session, unit_id, day)
    return frozenset((await session.exec(select(Unit.code).where(col(Unit.id).in_(line)))).all())


async def units_below(session: Session, unit_id: int, day: date) -> frozenset[int]:
    """A unit and everything under it on that day."""
    return await _line(session, unit_id, day, down=True)


async def _line(session: Session, unit_id: int, day: date, *, down: bool) -> frozenset[int]:
    line = _DOWN if down else _UP
    rows = await connection_of(session).execute(line, {"unit": unit_id, "day": day})
    return frozenset(rows.scalars())


async def accounts_of(session: Session, person_id: int) -> list[Account]:
    """All accounts of a person, frozen ones included."""
    return list((await session.exec(_ACCOUNTS, params={"person": person_id})).all())


async def account(session: Session, account_id: int) -> Account | None:
    """One account."""
    return await session.get(Account, account_id)


async def account_at(session: Session, address: Address) -> Account | None:
    """The active account at an address."""
    asked = {"channel": address.channel, "bot": address.bot, "chat": address.chat}
    return (await session.exec(_ACTIVE_AT, params=asked)).first()


async def active_accounts(session: Session, person_ids: Sequence[int]) -> list[Account]:
    """Where these people can be written to."""
    return list((await session.exec(_ACTIVE, params={"people": list(person_ids)})).all())


async def set_reachable(session: Session, address: Address, *, reachable: bool, now: datetime) -> bool:
    """Note that a chat can or cannot be written to; says whether that was news."""
    result = await session.exec(
        update(Account)
        .where(
            col(Account.channel) == address.channel,
            col(Account.bot) == address.bot,
            col(Account.chat) == address.chat,
            col(Account.state) == "active",
            col(Account.reachable).is_(not reachable),
        )
        .values(reachable=reachable, unreachable_since=None if reachable else now)
    )
    return bool(result.rowcount)


async def prefer(session: Session, person_id: int, channel: str) -> None:
    """Note on which channel somebody wants notices."""
    await session.exec(update(Person).where(key_of(Person.id) == person_id).values(preferred=channel))


async def freeze(session: Session, account_id: int, now: datetime, why: str) -> None:
    """Close an account; its row stays."""
    await session.exec(
        update(Account)
        .where(col(Account.id) == account_id, col(Account.state) == "active")
        .values(state="frozen", frozen_at=now, frozen_why=why)
    )


async def invitation_by_digest(session: Session, digest: str) -> tuple[Invitation, Person] | None:
    """The invitation whose token or typed code has this SHA-256, with its person."""
    return (await session.exec(_INVITED, params={"digest": digest})).first()


async def invitation(session: Session, invitation_id: int) -> Invitation | None:
    """One invitation."""
    return await session.get(Invitation, invitation_id)


async def void_invitations(session: Session, person_id: int, now: datetime, *, further: bool = False) -> bool:
    """Make every unused code of a person worthless, or those they made; whether one was still good."""
    unused = and_(
        col(Invitation.person_id) == person_id,
        col(Invitation.further).is_(True) if further else true(),
        col(Invitation.used_at).is_(None),
        col(Invitation.void_at).is_(None),
    )
    good = await session.exec(select(Invitation.id).where(unused, col(Invitation.expires_at) > now).limit(1))
    was_good = good.first() is not None
    await session.exec(update(Invitation).where(unused).values(void_at=now))
    return was_good


async def use_invitation(session: Session, invitation_id: int, now: datetime) -> bool:
    """Use a code up; false when somebody was faster."""
    result = await session.exec(
        update(Invitation)
        .where(
            col(Invitation.id) == invitation_id,
            col(Invitation.used_at).is_(None),
            col(Invitation.void_at).is_(None),
            col(Invitation.expires_at) > now,
        )
        .values(used_at=now)
    )
    return bool(result.rowcount)


async def guess_limit(session: Session, address: Address) -> GuessLimit | None:
    """How many wrong codes this chat has tried."""
    return await session.get(GuessLimit, (address.channel, address.bot, address.chat))


async def keep_guess_limit(session: Session, values: dict[str, object]) -> None:
    """Store the count of wrong codes."""
    statement = upsert(dialect_of(session), GuessLimit).values(**values)
    changed = {name: statement.excluded[name] for name in ("wrong", "window_start", "locked_until")}
    await session.exec(
        statement.on_conflict_do_update(index_elements=("channel", "bot", "chat"), set_=changed)
    )


async def consents_of(session: Session, person_id: int) -> list[Consent]:
    """What a person agreed to."""
    return list((await session.exec(select(Consent).where(col(Consent.person_id) == person_id))).all())


def add(
    session: Session,
    *rows: Unit | UnitName | Person | RoleGrant | Leadership | Account | Invitation | Consent,
) -> None:
    """Keep new rows."""
    session.add_all(rows)

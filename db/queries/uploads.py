"""Pages for sending files: given out, used once, forgotten."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, func, update
from sqlmodel import col, select

from core.messages import Address
from db.models import Account, Person, UploadPage
from db.transaction import Session


@dataclass(frozen=True, slots=True)
class Held:
    """A page, the name of whose it is, and whether they still write from that chat."""

    page: UploadPage
    name: str
    linked: bool


async def add(session: Session, page: UploadPage) -> int:
    """Keep a page; returns its number."""
    session.add(page)
    await session.flush()
    return page.id or 0


async def prolong(
    session: Session, person_id: int, address: Address, frame: str, now: datetime, expires_at: datetime
) -> int:
    """Let the open page of this place last longer; returns its number, 0 where there is none."""
    page = (
        await session.exec(
            select(UploadPage)
            .where(
                col(UploadPage.person_id) == person_id,
                col(UploadPage.channel) == address.channel,
                col(UploadPage.bot) == address.bot,
                col(UploadPage.chat) == address.chat,
                col(UploadPage.frame) == frame,
                col(UploadPage.used_at).is_(None),
                col(UploadPage.expires_at) > now,
            )
            .order_by(col(UploadPage.id).desc())
        )
    ).first()
    if page is None:
        return 0
    page.expires_at = expires_at
    return page.id or 0


async def issued_since(session: Session, person_id: int, since: datetime) -> int:
    """How many pages a person was given since then."""
    query = select(func.count()).where(
        col(UploadPage.person_id) == person_id, col(UploadPage.issued_at) > since
    )
    return (await session.exec(query)).one()


async def get(session: Session, number: int) -> UploadPage | None:
    """One page."""
    return await session.get(UploadPage, number)


async def held(session: Session, number: int) -> Held | None:
    """One page with whose it is."""
    linked = exists().where(
        col(Account.person_id) == col(UploadPage.person_id),
        col(Account.channel) == col(UploadPage.channel),
        col(Account.bot) == col(UploadPage.bot),
        col(Account.chat) == col(UploadPage.chat),
        col(Account.state) == "active",
        col(Person.active).is_(True),
    )
    query = (
        select(UploadPage, Person.name, linked)
        .join(Person, col(Person.id) == col(UploadPage.person_id))
        .where(col(UploadPage.id) == number)
    )
    row = (await session.exec(query)).first()
    return Held(row[0], row[1], bool(row[2])) if row is not None else None


async def use(session: Session, number: int, now: datetime) -> bool:
    """Mark a page as used; false if somebody else did, or its time is over."""
    result = await session.exec(
        update(UploadPage)
        .where(
            col(UploadPage.id) == number, col(UploadPage.used_at).is_(None), col(UploadPage.expires_at) > now
        )
        .values(used_at=now)
    )
    return bool(result.rowcount)


async def drop_old(session: Session, before: datetime) -> None:
    """Drop pages whose time was over before then.

    The newest of all stays: SQLite would give its number again.
    """
    newest = select(func.max(UploadPage.id)).scalar_subquery()
    await session.exec(
        delete(UploadPage).where(col(UploadPage.expires_at) < before, col(UploadPage.id) < newest)
    )

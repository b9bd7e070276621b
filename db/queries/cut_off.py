"""What tells who cannot be written to; and sheets of new codes."""

from datetime import datetime

from sqlalchemy import delete, func, update
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from db.engine import key_of
from db.models import Account, CodeSheet, Invitation, Person
from db.transaction import Session


async def listed(session: Session) -> list[Person]:
    """Everybody who works here."""
    query = select(Person).where(col(Person.active).is_(True)).order_by(col(Person.folded), key_of(Person.id))
    return list((await session.exec(query)).all())


async def accounts(session: Session) -> list[Account]:
    """Every account there is or was."""
    return list((await session.exec(select(Account).order_by(key_of(Account.id)))).all())


async def newest_codes(session: Session) -> list[Invitation]:
    """The newest code the office gave each person, used ones left out."""
    newest = (
        select_columns(func.max(Invitation.id))
        .where(col(Invitation.further).is_(False), col(Invitation.used_at).is_(None))
        .group_by(col(Invitation.person_id))
    )
    return list((await session.exec(select(Invitation).where(col(Invitation.id).in_(newest)))).all())


async def sheet(session: Session, sheet_id: int) -> CodeSheet | None:
    """One sheet of codes."""
    return await session.get(CodeSheet, sheet_id)


async def shelved(session: Session, sheet_id: int, sha256: str, now: datetime) -> None:
    """It was written."""
    await session.exec(
        update(CodeSheet).where(key_of(CodeSheet.id) == sheet_id).values(sha256=sha256, made_at=now)
    )


async def drop_sheet(session: Session, sheet_id: int) -> None:
    """It is forgotten."""
    await session.exec(delete(CodeSheet).where(key_of(CodeSheet.id) == sheet_id))

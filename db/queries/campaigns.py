"""Campaign versions, rounds and entered dates."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, update
from sqlmodel import col, select

from db.engine import key_of
from db.models import CampaignDate, CampaignVersion, Person, Round
from db.transaction import Session


async def version(session: Session, version_id: int) -> CampaignVersion | None:
    """One version."""
    return await session.get(CampaignVersion, version_id)


_CODE_AND_DIGEST = select(col(CampaignVersion.code), col(CampaignVersion.digest)).where(
    key_of(CampaignVersion.id) == bindparam("of")
)


async def code_and_digest(session: Session, version_id: int) -> tuple[str, str] | None:
    """Of which campaign a version is, and what is in it."""
    found = (await session.exec(_CODE_AND_DIGEST, params={"of": version_id})).first()
    return None if found is None else (found[0], found[1])


async def version_by_digest(session: Session, code: str, digest: str) -> CampaignVersion | None:
    """A version that was loaded before."""
    query = select(CampaignVersion).where(
        col(CampaignVersion.code) == code, col(CampaignVersion.digest) == digest
    )
    return (await session.exec(query)).first()


async def newest(session: Session, code: str) -> list[tuple[int, bool]]:
    """Id of each version of a campaign and whether it is in force: that one first, then the newest."""
    query = (
        select(key_of(CampaignVersion.id), col(CampaignVersion.current))
        .where(col(CampaignVersion.code) == code)
        .order_by(col(CampaignVersion.current).desc(), col(CampaignVersion.id).desc())
    )
    return [(row[0], row[1]) for row in (await session.exec(query)).all()]


_CURRENT = (
    select(key_of(CampaignVersion.id), col(CampaignVersion.code), col(CampaignVersion.digest))
    .where(col(CampaignVersion.current).is_(True))
    .order_by(col(CampaignVersion.id))
)


async def current(session: Session) -> list[tuple[int, str, str]]:
    """Id, code and digest of the version in force of each campaign."""
    return [(row[0], row[1], row[2]) for row in (await session.exec(_CURRENT)).all()]


async def unpublished(session: Session) -> Sequence[tuple[CampaignVersion, str | None]]:
    """Versions nobody has published, newest first, with the name of who loaded each."""
    query = (
        select(CampaignVersion, Person.name)
        .outerjoin(Person, key_of(Person.id) == col(CampaignVersion.loaded_by))
        .where(col(CampaignVersion.state) != "published")
        .order_by(col(CampaignVersion.id).desc())
    )
    return [(row[0], row[1]) for row in (await session.exec(query)).all()]


async def supersede(session: Session, code: str) -> None:
    """Take the version in force out of force."""
    await session.exec(update(CampaignVersion).where(col(CampaignVersion.code) == code).values(current=False))


async def discard(session: Session, version_id: int) -> None:
    """Forget a version that was never published."""
    await session.exec(delete(CampaignVersion).where(key_of(CampaignVersion.id) == version_id))


_ROUNDS = select(Round).where(col(Round.campaign) == bindparam("of")).order_by(col(Round.id))


async def rounds_of(session: Session, campaign: str) -> list[Round]:
    """The rounds of a campaign."""
    return list((await session.exec(_ROUNDS, params={"of": campaign})).all())


_DATES = select(CampaignDate).where(col(CampaignDate.replaced_at).is_(None)).order_by(col(CampaignDate.id))


async def dates_in_force(session: Session) -> list[CampaignDate]:
    """Every entered date that was not replaced, of all campaigns."""
    return list((await session.exec(_DATES)).all())


async def dates_of(session: Session, campaign: str) -> list[tuple[CampaignDate, str | None]]:
    """Every date entered for a campaign, newest first, with the name of who entered it."""
    query = (
        select(CampaignDate, Person.name)
        .outerjoin(Person, key_of(Person.id) == col(CampaignDate.entered_by))
        .where(col(CampaignDate.campaign) == campaign)
        .order_by(col(CampaignDate.id).desc())
    )
    return [(row[0], row[1]) for row in (await session.exec(query)).all()]


async def replace_date(
    session: Session, campaign: str, subject: str, now: datetime, withdrawn_for: str = ""
) -> None:
    """Take the date in force for this out of force; it stays on record, with why it was taken back."""
    query = update(CampaignDate).where(
        col(CampaignDate.campaign) == campaign,
        col(CampaignDate.subject) == subject,
        col(CampaignDate.replaced_at).is_(None),
    )
    await session.exec(query.values(replaced_at=now, withdrawn_for=withdrawn_for))

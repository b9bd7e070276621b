"""Campaign versions and rounds."""

from sqlalchemy import bindparam, update
from sqlmodel import col, select

from db.engine import key_of
from db.models import CampaignVersion, Round
from db.transaction import Session


async def version(session: Session, version_id: int) -> CampaignVersion | None:
    """One version."""
    return await session.get(CampaignVersion, version_id)


async def version_by_digest(session: Session, code: str, digest: str) -> CampaignVersion | None:
    """A version that was loaded before."""
    query = select(CampaignVersion).where(
        col(CampaignVersion.code) == code, col(CampaignVersion.digest) == digest
    )
    return (await session.exec(query)).first()


_CURRENT = (
    select(key_of(CampaignVersion.id), col(CampaignVersion.code), col(CampaignVersion.digest))
    .where(col(CampaignVersion.current).is_(True))
    .order_by(col(CampaignVersion.id))
)


async def current(session: Session) -> list[tuple[int, str, str]]:
    """Id, code and digest of the version in force of each campaign."""
    return [(row[0], row[1], row[2]) for row in (await session.exec(_CURRENT)).all()]


async def supersede(session: Session, code: str) -> None:
    """Take the version in force out of force."""
    await session.exec(update(CampaignVersion).where(col(CampaignVersion.code) == code).values(current=False))


_ROUNDS = select(Round).where(col(Round.campaign) == bindparam("of")).order_by(col(Round.id))


async def rounds_of(session: Session, campaign: str) -> list[Round]:
    """The rounds of a campaign."""
    return list((await session.exec(_ROUNDS, params={"of": campaign})).all())

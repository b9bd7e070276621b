"""Plans sent and asked for as files."""

from sqlalchemy import update

from db.engine import key_of
from db.models import CampaignFile
from db.transaction import Session


async def get(session: Session, file_id: int) -> CampaignFile | None:
    """One file."""
    return await session.get(CampaignFile, file_id)


async def settle(session: Session, file_id: int, **values: object) -> None:
    """Record what became of a file."""
    await session.exec(update(CampaignFile).where(key_of(CampaignFile.id) == file_id).values(**values))

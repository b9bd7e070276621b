"""Plans sent and asked for as files."""

from sqlalchemy import update
from sqlmodel import col, select

from db.engine import key_of
from db.models import CampaignFile
from db.transaction import Session


async def get(session: Session, file_id: int) -> CampaignFile | None:
    """One file."""
    return await session.get(CampaignFile, file_id)


async def settle(session: Session, file_id: int, **values: object) -> None:
    """Record what became of a file."""
    await session.exec(update(CampaignFile).where(key_of(CampaignFile.id) == file_id).values(**values))


async def sent_as(session: Session, version_id: int) -> str:
    """The name of the workbook that a version was read from; nothing where it came otherwise."""
    query = select(col(CampaignFile.name)).where(
        col(CampaignFile.version_id) == version_id, col(CampaignFile.kind) == "sent"
    )
    return (await session.exec(query.limit(1))).first() or ""

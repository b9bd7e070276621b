"""Named values the running house remembers."""

from sqlalchemy import select
from sqlmodel import col

from db.engine import upsert
from db.models import Setting
from db.transaction import Session


async def read(session: Session, name: str) -> str:
    """The value, empty when it was never set."""
    query = select(col(Setting.value)).where(col(Setting.name) == name)
    return (await session.exec(query)).scalar() or ""


async def write(session: Session, name: str, value: str) -> None:
    """Set a value."""
    statement = upsert(session, Setting).values(name=name, value=value)
    await session.exec(
        statement.on_conflict_do_update(index_elements=("name",), set_={"value": statement.excluded.value})
    )

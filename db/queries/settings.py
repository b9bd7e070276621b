"""Named values the running house remembers."""

from sqlalchemy import bindparam, select
from sqlmodel import col

from db.engine import dialect_of, upsert
from db.models import Setting
from db.transaction import Session, connection_of

_READ = select(col(Setting.value)).where(col(Setting.name) == bindparam("wanted"))


async def read(session: Session, name: str) -> str:
    """The value, empty when it was never set."""
    return (await connection_of(session).execute(_READ, {"wanted": name})).scalar() or ""


async def write(session: Session, name: str, value: str) -> None:
    """Set a value."""
    statement = upsert(dialect_of(session), Setting).values(name=name, value=value)
    await session.exec(
        statement.on_conflict_do_update(index_elements=("name",), set_={"value": statement.excluded.value})
    )

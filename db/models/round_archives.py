"""Archives of rounds that were asked for in chat, and the parts they came to."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class RoundArchive(SQLModel, table=True):
    """An archive of a round. While one is being made, nobody begins another."""

    __tablename__ = "round_archive"
    __table_args__ = (
        CheckConstraint("state IN ('making', 'made', 'lost')", name="state_known"),
        Index(
            "one_archive_in_making",
            "round_id",
            unique=True,
            sqlite_where=text("state = 'making'"),
            postgresql_where=text("state = 'making'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    state: str = "making"
    asked_by: int | None = Field(default=None, foreign_key="person.id")
    asked_at: datetime
    ended_at: datetime | None = None


class RoundArchivePart(SQLModel, table=True):
    """One part of it: a ZIP under `sha256`; `part` counts from 1."""

    __tablename__ = "round_archive_part"
    __table_args__ = (UniqueConstraint("archive_id", "part"),)

    id: int | None = Field(default=None, primary_key=True)
    archive_id: int = Field(foreign_key="round_archive.id")
    part: int
    sha256: str
    size: int

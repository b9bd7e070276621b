"""Pages of ours for sending files, where a channel cannot carry them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, Index, Text
from sqlmodel import Field, SQLModel


class UploadPage(SQLModel, table=True):
    """A page by which one person of one chat sends files to one place, once.

    `frame` is that place (dialogue, step, where in it) as JSON, `what` how people call it, `most` how many
    files it takes.
    """

    __tablename__ = "upload_page"
    __table_args__ = (
        CheckConstraint("most >= 1", name="takes_files"),
        Index("ix_upload_page_of_person", "person_id", "issued_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    channel: str
    bot: str
    chat: str
    frame: str = Field(sa_column=Column(Text, nullable=False))
    what: str
    most: int
    issued_at: datetime
    expires_at: datetime
    used_at: datetime | None = None

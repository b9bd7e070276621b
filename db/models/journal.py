"""Who did what: an append-only record in which every entry vouches for the one before."""

from datetime import datetime

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel


class JournalRow(SQLModel, table=True):
    """One entry. People appear by id only, so that erasing a person leaves the chain whole."""

    __tablename__ = "journal"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    actor: str
    verb: str
    subject: str
    facts: str = Field(default="{}", sa_column=Column(Text, nullable=False))
    digest: str

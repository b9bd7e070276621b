"""Campaigns as loaded, every version kept, and their rounds."""

from datetime import datetime

from sqlalchemy import Column, Text, UniqueConstraint
from sqlmodel import Field, SQLModel


class CampaignVersion(SQLModel, table=True):
    """One loaded version of a campaign, recognised by its digest; answers keep theirs."""

    __tablename__ = "campaign_version"
    __table_args__ = (UniqueConstraint("code", "digest"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(index=True)
    digest: str
    source: str = Field(sa_column=Column(Text, nullable=False))
    loaded_at: datetime
    loaded_by: int | None = Field(default=None, foreign_key="person.id")
    current: bool = True


class Round(SQLModel, table=True):
    """A yearly round or the period round of a campaign; moments stay empty while unsaid.

    A round that a newer version no longer has closed with the loading of that version.
    """

    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("campaign", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign: str
    code: str
    label: str
    year: int | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None

"""Campaigns as loaded, every version kept, and their rounds."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class CampaignVersion(SQLModel, table=True):
    """One version of a campaign, recognised by its digest; answers keep theirs.

    A draft is read back and approved before it is published; only a published version can be `current`.
    """

    __tablename__ = "campaign_version"
    __table_args__ = (
        UniqueConstraint("code", "digest"),
        CheckConstraint("state IN ('draft', 'approved', 'published')", name="state_known"),
        # Looked up on every first screen, past the sources of all the versions that were replaced.
        Index(
            "ix_campaign_version_current",
            "id",
            "code",
            "digest",
            sqlite_where=text("current IS 1"),
            postgresql_where=text("current IS true"),
        ),
        # The number of a dropped draft is never another's: somebody may still be about to approve it.
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(index=True)
    digest: str
    source: str = Field(sa_column=Column(Text, nullable=False))
    loaded_at: datetime
    loaded_by: int | None = Field(default=None, foreign_key="person.id")
    state: str = "published"
    approved_by: int | None = Field(default=None, foreign_key="person.id")
    approved_at: datetime | None = None
    published_at: datetime | None = None
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


class CampaignDate(SQLModel, table=True):
    """A date or moment that the plan leaves unsaid, entered with the document it rests on.

    `subject` is what it dates: «issued_on», «deadline:004-D1», «round:2026:closes_at». A changed one stays,
    with the moment it was replaced. `instead_of` is what the plan itself said then, empty where it said
    nothing. `reason` is why it was entered, `withdrawn_for` why it was taken back, both as people are told.
    """

    __tablename__ = "campaign_date"
    __table_args__ = (
        Index(
            "one_date_in_force",
            "campaign",
            "subject",
            unique=True,
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign: str
    subject: str
    value: str
    document: str
    instead_of: str = ""
    reason: str = ""
    entered_by: int | None = Field(default=None, foreign_key="person.id")
    entered_at: datetime
    replaced_at: datetime | None = None
    withdrawn_for: str = ""

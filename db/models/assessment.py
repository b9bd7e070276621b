"""Self-assessments, their answers, and what was signed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class Assessment(SQLModel, table=True):
    """One person's self-assessment in one round, on the version they began with."""

    __tablename__ = "assessment"
    __table_args__ = (
        UniqueConstraint("person_id", "round_id"),
        CheckConstraint("state IN ('draft', 'signed')", name="state_known"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    version_id: int = Field(foreign_key="campaign_version.id")
    unit_id: int = Field(foreign_key="unit.id")
    state: str = "draft"
    created_at: datetime
    updated_at: datetime


class Answer(SQLModel, table=True):
    """The answer to one criterion, as typed: `given` is JSON of the answer facts."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("assessment_id", "criterion"),)

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id")
    criterion: str
    given: str = Field(default="{}", sa_column=Column(Text, nullable=False))
    outcome: str = ""
    note: str = ""
    updated_at: datetime


class Signature(SQLModel, table=True):
    """A signed copy: immutable content, its digest, its receipt; withdrawn ones stay on record."""

    __tablename__ = "signature"
    __table_args__ = (
        UniqueConstraint("receipt"),
        Index(
            "one_live_signature",
            "assessment_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id", index=True)
    receipt: str
    content: str = Field(sa_column=Column(Text, nullable=False))
    digest: str
    signed_at: datetime
    withdrawn_at: datetime | None = None
    copy_sha256: str = ""

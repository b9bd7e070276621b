"""Self-assessments, their answers, and what was signed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class Assessment(SQLModel, table=True):
    """One self-assessment in one round, on the version it was begun with.

    On the collective track it is the unit's, and `person_id` the one who looks after it. `filled_by` is who
    fills it for a person without an account.
    """

    __tablename__ = "assessment"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'signed')", name="state_known"),
        CheckConstraint("track IN ('individual', 'head', 'collective')", name="track_known"),
        Index(
            "one_of_a_person",
            "person_id",
            "round_id",
            unique=True,
            sqlite_where=text("track <> 'collective'"),
            postgresql_where=text("track <> 'collective'"),
        ),
        Index(
            "one_of_a_unit",
            "unit_id",
            "round_id",
            unique=True,
            sqlite_where=text("track = 'collective'"),
            postgresql_where=text("track = 'collective'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    version_id: int = Field(foreign_key="campaign_version.id")
    unit_id: int = Field(foreign_key="unit.id")
    track: str = "individual"
    filled_by: int | None = Field(default=None, foreign_key="person.id")
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
    """A signed copy: immutable content, its digest, its receipt; withdrawn ones stay on record.

    `signed_by` is who signed here, `signed_for` in whose place, by a stand-in; `proof_id` the sheet signed
    on paper by whom they acted for.
    """

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
        Index(
            "ix_signature_proof_id",
            "proof_id",
            sqlite_where=text("proof_id IS NOT NULL"),
            postgresql_where=text("proof_id IS NOT NULL"),
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
    signed_by: int | None = Field(default=None, foreign_key="person.id")
    signed_for: int | None = Field(default=None, foreign_key="person.id")
    proof_id: int | None = Field(default=None, foreign_key="evidence.id")


class Share(SQLModel, table=True):
    """One criterion of a unit's self-assessment, given to a colleague to answer."""

    __tablename__ = "share"
    __table_args__ = (UniqueConstraint("assessment_id", "criterion"),)

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id")
    criterion: str
    person_id: int = Field(foreign_key="person.id", index=True)
    given_by: int | None = Field(default=None, foreign_key="person.id")
    given_at: datetime

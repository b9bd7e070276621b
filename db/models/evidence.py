"""Evidence: the file a person sent, what became of it, and the criteria it serves."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

EVIDENCE_STATES = ("waiting", "clean", "refused", "lost")


class Evidence(SQLModel, table=True):
    """One file; `code` is its receipt. Bytes lie in the file store under `sha256`.

    `removed_at` hides it from the person's list; nothing is erased before retention says so.
    `replaces_id` points to the version it took the place of.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint(f"state IN {EVIDENCE_STATES}", name="state_known"),
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str
    person_id: int = Field(foreign_key="person.id", index=True)
    name: str
    size: int
    mime: str
    album: str = ""
    caption: str = ""
    source: str = Field(sa_column=Column(Text, nullable=False))
    state: str = "waiting"
    reason: str = ""
    sha256: str = Field(default="", index=True)
    served_sha256: str = ""
    facts: str = Field(default="{}", sa_column=Column(Text, nullable=False))
    seen_elsewhere: bool = False
    received_at: datetime
    checked_at: datetime | None = None
    replaces_id: int | None = Field(default=None, foreign_key="evidence.id")
    removed_at: datetime | None = None


class EvidenceUse(SQLModel, table=True):
    """A file serving a criterion of an assessment."""

    __tablename__ = "evidence_use"
    __table_args__ = (
        Index(
            "one_live_use",
            "evidence_id",
            "assessment_id",
            "criterion",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    evidence_id: int = Field(foreign_key="evidence.id", index=True)
    assessment_id: int = Field(foreign_key="assessment.id", index=True)
    criterion: str
    added_at: datetime
    removed_at: datetime | None = None

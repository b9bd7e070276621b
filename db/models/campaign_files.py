"""Plans as files: those people sent, and those they asked for."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, Text
from sqlmodel import Field, SQLModel

FILE_KINDS = ("sent", "template", "export", "next_year")
FILE_STATES = ("waiting", "faulty", "drafted", "refused", "lost", "made")


class CampaignFile(SQLModel, table=True):
    """One file. Of one that was `sent`, `source` tells where its bytes lie and whose chat it came from.

    A faulty one has its `findings`, a line each; a good one became the draft `version_id`. Of one asked for,
    `version_id` is the version to write down, `year` the one to copy it for. `sha256` names the workbook
    the house made: the one asked for, or the faulty one with its faults pointed out.
    """

    __tablename__ = "campaign_file"
    __table_args__ = (
        CheckConstraint(f"kind IN {FILE_KINDS}", name="kind_known"),
        CheckConstraint(f"state IN {FILE_STATES}", name="state_known"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    person_id: int = Field(foreign_key="person.id", index=True)
    name: str = ""
    source: str = Field(default="", sa_column=Column(Text, nullable=False))
    state: str = "waiting"
    findings: str = Field(default="", sa_column=Column(Text, nullable=False))
    original_sha256: str = ""
    sha256: str = ""
    version_id: int | None = Field(default=None, foreign_key="campaign_version.id", ondelete="SET NULL")
    year: int | None = None
    asked_at: datetime
    done_at: datetime | None = None

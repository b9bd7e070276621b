"""Who is proposed for a commendation, and so counts against a quota."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel


class Nomination(SQLModel, table=True):
    """A signed self-assessment proposed for a commendation in its round; withdrawn ones stay on record.

    `subject` is collective or individual; `achievement` names what is commended, for no achievement is
    commended twice. `nominated_for` is in whose place it was proposed, by a stand-in. Whoever a signed
    decision leaves out is not chosen; why, the agenda of the sitting says (`CouncilItem.reason`).
    """

    __tablename__ = "nomination"
    __table_args__ = (
        CheckConstraint("subject IN ('collective', 'individual')", name="subject_known"),
        CheckConstraint("state IN ('proposed', 'commended', 'not_chosen', 'withdrawn')", name="state_known"),
        Index(
            "one_nomination",
            "assessment_id",
            unique=True,
            sqlite_where=text("state <> 'withdrawn'"),
            postgresql_where=text("state <> 'withdrawn'"),
        ),
        Index("ix_nomination_round", "round_id", "subject", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id")
    round_id: int = Field(foreign_key="round.id")
    subject: str
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    achievement: str
    state: str = "proposed"
    nominated_by: int | None = Field(default=None, foreign_key="person.id")
    nominated_for: int | None = Field(default=None, foreign_key="person.id")
    nominated_at: datetime
    ended_at: datetime | None = None

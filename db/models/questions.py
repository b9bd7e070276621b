"""What people asked that the plan does not answer."""

from datetime import datetime

from sqlalchemy import Column, Index, Text, text
from sqlmodel import Field, SQLModel


class Question(SQLModel, table=True):
    """A question to the office about a campaign, and its answer."""

    __tablename__ = "question"
    __table_args__ = (
        Index(
            "ix_question_open",
            "id",
            sqlite_where=text("answered_at IS NULL"),
            postgresql_where=text("answered_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    campaign: str
    clause: str = ""
    question: str = Field(sa_column=Column(Text, nullable=False))
    asked_at: datetime
    answer: str = Field(default="", sa_column=Column(Text, nullable=False))
    answered_by: int | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = None

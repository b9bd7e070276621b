"""Slow work to be done later, asked for in the transaction that needs it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class Errand(SQLModel, table=True):
    """One piece of slow work on one subject, there until it is done; `once` keeps it single.

    `created_at` is when it was last asked for.
    """

    __tablename__ = "errand"
    __table_args__ = (
        UniqueConstraint("once"),
        CheckConstraint("state IN ('waiting', 'failed')", name="state_known"),
        Index("ix_errand_due", "not_before", sqlite_where=text("state = 'waiting'")),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    subject: int
    once: str
    state: str = "waiting"
    attempts: int = 0
    not_before: datetime
    created_at: datetime
    error: str = ""

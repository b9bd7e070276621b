"""What people were reminded of, what they put off, and when they want to be left in peace."""

from datetime import date, datetime, time

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

_WAITING = "delivered_at IS NULL AND failure = ''"


class NudgeRow(SQLModel, table=True):
    """One person told once about one thing owed; `principal_id` is in whose place.

    `outbox_key` is the `once` of the message that carries it, empty where there was nobody to carry it to.
    A line of the week is a row too, with nothing owed. `failure` is a `Failure`, or empty.
    """

    __tablename__ = "nudge"
    __table_args__ = (
        UniqueConstraint("obligation", "due", "person_id", "rung"),
        Index("ix_nudge_waiting", "id", sqlite_where=text(_WAITING), postgresql_where=text(_WAITING)),
    )

    id: int | None = Field(default=None, primary_key=True)
    obligation: str
    due: date = Field(index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    principal_id: int = Field(foreign_key="person.id")
    rung: str
    outbox_key: str = Field(default="", index=True)
    made_at: datetime = Field(index=True)
    delivered_at: datetime | None = None
    failure: str = ""


class SnoozeRow(SQLModel, table=True):
    """A person put something off until a moment; of several the last holds."""

    __tablename__ = "snooze"

    id: int | None = Field(default=None, primary_key=True)
    obligation: str
    due: date = Field(index=True)
    person_id: int = Field(foreign_key="person.id")
    until: datetime
    made_at: datetime


class QuietHours(SQLModel, table=True):
    """Hours in which one person is not reminded, on top of everybody's."""

    __tablename__ = "quiet_hours"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    starts: time
    ends: time

"""Days of the working calendar that an administrator entered, and years somebody confirmed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel


class CalendarDay(SQLModel, table=True):
    """A day that is off or worked by a document; what was replaced or removed stays on record."""

    __tablename__ = "calendar_day"
    __table_args__ = (
        CheckConstraint("kind IN ('off', 'work')", name="kind_known"),
        Index(
            "one_calendar_day",
            "day",
            unique=True,
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    day: date
    kind: str
    name: str
    source: str
    swapped_with: date | None = None
    entered_by: int | None = Field(default=None, foreign_key="person.id")
    entered_at: datetime
    replaced_at: datetime | None = None


class CalendarYear(SQLModel, table=True):
    """A year whose holidays and swaps are known for certain, by a document."""

    __tablename__ = "calendar_year"

    year: int = Field(primary_key=True)
    source: str
    confirmed_by: int | None = Field(default=None, foreign_key="person.id")
    confirmed_at: datetime

"""What stands in the way of being considered, apart from the answers, and who set it aside."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel


class Hindrance(SQLModel, table=True):
    """A person (or a unit) is under discipline or complaint, from `since` until `until` (inclusive)."""

    __tablename__ = "hindrance"
    __table_args__ = (
        CheckConstraint("kind IN ('discipline', 'complaint')", name="kind_known"),
        CheckConstraint("(person_id IS NULL) <> (unit_id IS NULL)", name="of_somebody"),
        CheckConstraint("until IS NULL OR until >= since", name="period_ordered"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    kind: str
    since: date
    until: date | None = None
    document: str
    noted_by: int | None = Field(default=None, foreign_key="person.id")
    noted_at: datetime
    lifted_by: int | None = Field(default=None, foreign_key="person.id")
    lifted_at: datetime | None = None


class HindranceChange(SQLModel, table=True):
    """A hindrance to be shortened, or lifted: asked for by one person on a document, decided by another."""

    __tablename__ = "hindrance_change"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'granted', 'denied')", name="state_known"),
        CheckConstraint("decided_by IS NULL OR decided_by <> asked_by", name="two_people"),
        CheckConstraint("until IS NULL OR until >= since", name="period_ordered"),
        Index(
            "one_open_change",
            "hindrance_id",
            unique=True,
            sqlite_where=text("state = 'asked'"),
            postgresql_where=text("state = 'asked'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    hindrance_id: int = Field(foreign_key="hindrance.id")
    lifts: bool
    since: date
    until: date | None = None
    reason: str
    document: str
    asked_by: int = Field(foreign_key="person.id")
    asked_at: datetime
    state: str = "asked"
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = None


class Waiver(SQLModel, table=True):
    """An obstacle set aside for one self-assessment: asked for by one person, decided by another."""

    __tablename__ = "waiver"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'granted', 'denied')", name="state_known"),
        CheckConstraint("decided_by IS NULL OR decided_by <> asked_by", name="two_people"),
        Index(
            "one_waiver",
            "assessment_id",
            "obstacle",
            unique=True,
            sqlite_where=text("state <> 'denied'"),
            postgresql_where=text("state <> 'denied'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id")
    obstacle: str
    reason: str
    asked_by: int = Field(foreign_key="person.id")
    asked_at: datetime
    state: str = "asked"
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = None

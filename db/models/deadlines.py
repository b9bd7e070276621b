"""What units hand in by their deadlines, more time they are given, and who stands in for whom.

An occasion is one time that something falls due: `campaign`, `deadline` (its code in the plan) and
`period`, which is the year of what recurs, or the round, or empty.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, Index, Text, text
from sqlmodel import Field, SQLModel


class Submission(SQLModel, table=True):
    """What a unit handed in, with the receipt it got; withdrawn ones stay on record.

    `number` and `dated` are those of the unit's document. One that a head has still to confirm has no
    `confirmed_at`. `made_for` and `confirmed_for` are in whose place it was done, by a stand-in.
    """

    __tablename__ = "submission"
    __table_args__ = (
        CheckConstraint("kind IN ('plan', 'report', 'yearly_review', 'final_review')", name="kind_known"),
        Index(
            "one_submission",
            "campaign",
            "deadline",
            "period",
            "unit_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        Index("one_receipt", "receipt", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    campaign: str
    deadline: str
    period: str = ""
    unit_id: int = Field(foreign_key="unit.id", index=True)
    number: str
    dated: date
    evidence_id: int | None = Field(default=None, foreign_key="evidence.id")
    words: str = Field(default="", sa_column=Column(Text, nullable=False))
    receipt: str
    late: bool = False
    made_by: int = Field(foreign_key="person.id")
    made_for: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime
    confirmed_by: int | None = Field(default=None, foreign_key="person.id")
    confirmed_for: int | None = Field(default=None, foreign_key="person.id")
    confirmed_at: datetime | None = None
    withdrawn_at: datetime | None = None


class Extension(SQLModel, table=True):
    """More time a unit asked for with a reason; `until` is what it asked for, then what it was given.

    Taken back by the unit, or ended because it handed in, it is `withdrawn`.
    """

    __tablename__ = "extension"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'granted', 'denied', 'withdrawn')", name="state_known"),
        Index(
            "one_open_extension",
            "campaign",
            "deadline",
            "period",
            "unit_id",
            unique=True,
            sqlite_where=text("state = 'asked'"),
            postgresql_where=text("state = 'asked'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign: str
    deadline: str
    period: str = ""
    unit_id: int = Field(foreign_key="unit.id", index=True)
    until: date
    reason: str = Field(sa_column=Column(Text, nullable=False))
    state: str = "asked"
    asked_by: int = Field(foreign_key="person.id")
    asked_at: datetime
    document: str = ""
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = None


class Absence(SQLModel, table=True):
    """`deputy_id` stands in for `person_id` from one day to another, both included."""

    __tablename__ = "absence"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="period_ordered"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    deputy_id: int = Field(foreign_key="person.id", index=True)
    starts_on: date
    ends_on: date
    named_by: int | None = Field(default=None, foreign_key="person.id")
    named_at: datetime
    ended_at: datetime | None = None


class CutOff(SQLModel, table=True):
    """The day by which a unit wants something done itself, before the day of the plan."""

    __tablename__ = "cut_off"
    __table_args__ = (Index("one_cut_off", "campaign", "deadline", "period", "unit_id", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    campaign: str
    deadline: str
    period: str = ""
    unit_id: int = Field(foreign_key="unit.id", index=True)
    day: date
    set_by: int | None = Field(default=None, foreign_key="person.id")
    set_at: datetime

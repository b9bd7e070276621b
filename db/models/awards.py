"""Who was awarded what, by which decision; what was annulled stays on record."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, Index, Text, text
from sqlmodel import Field, SQLModel

from core.awards import AwardSheetState


class Award(SQLModel, table=True):
    """An award of a person or of a unit as a whole, as a signed decision says it; it is never changed.

    `first_year` and `last_year` are those in which the achievement was made. One that a decision entered in
    the house brought has its `nomination_id`; one of before has none, and may have come by a sheet. A
    `thematic` one is no ground for an award by merit (Law on emulation and commendation).
    """

    __tablename__ = "award"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (unit_id IS NULL)", name="of_somebody"),
        CheckConstraint("last_year >= first_year", name="period_ordered"),
        Index(
            "one_award",
            "nomination_id",
            unique=True,
            sqlite_where=text("nomination_id IS NOT NULL"),
            postgresql_where=text("nomination_id IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    title: str
    authority: str
    number: str
    dated: date
    achievement: str = Field(sa_column=Column(Text, nullable=False))
    first_year: int
    last_year: int
    thematic: bool
    campaign: str = ""
    round_id: int | None = Field(default=None, foreign_key="round.id")
    nomination_id: int | None = Field(default=None, foreign_key="nomination.id")
    sheet_id: int | None = Field(default=None, foreign_key="award_sheet.id", index=True)
    entered_by: int | None = Field(default=None, foreign_key="person.id")
    entered_at: datetime
    annulled_at: datetime | None = None


class AwardAnnulment(SQLModel, table=True):
    """An award to be annulled: proposed by one person, decided by another.

    By a decision of the authority (`document`), or, where it is a `slip`, because it was entered by mistake.
    """

    __tablename__ = "award_annulment"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'granted', 'denied')", name="state_known"),
        CheckConstraint("decided_by IS NULL OR decided_by <> asked_by", name="two_people"),
        CheckConstraint("slip OR document <> ''", name="on_a_decision"),
        Index(
            "one_annulment",
            "award_id",
            unique=True,
            sqlite_where=text("state <> 'denied'"),
            postgresql_where=text("state <> 'denied'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    award_id: int = Field(foreign_key="award.id")
    slip: bool
    reason: str = Field(sa_column=Column(Text, nullable=False))
    document: str
    asked_by: int = Field(foreign_key="person.id")
    asked_at: datetime
    state: str = "asked"
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = None


class AwardSheet(SQLModel, table=True):
    """A workbook of earlier awards somebody sent: `source` tells where its bytes lie.

    `rows` are what it says, as JSON, from when it was read until it is settled; `findings` its faults, a
    line each, which the workbook named by `sha256` points out at their cells.
    """

    __tablename__ = "award_sheet"
    __table_args__ = (
        CheckConstraint(f"state IN {tuple(one.value for one in AwardSheetState)}", name="state_known"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    name: str
    source: str = Field(sa_column=Column(Text, nullable=False))
    state: str = AwardSheetState.WAITING.value
    findings: str = Field(default="", sa_column=Column(Text, nullable=False))
    rows: str = Field(default="", sa_column=Column(Text, nullable=False))
    sha256: str = ""
    sent_at: datetime
    done_at: datetime | None = None

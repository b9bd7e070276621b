"""Appraisal: marks of criteria, conflicts of interest, what units are asked for again, the shortlist."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from core.appraisal import Likeness, Mark


class AppraisalMark(SQLModel, table=True):
    """What an appraiser found of one criterion of a nominee; a mind that was changed stays on record."""

    __tablename__ = "appraisal_mark"
    __table_args__ = (
        CheckConstraint(f"mark IN {tuple(one.value for one in Mark)}", name="mark_known"),
        Index(
            "one_live_mark",
            "nomination_id",
            "criterion",
            unique=True,
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    nomination_id: int = Field(foreign_key="nomination.id", index=True)
    criterion: str
    mark: str
    reason: str = Field(default="", sa_column=Column(Text, nullable=False))
    marked_by: int = Field(foreign_key="person.id")
    marked_at: datetime
    replaced_at: datetime | None = None


class AppraisalConflict(SQLModel, table=True):
    """An appraiser declared an interest in a dossier, and has to do with it no more."""

    __tablename__ = "appraisal_conflict"
    __table_args__ = (UniqueConstraint("dossier_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    dossier_id: int = Field(foreign_key="dossier.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    reason: str = Field(default="", sa_column=Column(Text, nullable=False))
    declared_at: datetime


class SupplementItem(SQLModel, table=True):
    """Something a unit is asked for; `version` is the one it comes back with.

    It is about one criterion of a nominee, or about the papers. Until `asked_at` it is the appraiser's note.
    """

    __tablename__ = "supplement_item"
    __table_args__ = (
        CheckConstraint("criterion = '' OR nomination_id IS NOT NULL", name="criterion_of_somebody"),
        CheckConstraint("answered_at IS NULL OR asked_at IS NOT NULL", name="asked_first"),
    )

    id: int | None = Field(default=None, primary_key=True)
    dossier_id: int = Field(foreign_key="dossier.id", index=True)
    version: int
    nomination_id: int | None = Field(default=None, foreign_key="nomination.id")
    criterion: str = ""
    missing: str = Field(sa_column=Column(Text, nullable=False))
    noted_by: int = Field(foreign_key="person.id")
    noted_at: datetime
    asked_at: datetime | None = None
    due: date | None = None
    answer: str = Field(default="", sa_column=Column(Text, nullable=False))
    answered_by: int | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = None


class SupplementFile(SQLModel, table=True):
    """A file that answers what a unit was asked for."""

    __tablename__ = "supplement_file"
    __table_args__ = (UniqueConstraint("item_id", "evidence_id"),)

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="supplement_item.id")
    evidence_id: int = Field(foreign_key="evidence.id", index=True)
    added_by: int | None = Field(default=None, foreign_key="person.id")
    added_at: datetime


class ShortlistChange(SQLModel, table=True):
    """A nominee put at a `place` of the shortlist by hand, or (where there is none) remarked on."""

    __tablename__ = "shortlist_change"

    id: int | None = Field(default=None, primary_key=True)
    nomination_id: int = Field(foreign_key="nomination.id", index=True)
    place: int | None = None
    words: str = Field(sa_column=Column(Text, nullable=False))
    made_by: int = Field(foreign_key="person.id")
    made_at: datetime


class PicturePrint(SQLModel, table=True):
    """What a picture looks like, in four numbers of 16 bits: the same picture has nearly the same."""

    __tablename__ = "picture_print"

    evidence_id: int = Field(foreign_key="evidence.id", primary_key=True)
    first: int = Field(index=True)
    second: int = Field(index=True)
    third: int = Field(index=True)
    fourth: int = Field(index=True)


class AppraisalLikeness(SQLModel, table=True):
    """A nominee's file, picture or answer that is nearly somebody else's; `share` is per cent."""

    __tablename__ = "appraisal_likeness"
    __table_args__ = (
        CheckConstraint(f"kind IN {tuple(one.value for one in Likeness)}", name="kind_known"),
        UniqueConstraint("nomination_id", "kind", "criterion", "other_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    nomination_id: int = Field(foreign_key="nomination.id")
    kind: str
    criterion: str
    other_id: int = Field(foreign_key="assessment.id")
    share: int
    other_at: datetime


class AppraisalReport(SQLModel, table=True):
    """The report of an appraisal as a paper, once it has been asked for; `sha256` once it is made."""

    __tablename__ = "appraisal_report"

    id: int | None = Field(default=None, primary_key=True)
    dossier_id: int = Field(foreign_key="dossier.id", index=True)
    asked_by: int = Field(foreign_key="person.id")
    asked_at: datetime
    sha256: str = ""

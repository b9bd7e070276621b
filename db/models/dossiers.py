"""Dossiers that units hand in: whom they propose, the papers in them, and every step they took."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from core.dossiers import DossierState, PaperKind


class Dossier(SQLModel, table=True):
    """What one unit proposes in one round; `version` counts its submissions, the one being drafted included.

    `supplement_due` is the last day for what was asked for, `receipt` that of the latest submission.
    """

    __tablename__ = "dossier"
    __table_args__ = (
        UniqueConstraint("round_id", "unit_id"),
        CheckConstraint(f"state IN {tuple(one.value for one in DossierState)}", name="state_known"),
        Index("ix_dossier_state", "state", "submitted_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id")
    unit_id: int = Field(foreign_key="unit.id", index=True)
    state: str = DossierState.DRAFTING.value
    version: int = 1
    opened_by: int | None = Field(default=None, foreign_key="person.id")
    opened_at: datetime
    receipt: str = ""
    submitted_at: datetime | None = None
    late: bool = False
    appraiser_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    supplement_due: date | None = None


class DossierNominee(SQLModel, table=True):
    """A nomination in a dossier, in the order the unit gave it.

    One that was taken out stays on record with the reason (`removed_for`).
    """

    __tablename__ = "dossier_nominee"
    __table_args__ = (
        Index(
            "one_dossier_of_a_nomination",
            "nomination_id",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    dossier_id: int = Field(foreign_key="dossier.id", index=True)
    nomination_id: int = Field(foreign_key="nomination.id")
    place: int
    added_at: datetime
    removed_at: datetime | None = None
    removed_for: str = Field(default="", sa_column=Column(Text, nullable=False))


class DossierPaper(SQLModel, table=True):
    """A paper of one version of a dossier: made by the house under `sha256`, or sent by the unit.

    A report is about one nomination. `template` is the digest of what the house made it from.
    """

    __tablename__ = "dossier_paper"
    __table_args__ = (
        CheckConstraint(f"kind IN {tuple(one.value for one in PaperKind)}", name="kind_known"),
        CheckConstraint("(sha256 = '') <> (evidence_id IS NULL)", name="made_or_sent"),
    )

    id: int | None = Field(default=None, primary_key=True)
    dossier_id: int = Field(foreign_key="dossier.id", index=True)
    version: int
    kind: str
    nomination_id: int | None = Field(default=None, foreign_key="nomination.id")
    sha256: str = ""
    size: int = 0
    template: str = ""
    evidence_id: int | None = Field(default=None, foreign_key="evidence.id", index=True)
    made_by: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime
    removed_at: datetime | None = None


class PaperRequest(SQLModel, table=True):
    """Somebody asked for the papers of a version to be made; they are told once it is done."""

    __tablename__ = "paper_request"

    id: int | None = Field(default=None, primary_key=True)
    dossier_id: int = Field(foreign_key="dossier.id", index=True)
    version: int
    person_id: int = Field(foreign_key="person.id", index=True)
    asked_at: datetime
    done_at: datetime | None = None


class DossierSubmission(SQLModel, table=True):
    """One submission as it was: its receipt, what stood in it, and the reason where findings stayed open.

    `content` is the JSON of everything the papers and the archive are made from; `digest` its SHA-256.
    """

    __tablename__ = "dossier_submission"
    __table_args__ = (
        UniqueConstraint("dossier_id", "version"),
        UniqueConstraint("receipt"),
    )

    id: int | None = Field(default=None, primary_key=True)
    dossier_id: int = Field(foreign_key="dossier.id")
    version: int
    receipt: str
    content: str = Field(sa_column=Column(Text, nullable=False))
    digest: str
    late: bool = False
    overridden_for: str = ""
    made_by: int | None = Field(default=None, foreign_key="person.id")
    made_for: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime


class DossierArchive(SQLModel, table=True):
    """One part of the archive of a submission: a ZIP under `sha256`; `part` counts from 1."""

    __tablename__ = "dossier_archive"
    __table_args__ = (UniqueConstraint("submission_id", "part"),)

    id: int | None = Field(default=None, primary_key=True)
    submission_id: int = Field(foreign_key="dossier_submission.id")
    part: int
    sha256: str
    size: int
    made_at: datetime


class DossierStep(SQLModel, table=True):
    """One act done with a dossier: by whom, when, why, and where it led."""

    __tablename__ = "dossier_step"

    id: int | None = Field(default=None, primary_key=True)
    dossier_id: int = Field(foreign_key="dossier.id", index=True)
    act: str
    led_to: str
    version: int
    reason: str = Field(default="", sa_column=Column(Text, nullable=False))
    done_by: int | None = Field(default=None, foreign_key="person.id")
    done_for: int | None = Field(default=None, foreign_key="person.id")
    done_at: datetime


class Particulars(SQLModel, table=True):
    """What an achievement report says of a person besides what they achieved; asked when it is made.

    `given` is JSON by the names in `core.dossiers.PARTICULARS`; erased ones keep their row.
    """

    __tablename__ = "particulars"
    __table_args__ = (UniqueConstraint("nomination_id"),)

    id: int | None = Field(default=None, primary_key=True)
    nomination_id: int = Field(foreign_key="nomination.id")
    given: str = Field(default="{}", sa_column=Column(Text, nullable=False))
    given_by: int | None = Field(default=None, foreign_key="person.id")
    given_at: datetime
    erased_at: datetime | None = None

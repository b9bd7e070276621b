"""What a unit does about its nominees before it hands in its dossier: sent back, shown, voted on."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class SentBack(SQLModel, table=True):
    """A signed self-assessment that the head sent back for one criterion; the answer stays as it was."""

    __tablename__ = "sent_back"

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id", index=True)
    criterion: str
    comment: str = Field(sa_column=Column(Text, nullable=False))
    sent_by: int | None = Field(default=None, foreign_key="person.id")
    sent_for: int | None = Field(default=None, foreign_key="person.id")
    sent_at: datetime


class PublicWindow(SQLModel, table=True):
    """The time in which a unit's people see whom it proposes; `last_day` is a working day, inclusive."""

    __tablename__ = "public_window"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'closed')", name="state_known"),
        Index(
            "one_open_window",
            "dossier_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    dossier_id: int = Field(foreign_key="dossier.id", index=True)
    state: str = "open"
    days: int
    last_day: date
    opened_by: int | None = Field(default=None, foreign_key="person.id")
    opened_for: int | None = Field(default=None, foreign_key="person.id")
    opened_at: datetime
    closed_at: datetime | None = None


class WindowNominee(SQLModel, table=True):
    """A nominee on the list that was shown."""

    __tablename__ = "window_nominee"
    __table_args__ = (UniqueConstraint("window_id", "nomination_id"),)

    id: int | None = Field(default=None, primary_key=True)
    window_id: int = Field(foreign_key="public_window.id")
    nomination_id: int = Field(foreign_key="nomination.id", index=True)
    place: int


class Objection(SQLModel, table=True):
    """What somebody of the unit holds against a nominee; without `person_id` where they gave no name."""

    __tablename__ = "objection"

    id: int | None = Field(default=None, primary_key=True)
    window_id: int = Field(foreign_key="public_window.id", index=True)
    nomination_id: int = Field(foreign_key="nomination.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    words: str = Field(sa_column=Column(Text, nullable=False))
    made_on: date
    settlement: str = Field(default="", sa_column=Column(Text, nullable=False))
    settled_by: int | None = Field(default=None, foreign_key="person.id")
    settled_for: int | None = Field(default=None, foreign_key="person.id")
    settled_at: datetime | None = None


class Objector(SQLModel, table=True):
    """That somebody objected to a nominee, so that nobody does so twice; `named` is whether with their name.

    No time, so that who gave no name is not found by it.
    """

    __tablename__ = "objector"
    __table_args__ = (UniqueConstraint("window_id", "nomination_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    window_id: int = Field(foreign_key="public_window.id")
    nomination_id: int = Field(foreign_key="nomination.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    named: bool


class UnitMeeting(SQLModel, table=True):
    """A meeting of the unit's council about one version of its dossier; an annulled one stays on record.

    The vote of one held here is the `poll` of the subject «unit_review:<id>».
    """

    __tablename__ = "unit_meeting"
    __table_args__ = (
        CheckConstraint(
            "state IN ('preparing', 'voting', 'counted', 'held', 'annulled')", name="state_known"
        ),
        CheckConstraint("base IN ('members', 'cast')", name="base_known"),
        Index(
            "one_meeting_of_a_version",
            "dossier_id",
            "version",
            unique=True,
            sqlite_where=text("state <> 'annulled'"),
            postgresql_where=text("state <> 'annulled'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    dossier_id: int = Field(foreign_key="dossier.id", index=True)
    version: int
    state: str = "preparing"
    on_paper: bool = False
    held_at: datetime | None = None
    ended_at: datetime | None = None
    place: str = ""
    quorum_part: int
    quorum_whole: int
    threshold_part: int
    threshold_whole: int
    base: str
    chair_id: int | None = Field(default=None, foreign_key="person.id")
    secretary_id: int | None = Field(default=None, foreign_key="person.id")
    conclusions: str = Field(default="", sa_column=Column(Text, nullable=False))
    proof_id: int | None = Field(default=None, foreign_key="evidence.id", index=True)
    called_by: int | None = Field(default=None, foreign_key="person.id")
    called_for: int | None = Field(default=None, foreign_key="person.id")
    called_at: datetime
    annulled_by: int | None = Field(default=None, foreign_key="person.id")
    annulled_at: datetime | None = None
    annulled_because: str = Field(default="", sa_column=Column(Text, nullable=False))


class MeetingMember(SQLModel, table=True):
    """A member of the unit's council at a meeting; `absent_because` is empty for those who were there."""

    __tablename__ = "meeting_member"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="unit_meeting.id")
    person_id: int = Field(foreign_key="person.id")
    absent_because: str = ""


class MeetingConflict(SQLModel, table=True):
    """A member who has no vote about one nominee for a reason the meeting knows."""

    __tablename__ = "meeting_conflict"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id", "nomination_id"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="unit_meeting.id")
    person_id: int = Field(foreign_key="person.id")
    nomination_id: int = Field(foreign_key="nomination.id")
    reason: str


class MeetingVote(SQLModel, table=True):
    """What the meeting came to about one nominee, on its agenda in that place; sums alone.

    `entitled` are all members without a conflict, whether they came or not.
    """

    __tablename__ = "meeting_vote"
    __table_args__ = (UniqueConstraint("meeting_id", "nomination_id"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="unit_meeting.id")
    nomination_id: int = Field(foreign_key="nomination.id", index=True)
    place: int
    counted: bool = False
    entitled: int = 0
    votes_for: int = 0
    against: int = 0
    blank: int = 0
    endorsed: bool = False

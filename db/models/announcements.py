"""What the office announces: its wordings, who it is for, and what became of it for each of them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, Index, Text, text
from sqlmodel import Field, SQLModel

from core.announcements import State

RECIPIENT_STATES = (
    "queued",
    "sent",
    "no_account",
    "unreachable",
    "trial",
    "rejected",
    "expired",
    "stopped",
)
FILE_STATES = ("waiting", "clean", "refused", "lost")


class Announcement(SQLModel, table=True):
    """One announcement. `content` and `audience` are JSON; `version` counts its wordings.

    `reminds` is the one of which it reminds those who have not read it, `repeats` the one that it says again
    a year later. `wanted_at` is the time its author asked for, `leaves_at` when it leaves, `left_at` when it
    left; `laid_to` is the person up to whom its messages are queued while that is not done for everybody.
    `on_the_day` says that it leaves on the day that was asked for even if nobody works then. `pending` is a
    wording in the place of the one in force that waits for a second person, as JSON.
    """

    __tablename__ = "announcement"
    __table_args__ = (
        CheckConstraint(f"state IN {tuple(one.value for one in State)}", name="state_known"),
        Index("ix_announcement_open", "state", "leaves_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    author_id: int = Field(foreign_key="person.id", index=True)
    campaign: str = ""
    reminds: int | None = Field(default=None, foreign_key="announcement.id")
    repeats: int | None = Field(default=None, foreign_key="announcement.id", index=True)
    content: str = Field(sa_column=Column(Text, nullable=False))
    audience: str = Field(sa_column=Column(Text, nullable=False))
    pending: str | None = Field(default=None, sa_column=Column(Text))
    state: str = State.DRAFT.value
    version: int = 1
    retracted: bool = False
    yearly: bool = False
    on_the_day: bool = False
    changed_at: datetime
    wanted_at: datetime | None = None
    asked_at: datetime | None = None
    approved_by: int | None = Field(default=None, foreign_key="person.id")
    leaves_at: datetime | None = None
    left_at: datetime | None = None
    laid_to: int | None = None
    finished_at: datetime | None = None


class AnnouncementFile(SQLModel, table=True):
    """A file sent for a draft; once it has passed its checks, the draft's `content` has its copy.

    `source` tells where its bytes lie until that is settled; `removed_at` says that it was taken out again.
    """

    __tablename__ = "announcement_file"
    __table_args__ = (CheckConstraint(f"state IN {FILE_STATES}", name="state_known"),)

    id: int | None = Field(default=None, primary_key=True)
    announcement_id: int = Field(foreign_key="announcement.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    name: str
    size: int
    source: str = Field(sa_column=Column(Text, nullable=False))
    state: str = "waiting"
    reason: str = ""
    sha256: str = ""
    received_at: datetime
    checked_at: datetime | None = None
    removed_at: datetime | None = None


class AnnouncementWording(SQLModel, table=True):
    """A wording that people may have: the first, a correction, or that it was taken back."""

    __tablename__ = "announcement_wording"

    announcement_id: int = Field(primary_key=True, foreign_key="announcement.id")
    version: int = Field(primary_key=True)
    content: str = Field(sa_column=Column(Text, nullable=False))
    reason: str = Field(default="", sa_column=Column(Text, nullable=False))
    made_by: int = Field(foreign_key="person.id")
    made_at: datetime


class AnnouncementRecipient(SQLModel, table=True):
    """One person it is for: where it goes, what became of it, and what they did about it.

    `version` is the wording they are to have, `got` the one they have (0: none). Without an address (`chat`
    empty) `state` says why. `answer` is the place of the answer they gave.
    """

    __tablename__ = "announcement_recipient"
    __table_args__ = (
        CheckConstraint(f"state IN {RECIPIENT_STATES}", name="state_known"),
        Index("ix_announcement_recipient_person", "person_id", "announcement_id"),
        Index(
            "ix_announcement_recipient_queued",
            "announcement_id",
            sqlite_where=text("state = 'queued'"),
            postgresql_where=text("state = 'queued'"),
        ),
    )

    announcement_id: int = Field(primary_key=True, foreign_key="announcement.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    unit_id: int = Field(foreign_key="unit.id")
    channel: str = ""
    bot: str = ""
    chat: str = ""
    version: int = 1
    got: int = 0
    state: str = "queued"
    sent_at: datetime | None = None
    perhaps_twice: bool = False
    read_at: datetime | None = None
    read_version: int | None = None
    answer: int | None = None
    answered_at: datetime | None = None


class AnnouncementSheet(SQLModel, table=True):
    """A workbook of results that somebody asked for; gone when it is made."""

    __tablename__ = "announcement_sheet"

    id: int | None = Field(default=None, primary_key=True)
    announcement_id: int = Field(foreign_key="announcement.id")
    person_id: int = Field(foreign_key="person.id")
    asked_at: datetime

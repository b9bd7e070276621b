"""Secret votes: on whom, by whom, who has voted, and what it came to. No vote of anybody is in here.

What somebody votes stays in the memory of the process until the vote is closed; only sums are stored.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class Poll(SQLModel, table=True):
    """A vote of a meeting on several nominees, by rules that were announced with it.

    `subject` is the meeting, «council:3» or «unit_review:5». Shares are whole numbers, part of whole.
    """

    __tablename__ = "poll"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'closed', 'cancelled')", name="state_known"),
        CheckConstraint("base IN ('members', 'cast')", name="base_known"),
        Index(
            "one_open_poll",
            "subject",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    subject: str = Field(index=True)
    state: str = "open"
    quorum_part: int
    quorum_whole: int
    threshold_part: int
    threshold_whole: int
    base: str
    opened_by: int | None = Field(default=None, foreign_key="person.id")
    opened_at: datetime
    closes_at: datetime
    ended_at: datetime | None = None


class PollItem(SQLModel, table=True):
    """One nominee of a vote. The sums are written when it is closed; those of paper ballots are entered."""

    __tablename__ = "poll_item"
    __table_args__ = (UniqueConstraint("poll_id", "nomination_id"),)

    id: int | None = Field(default=None, primary_key=True)
    poll_id: int = Field(foreign_key="poll.id")
    nomination_id: int = Field(foreign_key="nomination.id", index=True)
    place: int
    votes_for: int = 0
    against: int = 0
    blank: int = 0
    paper_for: int = 0
    paper_against: int = 0
    paper_blank: int = 0


class PollVoter(SQLModel, table=True):
    """Somebody entitled to vote; `on_paper` is who votes on paper and not here."""

    __tablename__ = "poll_voter"
    __table_args__ = (UniqueConstraint("poll_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    poll_id: int = Field(foreign_key="poll.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    on_paper: bool = False
    reminded_at: datetime | None = None


class PollConflict(SQLModel, table=True):
    """A member who has no vote about one nominee, and why."""

    __tablename__ = "poll_conflict"
    __table_args__ = (UniqueConstraint("poll_id", "person_id", "nomination_id"),)

    id: int | None = Field(default=None, primary_key=True)
    poll_id: int = Field(foreign_key="poll.id")
    person_id: int = Field(foreign_key="person.id")
    nomination_id: int = Field(foreign_key="nomination.id")
    reason: str


class PollMark(SQLModel, table=True):
    """That somebody voted about a nominee: never how.

    `urn` names the process that holds the vote, `slip` the slip in it. A mark of a process that is gone is
    worth nothing: whoever it is of is asked again.
    """

    __tablename__ = "poll_mark"
    __table_args__ = (UniqueConstraint("poll_id", "person_id", "nomination_id"),)

    id: int | None = Field(default=None, primary_key=True)
    poll_id: int = Field(foreign_key="poll.id")
    person_id: int = Field(foreign_key="person.id")
    nomination_id: int = Field(foreign_key="nomination.id")
    urn: str
    slip: str
    voted_at: datetime

"""Sittings of the council: who sits, whom it is about, what was asked, and what became of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from core.council import SittingState

_OVER = (SittingState.DECIDED.value, SittingState.CANCELLED.value)


class CouncilSitting(SQLModel, table=True):
    """One sitting on the nominees of a round. Without a `place` it is held by chat.

    Shares are whole numbers, part of whole; `tie_order` is what goes first among equals, with commas between;
    the places are None where the plan sets no quota. `referred` is what the director sent it back with. The
    signed decision has its number, day and scan.
    """

    __tablename__ = "council_sitting"
    __table_args__ = (
        CheckConstraint(f"state IN {tuple(one.value for one in SittingState)}", name="state_known"),
        Index(
            "one_sitting_of_a_round",
            "round_id",
            unique=True,
            sqlite_where=text(f"state NOT IN {_OVER}"),
            postgresql_where=text(f"state NOT IN {_OVER}"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    state: str = SittingState.CALLED.value
    held_at: datetime
    place: str = ""
    called_by: int | None = Field(default=None, foreign_key="person.id")
    called_at: datetime
    chair_id: int = Field(foreign_key="person.id")
    secretary_id: int | None = Field(default=None, foreign_key="person.id")
    quorum_part: int
    quorum_whole: int
    threshold_part: int
    threshold_whole: int
    base: str
    tie_order: str = ""
    individual_places: int | None = None
    collective_places: int | None = None
    conclusions: str = ""
    concluded_at: datetime | None = None
    referred: str = ""
    approved_by: int | None = Field(default=None, foreign_key="person.id")
    approved_at: datetime | None = None
    number: str = ""
    dated: date | None = None
    scan_id: int | None = Field(default=None, foreign_key="evidence.id")
    ballots_id: int | None = Field(default=None, foreign_key="evidence.id")
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = None


class CouncilMember(SQLModel, table=True):
    """Somebody who sits and votes."""

    __tablename__ = "council_member"
    __table_args__ = (UniqueConstraint("sitting_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    sitting_id: int = Field(foreign_key="council_sitting.id")
    person_id: int = Field(foreign_key="person.id", index=True)


class CouncilItem(SQLModel, table=True):
    """A nominee on the agenda.

    `announced` is the rank by the order announced before the vote, the same for those it leaves equal;
    `settled` the chair's among those. `chosen` and `reason` are what it came to.
    """

    __tablename__ = "council_item"
    __table_args__ = (UniqueConstraint("sitting_id", "nomination_id"),)

    id: int | None = Field(default=None, primary_key=True)
    sitting_id: int = Field(foreign_key="council_sitting.id")
    nomination_id: int = Field(foreign_key="nomination.id", index=True)
    dossier_id: int = Field(foreign_key="dossier.id", index=True)
    place: int
    announced: int = 0
    settled: int = 0
    settled_words: str = ""
    chosen: bool | None = None
    reason: str = ""


class CouncilConflict(SQLModel, table=True):
    """A member who will not vote about a nominee: their own unit's, or they said why before the vote."""

    __tablename__ = "council_conflict"
    __table_args__ = (UniqueConstraint("sitting_id", "person_id", "nomination_id"),)

    id: int | None = Field(default=None, primary_key=True)
    sitting_id: int = Field(foreign_key="council_sitting.id")
    person_id: int = Field(foreign_key="person.id")
    nomination_id: int = Field(foreign_key="nomination.id")
    reason: str


class CouncilQuestion(SQLModel, table=True):
    """What a member asked a unit about its nominee, and what it answered."""

    __tablename__ = "council_question"

    id: int | None = Field(default=None, primary_key=True)
    sitting_id: int = Field(foreign_key="council_sitting.id", index=True)
    nomination_id: int = Field(foreign_key="nomination.id")
    asked_by: int = Field(foreign_key="person.id")
    words: str
    asked_at: datetime
    answered_by: int | None = Field(default=None, foreign_key="person.id")
    answer: str = ""
    answered_at: datetime | None = None


class CouncilVoteAside(SQLModel, table=True):
    """A vote that was set aside: by the director (`referred`), who saw its `conclusions`, or by the chair.

    `words` say why; `ballots_id` is the sheet its paper ballots were counted on.
    """

    __tablename__ = "council_vote_aside"

    id: int | None = Field(default=None, primary_key=True)
    sitting_id: int = Field(foreign_key="council_sitting.id", index=True)
    poll_id: int = Field(foreign_key="poll.id", unique=True)
    referred: bool
    words: str
    conclusions: str = ""
    ballots_id: int | None = Field(default=None, foreign_key="evidence.id")
    done_by: int | None = Field(default=None, foreign_key="person.id")
    done_at: datetime


class CouncilPaper(SQLModel, table=True):
    """A paper the house made of a sitting, as it stood then; a later one of its kind takes its place."""

    __tablename__ = "council_paper"

    id: int | None = Field(default=None, primary_key=True)
    sitting_id: int = Field(foreign_key="council_sitting.id", index=True)
    kind: str
    sha256: str
    size: int
    made_at: datetime

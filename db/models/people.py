"""The organisation: units through time, people, their accounts, roles and codes."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class Unit(SQLModel, table=True):
    """A unit that keeps its identity through renames and moves; `code` is the office's own."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("code"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str
    kind: str


class UnitName(SQLModel, table=True):
    """What a unit was called and where it belonged, from `since` until `until` (inclusive)."""

    __tablename__ = "unit_name"
    __table_args__ = (
        UniqueConstraint("unit_id", "since"),
        CheckConstraint("until IS NULL OR until >= since", name="period_ordered"),
    )

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    name: str
    folded: str = Field(index=True)
    parent_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    since: date
    until: date | None = None


class Person(SQLModel, table=True):
    """A member of staff as the office lists them; joined once an account is linked.

    `preferred` is the channel they want notices on; empty while they have not said.
    """

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("staff_code"),)

    id: int | None = Field(default=None, primary_key=True)
    staff_code: str
    name: str
    folded: str = Field(index=True)
    phone: str = ""
    post: str = ""
    unit_id: int = Field(foreign_key="unit.id", index=True)
    rating: str = ""
    active: bool = True
    preferred: str = ""
    created_at: datetime
    updated_at: datetime


class Leadership(SQLModel, table=True):
    """Who leads a unit, as `head` or `deputy`, from `since` until `until` (inclusive)."""

    __tablename__ = "leadership"
    __table_args__ = (CheckConstraint("rank IN ('head', 'deputy')", name="rank_known"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    rank: str
    since: date
    until: date | None = None


class RoleGrant(SQLModel, table=True):
    """A role held for a unit's subtree (or everywhere) for a period."""

    __tablename__ = "role_grant"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: str
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    since: date
    until: date | None = None
    given_by: int | None = Field(default=None, foreign_key="person.id")


class Account(SQLModel, table=True):
    """A chat linked to a person; frozen ones keep their row and lose their rights."""

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("state IN ('active', 'frozen')", name="state_known"),
        Index(
            "one_active_chat",
            "channel",
            "bot",
            "chat",
            unique=True,
            sqlite_where=text("state = 'active'"),
            postgresql_where=text("state = 'active'"),
        ),
        Index(
            "one_active_account",
            "person_id",
            "channel",
            unique=True,
            sqlite_where=text("state = 'active'"),
            postgresql_where=text("state = 'active'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    channel: str
    bot: str
    chat: str
    state: str = "active"
    reachable: bool = True
    unreachable_since: datetime | None = None
    linked_at: datetime
    frozen_at: datetime | None = None
    frozen_why: str = ""


class Invitation(SQLModel, table=True):
    """A one-time way to link an account: a 128-bit token behind a link and a code to type.

    Only SHA-256 digests are stored. A `further` one was made by the person, for one more channel.
    """

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("token_hash"), UniqueConstraint("code_hash"))

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    token_hash: str
    code_hash: str
    issued_at: datetime
    issued_by: int | None = Field(default=None, foreign_key="person.id")
    further: bool = False
    expires_at: datetime
    used_at: datetime | None = None
    void_at: datetime | None = None


class CodeSheet(SQLModel, table=True):
    """A sheet of new codes for several people (`people`: their numbers as JSON), asked for by `person_id`.

    The codes are made when it is written. Its bytes are `sha256`, until they are forgotten.
    """

    __tablename__ = "code_sheet"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    people: str = Field(sa_column=Column(Text, nullable=False))
    asked_at: datetime
    made_at: datetime | None = None
    sha256: str = ""


class Consent(SQLModel, table=True):
    """What a person agreed to: purpose, ground, the notice's version and digest, when and where."""

    __tablename__ = "consent"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    purpose: str
    ground: str
    notice_version: str
    notice_sha256: str
    channel: str
    bot: str
    chat: str
    message_id: str
    given_at: datetime


class GuessLimit(SQLModel, table=True):
    """How many wrong codes a chat has tried, and until when it has to wait."""

    __tablename__ = "guess_limit"

    channel: str = Field(primary_key=True)
    bot: str = Field(primary_key=True)
    chat: str = Field(primary_key=True)
    wrong: int = 0
    window_start: datetime
    locked_until: datetime | None = None

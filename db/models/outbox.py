"""What is to be said, one row for one call to a platform."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

OUTBOX_STATES = ("queued", "sending", "sent", "dead", "expired", "cancelled", "paused")
_LIVE = "state IN ('queued', 'sending')"


class OutboxRow(SQLModel, table=True):
    """One message on its way.

    `lane`: 0 answer, 1 notice, 2 bulk. `turn` > 0 marks a screen of a conversation: where it may
    `edit` it replaces the one shown before, or what was sent under the key it `replaces`. `repeats` counts
    deliveries that may have happened twice. `batch` is the announcement it carries to a `recipient`. One that
    is `urgent` may use what a metered channel keeps in reserve.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("once"),
        CheckConstraint(f"state IN {OUTBOX_STATES}", name="state_known"),
        Index("ix_outbox_chat", "channel", "bot", "chat", "lane", "id", sqlite_where=text(_LIVE)),
        Index("ix_outbox_queued", "channel", "bot", "lane", "id", sqlite_where=text("state = 'queued'")),
        Index("ix_outbox_batch", "batch", "recipient", "state", sqlite_where=text("batch IS NOT NULL")),
        Index(
            "one_in_flight",
            "channel",
            "bot",
            "chat",
            unique=True,
            sqlite_where=text("state = 'sending'"),
            postgresql_where=text("state = 'sending'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    bot: str
    chat: str
    lane: int
    payload: str = Field(sa_column=Column(Text, nullable=False))
    turn: int = 0
    edit: bool = False
    once: str | None = None
    replaces: str | None = None
    batch: int | None = None
    recipient: int | None = None
    urgent: bool = False
    not_before: datetime
    expires_at: datetime | None = None
    state: str = "queued"
    attempts: int = 0
    repeats: int = 0
    external_id: str = ""
    error: str = ""
    created_at: datetime
    finished_at: datetime | None = None


class OutboxOutage(SQLModel, table=True):
    """A channel that carries nothing at present, and `why`: people who have another are written to there."""

    __tablename__ = "outbox_outage"

    channel: str = Field(primary_key=True)
    bot: str = Field(primary_key=True)
    why: str = Field(primary_key=True)
    since: datetime


class OutboxPause(SQLModel, table=True):
    """A pause that a platform asked for in a chat (or of the whole bot, `chat` empty), for the next start.

    `told_at` bounds it should the clock be set back.
    """

    __tablename__ = "outbox_pause"

    channel: str = Field(primary_key=True)
    bot: str = Field(primary_key=True)
    chat: str = Field(primary_key=True)
    told_at: datetime
    until: datetime


class OutboxFile(SQLModel, table=True):
    """What a platform calls a file it was given, so that its bytes go there once."""

    __tablename__ = "outbox_file"

    channel: str = Field(primary_key=True)
    bot: str = Field(primary_key=True)
    sha256: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    handle: str
    kept_at: datetime

"""What has come in, as the platform sent it, until it is handled."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

INBOX_STATES = ("new", "working", "done", "dead")


class InboxRow(SQLModel, table=True):
    """One raw update; unique on channel, bot and the platform's id, so redelivery is harmless.

    `errors` counts handled exceptions, `crashes` deaths of the process while the row was being
    worked on, `lone_crashes` those that happened while nothing else was (the only ones that convict).
    """

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "bot", "external_id"),
        CheckConstraint(f"state IN {INBOX_STATES}", name="state_known"),
        Index("ix_inbox_waiting", "id", sqlite_where=text("state IN ('new', 'working')")),
        Index(
            "ix_inbox_chat", "channel", "bot", "chat", "id", sqlite_where=text("state IN ('new', 'working')")
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    bot: str
    external_id: str
    chat: str
    raw: str | None = Field(sa_column=Column(Text, nullable=True))
    received_at: datetime
    state: str = "new"
    not_before: datetime
    errors: int = 0
    crashes: int = 0
    lone_crashes: int = 0
    alone: bool = False
    case_code: str = ""
    done_at: datetime | None = None
